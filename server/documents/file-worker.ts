/** Why this file exists: the far end of file-thread.ts: one file, then it ends, and its memory with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { fileOf, type Job } from './job.ts';

parentPort?.postMessage(await fileOf(workerData as Job));
