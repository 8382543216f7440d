/**
 * Why this file exists: what signers and those who keep the protocol do before it is sealed: approve what they saw, take
 * it back, suggest, accept, answer. Each is decided again in the transaction that writes it.
 */
import type { z } from 'zod';
import { type Id, newId } from '#shared/ids.ts';
import { type MeetingAction, mayInMeeting } from '#shared/policy.ts';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import type { signOffInput } from '#shared/signoff/api.ts';
import { HEAD } from '#shared/signoff/parts.ts';
import {
  approved,
  closed,
  isApproved,
  MAX_SUGGESTIONS,
  type SignOff,
  type Suggestion,
  withdrawn,
} from '#shared/signoff/signoff.ts';
import type { MeetingRecord, ParticipantView } from '../meetings/ports.ts';
import { requireIn, stateOf } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller } from '../services.ts';
import type { SignOffContext } from './context.ts';
import { paragraphIn, reword, wordsOf } from './paragraph.ts';
import type { SignOffChange, SignOffEvent } from './ports.ts';
import { roomsOfItem } from './rooms-of-item.ts';

type Input = z.output<typeof signOffInput>;
type Of<Do extends Input['do']> = Extract<Input, { do: Do }>;

const conflict = (message: string, fields: Record<string, string>): Refusal =>
  new Refusal('conflict', message, { fields });

/** One step. */
export async function step(context: SignOffContext, caller: Caller, meetingId: Id, input: Input): Promise<void> {
  switch (input.do) {
    case 'approve':
      return approve(context, caller, meetingId, input);
    case 'withdraw':
      return write(context, caller, meetingId, 'sign-minutes', (signOff, me) => ({
        signOff: withdrawn(signOff, { part: input.part, personId: me.personId }),
        events: [event(context, me, 'withdrawn', input.part)],
      }));
    case 'suggest':
      return suggest(context, caller, meetingId, input);
    case 'retract':
      return write(context, caller, meetingId, 'sign-minutes', (signOff, me, meeting) => {
        const { personId } = openIn(signOff, input.suggestionId);
        if (personId !== me.personId) throw new Refusal('forbidden', 'The suggestion is somebody else’s.');
        return close(context, signOff, meeting, me, input.suggestionId, 'retracted', '');
      });
    case 'answer':
      return write(context, caller, meetingId, 'edit-minutes', (signOff, me, meeting) =>
        close(context, signOff, meeting, me, input.suggestionId, 'answered', input.text),
      );
    case 'accept':
      return accept(context, caller, meetingId, input.suggestionId);
    case 'now':
      return openNow(context, caller, meetingId, input);
  }
}

const event = (
  { clock }: SignOffContext,
  me: ParticipantView,
  kind: SignOffEvent['kind'],
  part: SignOffEvent['part'],
  detail = '',
): SignOffEvent => ({ at: clock(), personId: me.personId, person: me.name, kind, part, detail });

/** Writes one step as the caller, if the policy allows it now and nothing is sealed. Signing takes a signer. */
async function write(
  context: SignOffContext,
  caller: Caller,
  meetingId: Id,
  action: MeetingAction,
  decide: (signOff: SignOff, me: ParticipantView, meeting: MeetingRecord) => SignOffChange | null,
): Promise<void> {
  const found = await context.store.change(meetingId, (signOff, meeting, sealed) => {
    const me = requireIn(meeting, caller.personId, action);
    if (action === 'sign-minutes') requireSigner(context, meeting, me.personId);
    if (sealed) throw new Refusal('not-allowed-now', 'The protocol is sealed.');
    return decide(signOff, me, meeting);
  });
  if (!found) throw notFound();
  context.told(meetingId);
}

function requireSigner(context: SignOffContext, meeting: MeetingRecord, personId: Id): void {
  if (!context.signers(meeting).some((signer) => signer.personId === personId))
    throw new Refusal('forbidden', 'You are not one of those who sign.');
}

