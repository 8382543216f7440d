/** Why this file exists: the far end of look-thread.ts: one file is looked at, then the thread ends, and its memory with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { look } from './content.ts';

const { bytes, name } = workerData as { bytes: ArrayBuffer; name: string };
parentPort?.postMessage(await look(Buffer.from(bytes), name));
