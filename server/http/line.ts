/**
 * Why this file exists: one page's rooms where no WebSocket gets through: two streams over requests that may be lost,
 * repeated or overtaken on the way, and the channels in them. See shared/line.ts for what the streams hold.
 */
import { RECORD_CLOSE, RECORD_OPEN, RecordReader } from '#shared/line.ts';
import { CLOSE, MAX_FRAME_BYTES } from '#shared/wire.ts';
import { DownStream } from './down-stream.ts';
import { type ChannelOwner, LineChannel } from './line-channel.ts';
import type { Watched } from './socket-watch.ts';

/** What a request for the down stream is answered with. `away`: nothing, and to come again a little later. */
export type DownAnswer = { bytes: Uint8Array<ArrayBuffer> } | 'away' | 'gone' | 'misplaced';

/** What became of a request that carried up bytes: taken (now or before), not in its turn, or no stream of ours. */
export type UpAnswer = 'taken' | 'gap' | 'malformed' | 'gone';

export interface LineHost {
  /** Lets a new channel into its room, or closes it with a code. `asked` is what the page named, `cookie` what the request carried. */
  admit(channel: LineChannel, asked: string, cookie: string | undefined): void;
  /** A request of the line begins to wait for news, or waits no longer. */
  hangs(line: Line, hanging: boolean): void;
  /** The line is over; called once. */
  ended(line: Line): void;
  /** Nobody is let in any more, and nothing is waited for. */
  readonly stopping: boolean;
  readonly now: () => number;
  readonly stats: { channels: number; channelsOpened: number; repeated: number };
}

export interface LineOwner {
  personId: string;
  sessionId: string;
}

/** A page opens its rooms at once, at a return too; beyond that somebody plays: so many, and so many more a second. */
const OPENS_AT_ONCE = 200;
const OPENS_PER_SECOND = 10;
/** The longest name of a room with its query, in bytes. */
const MAX_ASKED_BYTES = 8 * 1024;

export class Line implements ChannelOwner, Watched {
  readonly id: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly down = new DownStream();
  /** See {@link Watched}: it has asked for news since it was last told to. */
  answered = true;
  readonly #host: LineHost;
  readonly #channels = new Map<number, LineChannel>();
  readonly #reader = new RecordReader(MAX_FRAME_BYTES);
  /** Place in the up stream behind everything that has been taken. */
  #taken = 0;
  #cookie: string | undefined;
  #hanging: ((answer: DownAnswer) => void) | null = null;
  #flushing = false;
  #over = false;
  /** A room has been opened on it. */
  #used = false;
  #opens = OPENS_AT_ONCE;
  #opensAt: number;

  constructor(id: string, { personId, sessionId }: LineOwner, host: LineHost) {
    this.id = id;
    this.personId = personId;
    this.sessionId = sessionId;
    this.#host = host;
    this.#opensAt = host.now();
  }

  /** Takes bytes that stand at the place `at` of the up stream; what was taken before counts for nothing. */
  up(at: number, bytes: Uint8Array, cookie: string | undefined): UpAnswer {
    if (this.#over) return 'gone';
    if (at > this.#taken) return 'gap';
    const end = at + bytes.byteLength;
    if (at < this.#taken) this.#host.stats.repeated++;
    if (end <= this.#taken) return 'taken';
    const fresh = bytes.subarray(this.#taken - at);
    this.#taken = end;
    this.#cookie = cookie;
    try {
      this.#reader.push(fresh, this);
    } catch {
      this.terminate();
      return 'malformed';
    }
    return 'taken';
  }

  /** Answers with what stands at the place `at` of the down stream, at once or when there is something. */
  next(at: number): DownAnswer | Promise<DownAnswer> {
    if (this.#over) return 'gone';
    // Of two that ask, the earlier one has been given up by who asked.
    this.#answer({ bytes: new Uint8Array(0) });
    this.answered = true;
    if (!this.down.confirm(at)) {
      this.terminate();
      return 'misplaced';
    }
    if (this.down.waiting) return { bytes: this.down.next() };
    if (this.#channels.size === 0 && (this.#host.stopping || this.#used)) {
      this.terminate();
      return 'gone';
    }
    return new Promise((resolve) => {
      this.#hanging = resolve;
      this.#host.hangs(this, true);
    });
  }

  /** Who waited for news has hung up. */
  hungUp(): void {
    this.#answer({ bytes: new Uint8Array(0) });
  }

  /** Answers who waits for news with nothing, to come again a little later. */
  sendAway(): void {
    this.#answer('away');
  }

  /** See {@link Watched}: an answer with nothing in it asks for the next question. */
  ping(): void {
    // All its rooms were closed to it a while ago, and it has not asked since.
    if (this.#used && this.#channels.size === 0 && !this.#hanging) this.terminate();
    this.#answer({ bytes: new Uint8Array(0) });
  }

  terminate(): void {
    if (this.#over) return;
    this.#over = true;
    for (const channel of this.#channels.values()) {
      this.#host.stats.channels--;
      channel.ended();
    }
    this.#channels.clear();
    this.#answer('gone');
    this.#host.ended(this);
  }

  /* What the up stream says ------------------------------------------------------------------------------------- */

  /** See RecordSink. */
  record(kind: number, number: number, body: Uint8Array): void {
    if (this.#over) return;
    const channel = this.#channels.get(number);
    if (kind === RECORD_OPEN) {
      if (channel) throw new Error('a channel that is open was opened');
      this.#open(number, body);
    } else if (kind !== RECORD_CLOSE) channel?.message(body);
    else if (channel) {
      channel.ended();
      this.forget(channel);
      // Who has left the last room comes with another line, if at all.
      if (this.#channels.size === 0) this.terminate();
    }
  }

  /** See RecordSink. */
  tooLarge(number: number): void {
    const channel = this.#channels.get(number);
    if (!channel) return;
    channel.close(CLOSE.tooBig, 'frame too big');
    channel.ended();
  }

  #open(number: number, body: Uint8Array): void {
    const now = this.#host.now();
    this.#opens = Math.min(OPENS_AT_ONCE, this.#opens + ((now - this.#opensAt) / 1_000) * OPENS_PER_SECOND);
    this.#opensAt = now;
    if (this.#opens < 1) throw new Error('rooms are opened faster than any page does');
    this.#opens--;
    this.#used = true;
    const channel = new LineChannel(number, this);
    this.#channels.set(number, channel);
    this.#host.stats.channels++;
    this.#host.stats.channelsOpened++;
    channel.opened();
    if (body.byteLength > MAX_ASKED_BYTES) channel.close(CLOSE.noSuchRoom, 'no such room');
    else this.#host.admit(channel, new TextDecoder().decode(body), this.#cookie);
  }

  /* What the channels say --------------------------------------------------------------------------------------- */

  forget(channel: LineChannel): void {
    if (this.#channels.delete(channel.number)) this.#host.stats.channels--;
  }

  written(): void {
    if (this.#flushing || this.#over) return;
    this.#flushing = true;
    // What this turn still sends goes with it.
    queueMicrotask(() => {
      this.#flushing = false;
      if (this.#hanging && this.down.waiting) this.#answer({ bytes: this.down.next() });
    });
  }

  #answer(answer: DownAnswer): void {
    const resolve = this.#hanging;
    if (!resolve) return;
    this.#hanging = null;
    this.#host.hangs(this, false);
    resolve(answer);
  }
}