function openIn(signOff: SignOff, id: Id): Suggestion {
  const found = signOff.suggestions.find((one) => one.id === id);
  if (!found) throw notFound();
  if (found.state !== 'open') throw conflict('It has been dealt with.', { suggestionId: 'closed' });
  return found;
}

function close(
  context: SignOffContext,
  signOff: SignOff,
  _meeting: MeetingRecord,
  me: ParticipantView,
  id: Id,
  state: 'accepted' | 'answered' | 'retracted',
  answer: string,
): SignOffChange {
  const { part } = openIn(signOff, id);
  const after = closed(signOff, id, { state, answer, by: me.personId, at: context.clock() });
  if (!after) throw notFound();
  return { signOff: after, events: [event(context, me, state, part, answer)] };
}

async function approve(context: SignOffContext, caller: Caller, meetingId: Id, input: Of<'approve'>): Promise<void> {
  const meeting = await context.meeting(meetingId);
  const me = requireIn(meeting, caller.personId, 'sign-minutes');
  requireSigner(context, meeting, me.personId);
  const { parts } = await context.measure(meeting);
  const hashes = new Map(parts.map(({ id, hash }) => [id, hash]));
  for (const { id, hash } of input.parts) {
    if (!hashes.has(id)) throw notFound();
    if (hashes.get(id) !== hash) throw conflict('It says something else now.', { parts: 'changed' });
  }
  const proof = await context.signatures.sign({ meetingId, personId: me.personId, parts: input.parts });
  let locked = false;
  await write(context, caller, meetingId, 'sign-minutes', (signOff, meNow, meetingNow) => {
    const at = context.clock();
    let after = signOff;
    const change: SignOffChange = { signOff, events: [] };
    for (const { id, hash } of input.parts) {
      const immediate = meetingNow.phase === 'ongoing' && signOff.now.includes(id);
      after = approved(after, { part: id, personId: meNow.personId, hash, at, immediate, proof });
      change.events.push(event(context, meNow, 'approved', id, hash));
      if (!immediate || !isApproved(after, context.signers(meetingNow), { id, hash })) continue;
      // In force at once: nobody alters it from here on but those who open it again, and that is seen.
      change.events.push(event(context, meNow, 'in-force', id, hash));
      change.lock = { itemId: id, at, by: meNow.name, reason: 'Omedelbart justerad', decided: false };
      locked = true;
    }
    return { ...change, signOff: after };
  });
  if (!locked) return;
  await context.reauthorize(meetingId);
  context.relay.notice(roomName({ kind: 'agenda', meetingId }), 'meeting');
}

async function suggest(context: SignOffContext, caller: Caller, meetingId: Id, input: Of<'suggest'>): Promise<void> {
  const { part, block, before, after, reason } = input;
  const meeting = await context.meeting(meetingId);
  const me = requireIn(meeting, caller.personId, 'sign-minutes');
  requireSigner(context, meeting, me.personId);
  if (block === '' && reason === '')
    throw new Refusal('bad-request', 'The form is wrong.', { fields: { reason: 'too_small' } });
  if (block === '' && (before !== '' || after !== ''))
    throw new Refusal('bad-request', 'The form is wrong.', { fields: { block: 'missing' } });
  const { parts } = await context.measure(meeting);
  if (!parts.some(({ id }) => id === part)) throw notFound();
  if (block !== '') {
    if (part === HEAD) throw notFound();
    const said = await saidIn(context, meetingId, part, block);
    if (said === null) throw new Refusal('bad-request', 'No such words.', { fields: { block: 'not-words' } });
    if (said.words !== before) throw conflict('The paragraph says something else.', { before: 'changed' });
    if (before === after) throw new Refusal('bad-request', 'Nothing is changed.', { fields: { after: 'same' } });
  }
  await write(context, caller, meetingId, 'sign-minutes', (signOff, meNow) => {
    if (signOff.suggestions.length >= MAX_SUGGESTIONS)
      throw new Refusal('too-large', 'There are too many suggestions.', { fields: { reason: 'too_many' } });
    const suggestion: Suggestion = {
      id: newId(),
      part,
      personId: meNow.personId,
      at: context.clock(),
      block,
      before,
      after: after.replace(/[\p{Cc}\p{Cs}]/gu, ' '),
      reason,
      state: 'open',
      answer: '',
      closedBy: null,
      closedAt: null,
    };
    return {
      signOff: { ...signOff, suggestions: [...signOff.suggestions, suggestion] },
      events: [event(context, meNow, 'suggested', part, reason)],
    };
  });
}

