/** Why this file exists: in one line, how a group is doing: who writes or how long it has been quiet, words, answers. */
import { useTranslation } from 'react-i18next';
import type { Answer, Pulse } from './pulse.ts';
import styles from './wall.module.css';

/** Quiet for so long and the facilitator is told; milliseconds. */
export const QUIET_MS = 3 * 60_000;
const JUST_NOW_MS = 60_000;

const firstName = (name: string): string => name.split(' ')[0] ?? name;

export function PulseLine({ pulse, now, live }: { pulse: Pulse; now: number; live: boolean }) {
  const { t } = useTranslation('stage');
  const names = pulse.typing.slice(0, 2).map(({ name }) => firstName(name));
  const [first, last] = names;
  const quiet = pulse.lastKey === null ? null : now - pulse.lastKey;
  const late = live && quiet !== null && quiet >= QUIET_MS;
  const answered = pulse.answers.filter((answer) => answer === 'answered').length;
  return (
    <div className={styles.pulse}>
      <span>
        {!pulse.known ? (
          t('wall.loading')
        ) : (
          <>
            <b className={late && names.length === 0 ? styles.late : undefined}>
              {first
                ? t('wall.writes', { names: last ? t('wall.and', { first, last }) : first })
                : quiet !== null && live
                  ? quiet < JUST_NOW_MS
                    ? t('wall.justNow')
                    : t('wall.quiet', { count: Math.floor(quiet / 60_000) })
                  : null}
            </b>
            {(first || (quiet !== null && live)) && ' · '}
            {t('wall.words', { count: pulse.words })}
          </>
        )}
      </span>
      <span className={styles.answered}>
        <Answers answers={pulse.answers} />
        <span aria-hidden="true">{t('wall.answered', { count: answered, total: pulse.answers.length })}</span>
      </span>
    </div>
  );
}

/** A bar for each prompt: empty, begun, answered. */
export function Answers({ answers }: { answers: readonly Answer[] }) {
  const { t } = useTranslation('stage');
  const count = answers.filter((answer) => answer === 'answered').length;
  return (
    <span className={styles.answers} role="img" aria-label={t('wall.answeredLabel', { count, total: answers.length })}>
      {answers.map((answer, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
        <i key={index} data-answer={answer} />
      ))}
    </span>
  );
}

/** How much was written in each of the last ten minutes. */
export function Pace({ pace }: { pace: readonly number[] }) {
  const { t } = useTranslation('stage');
  const most = Math.max(1, ...pace);
  return (
    <svg className={styles.pace} viewBox="0 0 88 20" role="img" aria-label={t('wall.pace')}>
      {pace.map((amount, index) => {
        const height = amount === 0 ? 1.5 : 3 + Math.round((amount / most) * 17);
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its minute.
        return <rect key={index} x={index * 9} y={20 - height} width={6} height={height} />;
      })}
    </svg>
  );
}
