/**
 * Why this file exists: the shape of what crosses HTTP about protocols (see shared/api.ts for the conventions).
 */
import { z } from 'zod';
import { idSchema } from '../api.ts';
import { LANGUAGES } from '../terms.ts';
import { ASPECTS, CHECKS, WARNINGS } from './completeness.ts';
import { MINUTES_STYLES, type MinutesDocument } from './document.ts';

const mark = z.enum(['done', 'missing', 'none']);
/** Checked when it is made; its exact form is published as docs/minutes.schema.json. */
const document = z.custom<MinutesDocument>((value) => typeof value === 'object' && value !== null);

export const minutesViewSchema = z
  .object({
    document,
    /** What the meeting has chosen; `null` for its body's habit. */
    chosen: z.enum(MINUTES_STYLES).nullable(),
    completeness: z.array(z.object({ itemId: idSchema, marks: z.record(z.enum(ASPECTS), mark) })),
    checks: z.array(z.object({ check: z.enum(CHECKS), ok: z.boolean(), items: z.array(idSchema) })),
    /** What does not hold together in who was there, in the order of the meeting. */
    warnings: z.array(
      z.object({
        code: z.enum(WARNINGS),
        itemId: z.union([z.literal(''), idSchema]),
        at: z.int().nullable(),
        day: z.int().nullable(),
        names: z.array(z.string()),
        words: z.string(),
      }),
    ),
    mayEdit: z.boolean(),
  })
  .meta({ ref: 'Minutes' });
export type MinutesView = z.infer<typeof minutesViewSchema>;

/** `null` for the body's habit again. */
export const minutesPatch = z.strictObject({ style: z.enum(MINUTES_STYLES).nullable() });

/** Another style than the meeting's is for looking and for one's own copy. */
export const minutesQuery = z.object({
  style: z.enum(MINUTES_STYLES).optional(),
  lang: z.enum(LANGUAGES).default('sv'),
});
