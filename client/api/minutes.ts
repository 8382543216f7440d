/** Why this file exists: what the client can ask about protocols, one function a question. Each throws ApiFailure. */
import type { z } from 'zod';
import type { ExportFormat } from '#shared/document/formats.ts';
import type { Id } from '#shared/ids.ts';
import type { MinutesView, minutesPatch, minutesQuery } from '#shared/minutes/api.ts';
import { http, json } from './request.ts';

export type MinutesAsked = z.input<typeof minutesQuery>;
const minutes = http.api.meetings[':meetingId'].minutes;

export const minutesApi = {
  // The types over HTTP do not follow blocks within blocks; the server's schema is this very type.
  get: (meetingId: Id, query: MinutesAsked) =>
    json(minutes.$get({ param: { meetingId }, query })) as unknown as Promise<MinutesView>,
  change: (meetingId: Id, input: z.input<typeof minutesPatch>, query: MinutesAsked) =>
    json(minutes.$patch({ param: { meetingId }, json: input, query })) as unknown as Promise<MinutesView>,
};

/** Address of a file of the protocol. */
export function minutesFile(meetingId: Id, format: ExportFormat, { style, lang }: MinutesAsked): string {
  const asked = new URLSearchParams({ ...(style ? { style } : {}), ...(lang ? { lang } : {}) });
  return `/api/meetings/${meetingId}/minutes/files/${format}?${asked}`;
}
