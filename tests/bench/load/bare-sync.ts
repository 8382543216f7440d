/**
 * Why this file exists: what the disk itself takes to promise something: a few hundred bytes behind a file and fdatasync,
 * at the pace of somebody who types.
 */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Times, timesOf } from '../stats.ts';

export async function bareSync({ folder, times }: { folder: string; times: number }): Promise<Times> {
  const file = openSync(join(folder, 'bare-sync'), 'w');
  const bytes = Buffer.alloc(4_096, 101);
  const took: number[] = [];
  for (let n = 0; n < times; n++) {
    const at = performance.now();
    writeSync(file, bytes);
    fdatasyncSync(file);
    took.push(performance.now() - at);
    await pause(50);
  }
  closeSync(file);
  return timesOf(took);
}
