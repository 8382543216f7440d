/**
 * Why this file exists: beside each item of the protocol stands who has approved it, what is suggested and what became of
 * that, and for those who sign or keep the protocol, what they can do about it.
 */
import { Check, CircleAlert, Clock, MessageSquare, PenLine } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import type { SignOffPart, SignOffView, SuggestionView } from '#shared/signoff/api.ts';
import { HEAD } from '#shared/signoff/parts.ts';
import { Button } from '../ui/button.tsx';
import { dateAt, dayText } from '../ui/dates.ts';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { AnswerDialog } from './answer-dialog.tsx';
import styles from './signoff.module.css';
import { SuggestDialog } from './suggest-dialog.tsx';
import { useStep } from './use-signoff.ts';
import { WordDiff } from './words.tsx';

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

export interface PartMarginProps {
  meetingId: Id;
  me: Id;
  timeZone: string;
  view: SignOffView;
  part: SignOffPart;
  document: MinutesDocument;
}

export function PartMargin(props: PartMarginProps) {
  const { meetingId, me, view, part, timeZone } = props;
  const { t, i18n } = useTranslation('signoff');
  const { toast } = useToasts();
  const text = useProblemText();
  const step = useStep(meetingId);
  const [suggesting, setSuggesting] = useState(false);
  const [answering, setAnswering] = useState<SuggestionView | null>(null);
  const failed = { onError: (error: unknown) => toast({ message: text(error) }) };
  const mine = part.approvals.find(({ personId }) => personId === me);
  const day = (at: number): string => dayText(dateAt(at, timeZone), i18n.language, { short: true });
  const suggestions = view.suggestions.filter((one) => one.part === part.id && one.state !== 'retracted');
  const named = part.id === HEAD ? t('head') : t('partNamed', { number: part.number, title: part.title });
  const quiet = part.approvals.length === 0 && suggestions.length === 0 && !part.now;
  if (quiet && !view.may.sign && !view.may.openNow) return null;
  return (
    <aside className={styles.margin} aria-label={t('margin', { part: named })}>
      {part.id === HEAD && <p className={styles.about}>{t('head')}</p>}
      {part.approvals.map((approval) => (
        <p key={approval.personId} className={styles.mark} data-current={approval.current}>
          {approval.current ? <Check {...ICON} /> : <CircleAlert {...ICON} />}
          <span>
            <b>{view.signers.find(({ personId }) => personId === approval.personId)?.name}</b>{' '}
            {approval.current ? (
              <span className={styles.when}>{day(approval.at)}</span>
            ) : (
              <span className={styles.outdated}>{t('outdated', { day: day(approval.at) })}</span>
            )}
          </span>
        </p>
      ))}
      {part.now && (
        <p className={styles.mark}>
          <Clock {...ICON} />
          <span>{part.approved ? t('nowDone') : t('now')}</span>
        </p>
      )}
      {suggestions.map((one) => (
        <Suggestion
          key={one.id}
          one={one}
          day={day(one.at)}
          mayAnswer={view.may.answer}
          own={one.personId === me && view.may.sign}
          busy={step.isPending}
          onAccept={() => step.mutate({ do: 'accept', suggestionId: one.id }, failed)}
          onAnswer={() => setAnswering(one)}
          onRetract={() => step.mutate({ do: 'retract', suggestionId: one.id }, failed)}
        />
      ))}
      {(view.may.sign || view.may.openNow) && (
        <div className={styles.actions}>
          {view.may.sign &&
            (mine?.current ? (
              <Button
                size="small"
                variant="quiet"
                aria-label={t('withdrawOf', { part: named })}
                disabled={step.isPending}
                onClick={() => step.mutate({ do: 'withdraw', part: part.id }, failed)}
              >
                {t('withdraw')}
              </Button>
            ) : (
              <Button
                size="small"
                aria-label={t(mine ? 'approveAgainOf' : 'approveOf', { part: named })}
                disabled={step.isPending}
                onClick={() => step.mutate({ do: 'approve', parts: [{ id: part.id, hash: part.hash }] }, failed)}
              >
                {mine ? t('approveAgain') : t('approve')}
              </Button>
            ))}
          {view.may.sign && (
            <Button
              size="small"
              variant="quiet"
              aria-label={t('suggestOf', { part: named })}
              onClick={() => setSuggesting(true)}
            >
              {t('suggest')}
            </Button>
          )}
          {view.may.openNow && part.id !== HEAD && !(part.now && part.approved) && (
            <Button
              size="small"
              variant="quiet"
              aria-label={t(part.now ? 'notNowOf' : 'openNowOf', { part: named })}
              disabled={step.isPending}
              onClick={() => step.mutate({ do: 'now', itemId: part.id, on: !part.now }, failed)}
            >
              {part.now ? t('notNow') : t('openNow')}
            </Button>
          )}
        </div>
      )}
      {suggesting && <SuggestDialog {...props} named={named} onClose={() => setSuggesting(false)} />}
      {answering && <AnswerDialog meetingId={meetingId} of={answering} onClose={() => setAnswering(null)} />}
    </aside>
  );
}

interface SuggestionProps {
  one: SuggestionView;
  day: string;
  mayAnswer: boolean;
  own: boolean;
  busy: boolean;
  onAccept(): void;
  onAnswer(): void;
  onRetract(): void;
}

function Suggestion({ one, day, mayAnswer, own, busy, onAccept, onAnswer, onRetract }: SuggestionProps) {
  const { t } = useTranslation('signoff');
  const worded = one.block !== '';
  const Icon = worded ? PenLine : MessageSquare;
  return (
    <div className={styles.suggestion} data-state={one.state}>
      <p className={styles.mark}>
        <Icon {...ICON} />
        <span>
          <b>{one.person}</b> {t(worded ? 'suggests' : 'says', { day })}
        </span>
      </p>
      {worded && <WordDiff before={one.before} after={one.after} />}
      {one.reason !== '' && <p className={styles.reason}>{t('quoted', { text: one.reason })}</p>}
      {one.state === 'accepted' && <p className={styles.closed}>{t('accepted', { person: one.closedBy })}</p>}
      {one.state === 'answered' && (
        <p className={styles.closed}>{t('answered', { person: one.closedBy, text: one.answer })}</p>
      )}
      {one.state === 'open' && (mayAnswer || own) && (
        <div className={styles.actions}>
          {mayAnswer && worded && (
            <Button size="small" disabled={busy} onClick={onAccept}>
              {t('accept')}
            </Button>
          )}
          {mayAnswer && (
            <Button size="small" variant="quiet" disabled={busy} onClick={onAnswer}>
              {t('answer')}
            </Button>
          )}
          {own && (
            <Button size="small" variant="quiet" disabled={busy} onClick={onRetract}>
              {t('retract')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
