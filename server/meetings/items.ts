/**
 * Why this file exists: what SQL knows of an item because it decides rights and time: which one is current, which are
 * locked; and the two questions about its text that only the server can answer, splitting and authorship.
 */
import { type AgendaItem, readItem } from '#shared/agenda.ts';
import { type Authorship, lockInput, splitInput } from '#shared/api.ts';
import { type Id, newId } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller, Meetings } from '../services.ts';
import { authorshipOf } from './authorship.ts';
import type { MeetingContext } from './context.ts';
import type { ItemVisit, MeetingRecord } from './ports.ts';
import { requireIn } from './rights.ts';
import { addSplitItem, copyBlocks, insertBlocks } from './split.ts';

/** Ends the visit that is going on. */
export function endVisit(visits: readonly ItemVisit[], at: number): ItemVisit[] {
  return visits.map((visit) => (visit.to === null ? { ...visit, to: Math.max(visit.from, at) } : visit));
}

type ItemUseCases = Pick<Meetings, 'setCurrentItem' | 'lockItem' | 'unlockItem' | 'splitItem' | 'authorship'>;

/** The use cases of single items. */
export function itemUseCases(context: MeetingContext): ItemUseCases {
  const agendaOf = (meetingId: Id) => roomName({ kind: 'agenda', meetingId });

  /** The item as it stands in the agenda, for a participant; `not-found` when it is not there. */
  async function find(
    caller: Caller,
    meetingId: Id,
    itemId: Id,
  ): Promise<{ meeting: MeetingRecord; item: AgendaItem }> {
    const meeting = await context.read(caller, meetingId);
    const item = await context.relay.read(agendaOf(meetingId), (doc) => readItem(doc, itemId));
    if (!item) throw notFound();
    return { meeting, item };
  }

  return {
    async setCurrentItem(caller, meetingId, itemId) {
      if (itemId !== null) await find(caller, meetingId, itemId);
      const { after } = await context.change(caller, meetingId, 'set-current-item', 'nobody', (meeting) => {
        if (meeting.currentItemId === itemId) return {};
        const now = context.clock();
        const visits = endVisit(meeting.visits, now);
        if (itemId !== null) visits.push({ itemId, from: now, to: null });
        return { currentItemId: itemId, visits };
      });
      return context.view(after, caller.personId);
    },
    async lockItem(caller, meetingId, itemId, input) {
      const { reason } = lockInput.parse(input);
      await find(caller, meetingId, itemId);
      const { after } = await context.change(caller, meetingId, 'lock-item', { itemId }, (meeting, me) => {
        // The first lock stands: it says when and by whom the text was settled.
        if (meeting.locks.some((lock) => lock.itemId === itemId)) return {};
        return { locks: [...meeting.locks, { itemId, at: context.clock(), by: me.name, reason, decided: false }] };
      });
      await context.keeper.locked(meetingId, itemId, caller.personId);
      return context.view(after, caller.personId);
    },
    async unlockItem(caller, meetingId, itemId) {
      await find(caller, meetingId, itemId);
      const { after } = await context.change(caller, meetingId, 'lock-item', { itemId }, (meeting) => {
        // What was decided is opened again with a reason that stands in the record: server/decisions/.
        if (meeting.locks.some((lock) => lock.itemId === itemId && lock.decided))
          throw new Refusal('conflict', 'The item is decided.', { fields: { item: 'decided' } });
        return { locks: meeting.locks.filter((lock) => lock.itemId !== itemId) };
      });
      return context.view(after, caller.personId);
    },
    async splitItem(caller, meetingId, itemId, raw) {
      const input = splitInput.parse(raw);
      const { meeting } = await find(caller, meetingId, itemId);
      requireIn(meeting, caller.personId, 'split-item');
      const source = roomName({ kind: 'item', meetingId, itemId });
      const blocks = await context.relay.read(source, (doc) => copyBlocks(doc, input.blocks, itemId));
      if (input.blocks.length > 0 && blocks.length === 0)
        throw new Refusal('conflict', 'The chosen blocks are no longer there.');
      const id = newId();
      // The text first: an item whose room is not filled yet could be opened and written in.
      if (blocks.length > 0)
        await context.relay.edit(roomName({ kind: 'item', meetingId, itemId: id }), caller.personId, (doc) =>
          insertBlocks(doc, blocks),
        );
      await context.relay.edit(agendaOf(meetingId), caller.personId, (doc) =>
        addSplitItem(doc, itemId, id, input.title),
      );
      return { itemId: id };
    },
    async authorship(caller, meetingId, itemId): Promise<Authorship> {
      await find(caller, meetingId, itemId);
      return authorshipOf(context, roomName({ kind: 'item', meetingId, itemId }));
    },
  };
}
