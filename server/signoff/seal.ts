/**
 * Why this file exists: sealing a protocol, so that there is one cut. The order is what matters:
 *
 * 1. Hold every room the protocol is composed of: from here on nobody writes in them. Nothing of this is stored.
 * 2. Mark where the database is, then compose. What was accepted before the hold is waited for; so everything that was
 *    ever called saved is in what is composed, and nothing that comes later is.
 * 3. Look whether everybody has approved exactly that.
 * 4. One transaction, in which nothing may have been written since the mark: the text, its hash, the meeting verified, the
 *    line in the log. Otherwise it is composed again.
 * 5. Let the relay decide all rights from what is stored now; then let go of the holds.
 *
 * Whatever fails before 4 has committed lets go of the holds and everybody writes again. A process that dies before the
 * commit leaves a protocol that is being signed, after it one that is sealed.
 */
import type { z } from 'zod';
import type { Id } from '#shared/ids.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import { roomName } from '#shared/rooms.ts';
import type { sealInput } from '#shared/signoff/api.ts';
import { canonicalJson } from '#shared/signoff/canonical.ts';
import { leftOf, type SignOff, signedAt } from '#shared/signoff/signoff.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { requireIn } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller } from '../services.ts';
import { sha256 } from '../summaries/frozen.ts';
import { MEASURE, type Measured, type SignOffContext } from './context.ts';
import { itemsOfMeeting } from './rooms-of-item.ts';

/** Somebody always writes somewhere; so many times running is somebody who holds it up. */
const MOST_TRIES = 10;

function requireApproved(context: SignOffContext, meeting: MeetingRecord, signOff: SignOff, now: Measured): void {
  const signers = context.signers(meeting);
  if (signers.length === 0)
    throw new Refusal('conflict', 'There is nobody to sign.', { fields: { signers: 'missing' } });
  const left = leftOf(signOff, signers, now.parts);
  if (left.parts.length > 0)
    throw new Refusal('conflict', 'Not everything is approved as it is.', { fields: { parts: 'left' } });
  if (left.suggestions.length > 0)
    throw new Refusal('conflict', 'There are suggestions without an answer.', { fields: { suggestions: 'open' } });
}

/** The document with when each signed: signers by their last approval, the secretary by sealing it. */
function signed(
  document: MinutesDocument,
  signOff: SignOff,
  parts: Measured['parts'],
  sealer: { personId: Id; at: number },
): MinutesDocument {
  return {
    ...document,
    signatures: document.signatures.map((one) => ({
      ...one,
      signedAt:
        signedAt(signOff, one.personId, parts) ??
        (one.role === 'secretary' && one.personId === sealer.personId ? sealer.at : null),
    })),
  };
}

/** Seals the protocol, by the chair or the secretary. Resolves when everybody who is in its rooms reads only. */
export async function seal(
  context: SignOffContext,
  caller: Caller,
  meetingId: Id,
  input: z.output<typeof sealInput>,
): Promise<void> {
  requireIn(await context.meeting(meetingId), caller.personId, 'seal-minutes');
  const letGo: (() => void)[] = [];
  const hold = (room: string): void => void letGo.push(context.relay.hold(room, 'phase'));
  try {
    hold(roomName({ kind: 'agenda', meetingId }));
    for (const itemId of await itemsOfMeeting(context.relay, meetingId))
      for (const kind of ['item', 'proposal'] as const) hold(roomName({ kind, meetingId, itemId }));

    for (let tries = 1; ; tries++) {
      const done = await attempt(context, caller, meetingId, input);
      if (done) break;
      if (tries === MOST_TRIES) throw new Refusal('conflict', 'The meeting is changed all the time.');
    }
    await context.reauthorize(meetingId);
  } finally {
    for (const each of letGo) each();
  }
  // Now that nobody writes any more, the texts are final.
  await context.phaseEnded(meetingId, 'verification', caller.personId);
  context.relay.notice(roomName({ kind: 'agenda', meetingId }), 'meeting');
  context.told(meetingId);
}

async function attempt(
  context: SignOffContext,
  caller: Caller,
  meetingId: Id,
  { hash, lang }: z.output<typeof sealInput>,
): Promise<boolean> {
  const mark = await context.store.mark();
  const meeting = await context.meeting(meetingId);
  requireIn(meeting, caller.personId, 'seal-minutes');
  const now = await context.measure(meeting);
  if (now.hash !== hash)
    throw new Refusal('conflict', 'It says something else than what you saw.', { fields: { hash: 'changed' } });
  const document = lang === MEASURE ? now.document : await context.document(meeting, lang);
  const at = context.clock();
  const outcome = await context.store.seal(meetingId, mark, (signOff, meetingNow) => {
    const { name, personId } = requireIn(meetingNow, caller.personId, 'seal-minutes');
    requireApproved(context, meetingNow, signOff, now);
    const json = canonicalJson(signed(document, signOff, now.parts, { personId, at }));
    const who = { at, personId, person: name };
    const guests = meetingNow.participants.filter(({ isGuest, roles }) => isGuest || roles.includes('guest'));
    const hashed = sha256(json);
    return {
      revision: { ...who, n: 1, json, sha256: hashed, language: lang, guests: guests.map((guest) => guest.name) },
      event: { ...who, kind: 'sealed', part: '', detail: hashed },
    };
  });
  if (outcome === 'missing') throw notFound();
  return outcome === 'sealed';
}
