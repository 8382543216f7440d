/**
 * Why this file exists: what the wall of the room shows is decided by those who run the meeting and kept by the server, so
 * that every projector shows the same and finds it again after a cut. The shape of what crosses HTTP about it.
 */
import { z } from 'zod';
import { idSchema } from '../api.ts';

/**
 * welcome: the meeting and its code · agenda · item: the current item and its time · groups: places, people and clock ·
 * wall: what the groups write · harvest: the clusters · vote · wording: one clause of a proposal · floor: who speaks and who
 * is next · break: when it goes on.
 */
export const PROJECTOR_VIEWS = [
  'welcome',
  'agenda',
  'item',
  'groups',
  'wall',
  'harvest',
  'vote',
  'wording',
  'floor',
  'break',
] as const;
export type ProjectorView = (typeof PROJECTOR_VIEWS)[number];

/** More than that many groups are not picked out for one wall. */
const MOST_GROUPS = 60;

/** What is to be shown, as a whole: nothing is left from before. What is not there (any more) is passed over. */
export const projectorInput = z.strictObject({
  view: z.enum(PROJECTOR_VIEWS),
  /** `null`: the meeting's current item, whichever that is. */
  itemId: idSchema.nullable().default(null),
  /** The groups of the wall; none picked out means all. */
  groupIds: z.array(idSchema).max(MOST_GROUPS).default([]),
  /** One question of the wall, or `null` for all; of a wording, the clause that is shown. */
  promptId: idSchema.nullable().default(null),
  /** When the break is over, in milliseconds since 1970. */
  until: z.int().min(0).max(8_640_000_000_000_000).nullable().default(null),
});
export type ProjectorInput = z.input<typeof projectorInput>;

export const projectorSchema = z
  .object({
    view: z.enum(PROJECTOR_VIEWS),
    itemId: idSchema.nullable(),
    groupIds: z.array(idSchema),
    promptId: idSchema.nullable(),
    until: z.int().nullable(),
    /** Rises with every change. */
    version: z.int(),
    /** How guests come in, while they may: everybody in the room is to see it. */
    join: z.object({ code: z.string(), url: z.string() }).nullable(),
    /** When the link that is in use was made; `null` without one, and for those who do not run the meeting. */
    linkedAt: z.int().nullable(),
  })
  .meta({ ref: 'Projector' });
export type Projector = z.infer<typeof projectorSchema>;

/** Shown once: what is kept of the token is its hash. */
export const projectorLinkSchema = z.object({ url: z.string() }).meta({ ref: 'ProjectorLink' });
export type ProjectorLink = z.infer<typeof projectorLinkSchema>;

export const projectorEnterInput = z.strictObject({ token: z.string().max(100) });
export const projectorEnteredSchema = z.object({ meetingId: idSchema }).meta({ ref: 'ProjectorEntered' });
