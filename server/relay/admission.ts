/**
 * Why this file exists: the one place that decides whether a client's update may touch a room. It runs on what the
 * reader saw of the bytes, before anything is stored or sent, and changes nothing itself.
 *
 * The order matters little for what gets in, and much for what it costs: the cheap checks come first, and a keystroke
 * passes all of them without a table being built.
 */
import { MalformedUpdate } from './byte-reader.ts';
import type { ClientOwners } from './client-owners.ts';
import { type ClockTable, followingPart } from './clock-table.ts';
import type { DocumentSize } from './document-size.ts';
import type { RelayLimits } from './limits.ts';
import type { Located, Places } from './places.ts';
import { type ReadUpdate, readUpdate } from './update-reader.ts';

/** Why an update is refused; a code for logs, counters and, in some cases, the client. */
export type RefusedReason =
  /** Who sent it may only read. */
  | 'access'
  /** Structs under a client id that belongs to somebody else. */
  | 'owner'
  /** More structs, deletions or new client ids than one message, or one room, may have. */
  | 'count'
  | 'subdocument'
  /** `__proto__`, `constructor` or `prototype` as a key or a name. */
  | 'key'
  /** Types nested deeper than anybody can read. */
  | 'depth'
  /** Something that a room of this kind does not hold, or not there. */
  | 'content'
  /** It stands before what stands before it. */
  | 'order'
  /** The document is as large as it may be. */
  | 'full';

/** Why an update waits until the client has sent everything it has. */
export type AsideReason =
  /** Something it follows has not come here. */
  | 'gap'
  /** It deletes what has not come here. */
  | 'deletes-ahead';

/** What may touch the room. */
export interface Admitted {
  update: Uint8Array;
  read: ReadUpdate;
  located: Located[];
}

export type Admission =
  | ({ kind: 'accept' } & Admitted)
  /** Nothing in it is new; what it says is here, or waits for its commit. */
  | { kind: 'known' }
  | { kind: 'aside'; reason: AsideReason }
  | { kind: 'refuse'; reason: RefusedReason };

/** What is asked of the room an update is for. */
export interface AdmittingRoom {
  readonly clocks: ClockTable;
  readonly owners: ClientOwners;
  readonly places: Places;
  readonly size: DocumentSize;
}

/** How the update came. */
export interface Arrival {
  personId: string;
  /** Server's clock, milliseconds. */
  at: number;
  /**
   * It answers our sync step 1, so it holds everything the client has. What still follows nothing then never will, and
   * is left out instead of being asked for again.
   */
  whole: boolean;
}

const KNOWN: Admission = { kind: 'known' };
const refuse = (reason: RefusedReason): Admission => ({ kind: 'refuse', reason });

/** Decides about an update of somebody who may write. Throws MalformedUpdate, like the reader. */
export function admit(
  update: Uint8Array,
  read: ReadUpdate,
  room: AdmittingRoom,
  arrival: Arrival,
  limits: RelayLimits,
): Admission {
  // Whoever must put such ranges aside would read other ones out of them (see splice.ts).
  if (!read.deletesInOrder) throw new MalformedUpdate('unordered');
  if (read.structs > limits.updateStructs || read.deletes.length > limits.updateDeletes) return refuse('count');
  let own = update;
  let seen = read;
  // What is here already is cut away first: said again with other words it would make documents differ.
  if (room.clocks.overlaps(seen)) {
    own = room.clocks.unknownPart(own);
    seen = readUpdate(own);
  }
  if (seen.ranges.length === 0 && seen.deletes.length === 0) return KNOWN;
  if (room.owners.foreign(seen.clients, arrival.personId).size > 0) return refuse('owner');
  if (seen.hasSubdocument) return refuse('subdocument');
  if (seen.hasPoisonedKey) return refuse('key');
  if (tooManyClients(seen, room, arrival.personId, limits)) return refuse('count');
  const fit = room.clocks.fit(seen);
  if (!fit.structsFollow || !fit.deletesFollow) {
    if (!arrival.whole) return { kind: 'aside', reason: fit.structsFollow ? 'deletes-ahead' : 'gap' };
    own = followingPart(own, seen, room.clocks, fit);
    seen = readUpdate(own);
    if (seen.ranges.length === 0 && seen.deletes.length === 0) return KNOWN;
  }
  if (!room.size.hasRoomFor(seen, arrival.at)) return refuse('full');
  const { refused, located } = room.places.judge(own, seen);
  return refused === null ? { kind: 'accept', update: own, read: seen, located } : refuse(refused);
}

/** Every client id stays in every state vector for ever, so neither a person nor a room may have them without end. */
function tooManyClients(read: ReadUpdate, room: AdmittingRoom, personId: string, limits: RelayLimits): boolean {
  let fresh = 0;
  for (const client of read.clients) if (room.clocks.next(client) === 0) fresh++;
  if (fresh === 0) return false;
  return (
    room.clocks.size + fresh > limits.roomClients || room.owners.written(personId) + fresh > limits.clientsPerPerson
  );
}
