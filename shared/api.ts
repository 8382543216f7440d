/**
 * Why this file exists: the shape of everything that crosses HTTP, said once. The server validates with these schemas
 * and generates its OpenAPI document from them; the client gets its types from them.
 *
 * Times are integer milliseconds since 1970 UTC; dates `YYYY-MM-DD` and clock times `HH:MM` are local to the meeting's
 * time zone, because that is what stands in a notice.
 */
import { z } from 'zod';
import { ID_PATTERN } from './ids.ts';
import { GIVEN_ROLES, PHASES, ROLES } from './policy.ts';
import { CATEGORIES, ERROR_CODES, LANGUAGES, LINK_KINDS, TEMPLATES, VERSION_KINDS } from './terms.ts';

export {
  CATEGORIES,
  type Category,
  ERROR_CODES,
  type ErrorCode,
  LANGUAGES,
  type Language,
  LINK_KINDS,
  TEMPLATES,
  type Template,
  VERSION_KINDS,
  type VersionKind,
} from './terms.ts';

export const idSchema = z.string().regex(ID_PATTERN);
/** What would break a line, hide letters or turn them round on other people's screens and in logs. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
/** One line of visible text; what is not is taken out rather than refused, since it comes along when people paste. */
export const line = (max: number) =>
  z
    .string()
    .overwrite((text) => text.replace(BREAKS, ' ').replace(TURNS, ''))
    .trim()
    .max(max);
/** As {@link line}, and not empty. */
export const name = (max: number) => line(max).min(1);
export const emailSchema = z
  .email()
  .max(254)
  .transform((v) => v.toLowerCase());
/** At least 10 characters; length is what protects (NIST SP 800-63B), so no composition rules. */
export const passwordSchema = z.string().min(10).max(200);
export const dateSchema = z.iso.date();
export const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/* Errors ------------------------------------------------------------------------------------------------------- */

export const errorSchema = z
  .object({
    error: z.object({
      code: z.enum(ERROR_CODES),
      /** Plain English, for people who read logs and API answers. */
      message: z.string(),
      requestId: z.string(),
      /** Which fields of the body are wrong: path → machine-readable issue code of zod. Never their values. */
      fields: z.record(z.string(), z.string()).optional(),
      /** Seconds to wait, with `too-many-attempts`. */
      retryAfter: z.number().optional(),
    }),
  })
  .meta({ ref: 'Error' });
export type ApiError = z.infer<typeof errorSchema>;

/* People ------------------------------------------------------------------------------------------------------- */

export const categorySchema = z.enum(CATEGORIES);

export const organisationSchema = z
  .object({
    id: idSchema,
    name: name(120),
    /** 2–5 letters in a frame, e.g. ALM. */
    shortName: name(5),
    /** Seats in the bodies; 0 when it has none. */
    seats: z.int().min(0).max(999),
    /** Fixed order, 0 first. */
    position: z.int().min(0),
  })
  .meta({ ref: 'Organisation' });
export type Organisation = z.infer<typeof organisationSchema>;
export const organisationInput = z.strictObject({
  name: name(120),
  shortName: name(5),
  seats: z.int().min(0).max(999).default(0),
});
export const organisationPatch = z.strictObject({
  name: name(120).optional(),
  shortName: name(5).optional(),
  seats: z.int().min(0).max(999).optional(),
});
export const organisationOrderInput = z.strictObject({ ids: z.array(idSchema).max(500) });

export const personSchema = z
  .object({
    id: idSchema,
    name: name(120),
    title: line(120),
    organisationId: idSchema.nullable(),
    category: categorySchema,
    /** Party letter(s), e.g. "C"; empty when none. */
    party: line(8),
    /** 0–11, the colour of the person's caret and circle everywhere. */
    colour: z.int().min(0).max(11),
    /** Only administrators see addresses; others get null. */
    email: z.string().nullable(),
    isAdmin: z.boolean(),
    /** May not sign in. */
    disabled: z.boolean(),
    /** Has chosen a password. */
    hasAccount: z.boolean(),
  })
  .meta({ ref: 'Person' });
