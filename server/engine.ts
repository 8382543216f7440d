/**
 * Why this file exists: V8's defaults are those of a browser's page, which lives for a minute and owns its machine. A
 * server lives for weeks, mostly waits, and its memory is counted per open room. What is asked of the engine differently
 * is said here, once, for the program, the demo and the bench alike. What each gains: docs/relay-performance.md.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const FLAGS = [
  // The young part of the heap doubles when many come at once, up to three times 32 MB. A megabyte is enough for a house
  // that waits; where typing lasts it is let grow (memory-keeper.ts).
  '--semi-space-growth-factor=1',
  // The last compiler costs a hundred times what it gains on code that waits for sockets. What is called all the time
  // under load gets there within a second all the same; the compiler before it (Maglev) does the rest.
  '--invocation-count-for-turbofan=20000',
] as const;

/** Sets them, for all threads that are started later too. To be called before the rest of the program is read. */
export function tuneEngine(): void {
  for (const flag of FLAGS) setFlagsFromString(flag);
}

/** How the young part of this thread's heap grows from now on: eightfold when it next fills with what lives, or not at all. */
export function letYoungGrow(may: boolean): void {
  setFlagsFromString(`--semi-space-growth-factor=${may ? 8 : 1}`);
}

/** Bytes set aside for the young part of the heap now. */
export function youngBytes(): number {
  return getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')?.space_size ?? 0;
}

/**
 * Collects everything and gives the system back what is free, which V8 otherwise keeps for the next time. Takes some 50 ms,
 * and 150 where two thousand are connected: for when nobody writes.
 */
export function giveMemoryBack(): void {
  setFlagsFromString('--expose-gc');
  // A context made after the flag has the function; one more, and nothing of it stays.
  runInNewContext("globalThis.gc?.({ type: 'major', flavor: 'last-resort' })");
}
