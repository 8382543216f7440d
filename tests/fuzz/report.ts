/**
 * Why this file exists: what every part of the mutation fuzz measures and promises: nothing takes long, nothing is kept.
 */

export interface FuzzReport {
  /** Messages sent. */
  count: number;
  /** By what became of them. */
  outcomes: Record<string, number>;
  /** The dearest single message, milliseconds of this thread's processor time. */
  slowestMs: number;
  /** The seed and the bytes of it. */
  slowest: string;
}

export function emptyReport(): FuzzReport {
  return { count: 0, outcomes: {}, slowestMs: 0, slowest: '' };
}

/** Runs the handling of one message and notes what it took. The machine's other work is not counted. */
export function timed(report: FuzzReport, seed: number, message: Uint8Array, handle: () => string): void {
  const began = process.threadCpuUsage();
  const outcome = handle();
  const { user, system } = process.threadCpuUsage(began);
  const ms = (user + system) / 1_000;
  report.count++;
  report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
  if (ms <= report.slowestMs) return;
  report.slowestMs = ms;
  report.slowest = `SEED=${seed} ${Buffer.from(message).toString('hex').slice(0, 2_000)}`;
}

/** Bytes this process holds, after a collection when the flag --expose-gc allows one. */
export function heldBytes(): number {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