export type Person = z.infer<typeof personSchema>;
export const personInput = z.strictObject({
  name: name(120),
  title: line(120).default(''),
  organisationId: idSchema.nullable().default(null),
  category: categorySchema.default('official'),
  party: line(8).default(''),
  email: emailSchema.nullable().default(null),
});
export const personPatch = z.strictObject({
  name: name(120).optional(),
  title: line(120).optional(),
  organisationId: idSchema.nullable().optional(),
  category: categorySchema.optional(),
  party: line(8).optional(),
  email: emailSchema.nullable().optional(),
  isAdmin: z.boolean().optional(),
  disabled: z.boolean().optional(),
});

/* Signing in --------------------------------------------------------------------------------------------------- */

export const signInInput = z.strictObject({ email: z.string().max(254), password: z.string().max(200) });
export const sessionSchema = z
  .object({
    person: personSchema,
    language: z.enum(LANGUAGES),
    /** Other devices signed in now. */ otherSessions: z.int(),
    /** The meeting a guest belongs to; `null` for people with an account. */
    guestOf: idSchema.nullable(),
  })
  .meta({ ref: 'Session' });
export type SessionView = z.infer<typeof sessionSchema>;
export const changePasswordInput = z.strictObject({ current: z.string().max(200), next: passwordSchema });
export const accountPatch = z.strictObject({
  name: name(120).optional(),
  title: line(120).optional(),
  language: z.enum(LANGUAGES).optional(),
});

/** What a one-time link is for. Its token travels in the URL's fragment (`/lank#TOKEN`) and in request bodies, never in a path. */
export const linkOpenInput = z.strictObject({ token: z.string().min(20).max(100) });
export const linkSchema = z
  .object({
    kind: z.enum(LINK_KINDS),
    name: z.string(),
    email: z.string().nullable(),
    meeting: z.object({ id: idSchema, title: z.string() }).nullable(),
    expiresAt: z.int(),
  })
  .meta({ ref: 'OneTimeLink' });
export type LinkView = z.infer<typeof linkSchema>;
/** `name` and `email` are required for `first-admin`, `email` for an invitation of a person who has none. */
export const linkUseInput = z.strictObject({
  token: z.string().min(20).max(100),
  password: passwordSchema,
  name: name(120).optional(),
  email: emailSchema.optional(),
});
export const madeLinkSchema = z.object({ url: z.string(), expiresAt: z.int() }).meta({ ref: 'MadeLink' });

/* Meetings ----------------------------------------------------------------------------------------------------- */

export const sittingSchema = z
  .object({
    id: idSchema,
    date: dateSchema,
    start: clockSchema,
    end: clockSchema,
    venue: line(120),
    room: line(120),
    address: line(200),
    /** Link for taking part remotely; http(s) only, or empty. */
    link: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]),
  })
  .meta({ ref: 'Sitting' });
export type Sitting = z.infer<typeof sittingSchema>;
export const sittingInput = sittingSchema.extend({ id: idSchema.optional() });

export const participantSchema = z
  .object({
    personId: idSchema,
    name: z.string(),
    /** Title, organisation, category and party as they are in this meeting: they change over the years. */
    title: line(120),
    organisationId: idSchema.nullable(),
    category: categorySchema,
    party: line(8),
    colour: z.int(),
    roles: z.array(z.enum(ROLES)).min(1),
    /** förhinder in words: "dag 2", "från kl. 10.00 dag 2"; empty when expected all the time. */
    absence: line(200),
    /** underskrift: in what capacity they sign, "På uppdrag av regiondirektören", "I tjänsten"; empty when it is not said. */
    capacity: line(120),
    hasAccount: z.boolean(),
  })
  .meta({ ref: 'Participant' });
export type Participant = z.infer<typeof participantSchema>;
export const participantInput = z.strictObject({
  /** Somebody in the register … */
  personId: idSchema.optional(),
  /** … or somebody new. Exactly one of the two. */
  person: personInput.optional(),
  roles: z.array(z.enum(GIVEN_ROLES)).min(1).max(GIVEN_ROLES.length).default(['member']),
  absence: line(200).default(''),
  capacity: line(120).default(''),
});
export const participantPatch = z.strictObject({
  title: line(120).optional(),
  organisationId: idSchema.nullable().optional(),
  category: categorySchema.optional(),
  party: line(8).optional(),
  roles: z.array(z.enum(GIVEN_ROLES)).min(1).max(GIVEN_ROLES.length).optional(),
  absence: line(200).optional(),
  capacity: line(120).optional(),
});

