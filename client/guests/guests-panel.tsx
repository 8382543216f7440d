/** Why this file exists: everything about a meeting's guests in one place: the way in, who waits, who is here, and the way out. */
import { Check, Copy, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Guests } from '#shared/guests/api.ts';
import { showCode } from '#shared/guests/code.ts';
import { api } from '../api/api.ts';
import { guestsApi } from '../api/guests.ts';
import { useMeetingChange } from '../api/hooks.ts';
import { may } from '../meeting/may.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { CheckField } from '../ui/field.tsx';
import { Problem, Skeleton, useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { useChoice } from '../ui/use-choice.ts';
import { EndDialog, RotateDialog } from './code-dialogs.tsx';
import { GuestList } from './guest-list.tsx';
import { Lobby } from './lobby.tsx';
import styles from './panel.module.css';
import { QrCode } from './qr-code.tsx';
import { useGuests, useGuestsChange } from './use-guests.ts';

export function GuestsPanel({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('guest');
  const { t: common } = useTranslation('common');
  const guests = useGuests(meeting.id);
  if (!guests.data)
    return guests.error ? (
      <Problem error={guests.error} onRetry={() => void guests.refetch()} />
    ) : (
      <Skeleton label={common('loading')} lines={4} />
    );
  if (!may(meeting, 'edit-participants')) return <p className="muted">{t('panel.notNow')}</p>;
  return (
    <div className={styles.panel}>
      <Entrance meeting={meeting} guests={guests.data} />
      <Lobby meeting={meeting} waiting={guests.data.waiting} />
      <GuestList meeting={meeting} guests={guests.data.guests} />
      <Ways meeting={meeting} guests={guests.data} />
    </div>
  );
}

/** Says what went wrong; the panel stays as it was. */
function useFailed() {
  const text = useProblemText();
  const { toast } = useToasts();
  return (error: unknown) => toast({ message: text(error) });
}

function Entrance({ meeting, guests }: { meeting: Meeting; guests: Guests }) {
  const { t } = useTranslation('guest');
  const failed = useFailed();
  const update = useGuestsChange(meeting.id, (input: Parameters<typeof guestsApi.update>[1]) =>
    guestsApi.update(meeting.id, input),
  );
  if (!guests.open || guests.code === null || guests.url === null)
    return (
      <div className={styles.shut}>
        <p>{t('panel.closed')}</p>
        <ButtonRow>
          <Button
            variant="primary"
            disabled={update.isPending}
            onClick={() => update.mutate({ open: true }, { onError: failed })}
          >
            {t('panel.open')}
          </Button>
        </ButtonRow>
      </div>
    );
  const address = guests.url.replace(/^https?:\/\//, '').replace(/\/[^/]*$/, '');
  return (
    <div className={styles.entrance}>
      <QrCode text={guests.url} label={t('panel.qr', { address: guests.url })} />
      <div className={styles.words}>
        <p className={styles.code}>
          <span className="sr">{t('panel.code')} </span>
          {showCode(guests.code)}
        </p>
        <p className="muted">{t('panel.at', { address })}</p>
        <CopyLink url={guests.url} />
      </div>
    </div>
  );
}

function CopyLink({ url }: { url: string }) {
  const { t } = useTranslation('guest');
  const [copied, setCopied] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
    } catch {
      // A page served over plain http has no clipboard to write to: the older way copies what is selected.
      const field = document.createElement('textarea');
      field.value = url;
      document.activeElement?.after(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    }
    setCopied(url);
  };
  const done = copied === url;
  return (
    <>
      <Button onClick={() => void copy()}>
        {done ? <Check size={16} strokeWidth={1.75} aria-hidden /> : <Copy size={16} strokeWidth={1.75} aria-hidden />}
        {t('panel.copy')}
      </Button>
      <p className={done ? 'muted' : 'sr'} role="status">
        {done ? t('panel.copied') : ''}
      </p>
    </>
  );
}

/** How guests come in, and the ways to end it. */
function Ways({ meeting, guests }: { meeting: Meeting; guests: Guests }) {
  const { t } = useTranslation('guest');
  const failed = useFailed();
  const [asking, setAsking] = useState<'rotate' | 'end' | null>(null);
  const update = useGuestsChange(meeting.id, (input: Parameters<typeof guestsApi.update>[1]) =>
    guestsApi.update(meeting.id, input),
  );
  const guestsWrite = useMeetingChange((on: boolean) => api.updateMeeting(meeting.id, { guestsWrite: on }));
  const [lobby, chooseLobby] = useChoice(guests.lobby, (on, onSettled) =>
    update.mutate({ lobby: on }, { onSettled, onError: failed }),
  );
  const [writes, chooseWrites] = useChoice(meeting.guestsWrite, (on, onSettled) =>
    guestsWrite.mutate(on, { onSettled, onError: failed }),
  );
  return (
    <div className={styles.ways}>
      <CheckField
        label={t('panel.lobby')}
        hint={t('panel.lobbyHint')}
        checked={lobby}
        onChange={(event) => chooseLobby(event.target.checked)}
      />
      {may(meeting, 'edit-header') && (
        <CheckField
          label={t('panel.guestsWrite')}
          hint={t('panel.guestsWriteHint')}
          checked={writes}
          onChange={(event) => chooseWrites(event.target.checked)}
        />
      )}
      {(guests.open || guests.guests.length > 0) && (
        <ButtonRow>
          {guests.open && (
            <>
              <Button
                title={t('panel.closeHint')}
                disabled={update.isPending}
                onClick={() => update.mutate({ open: false }, { onError: failed })}
              >
                {t('panel.close')}
              </Button>
              <Button onClick={() => setAsking('rotate')}>
                <RefreshCw size={16} strokeWidth={1.75} aria-hidden />
                {t('panel.rotate')}
              </Button>
            </>
          )}
          <Button onClick={() => setAsking('end')}>{t('panel.end')}</Button>
        </ButtonRow>
      )}
      {asking === 'rotate' && (
        <RotateDialog meeting={meeting} hasGuests={guests.guests.length > 0} onClose={() => setAsking(null)} />
      )}
      {asking === 'end' && <EndDialog meeting={meeting} count={guests.guests.length} onClose={() => setAsking(null)} />}
    </div>
  );
}
