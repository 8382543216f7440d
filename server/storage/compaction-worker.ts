/**
 * Why this file exists: rebuilding a long history takes a tenth of a second and more, and no socket should wait for it.
 * This is the body of a thread that compacts rooms over a connection of its own: it reads, works it out and writes the
 * result in one short transaction, in which the journal's commits wait for some milliseconds at most.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { compacted } from '../relay/compaction.ts';
import type { CompactionReply, CompactionRequest } from './compaction-thread.ts';
import { RoomDatabase } from './update-store-core.ts';

const port = parentPort;
if (!port) throw new Error('compaction-worker.ts runs as a worker thread only');

const database = new RoomDatabase((workerData as { file: string }).file);

async function compact({ id, room }: CompactionRequest): Promise<CompactionReply> {
  const logged: CompactionReply['logged'] = [];
  try {
    const stored = database.load(room);
    const result =
      stored.rows.length > 0 ? await compacted(stored, room, (event, fields) => logged.push({ event, fields })) : null;
    if (!result) return { id, logged, ok: true, done: null };
    database.compact(room, result.snapshot, result.spans, result.seqs);
    return { id, logged, ok: true, done: { rows: result.seqs.length, bytes: result.snapshot.byteLength } };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { id, logged, ok: false, name, message };
  }
}

// One after the other: two rooms' documents at once would only be twice the memory.
let last: Promise<void> = Promise.resolve();
port.on('message', (request: CompactionRequest | 'close') => {
  last = last.then(async () => {
    if (request === 'close') {
      database.close();
      port.close();
    } else port.postMessage(await compact(request));
  });
});
