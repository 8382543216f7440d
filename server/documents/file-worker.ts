/** Why this file exists: the far end of file-thread.ts: one file, then it ends, and its memory with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { fileOf, type Job } from './job.ts';

try {
  parentPort?.postMessage(await fileOf(workerData as Job));
} catch (error) {
  // The typesetter asked for memory beyond its bound: it has no other way of saying so.
  if (!(error instanceof WebAssembly.RuntimeError)) throw error;
  parentPort?.postMessage('no-memory');
}
