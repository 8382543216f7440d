/**
 * Why this file exists: copying the data takes as long as it takes, and the server has people to serve meanwhile. This is
 * the body of the thread that makes one backup and ends.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { makeBackup } from './backup.ts';

/** What the thread is told. */
export interface BackupOrder {
  dataDir: string;
  target: string;
  program: string;
  at: number;
}

const { dataDir, target, program, at } = workerData as BackupOrder;
parentPort?.postMessage(makeBackup(dataDir, target, program, at));
