/** Why this file exists: which item the room is on, who presents it, how long is left of it, and what comes then. */
import { useTranslation } from 'react-i18next';
import type { Presenter } from '#shared/agenda.ts';
import { actualOf, driftOf } from '#shared/agenda-time.ts';
import type { Meeting } from '#shared/api.ts';
import { useNow } from '../../collab/use-now.ts';
import { countdown } from '../../meeting/item-clock.tsx';
import styles from '../projector.module.css';
import type { ViewProps } from './frame.ts';

const LATE_MS = 2 * 60_000;

/** "Kerstin Boman, Almvik", or the words that stand for somebody who does not take part. */
function presenterName(presenter: Presenter, meeting: Meeting): string {
  const person = meeting.participants.find(({ personId }) => personId === presenter.personId);
  if (!person) return presenter.text;
  const organisation = meeting.organisations.find(({ id }) => id === person.organisationId);
  return [person.name, organisation?.name].filter(Boolean).join(', ');
}

export function ItemView(props: ViewProps) {
  const { meeting, agenda, itemId } = props;
  const { t } = useTranslation('projector');
  const node = itemId === null ? undefined : agenda.byId.get(itemId);
  if (!node)
    return (
      <div className={styles.centre}>
        <h1 className={styles.title}>{t('item.none')}</h1>
      </div>
    );
  const rows = agenda.rows.filter((row) => row.item.kind !== 'section');
  const next = rows[rows.findIndex((row) => row.item.id === node.item.id) + 1];
  const presenters = node.item.presenters.map((presenter) => presenterName(presenter, meeting)).filter(Boolean);
  return (
    <>
      <div className={styles.split}>
        <div>
          {node.number && <p className={styles.number}>{node.number}</p>}
          <h1 className={styles.title}>{node.item.title.trim() || t('untitled')}</h1>
          {presenters.length > 0 && (
            <ul className={styles.presenters}>
              {presenters.slice(0, 4).map((name) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
          )}
        </div>
        <ItemTime {...props} minutes={node.item.minutes} />
      </div>
      {next && (
        <p className={styles.next}>
          <span>{t('item.next')}</span>{' '}
          {[next.number, next.item.title.trim() || t('untitled')].filter(Boolean).join(' ')}
        </p>
      )}
    </>
  );
}

/** The clock against the plan; nothing for an item that has not been begun. */
function ItemTime({ meeting, plan, itemId, minutes }: ViewProps & { minutes: number }) {
  const { t } = useTranslation('projector');
  const now = useNow(1000);
  const visits = meeting.items.find((item) => item.itemId === itemId)?.visits ?? [];
  const actual = actualOf(visits, now);
  if (itemId === null || actual.opened === null) return null;
  const left = minutes * 60_000 - actual.elapsed;
  const timed = minutes > 0;
  const late = timed && left < LATE_MS;
  const behind = driftOf(plan.rows.get(itemId), actual, now) ?? 0;
  return (
    <div className={late ? `${styles.time} ${styles.late}` : styles.time} role="timer">
      <p className={styles.figure}>{timed ? `${left < 0 ? '+' : ''}${countdown(left)}` : countdown(actual.elapsed)}</p>
      <p className={styles.timeWords}>{t(timed ? (left < 0 ? 'item.over' : 'item.left') : 'item.gone')}</p>
      {timed && <TimeBar part={Math.min(1, actual.elapsed / (minutes * 60_000))} />}
      {behind > 0 && <p className={styles.timeWords}>{t('item.behind', { count: behind })}</p>}
    </div>
  );
}

/** How much of the time is gone, 0–1. */
export function TimeBar({ part }: { part: number }) {
  return (
    <span className={styles.bar} aria-hidden="true">
      <i style={{ width: `${part * 100}%` }} />
    </span>
  );
}
