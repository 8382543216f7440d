/** Why this file exists: what the client can ask about attachments, one function a question. Each throws ApiFailure. */
import type { ApiError } from '#shared/api.ts';
import type { AttachmentPatch, UploadInput, UploadView } from '#shared/attachments/api.ts';
import type { Id } from '#shared/ids.ts';
import { ApiFailure, done, http, json } from './request.ts';

const meeting = http.api.meetings[':meetingId'];
const attachments = meeting.items[':itemId'].attachments;
const one = attachments[':attachmentId'];
const upload = attachments.uploads[':uploadId'];

export interface ItemOf {
  meetingId: Id;
  itemId: Id;
}
export interface AttachmentOf extends ItemOf {
  attachmentId: Id;
}
export interface UploadOf extends ItemOf {
  uploadId: Id;
}

/** Where the file is; `shown` asks for it in place. */
export function contentAddress({ meetingId, itemId, attachmentId }: AttachmentOf, shown = false): string {
  const path = `/api/meetings/${meetingId}/items/${itemId}/attachments/${attachmentId}/content`;
  return shown ? `${path}?shown=1` : path;
}

/** Bytes are no JSON, so this one goes past the typed client. */
async function piece({ meetingId, itemId, uploadId }: UploadOf, at: number, bytes: Blob, signal: AbortSignal) {
  const path = `/api/meetings/${meetingId}/items/${itemId}/attachments/uploads/${uploadId}?at=${at}`;
  const headers = { 'content-type': 'application/octet-stream' };
  const answer = await fetch(path, { method: 'PUT', body: bytes, headers, signal }).catch(() => {
    throw new ApiFailure('offline');
  });
  if (answer.ok) return (await answer.json()) as UploadView;
  const body = (await answer.json().catch(() => null)) as Partial<ApiError> | null;
  throw new ApiFailure(body?.error?.code ?? 'internal', body?.error ?? {});
}

/** Every change of the list answers with the whole of it. */
export const attachmentApi = {
  list: (meetingId: Id) => json(meeting.attachments.$get({ param: { meetingId } })),
  change: (param: AttachmentOf, input: AttachmentPatch) => json(one.$patch({ param, json: input })),
  remove: (param: AttachmentOf) => json(one.$delete({ param })),
  takeBack: (param: AttachmentOf) => json(one.restore.$post({ param })),
  begin: (param: ItemOf, input: UploadInput) => json(attachments.uploads.$post({ param, json: input })),
  piece,
  finish: (param: UploadOf) => json(upload.finish.$post({ param })),
  abandon: (param: UploadOf) => done(upload.$delete({ param })),
};
