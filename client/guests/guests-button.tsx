/** Why this file exists: the guests' panel in reach of the meeting's bar; who waits is said there, since somebody has to look. */
import { DoorOpen } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { buttonClass } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/problem.tsx';
import styles from './panel.module.css';
import { useGuests } from './use-guests.ts';

const GuestsPanel = lazy(() => import('./guests-panel.tsx').then((m) => ({ default: m.GuestsPanel })));

/** How many wait to be let in. */
export function useWaiting(meeting: Meeting): number {
  return useGuests(meeting.id, { seldom: true }).data?.waiting.length ?? 0;
}

export function GuestsButton({
  waiting,
  className,
  onPress,
}: {
  waiting: number;
  className?: string;
  onPress(): void;
}) {
  const { t } = useTranslation('guest');
  return (
    <button
      type="button"
      className={[buttonClass({ variant: 'quiet' }), styles.button, className].filter(Boolean).join(' ')}
      aria-haspopup="dialog"
      aria-label={waiting > 0 ? t('panel.barWaiting', { count: waiting }) : t('panel.bar')}
      onClick={onPress}
    >
      <DoorOpen size={18} strokeWidth={1.75} aria-hidden />
      <span>{t('panel.bar')}</span>
      <WaitingCount waiting={waiting} />
    </button>
  );
}

/** The number in a small pill, for the eye; who cannot see it is told in words beside it. */
export function WaitingCount({ waiting }: { waiting: number }) {
  if (waiting === 0) return null;
  return (
    <b className={styles.count} aria-hidden="true">
      {waiting}
    </b>
  );
}

export function GuestsDialog({ meeting, onClose }: { meeting: Meeting; onClose(): void }) {
  const { t } = useTranslation('guest');
  const { t: common } = useTranslation('common');
  return (
    <Dialog title={t('panel.heading')} wide onClose={onClose}>
      <Suspense fallback={<Skeleton label={common('loading')} />}>
        <GuestsPanel meeting={meeting} />
      </Suspense>
    </Dialog>
  );
}
