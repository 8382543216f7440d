/**
 * Why this file exists: two copies of a document are the same when people see the same in them. State vectors cannot
 * tell (a copy may lack a deletion, or hold other words under the same clocks), so what is visible is hashed: text with
 * its formatting, elements, attributes, maps, lists; in the same way here and there, whatever the copies went through.
 *
 * Counted as nothing: deleted items, how text is cut into items, client ids, formatting marks that format nothing, and
 * roots that somebody named and nobody filled. The kind of a root is not counted either: a copy that never asked for it
 * does not know it.
 */
import { digest } from 'lib0/hash/sha256';
import * as Y from 'yjs';

/** Bytes hashed at once; part of the format, because the hashes of the blocks are chained. */
const BLOCK = 16 * 1024;
/** Code units written between two looks at the clock. */
const PIECE = 4 * 1024;
/** Items walked between two looks at the clock. */
const STRIDE = 64;

/** Ends what is written in UTF-8, in which it never occurs. */
const END = 0xff;
const TAG = { root: 1, text: 2, value: 3, embed: 4, type: 5, binary: 6, doc: 7, key: 8, close: 9 } as const;

/** Any type of Yjs, whatever it holds. */
type SharedType = Y.Doc['share'] extends Map<string, infer T> ? T : never;

/** One type on the way down to the item that is being looked at. */
interface Level {
  item: Y.Item | null;
  /** Formatting that holds at the item. */
  format: Map<string, string>;
  /** The same as one string; `null` when it has to be made anew. */
  formatKey: string | null;
  /** The formatting of the run of text that is being written, if there is one. */
  run: string | null;
  entries: [string, Y.Item][];
  at: number;
}

/** Takes bytes and gives the chained hash of their blocks. */
class Sink {
  readonly #block = new Uint8Array(BLOCK + 32);
  readonly #encoder = new TextEncoder();
  #length = 32;
  /** Text that is not encoded yet: typed text is many small items, and encoding each costs more than all at once. */
  #text = '';

