/**
 * Why this file exists: what is said between groups and those who run the workshop without leaving the table: a hand
 * goes up, a message comes back. Short, and not for ever: it is no minutes.
 */
import { type Id, newId } from '#shared/ids.ts';
import { isOfficer } from '#shared/policy.ts';
import { handInput, messageInput } from '#shared/workshop/api.ts';
import { findGroup, type Workshop } from '#shared/workshop/workshop.ts';
import { requireIn } from '../meetings/rights.ts';
import { createPace, type Pace } from '../pace.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller, Workshops } from '../services.ts';
import type { WorkshopCases } from './cases.ts';

/** How many messages of a workshop are kept, the newest. */
export const MESSAGES_KEPT = 200;

/** Up, down and up again, and a note that is put better: nobody needs more. */
const HANDS = { atOnce: 10, everyMs: 3_000 };

type TalkUseCases = Pick<Workshops, 'hand' | 'lowerHand' | 'say'>;

/** The use cases of hands and messages. */
export function talkUseCases(cases: WorkshopCases, handPace: Pace = createPace(HANDS)): TalkUseCases {
  const { live, clock } = cases;

  /** As somebody who takes part in groups, or runs them. */
  async function enter(caller: Caller, meetingId: Id, itemId: Id, action: 'join-group' | 'run-workshop') {
    const read = await cases.read(caller, meetingId, itemId);
    requireIn(read.meeting, caller.personId, action);
    return read;
  }

  const tellIf = (happened: boolean, workshop: Workshop): void => {
    // What was so already is told nobody: a key held down is no flood.
    if (happened) cases.tell(workshop);
  };

  return {
    async hand(caller, meetingId, itemId, groupId, raw) {
      const { raised, note } = handInput.parse(raw);
      const { meeting, workshop, me } = await enter(caller, meetingId, itemId, 'join-group');
      const group = findGroup(workshop, groupId)?.group;
      const mine = group?.members.includes(caller.personId) ?? false;
      // The others' groups are as none.
      if (!group || (!mine && !isOfficer(me.roles))) throw notFound();
      if (raised && !mine) throw new Refusal('forbidden', 'A hand is raised by one of the group.');
      if (raised && group.state !== 'open' && group.state !== 'ending')
        throw new Refusal('not-allowed-now', 'The group does not work now.');
      handPace(caller.personId);
      const hand = { groupId, personId: caller.personId, at: clock(), note };
      tellIf(await (raised ? live.raise(workshop.id, hand) : live.lower(workshop.id, groupId)), workshop);
      return cases.answer(caller, meeting, workshop);
    },
    async lowerHand(caller, meetingId, itemId, groupId) {
      const { meeting, workshop } = await enter(caller, meetingId, itemId, 'run-workshop');
      tellIf(await live.lower(workshop.id, groupId), workshop);
      return cases.answer(caller, meeting, workshop);
    },
    async say(caller, meetingId, itemId, raw) {
      const { groupId, text } = messageInput.parse(raw);
      const { meeting, workshop } = await enter(caller, meetingId, itemId, 'run-workshop');
      if (groupId !== null && !findGroup(workshop, groupId)) throw notFound();
      const message = { id: newId(), groupId, text, at: clock(), personId: caller.personId };
      await live.say(workshop.id, message, MESSAGES_KEPT);
      cases.tell(workshop);
      return cases.answer(caller, meeting, workshop);
    },
  };
}
