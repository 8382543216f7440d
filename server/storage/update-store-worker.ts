/**
 * Why this file exists: commits wait for the disk, and a slow disk must not hold every socket of the server. This is the
 * body of the worker thread that waits instead. Requests are handled one at a time, in the order they came.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { rowsOf } from './flat-rows.ts';
import { RoomDatabase } from './update-store-core.ts';
import type { StoreReply, StoreRequest } from './update-store-messages.ts';

const port = parentPort;
if (!port) throw new Error('update-store-worker.ts runs as a worker thread only');

const database = new RoomDatabase((workerData as { file: string }).file);

function answer({ id, command }: StoreRequest): StoreReply {
  try {
    switch (command.kind) {
      case 'load':
        return { id, ok: true, result: database.load(command.room) };
      case 'append':
        database.append(rowsOf(command.flat));
        break;
      case 'compact':
        database.compact(command.room, command.snapshot, command.spans, command.seqs);
        break;
      case 'checkpoints':
        return { id, ok: true, result: database.checkpoints.answer(command.question) };
      case 'close':
        database.close();
        break;
    }
    return { id, ok: true, result: null };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { id, ok: false, name, message };
  }
}

port.on('message', (request: StoreRequest) => {
  port.postMessage(answer(request));
  // Closing the port ends the thread once the reply is out.
  if (request.command.kind === 'close') port.close();
});
