/**
 * Why this file exists: our own reader of Yjs' V1 update encoding. It goes once over the bytes, makes no struct, believes
 * no count, and says what a room must know before it takes an update in. Yjs' own decoder makes every struct and its
 * content first, and reserves memory for whatever count the bytes declare.
 *
 * An update is: varUint blocks; per block varUint structs, varUint client, varUint first clock, the structs; then the
 * delete set: varUint clients; per client varUint id, varUint ranges, per range varUint clock and length. A struct is an
 * info byte (low five bits: what it holds; 128: an origin follows, 64: a right origin, 32: it has a map key), the
 * references, without any of them a parent (and the key when 32 is set), and the content.
 *
 * It is stricter than Yjs: what Yjs never writes is refused, because everything that reads the update later, here and in
 * other people's browsers, relies on it.
 */
import { ByteReader, MAX_ID, MalformedUpdate } from './byte-reader.ts';

export { type MalformedReason, MalformedUpdate } from './byte-reader.ts';

/** Clocks `from` to `to` (exclusive) of one client. */
export interface ClockRange {
  client: number;
  from: number;
  to: number;
}

/** How many clocks these ranges hold together. */
export function clocksIn(ranges: readonly ClockRange[]): number {
  let sum = 0;
  for (const { from, to } of ranges) sum += to - from;
  return sum;
}

/** The structs of one client in an update. */
export interface ClientBlock {
  client: number;
  /** Clock of the first struct. */
  clock: number;
  /** Clock behind the last. */
  endClock: number;
  /** Structs, Skips included. */
  count: number;
  /** Where the first struct begins and the last ends, in bytes of the update; the block's three numbers stand before. */
  byteStart: number;
  byteEnd: number;
}

/** What an update holds, without having been applied. */
export interface ReadUpdate {
  blocks: ClientBlock[];
  /** Structs per client, neighbours joined, Skips left out, in the order of the update. */
  ranges: ClockRange[];
  /** What it deletes, in the order of the update. */
  deletes: readonly ClockRange[];
  /** Ranges of a client rise and do not overlap, and it is named once, as Yjs writes them. */
  deletesInOrder: boolean;
  /** The clients whose structs it brings, each once. */
  clients: readonly number[];
  /** Structs in all blocks, Skips included. */
  structs: number;
  /** Where the delete set begins; it ends with the update. */
  deleteSetStart: number;
  /**
   * What it follows of other clients: triples of the block's number, the clock of the struct that follows, and the
   * client and clock it follows, four numbers each, in order. What follows its own client is checked already.
   */
  follows: readonly number[];
  /** It leaves something out on purpose. */
  hasSkips: boolean;
  /** It brings types: elements, texts, maps, lists. */
  hasTypes: boolean;
  /** All it brings is letters. */
  onlyText: boolean;
  hasSubdocument: boolean;
  /** `__proto__`, `constructor` or `prototype` is a key, a root's name or an element's name somewhere in it. */
  hasPoisonedKey: boolean;
  /** The struct, where there is but one, as with nearly every key: who wants to look at it need not read again. */
  only: Struct | null;
}

/** What a struct holds, as the low five bits of its info byte. */
export const CONTENT = {
  gc: 0,
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  doc: 9,
  skip: 10,
} as const;

/** Which type a type is. */
export const TYPE = { array: 0, map: 1, text: 2, xmlElement: 3, xmlFragment: 4, xmlHook: 5, xmlText: 6 } as const;

const HAS_ORIGIN = 128;
const HAS_RIGHT_ORIGIN = 64;
const HAS_KEY = 32;
const CONTENT_BITS = 31;
/** Smallest block (three numbers and a struct) and smallest struct. */
const BLOCK_BYTES = 5;
const STRUCT_BYTES = 2;

/** The struct a reader stands on. Numbers are -1, and places empty, where the struct has no such thing. */
export class Struct {
  content = 0;
  client = 0;
  clock = 0;
  length = 0;
  originClient = -1;
  originClock = -1;
  rightClient = -1;
  rightClock = -1;
  parentClient = -1;
  parentClock = -1;
  /** Name of the root it lies in, as a place in the update; the end is -1 without one. */
  rootStart = 0;
  rootEnd = -1;
  /** Its map key, where it says one itself. */
  keyStart = 0;
  keyEnd = -1;
  /** One of {@link TYPE}. */
  type = -1;
  /** Name of an element, or of a mark. */
  nameStart = 0;
  nameEnd = -1;
  byteStart = 0;
  byteEnd = 0;
  contentStart = 0;
}

