/**
 * Why this file exists: the shape of what crosses HTTP about the list of speakers (see shared/api.ts for the conventions).
 * Every change answers with the whole of it, as the caller sees it.
 */
import { z } from 'zod';
import { idSchema } from '../api.ts';
import { TURN_KINDS } from './floor.ts';

const kind = z.enum(TURN_KINDS);
/** An hour is no limit any more. */
const speechSeconds = z.int().min(0).max(3600);
const rejoinderSeconds = z.int().min(10).max(300);

export const turnSchema = z
  .object({
    id: idSchema,
    personId: idSchema,
    /** The name as it was. */
    person: z.string(),
    kind,
    itemId: idSchema.nullable(),
    from: z.int(),
    /** `null` while they speak. */
    to: z.int().nullable(),
    /** What they were given; 0 without a limit. */
    seconds: z.int(),
  })
  .meta({ ref: 'SpeakerTurn' });

/** Everybody who has had the floor in the meeting, in order. */
export const turnListSchema = z.object({ turns: z.array(turnSchema) }).meta({ ref: 'SpeakerTurnList' });

export const floorSchema = z
  .object({
    /** Rises with every change. */
    version: z.int(),
    /** To be sent with a step: see `stepInput`. */
    step: z.int(),
    /** The line is drawn: nobody else is put on the list for a speech on the meeting's current item. */
    drawn: z.boolean(),
    speechSeconds,
    rejoinderSeconds,
    newSpeakersFirst: z.boolean(),
    guests: z.boolean(),
    /** Who has the floor. */
    speaker: turnSchema.nullable(),
    /** In the order in which they get it. */
    waiting: z.array(
      z.object({
        id: idSchema,
        personId: idSchema,
        person: z.string(),
        kind,
        itemId: idSchema.nullable(),
        at: z.int(),
        /** How often they have spoken on that item. */
        speeches: z.int(),
      }),
    ),
    /** Whether the reader may ask for the floor at all: as they are in the meeting, as it is now. */
    maySpeak: z.boolean(),
    /** Whether the reader gives the floor. */
    runs: z.boolean(),
  })
  .meta({ ref: 'SpeakerFloor' });
export type FloorView = z.infer<typeof floorSchema>;

export const requestInput = z.strictObject({
  kind,
  /** Somebody else, put on the list by who runs the meeting: a hand was raised in the hall. */
  personId: idSchema.optional(),
});

/**
 * A step of who has the floor. `step` is the floor's as it was seen: when it has been taken already by somebody else,
 * nothing happens and the answer is how it is now.
 */
export const stepInput = z.strictObject({ step: z.int().min(0) });

/** Up (-1) or down (1) among those who wait for the same. */
export const moveInput = z.strictObject({ by: z.union([z.literal(-1), z.literal(1)]) });

export const floorPatch = z.strictObject({
  drawn: z.boolean().optional(),
  speechSeconds: speechSeconds.optional(),
  rejoinderSeconds: rejoinderSeconds.optional(),
  newSpeakersFirst: z.boolean().optional(),
  guests: z.boolean().optional(),
});
export type FloorPatch = z.infer<typeof floorPatch>;
