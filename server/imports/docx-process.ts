/**
 * Why this file exists: reading somebody's Word file must not slow down, harm or end the process that everybody writes
 * through. A process of its own reads one file: with bounds on time, memory and what it may say, without this one's
 * environment, and without the right to read anything but the program.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ReadDocument } from '#shared/imports/flow.ts';
import { Refusal } from '../refusal.ts';
import type { ArchiveFault } from './archive.ts';
import type { XmlFault } from './xml.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CHILD = fileURLToPath(new URL('./docx-child.ts', import.meta.url));
/** The parts of the program that reading a file is made of. The data is in none of them. */
const READABLE = ['node_modules/*', 'server/imports/*', 'server/documents/*', 'shared/*', 'package.json'];

/** The largest Word file, bytes. */
export const MAX_DOCX_BYTES = 10 * 1024 * 1024;
const MOST_MS = 20_000;
/** Of JavaScript's heap; what is unpacked beside it is bounded by archive.ts. */
const MOST_HEAP_MB = 256;
const MOST_ANSWER_BYTES = 24 * 1024 * 1024;
const MOST_WAITING = 10;
const AGAIN_S = 5;

/** What the far end says. */
export type DocxAnswer = { document: ReadDocument } | { fault: ArchiveFault | XmlFault };

const TOO_LARGE: ReadonlySet<string> = new Set(['too-many-entries', 'too-large-unpacked', 'too-many-elements']);

/** What a Word file says. Refuses with `too-large` or `bad-request`; with `too-many-attempts` when too many wait. */
export type ReadWord = (bytes: Uint8Array) => Promise<ReadDocument>;

/** One file at a time; `mostMs` is how long it may take, `seen` is told the process that reads it. */
export function createReadWord({
  mostMs = MOST_MS,
  seen,
}: {
  mostMs?: number;
  seen?(pid: number): void;
} = {}): ReadWord {
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (bytes) => {
    if (waiting >= MOST_WAITING)
      throw new Refusal('too-many-attempts', 'Too many files are being read.', { retryAfter: AGAIN_S });
    waiting++;
    const mine = turn.then(() => inProcess(bytes, mostMs, seen)).then(checked);
    turn = mine.catch(() => undefined).finally(() => waiting--);
    return mine;
  };
}

const wrong = (fault: string): Refusal => {
  const tooLarge = TOO_LARGE.has(fault);
  return new Refusal(tooLarge ? 'too-large' : 'bad-request', 'The file cannot be taken in.', {
    fields: { file: fault },
  });
};

function checked(answer: DocxAnswer): ReadDocument {
  if ('fault' in answer) throw wrong(answer.fault);
  return answer.document;
}

function inProcess(bytes: Uint8Array, mostMs: number, seen?: (pid: number) => void): Promise<DocxAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${MOST_HEAP_MB}`,
        '--permission',
        '--no-warnings',
        ...READABLE.map((path) => `--allow-fs-read=${ROOT}${path}`),
        CHILD,
      ],
      { cwd: ROOT, env: {}, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true },
    );
    if (child.pid !== undefined) seen?.(child.pid);
    const pieces: Buffer[] = [];
    let size = 0;
    let fault = 'broken';
    const stop = (why: string): void => {
      fault = why;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => stop('too-many-elements'), mostMs);
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.byteLength;
      if (size > MOST_ANSWER_BYTES) stop('too-many-elements');
      else pieces.push(piece);
    });
    // It may end before it has read all: then it says why, or nothing.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code !== 0) return reject(wrong(fault));
      try {
        resolve(JSON.parse(Buffer.concat(pieces).toString('utf8')) as DocxAnswer);
      } catch {
        reject(wrong(fault));
      }
    });
    child.stdin.end(bytes);
  });
}
