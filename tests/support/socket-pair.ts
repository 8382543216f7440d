/**
 * Why this file exists: the relay and the real y-websocket provider are tested together without a network. A pair of
 * pipes stands for a socket; the provider gets its end through `WebSocketPolyfill`, the relay its `RelaySocket`. What is
 * in the pipes moves when the test says so, so every order of events can be made, and made again from a seed.
 */
import type { Principal, Relay, RelayConnection } from '../../server/relay/ports.ts';

type Parcel = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'close'; code: number; reason: string };

export interface CloseInfo {
  code: number;
  reason: string;
}

/** One direction of a socket: first in, first out. */
class Pipe {
  readonly parcels: Parcel[] = [];
  bytes = 0;

  push(parcel: Parcel): void {
    this.parcels.push(parcel);
    if (parcel.kind === 'bytes') this.bytes += parcel.bytes.byteLength;
  }

  shift(): Parcel | undefined {
    const parcel = this.parcels.shift();
    if (parcel?.kind === 'bytes') this.bytes -= parcel.bytes.byteLength;
    return parcel;
  }

  clear(): void {
    this.parcels.length = 0;
    this.bytes = 0;
  }
}

/** What the browser's end of a pair looks like to who listens. */
interface ClientEnd {
  opened(): void;
  received(bytes: Uint8Array): void;
  closed(info: CloseInfo): void;
}

/** One socket between a client and a relay. */
export class SocketPair {
  readonly toServer = new Pipe();
  readonly toClient = new Pipe();
  /** Frames the client was given, in order. */
  readonly delivered: Uint8Array[] = [];
  /** Frames the relay sent, delivered or not. */
  readonly sent: Uint8Array[] = [];
  /** Writes to the socket; each carries one or more frames. */
  writes = 0;
  /** The peer does not read: nothing moves towards the client. */
  paused = false;
  /** The relay takes nothing: nothing moves towards the server. */
  heldBack = false;
  /** How the relay closed its end, if it did. */
  serverClose: CloseInfo | null = null;
  terminated = false;
  /** The relay's next send fails, as on a socket that broke in this very turn. */
  broken = false;
  #connection: RelayConnection | null = null;
  #client: ClientEnd | null;
  #clientGone = false;
  #serverGone = false;
  readonly #network: Network;

  constructor(network: Network, client: ClientEnd) {
    this.#network = network;
    this.#client = client;
  }

