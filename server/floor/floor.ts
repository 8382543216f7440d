/**
 * Why this file exists: the list of speakers of a plenary. Everybody who takes part sees it; who speaks in the meeting puts
 * themselves on it, and those who run the meeting give the floor. The rules are pure (shared/floor/); here they meet rights,
 * the server's clock and what is kept, each change in one transaction.
 */
import { type FloorView, floorPatch, moveInput, requestInput, stepInput } from '#shared/floor/api.ts';
import { type Floor, FloorProblem, isDrawn, speakerOf, speechesOf } from '#shared/floor/floor.ts';
import { keptOnly, moved, removed, requested, withLine, withRules } from '#shared/floor/list.ts';
import { ended, passedOn, passedTo } from '#shared/floor/turns.ts';
import { type Id, newId } from '#shared/ids.ts';
import { mayAskForFloor, mayInMeeting, speaksInMeeting } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import { participantIn, requireIn, stateOf } from '../meetings/rights.ts';
import { createPace } from '../pace.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import type { Caller, Floors } from '../services.ts';
import type { FloorSituation, FloorStore } from './ports.ts';

export interface FloorDeps {
  store: FloorStore;
  relay: Pick<Relay, 'notice'>;
  clock: Clock;
}

/** What is told to who looks at a meeting when its list of speakers has changed: ask again. */
export const FLOOR_TOPIC = 'floor';
/** A hall asks for the floor all at once; its pages ask again at most this often. */
const NOTICE_EVERY_MS = 300;
/** People press a few times in a row; whoever asks and takes back without end would keep the whole hall asking again. */
const PRESSES = { atOnce: 40, everyMs: 250 };

/** Without those who have left or may not speak (any more): they are seen by nobody, and gone with the next change. */
function tidied({ meeting, floor }: FloorSituation): Floor {
  const roles = new Map(meeting.participants.map((one) => [one.personId, one.roles]));
  return keptOnly(floor, (personId) => speaksInMeeting(roles.get(personId) ?? null, floor.rules.guests));
}

function viewOf(situation: FloorSituation, caller: Caller): FloorView {
  const { meeting } = situation;
  const floor = tidied(situation);
  const actor = { roles: participantIn(meeting, caller.personId).roles, isAdmin: false };
  const names = new Map(meeting.participants.map(({ personId, name }) => [personId, name]));
  const speaker = speakerOf(floor);
  return {
    version: floor.version,
    step: floor.step,
    drawn: isDrawn(floor, meeting.currentItemId),
    ...floor.rules,
    speaker: speaker && { ...speaker },
    waiting: floor.waiting.map((one) => ({
      ...one,
      person: names.get(one.personId) ?? '',
      speeches: speechesOf(floor, one.personId, one.itemId),
    })),
    maySpeak: mayAskForFloor(actor, stateOf(meeting), floor.rules.guests),
    runs: mayInMeeting(actor, stateOf(meeting), 'run-floor'),
  };
}

/** What the rules refuse, as the API says it. */
function orRefuse<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    if (!(error instanceof FloorProblem)) throw error;
    if (error.field === 'request') throw notFound();
    throw new Refusal('conflict', 'The list of speakers does not allow this.', {
      fields: { [error.field]: error.code },
    });
  }
}

