/**
 * Why this file exists: all rooms of a page where no WebSocket gets through. A browser opens six connections to a server,
 * for all its pages; so the rooms share one request that waits for news and one that carries what is written. What the
 * two streams hold is told in shared/line.ts.
 */
import {
  LINE_PATH,
  MAX_PIECE_BYTES,
  RECORD_CLOSE,
  RECORD_MESSAGE,
  RECORD_OPEN,
  RecordReader,
  recordHead,
} from '#shared/line.ts';
import { CLOSE } from '#shared/wire.ts';

/** One room's end of the line. */
export interface LineEnd {
  opened(): void;
  /** One or more messages as they stand on a WebSocket's wire; only lent. */
  received(wire: Uint8Array): void;
  /** Nothing follows. */
  closed(code: number, reason: string): void;
}

/** How long what is carried up may take, in milliseconds; then it is sent again from the same place. */
const UP_MS = 12_000;
/** The server answers a question for news within 20 s, with nothing if there is none. */
const DOWN_MS = 30_000;
/** After so long without any answer the line counts as lost, in milliseconds. */
const GIVE_UP_MS = 15_000;
const FIRST_PAUSE_MS = 150;
const LONGEST_PAUSE_MS = 2_000;
/** What a browser still carries for a page that goes. */
const LAST_WORDS_BYTES = 60_000;

/** Like a socket that broke. */
const BROKEN = 1006;

const NOTHING = new Uint8Array(0);

interface Answer {
  status: number;
  bytes: Uint8Array;
  /** Milliseconds to wait before asking again. */
  pause: number;
}

export class Line {
  readonly #base: string;
  readonly #fetch: typeof fetch;
  readonly #ends = new Map<number, LineEnd>();
  readonly #reader = new RecordReader(Number.POSITIVE_INFINITY);
  readonly #gone = new AbortController();
  readonly #stopListening: () => void;
  #id: string | null = null;
  #channel = 0;
  /** What has not been confirmed, oldest first. */
  #queue: Uint8Array[] = [];
  #queued = 0;
  /** Place in the up stream of the first byte in the queue. */
  #taken = 0;
  /** Place in the down stream behind everything that has been read. */
  #had = 0;
  #sending = false;
  #leaving = false;
  #over = false;
  #heardAt = performance.now();

  /** `base` is the server's origin. Opens at once. */
  constructor(base: string, fetcher: typeof fetch) {
    this.#base = base + LINE_PATH;
    this.#fetch = fetcher;
    this.#stopListening = listenToLeaving(() => this.#lastWords());
    void this.#open();
  }

  /** Whether rooms can be opened on it. */
  get usable(): boolean {
    return !this.#over && !this.#leaving;
  }

  /** Bytes that the server has not said to have. */
  get queued(): number {
    return this.#queued;
  }

  /** Opens a room: `asked` is its address behind `/collab/`. Gives the channel to speak on. */
  add(end: LineEnd, asked: string): number {
    this.#channel += 1;
    this.#ends.set(this.#channel, end);
    this.#put(RECORD_OPEN, this.#channel, new TextEncoder().encode(asked));
    return this.#channel;
  }

