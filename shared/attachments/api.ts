/** Why this file exists: the forms in which attachments are asked for and answered. */
import { z } from 'zod';
import { idSchema } from '../api.ts';
import { FILE_KIND_NAMES } from './kinds.ts';
import { MAX_FILE_BYTES } from './limits.ts';

const placeSchema = z.strictObject({ itemId: idSchema, before: idSchema.nullable() });
const nameSchema = z.string().trim().min(1).max(1_000);

/** Begins an upload, or asks how far it has come. The id is the sender's own and makes a repeated question harmless. */
export const uploadInput = z.strictObject({
  uploadId: idSchema,
  name: nameSchema,
  size: z.int().min(1).max(MAX_FILE_BYTES),
  /** Before which of the item's it is to stand; by default last. */
  before: idSchema.nullable().default(null),
});
export type UploadInput = z.input<typeof uploadInput>;

/** Another name, or another place. */
export const attachmentPatch = z.strictObject({
  name: nameSchema.optional(),
  place: placeSchema.optional(),
});
export type AttachmentPatch = z.input<typeof attachmentPatch>;

export const attachmentSchema = z.object({
  id: idSchema,
  itemId: idSchema,
  /** "2.1.1", "Bilaga" left out; '' for one whose item is put away. */
  number: z.string(),
  /** The number stays, whatever becomes of item and order. */
  fixed: z.boolean(),
  name: z.string(),
  kind: z.enum(FILE_KIND_NAMES),
  mediaType: z.string(),
  /** May be shown in place. */
  plain: z.boolean(),
  size: z.number(),
  sha256: z.string(),
  at: z.number(),
  by: idSchema,
  byName: z.string(),
  /** Its bytes are lost. */
  gone: z.boolean(),
});
export type AttachmentView = z.infer<typeof attachmentSchema>;

export const attachmentsSchema = z.object({
  meetingId: idSchema,
  version: z.number(),
  frozen: z.boolean(),
  /** In the order of the agenda, then of the item. */
  attachments: z.array(attachmentSchema),
  /** Taken away, and still there to be taken back; only for those who may. The latest first. */
  removed: z.array(attachmentSchema.extend({ removedAt: z.number() })),
});
export type AttachmentsView = z.infer<typeof attachmentsSchema>;
export type RemovedView = AttachmentsView['removed'][number];

export const uploadSchema = z.object({
  uploadId: idSchema,
  /** Bytes that have come and are kept. */
  received: z.number(),
  size: z.number(),
  /** Set when it is done. */
  attachmentId: idSchema.nullable(),
});
export type UploadView = z.infer<typeof uploadSchema>;

/** What is told to who looks at a meeting when its attachments have changed: ask again. */
export const ATTACHMENTS_TOPIC = 'attachments';

/** Codes of the field `file` in a refusal. */
export const FILE_PROBLEMS = [
  'kind',
  'mismatch',
  'broken',
  'macros',
  'too-large',
  'too-many',
  'full',
  'empty',
] as const;
export type FileProblem = (typeof FILE_PROBLEMS)[number];
