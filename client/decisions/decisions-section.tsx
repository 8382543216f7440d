/** Why this file exists: what an item has decided, as it will stand in the minutes, and what may be said beside it. */
import { Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { ItemDecisions } from '#shared/decisions/api.ts';
import type { Decision, Outcome } from '#shared/decisions/decision.ts';
import type { Id } from '#shared/ids.ts';
import { isReworded } from '#shared/proposals/word-diff.ts';
import type { DecisionsOf } from '../api/decisions.ts';
import { Wording } from '../proposals/wording.tsx';
import { Button } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import styles from './decisions.module.css';
import { DissentDialog } from './dissent-dialog.tsx';
import { OutcomesMenu } from './outcomes-menu.tsx';
import { ReopenDialog } from './reopen-dialog.tsx';

export interface DecisionsProps {
  meeting: Meeting;
  of: DecisionsOf;
  record: ItemDecisions;
  ownId: Id;
  /** The outcomes are not offered already, beside a proposal. */
  offersOutcomes: boolean;
  onDecide(outcome: Outcome): void;
}

export function DecisionsSection(props: DecisionsProps) {
  const { record, meeting, of, offersOutcomes, onDecide } = props;
  const { t, i18n } = useTranslation('decisions');
  const [reopening, setReopening] = useState(false);
  const time = (at: number) => clock(at, i18n.language, meeting.timeZone);
  const tools = offersOutcomes || (record.decided && record.mayReopen);
  return (
    <>
      {record.decisions.map((decision) => (
        <OneDecision key={decision.id} {...props} decision={decision} />
      ))}
      {(record.reopenings.length > 0 || tools) && (
        <div className={styles.block}>
          <div className={styles.label} />
          <div>
            {record.reopenings.map(({ at, person, reason }) => (
              <p key={at} className={styles.reopened}>
                <LockOpen size={15} strokeWidth={1.75} aria-hidden />
                <span>
                  {t('reopened', { time: time(at), person })} {reason}
                </span>
              </p>
            ))}
            <div className={styles.tools}>
              {offersOutcomes && <OutcomesMenu onDecide={onDecide} />}
              {record.decided && record.mayReopen && (
                <Button variant="quiet" aria-haspopup="dialog" onClick={() => setReopening(true)}>
                  <LockOpen size={16} strokeWidth={1.75} aria-hidden />
                  {t('reopen.open')}
                </Button>
              )}
            </div>
          </div>
        </div>
      )}
      {reopening && <ReopenDialog of={of} onClose={() => setReopening(false)} />}
    </>
  );
}

function OneDecision({ meeting, of, record, ownId, decision }: DecisionsProps & { decision: Decision }) {
  const { t, i18n } = useTranslation('decisions');
  const [showing, setShowing] = useState(false);
  const [dissenting, setDissenting] = useState(false);
  const { wording, outcome, counts, method, present } = decision;
  const replacedBy = record.decisions.find(({ id }) => id === decision.replacedBy);
  const replaced = record.decisions.find(({ id }) => id === decision.replaces);
  const reworded = wording.some(({ original, text }) => original !== '' && isReworded(original, text));
  const heading = `decision-${decision.id}`;
  const nameOf = (one: Decision) => one.number?.label ?? t(`outcome.${one.outcome}`);
  return (
    <section className={styles.block} aria-labelledby={heading}>
      <div className={styles.label}>
        <h2 id={heading}>{nameOf(decision)}</h2>
        <p>{decision.date}</p>
      </div>
      <div className={replacedBy ? `${styles.decision} ${styles.past}` : styles.decision}>
        <p className={styles.about}>
          <Lock size={15} strokeWidth={1.75} aria-hidden />
          <span>
            <b>{t('taken', { time: clock(decision.at, i18n.language, meeting.timeZone) })}</b>{' '}
            {[
              method && t(`methodIn.${method}`),
              counts && t('counts', { ...counts }),
              t('takenBy', { person: decision.by }),
              t('present', { count: present.length }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </p>
        {replacedBy && <p className={styles.about}>{t('replacedBy', { name: nameOf(replacedBy) })}</p>}
        {replaced && <p className={styles.about}>{t('replaces', { name: nameOf(replaced) })}</p>}
        {outcome !== 'decided' && (
          <p className={styles.outcome}>
            {t(`outcomeSaid.${outcome}`)} {decision.detail}
          </p>
        )}
        {wording.length === 1 && !decision.proposal && <p className={styles.words}>{wording[0]?.text}</p>}
        {decision.proposal && wording.length > 0 && (
          <>
            <p className={styles.lead}>{t('body', { body: meeting.body || t('meetingItself') })}</p>
            <ul className={styles.clauses}>
              {wording.map((clause) => (
                <li key={clause.id}>
                  <i>{t('clause.that')}</i>
                  <div>
                    <p className={styles.words}>
                      {showing && clause.original !== '' ? (
                        <Wording before={clause.original} after={clause.text} />
                      ) : (
                        clause.text
                      )}
                    </p>
                    {showing && clause.reason && (
                      <p className={styles.reason}>
                        <b>{t('clause.reasonIs')}</b> {clause.reason} {clause.reasonBy}
                      </p>
                    )}
                  </div>
                </li>
              ))}
            </ul>
          </>
        )}
        {decision.motivation && (
          <p className={styles.reason}>
            <b>{t('motivation')}</b> {decision.motivation}
          </p>
        )}
        {decision.dissents.map((one) => (
          <p key={one.id} className={styles.dissent}>
            <b>{t(`dissentKind.${one.kind}`)}</b> {[one.person, one.organisation].filter(Boolean).join(', ')}:{' '}
            {one.text}
          </p>
        ))}
        <div className={styles.quiet}>
          {reworded && (
            <Button size="small" variant="quiet" aria-pressed={showing} onClick={() => setShowing(!showing)}>
              {t('showChanges')}
            </Button>
          )}
          <details className={styles.who}>
            <summary>{t('whoWasThere')}</summary>
            <p>{present.map(({ name, organisation }) => [name, organisation].filter(Boolean).join(', ')).join('; ')}</p>
            {decision.unrepresented.length > 0 && (
              <p>{t('unrepresented', { names: decision.unrepresented.map((one) => one.organisation).join(', ') })}</p>
            )}
          </details>
          {record.mayDissent && (
            <Button size="small" variant="quiet" aria-haspopup="dialog" onClick={() => setDissenting(true)}>
              {t('dissent.open')}
            </Button>
          )}
        </div>
      </div>
      {dissenting && (
        <DissentDialog
          meeting={meeting}
          of={of}
          decision={decision}
          ownId={ownId}
          onClose={() => setDissenting(false)}
        />
      )}
    </section>
  );
}
