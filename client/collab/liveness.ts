/**
 * Why this file exists: a socket can be dead without saying so (a lid closed, a Wi-Fi left). y-websocket notices after
 * 30 s; people keep typing meanwhile. The server sends something at least every 15 s and answers what we ask, so silence
 * is asked about after 5 s and believed after another 5.
 */

export interface LivenessDeps {
  /** Milliseconds, only differences count. */
  now(): number;
  /** Sends something the server answers; false when there is no open socket. */
  ask(): boolean;
  /** The socket is dead: drop it and dial again. */
  dead(): void;
  /** Dial now if nobody is connected, instead of waiting out the back-off. */
  dial(): void;
  /** The server owes an answer that came on this socket or never will: the text, or that it is saved. */
  waiting(): boolean;
  /** Whether a socket is open, being opened, or neither. */
  socket(): 'open' | 'opening' | 'none';
}

const TICK = 1_000;
const ASK_AFTER = 5_000;
const BELIEVE_AFTER = 5_000;
const OPEN_WITHIN = 10_000;
/** After a pause of the page this much silence is enough. */
const STALE_AFTER = 20_000;

export class Liveness {
  readonly #deps: LivenessDeps;
  #lastHeard: number;
  #askedAt: number | null = null;
  #openingSince: number | null = null;
  #waitingSince: number | null = null;
  #timer: ReturnType<typeof setInterval>;
  #stop: () => void;

  constructor(deps: LivenessDeps) {
    this.#deps = deps;
    this.#lastHeard = deps.now();
    this.#timer = setInterval(() => this.tick(), TICK);
    this.#stop = listenToPage(
      () => this.wake(),
      () => this.#suspect(),
    );
  }

  /** Something arrived. */
  heard(): void {
    this.#lastHeard = this.#deps.now();
    this.#askedAt = null;
  }

  /** Looks once; public so that tests need no timers. */
  tick(): void {
    const now = this.#deps.now();
    const socket = this.#deps.socket();
    if (socket === 'opening') {
      this.#openingSince ??= now;
      if (now - this.#openingSince >= OPEN_WITHIN) {
        this.#openingSince = null;
        this.#deps.dead();
      }
      return;
    }
    this.#openingSince = null;
    if (socket === 'none') {
      this.#askedAt = null;
      this.#waitingSince = null;
      return;
    }
    // In a busy room silence never comes; an answer that was lost on the way is asked for all the same.
    if (!this.#deps.waiting()) this.#waitingSince = null;
    else {
      this.#waitingSince ??= now;
      if (now - this.#waitingSince >= ASK_AFTER) {
        this.#waitingSince = now;
        this.#deps.ask();
      }
    }
    if (this.#askedAt !== null) {
      // Counted from the question, not from the silence: a throttled timer in a hidden tab may come late.
      if (now - this.#askedAt >= BELIEVE_AFTER) this.#drop();
    } else if (now - this.#lastHeard >= ASK_AFTER) this.#suspect();
  }

  /** The page is shown again, thawed, or the network is back. */
  wake(): void {
    if (this.#deps.socket() !== 'open') this.#deps.dial();
    else if (this.#deps.now() - this.#lastHeard >= STALE_AFTER) this.#drop();
    else this.#suspect();
  }

  destroy(): void {
    clearInterval(this.#timer);
    this.#stop();
  }

  #suspect(): void {
    if (this.#askedAt === null && this.#deps.socket() === 'open' && this.#deps.ask()) this.#askedAt = this.#deps.now();
  }

  #drop(): void {
    this.#askedAt = null;
    this.#lastHeard = this.#deps.now();
    this.#deps.dead();
  }
}

function listenToPage(wake: () => void, suspect: () => void): () => void {
  if (typeof window === 'undefined') return () => {};
  const shown = () => {
    if (document.visibilityState === 'visible') wake();
  };
  document.addEventListener('visibilitychange', shown);
  document.addEventListener('resume', wake);
  window.addEventListener('pageshow', wake);
  window.addEventListener('online', wake);
  window.addEventListener('offline', suspect);
  return () => {
    document.removeEventListener('visibilitychange', shown);
    document.removeEventListener('resume', wake);
    window.removeEventListener('pageshow', wake);
    window.removeEventListener('online', wake);
    window.removeEventListener('offline', suspect);
  };
}
