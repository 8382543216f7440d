/** Why this file exists: one clause as it stands: the wording, why it was changed, its alternatives, and the place to word it. */
import { ChevronUp, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clause } from '#shared/proposals/proposals.ts';
import { isReworded } from '#shared/proposals/word-diff.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { ClauseWorkshop } from './clause-workshop.tsx';
import styles from './proposals.module.css';
import type { ClauseProps } from './props.ts';
import { Wording } from './wording.tsx';

export function ClauseRow(props: ClauseProps) {
  const { clause, at } = props;
  const { t } = useTranslation('decisions');
  const name = t('clause.name', { n: at + 1 });
  return (
    <li className={styles.clause} aria-label={name}>
      <OneClause {...props} one={clause} compared={clause.original} name={name} />
      {clause.alternatives.map((other, n) => (
        <div key={other.id} className={styles.alternative}>
          <OneClause
            {...props}
            one={other}
            compared={clause.original}
            name={t('clause.alternativeName', { n: at + 1, alternative: n + 1 })}
          />
        </div>
      ))}
    </li>
  );
}

function OneClause(props: ClauseProps & { one: Clause; compared: string; name: string }) {
  const { one, compared, name, look, known, canWrite, meeting, clause } = props;
  const { t, i18n } = useTranslation('decisions');
  const [open, setOpen] = useState(false);
  const now = known.wording(one.id);
  const reworded = isReworded(compared, now);
  const alternative = one.id !== clause.id;
  const by = meeting.participants.find(({ personId }) => personId === one.reasonBy);
  const organisation = meeting.organisations.find(({ id }) => id === by?.organisationId);
  const about = [
    [by?.name, organisation?.name].filter(Boolean).join(', '),
    one.reasonAt > 0 && clock(one.reasonAt, i18n.language, meeting.timeZone),
  ].filter(Boolean);
  return (
    <>
      <div className={styles.line}>
        <span className={styles.that}>{t(alternative ? 'clause.or' : 'clause.that')}</span>
        <p className={styles.words}>
          {look === 'original' ? (
            (alternative ? one.original : compared) || <span className={styles.empty}>{t('clause.empty')}</span>
          ) : look === 'changes' && reworded && compared !== '' ? (
            <Wording before={compared} after={now} />
          ) : (
            now || <span className={styles.empty}>{t('clause.empty')}</span>
          )}
        </p>
        {canWrite && (
          <Button
            size="small"
            variant="quiet"
            className={styles.word}
            aria-expanded={open}
            aria-label={t(open ? 'clause.closeName' : 'clause.openName', { name })}
            onClick={() => setOpen(!open)}
          >
            {open ? (
              <ChevronUp size={16} strokeWidth={1.75} aria-hidden />
            ) : (
              <Pencil size={16} strokeWidth={1.75} aria-hidden />
            )}
            <span className={styles.wide}>{t(open ? 'clause.close' : 'clause.open')}</span>
          </Button>
        )}
      </div>
      {one.reason && !open && (
        <p className={styles.reason}>
          {by && <Avatar name={by.name} colour={by.colour} small />}
          <span>
            <b>{t('clause.reasonIs')}</b> {one.reason} {about.join(' · ')}
          </span>
        </p>
      )}
      {open && <ClauseWorkshop {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
