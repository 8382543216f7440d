/** Why this file exists: the attendance list as it will stand in the minutes, live: what is recorded above is read here. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  absenceSentence,
  GROUPINGS,
  type Grouping,
  type RollGroup,
  type RollOf,
  type RollRow,
  rollOf,
} from '#shared/attendance/roll.ts';
import type { Language } from '#shared/terms.ts';
import styles from './roll.module.css';

export function RollPreview({ of }: { of: RollOf }) {
  const { t, i18n } = useTranslation('attendance');
  const language: Language = i18n.language.startsWith('en') ? 'en' : 'sv';
  const [grouping, setGrouping] = useState<Grouping>('organisation');
  const roll = rollOf(of, grouping, language);
  return (
    <section aria-labelledby="roll-title" className={styles.section}>
      <div className={styles.head}>
        <h2 id="roll-title">{t('roll.title')}</h2>
        <fieldset className={styles.choice} aria-label={t('roll.grouping')}>
          {GROUPINGS.map((one) => (
            <button key={one} type="button" aria-pressed={grouping === one} onClick={() => setGrouping(one)}>
              {t(one === 'organisation' ? 'roll.byOrganisation' : 'roll.byCategory')}
            </button>
          ))}
        </fieldset>
      </div>
      <div className={styles.paper}>
        {grouping === 'organisation' ? (
          <ByOrganisation groups={roll.present} />
        ) : (
          <dl className={styles.lists}>
            {roll.present.map(({ category, rows }) => (
              <div key={category ?? ''}>
                <dt>{category ? t(`roll.category.${category}`) : t('roll.others')}</dt>
                <dd>{rows.map((row) => nameOf(row, of)).join('; ')}</dd>
              </div>
            ))}
          </dl>
        )}
        {(roll.excused.length > 0 || roll.absent.length > 0) && (
          <dl className={styles.lists}>
            {roll.excused.length > 0 && (
              <div>
                <dt>{t('roll.excused')}</dt>
                <dd data-roll="excused">{absenceSentence(roll.excused, language)}</dd>
              </div>
            )}
            {roll.absent.length > 0 && (
              <div>
                <dt>{t('roll.absent')}</dt>
                <dd>{absenceSentence(roll.absent, language)}</dd>
              </div>
            )}
          </dl>
        )}
      </div>
    </section>
  );
}

function ByOrganisation({ groups }: { groups: readonly RollGroup[] }) {
  const { t } = useTranslation('attendance');
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('roll.organisation')}</th>
          <th scope="col">{t('roll.names')}</th>
          <th scope="col">{t('roll.presence')}</th>
        </tr>
      </thead>
      {groups.map(({ organisation, rows, vacant }) => (
        <tbody key={organisation?.id ?? ''}>
          {vacant ? (
            <tr>
              <th scope="row">{organisation?.name}</th>
              <td>–</td>
              <td />
            </tr>
          ) : (
            rows.map((row, n) => (
              <tr key={row.personId}>
                {n === 0 && (
                  <th scope="rowgroup" rowSpan={rows.length}>
                    {organisation?.name ?? t('roll.others')}
                  </th>
                )}
                <td>{withParty(row)}</td>
                <td data-roll={row.personId}>
                  {row.standing === 'unsaid' ? (
                    <span className={styles.unsaid}>{row.words || t('roll.unsaid')}</span>
                  ) : (
                    [row.presence, row.words && `(${row.words})`].filter(Boolean).join(' ')
                  )}
                </td>
              </tr>
            ))
          )}
        </tbody>
      ))}
    </table>
  );
}

const withParty = ({ name, party }: RollRow): string => (party ? `${name} (${party})` : name);

/** "Kerstin Boman (C), Almvik" for a list that is not by organisation. */
function nameOf(row: RollRow, of: RollOf): string {
  const organisation = of.organisations.find(({ id }) => id === row.organisationId)?.name;
  return organisation ? `${withParty(row)}, ${organisation}` : withParty(row);
}