/** Reads the struct at the reader's place into `struct`, whose client and clock are set. */
function readStruct(reader: ByteReader, struct: Struct): void {
  struct.byteStart = reader.pos;
  const info = reader.byte();
  const content = info & CONTENT_BITS;
  struct.content = content;
  struct.originClient = struct.originClock = struct.rightClient = struct.rightClock = -1;
  struct.parentClient = struct.parentClock = struct.rootEnd = struct.keyEnd = struct.type = struct.nameEnd = -1;
  if (content === CONTENT.gc || content === CONTENT.skip) {
    if (info !== content) throw new MalformedUpdate('unknown-kind');
    struct.contentStart = reader.pos;
    struct.length = reader.uint();
  } else {
    readPlace(reader, struct, info);
    struct.contentStart = reader.pos;
    struct.length = readContent(reader, struct);
  }
  if (struct.length === 0) throw new MalformedUpdate('empty');
  if (struct.clock + struct.length > MAX_ID) throw new MalformedUpdate('too-large');
  struct.byteEnd = reader.pos;
}

function readPlace(reader: ByteReader, struct: Struct, info: number): void {
  if ((info & HAS_ORIGIN) !== 0) {
    struct.originClient = reader.uint();
    struct.originClock = reader.uint();
    mustPrecede(struct, struct.originClient, struct.originClock);
  }
  if ((info & HAS_RIGHT_ORIGIN) !== 0) {
    struct.rightClient = reader.uint();
    struct.rightClock = reader.uint();
    mustPrecede(struct, struct.rightClient, struct.rightClock);
  }
  if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) !== 0) return;
  const named = reader.uint();
  if (named > 1) throw new MalformedUpdate('unknown-kind');
  if (named === 1) {
    reader.text();
    reader.notePoison();
    struct.rootStart = reader.textStart;
    struct.rootEnd = reader.textEnd;
  } else {
    struct.parentClient = reader.uint();
    struct.parentClock = reader.uint();
    mustPrecede(struct, struct.parentClient, struct.parentClock);
  }
  if ((info & HAS_KEY) === 0) return;
  reader.text();
  reader.notePoison();
  struct.keyStart = reader.textStart;
  struct.keyEnd = reader.textEnd;
}

/** Yjs takes for granted that what a client follows of its own came before, and fails half way when it did not. */
function mustPrecede(struct: Struct, client: number, clock: number): void {
  if (client === struct.client && clock >= struct.clock) throw new MalformedUpdate('reference');
}

/** Goes past the content; returns its length in clocks. */
function readContent(reader: ByteReader, struct: Struct): number {
  switch (struct.content) {
    case CONTENT.deleted:
      return reader.uint();
    case CONTENT.json: {
      const count = reader.count(1);
      for (let i = 0; i < count; i++) reader.json(true);
      return count;
    }
    case CONTENT.binary:
      reader.skip(reader.uint());
      return 1;
    case CONTENT.string:
      return reader.text();
    case CONTENT.embed:
      reader.json(false);
      return 1;
    case CONTENT.format:
      readName(reader, struct);
      reader.json(false);
      return 1;
    case CONTENT.type:
      struct.type = reader.uint();
      if (struct.type > TYPE.xmlText) throw new MalformedUpdate('unknown-kind');
      if (struct.type === TYPE.xmlElement || struct.type === TYPE.xmlHook) readName(reader, struct);
      return 1;
    case CONTENT.any: {
      const count = reader.count(1);
      for (let i = 0; i < count; i++) reader.any();
      return count;
    }
    case CONTENT.doc:
      reader.text();
      // Its options: Yjs reads properties of them.
      if (reader.bytes[reader.pos] !== 118) throw new MalformedUpdate('unknown-kind');
      reader.any();
      return 1;
    default:
      throw new MalformedUpdate('unknown-kind');
  }
}

function readName(reader: ByteReader, struct: Struct): void {
  reader.text();
  reader.notePoison();
  struct.nameStart = reader.textStart;
  struct.nameEnd = reader.textEnd;
}

/**
 * Reads an update (V1) in one pass. `visit` is called for every struct, with one object that is used again and again.
 * Throws {@link MalformedUpdate} on anything but a whole, well-formed update; `visit` may have been called before.
 */
