/**
 * Why this file exists: what the relay counts about itself. One plain object of numbers, handed in by who wants to read it
 * (metrics, the administrator's page, tests) and incremented in place, so that counting costs next to nothing and the
 * relay knows nothing of who looks. Nothing in it says who wrote what, or where.
 */

/** Durations in milliseconds, counted by size: `counts[i]` is how many took at most `bounds[i]`, the last one the rest. */
export interface Durations {
  readonly counts: number[];
  count: number;
  sum: number;
}

/** Upper bounds of the sizes, milliseconds: fine where people notice, coarse where only trouble is. */
export const DURATION_BOUNDS: readonly number[] = [
  0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024, 2048, 4096, 8192,
];

/** Counters only rise unless they are said to be "now"; anybody may add a field. */
export interface RelayStats {
  /** Rooms loaded now. */
  rooms: number;
  /** Sockets now, those still being let in included. */
  connections: number;
  connectionsOpened: number;
  /** Connections the relay closed, by close code. */
  closed: Record<number, number>;
  framesIn: number;
  bytesIn: number;
  framesOut: number;
  bytesOut: number;
  /** Updates accepted into the journal, the server's own included. */
  updatesIn: number;
  /** Updates times the connections they were sent to, however they were merged into frames. */
  deliveries: number;
  presenceIn: number;
  /** Presence frames sent. */
  presenceOut: number;
  commits: number;
  commitFailures: number;
  /** Updates committed. */
  rows: number;
  /** One commit, asked for → on the disk. */
  commitMs: Durations;
  /** One update, accepted → on the disk. */
  persistMs: Durations;
  /** Updates refused, by a short code of why; the codes are the relay's own and few. */
  refused: Record<string, number>;
  /** Times a client was asked for everything it has while it was in a room. */
  resyncs: number;
  /** Clients whose content was not the server's when the room was quiet. */
  hashDifferences: number;
  /** Of them, those whose copy still differed after a resync and had to be replaced. */
  hashReplacements: number;
  /** Peers cut because they did not read. */
  slowPeers: number;
  /** Messages that closed their connection because they could not be read. */
  malformed: number;
  compactions: number;
  compactionFailures: number;
  loadErrors: number;
  /** Since when storage takes no updates, server's clock in milliseconds; `null` while it does. */
  storageUnavailableSince: number | null;
}

export function createDurations(): Durations {
  return { counts: new Array<number>(DURATION_BOUNDS.length + 1).fill(0), count: 0, sum: 0 };
}

/** Counts one duration of `ms` milliseconds; a negative one (a clock that was set) counts as none. */
export function observe(durations: Durations, ms: number): void {
  const took = ms > 0 ? ms : 0;
  let at = 0;
  while (at < DURATION_BOUNDS.length && took > DURATION_BOUNDS[at]!) at++;
  durations.counts[at]!++;
  durations.count++;
  durations.sum += took;
}

/**
 * The duration that the part `share` (0–1) of the counted ones did not exceed, in milliseconds, estimated within its
 * bucket; `null` when nothing was counted. What is above the last bound is told as that bound.
 */
export function quantile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, n) => sum + n, 0);
  if (total === 0) return null;
  const wanted = share * total;
  let before = 0;
  for (const [i, n] of counts.entries()) {
    if (n > 0 && before + n >= wanted) {
      const low = i === 0 ? 0 : DURATION_BOUNDS[i - 1]!;
      const high = DURATION_BOUNDS[i] ?? low;
      return low + ((high - low) * (wanted - before)) / n;
    }
    before += n;
  }
  return DURATION_BOUNDS.at(-1)!;
}

/** Adds one to a count by name. `name` must come from a short list of ours, never from a client. */
export function countBy<Name extends string | number>(counts: Record<Name, number>, name: Name): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

export function createStats(): RelayStats {
  return {
    rooms: 0,
    connections: 0,
    connectionsOpened: 0,
    closed: {},
    framesIn: 0,
    bytesIn: 0,
    framesOut: 0,
    bytesOut: 0,
    updatesIn: 0,
    deliveries: 0,
    presenceIn: 0,
    presenceOut: 0,
    commits: 0,
    commitFailures: 0,
    rows: 0,
    commitMs: createDurations(),
    persistMs: createDurations(),
    refused: {},
    resyncs: 0,
    hashDifferences: 0,
    hashReplacements: 0,
    slowPeers: 0,
    malformed: 0,
    compactions: 0,
    compactionFailures: 0,
    loadErrors: 0,
    storageUnavailableSince: null,
  };
}
