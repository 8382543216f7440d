/**
 * Why this file exists: one file on its way. What is shown as sent has been kept by the server; a cut line costs one piece, and when
 * the line is back the upload goes on where the server says it is.
 */
import type { FileProblem, UploadInput, UploadView } from '#shared/attachments/api.ts';
import { FILE_PROBLEMS } from '#shared/attachments/api.ts';
import { claimedKind } from '#shared/attachments/kinds.ts';
import { MAX_FILE_BYTES, PIECE_BYTES } from '#shared/attachments/limits.ts';
import { type Id, newId } from '#shared/ids.ts';
import { ApiFailure } from '../api/request.ts';

/** `waiting` for the line; `looking`: all is sent, the server looks at it. */
export type UploadStep = 'sending' | 'waiting' | 'looking' | 'failed' | 'done';

export interface UploadState {
  readonly id: Id;
  readonly name: string;
  readonly size: number;
  /** Bytes the server has kept. */
  readonly received: number;
  readonly step: UploadStep;
  /** Why it failed; `null` otherwise. */
  readonly problem: FileProblem | 'refused' | null;
}

/** What is asked of the server; client/api/attachments.ts, or a test's. */
export interface UploadWire {
  begin(input: UploadInput): Promise<UploadView>;
  piece(uploadId: Id, at: number, bytes: Blob, signal: AbortSignal): Promise<UploadView>;
  finish(uploadId: Id): Promise<UploadView>;
  abandon(uploadId: Id): Promise<void>;
  /** Resolves when it is time to try again: so many milliseconds have passed, or the line is back. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Upload {
  readonly state: UploadState;
  /** Gives it up, on the server too. */
  cancel(): void;
  /** Once more from where it is, after it failed. */
  retry(): void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

function problemOf(error: unknown): FileProblem | 'refused' {
  const code = error instanceof ApiFailure ? error.fields.file : undefined;
  return FILE_PROBLEMS.find((one) => one === code) ?? 'refused';
}

/** A lost line and a server's own trouble pass by themselves; so does a piece that came twice. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof ApiFailure)) return false;
  if (error.code === 'conflict') return error.fields.at === 'gap';
  return ['offline', 'internal', 'storage', 'not-ready', 'too-many-attempts'].includes(error.code);
}

/** Sends `file`; `changed` hears of every step, `done` of the attachment it became. */
export function startUpload(
  file: File,
  before: Id | null,
  wire: UploadWire,
  changed: (state: UploadState) => void,
  done: (attachmentId: Id) => void,
): Upload {
  let abort = new AbortController();
  let state: UploadState = {
    id: newId(),
    name: file.name,
    size: file.size,
    received: 0,
    step: 'sending',
    problem: null,
  };
  const set = (change: Partial<UploadState>): void => {
    state = { ...state, ...change };
    changed(state);
  };

  async function once(signal: AbortSignal): Promise<Id> {
    const begun = await wire.begin({ uploadId: state.id, name: file.name, size: file.size, before });
    if (begun.attachmentId !== null) return begun.attachmentId;
    set({ received: begun.received, step: 'sending' });
    for (let at = begun.received; at < file.size; at = state.received) {
      const { received } = await wire.piece(state.id, at, file.slice(at, at + PIECE_BYTES), signal);
      signal.throwIfAborted();
      set({ received });
    }
    set({ step: 'looking' });
    const { attachmentId } = await wire.finish(state.id);
    if (attachmentId === null) throw new ApiFailure('internal');
    return attachmentId;
  }

  async function run(): Promise<void> {
    const { signal } = abort;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const held = state.received;
      try {
        const attachmentId = await once(signal);
        if (signal.aborted) return;
        set({ step: 'done', received: file.size });
        done(attachmentId);
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!mayPass(error)) {
          set({ step: 'failed', problem: problemOf(error) });
          return;
        }
        set({ step: 'waiting' });
        await wire.pause(state.received > held ? FIRST_PAUSE_MS : pause, signal);
        if (signal.aborted) return;
      }
    }
  }

  // What would be refused anyway is not sent first.
  if (file.size === 0) state = { ...state, step: 'failed', problem: 'empty' };
  else if (file.size > MAX_FILE_BYTES) state = { ...state, step: 'failed', problem: 'too-large' };
  else if (claimedKind(file.name) === null) state = { ...state, step: 'failed', problem: 'kind' };
  else void run();

  return {
    get state() {
      return state;
    },
    cancel() {
      abort.abort();
      if (state.step !== 'failed' && state.step !== 'done') void wire.abandon(state.id).catch(() => undefined);
    },
    retry() {
      if (state.step !== 'failed') return;
      abort = new AbortController();
      set({ step: 'sending', problem: null });
      void run();
    },
  };
}

/** Waits, at most until the line is back. */
export function pauseOrOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
