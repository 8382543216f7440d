/**
 * Why this file exists: the shape of what crosses HTTP about workshops (see shared/api.ts for the conventions).
 */
import { z } from 'zod';
import { idSchema, line, name } from '../api.ts';
import { GROUP_STATES, HARVEST_DOORS, LATECOMER_RULES } from './workshop.ts';

const minutes = z
  .int()
  .min(0)
  .max(24 * 60);
const colour = z.int().min(0).max(11);

export const promptSchema = z.object({ id: idSchema, heading: name(200), help: line(500), minutes });
export const groupSchema = z.object({
  id: idSchema,
  name: name(60),
  topic: line(200),
  place: line(120),
  colour,
  state: z.enum(GROUP_STATES),
  extraMs: z.int(),
  members: z.array(idSchema),
});
export const roundSchema = z.object({
  id: idSchema,
  title: line(120),
  minutes,
  startedAt: z.int().nullable(),
  endsAt: z.int().nullable(),
  pausedMs: z.int().nullable(),
  closedAt: z.int().nullable(),
  groups: z.array(groupSchema),
});

/** A hand raised from a group, oldest first: the facilitator's queue. */
export const handSchema = z.object({ groupId: idSchema, personId: idSchema, at: z.int(), note: z.string() });
/** What the facilitator said to all groups (`groupId` null) or to one. */
export const workshopMessageSchema = z.object({
  id: idSchema,
  groupId: idSchema.nullable(),
  text: z.string(),
  at: z.int(),
  personId: idSchema,
});

/** A workshop as one who takes part in the meeting sees it. Who is in which group is no secret; what they write is. */
export const workshopSchema = z
  .object({
    id: idSchema,
    meetingId: idSchema,
    itemId: idSchema,
    version: z.int(),
    prompts: z.array(promptSchema),
    rounds: z.array(roundSchema),
    currentRoundId: idSchema,
    opened: z.boolean(),
    latecomers: z.enum(LATECOMER_RULES),
    selfSelectCap: z.int(),
    /** Officers only; empty for the others. */
    apart: z.array(z.tuple([idSchema, idSchema])),
    together: z.array(z.tuple([idSchema, idSchema])),
    harvest: z.enum(HARVEST_DOORS),
    summary: z.object({
      status: z.enum(['open', 'final']),
      revision: z.int(),
      scribes: z.array(idSchema),
      comments: z.boolean(),
    }),
    hands: z.array(handSchema),
    /** Those to all, and to the reader's own groups; to officers all of them. */
    messages: z.array(workshopMessageSchema),
    /** The server's time, to set a clock by. */
    now: z.int(),
  })
  .meta({ ref: 'Workshop' });
export type WorkshopView = z.infer<typeof workshopSchema>;

export const promptInput = z.strictObject({
  id: idSchema.optional(),
  heading: name(200),
  help: line(500).default(''),
  minutes: minutes.default(0),
});
/** One group as the facilitator made it. Without an id it is a new one; members are placed in this order. */
export const groupInput = z.strictObject({
  id: idSchema.optional(),
  name: name(60),
  topic: line(200).default(''),
  place: line(120).default(''),
  colour: colour.optional(),
  members: z.array(idSchema).max(500).default([]),
});
export const workshopInput = z.strictObject({
  prompts: z.array(promptInput).min(1).max(20),
  /** How many groups to make, empty; names are "Grupp 1" and so on in this language. */
  groups: z.int().min(1).max(60).default(3),
  minutes: minutes.default(20),
  language: z.enum(['sv', 'en']).default('sv'),
});
export const workshopPatch = z.strictObject({
  prompts: z.array(promptInput).min(1).max(20).optional(),
  opened: z.boolean().optional(),
  latecomers: z.enum(LATECOMER_RULES).optional(),
  selfSelectCap: z.int().min(0).max(500).optional(),
  apart: z
    .array(z.tuple([idSchema, idSchema]))
    .max(200)
    .optional(),
  together: z
    .array(z.tuple([idSchema, idSchema]))
    .max(200)
    .optional(),
  harvest: z.enum(HARVEST_DOORS).optional(),
  scribes: z.array(idSchema).max(50).optional(),
  comments: z.boolean().optional(),
});
export const roundInput = z.strictObject({
  title: line(120).default(''),
  minutes: minutes.default(20),
  groups: z.array(groupInput).min(1).max(60),
});
/** `groups` replaces all of the round's groups; one that has been written in can be renamed and re-staffed, never removed. */
export const roundPatch = z.strictObject({
  title: line(120).optional(),
  minutes: minutes.optional(),
  groups: z.array(groupInput).min(1).max(60).optional(),
  /** The workshop's version the groups were made from; `conflict` when it has changed. */
  version: z.int().optional(),
});
export const CLOCK_DEEDS = ['start', 'pause', 'resume', 'extend', 'ask-to-finish', 'close', 'reopen'] as const;
/** `extend` by `minutes`, for all or for one group; the others for the whole round. */
export const clockInput = z.strictObject({
  do: z.enum(CLOCK_DEEDS),
  minutes: z.int().min(1).max(600).optional(),
  groupId: idSchema.optional(),
});
/** Who goes where in a round; `groupId` null takes them out. Participants may place themselves when it is allowed. */
export const placeInput = z.strictObject({ personId: idSchema, groupId: idSchema.nullable() });
export const handInput = z.strictObject({ raised: z.boolean(), note: line(200).default('') });
export const messageInput = z.strictObject({ groupId: idSchema.nullable(), text: name(300) });
