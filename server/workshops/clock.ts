/**
 * Why this file exists: whoever runs the meeting handles the clock, any of them: it stands on the server and not on
 * somebody's screen. What time alone does is done by clock-keeper.ts.
 */
import { clockInput } from '#shared/workshop/api.ts';
import { type ClockDeed, withClock } from '#shared/workshop/clock.ts';
import { Refusal } from '../refusal.ts';
import type { Workshops } from '../services.ts';
import type { WorkshopCases } from './cases.ts';
import { attempt } from './problems.ts';

type ClockUseCases = Pick<Workshops, 'clock'>;

/** The deed that was asked for; `bad-request` for one that lacks its minutes or names a group it is not for. */
function deedOf(raw: unknown): ClockDeed {
  const { do: deed, minutes, groupId } = clockInput.parse(raw);
  if (deed === 'extend') {
    if (minutes === undefined)
      throw new Refusal('bad-request', 'Extend by how much?', { fields: { minutes: 'missing' } });
    return { do: deed, minutes, groupId };
  }
  if (groupId !== undefined)
    throw new Refusal('bad-request', 'This is for the whole round.', { fields: { groupId: 'not-here' } });
  return { do: deed };
}

/** The use case of the clock. */
export function clockUseCases(cases: WorkshopCases): ClockUseCases {
  return {
    async clock(caller, meetingId, itemId, roundId, raw) {
      const deed = deedOf(raw);
      const { meeting, after } = await cases.change(caller, meetingId, itemId, 'run-workshop', (workshop) =>
        attempt(() => withClock(workshop, roundId, deed, cases.clock())),
      );
      return cases.answer(caller, meeting, after);
    },
  };
}
