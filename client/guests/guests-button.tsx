/** Why this file exists: the guests' panel in reach of the meeting's bar; who waits is said there, since somebody has to look. */
import { DoorOpen } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { buttonClass } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/problem.tsx';
import styles from './panel.module.css';
import { useGuests } from './use-guests.ts';

const GuestsPanel = lazy(() => import('./guests-panel.tsx').then((m) => ({ default: m.GuestsPanel })));

export function GuestsButton({ meeting, className }: { meeting: Meeting; className?: string }) {
  const { t } = useTranslation('guest');
  const { t: common } = useTranslation('common');
  const [open, setOpen] = useState(false);
  const waiting = useGuests(meeting.id, { seldom: true }).data?.waiting.length ?? 0;
  return (
    <>
      <button
        type="button"
        className={[buttonClass({ variant: 'quiet' }), styles.button, className].filter(Boolean).join(' ')}
        aria-haspopup="dialog"
        aria-label={waiting > 0 ? t('panel.barWaiting', { count: waiting }) : t('panel.bar')}
        onClick={() => setOpen(true)}
      >
        <DoorOpen size={18} strokeWidth={1.75} aria-hidden />
        <span>{t('panel.bar')}</span>
        {waiting > 0 && (
          <b className={styles.count} aria-hidden="true">
            {waiting}
          </b>
        )}
      </button>
      <p className="sr" role="status">
        {waiting > 0 && !open ? t('panel.says', { count: waiting }) : ''}
      </p>
      {open && (
        <Dialog title={t('panel.heading')} wide onClose={() => setOpen(false)}>
          <Suspense fallback={<Skeleton label={common('loading')} />}>
            <GuestsPanel meeting={meeting} />
          </Suspense>
        </Dialog>
      )}
    </>
  );
}
