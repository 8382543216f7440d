/** Why this file exists: what is to be done because of an item: whose, by when, and how far it has come, line by line. */
import { Circle, CircleCheck, CircleDashed, CircleDot, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { ACTION_STATUSES, type ActionItem, type ActionLine, type ActionStatus } from '#shared/decisions/action.ts';
import { dueText } from '#shared/decisions/due.ts';
import type { Id } from '#shared/ids.ts';
import { type DecisionsOf, decisionsApi } from '../api/decisions.ts';
import { may } from '../meeting/may.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { ActionForm } from './action-form.tsx';
import styles from './decisions.module.css';
import { goTo, type Source, useSource } from './source.ts';
import { useActionChange, useActions } from './use-decisions.ts';

interface ActionsProps {
  meeting: Meeting;
  of: DecisionsOf;
  ownId: Id;
}

export function ActionsSection({ meeting, of, ownId }: ActionsProps) {
  const { t } = useTranslation('decisions');
  const [adding, setAdding] = useState<{ from: Source | null } | null>(null);
  const source = useSource(of);
  const mine = (useActions(meeting.id).data?.actions ?? []).filter(({ itemId }) => itemId === of.itemId);
  const keeps = may(meeting, 'keep-actions');
  return (
    <>
      {mine.map((action) => (
        <OneAction
          key={action.id}
          meeting={meeting}
          of={of}
          ownId={ownId}
          action={action}
          keeps={keeps}
          find={source.find}
        />
      ))}
      {keeps && (
        <div className={styles.block}>
          <div className={styles.label} />
          {adding ? (
            <ActionForm meeting={meeting} of={of} from={adding.from} onClose={() => setAdding(null)} />
          ) : (
            <div>
              <Button variant="quiet" className={styles.flush} onClick={() => setAdding({ from: source.marked() })}>
                <Plus size={16} strokeWidth={1.75} aria-hidden />
                {t('action.add')}
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  );
}

interface OneActionProps extends ActionsProps {
  action: ActionItem;
  keeps: boolean;
  find: ReturnType<typeof useSource>['find'];
}

function OneAction({ meeting, of, ownId, action, keeps, find }: OneActionProps) {
  const { t, i18n } = useTranslation('decisions');
  const problem = useProblemText();
  const { toast } = useToasts();
  const remove = useActionChange(meeting.id, () => decisionsApi.removeAction({ ...of, actionId: action.id }));
  const done = action.lines.filter(({ status }) => status === 'done').length;
  const heading = `action-${action.id}`;
  return (
    <section className={styles.block} aria-labelledby={heading}>
      <div className={styles.label}>
        <p className={styles.kind}>{t(action.owner === 'organisations' ? 'action.homework' : 'action.task')}</p>
        {action.due && <p>{t('action.due', { due: dueText(action.due, i18n.language === 'en' ? 'en' : 'sv') })}</p>}
        {action.lines.length > 1 && <p>{t('action.done', { done, all: action.lines.length })}</p>}
      </div>
      <div>
        <div className={styles.actionHead}>
          <h2 id={heading}>{action.title}</h2>
          {keeps && (
            <IconButton
              size="small"
              label={t('action.remove', { title: action.title })}
              onClick={() => remove.mutate(undefined, { onError: (error) => toast({ message: problem(error) }) })}
            >
              <X size={16} strokeWidth={1.75} aria-hidden />
            </IconButton>
          )}
        </div>
        {action.source && <FromNotes source={action.source} find={find} />}
        <ul className={styles.lines}>
          {action.lines.map((line) => (
            <Line key={line.id} meeting={meeting} of={of} ownId={ownId} action={action} line={line} keeps={keeps} />
          ))}
        </ul>
      </div>
    </section>
  );
}

/** The words it comes from, and the way to them; when the paragraph is gone only the words. */
function FromNotes({ source, find }: { source: Source; find: OneActionProps['find'] }) {
  const { t } = useTranslation('decisions');
  const { toast } = useToasts();
  const go = () => {
    const paragraph = find(source.block);
    if (paragraph) goTo(paragraph);
    else toast({ message: t('action.sourceGone') });
  };
  return (
    <p className={styles.source}>
      {t('action.source', { text: source.text })}{' '}
      {source.block !== '' && (
        <Button variant="link" onClick={go}>
          {t('action.sourceShow')}
        </Button>
      )}
    </p>
  );
}

function Line({
  meeting,
  of,
  ownId,
  action,
  line,
  keeps,
}: ActionsProps & { action: ActionItem; line: ActionLine; keeps: boolean }) {
  const { t, i18n } = useTranslation('decisions');
  const problem = useProblemText();
  const { toast } = useToasts();
  const change = useActionChange(meeting.id, (patch: { personId?: Id | null; status?: ActionStatus }) =>
    decisionsApi.changeLine({ ...of, actionId: action.id, lineId: line.id }, patch),
  );
  const save = (patch: { personId?: Id | null; status?: ActionStatus }) =>
    change.mutate(patch, { onError: (error) => toast({ message: problem(error) }) });
  const organisation = meeting.organisations.find(({ id }) => id === line.organisationId);
  const me = meeting.participants.find(({ personId }) => personId === ownId);
  const mine = line.personId === ownId || (line.organisationId !== null && line.organisationId === me?.organisationId);
  const said = line.status === 'open' && line.personId === null ? 'unreceived' : line.status;
  const words =
    said === 'done'
      ? t('status.doneAt', { day: shortDay(line.at, i18n.language, meeting.timeZone) })
      : t(`status.${said}`);
  const whose = line.organisation || line.person;
  return (
    <li className={styles.actionLine}>
      {organisation && <span className={styles.code}>{organisation.shortName}</span>}
      <span className={styles.organisation}>{line.organisation || line.person}</span>
      <span>
        {keeps && action.owner === 'organisations' ? (
          <select
            aria-label={t('action.responsible', { name: whose })}
            className={styles.inline}
            value={line.personId ?? ''}
            onChange={(event) => save({ personId: event.target.value || null })}
          >
            <option value="">{t('action.choose')}</option>
            {meeting.participants
              .filter((one) => one.organisationId === line.organisationId || one.personId === line.personId)
              .map((one) => (
                <option key={one.personId} value={one.personId}>
                  {one.name}
                </option>
              ))}
          </select>
        ) : (
          line.organisation && (line.person || '–')
        )}
      </span>
      <span className={said === 'done' ? `${styles.status} ${styles.done}` : styles.status}>
        <StatusMark status={said} />
        {keeps || mine ? (
          <select
            aria-label={t('action.status', { name: whose })}
            className={styles.inline}
            value={line.status}
            onChange={(event) => {
              const status = ACTION_STATUSES.find((one) => one === event.target.value);
              if (status) save({ status });
            }}
          >
            {ACTION_STATUSES.map((one) => (
              <option key={one} value={one}>
                {one === line.status ? words : t(`status.${one}`)}
              </option>
            ))}
          </select>
        ) : (
          words
        )}
      </span>
    </li>
  );
}

/** "12 nov." */
const shortDay = (at: number, language: string, timeZone: string): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'sv-SE', { day: 'numeric', month: 'short', timeZone }).format(
    at,
  );

/** The shape says it too. */
function StatusMark({ status }: { status: ActionStatus | 'unreceived' }) {
  const look = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;
  if (status === 'done') return <CircleCheck {...look} />;
  if (status === 'started') return <CircleDot {...look} />;
  return status === 'unreceived' ? <CircleDashed {...look} /> : <Circle {...look} />;
}