/** What SQL knows about an item: it decides rights and time; the words are in the rooms. */
export const itemStateSchema = z
  .object({
    itemId: idSchema,
    locked: z.object({ at: z.int(), by: z.string(), reason: z.string(), decided: z.boolean() }).nullable(),
    /** When it was the current item: closed intervals and perhaps one still open. */
    visits: z.array(z.object({ from: z.int(), to: z.int().nullable() })),
  })
  .meta({ ref: 'ItemState' });
export type ItemState = z.infer<typeof itemStateSchema>;

export const meetingSchema = z
  .object({
    id: idSchema,
    title: name(200),
    /** The organ that meets, e.g. "Nordälvens samråd". */
    body: line(120),
    /** diarienummer */
    registryNumber: line(60),
    /** IANA name; clock times of sittings are in it. */
    timeZone: z.string(),
    phase: z.enum(PHASES),
    agendaOpen: z.boolean(),
    /** Guests may write in the notes, not only in their group. */
    guestsWrite: z.boolean(),
    cancelledAt: z.int().nullable(),
    archivedAt: z.int().nullable(),
    currentItemId: idSchema.nullable(),
    /** Raised by each change; send it back with a change of phase to be told of a conflict. */
    version: z.int(),
    sittings: z.array(sittingSchema),
    /** By item: the number the notice called it under, which it keeps. Empty until a notice is published. */
    noticeNumbers: z.record(idSchema, z.string()),
    participants: z.array(participantSchema),
    organisations: z.array(organisationSchema),
    items: z.array(itemStateSchema),
    /** The caller's own roles. */
    myRoles: z.array(z.enum(ROLES)),
    /** When and by whom it was taken in from a protocol's file; `null` for a meeting made here. */
    imported: z.object({ at: z.int(), by: z.string() }).nullable(),
  })
  .meta({ ref: 'Meeting' });
export type Meeting = z.infer<typeof meetingSchema>;

export const meetingSummarySchema = z
  .object({
    id: idSchema,
    title: z.string(),
    body: z.string(),
    phase: z.enum(PHASES),
    cancelledAt: z.int().nullable(),
    archivedAt: z.int().nullable(),
    timeZone: z.string(),
    sittings: z.array(sittingSchema),
    myRoles: z.array(z.enum(ROLES)),
    /** People with an open socket in one of its rooms now. */
    hereNow: z.int(),
    currentItem: z.object({ id: idSchema, number: z.string(), title: z.string() }).nullable(),
  })
  .meta({ ref: 'MeetingSummary' });
export type MeetingSummary = z.infer<typeof meetingSummarySchema>;

export const meetingInput = z.strictObject({
  template: z.enum(TEMPLATES),
  title: name(200),
  body: line(120).default(''),
  registryNumber: line(60).default(''),
  timeZone: z.string().max(60).default('Europe/Stockholm'),
  sittings: z.array(sittingInput).max(31).default([]),
  /** The language of the standing items the template puts in. */
  language: z.enum(LANGUAGES).default('sv'),
});
export const meetingPatch = z.strictObject({
  title: name(200).optional(),
  body: line(120).optional(),
  registryNumber: line(60).optional(),
  timeZone: z.string().max(60).optional(),
  agendaOpen: z.boolean().optional(),
  guestsWrite: z.boolean().optional(),
  sittings: z.array(sittingInput).max(31).optional(),
});
export const phaseInput = z.strictObject({ phase: z.enum(PHASES), version: z.int() });
export const currentItemInput = z.strictObject({ itemId: idSchema.nullable() });
export const lockInput = z.strictObject({ reason: line(200).default('') });
/** Blocks are named by the Yjs ids of their XmlElements, `client:clock`. */
export const splitInput = z.strictObject({ title: line(300), blocks: z.array(z.string().regex(/^\d+:\d+$/)).max(500) });
export const splitResult = z.object({ itemId: idSchema }).meta({ ref: 'SplitResult' });

/** Who wrote which part of an item's room. Clocks of one client id, end exclusive; minute-precise time. */
export const authorshipSchema = z
  .object({
    people: z.record(z.string(), z.object({ name: z.string(), colour: z.int() })),
    spans: z.array(z.object({ client: z.int(), from: z.int(), to: z.int(), personId: z.string(), at: z.int() })),
  })
  .meta({ ref: 'Authorship' });
