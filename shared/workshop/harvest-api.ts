/**
 * Why this file exists: the shape of what crosses HTTP about the harvest (see shared/api.ts for the conventions). Where
 * contributions lie is in the harvest's room; here is who wrote them, and the votes, which no room may hold.
 */
import { z } from 'zod';
import { authorshipSchema, idSchema, name } from '../api.ts';
import { isContributionKey } from './contribution-keys.ts';
import { MAX_CLUSTER_NAME } from './harvest.ts';

/** Who wrote which part of each group's room, of the groups that the reader may read. */
export const workshopAuthorshipSchema = z
  .object({ groups: z.record(z.string(), authorshipSchema) })
  .meta({ ref: 'WorkshopAuthorship' });

/** live: the counts are shown while people vote · hidden: to nobody before it is closed. */
export const VOTE_COUNTS = ['live', 'hidden'] as const;
/** What can be voted for: a cluster's id or a contribution's key. */
const choiceId = z.string().refine((value) => isContributionKey(value) || idSchema.safeParse(value).success);
const MAX_CHOICES = 200;

/** One thing to vote for, and what it was called when the vote was opened. */
export const choiceSchema = z.object({ id: choiceId, label: z.string() });

export const voteSchema = z
  .object({
    id: idSchema,
    /** What people see above it. */
    title: z.string(),
    state: z.enum(['open', 'closed']),
    /** How many dots each person has. */
    dots: z.int(),
    counts: z.enum(VOTE_COUNTS),
    guests: z.boolean(),
    openedAt: z.int(),
    closedAt: z.int().nullable(),
    choices: z.array(choiceSchema),
    /** Dots per choice; `null` while they are hidden from everybody. */
    results: z.record(z.string(), z.int()).nullable(),
    /** How many have voted, of how many who may. */
    voted: z.int(),
    voters: z.int(),
    /** Whether the reader may vote in it now. */
    mayVote: z.boolean(),
    /** The reader's own dots, as long as it is open; nobody can know them afterwards. */
    mine: z.record(z.string(), z.int()),
  })
  .meta({ ref: 'Vote' });
export type Vote = z.infer<typeof voteSchema>;

/** Newest first. */
export const voteListSchema = z.object({ votes: z.array(voteSchema) }).meta({ ref: 'VoteList' });

export const voteInput = z.strictObject({
  title: name(120),
  dots: z.int().min(1).max(20),
  counts: z.enum(VOTE_COUNTS).default('hidden'),
  guests: z.boolean().default(true),
  choices: z
    .array(z.strictObject({ id: choiceId, label: name(MAX_CLUSTER_NAME * 2) }))
    .min(1)
    .max(MAX_CHOICES)
    .refine((choices) => new Set(choices.map(({ id }) => id)).size === choices.length),
});

/** Dots per choice; what is left out or 0 gets none. Nothing at all takes the ballot back. */
export const ballotInput = z.strictObject({
  dots: z.record(z.string().max(80), z.int().min(0).max(20)).refine((dots) => Object.keys(dots).length <= MAX_CHOICES),
});
