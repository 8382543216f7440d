/**
 * Why this file exists: a notice (kallelse) as one value, composed once from the agenda and rendered many ways, as a
 * protocol is. A version that was published is kept as exactly this value and never composed again: what was sent is what
 * can be read, whatever has become of the agenda since. It is in one language, because it holds phrases.
 */
import type { ItemKind } from '../agenda.ts';
import type { Id } from '../ids.ts';
import type { MinutesAttachment, MinutesPresenter, MinutesSitting } from '../minutes/document.ts';
import type { Language } from '../terms.ts';
import type { NoticeChange } from './changes.ts';

/** One of the meeting's days, with the link for taking part from elsewhere ('' without). */
export interface NoticeSitting extends MinutesSitting {
  link: string;
}

/** A row of the agenda, breaks too: they are part of the day. */
export interface NoticeItem {
  id: Id;
  /** "4", "4.1"; '' for sections and breaks. */
  number: string;
  /** 0 at the top, at most 2. */
  level: number;
  kind: ItemKind;
  title: string;
  sittingId: Id | '';
  /** When it is planned to begin, HH:MM in the meeting's zone; '' where nothing is planned. */
  start: string;
  /** Planned, 0 when it is not said. */
  minutes: number;
  presenters: MinutesPresenter[];
  attachments: MinutesAttachment[];
}

/** Who is called, by organisation in the house's order. */
export interface NoticeGroup {
  label: string;
  names: string[];
}

export interface NoticeDocument {
  format: 'radslag-notice';
  version: 1;
  language: Language;
  /** The first that is published is 1. */
  number: number;
  meeting: { id: Id; timeZone: string };
  header: {
    body: string;
    title: string;
    registryNumber: string;
    sittings: NoticeSitting[];
    /** Where all of it is held, when that is one place; else '' and each sitting has its own. */
    place: string;
    officers: { role: string; name: string }[];
  };
  /** What those who call say themselves; '' for nothing. */
  message: string;
  /** YYYY-MM-DD, or ''. */
  replyBy: string;
  items: NoticeItem[];
  /** Of the meeting, belonging to no item. */
  attachments: MinutesAttachment[];
  called: NoticeGroup[];
  /** Sittings that an earlier version called to and this one does not: calendars must be told to forget them. */
  withdrawn: NoticeSitting[];
  /** Against the version before; empty for the first. */
  changes: NoticeChange[];
}

/** A day's name as it is said in passing: "Dag 1", or its date when there is only one. */
export const sittingName = ({ label, date }: Pick<MinutesSitting, 'label' | 'date'>): string =>
  label === '' ? date : label;

/** Where a sitting is held: its own place, else that of all. */
export const placeIn = ({ header }: Pick<NoticeDocument, 'header'>, sitting: Pick<NoticeSitting, 'place'>): string =>
  sitting.place === '' ? header.place : sitting.place;
