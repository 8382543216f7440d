/**
 * Why this file exists: a person puts their dots with big buttons, by thumb or by key, and always sees how many are left.
 * Every press is sent at once; what is sent last is what counts.
 */
import { Minus, Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { Vote } from '#shared/workshop/harvest-api.ts';
import { api } from '../api/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useBoard } from './board-context.ts';
import styles from './dialogs.module.css';
import { useVoteChange, useVotes } from './use-votes.ts';

const sum = (dots: Readonly<Record<string, number>>): number => Object.values(dots).reduce((a, b) => a + b, 0);

export function BallotDialog() {
  const { ask, workshop } = useBoard();
  const { t } = useTranslation('harvest');
  const votes = useVotes(workshop.meetingId, workshop.itemId);
  const vote = votes.data?.votes[0];
  return (
    <Dialog title={vote?.title ?? t('vote.title')} onClose={() => ask(null)}>
      {vote && <Ballot vote={vote} meetingId={workshop.meetingId} itemId={workshop.itemId} />}
      <DialogActions>
        <Button variant="primary" onClick={() => ask(null)}>
          {t('vote.done')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The newest vote for whoever may vote in it; its counts for everybody, when they may be seen. */
export function Ballot({ vote, meetingId, itemId }: { vote: Vote; meetingId: Id; itemId: Id }) {
  if (vote.state === 'closed') return <Results vote={vote} />;
  return <Cast key={vote.id} vote={vote} meetingId={meetingId} itemId={itemId} />;
}

function Cast({ vote, meetingId, itemId }: { vote: Vote; meetingId: Id; itemId: Id }) {
  const { t } = useTranslation('harvest');
  const text = useProblemText();
  // What is pressed is shown at once; what the server knows follows, also from one's other devices.
  const [dots, setDots] = useState(vote.mine);
  const cast = useVoteChange(meetingId, itemId, (mine: Record<string, number>) =>
    api.harvest.cast({ meetingId, itemId, voteId: vote.id }, { dots: mine }),
  );
  const wanted = useRef<Record<string, number> | null>(null);
  const flying = useRef(false);
  const { mutateAsync, isPending, error } = cast;
  useEffect(() => {
    if (!isPending && !flying.current && !error) setDots(vote.mine);
  }, [vote.mine, isPending, error]);

  /** One request at a time, so that they arrive in their order; the last one is sent though the page is left. */
  const send = async (mine: Record<string, number>): Promise<void> => {
    setDots(mine);
    wanted.current = mine;
    if (flying.current) return;
    flying.current = true;
    try {
      for (let next: Record<string, number> | null = mine; next; next = wanted.current) {
        wanted.current = null;
        await mutateAsync(next);
      }
    } catch {
      // Said below; what was pressed since is not sent behind something that was refused.
      wanted.current = null;
    } finally {
      flying.current = false;
    }
  };
  const left = vote.dots - sum(dots);
  const change = (id: string, by: 1 | -1) => void send({ ...dots, [id]: (dots[id] ?? 0) + by });

  return (
    <div className={styles.form}>
      <div className={styles.left}>
        <span className={styles.dots} role="img" aria-label={t('vote.leftDots', { left, dots: vote.dots })}>
          {Array.from({ length: vote.dots }, (_, n) => (
            <i key={String(n)} className={n < vote.dots - left ? undefined : styles.spent} />
          ))}
        </span>
        <span role="status">{t('vote.leftDots', { left, dots: vote.dots })}</span>
      </div>
      {!vote.mayVote && <p>{t('vote.notYours')}</p>}
      <ul className={styles.choices}>
        {vote.choices.map(({ id, label }) => {
          const mine = dots[id] ?? 0;
          return (
            <li key={id} className={styles.choice}>
              <p>{label}</p>
              {vote.mayVote && (
                <span className={styles.stepper}>
                  <button
                    type="button"
                    aria-label={t('vote.less', { name: label })}
                    disabled={mine === 0}
                    onClick={() => change(id, -1)}
                  >
                    <Minus size={20} strokeWidth={2} aria-hidden />
                  </button>
                  <output aria-label={t('vote.mine', { count: mine })}>{mine}</output>
                  <button
                    type="button"
                    aria-label={t('vote.more', { name: label })}
                    disabled={left <= 0}
                    onClick={() => change(id, 1)}
                  >
                    <Plus size={20} strokeWidth={2} aria-hidden />
                  </button>
                </span>
              )}
              {vote.results && <small className="muted">{t('dots', { count: vote.results[id] ?? 0 })}</small>}
            </li>
          );
        })}
      </ul>
      {error ? (
        <p role="alert">{text(error)}</p>
      ) : (
        <p className="muted" role="status">
          {isPending ? t('vote.saving') : sum(vote.mine) > 0 ? t('vote.saved') : ''} {t('vote.anonymous')}{' '}
          {vote.counts === 'hidden' && t('vote.hiddenUntil')}
        </p>
      )}
    </div>
  );
}

function Results({ vote }: { vote: Vote }) {
  const { t } = useTranslation('harvest');
  const results = vote.results ?? {};
  const most = Math.max(1, ...Object.values(results));
  const sorted = vote.choices.toSorted((a, b) => (results[b.id] ?? 0) - (results[a.id] ?? 0));
  return (
    <div className={styles.form}>
      <p className="muted">
        {t('vote.closed')}. {t('vote.status', { voted: vote.voted, voters: vote.voters })}.
      </p>
      <ol className={styles.results} aria-label={t('vote.results')}>
        {sorted.map(({ id, label }) => (
          <li key={id}>
            <span>{label}</span>
            <b>{t('dots', { count: results[id] ?? 0 })}</b>
            <meter min={0} max={most} value={results[id] ?? 0} aria-label={label} />
          </li>
        ))}
      </ol>
    </div>
  );
}
