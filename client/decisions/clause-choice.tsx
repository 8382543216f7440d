/** Why this file exists: of a clause, which wording is decided: the clause, one of its alternatives, or none. */
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { ClauseWithAlternatives } from '#shared/proposals/proposals.ts';
import type { Proposals } from '../proposals/use-proposals.ts';
import { Wording } from '../proposals/wording.tsx';
import styles from './decisions.module.css';

interface ChoiceProps {
  n: number;
  clause: ClauseWithAlternatives;
  known: Proposals;
  /** The id of what is chosen, '' for none. */
  value: Id | '';
  onChange(id: Id | ''): void;
}

export function ClauseChoice({ n, clause, known, value, onChange }: ChoiceProps) {
  const { t } = useTranslation('decisions');
  const before = clause.original;
  const words = (id: Id) =>
    known.wording(id) ? <Wording before={before || known.wording(id)} after={known.wording(id)} /> : t('clause.empty');
  return (
    <li>
      <fieldset>
        <legend className="sr">{t('clause.name', { n: n + 1 })}</legend>
        {[clause, ...clause.alternatives].map(({ id }) => (
          <label key={id} className={styles.choice}>
            <input
              type={clause.alternatives.length > 0 ? 'radio' : 'checkbox'}
              name={`choice-${clause.id}`}
              checked={value === id}
              onChange={(event) => onChange(event.target.checked ? id : '')}
            />
            <span>
              <i>{t('clause.that')}</i> {words(id)}
            </span>
          </label>
        ))}
        {clause.alternatives.length > 0 && (
          <label className={styles.choice}>
            <input type="radio" name={`choice-${clause.id}`} checked={value === ''} onChange={() => onChange('')} />
            <span className="muted">{t('decide.leaveOut')}</span>
          </label>
        )}
      </fieldset>
    </li>
  );
}
