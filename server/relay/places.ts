/**
 * Why this file exists: an update says of most of its structs only what stands before them. To know whether something may
 * stand where it is put, and how deep that is, one has to know where its neighbour stands. That is looked up in the
 * room's document, and for what has been accepted but is not in it yet, in a small table; typing on behind one's own last
 * letter needs neither.
 */
import * as Y from 'yjs';
import { ByteReader } from './byte-reader.ts';
import type { Content, Place, RoomShape, TypeName } from './ports.ts';
import { CONTENT, type ReadUpdate, readUpdate, type Struct } from './update-reader.ts';

/** Structs of one client that stand in one place, each behind the one before it, and before the same one. */
export interface Located {
  client: number;
  from: number;
  to: number;
  /** `null` for what is nowhere: collected garbage, and what is put beside it. */
  place: Place | null;
  /** The map key or attribute it is a value of. */
  key: string | null;
  /** For a type, the place it is for others. */
  self: Place | null;
  /** The first one stands behind the clock before it. */
  chained: boolean;
  /** What they stand before; -1 for nothing. */
  rightClient: number;
  rightClock: number;
  /** Collected garbage: what was deleted together with what it lay in. */
  gone: boolean;
}

/** What {@link Places.judge} says. */
export interface Judgement {
  /** Why it may not be accepted; `null` when it may. */
  refused: 'depth' | 'content' | 'order' | null;
  /** To be given to {@link Places.note} when it is. */
  located: Located[];
}

type SharedType = Y.AbstractType<unknown>;

