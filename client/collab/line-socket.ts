/**
 * Why this file exists: y-websocket's provider, and everything built on it, speaks to a WebSocket. A room on a line has the
 * same face, so nothing behind it knows the difference.
 */
import { messagesIn } from '#shared/line.ts';
import { Line } from './line.ts';

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

type Handler<E extends Event> = ((this: WebSocket, event: E) => unknown) | null;

/**
 * A `WebSocket` class whose sockets to one server share a line. The address is that of the room's socket
 * (`ws://host/collab/<room>?…`). `fetcher` carries the requests.
 */
export function lineSocketClass(fetcher: typeof fetch): typeof WebSocket {
  const lines = new Map<string, Line>();
  const lineTo = (origin: string): Line => {
    const known = lines.get(origin);
    if (known?.usable) return known;
    const line = new Line(origin, fetcher);
    lines.set(origin, line);
    return line;
  };

  return class LineSocket extends EventTarget implements WebSocket {
    static readonly CONNECTING = CONNECTING;
    static readonly OPEN = OPEN;
    static readonly CLOSING = 2;
    static readonly CLOSED = CLOSED;
    readonly CONNECTING = CONNECTING;
    readonly OPEN = OPEN;
    readonly CLOSING = 2;
    readonly CLOSED = CLOSED;
    readonly url: string;
    readonly extensions = '';
    readonly protocol = '';
    binaryType: BinaryType = 'arraybuffer';
    onopen: Handler<Event> = null;
    onmessage: Handler<MessageEvent> = null;
    onerror: Handler<Event> = null;
    onclose: Handler<CloseEvent> = null;
    #state: 0 | 1 | 2 | 3 = CONNECTING;
    readonly #line: Line;
    readonly #channel: number;

    constructor(address: string | URL) {
      super();
      const url = new URL(address);
      this.url = url.href;
      const origin = `${url.protocol === 'wss:' ? 'https:' : 'http:'}//${url.host}`;
      this.#line = lineTo(origin);
      this.#channel = this.#line.add(
        {
          opened: () => this.#opened(),
          received: (wire) => this.#received(wire),
          closed: (code, reason) => this.#closed(code, reason),
        },
        url.pathname.slice(url.pathname.indexOf('/collab/') + '/collab/'.length) + url.search,
      );
    }

    get readyState(): 0 | 1 | 2 | 3 {
      return this.#state;
    }

    /** What the server has not said to have, all rooms of the line together. */
    get bufferedAmount(): number {
      return this.#line.queued;
    }

    /** Binary messages only, as the server takes no others. */
    send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      if (this.#state === CONNECTING) throw new DOMException('Still connecting', 'InvalidStateError');
      if (this.#state !== OPEN) return;
      if (ArrayBuffer.isView(data))
        this.#line.send(this.#channel, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      else if (data instanceof ArrayBuffer) this.#line.send(this.#channel, new Uint8Array(data));
      else throw new TypeError('a room takes bytes');
    }

    close(): void {
      if (this.#state === CLOSED) return;
      this.#line.leave(this.#channel);
      this.#state = CLOSED;
      // As of a socket: not before who closes it is done.
      queueMicrotask(() => this.#tellClosed(1005, '', true));
    }

    #opened(): void {
      if (this.#state !== CONNECTING) return;
      this.#state = OPEN;
      const event = new Event('open');
      this.onopen?.(event);
      this.dispatchEvent(event);
    }

    #received(wire: Uint8Array): void {
      for (const message of messagesIn(wire)) {
        if (this.#state !== OPEN) return;
        const event = new MessageEvent('message', { data: message.slice().buffer });
        try {
          this.onmessage?.(event);
        } catch (error) {
          // A listener's mistake is told where mistakes are told, and costs the other rooms of the line nothing.
          queueMicrotask(() => {
            throw error;
          });
        }
        this.dispatchEvent(event);
      }
    }

    #closed(code: number, reason: string): void {
      if (this.#state === CLOSED) return;
      this.#state = CLOSED;
      this.#tellClosed(code, reason, code !== 1006);
    }

    #tellClosed(code: number, reason: string, wasClean: boolean): void {
      const event = new CloseEvent('close', { code, reason, wasClean });
      this.onclose?.(event);
      this.dispatchEvent(event);
    }
  };
}
