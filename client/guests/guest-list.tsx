/** Why this file exists: the guests who are in: shown out with one press, or known again as somebody who takes part. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Guests } from '#shared/guests/api.ts';
import type { Id } from '#shared/ids.ts';
import { guestsApi } from '../api/guests.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import styles from './panel.module.css';
import { useGuestsChange } from './use-guests.ts';

export function GuestList({ meeting, guests }: { meeting: Meeting; guests: Guests['guests'] }) {
  const { t } = useTranslation('guest');
  const text = useProblemText();
  const { toast } = useToasts();
  const [merging, setMerging] = useState<Guests['guests'][number] | null>(null);
  const remove = useGuestsChange(meeting.id, (personId: Id) => guestsApi.remove(meeting.id, personId));
  return (
    <section aria-labelledby="guests-here">
      <h3 id="guests-here">
        {t('panel.here')} <span className="muted num">{guests.length}</span>
      </h3>
      {guests.length === 0 && <p className="muted">{t('panel.nobody')}</p>}
      <ul>
        {guests.map((guest) => {
          const { personId, name, organisationId, organisation, colour, signedIn } = guest;
          const from = meeting.organisations.find(({ id }) => id === organisationId)?.name ?? organisation;
          return (
            <li key={personId} className={styles.row}>
              <Avatar name={name} colour={colour} state={signedIn ? 'reading' : 'away'} />
              <span className={styles.name}>
                {name}
                <small>{[from, signedIn ? '' : t('panel.away')].filter(Boolean).join(' · ')}</small>
              </span>
              <span className={styles.does}>
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={t('panel.mergeName', { name })}
                  onClick={() => setMerging(guest)}
                >
                  {t('panel.merge')}
                </Button>
                <Button
                  size="small"
                  aria-label={t('panel.removeName', { name })}
                  onClick={() =>
                    remove.mutate(personId, {
                      onError: (error) => toast({ message: text(error) }),
                      onSuccess: () => toast({ message: t('panel.removed', { name }) }),
                    })
                  }
                >
                  {t('panel.remove')}
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
      {merging && <MergeDialog meeting={meeting} guest={merging} onClose={() => setMerging(null)} />}
    </section>
  );
}
