/**
 * Why this file exists: a protocol is composed of what others keep: presence, decisions, attachments, the body's habits.
 * This is all it needs to know of them. A part that keeps nothing of a meeting answers with nothing, and the protocol
 * says so.
 */
import type { Grouping } from '#shared/attendance/roll.ts';
import type { Id } from '#shared/ids.ts';
import type { MinutesWarning } from '#shared/minutes/completeness.ts';
import type {
  MinutesAction,
  MinutesAttachment,
  MinutesDecision,
  MinutesList,
  MinutesReopening,
  MinutesStyle,
} from '#shared/minutes/document.ts';
import type { Language } from '#shared/terms.ts';
import type { MeetingRecord } from '../meetings/ports.ts';

/** Whom and what it is composed for. */
export interface Composing {
  meeting: MeetingRecord;
  language: Language;
}

/** Who was there, as of one moment. */
export interface AttendancePort {
  read(of: Composing, groupBy: Grouping): Promise<AttendanceFacts>;
}
export interface AttendanceFacts {
  /** The lists as they are printed; `null` while nobody has kept presence. */
  lists: MinutesList[] | null;
  /** The items of whose time presence is known. */
  known: ReadonlySet<Id>;
  /** What does not hold together in it. */
  warnings: readonly MinutesWarning[];
}

/** What was decided, what is to be done, and who opened an item again. By item; an item's in the order of time. */
export interface DecisionPort {
  decisions(of: Composing): Promise<ReadonlyMap<Id, MinutesDecision[]>>;
  actions(of: Composing): Promise<ReadonlyMap<Id, MinutesAction[]>>;
  reopenings(of: Composing): Promise<ReadonlyMap<Id, MinutesReopening[]>>;
}

/** By item, '' for the meeting's own; `numberOf` is the item's number as it is now. */
export interface AttachmentPort {
  attachments(of: Composing, numberOf: (itemId: Id) => string): Promise<ReadonlyMap<Id | '', MinutesAttachment[]>>;
}

/** How the body wants its protocols. */
export interface BodyPort {
  settings(of: Composing): Promise<BodyHabits>;
}
export interface BodyHabits {
  style: MinutesStyle;
  groupBy: Grouping;
  abbreviations: { short: string; long: string }[];
}

/** Who has signed, by person. */
export interface SigningPort {
  signed(of: Composing): Promise<ReadonlyMap<Id, number>>;
}

export interface MinutesParts {
  attendance: AttendancePort;
  decisions: DecisionPort;
  attachments: AttachmentPort;
  body: BodyPort;
  signing: SigningPort;
}

/** How one meeting's protocol is set, where that differs from its body's habit. */
export interface MinutesSetting {
  style: MinutesStyle | null;
}

/** Contract suite: tests/storage/minutes-store.test.ts. */
export interface MinutesStore {
  /** `{ style: null }` for a meeting that has none. */
  get(meetingId: Id): Promise<MinutesSetting>;
  /**
   * Reads the meeting and its setting, asks `decide` and writes what it answers, in one transaction. `decide` is
   * synchronous and may throw to change nothing. Resolves to `null` when there is no such meeting.
   */
  change(
    meetingId: Id,
    decide: (setting: MinutesSetting, meeting: MeetingRecord) => MinutesSetting,
  ): Promise<MinutesSetting | null>;
}

const NONE: ReadonlyMap<never, never> = new Map<never, never>();

/** The parts of a house that keeps nothing beyond agenda, notes and summaries. */
export const NO_PARTS: MinutesParts = {
  attendance: { read: async () => ({ lists: null, known: new Set(), warnings: [] }) },
  decisions: { decisions: async () => NONE, actions: async () => NONE, reopenings: async () => NONE },
  attachments: { attachments: async () => NONE },
  body: { settings: async () => ({ style: 'discussion', groupBy: 'organisation', abbreviations: [] }) },
  signing: { signed: async () => NONE },
};