/** What a paragraph of an item's notes says, and in whose room it is; `null` when it is none of words alone. */
async function saidIn(
  context: SignOffContext,
  meetingId: Id,
  itemId: Id,
  block: string,
): Promise<{ itemId: Id; words: string } | null> {
  for (const id of await roomsOfItem(context.relay, meetingId, itemId)) {
    const words = await context.relay.read(roomName({ kind: 'item', meetingId, itemId: id }), (doc) => {
      const found = paragraphIn(doc.getXmlFragment(NOTES_FRAGMENT), block);
      return found ? wordsOf(found) : null;
    });
    if (words !== null) return { itemId: id, words };
  }
  return null;
}

/** First the edit, then the record of it: what is said to be accepted is in the text, whatever happens in between. */
async function accept(context: SignOffContext, caller: Caller, meetingId: Id, suggestionId: Id): Promise<void> {
  const meeting = await context.meeting(meetingId);
  requireIn(meeting, caller.personId, 'edit-minutes');
  const suggestion = openIn(await context.store.get(meetingId), suggestionId);
  const { part, block, before, after } = suggestion;
  if (block !== '' && part !== HEAD) {
    const said = await saidIn(context, meetingId, part, block);
    if (!said) throw conflict('The paragraph is gone.', { block: 'gone' });
    // Killed between the edit and its record: the edit is there, and only the record is missing.
    if (said.words !== after) {
      if (said.words !== before) throw conflict('The paragraph says something else.', { block: 'changed' });
      const room = roomName({ kind: 'item', meetingId, itemId: said.itemId });
      await context.relay.edit(room, caller.personId, (doc) => {
        // Here and not before: nobody can seal or lock between this question and the edit.
        if (!context.mayWrite(caller.personId, meetingId, said.itemId))
          throw new Refusal('not-allowed-now', 'The item is locked.', { fields: { item: 'locked' } });
        const found = paragraphIn(doc.getXmlFragment(NOTES_FRAGMENT), block);
        if (!found || !reword(found, before, after))
          throw conflict('The paragraph says something else.', { block: 'changed' });
      });
    }
  }
  await write(context, caller, meetingId, 'edit-minutes', (signOff, me, meetingNow) =>
    close(context, signOff, meetingNow, me, suggestionId, 'accepted', ''),
  );
}

async function openNow(
  context: SignOffContext,
  caller: Caller,
  meetingId: Id,
  { itemId, on }: Of<'now'>,
): Promise<void> {
  const { parts } = await context.measure(await context.meeting(meetingId));
  await write(context, caller, meetingId, 'edit-minutes', (signOff, me, meeting) => {
    if (!parts.some(({ id }) => id === itemId)) throw notFound();
    if (meeting.phase !== 'ongoing') throw new Refusal('not-allowed-now', 'Only while the meeting goes on.');
    const others = signOff.now.filter((id) => id !== itemId);
    return {
      signOff: { ...signOff, now: on ? [...others, itemId] : others },
      events: [event(context, me, on ? 'now' : 'not-now', itemId)],
    };
  });
}

/** Whether the caller's roles let them, in this state; for what a page offers. */
export const mayNow = (meeting: MeetingRecord, me: ParticipantView, action: MeetingAction): boolean =>
  mayInMeeting({ roles: me.roles, isAdmin: false }, stateOf(meeting), action);