  /** The upgrade: the relay takes the socket over, then the client hears that it is open. */
  open(relay: Relay | null, room: string, principal: Principal, extended: boolean): void {
    if (this.#clientGone) return;
    if (!relay) {
      this.#detach(1006, 'nobody listens');
      return;
    }
    const pair = this;
    this.#connection = relay.connect(
      {
        send(parcel) {
          if (pair.#serverGone || pair.broken) throw new Error('the relay sent on a closed socket');
          pair.writes++;
          for (const bytes of parcel.messages) {
            pair.sent.push(bytes);
            pair.toClient.push({ kind: 'bytes', bytes });
          }
        },
        close(code, reason) {
          if (pair.#serverGone) return;
          pair.serverClose = { code, reason };
          pair.#serverGone = true;
          pair.toClient.push({ kind: 'close', code, reason });
        },
        terminate() {
          pair.terminated = true;
          pair.#serverGone = true;
          pair.#connection = null;
          pair.toClient.clear();
          pair.#detach(1006, 'terminated');
        },
        pause() {
          pair.heldBack = true;
        },
        resume() {
          pair.heldBack = false;
        },
        get buffered() {
          return pair.toClient.bytes;
        },
      },
      { room, principal, extended },
    );
    this.#client?.opened();
  }

  /** Puts bytes on the way to the server. */
  clientSend(bytes: Uint8Array): void {
    if (!this.#clientGone) this.toServer.push({ kind: 'bytes', bytes: bytes.slice() });
  }

  /** The client closes: what it sent before still arrives. */
  clientClose(code = 1000): void {
    if (this.#clientGone) return;
    this.#clientGone = true;
    this.#client = null;
    this.toServer.push({ kind: 'close', code, reason: '' });
    this.toClient.clear();
  }

  /** The line breaks: what is on the way is lost, and both ends notice. */
  cut(): void {
    this.toServer.clear();
    this.toClient.clear();
    this.#serverSees();
    this.#detach(1006, 'cut');
  }

  /** Moves one parcel towards the server; false when there is none or it is held back. */
  stepToServer(): boolean {
    if (this.heldBack) return false;
    const parcel = this.toServer.shift();
    if (!parcel) return false;
    if (parcel.kind === 'bytes') this.#connection?.message(parcel.bytes);
    else this.#serverSees();
    return true;
  }

  /** Moves one parcel towards the client; false when there is none or it does not read. */
  stepToClient(): boolean {
    if (this.paused) return false;
    const parcel = this.toClient.shift();
    if (!parcel) return false;
    if (parcel.kind === 'close') {
      this.#detach(parcel.code, parcel.reason);
      this.#serverSees();
      return true;
    }
    this.delivered.push(parcel.bytes);
    this.#client?.received(parcel.bytes);
    return true;
  }

  text(): void {
    this.#connection?.text();
  }

  get over(): boolean {
    return this.#clientGone && this.#connection === null && this.toServer.parcels.length === 0;
  }

  #serverSees(): void {
    this.#serverGone = true;
    const connection = this.#connection;
    this.#connection = null;
    connection?.closed();
  }

  #detach(code: number, reason: string): void {
    const client = this.#client;
    this.#client = null;
    this.#clientGone = true;
    client?.closed({ code, reason });
    this.#network.forgetOver();
  }
}

/** All sockets of a test, and the relay they reach. */
export class Network {
  /** `null` while the server is down. */
  relay: Relay | null = null;
  pairs: SocketPair[] = [];

  constructor(relay: Relay | null = null) {
    this.relay = relay;
  }

  /** A `WebSocket` class for a provider that signs in as `principal`; the room and `v` are read from the address. */
  webSocketFor(principal: Principal): typeof WebSocket {
    const network = this;
    class PairWebSocket {
      static readonly CONNECTING = 0;
      static readonly OPEN = 1;
      static readonly CLOSING = 2;
      static readonly CLOSED = 3;
      readonly CONNECTING = 0;
      readonly OPEN = 1;
      readonly CLOSING = 2;
      readonly CLOSED = 3;
      binaryType = 'arraybuffer';
      readyState = 0;
      onopen: (() => void) | null = null;
      onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
      onclose: ((event: CloseInfo) => void) | null = null;
      onerror: ((event: unknown) => void) | null = null;
      readonly pair: SocketPair;

      constructor(address: string) {
        const url = new URL(address);
        this.pair = network.dial(
          decodeURIComponent(url.pathname.slice('/collab/'.length)),
          principal,
          url.searchParams.get('v') === '1',
          {
            opened: () => {
              this.readyState = 1;
              this.onopen?.();
            },
            received: (bytes) => this.onmessage?.({ data: bytes.slice().buffer }),
            closed: (info) => {
              this.readyState = 3;
              this.onclose?.(info);
            },
          },
        );
      }

      send(data: ArrayBuffer | Uint8Array): void {
        if (this.readyState === 1) this.pair.clientSend(data instanceof Uint8Array ? data : new Uint8Array(data));
      }

      close(): void {
        this.readyState = 3;
        this.pair.clientClose();
      }
    }
    return PairWebSocket as unknown as typeof WebSocket;
  }

  /** Opens a socket; the relay sees it in a microtask, as a server would after the handshake. */
  dial(room: string, principal: Principal, extended: boolean, client: ClientEnd): SocketPair {
    const pair = new SocketPair(this, client);
    this.pairs.push(pair);
    queueMicrotask(() => pair.open(this.relay, room, principal, extended));
    return pair;
  }

  /** Moves everything there is, once around; false when nothing moved. */
  pump(): boolean {
    let moved = false;
    for (const pair of [...this.pairs]) {
      while (pair.stepToServer()) moved = true;
      while (pair.stepToClient()) moved = true;
    }
    this.forgetOver();
    return moved;
  }

  forgetOver(): void {
    this.pairs = this.pairs.filter((pair) => !pair.over);
  }
}

/** A client that speaks in raw frames, for what no provider would say. */
export class RawClient {
  readonly frames: Uint8Array[] = [];
  readonly pair: SocketPair;
  close: CloseInfo | null = null;

  constructor(network: Network, room: string, principal: Principal, extended: boolean) {
    this.pair = network.dial(room, principal, extended, {
      opened: () => {},
      received: (bytes) => this.frames.push(bytes),
      closed: (info) => {
        this.close = info;
      },
    });
  }

  send(bytes: Uint8Array): void {
    this.pair.clientSend(bytes);
  }

  leave(): void {
    this.pair.clientClose();
  }
}
