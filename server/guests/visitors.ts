/**
 * Why this file exists: what somebody does who came by a code: look at the door, come in, be somewhere, turn out to have an
 * account. A code that is not in use is the same to them as one that never was.
 */
import {
  type GuestDoor,
  type GuestPlace,
  guestClaimInput,
  guestJoinInput,
  guestLookInput,
} from '#shared/guests/api.ts';
import { readCode } from '#shared/guests/code.ts';
import { nameStandsOut } from '#shared/guests/names.ts';
import { type Id, newId } from '#shared/ids.ts';
import { currentRound, groupOf } from '#shared/workshop/workshop.ts';
import { stateOf } from '../meetings/rights.ts';
import { hashToken } from '../people/tokens.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Guests, NewSession } from '../services.ts';
import type { GuestContext } from './context.ts';
import type { GuestChange, GuestSituation } from './ports.ts';

/** The answer for every code that lets nobody in. */
function wrongCode(): Refusal {
  return new Refusal('not-found', 'This code lets nobody in.', { fields: { code: 'unknown' } });
}

/** Whether guests may come in at this moment, by this code. */
function lets(situation: GuestSituation | null, code: string | null): situation is GuestSituation {
  if (!situation?.access?.open || situation.access.code !== code) return false;
  const { phase, cancelled, archived } = stateOf(situation.meeting);
  return !cancelled && !archived && phase !== 'verified';
}

/** Names that a newcomer must not be taken for: of accounts, of whoever is signed in, of the other guests. */
function namesHere({ meeting, signedIn, waiting }: GuestSituation): string[] {
  return [
    ...meeting.participants.filter((p) => p.isGuest || p.hasAccount || signedIn.has(p.personId)).map((p) => p.name),
    ...waiting.map((guest) => guest.name),
  ];
}

function nameTaken(): Refusal {
  return new Refusal('name-taken', 'Somebody here is called almost the same.', { fields: { name: 'taken' } });
}

/** The use cases of visitors. */
export function visitorUseCases(context: GuestContext): Pick<Guests, 'look' | 'join' | 'place' | 'claim'> {
  const { store, gate, sessions, clock } = context;

  /** The meeting whose code this is, when its turn to be tried has come. */
  async function tried(typed: string, address: string): Promise<{ code: string; situation: GuestSituation }> {
    const code = readCode(typed);
    const found = await gate.attempt(address, async () => {
      // Asked for what is no code, too: the answer and its time are the same.
      const meetingId = await store.meetingOf(code ?? '');
      const situation = meetingId === null ? null : await store.situation(meetingId);
      return lets(situation, code) && code !== null ? { code, situation } : null;
    });
    if (!found) throw wrongCode();
    return found;
  }

  /** Where somebody goes: to their group while it works, else to the item that is being dealt with. */
  async function placeOf(situation: GuestSituation, personId: Id, state: GuestPlace['state']): Promise<GuestPlace> {
    const { id: meetingId, title, currentItemId } = situation.meeting;
    const waiting = { state, meetingId, title, itemId: null, groupId: null };
    if (state === 'waiting' || currentItemId === null) return waiting;
    const workshop = await context.workshops.get(meetingId, currentItemId);
    const group = workshop && groupOf(currentRound(workshop), personId);
    const works = group?.state === 'open' || group?.state === 'ending';
    return { ...waiting, itemId: currentItemId, groupId: works ? group.id : null };
  }

  async function placeNow(personId: Id): Promise<GuestPlace | null> {
    const guest = await store.guest(personId);
    if (!guest || guest.state === 'gone') return null;
    const situation = await store.situation(guest.meetingId);
    return situation && placeOf(situation, personId, guest.state);
  }

  /** What the newcomer's coming changes, decided while nobody else comes. */
  function arrival(input: ReturnType<typeof guestJoinInput.parse>, code: string, personId: Id) {
    return (situation: GuestSituation): GuestChange => {
      // Rotated or closed since the code was tried.
      if (!lets(situation, code)) throw wrongCode();
      if (!nameStandsOut(input.name, namesHere(situation))) throw nameTaken();
      const add = {
        personId,
        name: input.name,
        organisationId: input.organisationId,
        organisation: input.organisationId === null ? input.organisation : '',
        at: clock(),
        language: input.language,
        keyHash: hashToken(input.key),
      };
      return situation.access?.lobby ? { add } : { add, admit: [personId] };
    };
  }

  async function newcomer(input: ReturnType<typeof guestJoinInput.parse>, code: string, meetingId: Id): Promise<Id> {
    const known = await store.byKey(meetingId, hashToken(input.key));
    // The answer to this very browser was lost on the way.
    if (known && known.state !== 'gone') return known.personId;
    const personId = newId();
    const result = await store.change(meetingId, arrival(input, code, personId));
    if (result === null || result === 'code-taken') throw wrongCode();
    if (result.after.waiting.every((guest) => guest.personId !== personId)) await context.entered(meetingId, personId);
    context.tell(meetingId);
    return personId;
  }

  return {
    async look(raw, address): Promise<GuestDoor> {
      const { situation } = await tried(guestLookInput.parse(raw).code, address);
      const { meeting, access } = situation;
      const organisations = await context.organisations.list();
      return {
        title: meeting.title,
        body: meeting.body,
        ongoing: meeting.phase === 'ongoing',
        organisations: organisations.map(({ id, name, shortName }) => ({ id, name, shortName })),
        lobby: access?.lobby ?? false,
      };
    },
    async join(caller, raw, address): Promise<{ begun: NewSession | null; place: GuestPlace }> {
      const input = guestJoinInput.parse(raw);
      const { code, situation } = await tried(input.code, address);
      const meetingId = situation.meeting.id;
      if (caller && caller.isGuest !== true) {
        // Who has an account here comes as who they are.
        if (!situation.meeting.participants.some((p) => p.personId === caller.personId))
          throw new Refusal('conflict', 'Sign out first: a guest has no account.', {
            fields: { session: 'signed-in' },
          });
        return { begun: null, place: await placeOf(situation, caller.personId, 'in') };
      }
      const already = caller && (await placeNow(caller.personId));
      if (already?.meetingId === meetingId) return { begun: null, place: already };
      if (input.organisationId !== null) {
        const known = await context.organisations.list();
        if (known.every(({ id }) => id !== input.organisationId))
          throw new Refusal('bad-request', 'There is no such organisation.', { fields: { organisationId: 'missing' } });
      }
      const personId = await newcomer(input, code, meetingId);
      const begun = await sessions.begin(personId);
      const place = await placeNow(personId);
      // Shown out in the same moment.
      if (!place) throw wrongCode();
      return { begun, place };
    },
    async place(caller) {
      const place = caller.isGuest === true ? await placeNow(caller.personId) : null;
      if (!place) throw notFound();
      return place;
    },
    async claim(caller, raw, address) {
      const input = guestClaimInput.parse(raw);
      const guest = caller.isGuest === true ? await store.guest(caller.personId) : null;
      if (guest?.state !== 'in') throw notFound();
      const begun = await context.accounts.signIn(input, address);
      const personId = begun.caller.personId;
      const result = await store.claim(guest.personId, personId, () => {});
      if (result === 'gone') {
        await sessions.end(begun.caller.sessionId);
        throw notFound();
      }
      await context.claimed(result.meetingId, guest.personId, personId);
      return { begun, meetingId: result.meetingId };
    },
  };
}