  byte(value: number): void {
    if (this.#text !== '') this.#encode();
    if (this.#length === this.#block.length) this.#chain();
    this.#block[this.#length++] = value;
  }

  bytes(value: Uint8Array): void {
    if (this.#text !== '') this.#encode();
    for (let from = 0; from < value.length; ) {
      if (this.#length === this.#block.length) this.#chain();
      const part = value.subarray(from, from + this.#block.length - this.#length);
      this.#block.set(part, this.#length);
      this.#length += part.length;
      from += part.length;
    }
  }

  text(value: string): void {
    this.#text += value;
    if (this.#text.length > PIECE) this.#encode();
  }

  /** A name or another short string, with its end. */
  word(value: string): void {
    this.text(value);
    this.byte(END);
  }

  /** The hash in hexadecimal digits. */
  hash(): string {
    if (this.#text !== '') this.#encode();
    const last = digest(this.#block.slice(0, this.#length));
    return Array.from(last, (value) => value.toString(16).padStart(2, '0')).join('');
  }

  #encode(): void {
    const text = this.#text;
    this.#text = '';
    this.bytes(this.#encoder.encode(text));
  }

  #chain(): void {
    this.#block.set(digest(this.#block));
    this.#length = 32;
  }
}

/** The hash of what is visible in a document, 64 hexadecimal digits. Long documents: see {@link contentHashSteps}. */
export function contentHash(doc: Y.Doc): string {
  const steps = contentHashSteps(doc);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same in steps of well under a millisecond, for who must not be held up. The document must not change between the
 * steps: begin anew when it does.
 */
export function* contentHashSteps(doc: Y.Doc): Generator<undefined, string> {
  const sink = new Sink();
  const roots = [...doc.share].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, root] of roots) {
    // Looking for something visible is a walk too: an emptied text may have thousands of deleted items.
    let item = root._start;
    for (let n = 1; item !== null && !isVisible(item); n++, item = item.right) if (n % STRIDE === 0) yield;
    if (item === null && ![...root._map.values()].some((entry) => !entry.deleted)) continue;
    sink.byte(TAG.root);
    sink.word(name);
    yield* walk(sink, root);
  }
  return sink.hash();
}

const isVisible = (item: Y.Item): boolean => !item.deleted && item.content.isCountable();

function* walk(sink: Sink, root: SharedType): Generator<undefined, void> {
  const levels: Level[] = [open(root)];
  let count = 0;
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    if (++count % STRIDE === 0) yield;
    const { item } = level;
    let below: SharedType | null = null;
    if (item !== null) {
      level.item = item.right;
      if (item.deleted) continue;
      const { content } = item;
      if (content instanceof Y.ContentFormat) {
        setFormat(level, content.key, content.value);
      } else if (content instanceof Y.ContentString) {
        startRun(sink, level);
        if (content.str.length <= PIECE) sink.text(content.str);
        else yield* long(sink, content.str);
      } else {
        endRun(sink, level);
        for (const value of content.getContent()) {
          below = yield* element(sink, content, value, formatKey(level));
          if (++count % STRIDE === 0) yield;
        }
      }
    } else {
      endRun(sink, level);
      const entry = level.entries[level.at++];
      if (entry === undefined) {
        sink.byte(TAG.close);
        levels.pop();
        continue;
      }
      const [key, { content }] = entry;
      sink.byte(TAG.key);
      sink.word(key);
      below = yield* element(sink, content, content.getContent().at(-1), '');
    }
    if (below !== null) levels.push(open(below));
  }
}

function open(type: SharedType): Level {
  const entries = [...type._map].filter(([, item]) => !item.deleted).sort(([a], [b]) => (a < b ? -1 : 1));
  return { item: type._start, format: new Map(), formatKey: '', run: null, entries, at: 0 };
}

/** Writes one thing that is not text; gives the type whose inside follows, if it is one. */
function* element(
  sink: Sink,
  content: Y.Item['content'],
  value: unknown,
  format: string,
): Generator<undefined, SharedType | null> {
  if (content instanceof Y.ContentType) {
    sink.byte(TAG.type);
    sink.word(format);
    sink.word(kindOf(content.type));
    return content.type;
  }
  if (content instanceof Y.ContentBinary) {
    sink.byte(TAG.binary);
    sink.word(String(content.content.byteLength));
    for (let at = 0; at < content.content.byteLength; at += PIECE) {
      sink.bytes(content.content.subarray(at, at + PIECE));
      yield;
    }
    return null;
  }
  if (content instanceof Y.ContentDoc) {
    sink.byte(TAG.doc);
    sink.word(content.doc.guid);
    return null;
  }
  if (content instanceof Y.ContentEmbed) {
    sink.byte(TAG.embed);
    sink.word(format);
    yield* long(sink, asJson(value));
  } else {
    sink.byte(TAG.value);
    yield* long(sink, canonical(value));
  }
  sink.byte(END);
  return null;
}

/** Writes a string that may be long. */
function* long(sink: Sink, text: string): Generator<undefined, void> {
  if (text.length <= PIECE) {
    sink.text(text);
    return;
  }
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + PIECE);
    // Not between the halves of a character.
    if (to < text.length && (text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to++;
    sink.text(text.slice(from, to));
    from = to;
    yield;
  }
}

/* Formatting ------------------------------------------------------------------------------------------------------- */

function setFormat(level: Level, key: string, value: unknown): void {
  if (value === null) level.format.delete(key);
  else level.format.set(key, asJson(value));
  level.formatKey = null;
}

function formatKey(level: Level): string {
  level.formatKey ??= JSON.stringify([...level.format].sort(([a], [b]) => (a < b ? -1 : 1)));
  if (level.format.size === 0) level.formatKey = '';
  return level.formatKey;
}

function startRun(sink: Sink, level: Level): void {
  const format = formatKey(level);
  if (level.run === format) return;
  endRun(sink, level);
  level.run = format;
  sink.byte(TAG.text);
  sink.word(format);
}

function endRun(sink: Sink, level: Level): void {
  if (level.run !== null) sink.byte(END);
  level.run = null;
}

/* Values ----------------------------------------------------------------------------------------------------------- */

/** What travels as JSON is judged as it arrives: keys without a value are gone. */
function asJson(value: unknown): string {
  return canonical(typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value);
}

/** A value as text, the same for equal values; it tells text from numbers, `undefined` from `null`, bytes from lists. */
function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'bigint':
      return `${value}n`;
    case 'number':
    case 'boolean':
      return String(value);
    case 'object':
      break;
    default:
      return 'undefined';
  }
  if (value === null) return 'null';
  if (value instanceof Uint8Array) return `<${value.join()}>`;
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`;
}

/** Subclasses first. */
function kindOf(type: SharedType): string {
  if (type instanceof Y.XmlElement) return `element ${type.nodeName}`;
  if (type instanceof Y.XmlFragment) return 'fragment';
  if (type instanceof Y.XmlText) return 'xml text';
  if (type instanceof Y.XmlHook) return `hook ${type.hookName}`;
  if (type instanceof Y.Text) return 'text';
  if (type instanceof Y.Array) return 'list';
  return type instanceof Y.Map ? 'map' : 'type';
}
