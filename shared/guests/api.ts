/**
 * Why this file exists: the shape of what crosses HTTP about guests: what the door shows to whoever has the code, and what
 * those see who run the meeting.
 */
import { z } from 'zod';
import { idSchema, LANGUAGES, line, name } from '../api.ts';

/** As it was typed; what no code looks like is answered as a code that is not in use. */
const typedCode = z.string().max(40);

/** Chosen by the browser and kept until it is in: an answer that was lost makes no second guest. */
const joinKey = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/);

export const guestLookInput = z.strictObject({ code: typedCode });
export const guestDoorSchema = z
  .object({
    title: z.string(),
    body: z.string(),
    /** It is being held now. */
    ongoing: z.boolean(),
    organisations: z.array(z.object({ id: idSchema, name: z.string(), shortName: z.string() })),
    /** Somebody lets one in. */
    lobby: z.boolean(),
  })
  .meta({ ref: 'GuestDoor' });
export type GuestDoor = z.infer<typeof guestDoorSchema>;

export const guestJoinInput = z.strictObject({
  code: typedCode,
  name: name(80),
  /** One of the door's organisations … */
  organisationId: idSchema.nullable().default(null),
  /** … or another, in one's own words; empty when the first is given, or when one stands for nobody. */
  organisation: line(80).default(''),
  key: joinKey,
  language: z.enum(LANGUAGES).default('sv'),
});

export const guestPlaceSchema = z
  .object({
    /** in: goes to the meeting · waiting: somebody has to let one in. */
    state: z.enum(['in', 'waiting']),
    meetingId: idSchema,
    title: z.string(),
    /** The item to begin with, or `null`. */
    itemId: idSchema.nullable(),
    /** One's group of that item while its round is under way, or `null`. */
    groupId: idSchema.nullable(),
  })
  .meta({ ref: 'GuestPlace' });
export type GuestPlace = z.infer<typeof guestPlaceSchema>;

/** After a claim: the meeting, as the account that one is now. */
export const guestClaimedSchema = z.object({ meetingId: idSchema }).meta({ ref: 'GuestClaimed' });
export const guestClaimInput = z.strictObject({ email: z.string().max(254), password: z.string().max(200) });

export const waitingGuestSchema = z.object({
  personId: idSchema,
  name: z.string(),
  organisationId: idSchema.nullable(),
  organisation: z.string(),
  at: z.int(),
});
export const guestSchema = z.object({
  personId: idSchema,
  name: z.string(),
  organisationId: idSchema.nullable(),
  organisation: z.string(),
  colour: z.int(),
  /** Their browser is still theirs. */
  signedIn: z.boolean(),
});
export const guestsSchema = z
  .object({
    open: z.boolean(),
    /** `null` until access has been opened once. */
    code: z.string().nullable(),
    /** The address that a QR code holds; `null` without a code. */
    url: z.string().nullable(),
    lobby: z.boolean(),
    rotatedAt: z.int().nullable(),
    /** First come, first. */
    waiting: z.array(waitingGuestSchema),
    guests: z.array(guestSchema),
  })
  .meta({ ref: 'Guests' });
export type Guests = z.infer<typeof guestsSchema>;

export const guestsPatch = z.strictObject({ open: z.boolean().optional(), lobby: z.boolean().optional() });
/** `endGuests`: those who came by the old code go, too. */
export const guestsRotateInput = z.strictObject({ endGuests: z.boolean().default(false) });
/** The participant or the person of the register the guest really is. */
export const guestMergeInput = z.strictObject({ personId: idSchema });
