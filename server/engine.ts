/**
 * Why this file exists: V8's defaults are those of a browser's page, which lives for a minute and owns its machine. A
 * server lives for weeks, mostly waits, and its memory is counted per open room. What is asked of the engine differently
 * is said here, once, for the program, the demo and the bench alike. What each gains: docs/relay-performance.md.
 */
import { setFlagsFromString } from 'node:v8';

const FLAGS = [
  // The young part of the heap doubles when many come at once, up to three times 16 MB, and keeps that for good though
  // nothing is in it. A megabyte holds what lives between two turns; of more, nothing here becomes cheaper.
  '--semi-space-growth-factor=1',
  // The last compiler costs a hundred times what it gains on code that waits for sockets. What is called all the time
  // under load gets there within a second all the same; the compiler before it (Maglev) does the rest.
  '--invocation-count-for-turbofan=20000',
] as const;

/** Sets them, for all threads that are started later too. To be called before the rest of the program is read. */
export function tuneEngine(): void {
  for (const flag of FLAGS) setFlagsFromString(flag);
}
