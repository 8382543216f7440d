/**
 * Why this file exists: what every step of the sign-off needs: the protocol as it is now in its parts, who signs, and
 * telling everybody. The parts are always measured in one language, whatever one reads in: the same content has one hash.
 */
import type { Id } from '#shared/ids.ts';
import { inStyle, type MinutesDocument } from '#shared/minutes/document.ts';
import { roomName, roomsOf } from '#shared/rooms.ts';
import { canonicalJson } from '#shared/signoff/canonical.ts';
import { partsOf, type SignPart } from '#shared/signoff/parts.ts';
import { type Signer, signersOf } from '#shared/signoff/signers.ts';
import type { Language } from '#shared/terms.ts';
import type { FileThreads } from '../documents/file-thread.ts';
import type { MeetingRecord, MeetingStore } from '../meetings/ports.ts';
import { type ComposeDeps, compose } from '../minutes/compose.ts';
import { type MinutesStore, NO_PARTS } from '../minutes/ports.ts';
import { notFound } from '../refusal.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import { sha256 } from '../summaries/frozen.ts';
import type { AttachmentBytes, SignatureService, SignOffStore } from './ports.ts';

/** The language the parts are measured in. */
export const MEASURE: Language = 'sv';

export interface SignOffDeps {
  store: SignOffStore;
  meetings: Pick<MeetingStore, 'get'>;
  minutes: Pick<MinutesStore, 'get'>;
  composing: ComposeDeps;
  relay: Relay;
  files: FileThreads;
  signatures: SignatureService;
  attachments: AttachmentBytes;
  clock: Clock;
  /** Whether somebody may write in an item's notes at this very moment; asked while an edit is made. */
  mayWrite(personId: Id, meetingId: Id, itemId: Id): boolean;
  /** The meeting has left a phase: what was written in it is kept. */
  phaseEnded(meetingId: Id, phase: 'verification', personId: Id): Promise<void>;
}

export interface Measured {
  document: MinutesDocument;
  parts: (SignPart & { hash: string })[];
  /** Of the whole, without the signatures' moments. */
  hash: string;
}

export interface SignOffContext extends SignOffDeps {
  /** Throws `not-found`. */
  meeting(meetingId: Id): Promise<MeetingRecord>;
  /** The protocol as it is now, nobody having signed. */
  document(meeting: MeetingRecord, language: Language): Promise<MinutesDocument>;
  measure(meeting: MeetingRecord): Promise<Measured>;
  signers(meeting: MeetingRecord): Signer[];
  told(meetingId: Id): void;
  /** After a change of rights in all the meeting's rooms. */
  reauthorize(meetingId: Id): Promise<void>;
}

/** Binds the parts. */
export function createSignOffContext(deps: SignOffDeps): SignOffContext {
  const { relay, meetings, minutes } = deps;
  // Signatures come of the approvals, and approvals are given to what is composed here: it cannot hold them.
  const composing: ComposeDeps = { ...deps.composing, parts: { ...deps.composing.parts, signing: NO_PARTS.signing } };

  const document: SignOffContext['document'] = async (meeting, language) => {
    const { style } = await minutes.get(meeting.id);
    const { full } = await compose(composing, { meeting, language }, style);
    return inStyle(full, full.style);
  };
  return {
    ...deps,
    async meeting(meetingId) {
      const meeting = await meetings.get(meetingId);
      if (!meeting) throw notFound();
      return meeting;
    },
    document,
    async measure(meeting) {
      const whole = await document(meeting, MEASURE);
      return measured(whole);
    },
    signers: ({ participants }) => signersOf(participants),
    told(meetingId) {
      relay.notice(roomName({ kind: 'agenda', meetingId }), 'minutes');
    },
    async reauthorize(meetingId) {
      await Promise.all(roomsOf(meetingId).map((roomPrefix) => relay.reauthorize({ roomPrefix })));
    },
  };
}

/** A document in its parts, each with its hash. Pure. */
export function measured(document: MinutesDocument): Measured {
  const parts = partsOf(document).map((part) => ({ ...part, hash: sha256(canonicalJson(part.content)) }));
  const unsigned = document.signatures.map((one) => ({ ...one, signedAt: null }));
  return { document, parts, hash: sha256(canonicalJson({ ...document, signatures: unsigned })) };
}