export type Authorship = z.infer<typeof authorshipSchema>;

/* Versions ----------------------------------------------------------------------------------------------------- */

/** A room as it was at one moment: the agenda's, or an item's notes. */
export const versionSchema = z
  .object({
    id: idSchema,
    at: z.int(),
    kind: z.enum(VERSION_KINDS),
    /** Empty for those that kept themselves. */
    name: z.string(),
    /** The phase that ended, for `phase`. */
    phase: z.enum(PHASES).nullable(),
    /** Who named it, deleted, locked, changed the phase or restored; `null` when the register has forgotten. */
    person: z.object({ id: idSchema, name: z.string(), colour: z.int() }).nullable(),
    bytes: z.int(),
  })
  .meta({ ref: 'Version' });
export type Version = z.infer<typeof versionSchema>;
export const versionListSchema = z.object({ versions: z.array(versionSchema) }).meta({ ref: 'Versions' });
export const versionInput = z.strictObject({ name: name(120) });
export const versionContentSchema = z
  .object({
    version: versionSchema,
    /** The whole document as a Yjs update (V1), base64. */
    state: z.string(),
    /** Who wrote which part. Names parts that were written later, too. */
    authorship: authorshipSchema,
  })
  .meta({ ref: 'VersionContent' });
export type VersionContent = z.infer<typeof versionContentSchema>;
/** `changed` is false when the text was like this already. */
export const restoredSchema = z.object({ changed: z.boolean() }).meta({ ref: 'Restored' });

/* Operations --------------------------------------------------------------------------------------------------- */

/** Milliseconds; `null` when nothing of the kind happened. */
const took = z.number().min(0).nullable();
const perSecond = z.number().min(0);

/** What was done, and how fast, over some time. Percentiles are estimated from counts by size. */
const workFields = {
  /** Updates accepted; updates times those they were sent to; bytes sent. */
  updates: perSecond,
  deliveries: perSecond,
  bytesOut: perSecond,
  /** One commit to disk. */
  commitP50: took,
  commitP99: took,
  /** One update, accepted → on disk. */
  persistP50: took,
  persistP99: took,
  /** The longest the event loop was held, milliseconds. */
  loopDelay: z.number().min(0),
  /** Updates refused. */
  refused: z.int(),
};
export const operationsSampleSchema = z
  .object({ at: z.int(), rooms: z.int(), people: z.int(), connections: z.int(), memory: z.int(), ...workFields })
  .meta({ ref: 'OperationsSample' });
export type OperationsSample = z.infer<typeof operationsSampleSchema>;

/** How the server is: counts and times, nothing anybody wrote. Counts are since `startedAt`. */
export const operationsSchema = z
  .object({
    at: z.int(),
    startedAt: z.int(),
    version: z.string(),
    now: z.object({
      rooms: z.int(),
      people: z.int(),
      connections: z.int(),
      /** Resident, bytes. */
      memory: z.int(),
      /** Since when storage takes no writes, for so many milliseconds; `null` while it does. */
      storageUnavailable: z.int().nullable(),
    }),
    lastMinute: z.object(workFields),
    counts: z.object({
      refused: z.record(z.string(), z.int()),
      resyncs: z.int(),
      /** Clients that showed something else than the server has; of them, those a resync did not help. */
      hashDifferences: z.int(),
      hashReplacements: z.int(),
      slowPeers: z.int(),
      malformed: z.int(),
      commitFailures: z.int(),
      loadErrors: z.int(),
      compactions: z.int(),
      compactionFailures: z.int(),
    }),
    backup: z.object({ nightly: z.boolean(), last: z.object({ at: z.int(), bytes: z.int() }).nullable() }),
    /** Where people are now, most people first; the title only of meetings the reader takes part in. */
    meetings: z.array(
      z.object({ meetingId: idSchema, title: z.string().nullable(), people: z.int(), connections: z.int() }),
    ),
    stepMs: z.int(),
    /** The last ten minutes, oldest first, one each `stepMs`. */
    samples: z.array(operationsSampleSchema),
  })
  .meta({ ref: 'Operations' });
export type OperationsView = z.infer<typeof operationsSchema>;

export const readySchema = z.object({ status: z.literal('ready') }).meta({ ref: 'Ready' });
export const healthSchema = z.object({ status: z.literal('ok'), version: z.string() }).meta({ ref: 'Health' });