/** Entries of accepted structs kept before those that the document holds by now are let go. */
const TABLE_SIZE = 1_024;
/** Names of roots remembered. */
const ROOTS = 64;
const NOWHERE = { place: null, key: null, self: null, chained: false, rightClient: -1, rightClock: -1, gone: false };
/** Runs looked through for something that may not stand before. */
const LOOK_BACK = 256;
/** Tags of lib0's values: from here on they hold no other values. */
const PLAIN_FROM = 119;
const BIG_INTEGER = 122;
const UNDEFINED = 127;
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where the structs of one room stand. */
export class Places {
  readonly #shape: RoomShape;
  readonly #maxDepth: number;
  readonly #document: () => Y.Doc;
  readonly #roots = new Map<string, Place>();
  /** Made for the first place that is looked up in the document. */
  #ofType: WeakMap<object, Place> | null = null;
  readonly #accepted = new Map<number, Located[]>();
  #entries = 0;
  #pruneAt = TABLE_SIZE;
  /** Reused, as there is one for every struct. */
  readonly #content: { -readonly [Field in keyof Content]: Content[Field] } = {
    kind: 'text',
    type: null,
    name: '',
    key: null,
    bytes: 0,
  };

  /** `document` gives the room's document; it may lack what is accepted, if that was told to {@link note}. */
  constructor(shape: RoomShape, maxDepth: number, document: () => Y.Doc) {
    this.#shape = shape;
    this.#maxDepth = maxDepth;
    this.#document = document;
  }

  /** Finds out where everything in an update stands, whose predecessors are all here or in it, and whether it may. */
  judge(update: Uint8Array, read: ReadUpdate): Judgement {
    if (read.only !== null) return this.#judgeOne(update, read.only);
    const located: Located[] = [];
    let refused: Judgement['refused'] = null;
    const take = (struct: Struct, one: Located, find: Find): void => {
      refused ??= this.#isTorn(struct, one, find) ? 'order' : this.#objection(update, struct, one);
      const last = located.at(-1);
      if (last && continues(last, one)) last.to = one.to;
      else located.push(one);
    };
    if (read.blocks.length === 1) {
      // What it follows of its own comes before it, and all the rest is here.
      const find: Find = (client, clock) => this.#find(client, clock, located);
      readUpdate(update, (struct) => {
        if (refused === null && struct.content !== CONTENT.skip) take(struct, this.#locate(update, struct, find), find);
      });
      return { refused, located };
    }
    const structs: Struct[] = [];
    readUpdate(update, (struct) => {
      if (struct.content !== CONTENT.skip) structs.push(Object.assign(Object.create(null) as Struct, struct));
    });
    const { all, find } = this.#locateAll(update, structs);
    for (const [struct, one] of all) if (refused === null) take(struct, one, find);
    return { refused, located };
  }

  /** What follows only what is here already: nearly every key. */
  #judgeOne(update: Uint8Array, struct: Struct): Judgement {
    if (struct.content === CONTENT.skip) return { refused: null, located: [] };
    const one = this.#locate(update, struct, this.#findHere);
    const refused = this.#isTorn(struct, one, this.#findHere) ? 'order' : this.#objection(update, struct, one);
    return { refused, located: [one] };
  }

  /** Notes what was accepted. Says whether all of it goes on where its author stopped, so that no new struct is made. */
  note(located: readonly Located[]): boolean {
    let goesOn = true;
    for (const one of located) {
      let list = this.#accepted.get(one.client);
      if (!list) {
        list = [];
        this.#accepted.set(one.client, list);
      }
      const last = list.at(-1);
      if (last && continues(last, one)) {
        last.to = one.to;
        continue;
      }
      goesOn = false;
      if (!last || last.to <= one.from) {
        list.push(one);
        this.#entries++;
      }
    }
    if (this.#entries > this.#pruneAt) this.#prune();
    return goesOn;
  }

  /** Lets go what the document holds by now. */
  #prune(): void {
    const { store } = this.#document();
    this.#entries = 0;
    for (const [client, list] of this.#accepted) {
      const state = Y.getState(store, client);
      const left = list.filter(({ to }) => to > state);
      if (left.length === 0) this.#accepted.delete(client);
      else this.#accepted.set(client, left);
      this.#entries += left.length;
    }
    this.#pruneAt = Math.max(TABLE_SIZE, this.#entries * 2);
  }

  /**
   * Whether it stands between two things that no editor can have found beside each other. Yjs places such a struct
   * according to what else is known at that moment, so documents would differ for ever.
   */
  #isTorn(struct: Struct, one: Located, find: Find): boolean {
    const { originClient, originClock, rightClient, rightClock } = struct;
    if (originClient < 0 || rightClient < 0) return false;
    const left = find(originClient, originClock);
    // Typing on before what the last letter stands before, which was judged with that one.
    if (one.chained && left.rightClient === rightClient && left.rightClock === rightClock) return false;
    const right = find(rightClient, rightClock);
    if (left.gone || right.gone) {
      const other = left.gone ? right : left;
      return !other.gone && other.place !== null && !this.#isGone(other.place);
    }
    if (left.place && right.place && (!samePlace(left.place, right.place) || left.key !== right.key)) return true;
    return standsBeforeItsOrigin(struct, find);
  }

  #objection(update: Uint8Array, struct: Struct, one: Located): Judgement['refused'] {
    if (one.place === null || struct.content === CONTENT.deleted) return null;
    if (one.self !== null && one.self.depth > this.#maxDepth) return 'depth';
    const content = this.#content;
    content.kind = KINDS[struct.content] ?? 'value';
    content.type = TYPE_NAMES[struct.type] ?? null;
    content.name = struct.nameEnd < 0 ? '' : text(update, struct.nameStart, struct.nameEnd);
    content.key = one.key;
    content.bytes = struct.byteEnd - struct.contentStart;
    if (content.kind === 'value' && !isPlain(update, struct)) content.kind = 'object';
    return this.#shape.allows(one.place, content) ? null : 'content';
  }

  #locate(update: Uint8Array, struct: Struct, find: Find): Located {
    const { client, clock: from } = struct;
    const to = from + struct.length;
    let place: Place | null = null;
    let key: string | null = null;
    if (struct.content === CONTENT.gc) return { client, from, to, ...NOWHERE };
    if (struct.rootEnd >= 0) place = this.#root(text(update, struct.rootStart, struct.rootEnd));
    else if (struct.parentClient >= 0) place = find(struct.parentClient, struct.parentClock).self;
    else if (struct.originClient >= 0) ({ place, key } = find(struct.originClient, struct.originClock));
    else ({ place, key } = find(struct.rightClient, struct.rightClock));
    if (struct.keyEnd >= 0) key = text(update, struct.keyStart, struct.keyEnd);
    const self =
      struct.content === CONTENT.type && place !== null
        ? inside(
            place,
            client,
            from,
            TYPE_NAMES[struct.type]!,
            struct.nameEnd < 0 ? '' : text(update, struct.nameStart, struct.nameEnd),
            key,
          )
        : null;
    const chained = struct.originClient === client && struct.originClock === from - 1;
    const { rightClient, rightClock } = struct;
    return { client, from, to, place, key, self, chained, rightClient, rightClock, gone: false };
  }

  /** Several blocks may follow each other in turns; without recursion, as a chain may be as long as the update. */
  #locateAll(update: Uint8Array, structs: readonly Struct[]): { all: [Struct, Located][]; find: Find } {
    const byClient = new Map<number, Struct[]>();
    for (const struct of structs) {
      const list = byClient.get(struct.client);
      if (list) list.push(struct);
      else byClient.set(struct.client, [struct]);
    }
    const done = new Map<Struct, Located>();
    const own = (client: number, clock: number): Struct | null => search(byClient.get(client), clock, startOf);
    const find: Find = (client, clock) => {
      const struct = own(client, clock);
      return (struct && done.get(struct)) ?? this.#findHere(client, clock);
    };
    for (const struct of structs) {
      const open = [struct];
      for (let next = open.at(-1); next; next = open.at(-1)) {
        const before = followed(next, own);
        if (before && !done.has(before)) open.push(before);
        else {
          done.set(next, done.get(next) ?? this.#locate(update, next, find));
          open.pop();
        }
      }
    }
    return { all: structs.map((struct) => [struct, done.get(struct)!]), find };
  }

  /** Where a struct stands that came earlier: in this update, or before it. */
  #find(client: number, clock: number, earlier: readonly Located[]): Located {
    return search(earlier, clock, fromOf, client) ?? this.#findHere(client, clock);
  }

  /** Where a struct stands that came before this update: in the table, or in the document. */
  readonly #findHere: Find = (client, clock) =>
    search(this.#accepted.get(client), clock, fromOf) ?? this.#inDocument(client, clock);

  #inDocument(client: number, clock: number): Located {
    const { store } = this.#document();
    const structs = store.clients.get(client);
    if (!structs || clock >= Y.getState(store, client)) return { client, from: clock, to: clock + 1, ...NOWHERE };
    const struct = structs[Y.findIndexSS(structs, clock)]!;
    const from = struct.id.clock;
    const to = from + struct.length;
    if (struct instanceof Y.GC) return { client, from, to, ...NOWHERE, gone: true };
    if (!(struct instanceof Y.Item) || !(struct.parent instanceof Y.AbstractType))
      return { client, from, to, ...NOWHERE };
    const place = this.#placeOf(struct.parent as SharedType);
    const self = struct.content instanceof Y.ContentType ? this.#placeOf(struct.content.type as SharedType) : null;
    const { origin, rightOrigin, parentSub: key } = struct;
    const chained = origin?.client === client && origin.clock === from - 1;
    const [rightClient, rightClock] = rightOrigin ? [rightOrigin.client, rightOrigin.clock] : [-1, -1];
    return { client, from, to, place, key, self, chained, rightClient, rightClock, gone: false };
  }

  /** Whether a type was deleted. */
  #isGone({ client, clock }: Place): boolean {
    const { store } = this.#document();
    const structs = store.clients.get(client);
    return (
      structs !== undefined && clock < Y.getState(store, client) && structs[Y.findIndexSS(structs, clock)]!.deleted
    );
  }

  #placeOf(type: SharedType): Place {
    const known = this.#ofType?.get(type);
    if (known) return known;
    const item = type._item;
    const parent = item?.parent;
    const place =
      item && parent instanceof Y.AbstractType
        ? inside(
            this.#placeOf(parent as SharedType),
            item.id.client,
            item.id.clock,
            typeOf(type),
            nameOf(type),
            item.parentSub,
          )
        : this.#root(item ? '' : rootName(type));
    this.#ofType ??= new WeakMap();
    this.#ofType.set(type, place);
    return place;
  }

  #root(name: string): Place {
    const known = this.#roots.get(name);
    if (known) return known;
    const place: Place = {
      root: name,
      client: -1,
      clock: -1,
      depth: 0,
      type: 'root',
      name: '',
      key: null,
      parent: null,
    };
    if (this.#roots.size < ROOTS) this.#roots.set(name, place);
    return place;
  }
}

