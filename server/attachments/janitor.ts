/**
 * Why this file exists: what a cut upload or a lost disk leaves behind is put in order: when the server starts, and now and then.
 * What is found missing is told in the log, because somebody has to bring it back from a backup.
 */
import { REMOVED_KEPT_MS, UPLOAD_IDLE_MS } from '#shared/attachments/limits.ts';
import type { Clock } from '../relay/ports.ts';
import type { AttachmentStore, Swept, Warn } from './ports.ts';

export interface Janitor {
  /** Once, now. */
  sweep(): Promise<Swept>;
}

export function createJanitor(store: AttachmentStore, clock: Clock, warn: Warn): Janitor {
  return {
    async sweep() {
      const now = clock();
      const swept = await store.sweep({ idleBefore: now - UPLOAD_IDLE_MS, removedBefore: now - REMOVED_KEPT_MS });
      if (swept.lost > 0) warn('attachments without their bytes', { count: String(swept.lost) });
      return swept;
    },
  };
}