/** The use cases of the list of speakers. */
export function createFloors({ store, relay, clock }: FloorDeps): Floors {
  const step = createPace(PRESSES);
  const waiting = new Set<Id>();
  const tell = (meetingId: Id): void => relay.notice(roomName({ kind: 'agenda', meetingId }), FLOOR_TOPIC);
  /** Tells at once, or a little later together with what else is asked until then. */
  const tellSoon = (meetingId: Id): void => {
    if (waiting.has(meetingId)) return;
    waiting.add(meetingId);
    setTimeout(() => {
      waiting.delete(meetingId);
      tell(meetingId);
    }, NOTICE_EVERY_MS).unref();
  };

  /** One change by the caller, who must take part. Whoever is not among them is told that there is nothing here. */
  async function change(
    caller: Caller,
    meetingId: Id,
    decide: (situation: FloorSituation) => Floor,
    told: (meetingId: Id) => void = tell,
  ): Promise<FloorView> {
    step(caller.personId);
    const done = await store.change(meetingId, (situation) => {
      participantIn(situation.meeting, caller.personId);
      const floor = tidied(situation);
      return orRefuse(() => decide({ ...situation, floor }));
    });
    if (!done) throw notFound();
    // What was so already is told nobody: a key held down is no flood.
    if (done.changed) told(meetingId);
    return viewOf(done, caller);
  }

  /** A change by one of those who run the meeting. */
  const run = (caller: Caller, meetingId: Id, decide: (situation: FloorSituation) => Floor) =>
    change(caller, meetingId, (situation) => {
      requireIn(situation.meeting, caller.personId, 'run-floor');
      return decide(situation);
    });

  async function situation(caller: Caller, meetingId: Id): Promise<FloorSituation> {
    const found = await store.situation(meetingId);
    if (!found) throw notFound();
    participantIn(found.meeting, caller.personId);
    return found;
  }

  const nameIn =
    ({ meeting }: FloorSituation) =>
    (personId: Id) =>
      participantIn(meeting, personId).name;

  return {
    get: async (caller, meetingId) => viewOf(await situation(caller, meetingId), caller),
    async turns(caller, meetingId) {
      const { floor } = await situation(caller, meetingId);
      return floor.turns.map((turn) => ({ ...turn }));
    },
    request(caller, meetingId, raw) {
      const { kind, personId = caller.personId } = requestInput.parse(raw);
      const id = newId();
      return change(
        caller,
        meetingId,
        ({ meeting, floor }) => {
          if (personId !== caller.personId) requireIn(meeting, caller.personId, 'run-floor');
          requireMaySpeak({ meeting, floor }, personId);
          const { currentItemId } = meeting;
          return requested(floor, { id, personId, kind, itemId: currentItemId, at: clock() }, currentItemId);
        },
        tellSoon,
      );
    },
    withdraw: (caller, meetingId, requestId) =>
      change(
        caller,
        meetingId,
        ({ meeting, floor }) => {
          const request = floor.waiting.find(({ id }) => id === requestId);
          if (!request) throw notFound();
          if (request.personId !== caller.personId) requireIn(meeting, caller.personId, 'run-floor');
          return removed(floor, requestId);
        },
        tellSoon,
      ),
    move(caller, meetingId, requestId, raw) {
      const { by } = moveInput.parse(raw);
      return run(caller, meetingId, ({ floor }) => moved(floor, requestId, by));
    },
    next(caller, meetingId, raw) {
      const { step } = stepInput.parse(raw);
      return run(caller, meetingId, (now) => passedOn(now.floor, { step, now: clock() }, nameIn(now)));
    },
    give(caller, meetingId, requestId, raw) {
      const { step } = stepInput.parse(raw);
      return run(caller, meetingId, (now) => passedTo(now.floor, requestId, { step, now: clock() }, nameIn(now)));
    },
    end(caller, meetingId, raw) {
      const { step } = stepInput.parse(raw);
      return run(caller, meetingId, ({ floor }) => ended(floor, { step, now: clock() }));
    },
    update(caller, meetingId, raw) {
      const { drawn, ...rules } = floorPatch.parse(raw);
      return run(caller, meetingId, ({ meeting, floor }) => {
        const lined = drawn === undefined ? floor : withLine(floor, drawn, meeting.currentItemId);
        const given = Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined));
        return Object.keys(given).length === 0 ? lined : withRules(lined, given);
      });
    },
  };
}

/** Whoever is put on the list is one who may ask for the floor, whoever puts them there. */
function requireMaySpeak({ meeting, floor }: FloorSituation, personId: Id): void {
  const { roles } = participantIn(meeting, personId);
  if (mayAskForFloor({ roles, isAdmin: false }, stateOf(meeting), floor.rules.guests)) return;
  if (speaksInMeeting(roles, floor.rules.guests))
    throw new Refusal('not-allowed-now', 'The state of the meeting does not allow this.');
  throw new Refusal('forbidden', 'Their roles in this meeting do not allow this.');
}
