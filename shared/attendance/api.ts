/** Why this file exists: the shape of presence over HTTP. The server validates with it, the client gets its types from it. */
import { z } from 'zod';
import { idSchema, line } from '../api.ts';
import { ENTRY_KINDS, ITEM_ENTRY_KINDS, MAX_ENTRIES_OF_PERSON, MAX_NOTE, TIME_KINDS } from './attendance.ts';

/** 1970 to 9999: what a clock can show. */
const moment = z.int().min(0).max(253_402_300_799_999);

const draftFields = {
  kind: z.enum(ENTRY_KINDS),
  from: moment.nullable(),
  to: moment.nullable(),
  sittingId: idSchema.nullable(),
  itemId: idSchema.nullable(),
  forPersonId: idSchema.nullable(),
  note: line(MAX_NOTE),
};

export const attendanceEntrySchema = z
  .object({
    /** Empty for what was announced and not recorded. */
    id: z.union([z.literal(''), idSchema]),
    personId: idSchema,
    ...draftFields,
    at: z.int(),
    by: z.union([z.literal(''), idSchema]),
  })
  .meta({ ref: 'AttendanceEntry' });

export const attendanceSchema = z
  .object({
    meetingId: idSchema,
    version: z.int(),
    /** What is recorded, and for those of whom nothing is, what they announced. */
    entries: z.array(attendanceEntrySchema),
    /** Announced in words that are not understood, by person. */
    words: z.record(z.string(), z.string()),
    /** When something was decided, for the warnings. */
    decisions: z.array(z.object({ id: idSchema, at: z.int(), itemId: idSchema })),
    /** The server's clock at the answer. */
    now: z.int(),
  })
  .meta({ ref: 'Attendance' });
export type AttendanceView = z.infer<typeof attendanceSchema>;

const draft = z.strictObject(draftFields);
const note = line(MAX_NOTE).default('');
const somebody = { personId: idSchema };

/** One change of what is recorded. */
export const attendanceInput = z.discriminatedUnion('do', [
  /** Comes in: now, or at a moment. */
  z.strictObject({ do: z.literal('arrive'), ...somebody, at: moment.optional() }),
  /** Was there from the start of the sitting that goes on; only those of whom nothing is said in it. */
  z.strictObject({ do: z.literal('all-here'), personIds: z.array(idSchema).min(1).max(500) }),
  /** Goes: now, or at a moment. */
  z.strictObject({ do: z.literal('leave'), ...somebody, at: moment.optional() }),
  /** A status for a time; `null` takes back what was said of it. */
  z.strictObject({
    do: z.literal('time'),
    ...somebody,
    kind: z.enum(TIME_KINDS).nullable(),
    sittingId: idSchema.nullable().default(null),
    from: moment.nullable().default(null),
    to: moment.nullable().default(null),
    forPersonId: idSchema.nullable().default(null),
    note,
  }),
  /** A status at an item; `null` takes it back. */
  z.strictObject({
    do: z.literal('item'),
    ...somebody,
    itemId: idSchema,
    kind: z.enum(ITEM_ENTRY_KINDS).nullable(),
    forPersonId: idSchema.nullable().default(null),
    note,
  }),
  /** Everything said of some people, in other words; a conflict when what is recorded of one of them is no longer `was`. */
  z.strictObject({
    do: z.literal('rewrite'),
    people: z
      .array(
        z.strictObject({
          ...somebody,
          was: z.array(idSchema).max(MAX_ENTRIES_OF_PERSON),
          entries: z.array(draft).max(MAX_ENTRIES_OF_PERSON),
        }),
      )
      .min(1)
      .max(500),
  }),
]);
export type AttendanceInput = z.input<typeof attendanceInput>;

/** What one says of oneself while the meeting goes on. */
export const ownAttendanceInput = z.strictObject({ here: z.boolean() });
