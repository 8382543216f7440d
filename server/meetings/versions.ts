/**
 * Why this file exists: anyone in a meeting can look at a room's history and go back. Nothing is swapped under people's
 * hands: going back is an edit, and what it replaces is a version itself from that commit on.
 */
import * as Y from 'yjs';
import { readItem } from '#shared/agenda.ts';
import { type Version, versionInput } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { agendaAccess, itemAccess, mayWithVersions, PHASES, type VersionAction } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Checkpoint } from '../relay/ports.ts';
import type { Caller, RoomOf, Versions } from '../services.ts';
import { authorshipOf, writerOf } from './authorship.ts';
import { createContext, type MeetingDeps } from './context.ts';
import { restoreAgenda } from './restore-agenda.ts';
import { restoreNotes } from './restore-notes.ts';
import { participantIn, requireIn, stateOf } from './rights.ts';

/** Named versions are never thinned out, so there is an end to them; nobody names so many by hand. */
const MOST_NAMED = 200;

/** The use cases of versions. */
export function createVersions(deps: MeetingDeps): Versions {
  const context = createContext(deps);
  const { relay, checkpoints, keeper } = context;

  /** The room's name, if the caller may do this with its versions now. */
  async function enter(caller: Caller, { meetingId, itemId }: RoomOf, action: VersionAction): Promise<string> {
    const meeting = await context.read(caller, meetingId);
    const actor = { roles: participantIn(meeting, caller.personId).roles, isAdmin: false };
    const agenda = roomName({ kind: 'agenda', meetingId });
    if (itemId !== null && !(await relay.read(agenda, (doc) => readItem(doc, itemId)))) throw notFound();
    const locked = meeting.locks.some((lock) => lock.itemId === itemId);
    const right = itemId === null ? agendaAccess(actor, stateOf(meeting)) : itemAccess(actor, stateOf(meeting), locked);
    if (mayWithVersions(right, action)) return itemId === null ? agenda : roomName({ kind: 'item', meetingId, itemId });
    if (right.reason === 'observer') throw new Refusal('forbidden', 'Your roles in this meeting do not allow this.');
    throw new Refusal('not-allowed-now', 'The room may not be written in now.');
  }

  async function personOf(personId: Id): Promise<Version['person']> {
    const person = await writerOf(context.people, personId);
    return person && { id: person.id, name: person.name, colour: person.colour };
  }

  function view({ id, at, kind, name, bytes, phase }: Checkpoint, person: Version['person']): Version {
    return { id, at, kind, name, bytes, phase: PHASES.find((known) => known === phase) ?? null, person };
  }

  async function find(room: string, versionId: Id): Promise<Checkpoint & { state: Uint8Array }> {
    const checkpoint = await checkpoints.checkpoint(room, versionId);
    if (!checkpoint) throw notFound();
    return checkpoint;
  }

  const listOf = async (room: string) => {
    const all = await checkpoints.checkpoints(room);
    const people = new Map<Id, Version['person']>();
    for (const { personId } of all) if (!people.has(personId)) people.set(personId, await personOf(personId));
    return all.map((one) => view(one, people.get(one.personId) ?? null));
  };

  return {
    async list(caller, of) {
      return listOf(await enter(caller, of, 'look'));
    },
    async get(caller, of, versionId) {
      const room = await enter(caller, of, 'look');
      const { state, ...checkpoint } = await find(room, versionId);
      return {
        version: view(checkpoint, await personOf(checkpoint.personId)),
        state: Buffer.from(state).toString('base64'),
        authorship: await authorshipOf(context, room),
      };
    },
    async keep(caller, of, raw) {
      const { name } = versionInput.parse(raw);
      const room = await enter(caller, of, 'keep');
      const named = (await checkpoints.checkpoints(room)).filter((one) => one.kind === 'named');
      if (named.length >= MOST_NAMED) throw new Refusal('conflict', 'There are too many named versions here.');
      await keeper.now(room, { kind: 'named', name, phase: '', personId: caller.personId });
      return listOf(room);
    },
    async remove(caller, of, versionId) {
      requireIn(await context.read(caller, of.meetingId), caller.personId, 'remove-version');
      const room = await enter(caller, of, 'look');
      if (!(await checkpoints.discard(room, versionId))) throw notFound();
    },
    async restore(caller, of, versionId) {
      const room = await enter(caller, of, 'restore');
      const { state } = await find(room, versionId);
      const then = new Y.Doc();
      try {
        Y.applyUpdate(then, state);
        let changed = false;
        // Reading the version took a moment in which the right may have gone.
        await enter(caller, of, 'restore');
        const noting = (now: Y.Doc) => {
          now.once('update', () => {
            changed = true;
          });
          (of.itemId === null ? restoreAgenda : restoreNotes)(now, then);
        };
        await relay.edit(room, caller.personId, noting, { kind: 'before-restore' });
        return { changed };
      } finally {
        then.destroy();
      }
    },
  };
}
