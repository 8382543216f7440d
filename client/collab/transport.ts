/**
 * Why this file exists: a page finds out by itself whether its network lets WebSockets through, and takes the line
 * (line.ts) where it does not. A socket that fails says little: the server may be away. So an attempt counts only when
 * plain HTTP reached the server before it began, or while it hung.
 *
 * Nothing here is on the way of a frame: it chooses what class the next attempt is made of.
 */

export type Way = 'socket' | 'line';

export interface TransportOptions {
  /** The two classes to choose from. */
  sockets: Record<Way, typeof WebSocket>;
  /** Whether plain HTTP reaches the server now. */
  reaches(): Promise<boolean>;
  /** Where the choice is remembered as long as the tab lives; `null` for nowhere. */
  memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;
  times?: Partial<TransportTimes>;
}

export interface TransportTimes {
  /** A socket that has not opened after so long is asked about, in milliseconds. */
  patience: number;
  /** First pause before a WebSocket is tried again beside the line, in milliseconds; doubled up to `longestPause`. */
  pause: number;
  longestPause: number;
  /** How long that may take. */
  trial: number;
}

const TIMES: TransportTimes = { patience: 4_000, pause: 60_000, longestPause: 15 * 60_000, trial: 10_000 };
/** So many attempts while HTTP works, and the line is taken. */
const FAILURES = 2;
/** So many lines in a row that never said anything, and sockets are tried again. */
const LINE_FAILURES = 3;
const MEMORY_KEY = 'radslag.way';
/** Codes that only our server closes with; anything else before the first message may be some box's. */
const isOurs = (code: number): boolean => code >= 1008 && code !== 1010 && code !== 1015;

export class Transport {
  readonly #options: TransportOptions;
  readonly #times: TransportTimes;
  readonly #listeners = new Set<() => void>();
  readonly #classes: Record<Way, typeof WebSocket>;
  #way: Way = 'socket';
  /** When HTTP last reached the server, if it has since it last did not. */
  #reachedAt: number | null = null;
  #reaching: Promise<boolean> | null = null;
  #failures = 0;
  #lineFailures = 0;
  #pause: number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastAddress: string | URL | null = null;
  readonly #stop: () => void;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#times = { ...TIMES, ...options.times };
    this.#pause = this.#times.pause;
    this.#classes = {
      socket: reporting(options.sockets.socket, (address) => this.#socketBegins(address)),
      line: reporting(options.sockets.line, (address) => this.#lineBegins(address)),
    };
    const again = (): void => void this.#tryAgain();
    if (typeof window !== 'undefined') window.addEventListener('online', again);
    this.#stop = () => {
      if (typeof window !== 'undefined') window.removeEventListener('online', again);
    };
    if (this.#remembered() === 'line') this.#take('line');
  }

  get way(): Way {
    return this.#way;
  }

  /** What the next attempt is to be made of; the same class as long as the way is the same. */
  get socketClass(): typeof WebSocket {
    return this.#classes[this.#way];
  }

  /** Whether a socket was made for the way that is taken now. */
  isCurrent(socket: WebSocket): boolean {
    return socket instanceof this.#classes[this.#way];
  }

  /** Calls back when another way is taken; returns what stops it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  destroy(): void {
    this.#stop();
    if (this.#timer) clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  /* Sockets ------------------------------------------------------------------------------------------------------ */

