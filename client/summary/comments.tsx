/** Why this file exists: what people say of the wording: threads on ranges of the text, answered and resolved. */
import { MessageSquarePlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import type { Id } from '#shared/ids.ts';
import type { SummaryView, ThreadView } from '#shared/summary/api.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { api } from '../api/api.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { CheckField, Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useChoice } from '../ui/use-choice.ts';
import { useWorkshopChange } from '../workshop/use-workshop.ts';
import { anchorOf, rangeOf } from './places.ts';
import styles from './summary.module.css';
import type { Picked } from './use-comments.ts';
import { useSummaryChange } from './use-summary.ts';

/** What of the comments outlives their panel: which thread is pointed at, and what somebody has begun to say. */
export interface CommentsState {
  chosen: Id | null;
  choose(id: Id | null): void;
  /** What the comment that is being written is about; the selection may go elsewhere meanwhile. */
  about: Picked | null;
  setAbout(picked: Picked | null): void;
  /** By thread, '' for a new one. */
  drafts: Map<Id | '', string>;
}

export function useCommentsState(): CommentsState {
  const [chosen, choose] = useState<Id | null>(null);
  const [about, setAbout] = useState<Picked | null>(null);
  const [drafts] = useState(() => new Map<Id | '', string>());
  return { chosen, choose, about, setAbout, drafts };
}

export interface CommentsProps {
  state: CommentsState;
  workshop: WorkshopView;
  summary: SummaryView;
  timeZone: string;
  officer: boolean;
  picked: Picked | null;
  onDone(): void;
  /** Where a prompt's blocks are drawn. */
  rootOf(promptId: Id): Element | null;
  doc: Y.Doc;
  /** The words of a thread are shown; on a phone the sheet must go. */
  onShown?(): void;
}

export function Comments({
  state,
  workshop,
  summary,
  timeZone,
  officer,
  picked,
  onDone,
  rootOf,
  doc,
  onShown,
}: CommentsProps) {
  const { t } = useTranslation('summary');
  const text = useProblemText();
  const of = { meetingId: workshop.meetingId, itemId: workshop.itemId };
  const { chosen, choose, about, setAbout, drafts } = state;
  /** The thread whose words were looked for and are gone. */
  const [lost, setLost] = useState<Id | null>(null);
  const begin = useSummaryChange(of.meetingId, of.itemId, (input: Parameters<typeof api.summary.comment>[1]) =>
    api.summary.comment(of, input),
  );
  const invite = useWorkshopChange((comments: boolean) => api.workshop.update(of, { comments }));
  const [invited, chooseInvited] = useChoice(workshop.summary.comments, (on, onSettled) =>
    invite.mutate(on, { onSettled }),
  );

  const show = (thread: ThreadView) => {
    choose(thread.id);
    setLost(null);
    const root = rootOf(thread.promptId);
    const range = root && rangeOf(root, doc.getXmlFragment(thread.promptId), thread.from, thread.to);
    if (!range) setLost(thread.id);
    if (!range) return;
    onShown?.();
    range.startContainer.parentElement?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  };
  const open = summary.threads.filter(({ resolved }) => resolved === null);
  const done = summary.threads.filter(({ resolved }) => resolved !== null);
  const row = (thread: ThreadView) => (
    <Thread
      key={thread.id}
      of={of}
      thread={thread}
      chosen={thread.id === chosen}
      lost={thread.id === lost}
      mayComment={summary.mayComment}
      timeZone={timeZone}
      drafts={drafts}
      onShow={() => show(thread)}
    />
  );
  return (
    <section className={styles.panel} aria-labelledby="summary-comments">
      <h2 id="summary-comments">{t('comments.title')}</h2>
      {officer && (
        <CheckField
          label={t('comments.invite')}
          hint={t('comments.inviteHint')}
          checked={invited}
          onChange={(event) => chooseInvited(event.target.checked)}
        />
      )}
      {invite.error && <Notice tone="refuse">{text(invite.error)}</Notice>}
      {summary.mayComment && !about && (
        <Button
          size="small"
          disabled={picked === null}
          // The selection must outlive the press.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setAbout(picked)}
        >
          <MessageSquarePlus size={16} strokeWidth={1.75} aria-hidden />
          {t('comments.pick')}
        </Button>
      )}
      {about && (
        <Say
          label={t('comments.label')}
          send={t('comments.add')}
          before={<p className={styles.quote}>{t('comments.on', { quote: about.quote })}</p>}
          error={begin.error ? text(begin.error) : null}
          drafts={drafts}
          of=""
          onCancel={() => setAbout(null)}
          onSend={(said) =>
            begin.mutate(
              {
                promptId: about.promptId,
                from: anchorOf(about.from, false),
                to: anchorOf(about.to, true),
                quote: about.quote,
                text: said,
              },
              {
                onSuccess: () => {
                  drafts.delete('');
                  setAbout(null);
                  onDone();
                },
              },
            )
          }
        />
      )}
      {summary.threads.length === 0 && (
        <p className={styles.hint}>{t(summary.mayComment ? 'comments.none' : 'comments.noneQuiet')}</p>
      )}
      <ul className={styles.threads}>{open.map(row)}</ul>
      {done.length > 0 && (
        <details className={styles.more}>
          <summary>{t('comments.resolvedCount', { count: done.length })}</summary>
          <ul className={styles.threads}>{done.map(row)}</ul>
        </details>
      )}
    </section>
  );
}

function Thread({
  of,
  thread,
  chosen,
  lost,
  mayComment,
  timeZone,
  drafts,
  onShow,
}: {
  of: { meetingId: Id; itemId: Id };
  thread: ThreadView;
  chosen: boolean;
  lost: boolean;
  mayComment: boolean;
  timeZone: string;
  drafts: CommentsState['drafts'];
  onShow(): void;
}) {
  const { t, i18n } = useTranslation('summary');
  const text = useProblemText();
  const [answering, setAnswering] = useState(drafts.has(thread.id));
  const reply = useSummaryChange(of.meetingId, of.itemId, (said: string) =>
    api.summary.reply(of, thread.id, { text: said }),
  );
  const resolve = useSummaryChange(of.meetingId, of.itemId, (resolved: boolean) =>
    api.summary.resolve(of, thread.id, { resolved }),
  );
  const time = (at: number) => clock(at, i18n.language, timeZone);
  return (
    <li className={chosen ? `${styles.thread} ${styles.chosen}` : styles.thread}>
      <button type="button" className={styles.quote} onClick={onShow} title={t('comments.show')}>
        {t('comments.on', { quote: thread.quote })}
      </button>
      {lost && (
        <p className={styles.hint} role="status">
          {t('comments.lost')}
        </p>
      )}
      {thread.remarks.map((remark) => (
        <div key={remark.id} className={styles.remark}>
          <p className={styles.who}>
            <b>{remark.person}</b> <span>{time(remark.at)}</span>
          </p>
          <p>{remark.text}</p>
        </div>
      ))}
      {thread.resolved && (
        <p className={styles.hint}>
          {t('comments.resolved', { name: thread.resolved.person, time: time(thread.resolved.at) })}
        </p>
      )}
      {(reply.error ?? resolve.error) && <Notice tone="refuse">{text(reply.error ?? resolve.error)}</Notice>}
      {answering ? (
        <Say
          label={t('comments.reply')}
          send={t('comments.send')}
          error={null}
          drafts={drafts}
          of={thread.id}
          onCancel={() => setAnswering(false)}
          onSend={(said) =>
            reply.mutate(said, {
              onSuccess: () => {
                drafts.delete(thread.id);
                setAnswering(false);
              },
            })
          }
        />
      ) : (
        <ButtonRow>
          {mayComment && (
            <Button size="small" variant="quiet" onClick={() => setAnswering(true)}>
              {t('comments.answer')}
            </Button>
          )}
          {thread.mayResolve && (
            <Button size="small" variant="quiet" onClick={() => resolve.mutate(thread.resolved === null)}>
              {t(thread.resolved === null ? 'comments.resolve' : 'comments.unresolve')}
            </Button>
          )}
        </ButtonRow>
      )}
    </li>
  );
}

function Say({
  label,
  send,
  before = null,
  error,
  drafts,
  of,
  onSend,
  onCancel,
}: {
  label: string;
  send: string;
  before?: ReactNode;
  error: string | null;
  drafts: CommentsState['drafts'];
  of: Id | '';
  onSend(text: string): void;
  onCancel(): void;
}) {
  const { t } = useTranslation('summary');
  const [said, setSaid] = useState(drafts.get(of) ?? '');
  const cancel = () => {
    drafts.delete(of);
    onCancel();
  };
  return (
    <form
      className={styles.say}
      onSubmit={(event) => {
        event.preventDefault();
        if (said.trim() !== '') onSend(said);
      }}
    >
      {before}
      {error !== null && <Notice tone="refuse">{error}</Notice>}
      <Field label={label}>
        {(control) => (
          <textarea
            rows={3}
            maxLength={2000}
            value={said}
            // Whoever asked for the form is about to write in it.
            ref={(area) => {
              if (area && said === '' && document.activeElement !== area) area.focus();
            }}
            onChange={(event) => {
              setSaid(event.target.value);
              drafts.set(of, event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                // A sheet around it stays.
                event.stopPropagation();
                cancel();
              }
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
            }}
            {...control}
          />
        )}
      </Field>
      <ButtonRow>
        <Button type="submit" size="small" variant="primary">
          {send}
        </Button>
        <Button size="small" variant="quiet" onClick={cancel}>
          {t('comments.cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}
