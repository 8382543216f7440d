/**
 * Why this file exists: the decisions of an item, as everybody who takes part may see them: what was decided, what was said
 * beside it, and every time the desk opened the item again and why.
 */
import { dissentInput, type ItemDecisions, reopenItemInput } from '#shared/decisions/api.ts';
import { type Id, newId } from '#shared/ids.ts';
import { isOfficer, itemAccess, mayInMeeting } from '#shared/policy.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { participantIn, requireIn, stateOf } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller, Decisions } from '../services.ts';
import type { DecisionContext } from './context.ts';
import { decide } from './decide.ts';
import type { ItemRecord } from './ports.ts';

/** Whether somebody announces a dissent: before the meeting ends, and not as one who only looks on. */
function mayDissent(meeting: MeetingRecord, personId: Id): boolean {
  const actor = { roles: participantIn(meeting, personId).roles, isAdmin: false };
  const state = stateOf(meeting);
  return (
    mayInMeeting(actor, state, 'propose') ||
    (isOfficer(actor.roles) && itemAccess(actor, state, false).access === 'write')
  );
}

function viewOf({ meeting, decisions, reopenings }: ItemRecord, itemId: Id, caller: Caller): ItemDecisions {
  const actor = { roles: participantIn(meeting, caller.personId).roles, isAdmin: false };
  const state = stateOf(meeting);
  return {
    decisions,
    reopenings,
    decided: meeting.locks.some((lock) => lock.itemId === itemId && lock.decided),
    mayDecide: mayInMeeting(actor, state, 'decide'),
    mayReopen: mayInMeeting(actor, state, 'reopen-decided'),
    mayDissent: mayDissent(meeting, caller.personId),
  };
}

/** The use cases of decisions. */
export function createDecisions(context: DecisionContext): Decisions {
  return {
    async get(caller, meetingId, itemId) {
      return viewOf(await context.enter(caller, meetingId, itemId), itemId, caller);
    },
    async decide(caller, meetingId, itemId, input) {
      return viewOf(await decide(context, caller, [meetingId, itemId], input), itemId, caller);
    },
    async reopen(caller, meetingId, itemId, input) {
      const { reason } = reopenItemInput.parse(input);
      await context.enter(caller, meetingId, itemId);
      const at = context.clock();
      const done = await context.store.reopen(meetingId, itemId, ({ meeting }) => {
        const { name } = requireIn(meeting, caller.personId, 'reopen-decided');
        if (!meeting.locks.some((lock) => lock.itemId === itemId && lock.decided))
          throw new Refusal('conflict', 'The item is open.', { fields: { item: 'open' } });
        return {
          reopening: { at, personId: caller.personId, person: name, reason },
          locks: meeting.locks.filter((lock) => lock.itemId !== itemId),
        };
      });
      if (!done) throw notFound();
      await context.reauthorize(meetingId, itemId);
      context.notice(meetingId, itemId);
      return viewOf(done, itemId, caller);
    },
    async dissent(caller, meetingId, itemId, decisionId, raw) {
      const input = dissentInput.parse(raw);
      await context.enter(caller, meetingId, itemId);
      const organisations = await context.organisations.list();
      const at = context.clock();
      const done = await context.store.dissent(meetingId, itemId, ({ meeting, decisions }) => {
        const me = participantIn(meeting, caller.personId);
        if (!decisions.some(({ id }) => id === decisionId)) throw notFound();
        if (!mayDissent(meeting, caller.personId))
          throw new Refusal('not-allowed-now', 'What one dissents from is said before the meeting ends.');
        const who = meeting.participants.find(({ personId }) => personId === input.personId);
        if (!who) throw new Refusal('bad-request', 'The form is wrong.', { fields: { personId: 'missing' } });
        if (who.personId !== me.personId && !isOfficer(me.roles))
          throw new Refusal('forbidden', 'Others speak for themselves.');
        const organisation = organisations.find(({ id }) => id === who.organisationId)?.name ?? '';
        const { personId, name } = who;
        return {
          decisionId,
          dissent: { id: newId(), kind: input.kind, personId, person: name, organisation, text: input.text, at },
        };
      });
      if (!done) throw notFound();
      context.notice(meetingId, itemId);
      return viewOf(done, itemId, caller);
    },
  };
}
