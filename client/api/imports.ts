/** Why this file exists: what the client can ask about taking files in, one function a question. Each throws ApiFailure. */
import type { ApiError, Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { ImportInput, ImportPreview } from '#shared/imports/api.ts';
import { ApiFailure, done, http, json } from './request.ts';

const one = http.api.meetings[':meetingId'].import[':previewId'];

/** Bytes are no JSON, so this goes past the typed client. */
async function send<T>(path: string, file: Blob): Promise<T> {
  const headers = { 'content-type': 'application/octet-stream' };
  const answer = await fetch(path, { method: 'POST', body: file, headers }).catch(() => {
    throw new ApiFailure('offline');
  });
  if (answer.ok) return (await answer.json()) as T;
  const body = (await answer.json().catch(() => null)) as Partial<ApiError> | null;
  throw new ApiFailure(body?.error?.code ?? 'internal', body?.error ?? {});
}

export const importApi = {
  /** A new meeting from a protocol's JSON. */
  minutes: (file: Blob) => send<Meeting>('/api/meetings/import', file),
  preview: (meetingId: Id, file: Blob) => send<ImportPreview>(`/api/meetings/${meetingId}/import`, file),
  take: (meetingId: Id, previewId: Id, input: ImportInput) =>
    json(one.$post({ param: { meetingId, previewId }, json: input })),
  undo: (meetingId: Id, previewId: Id) => done(one.$delete({ param: { meetingId, previewId } })),
};
