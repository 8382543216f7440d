/**
 * Why this file exists: how this body keeps its records: how decisions are numbered, which kind of protocol it writes, how
 * presence is listed and what its abbreviations mean. What is chosen here holds for all its meetings.
 */
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { ATTENDANCE_GROUPINGS, MINUTES_STYLES } from '#shared/decisions/body.ts';
import { NumberingField } from '../decisions/numbering-field.tsx';
import { may } from '../meeting/may.ts';
import { SelectField } from '../ui/field.tsx';
import { Problem, Skeleton, useProblemText } from '../ui/problem.tsx';
import { Abbreviations } from './abbreviations.tsx';
import styles from './body.module.css';
import { useBody, useBodyChange } from './use-body.ts';

export function BodySection({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('body');
  const { t: common } = useTranslation('common');
  const problem = useProblemText();
  const body = useBody(meeting.id);
  const change = useBodyChange(meeting.id);
  const canEdit = may(meeting, 'edit-header');
  return (
    <section className={styles.section} aria-labelledby="body">
      <h2 id="body">{t('heading')}</h2>
      <p className={styles.about}>{meeting.body ? t('about', { body: meeting.body }) : t('aboutMeeting')}</p>
      {body.data ? (
        <>
          <div className={styles.choices}>
            <SelectField
              label={t('style.label')}
              hint={t('style.hint')}
              value={body.data.style}
              disabled={!canEdit || change.isPending}
              onChange={({ target }) => {
                const style = MINUTES_STYLES.find((one) => one === target.value);
                if (style) change.mutate({ style });
              }}
            >
              {MINUTES_STYLES.map((one) => (
                <option key={one} value={one}>
                  {t(`style.${one}`)}
                </option>
              ))}
            </SelectField>
            <SelectField
              label={t('grouping.label')}
              hint={t(`grouping.${body.data.grouping}Hint`)}
              value={body.data.grouping}
              disabled={!canEdit || change.isPending}
              onChange={({ target }) => {
                const grouping = ATTENDANCE_GROUPINGS.find((one) => one === target.value);
                if (grouping) change.mutate({ grouping });
              }}
            >
              {ATTENDANCE_GROUPINGS.map((one) => (
                <option key={one} value={one}>
                  {t(`grouping.${one}`)}
                </option>
              ))}
            </SelectField>
            <NumberingField meeting={meeting} />
          </div>
          {change.error && (
            <p role="alert" className={styles.problem}>
              {problem(change.error)}
            </p>
          )}
          <Abbreviations meeting={meeting} saved={body.data.abbreviations} canEdit={canEdit} />
        </>
      ) : body.error ? (
        <Problem error={body.error} onRetry={() => void body.refetch()} />
      ) : (
        <Skeleton label={common('loading')} lines={4} />
      )}
    </section>
  );
}
