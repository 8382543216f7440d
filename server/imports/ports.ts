/** Why this file exists: what is kept of a protocol that came from a file, said without saying where. */
import type { Id } from '#shared/ids.ts';
import type { ImportedRecord } from '#shared/imports/record.ts';

/** Contract suite: tests/storage/imported-store.test.ts. */
export interface ImportedStore {
  /** Keeps the record of a meeting, once; it never changes. May come before the meeting itself. */
  insert(meetingId: Id, record: ImportedRecord): Promise<void>;
  /** `null` for a meeting that was made here. */
  get(meetingId: Id): Promise<ImportedRecord | null>;
  /** When and by whom; `null` for a meeting that was made here. */
  origin(meetingId: Id): Promise<Pick<ImportedRecord, 'at' | 'by'> | null>;
}