  /** Sends one message; it is copied. */
  send(channel: number, message: Uint8Array): void {
    if (this.#ends.has(channel)) this.#put(RECORD_MESSAGE, channel, message.slice());
  }

  /** Leaves a room: what was sent before still arrives, and its end hears nothing more. */
  leave(channel: number): void {
    if (!this.#ends.delete(channel) || this.#over) return;
    this.#put(RECORD_CLOSE, channel, NOTHING);
    // The server lets a line go whose last room was left.
    if (this.#ends.size === 0) this.#leaving = true;
  }

  #put(kind: number, channel: number, body: Uint8Array): void {
    for (const bytes of [recordHead(kind, channel, body.byteLength), body]) {
      this.#queue.push(bytes);
      this.#queued += bytes.byteLength;
    }
    // What this turn still says, and the mark behind it, goes with it.
    if (this.#id !== null && !this.#sending) {
      this.#sending = true;
      setTimeout(() => void this.#sendUp(), 0);
    }
  }

  async #open(): Promise<void> {
    const answer = await this.#once('', NOTHING, UP_MS, false);
    if (this.#over) return;
    const line = answer?.status === 201 ? lineIn(answer.bytes) : null;
    if (line === null) {
      this.#end(answer?.status === 401 ? CLOSE.notSignedIn : answer?.status === 429 ? CLOSE.tooMany : BROKEN);
      return;
    }
    this.#id = line;
    this.#heardAt = performance.now();
    void this.#hear();
    this.#sending = true;
    await this.#sendUp();
  }

  /** Carries up what is queued, a piece at a time and one after the other. */
  async #sendUp(): Promise<void> {
    while (this.#queued > 0 && !this.#over) {
      const piece = this.#piece(MAX_PIECE_BYTES);
      const answer = await this.#untilAnswered(() => `/up?at=${this.#taken}`, piece, UP_MS);
      if (!answer) return;
      this.#drop(piece.byteLength);
    }
    this.#sending = false;
    if (this.#leaving && !this.#over) this.#end(BROKEN);
  }

  /** Asks for news, again and again. */
  async #hear(): Promise<void> {
    while (!this.#over) {
      const answer = await this.#untilAnswered(() => `/down?at=${this.#had}`, NOTHING, DOWN_MS);
      if (!answer || this.#over) return;
      this.#had += answer.bytes.byteLength;
      try {
        this.#reader.push(answer.bytes, {
          record: (kind, channel, body) => this.#record(kind, channel, body),
          tooLarge: () => {},
        });
      } catch {
        this.#end(BROKEN);
        return;
      }
      if (answer.pause > 0) await pause(answer.pause);
    }
  }

  #record(kind: number, channel: number, body: Uint8Array): void {
    const end = this.#ends.get(channel);
    if (!end) return;
    if (kind === RECORD_OPEN) end.opened();
    else if (kind === RECORD_MESSAGE) end.received(body);
    else {
      this.#ends.delete(channel);
      if (this.#ends.size === 0 && this.#queued === 0) this.#end(BROKEN);
      const code = new DataView(body.buffer, body.byteOffset, body.byteLength).getUint16(0, true);
      end.closed(code, new TextDecoder().decode(body.subarray(2)));
    }
  }

  /** Asks until there is an answer that says yes; `null` when the line is lost, which its ends have heard then. */
  async #untilAnswered(path: () => string, body: Uint8Array<ArrayBuffer>, ms: number): Promise<Answer | null> {
    for (let wait = FIRST_PAUSE_MS; !this.#over; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      const answer = await this.#once(`/${this.#id}${path()}`, body, ms, false);
      if (this.#over) return null;
      if (answer !== null && answer.status >= 200 && answer.status < 300) {
        this.#heardAt = performance.now();
        return answer;
      }
      // Boxes on the way say 5xx, and 408; a server that knows no such line says 404, or 401 when nobody is signed in.
      const final = answer !== null && answer.status < 500 && answer.status !== 408;
      if (final || performance.now() - this.#heardAt > GIVE_UP_MS) this.#end(BROKEN);
      else await pause(wait * (0.5 + 0.5 * Math.random()));
    }
    return null;
  }

  /** One request; `null` when there was no whole answer. */
  async #once(path: string, body: Uint8Array<ArrayBuffer>, ms: number, keepalive: boolean): Promise<Answer | null> {
    const late = new AbortController();
    const stop = (): void => late.abort();
    const timer = setTimeout(stop, ms);
    if (!keepalive) this.#gone.signal.addEventListener('abort', stop);
    try {
      const response = await this.#fetch(this.#base + path, {
        method: 'POST',
        body,
        keepalive,
        headers: { 'Content-Type': 'application/octet-stream' },
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'error',
        signal: late.signal,
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const seconds = Number(response.headers.get('Retry-After') ?? 0);
      return { status: response.status, bytes, pause: Number.isFinite(seconds) ? seconds * 1_000 : 0 };
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
      this.#gone.signal.removeEventListener('abort', stop);
    }
  }

  /** The first of the queue, at most `most` bytes, as one. */
  #piece(most: number): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(Math.min(most, this.#queued));
    let at = 0;
    for (const bytes of this.#queue) {
      if (at === out.byteLength) break;
      const part = bytes.subarray(0, out.byteLength - at);
      out.set(part, at);
      at += part.byteLength;
    }
    return out;
  }

  #drop(count: number): void {
    this.#taken += count;
    this.#queued -= count;
    let left = count;
    let gone = 0;
    for (const bytes of this.#queue) {
      if (bytes.byteLength > left) break;
      left -= bytes.byteLength;
      gone++;
    }
    this.#queue.splice(0, gone);
    const first = this.#queue[0];
    if (left > 0 && first) this.#queue[0] = first.subarray(left);
  }

  /** The page goes: what is queued, and that its rooms are left, is said in a request that outlives it. */
  #lastWords(): void {
    if (this.#over || this.#id === null) return;
    for (const channel of this.#ends.keys()) this.#put(RECORD_CLOSE, channel, NOTHING);
    // From the place that is not confirmed: what a request on its way has brought already counts once.
    void this.#once(`/${this.#id}/up?at=${this.#taken}`, this.#piece(LAST_WORDS_BYTES), UP_MS, true);
    this.#end(BROKEN);
  }

  #end(code: number): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopListening();
    this.#gone.abort();
    const ends = [...this.#ends.values()];
    this.#ends.clear();
    this.#queue = [];
    for (const end of ends) end.closed(code, '');
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The id a new line was given. */
function lineIn(bytes: Uint8Array): string | null {
  try {
    const said: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const line = typeof said === 'object' && said !== null && 'line' in said ? said.line : null;
    return typeof line === 'string' ? line : null;
  } catch {
    return null;
  }
}

function listenToLeaving(leaves: () => void): () => void {
  if (typeof window === 'undefined') return () => {};
  window.addEventListener('pagehide', leaves);
  return () => window.removeEventListener('pagehide', leaves);
}
