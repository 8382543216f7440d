/**
 * Why this file exists: every change of a workshop goes the same way: decide inside the transaction, on the meeting and
 * the workshop as they are then; let the relay decide the rights of those it concerns anew before anybody is answered;
 * tell those who look at the meeting.
 */
import type { Id } from '#shared/ids.ts';
import type { MeetingAction } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { MeetingRecord, MeetingStore, ParticipantView } from '../meetings/ports.ts';
import { participantIn, requireIn } from '../meetings/rights.ts';
import { notFound } from '../refusal.ts';
import type { CheckpointStore, Clock, Relay } from '../relay/ports.ts';
import type { Caller } from '../services.ts';
import type { WorkshopStore } from './ports.ts';

export interface WorkshopDeps {
  store: WorkshopStore;
  meetings: Pick<MeetingStore, 'get'>;
  relay: Relay;
  checkpoints: CheckpointStore;
  clock: Clock;
  /** Told of what failed and may fail; by default nobody is. */
  warn?(event: string, fields: Record<string, string>): void;
}

/** What is told to who looks at a meeting when one of its workshops has changed: ask again for that one. */
export const workshopTopic = (itemId: Id): string => `workshop:${itemId}`;

export interface WorkshopContext extends WorkshopDeps {
  /** The meeting and the workshop for somebody who takes part; `not-found` for all others, and when there is none. */
  read(
    caller: Caller,
    meetingId: Id,
    itemId: Id,
  ): Promise<{ meeting: MeetingRecord; workshop: Workshop; me: ParticipantView }>;
  /**
   * Changes a workshop as the caller, if the policy allows `action` (everybody who takes part, when it is `read`) at the
   * moment of writing. Resolves when the rights in its rooms are the new ones.
   */
  change(
    caller: Caller,
    meetingId: Id,
    itemId: Id,
    action: MeetingAction,
    decide: (workshop: Workshop, meeting: MeetingRecord, me: ParticipantView) => Workshop,
  ): Promise<{ before: Workshop; after: Workshop; meeting: MeetingRecord }>;
  /** Lets the relay decide anew what the change of a workshop means for its rooms, and tells who looks at the meeting. */
  changed(before: Workshop | null, after: Workshop | null): Promise<void>;
  /** Tells who looks at the meeting to ask again for a workshop, where no right has changed. */
  tell(workshop: Pick<Workshop, 'meetingId' | 'itemId'>): void;
  /** Calls back after every change of a workshop, when the rights are the new ones. */
  follow(listener: (before: Workshop | null, after: Workshop | null) => void): void;
}

/** The shared parts of the workshops' use cases. */
export function createWorkshopContext(deps: WorkshopDeps): WorkshopContext {
  const { store, relay } = deps;
  const listeners: ((before: Workshop | null, after: Workshop | null) => void)[] = [];

  function tell({ meetingId, itemId }: Pick<Workshop, 'meetingId' | 'itemId'>): void {
    relay.notice(roomName({ kind: 'agenda', meetingId }), workshopTopic(itemId));
  }

  async function changed(before: Workshop | null, after: Workshop | null): Promise<void> {
    const workshop = after ?? before;
    // Somebody asked for what was so already.
    if (!workshop || before === after) return;
    const { meetingId, itemId } = workshop;
    const rooms = new Set<string>();
    for (const groupId of groupsWithOtherRights(before, after))
      rooms.add(roomName({ kind: 'group', meetingId, groupId }));
    if (before?.harvest !== after?.harvest) rooms.add(roomName({ kind: 'harvest', meetingId, itemId }));
    if (JSON.stringify(before?.summary) !== JSON.stringify(after?.summary))
      rooms.add(roomName({ kind: 'summary', meetingId, itemId }));
    await Promise.all([...rooms].map((room) => relay.reauthorize({ room })));
    tell(workshop);
    for (const listener of listeners) listener(before, after);
  }

  return {
    ...deps,
    changed,
    tell,
    follow: (listener) => void listeners.push(listener),
    async read(caller, meetingId, itemId) {
      const meeting = await deps.meetings.get(meetingId);
      if (!meeting) throw notFound();
      const me = participantIn(meeting, caller.personId);
      const workshop = await store.get(meetingId, itemId);
      if (!workshop) throw notFound();
      return { meeting, workshop, me };
    },
    async change(caller, meetingId, itemId, action, decide) {
      const result = await store.change(meetingId, itemId, (workshop, meeting) => {
        const me = requireIn(meeting, caller.personId, action);
        if (!workshop) throw notFound();
        return decide(workshop, meeting, me);
      });
      if (!result?.before || !result.after) throw notFound();
      const { before, after, meeting } = result;
      await changed(before, after);
      return { before, after, meeting };
    },
  };
}

/** The groups of whose rooms somebody's right is another than before. */
export function groupsWithOtherRights(before: Workshop | null, after: Workshop | null): Id[] {
  const facts = (workshop: Workshop | null): Map<Id, string> =>
    new Map(
      (workshop?.rounds ?? []).flatMap(({ groups }) =>
        groups.map(({ id, state, members }) => [id, JSON.stringify([workshop?.opened, state, [...members].sort()])]),
      ),
    );
  const [was, is] = [facts(before), facts(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id));
}