/** In the order of their numbers. */
const TYPE_NAMES: readonly TypeName[] = ['array', 'map', 'text', 'xmlElement', 'xmlFragment', 'xmlHook', 'xmlText'];

const KINDS: Readonly<Record<number, Content['kind']>> = {
  [CONTENT.string]: 'text',
  [CONTENT.format]: 'format',
  [CONTENT.type]: 'type',
  [CONTENT.any]: 'value',
  [CONTENT.json]: 'object',
  [CONTENT.embed]: 'object',
  [CONTENT.binary]: 'object',
};

function inside(place: Place, client: number, clock: number, type: TypeName, name: string, key: string | null): Place {
  return { root: place.root, client, clock, depth: place.depth + 1, type, name, key, parent: place };
}

function continues(last: Located, next: Located): boolean {
  return (
    last.client === next.client &&
    last.to === next.from &&
    last.place === next.place &&
    last.key === next.key &&
    next.chained &&
    last.rightClient === next.rightClient &&
    last.rightClock === next.rightClock &&
    last.self === null &&
    next.self === null
  );
}

/** Whether both are one place; there may be two objects for it, one of them made before the document held it. */
function samePlace(a: Place, b: Place): boolean {
  return a.client === b.client && a.clock === b.clock && (a.depth > 0 || a.root === b.root);
}

