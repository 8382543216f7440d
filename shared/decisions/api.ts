/**
 * Why this file exists: the shape of what crosses HTTP about decisions, what is to be done, and how a body keeps its records
 * (see shared/api.ts for the conventions). Every change answers with the whole of what it changed, as the caller sees it.
 */
import { z } from 'zod';
import { dateSchema, idSchema, line, name } from '../api.ts';
import { ACTION_STATUSES } from './action.ts';
import { ATTENDANCE_GROUPINGS, MINUTES_STYLES } from './body.ts';
import { DISSENT_KINDS, METHODS, NUMBERING_POLICIES, OUTCOMES } from './decision.ts';
import { SEASONS } from './due.ts';

const number = z.object({
  policy: z.enum(NUMBERING_POLICIES),
  label: z.string(),
  year: z.int(),
  n: z.int(),
});
const count = z.int().min(0).max(100_000);
const counts = z.object({ yes: count, no: count, abstained: count });

export const decisionSchema = z
  .object({
    id: idSchema,
    itemId: idSchema,
    number: number.nullable(),
    outcome: z.enum(OUTCOMES),
    proposal: z.object({ id: idSchema, title: z.string(), by: z.string() }).nullable(),
    wording: z.array(
      z.object({
        id: idSchema,
        original: z.string(),
        text: z.string(),
        reason: z.string(),
        reasonBy: z.string(),
        alternatives: z.array(z.object({ text: z.string(), reason: z.string() })),
      }),
    ),
    method: z.enum(METHODS).nullable(),
    counts: counts.nullable(),
    motivation: z.string(),
    detail: z.string(),
    replaces: idSchema.nullable(),
    present: z.array(
      z.object({
        personId: idSchema,
        name: z.string(),
        title: z.string(),
        organisationId: idSchema.nullable(),
        organisation: z.string(),
      }),
    ),
    unrepresented: z.array(z.object({ organisationId: idSchema, organisation: z.string() })),
    at: z.int(),
    date: dateSchema,
    byPersonId: idSchema,
    by: z.string(),
    sha256: z.string(),
    dissents: z.array(
      z.object({
        id: idSchema,
        kind: z.enum(DISSENT_KINDS),
        personId: idSchema,
        person: z.string(),
        organisation: z.string(),
        text: z.string(),
        at: z.int(),
      }),
    ),
    replacedBy: idSchema.nullable(),
  })
  .meta({ ref: 'Decision' });

/** What an item has decided: oldest first, with every time it was opened again. */
export const itemDecisionsSchema = z
  .object({
    decisions: z.array(decisionSchema),
    reopenings: z.array(z.object({ at: z.int(), personId: idSchema, person: z.string(), reason: z.string() })),
    /** It is locked because it is decided: only the desk opens it, with a reason. */
    decided: z.boolean(),
    mayDecide: z.boolean(),
    mayReopen: z.boolean(),
    mayDissent: z.boolean(),
  })
  .meta({ ref: 'ItemDecisions' });
export type ItemDecisions = z.infer<typeof itemDecisionsSchema>;

/** Words of several lines at most, as long as a motivation is. */
const words = z.string().trim().max(4_000);

export const decideInput = z.strictObject({
  outcome: z.enum(OUTCOMES),
  /** The proposal that is decided on, and of it the clauses in this order, an alternative instead of its clause. */
  proposalId: idSchema.nullable().default(null),
  clauses: z.array(idSchema).max(100).default([]),
  /** The decision in so many words, where nothing was proposed. */
  text: words.default(''),
  /** What the caller saw of the proposals' room (Yjs, base64): all of it must have been saved. */
  stateVector: z.string().max(100_000),
  /** How many decisions the item had as the caller saw it. */
  seen: z.int().min(0),
  method: z.enum(METHODS).nullable().default(null),
  counts: counts.nullable().default(null),
  motivation: words.default(''),
  detail: line(500).default(''),
  replaces: idSchema.nullable().default(null),
  /** The item is done with: it is locked. Without it, more is decided under it. */
  close: z.boolean().default(true),
});
export const reopenItemInput = z.strictObject({ reason: name(500) });
export const dissentInput = z.strictObject({
  kind: z.enum(DISSENT_KINDS),
  /** Whose it is; the desk writes down anybody's, everybody else their own. */
  personId: idSchema,
  text: z.string().trim().min(1).max(4_000),
});

const year = z.int().min(1990).max(2200);
const before = z.boolean().default(false);
export const dueSchema = z.discriminatedUnion('precision', [
  z.strictObject({ precision: z.literal('day'), date: dateSchema, before }),
  z.strictObject({ precision: z.literal('week'), year, week: z.int().min(1).max(53), before }),
  z.strictObject({ precision: z.literal('month'), year, month: z.int().min(1).max(12), before }),
  z.strictObject({ precision: z.literal('season'), year, season: z.enum(SEASONS), before }),
]);

/** Which block of the item's notes (`client:clock`), or '' when only the words are known. */
const source = z.strictObject({ block: z.string().regex(/^(\d{1,16}:\d{1,16})?$/), text: line(1_000) });
export const actionSchema = z
  .object({
    id: idSchema,
    itemId: idSchema,
    title: z.string(),
    owner: z.enum(['person', 'organisations']),
    due: dueSchema.nullable(),
    source: source.nullable(),
    lines: z.array(
      z.object({
        id: idSchema,
        personId: idSchema.nullable(),
        person: z.string(),
        organisationId: idSchema.nullable(),
        organisation: z.string(),
        status: z.enum(ACTION_STATUSES),
        answer: z.string(),
        at: z.int(),
      }),
    ),
    createdAt: z.int(),
    by: z.string(),
    version: z.int(),
  })
  .meta({ ref: 'ActionItem' });
/** By the last day they can be done on. */
export const actionListSchema = z.object({ actions: z.array(actionSchema) }).meta({ ref: 'ActionItemList' });
export type ActionList = z.infer<typeof actionListSchema>;

export const actionInput = z.strictObject({
  title: name(300),
  /** A participant, or every organisation of the meeting. */
  owner: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('person'), personId: idSchema }),
    z.strictObject({ kind: z.literal('organisations') }),
  ]),
  due: dueSchema.nullable().default(null),
  source: source.nullable().default(null),
});
export const actionPatch = z.strictObject({
  title: name(300).optional(),
  due: dueSchema.nullable().optional(),
});
export const actionLinePatch = z.strictObject({
  /** Who answers for it, by those who run the meeting. */
  personId: idSchema.nullable().optional(),
  status: z.enum(ACTION_STATUSES).optional(),
  answer: words.optional(),
});

const abbreviation = z.strictObject({ short: name(20), long: name(200) });
export const bodySchema = z
  .object({
    name: z.string(),
    numbering: z.enum(NUMBERING_POLICIES),
    first: z.object({ year: z.int(), n: z.int() }).nullable(),
    style: z.enum(MINUTES_STYLES),
    grouping: z.enum(ATTENDANCE_GROUPINGS),
    abbreviations: z.array(abbreviation),
  })
  .meta({ ref: 'BodySettings' });
export type BodyView = z.infer<typeof bodySchema>;
export const bodyPatch = z.strictObject({
  numbering: z.enum(NUMBERING_POLICIES).optional(),
  first: z
    .strictObject({ year, n: z.int().min(1).max(99_999) })
    .nullable()
    .optional(),
  style: z.enum(MINUTES_STYLES).optional(),
  grouping: z.enum(ATTENDANCE_GROUPINGS).optional(),
  abbreviations: z.array(abbreviation).max(300).optional(),
});
