/**
 * Why this file exists: what is to be done after a meeting. Who runs it writes it down and says whose it is; how far it has
 * come is said by whom it is for: the person, or anybody of the organisation.
 */

import { type ActionItem, type ActionLine, byDue, withLine } from '#shared/decisions/action.ts';
import { actionInput, actionLinePatch, actionPatch } from '#shared/decisions/api.ts';
import { type Id, newId } from '#shared/ids.ts';
import { mayInMeeting } from '#shared/policy.ts';
import type { MeetingRecord, ParticipantView } from '../meetings/ports.ts';
import { participantIn, requireIn, stateOf } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Actions, Caller } from '../services.ts';
import type { DecisionContext } from './context.ts';

/** More under one meeting is nothing anybody does. */
const MOST = 500;

const wrong = (fields: Record<string, string>) => new Refusal('bad-request', 'The form is wrong.', { fields });

function personIn(meeting: MeetingRecord, personId: Id): ParticipantView {
  const who = meeting.participants.find((one) => one.personId === personId && !one.roles.includes('screen'));
  if (!who) throw wrong({ personId: 'missing' });
  return who;
}

/** What `patch` says that was given. */
function given<T extends object>(patch: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as never;
}

/** The use cases of what is to be done. */
export function createActions(context: DecisionContext): Actions {
  const { actions: store, clock } = context;
  const sorted = (actions: readonly ActionItem[]) => ({ actions: [...actions].sort(byDue) });

  async function change(
    caller: Caller,
    [meetingId, itemId]: [Id, Id],
    decide: (meeting: MeetingRecord, actions: readonly ActionItem[]) => ActionItem | { remove: Id },
  ) {
    await context.enter(caller, meetingId, itemId);
    const done = await store.change(meetingId, ({ meeting, actions }) => {
      participantIn(meeting, caller.personId);
      return decide(meeting, actions);
    });
    if (!done) throw notFound();
    context.notice(meetingId, itemId);
    return sorted(done.actions);
  }

  const find = (actions: readonly ActionItem[], itemId: Id, actionId: Id): ActionItem => {
    const found = actions.find((one) => one.id === actionId && one.itemId === itemId);
    if (!found) throw notFound();
    return found;
  };

  return {
    async list(caller, meetingId) {
      const meeting = await context.meetings.get(meetingId);
      if (!meeting) throw notFound();
      requireIn(meeting, caller.personId, 'read');
      return sorted(await store.ofMeeting(meetingId));
    },
    async create(caller, meetingId, itemId, raw) {
      const { title, owner, due, source } = actionInput.parse(raw);
      const organisations = await context.organisations.list();
      const at = clock();
      return change(caller, [meetingId, itemId], (meeting, actions) => {
        const { name } = requireIn(meeting, caller.personId, 'keep-actions');
        if (actions.length >= MOST) throw new Refusal('conflict', 'There are too many.', { fields: { title: 'full' } });
        const line = (
          more: Pick<ActionLine, 'personId' | 'person' | 'organisationId' | 'organisation'>,
        ): ActionLine => ({
          id: newId(),
          ...more,
          status: 'open',
          answer: '',
          at,
        });
        const nameOf = (id: Id | null) => organisations.find((one) => one.id === id)?.name ?? '';
        let lines: ActionLine[];
        if (owner.kind === 'person') {
          const who = personIn(meeting, owner.personId);
          const { organisationId } = who;
          lines = [
            line({ personId: who.personId, person: who.name, organisationId, organisation: nameOf(organisationId) }),
          ];
        } else {
          const here = new Set(meeting.participants.filter(({ isGuest }) => !isGuest).map((one) => one.organisationId));
          lines = organisations
            .filter(({ id }) => here.has(id))
            .map(({ id, name: organisation }) =>
              line({ personId: null, person: '', organisationId: id, organisation }),
            );
          if (lines.length === 0) throw wrong({ owner: 'no-organisations' });
        }
        return {
          id: newId(),
          itemId,
          title,
          owner: owner.kind,
          due,
          source,
          lines,
          createdAt: at,
          by: name,
          version: 0,
        };
      });
    },
    async update(caller, meetingId, itemId, actionId, raw) {
      const patch = actionPatch.parse(raw);
      return change(caller, [meetingId, itemId], (meeting, actions) => {
        const action = find(actions, itemId, actionId);
        requireIn(meeting, caller.personId, 'keep-actions');
        return { ...action, ...given(patch) };
      });
    },
    async updateLine(caller, meetingId, itemId, actionId, lineId, raw) {
      const { personId, ...rest } = actionLinePatch.parse(raw);
      const at = clock();
      return change(caller, [meetingId, itemId], (meeting, actions) => {
        const me = participantIn(meeting, caller.personId);
        const action = find(actions, itemId, actionId);
        const line = action.lines.find((one) => one.id === lineId);
        if (!line) throw notFound();
        const runs = mayInMeeting({ roles: me.roles, isAdmin: false }, stateOf(meeting), 'keep-actions');
        const mine =
          line.personId === me.personId || (line.organisationId !== null && line.organisationId === me.organisationId);
        if (!runs && (!mine || personId !== undefined || me.isGuest))
          throw new Refusal('forbidden', 'Only whom it is for and who runs the meeting say how far it has come.');
        const who =
          personId === undefined ? {} : { personId, person: personId ? personIn(meeting, personId).name : '' };
        return withLine(action, lineId, { ...who, ...given(rest) }, at);
      });
    },
    async remove(caller, meetingId, itemId, actionId) {
      return change(caller, [meetingId, itemId], (meeting, actions) => {
        const action = find(actions, itemId, actionId);
        requireIn(meeting, caller.personId, 'keep-actions');
        return { remove: action.id };
      });
    },
  };
}
