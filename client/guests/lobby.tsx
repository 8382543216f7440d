/** Why this file exists: who waits to be let in, first come first, and one press for each of them. */
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Guests } from '#shared/guests/api.ts';
import type { Id } from '#shared/ids.ts';
import { guestsApi } from '../api/guests.ts';
import { Button } from '../ui/button.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import styles from './panel.module.css';
import { useGuestsChange } from './use-guests.ts';

export function Lobby({ meeting, waiting }: { meeting: Meeting; waiting: Guests['waiting'] }) {
  const { t } = useTranslation('guest');
  const text = useProblemText();
  const { toast } = useToasts();
  const failed = (error: unknown) => toast({ message: text(error) });
  const admit = useGuestsChange(meeting.id, (personId: Id) => guestsApi.admit(meeting.id, personId));
  const admitAll = useGuestsChange(meeting.id, () => guestsApi.admitAll(meeting.id));
  const refuse = useGuestsChange(meeting.id, (personId: Id) => guestsApi.remove(meeting.id, personId));
  const said = (
    <p className="sr" role="status">
      {waiting.length > 0 ? t('panel.says', { count: waiting.length }) : ''}
    </p>
  );
  if (waiting.length === 0) return said;
  return (
    <section className={styles.lobby} aria-labelledby="guests-waiting">
      {said}
      <div className={styles.head}>
        <h3 id="guests-waiting">
          {t('panel.waiting')} <span className="muted num">{waiting.length}</span>
        </h3>
        {waiting.length > 1 && (
          <Button
            size="small"
            disabled={admitAll.isPending}
            onClick={() => admitAll.mutate(undefined, { onError: failed })}
          >
            {t('panel.admitAll')}
          </Button>
        )}
      </div>
      <ul>
        {waiting.map(({ personId, name, organisationId, organisation }) => (
          <li key={personId} className={styles.row}>
            <span className={styles.name}>
              {name}
              <small>{meeting.organisations.find(({ id }) => id === organisationId)?.name ?? organisation}</small>
            </span>
            <span className={styles.does}>
              <Button
                size="small"
                variant="quiet"
                aria-label={t('panel.refuseName', { name })}
                onClick={() => refuse.mutate(personId, { onError: failed })}
              >
                {t('panel.refuse')}
              </Button>
              <Button
                size="small"
                aria-label={t('panel.admitName', { name })}
                onClick={() => admit.mutate(personId, { onError: failed })}
              >
                {t('panel.admit')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
