/**
 * Why this file exists: when a server goes, all its sockets close in the same moment, and y-websocket would have every
 * page dial again after exactly 200, 400, 800 … milliseconds: a herd. Here each waits its own time.
 *
 * y-websocket waits min(2^n × 100, maxBackoffTime) before the n-th attempt, and asks for both after it has said that the
 * connection is closed; so both are set in that moment.
 */
import { CLOSE } from '#shared/wire.ts';

/** What y-websocket's provider decides its pauses by. */
export interface Dialling {
  maxBackoffTime: number;
  wsUnsuccessfulReconnects: number;
}

/** The longest pause between attempts, in milliseconds. */
const LONGEST = 2_500;
/** A server that says it restarts is back in a second or two; everybody comes somewhere in this time, in milliseconds. */
const RESTART = 1_500;
/** There are too many windows already: closing one is a person's work, so the others ask seldom. */
const CROWDED = 30_000;

/** Whether to dial again by oneself after this close code: all but what will not change by itself. */
export function dialsAgain({ code }: { code: number }): boolean {
  return code === CLOSE.tooMany || !(code >= 4400 && code < 4500);
}

/** Decides the pause before the next attempt; to be called when a connection has closed with `code`. */
export function backOff(dialling: Dialling, code: number | null, random: () => number = Math.random): void {
  const attempts = dialling.wsUnsuccessfulReconnects + 1;
  if (code === CLOSE.tooMany) pause(dialling, CROWDED * (1 + random()));
  else if (code === CLOSE.restart && attempts === 1) pause(dialling, 100 + RESTART * random());
  else {
    const whole = Math.min(2 ** attempts * 100, LONGEST);
    dialling.maxBackoffTime = whole * (0.5 + 0.5 * random());
  }
}

/** A pause longer than the attempts so far would give: as if there had been more. */
function pause(dialling: Dialling, ms: number): void {
  dialling.maxBackoffTime = ms;
  while (2 ** (dialling.wsUnsuccessfulReconnects + 1) * 100 < ms) dialling.wsUnsuccessfulReconnects++;
}
