/**
 * Why this file exists: every change of a meeting goes the same way: decide inside the transaction, let the relay
 * decide rights anew before anybody is answered, tell those who look at the meeting, show the caller the result.
 */
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { MeetingAction } from '#shared/policy.ts';
import { roomName, roomsOf } from '#shared/rooms.ts';
import type { OrganisationStore, PeopleStore } from '../people/ports.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { CheckpointStore, Clock, Relay } from '../relay/ports.ts';
import type { Caller } from '../services.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import type { MeetingChange, MeetingRecord, MeetingStore, ParticipantView } from './ports.ts';
import { requireIn } from './rights.ts';
import { meetingView } from './view.ts';

export interface MeetingDeps {
  store: MeetingStore;
  people: PeopleStore;
  organisations: Pick<OrganisationStore, 'list'>;
  relay: Relay;
  checkpoints: CheckpointStore;
  clock: Clock;
  /** Gives somebody who has just come in a group, where there is such a rule. */
  placeLatecomer?(meetingId: Id, personId: Id): Promise<void>;
  /** When and by whom a meeting was taken in from a file; by default none was. */
  imported?(meetingId: Id): Promise<Meeting['imported']>;
  /** Whether signing of the meeting's protocol has begun: then it ends by sealing, and in no other way. */
  signing?(meetingId: Id): Promise<boolean>;
  /** Told of what failed and may fail; by default nobody is. */
  warn?(event: string, fields: Record<string, string>): void;
}

/** Whose rights a change may have altered. */
export type Affected = 'nobody' | 'everybody' | { personId: Id } | { itemId: Id };

export interface MeetingContext extends MeetingDeps {
  /** Keeps rooms as they are at the turns of a meeting. */
  keeper: Keeper;
  view(meeting: MeetingRecord, personId: Id): Promise<Meeting>;
  /** The meeting for somebody who takes part in it; `not-found` for all others. */
  read(caller: Caller, meetingId: Id): Promise<MeetingRecord>;
  /**
   * Changes a meeting as the caller, if the policy allows `action` at the moment of writing. Resolves after the relay
   * has applied what it means for rights.
   */
  change(
    caller: Caller,
    meetingId: Id,
    action: MeetingAction,
    affected: Affected,
    decide: (meeting: MeetingRecord, me: ParticipantView) => MeetingChange,
  ): Promise<{ before: MeetingRecord; after: MeetingRecord }>;
  requireOrganisation(id: Id | null | undefined): Promise<void>;
}

/** The shared parts of the meetings' use cases. */
export function createContext(deps: MeetingDeps): MeetingContext {
  const { store, relay } = deps;

  async function reauthorize(meetingId: Id, affected: Affected): Promise<void> {
    if (affected === 'nobody') return;
    if (affected !== 'everybody' && 'itemId' in affected) {
      const { itemId } = affected;
      await Promise.all([
        relay.reauthorize({ room: roomName({ kind: 'item', meetingId, itemId }) }),
        relay.reauthorize({ room: roomName({ kind: 'proposal', meetingId, itemId }) }),
      ]);
      return;
    }
    const person = affected === 'everybody' ? {} : { personId: affected.personId };
    await Promise.all(roomsOf(meetingId).map((roomPrefix) => relay.reauthorize({ ...person, roomPrefix })));
  }

  return {
    ...deps,
    keeper: createKeeper(deps),
    async view(meeting, personId) {
      const imported = (await deps.imported?.(meeting.id)) ?? null;
      return meetingView(meeting, await deps.organisations.list(), personId, imported);
    },
    async read(caller, meetingId) {
      const meeting = await store.get(meetingId);
      if (!meeting) throw notFound();
      requireIn(meeting, caller.personId, 'read');
      return meeting;
    },
    async change(caller, meetingId, action, affected, decide) {
      const result = await store.change(meetingId, (meeting) =>
        decide(meeting, requireIn(meeting, caller.personId, action)),
      );
      if (!result) throw notFound();
      await reauthorize(meetingId, affected);
      relay.notice(roomName({ kind: 'agenda', meetingId }), 'meeting');
      return result;
    },
    async requireOrganisation(id) {
      if (id === null || id === undefined) return;
      if ((await deps.organisations.list()).some((organisation) => organisation.id === id)) return;
      throw new Refusal('bad-request', 'There is no such organisation.', { fields: { organisationId: 'missing' } });
    },
  };
}
