/**
 * Why this file exists: the shape of what crosses HTTP about shared summaries (see shared/api.ts for the conventions).
 */
import { z } from 'zod';
import { idSchema, name } from '../api.ts';
import type { Block } from '../document/blocks.ts';
import type { SummaryDocument } from './document.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Most threads of a summary, and most remarks in one. */
export const MAX_THREADS = 500;
export const MAX_REMARKS = 100;

export const finaliseInput = z.strictObject({
  /** Number of the newest revision the chair knew of; `conflict` when there is a newer one. */
  revision: z.int().min(0),
  /** State vector (Yjs V1, base64) of what the chair saw, all of it saved; `conflict` when the server does not have it. */
  stateVector: z.base64().max(40_000),
});
export const reopenInput = z.strictObject({ revision: z.int().min(1), reason: name(500) });

export const revisionSchema = z
  .object({
    n: z.int(),
    at: z.int(),
    personId: idSchema,
    /** As the name was. */
    person: z.string(),
    sha256,
    words: z.int(),
    /** When and why it was opened again; `null` while it stands. */
    reopened: z.object({ at: z.int(), person: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ ref: 'SummaryRevision' });
export type RevisionView = z.infer<typeof revisionSchema>;
export const revisionListSchema = z.object({ revisions: z.array(revisionSchema) });

const originSchema = z.object({ key: z.string(), group: z.string(), colour: z.int(), prompt: z.string() });
/** A contribution; `text` and `authors` are empty for those who may not read that group. */
export const sourceSchema = originSchema.extend({
  groupId: idSchema,
  text: z.string(),
  authors: z.array(z.string()),
  mayRead: z.boolean(),
});
export type SourceView = z.infer<typeof sourceSchema>;

const block = z.custom<Block>((value) => typeof value === 'object' && value !== null);
export const documentSchema = z.object({
  format: z.literal('radslag-summary'),
  version: z.literal(1),
  meeting: z.object({ id: idSchema, title: z.string(), body: z.string(), timeZone: z.string() }),
  item: z.object({ id: idSchema, title: z.string() }),
  revision: z.int(),
  at: z.int(),
  by: z.string(),
  sections: z.array(z.object({ promptId: idSchema, heading: z.string(), blocks: z.array(block) })),
  origins: z.array(originSchema),
  sourcesSha256: sha256,
}) satisfies z.ZodType<SummaryDocument>;

/** One revision with all it says. */
export const revisionContentSchema = z
  .object({ revision: revisionSchema, document: documentSchema, sources: z.array(sourceSchema), text: z.string() })
  .meta({ ref: 'SummaryRevisionContent' });
export type RevisionContent = z.infer<typeof revisionContentSchema>;

export const draftSchema = revisionContentSchema.omit({ revision: true }).meta({ ref: 'SummaryDraft' });
export type DraftContent = z.infer<typeof draftSchema>;

/** An end of a commented range: an encoded Yjs relative position, base64. */
const anchor = z.base64().min(1).max(400);
export const threadInput = z.strictObject({
  promptId: idSchema,
  from: anchor,
  to: anchor,
  /** The words it was about, as they were. */
  quote: name(500),
  text: name(2_000),
});
export const remarkInput = z.strictObject({ text: name(2_000) });
export const threadPatch = z.strictObject({ resolved: z.boolean() });

export const remarkSchema = z.object({
  id: idSchema,
  at: z.int(),
  personId: idSchema,
  person: z.string(),
  text: z.string(),
});
/** A thread of remarks on a range of the text. */
export const threadSchema = z
  .object({
    id: idSchema,
    promptId: idSchema,
    from: z.string(),
    to: z.string(),
    quote: z.string(),
    at: z.int(),
    /** When and by whom; `null` while it is open. */
    resolved: z.object({ at: z.int(), person: z.string() }).nullable(),
    remarks: z.array(remarkSchema),
    /** The asker may resolve and open it. */
    mayResolve: z.boolean(),
  })
  .meta({ ref: 'SummaryThread' });
export type ThreadView = z.infer<typeof threadSchema>;

/** What the summary's page needs beside the room. */
export const summarySchema = z
  .object({
    /** Nobody writes; the last of the revisions is the text that stands. */
    final: z.boolean(),
    /** From the first to the last. */
    revisions: z.array(revisionSchema),
    threads: z.array(threadSchema),
    /** The text that is being written, and the comments on it. */
    mayRead: z.boolean(),
    mayWrite: z.boolean(),
    mayComment: z.boolean(),
    mayFinalise: z.boolean(),
    mayReopen: z.boolean(),
  })
  .meta({ ref: 'Summary' });
export type SummaryView = z.infer<typeof summarySchema>;

/** How a file is made: with or without where each paragraph came from, and in which language its own words are. */
export const exportQuery = z.object({
  origin: z.enum(['0', '1']).default('0'),
  lang: z.enum(['sv', 'en']).default('sv'),
});
