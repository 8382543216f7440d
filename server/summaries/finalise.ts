/**
 * Why this file exists: making a shared summary final, so that there is one cut. The order is what matters:
 *
 * 1. Hold the room: from here on nobody writes in it, whatever tab or device it comes from. Nothing of this is stored.
 * 2. Read it. What was accepted before the hold is waited for; so everything that was ever called saved is in what is
 *    read, and nothing that comes later is.
 * 3. Make the revision from exactly that.
 * 4. One transaction, which looks again at who may and what stands: the standing, the revision and who did it.
 * 5. Let the relay decide the room's rights from what is stored now; then let go of the hold.
 *
 * Whatever fails before 4 has committed lets go of the hold, everybody writes again and is asked for what was refused.
 * A process that dies before the commit leaves a summary that is open, after it one that is final with its revision.
 */
import * as Y from 'yjs';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { finaliseInput, reopenInput } from '#shared/summary/api.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import { requireIn } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller } from '../services.ts';
import type { SummaryContext } from './context.ts';
import { frozen } from './frozen.ts';

const CHANGE = 'change-summary-status';

function vectorOf(base64: string): Map<number, number> {
  try {
    return Y.decodeStateVector(Buffer.from(base64, 'base64'));
  } catch {
    throw new Refusal('bad-request', 'The form is wrong.', { fields: { stateVector: 'malformed' } });
  }
}

function requireStanding({ summary }: Workshop, status: Workshop['summary']['status'], revision: number): void {
  if (summary.status !== status) throw new Refusal('conflict', `The summary is not ${status}.`);
  if (summary.revision !== revision)
    throw new Refusal('conflict', 'There is another revision now.', { fields: { revision: 'changed' } });
}

const samePrompts = (a: Workshop, b: Workshop): boolean => JSON.stringify(a.prompts) === JSON.stringify(b.prompts);

/** Makes the summary final, by the chair. Resolves when everybody who is in the room reads only. */
export async function finalise(
  context: SummaryContext,
  caller: Caller,
  [meetingId, itemId]: [Id, Id],
  raw: unknown,
): Promise<void> {
  const input = finaliseInput.parse(raw);
  const seen = vectorOf(input.stateVector);
  const { meeting, workshop } = await context.enter(caller, meetingId, itemId);
  requireIn(meeting, caller.personId, CHANGE);
  requireStanding(workshop, 'open', input.revision);

  const letGo = context.relay.hold(roomName({ kind: 'summary', meetingId, itemId }), 'final');
  try {
    const room = await context.roomState(workshop);
    for (const [client, clock] of seen)
      if ((room.vector.get(client) ?? 0) < clock)
        throw new Refusal('conflict', 'Something the chair saw is not saved.', { fields: { stateVector: 'unsaved' } });
    if (room.sections.every(({ blocks }) => blocks.length === 0))
      throw new Refusal('conflict', 'There is nothing in the summary.', { fields: { text: 'empty' } });
    const about = await context.about({ meeting, workshop });
    const sources = await context.sources(workshop, room.sections);
    const at = context.clock();

    const done = await context.store.change(meetingId, itemId, (now, meetingNow) => {
      const { name } = requireIn(meetingNow, caller.personId, CHANGE);
      requireStanding(now, 'open', input.revision);
      // The text was read under the prompts as they were.
      if (!samePrompts(now, workshop))
        throw new Refusal('conflict', 'The prompts have changed.', { fields: { prompts: 'changed' } });
      const n = input.revision + 1;
      const {
        json,
        sources: kept,
        text,
        sha256,
      } = frozen({
        ...about,
        revision: n,
        at,
        by: name,
        sections: room.sections,
        sources,
      });
      const who = { at, personId: caller.personId, person: name };
      return {
        workshop: { ...now, summary: { ...now.summary, status: 'final', revision: n } },
        revision: { ...who, n, state: room.state, json, sources: kept, text, sha256 },
        event: { ...who, kind: 'finalised', revision: n, reason: '' },
      };
    });
    if (!done) throw notFound();
    await context.workshops.changed(done.before, done.after);
  } finally {
    letGo();
  }
  context.notice(meetingId, itemId);
}

/** Opens a final summary again, by the chair and for a reason. Its revision stays; the next one gets the next number. */
export async function reopen(
  context: SummaryContext,
  caller: Caller,
  [meetingId, itemId]: [Id, Id],
  raw: unknown,
): Promise<void> {
  const { revision, reason } = reopenInput.parse(raw);
  await context.enter(caller, meetingId, itemId);
  const at = context.clock();
  const done = await context.store.change(meetingId, itemId, (now, meeting) => {
    const { name } = requireIn(meeting, caller.personId, CHANGE);
    requireStanding(now, 'final', revision);
    return {
      workshop: { ...now, summary: { ...now.summary, status: 'open' } },
      revision: null,
      event: { at, personId: caller.personId, person: name, kind: 'reopened', revision, reason },
    };
  });
  if (!done) throw notFound();
  await context.workshops.changed(done.before, done.after);
  context.notice(meetingId, itemId);
}
