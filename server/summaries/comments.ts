/**
 * Why this file exists: before a summary is final, those who were there may say what they think of its wording. A comment
 * is a thread on a range of the text; it never changes the text.
 */
import type { Id } from '#shared/ids.ts';
import { newId } from '#shared/ids.ts';
import { mayCommentSummary, mayResolveComment } from '#shared/policy.ts';
import {
  MAX_REMARKS,
  MAX_THREADS,
  remarkInput,
  type ThreadView,
  threadInput,
  threadPatch,
} from '#shared/summary/api.ts';
import { stateOf } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller } from '../services.ts';
import type { Reader, SummaryContext } from './context.ts';
import type { Thread } from './ports.ts';

type Of = [meetingId: Id, itemId: Id];

/** Whether this reader may comment now. */
export const mayComment = ({ actor, meeting, facts }: Reader): boolean =>
  mayCommentSummary(actor, stateOf(meeting), facts);

function mayResolve({ actor, meeting, facts, me }: Reader, thread: Thread): boolean {
  return mayResolveComment(actor, stateOf(meeting), facts, thread.remarks[0]?.personId === me.personId);
}

function requireComment(reader: Reader): void {
  if (!mayComment(reader)) throw new Refusal('not-allowed-now', 'The summary takes no comments now.');
}

/** All threads as this reader sees them. */
export async function threadsFor(context: SummaryContext, reader: Reader): Promise<ThreadView[]> {
  const { meetingId, itemId } = reader.workshop;
  const threads = await context.store.threads(meetingId, itemId);
  return threads.map((thread) => ({ ...thread, mayResolve: mayResolve(reader, thread) }));
}

async function threadIn(context: SummaryContext, [meetingId, itemId]: Of, threadId: Id): Promise<Thread> {
  const thread = (await context.store.threads(meetingId, itemId)).find(({ id }) => id === threadId);
  if (!thread) throw notFound();
  return thread;
}

/** Begins a thread. */
export async function beginThread(context: SummaryContext, caller: Caller, of: Of, raw: unknown): Promise<void> {
  const { text, ...range } = threadInput.parse(raw);
  const reader = await context.enterRoom(caller, ...of);
  requireComment(reader);
  if (!reader.workshop.prompts.some(({ id }) => id === range.promptId))
    throw new Refusal('bad-request', 'There is no such prompt.', { fields: { promptId: 'missing' } });
  const at = context.clock();
  const remark = { id: newId(), at, personId: caller.personId, person: reader.me.name, text };
  const thread: Thread = { id: newId(), ...range, at, resolved: null, remarks: [remark] };
  if (!(await context.store.addThread(...of, thread, MAX_THREADS)))
    throw new Refusal('conflict', 'There are too many comments here.', { fields: { text: 'too-many' } });
  context.notice(...of);
}

/** Answers in a thread. */
export async function remark(
  context: SummaryContext,
  caller: Caller,
  of: Of,
  threadId: Id,
  raw: unknown,
): Promise<void> {
  const { text } = remarkInput.parse(raw);
  const reader = await context.enterRoom(caller, ...of);
  const thread = await threadIn(context, of, threadId);
  requireComment(reader);
  const one = { id: newId(), at: context.clock(), personId: caller.personId, person: reader.me.name, text };
  if (!(await context.store.addRemark(thread.id, one, MAX_REMARKS)))
    throw new Refusal('conflict', 'There are too many remarks in this thread.', { fields: { text: 'too-many' } });
  context.notice(...of);
}

/** Says that a thread is dealt with, or that it is not. */
export async function resolveThread(
  context: SummaryContext,
  caller: Caller,
  of: Of,
  threadId: Id,
  raw: unknown,
): Promise<void> {
  const { resolved } = threadPatch.parse(raw);
  const reader = await context.enterRoom(caller, ...of);
  const thread = await threadIn(context, of, threadId);
  requireComment(reader);
  if (!mayResolve(reader, thread)) throw new Refusal('forbidden', 'Who began it or who writes the summary does that.');
  await context.store.resolve(thread.id, resolved ? { at: context.clock(), person: reader.me.name } : null);
  context.notice(...of);
}
