/**
 * Why this file exists: the shared summaries as the rest of the server sees them; what each use case is stands in the
 * file it has of its own.
 */
import { mayInMeeting } from '#shared/policy.ts';
import type { FileThreads } from '../documents/file-thread.ts';
import { summaryFile } from '../documents/summary-file.ts';
import { stateOf } from '../meetings/rights.ts';
import type { Summaries } from '../services.ts';
import { beginThread, mayComment, remark, resolveThread, threadsFor } from './comments.ts';
import { createSummaryContext, type Reader, type SummaryDeps } from './context.ts';
import { finalise, reopen } from './finalise.ts';
import { draftFor, revisionFor, revisionsOf } from './revisions.ts';

/** The use cases of shared summaries. */
export function createSummaries({ files, ...deps }: SummaryDeps & { files: FileThreads }): Summaries {
  const context = createSummaryContext(deps);

  const view: Summaries['get'] = async (caller, meetingId, itemId) => {
    const reader = await context.enter(caller, meetingId, itemId);
    const chair = mayInMeeting(reader.actor, stateOf(reader.meeting), 'change-summary-status');
    const mayRead = reader.right !== null && reader.right.access !== 'none';
    return {
      final: reader.facts.final,
      revisions: await revisionsOf(context, [meetingId, itemId]),
      threads: mayRead ? await threadsFor(context, reader) : [],
      mayRead,
      mayWrite: reader.right?.access === 'write',
      mayComment: mayComment(reader),
      mayFinalise: chair && !reader.facts.final,
      mayReopen: chair && reader.facts.final,
    };
  };

  const keptFor = async (reader: Reader, n: number) => {
    const { document, sources, revision } = await revisionFor(context, reader, n);
    return { document, sources, sha256: revision.sha256 };
  };

  return {
    get: view,
    async finalise(caller, meetingId, itemId, input) {
      await finalise(context, caller, [meetingId, itemId], input);
      return view(caller, meetingId, itemId);
    },
    async reopen(caller, meetingId, itemId, input) {
      await reopen(context, caller, [meetingId, itemId], input);
      return view(caller, meetingId, itemId);
    },
    async revision(caller, meetingId, itemId, n) {
      return revisionFor(context, await context.enter(caller, meetingId, itemId), n);
    },
    async draft(caller, meetingId, itemId) {
      return draftFor(context, await context.enterRoom(caller, meetingId, itemId));
    },
    async file(caller, { meetingId, itemId, n }, format, { origin, lang }) {
      const { document, sources, sha256 } =
        n === null
          ? { ...(await draftFor(context, await context.enterRoom(caller, meetingId, itemId))), sha256: null }
          : await keptFor(await context.enter(caller, meetingId, itemId), n);
      const input = { document, sources: origin === '1' ? sources : null, language: lang, sha256 };
      return summaryFile(files, format, input, caller.personId);
    },
    async comment(caller, meetingId, itemId, input) {
      await beginThread(context, caller, [meetingId, itemId], input);
      return view(caller, meetingId, itemId);
    },
    async reply(caller, meetingId, itemId, threadId, input) {
      await remark(context, caller, [meetingId, itemId], threadId, input);
      return view(caller, meetingId, itemId);
    },
    async resolve(caller, meetingId, itemId, threadId, input) {
      await resolveThread(context, caller, [meetingId, itemId], threadId, input);
      return view(caller, meetingId, itemId);
    },
  };
}
