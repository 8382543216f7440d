/**
 * Why this file exists: a line without the client that ships: every request by hand, so that they can be repeated,
 * overtaken, forged or left out.
 */
import {
  LINE_PATH,
  messagesIn,
  RECORD_CLOSE,
  RECORD_MESSAGE,
  RECORD_OPEN,
  RecordReader,
  recordHead,
} from '#shared/line.ts';
import { lineFetch } from './line-fetch.ts';
import type { SignedIn } from './people.ts';

/** What a channel has heard. */
export interface ChannelHeard {
  opened: boolean;
  messages: Uint8Array[];
  closed: { code: number; reason: string } | null;
}

export class RawLine {
  readonly id: string;
  readonly person: SignedIn;
  /** Place behind everything sent. */
  at = 0;
  /** Place behind everything heard. */
  had = 0;
  readonly #heard = new Map<number, ChannelHeard>();
  readonly #reader = new RecordReader(Number.POSITIVE_INFINITY);

  private constructor(person: SignedIn, id: string) {
    this.person = person;
    this.id = id;
  }

  static async open(person: SignedIn): Promise<RawLine> {
    const answer = await post(person, '');
    if (answer.status !== 201) throw new Error(`no line: ${answer.status}`);
    return new RawLine(person, ((await answer.json()) as { line: string }).line);
  }

  channel(number: number): ChannelHeard {
    const heard = this.#heard.get(number) ?? { opened: false, messages: [], closed: null };
    this.#heard.set(number, heard);
    return heard;
  }

  /** Carries up `bytes` from a place, by default the one they belong at; gives the status. */
  async up(bytes: Uint8Array, at: number = this.at): Promise<number> {
    const answer = await post(this.person, `/${this.id}/up?at=${at}`, bytes);
    if (answer.status === 204) this.at = Math.max(this.at, at + bytes.byteLength);
    return answer.status;
  }

  /** Asks for news once, and reads them. `lost`: the answer does not come through. */
  async down({ at = this.had, lost = false } = {}): Promise<number> {
    const answer = await post(this.person, `/${this.id}/down?at=${at}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.status !== 200 || lost) return answer.status;
    this.had += bytes.byteLength;
    this.#reader.push(bytes, {
      record: (kind, number, body) => {
        const heard = this.channel(number);
        if (kind === RECORD_OPEN) heard.opened = true;
        else if (kind === RECORD_MESSAGE) heard.messages.push(...messagesIn(body).map((message) => message.slice()));
        else {
          const code = new DataView(body.buffer, body.byteOffset).getUint16(0, true);
          heard.closed = { code, reason: new TextDecoder().decode(body.subarray(2)) };
        }
      },
      tooLarge: () => {},
    });
    return answer.status;
  }

  /** Asks for news until something is as wanted. */
  async until(wanted: () => boolean): Promise<void> {
    while (!wanted()) {
      const status = await this.down();
      if (status !== 200) throw new Error(`asked for news and got ${status}`);
    }
  }

  /** Opens a room and gives what its channel hears, when it has heard something. */
  async room(number: number, asked: string): Promise<ChannelHeard> {
    await this.up(opening(number, asked));
    const heard = this.channel(number);
    await this.until(() => heard.messages.length > 0 || heard.closed !== null);
    return heard;
  }
}

/** A request of a line, as `person`'s own page would make it; headers given win. */
export function post(
  person: SignedIn,
  path: string,
  body: Uint8Array = new Uint8Array(0),
  headers: Record<string, string> = {},
): Promise<Response> {
  return lineFetch(person, headers)(`${person.url}${LINE_PATH}${path}`, {
    method: 'POST',
    body: body as Uint8Array<ArrayBuffer>,
    headers: { 'content-type': 'application/octet-stream' },
  });
}

const record = (kind: number, number: number, body: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.concat([recordHead(kind, number, body.byteLength), body]));

export const opening = (number: number, asked: string): Uint8Array =>
  record(RECORD_OPEN, number, new TextEncoder().encode(asked));
export const saying = (number: number, message: Uint8Array): Uint8Array => record(RECORD_MESSAGE, number, message);
export const leaving = (number: number): Uint8Array => record(RECORD_CLOSE, number, new Uint8Array(0));