type Find = (client: number, clock: number) => Located;

/**
 * Whether it says to stand before something that stands before its own origin: what one types behind always stands behind
 * it. No editor can mean that, and Yjs places it elsewhere in every document, depending on how the run was cut up.
 */
function standsBeforeItsOrigin(struct: Struct, find: Find): boolean {
  const { originClient: client, originClock, rightClient, rightClock } = struct;
  if (client !== rightClient || rightClock > originClock) return false;
  let clock = originClock;
  for (let n = 0; n < LOOK_BACK; n++) {
    const run = find(client, clock);
    if (rightClock >= run.from) return true;
    if (!run.chained) return false;
    clock = run.from - 1;
  }
  return false;
}

const fromOf = (one: Located): number => one.from;
const startOf = (struct: Struct): number => struct.clock;

/** The one that holds a clock, in a list sorted by clock; of `client` alone when it is named. */
function search<One extends Located | Struct>(
  list: readonly One[] | undefined,
  clock: number,
  start: (one: One) => number,
  client?: number,
): One | null {
  if (!list || list.length === 0) return null;
  const last = list.at(-1)!;
  let low = 0;
  let high = start(last) <= clock ? list.length - 1 : list.length - 2;
  if (high === list.length - 1) low = high;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = list[middle]!;
    const from = start(one);
    const to = 'to' in one ? one.to : from + one.length;
    if (clock < from) high = middle - 1;
    else if (clock >= to) low = middle + 1;
    else return client === undefined || one.client === client ? one : null;
  }
  return null;
}

/** The struct of the same update whose place decides about this one's. */
function followed(struct: Struct, own: (client: number, clock: number) => Struct | null): Struct | null {
  if (struct.rootEnd >= 0 || struct.content === CONTENT.gc) return null;
  if (struct.parentClient >= 0) return own(struct.parentClient, struct.parentClock);
  if (struct.originClient >= 0) return own(struct.originClient, struct.originClock);
  return own(struct.rightClient, struct.rightClock);
}

/** Whether all values are texts, numbers, truth values or null. */
function isPlain(update: Uint8Array, struct: Struct): boolean {
  const reader = new ByteReader(update);
  reader.pos = struct.contentStart;
  // There may be several under one key: values that were replaced and are kept for undoing.
  for (let left = reader.uint(); left > 0; left--) {
    const tag = update[reader.pos]!;
    if (tag < PLAIN_FROM || tag === BIG_INTEGER || tag === UNDEFINED) return false;
    reader.any();
  }
  return true;
}

function text(update: Uint8Array, start: number, end: number): string {
  return utf8.decode(update.subarray(start, end));
}

function typeOf(type: SharedType): TypeName {
  if (type instanceof Y.XmlHook) return 'xmlHook';
  if (type instanceof Y.XmlText) return 'xmlText';
  if (type instanceof Y.XmlElement) return 'xmlElement';
  if (type instanceof Y.XmlFragment) return 'xmlFragment';
  if (type instanceof Y.Text) return 'text';
  return type instanceof Y.Map ? 'map' : 'array';
}

function nameOf(type: SharedType): string {
  if (type instanceof Y.XmlHook) return type.hookName;
  return type instanceof Y.XmlElement ? type.nodeName : '';
}

function rootName(type: SharedType): string {
  for (const [name, root] of type.doc?.share ?? []) if (root === (type as unknown)) return name;
  return '';
}
