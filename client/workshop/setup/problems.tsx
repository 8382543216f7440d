/** Why this file exists: a wish that could not be kept is told by name, and why. */
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { AssignmentProblem } from '#shared/workshop/assignment.ts';
import styles from './setup.module.css';

export function Problems({
  problems,
  nameOf,
}: {
  problems: readonly AssignmentProblem[];
  nameOf(personId: Id): string;
}) {
  const { t } = useTranslation('workshop');
  if (problems.length === 0) return null;
  return (
    <ul className={styles.problems}>
      {problems.map((problem) =>
        problem.kind === 'sizes' ? (
          <li key="sizes">
            {t(`problem.sizes.${problem.reason}`, { smallest: problem.smallest, largest: problem.largest })}
          </li>
        ) : (
          <li key={`${problem.kind} ${problem.pair.join(' ')}`}>
            {t(`problem.${problem.kind}`, { one: nameOf(problem.pair[0]), other: nameOf(problem.pair[1]) })}{' '}
            {t(`problem.reason.${problem.reason}`)}
          </li>
        ),
      )}
    </ul>
  );
}
