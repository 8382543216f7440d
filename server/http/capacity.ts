/**
 * Why this file exists: a process has so many file descriptors and so much memory. Without a bound of our own the last
 * ones go to whoever dials most: then the database cannot open its files, or the process dies with everybody in it. So
 * newcomers are refused while there is still room for those who are here.
 */
import { readFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';

/** Descriptors kept for everything that is not a socket: database, log, backup, the client's files. */
const RESERVED_FILES = 128;
/** What one socket may cost at worst on average, in bytes of heap; most cost a tenth of it. */
const PER_SOCKET = 64 * 1024;
/** So much of the heap in use means that there is no room for more. */
const FULL = 0.85;
/** The heap is looked at this often at most, in milliseconds. */
const LOOK_MS = 250;

/** Open files this process may have; `null` where the system does not say. */
function fileLimit(): number | null {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}

/** How many sockets this process takes at the same time, from what the system and the heap allow; at least some. */
export function socketCapacity(files: number | null = fileLimit(), heap = getHeapStatistics().heap_size_limit): number {
  const byFiles = files === null ? Number.POSITIVE_INFINITY : files - RESERVED_FILES;
  return Math.max(16, Math.floor(Math.min(byFiles, heap / 2 / PER_SOCKET)));
}

/** Tells, cheaply, whether the heap is nearly full. */
export function createHeapWatch(
  now: () => number = () => performance.now(),
  heap: () => { used_heap_size: number; heap_size_limit: number } = getHeapStatistics,
): () => boolean {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let full = false;
  return () => {
    if (now() - lookedAt < LOOK_MS) return full;
    lookedAt = now();
    const { used_heap_size: used, heap_size_limit: limit } = heap();
    full = used > limit * FULL;
    return full;
  };
}
