/** Why this file exists: the far end of file-thread.ts: one file, then it ends, and its memory with it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FileInput } from './file.ts';

const { kind, input } = workerData as { kind: 'docx' | 'pdf'; input: FileInput };

/** Loaded when it is needed: either is several megabytes. */
async function make(): Promise<Uint8Array> {
  if (kind === 'docx') return (await import('./docx.ts')).docxFile(input);
  return (await import('./pdf.ts')).pdfFile(input);
}

parentPort?.postMessage(await make());
