/** Why this file exists: during a vote the room sees how many have voted; when it is closed, or when counts are live, what they chose. */
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import { useVotes } from '../../harvest/use-votes.ts';
import styles from '../projector.module.css';

const MOST_CHOICES = 8;

export function VoteView({ meetingId, itemId }: { meetingId: Id; itemId: Id }) {
  const { t } = useTranslation('projector');
  // The open one, else the newest.
  const votes = useVotes(meetingId, itemId).data?.votes ?? [];
  const vote = votes.find(({ state }) => state === 'open') ?? votes[0];
  if (!vote)
    return (
      <div className={styles.centre}>
        <h1 className={styles.title}>{t('vote.none')}</h1>
      </div>
    );
  const { results } = vote;
  const most = Math.max(1, ...Object.values(results ?? {}));
  const choices = results
    ? [...vote.choices].sort((a, b) => (results[b.id] ?? 0) - (results[a.id] ?? 0))
    : vote.choices;
  return (
    <div className={styles.wall}>
      <p className={styles.kicker}>{t(vote.state === 'open' ? 'vote.open' : 'vote.closed')}</p>
      <h1 className={styles.heading}>{vote.title}</h1>
      <p className={styles.voted}>{t('vote.voted', { voted: vote.voted, voters: vote.voters })}</p>
      <ol className={styles.choices}>
        {choices.slice(0, MOST_CHOICES).map(({ id, label }) => (
          <li key={id}>
            <span className={styles.choice}>{label}</span>
            {results && (
              <>
                <span className={styles.dots}>{t('vote.dots', { count: results[id] ?? 0 })}</span>
                <span className={styles.bar} aria-hidden="true">
                  <i style={{ width: `${((results[id] ?? 0) / most) * 100}%` }} />
                </span>
              </>
            )}
          </li>
        ))}
      </ol>
      {!results && <p className={styles.beyond}>{t('vote.hidden')}</p>}
    </div>
  );
}
