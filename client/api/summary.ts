/** Why this file exists: what the client can ask about shared summaries, one function a question. Each throws ApiFailure. */
import type { z } from 'zod';
import type { ExportFormat } from '#shared/document/formats.ts';
import type { Id } from '#shared/ids.ts';
import type {
  finaliseInput,
  RevisionContent,
  remarkInput,
  reopenInput,
  threadInput,
  threadPatch,
} from '#shared/summary/api.ts';
import { http, json } from './request.ts';
import type { WorkshopOf } from './workshop.ts';

type In<S extends z.ZodType> = z.input<S>;
const summary = http.api.meetings[':meetingId'].items[':itemId'].summary;
const thread = summary.threads[':threadId'];

/** Every change answers with the summary as it stands then. */
export const summaryApi = {
  get: (param: WorkshopOf) => json(summary.$get({ param })),
  // The types over HTTP do not follow blocks within blocks; the server's schema is this very type.
  revision: (of: WorkshopOf, n: number) =>
    json(summary.revisions[':n'].$get({ param: { ...of, n: String(n) } })) as unknown as Promise<RevisionContent>,
  finalise: (param: WorkshopOf, input: In<typeof finaliseInput>) =>
    json(summary.finalise.$post({ param, json: input })),
  reopen: (param: WorkshopOf, input: In<typeof reopenInput>) => json(summary.reopen.$post({ param, json: input })),
  comment: (param: WorkshopOf, input: In<typeof threadInput>) => json(summary.threads.$post({ param, json: input })),
  reply: (of: WorkshopOf, threadId: Id, input: In<typeof remarkInput>) =>
    json(thread.remarks.$post({ param: { ...of, threadId }, json: input })),
  resolve: (of: WorkshopOf, threadId: Id, input: In<typeof threadPatch>) =>
    json(thread.$patch({ param: { ...of, threadId }, json: input })),
};

/** Address of a file: of a revision, or of the text that is being written with `null`. */
export function summaryFile(
  { meetingId, itemId }: WorkshopOf,
  n: number | null,
  format: ExportFormat,
  { origin, lang }: { origin: boolean; lang: 'sv' | 'en' },
): string {
  const of = n === null ? 'draft' : `revisions/${n}`;
  return `/api/meetings/${meetingId}/items/${itemId}/summary/${of}/${format}?origin=${origin ? 1 : 0}&lang=${lang}`;
}
