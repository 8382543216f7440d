/**
 * Why this file exists: the shape of what crosses HTTP about signing, sealing and handing out a protocol (see shared/api.ts
 * for the conventions).
 */
import { z } from 'zod';
import { idSchema } from '../api.ts';
import { EXPORT_FORMATS } from '../document/formats.ts';
import type { MinutesDocument } from '../minutes/document.ts';
import { LANGUAGES } from '../terms.ts';
import { HEAD } from './parts.ts';
import { SUGGESTION_STATES } from './signoff.ts';

const partId = z.union([z.literal(HEAD), idSchema]);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** Of a block in a room's notes: client and clock. */
const blockId = z.string().regex(/^\d{1,16}:\d{1,10}$/);
const line = z.string().trim().max(200);
const words = z.string().trim().max(2_000);
const paragraph = z.string().max(20_000);

/** One step of the sign-off; every one answers with the whole of it. */
export const signOffInput = z.discriminatedUnion('do', [
  /** By a signer, to what they saw. */
  z.strictObject({
    do: z.literal('approve'),
    parts: z
      .array(z.strictObject({ id: partId, hash }))
      .min(1)
      .max(1_000),
  }),
  z.strictObject({ do: z.literal('withdraw'), part: partId }),
  /** By a signer: a change of a paragraph, or with `block` '' words about the part. */
  z.strictObject({
    do: z.literal('suggest'),
    part: partId,
    block: z.union([z.literal(''), blockId]).default(''),
    before: paragraph.default(''),
    after: paragraph.default(''),
    reason: words.default(''),
  }),
  /** By the one who made it. */
  z.strictObject({ do: z.literal('retract'), suggestionId: idSchema }),
  /** By chair or secretary. */
  z.strictObject({ do: z.literal('accept'), suggestionId: idSchema }),
  z.strictObject({ do: z.literal('answer'), suggestionId: idSchema, text: words.min(1) }),
  /** By chair or secretary while the meeting goes on: the item is to be approved at once, or not. */
  z.strictObject({ do: z.literal('now'), itemId: idSchema, on: z.boolean() }),
]);
export type SignOffInput = z.input<typeof signOffInput>;

/** `hash` is that of the document as the one who seals it saw it. */
export const sealInput = z.strictObject({ hash, lang: z.enum(LANGUAGES).default('sv') });
export const correctionInput = z.strictObject({
  /** `null` for the whole. */
  itemId: idSchema.nullable().default(null),
  text: words.min(1),
  reason: words.min(1),
});

export const redactionInput = z.strictObject({
  email: z.boolean().default(false),
  phone: z.boolean().default(false),
  guests: z.boolean().default(false),
  words: z.array(line.min(2)).max(100).default([]),
  blocks: z.array(blockId).max(500).default([]),
});
/** What is handed out: a whole package or one file, of all items or some, with something left out or nothing. */
export const dispatchInput = z.strictObject({
  to: line.min(1),
  /** In its order of preference a receiver wants one file, or all of them in an archive. */
  format: z.enum([...EXPORT_FORMATS, 'zip']),
  itemIds: z.array(idSchema).min(1).max(1_000).nullable().default(null),
  redaction: redactionInput.prefault({}),
  attachments: z.boolean().default(true),
});

const approvalSchema = z.object({
  personId: idSchema,
  at: z.int(),
  current: z.boolean(),
  immediate: z.boolean(),
});
const suggestionSchema = z.object({
  id: idSchema,
  part: partId,
  personId: idSchema,
  person: z.string(),
  at: z.int(),
  block: z.string(),
  before: z.string(),
  after: z.string(),
  reason: z.string(),
  state: z.enum(SUGGESTION_STATES),
  answer: z.string(),
  closedBy: z.string(),
  closedAt: z.int().nullable(),
});
export const EVENT_KINDS = [
  'approved',
  'withdrawn',
  'suggested',
  'retracted',
  'accepted',
  'answered',
  'now',
  'not-now',
  'in-force',
  'sealed',
  'corrected',
  'dispatched',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

const revisionSchema = z.object({
  n: z.int(),
  at: z.int(),
  person: z.string(),
  sha256: hash,
  language: z.enum(LANGUAGES),
});
const correctionSchema = z.object({
  id: idSchema,
  n: z.int(),
  at: z.int(),
  person: z.string(),
  itemId: idSchema.nullable(),
  text: z.string(),
  reason: z.string(),
});
const dispatchSchema = z.object({
  id: idSchema,
  at: z.int(),
  person: z.string(),
  to: z.string(),
  format: z.enum([...EXPORT_FORMATS, 'zip']),
  /** How many items; `null` for all. */
  items: z.int().nullable(),
  redacted: z.boolean(),
  name: z.string(),
  size: z.int(),
  /** Of the file's bytes. */
  sha256: hash,
});
export type CorrectionView = z.infer<typeof correctionSchema>;
export type DispatchView = z.infer<typeof dispatchSchema>;
export type SuggestionView = z.infer<typeof suggestionSchema>;

export const signOffSchema = z
  .object({
    /** By what approvals are vouched for; 'workspace' is this house itself. */
    service: z.string(),
    signers: z.array(
      z.object({ personId: idSchema, name: z.string(), role: z.enum(['chair', 'viceChair', 'verifier']) }),
    ),
    parts: z.array(
      z.object({
        id: partId,
        number: z.string(),
        title: z.string(),
        hash,
        approvals: z.array(approvalSchema),
        /** To be approved at the meeting itself. */
        now: z.boolean(),
        /** By everybody, as it is. */
        approved: z.boolean(),
      }),
    ),
    suggestions: z.array(suggestionSchema),
    /** Of the document as it would be sealed now, without the signatures. */
    hash,
    left: z.object({ parts: z.array(partId), suggestions: z.array(idSchema) }),
    revision: revisionSchema.nullable(),
    corrections: z.array(correctionSchema),
    /** Newest first; empty for those who may not hand out. */
    dispatches: z.array(dispatchSchema),
    log: z.array(
      z.object({
        at: z.int(),
        person: z.string(),
        kind: z.enum(EVENT_KINDS),
        part: z.union([z.literal(''), partId]),
        detail: z.string(),
      }),
    ),
    may: z.object({
      sign: z.boolean(),
      answer: z.boolean(),
      openNow: z.boolean(),
      seal: z.boolean(),
      correct: z.boolean(),
      dispatch: z.boolean(),
    }),
  })
  .meta({ ref: 'SignOff' });
export type SignOffView = z.infer<typeof signOffSchema>;
export type SignOffPart = SignOffView['parts'][number];

const document = z.custom<MinutesDocument>((value) => typeof value === 'object' && value !== null);
export const sealedSchema = z.object({ revision: revisionSchema, document }).meta({ ref: 'SealedMinutes' });
export type Sealed = z.infer<typeof sealedSchema>;