export function readUpdate(update: Uint8Array, visit?: (struct: Struct) => void): ReadUpdate {
  const reader = new ByteReader(update);
  const struct = new Struct();
  const blocks: ClientBlock[] = [];
  const ranges: ClockRange[] = [];
  const clients: number[] = [];
  // Most updates are a key, follow their own author and delete nothing: no lists are made for what is not there.
  let follows: number[] | null = null;
  let structs = 0;
  let hasSkips = false;
  let hasTypes = false;
  let onlyText = true;
  let hasSubdocument = false;
  let previous = Number.POSITIVE_INFINITY;
  for (let left = reader.count(BLOCK_BYTES); left > 0; left--) {
    const count = reader.count(STRUCT_BYTES);
    if (count === 0) throw new MalformedUpdate('empty');
    const client = reader.uint();
    if (client >= previous) throw new MalformedUpdate('client-order');
    previous = client;
    const clock = reader.uint();
    const byteStart = reader.pos;
    let range: ClockRange | null = null;
    struct.client = client;
    struct.clock = clock;
    for (let i = 0; i < count; i++) {
      readStruct(reader, struct);
      const end = struct.clock + struct.length;
      if (struct.content === CONTENT.skip) {
        hasSkips = true;
        range = null;
      } else if (range) range.to = end;
      else {
        range = { client, from: struct.clock, to: end };
        ranges.push(range);
      }
      if (struct.content !== CONTENT.string) onlyText = false;
      if (struct.content === CONTENT.type) hasTypes = true;
      else if (struct.content === CONTENT.doc) hasSubdocument = true;
      follows = noted(follows, blocks.length, struct, struct.originClient, struct.originClock);
      follows = noted(follows, blocks.length, struct, struct.rightClient, struct.rightClock);
      follows = noted(follows, blocks.length, struct, struct.parentClient, struct.parentClock);
      visit?.(struct);
      if (i < count - 1) struct.clock = end;
    }
    if (range || ranges.at(-1)?.client === client) clients.push(client);
    structs += count;
    blocks.push({ client, clock, endClock: struct.clock + struct.length, count, byteStart, byteEnd: reader.pos });
  }
  const deleteSetStart = reader.pos;
  const deletes = readDeleteSet(reader);
  if (reader.left > 0) throw new MalformedUpdate('bytes-behind');
  return {
    blocks,
    ranges,
    deletes,
    deletesInOrder: inOrder(deletes),
    clients,
    structs,
    deleteSetStart,
    follows: follows ?? NOTHING,
    hasSkips,
    hasTypes,
    onlyText,
    hasSubdocument,
    hasPoisonedKey: reader.poisoned,
    only: structs === 1 ? struct : null,
  };
}

/** Reads a state vector of at most `limit` clients, to know that it is one. Throws {@link MalformedUpdate}. */
export function checkStateVector(stateVector: Uint8Array, limit: number): void {
  const reader = new ByteReader(stateVector);
  const clients = reader.count(2);
  if (clients > limit) throw new MalformedUpdate('count');
  for (let left = clients; left > 0; left--) {
    reader.uint();
    reader.uint();
  }
  if (reader.left > 0) throw new MalformedUpdate('bytes-behind');
}

const NOTHING: readonly never[] = [];

/** The list of what is followed, with this one of another client's in it; made for the first. */
function noted(
  follows: number[] | null,
  block: number,
  struct: Struct,
  client: number,
  clock: number,
): number[] | null {
  if (client < 0 || client === struct.client) return follows;
  const list = follows ?? [];
  list.push(block, struct.clock, client, clock);
  return list;
}

function inOrder(deletes: readonly ClockRange[]): boolean {
  let seen: Set<number> | null = null;
  for (let i = 1; i < deletes.length; i++) {
    const [before, range] = [deletes[i - 1]!, deletes[i]!];
    if (range.client === before.client) {
      if (range.from < before.to) return false;
      continue;
    }
    seen ??= new Set();
    seen.add(before.client);
    if (seen.has(range.client)) return false;
  }
  return true;
}

function readDeleteSet(reader: ByteReader): readonly ClockRange[] {
  const clients = reader.count(2);
  if (clients === 0) return NOTHING;
  const deletes: ClockRange[] = [];
  for (let left = clients; left > 0; left--) {
    const client = reader.uint();
    for (let ranges = reader.count(2); ranges > 0; ranges--) {
      const from = reader.uint();
      const length = reader.uint();
      if (length === 0) throw new MalformedUpdate('empty');
      if (from + length > MAX_ID) throw new MalformedUpdate('too-large');
      deletes.push({ client, from, to: from + length });
    }
  }
  return deletes;
}