  #socketBegins(address: string | URL): Attempt {
    this.#lastAddress = address;
    const began = performance.now();
    let opened = false;
    let over = false;
    const timer = setTimeout(async () => {
      // Asked later than the socket, answered earlier: the socket is not slow, it is stuck.
      if ((await this.#reaches()) && !opened && !over && this.#way === 'socket') this.#take('line');
    }, this.#times.patience);
    return {
      opened: () => {
        opened = true;
      },
      heard: () => {
        over = true;
        clearTimeout(timer);
        this.#failures = 0;
      },
      ended: (code, left) => {
        clearTimeout(timer);
        // Whoever leaves a room before it opened has learned nothing.
        const early = left && performance.now() - began < this.#times.patience;
        if (over || early || isOurs(code)) return;
        over = true;
        this.#failed(began);
      },
    };
  }

  #failed(began: number): void {
    if (this.#way !== 'socket') return;
    if (this.#reachedAt !== null && this.#reachedAt <= began) this.#failures += 1;
    if (this.#failures >= FAILURES) this.#take('line');
    else void this.#reaches();
  }

  #reaches(): Promise<boolean> {
    this.#reaching ??= this.#options
      .reaches()
      .catch(() => false)
      .then((reached) => {
        this.#reaching = null;
        this.#reachedAt = reached ? performance.now() : null;
        if (!reached) this.#failures = 0;
        return reached;
      });
    return this.#reaching;
  }

  /* The line ----------------------------------------------------------------------------------------------------- */

  #lineBegins(address: string | URL): Attempt {
    this.#lastAddress = address;
    let heard = false;
    return {
      opened: () => {},
      heard: () => {
        heard = true;
        this.#lineFailures = 0;
      },
      ended: (code, left) => {
        if (heard || left || isOurs(code) || this.#way !== 'line') return;
        this.#lineFailures += 1;
        // The network may be another one by now.
        if (this.#lineFailures >= LINE_FAILURES) this.#take('socket');
      },
    };
  }

  #take(way: Way): void {
    this.#way = way;
    this.#failures = 0;
    this.#lineFailures = 0;
    this.#reachedAt = null;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#remember(way);
    if (way === 'line') this.#tryLater();
    for (const listener of [...this.#listeners]) listener();
  }

  #tryLater(): void {
    this.#timer = setTimeout(() => void this.#tryAgain(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, this.#times.longestPause);
  }

  /** A WebSocket beside the line, which nobody notices: when it says something, the rooms may use sockets again. */
  async #tryAgain(): Promise<void> {
    if (this.#way !== 'line' || this.#lastAddress === null) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const works = await says(this.#options.sockets.socket, this.#lastAddress, this.#times.trial);
    if (this.#way !== 'line') return;
    if (works) this.#take('socket');
    else if (this.#timer === null) this.#tryLater();
  }

  #remembered(): string | null {
    try {
      return this.#options.memory?.getItem(MEMORY_KEY) ?? null;
    } catch {
      return null;
    }
  }

  #remember(way: Way): void {
    try {
      if (way === 'line') this.#options.memory?.setItem(MEMORY_KEY, way);
      else this.#options.memory?.removeItem(MEMORY_KEY);
    } catch {
      // Then it is found out again.
    }
  }
}

/** What becomes of one socket. */
interface Attempt {
  opened(): void;
  /** The first message has come. */
  heard(): void;
  /** `left`: we closed it ourselves. */
  ended(code: number, left: boolean): void;
}

/** A class whose sockets tell what becomes of them; after the first message nothing of it is in a frame's way. */
function reporting(Base: typeof WebSocket, begins: (address: string | URL) => Attempt): typeof WebSocket {
  return class ReportingSocket extends Base {
    #left = false;

    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      const attempt = begins(address);
      this.addEventListener('open', () => attempt.opened(), { once: true });
      this.addEventListener('message', () => attempt.heard(), { once: true });
      this.addEventListener('close', (event) => attempt.ended(event.code, this.#left), { once: true });
    }

    override close(code?: number, reason?: string): void {
      this.#left = true;
      super.close(code, reason);
    }
  };
}

/** Whether a socket to this address says anything in time. */
function says(Base: typeof WebSocket, address: string | URL, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new Base(address);
    const done = (said: boolean): void => {
      clearTimeout(timer);
      socket.onmessage = null;
      socket.onclose = null;
      resolve(said);
      socket.close();
    };
    const timer = setTimeout(done, ms, false);
    socket.onmessage = () => done(true);
    socket.onclose = (event) => done(isOurs(event.code));
  });
}
