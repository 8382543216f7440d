/**
 * Why this file exists: what those who run a meeting do about guests: let them in by a code or not, see who waits and who is
 * here, show somebody out, give a guest's place to the account the guest turned out to have.
 */
import { type Guests as GuestsView, guestMergeInput, guestsPatch, guestsRotateInput } from '#shared/guests/api.ts';
import type { Id } from '#shared/ids.ts';
import { CLOSE } from '#shared/wire.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { requireIn } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller, Guests } from '../services.ts';
import { newCode } from './codes.ts';
import { createGuestContext, type GuestContext, type GuestDeps } from './context.ts';
import type { GuestAccess, GuestChange, GuestSituation } from './ports.ts';
import { visitorUseCases } from './visitors.ts';

/** More than that many codes in use at once would be another program. */
const DRAWS = 20;

const guestsOf = (meeting: MeetingRecord): Id[] => meeting.participants.filter((p) => p.isGuest).map((p) => p.personId);

/** The use cases of those who run a meeting. */
function officerUseCases(context: GuestContext): Omit<Guests, 'look' | 'join' | 'place' | 'claim'> {
  const { store, relay, clock } = context;

  function view({ meeting, access, waiting, signedIn }: GuestSituation): GuestsView {
    return {
      open: access?.open ?? false,
      code: access?.code ?? null,
      url: access ? `${context.origin()}/g/${access.code}` : null,
      lobby: access?.lobby ?? false,
      rotatedAt: access?.rotatedAt ?? null,
      waiting: [...waiting],
      guests: meeting.participants
        .filter((p) => p.isGuest)
        .map((p) => ({
          personId: p.personId,
          name: p.name,
          organisationId: p.organisationId,
          organisation: p.title,
          colour: p.colour,
          signedIn: signedIn.has(p.personId),
        })),
    };
  }

  /** Changes as an officer. Whoever was shown out has no socket left when this resolves. */
  async function change(
    caller: Caller,
    meetingId: Id,
    decide: (situation: GuestSituation, code: string) => GuestChange,
  ): Promise<GuestsView> {
    for (let draw = 0; draw < DRAWS; draw++) {
      let ended: readonly Id[] = [];
      let admitted: readonly Id[] = [];
      const result = await store.change(meetingId, (situation) => {
        requireIn(situation.meeting, caller.personId, 'edit-participants');
        const decided = decide(situation, newCode());
        ended = decided.end ?? [];
        admitted = decided.admit ?? [];
        return decided;
      });
      if (!result) throw notFound();
      if (result === 'code-taken') continue;
      for (const personId of ended) relay.disconnect({ personId }, CLOSE.notSignedIn, 'guest access ended');
      for (const personId of admitted) await context.entered(meetingId, personId);
      context.tell(meetingId);
      return view(result.after);
    }
    throw new Error('No free code was found');
  }

  /** Of this meeting's guests, waiting or in; what is none is not there. */
  const requireGuest = ({ meeting, waiting }: GuestSituation, personId: Id): void => {
    if (guestsOf(meeting).includes(personId) || waiting.some((guest) => guest.personId === personId)) return;
    throw notFound();
  };
  const requireWaiting = ({ waiting }: GuestSituation, personId: Id): void => {
    if (!waiting.some((guest) => guest.personId === personId)) throw notFound();
  };
  const accessOr = (access: GuestAccess | null, code: string): GuestAccess =>
    access ?? { code, open: false, lobby: false, rotatedAt: clock() };

  return {
    async view(caller, meetingId) {
      const situation = await store.situation(meetingId);
      if (!situation) throw notFound();
      requireIn(situation.meeting, caller.personId, 'see-guests');
      return view(situation);
    },
    update(caller, meetingId, raw) {
      const patch = guestsPatch.parse(raw);
      let drawn = 0;
      return change(caller, meetingId, ({ access, waiting }, code) => {
        const before = accessOr(access, code);
        const after = { ...before, open: patch.open ?? before.open, lobby: patch.lobby ?? before.lobby };
        // Another meeting took the code while this one was closed.
        if (drawn++ > 0) Object.assign(after, { code, rotatedAt: clock() });
        // Without a lobby nobody is left standing in one.
        const admit = before.lobby && !after.lobby ? waiting.map((guest) => guest.personId) : [];
        return { access: after, admit };
      });
    },
    rotate(caller, meetingId, raw) {
      const { endGuests } = guestsRotateInput.parse(raw);
      return change(caller, meetingId, ({ access, meeting, waiting }, code) => ({
        access: { ...accessOr(access, code), code, rotatedAt: clock() },
        // Who waits came by the old code and has been let in by nobody.
        end: [...waiting.map((guest) => guest.personId), ...(endGuests ? guestsOf(meeting) : [])],
      }));
    },
    endAll(caller, meetingId) {
      return change(caller, meetingId, ({ access, meeting, waiting }, code) => ({
        // The old code stays dead when access is opened again.
        access: { ...accessOr(access, code), code, open: false, rotatedAt: clock() },
        end: [...waiting.map((guest) => guest.personId), ...guestsOf(meeting)],
      }));
    },
    admit(caller, meetingId, personId) {
      return change(caller, meetingId, (situation) => {
        requireWaiting(situation, personId);
        return { admit: [personId] };
      });
    },
    admitAll(caller, meetingId) {
      return change(caller, meetingId, ({ waiting }) => ({ admit: waiting.map((guest) => guest.personId) }));
    },
    remove(caller, meetingId, personId) {
      return change(caller, meetingId, (situation) => {
        requireGuest(situation, personId);
        return { end: [personId] };
      });
    },
    async merge(caller, meetingId, guestId, raw) {
      const { personId } = guestMergeInput.parse(raw);
      const guest = await store.guest(guestId);
      const result =
        guest?.meetingId === meetingId
          ? await store.claim(guestId, personId, (meeting) => {
              requireIn(meeting, caller.personId, 'edit-participants');
              // Putting somebody new among the participants is what the list of participants is for.
              if (!meeting.participants.some((p) => p.personId === personId))
                throw new Refusal('bad-request', 'This person takes no part in the meeting.', {
                  fields: { personId: 'missing' },
                });
            })
          : 'gone';
      if (result === 'gone') {
        const situation = await store.situation(meetingId);
        if (!situation) throw notFound();
        requireIn(situation.meeting, caller.personId, 'edit-participants');
        throw notFound();
      }
      await context.claimed(meetingId, guestId, personId);
      const situation = await store.situation(meetingId);
      if (!situation) throw notFound();
      return view(situation);
    },
  };
}

/** The use cases of codes and guests. */
export function createGuests(deps: GuestDeps): Guests {
  const context = createGuestContext(deps);
  return { ...officerUseCases(context), ...visitorUseCases(context) };
}
