/** Why this file exists: what the client can ask about signing and handing out protocols. Each throws ApiFailure. */
import type { z } from 'zod';
import type { ExportFormat } from '#shared/document/formats.ts';
import type { Id } from '#shared/ids.ts';
import type { correctionInput, dispatchInput, Sealed, SignOffInput, sealInput } from '#shared/signoff/api.ts';
import { http, json } from './request.ts';

const minutes = http.api.meetings[':meetingId'].minutes;

export type DispatchInput = z.input<typeof dispatchInput>;

export const signOffApi = {
  get: (meetingId: Id) => json(minutes['sign-off'].$get({ param: { meetingId } })),
  step: (meetingId: Id, input: SignOffInput) => json(minutes['sign-off'].$post({ param: { meetingId }, json: input })),
  seal: (meetingId: Id, input: z.input<typeof sealInput>) =>
    json(minutes.revisions.$post({ param: { meetingId }, json: input })),
  // The types over HTTP do not follow blocks within blocks; the server's schema is this very type.
  sealed: (meetingId: Id, n: number) =>
    json(minutes.revisions[':n'].$get({ param: { meetingId, n: String(n) } })) as unknown as Promise<Sealed>,
  correct: (meetingId: Id, input: z.input<typeof correctionInput>) =>
    json(minutes.corrections.$post({ param: { meetingId }, json: input })),
  dispatch: (meetingId: Id, input: DispatchInput) =>
    json(minutes.dispatches.$post({ param: { meetingId }, json: input })),
};

/** Address of a file of the sealed protocol. */
export const sealedFile = (meetingId: Id, n: number, format: ExportFormat | 'zip'): string =>
  `/api/meetings/${meetingId}/minutes/revisions/${n}/files/${format}`;
/** Address of what was handed out. */
export const dispatchedFile = (meetingId: Id, dispatchId: Id): string =>
  `/api/meetings/${meetingId}/minutes/dispatches/${dispatchId}/file`;
