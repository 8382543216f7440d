/**
 * Why this file exists: how a body keeps its records, the same at all its meetings: how it numbers decisions, which kind of
 * minutes it writes, how attendance is grouped and what its abbreviations mean.
 */
import type { NumberingPolicy } from './decision.ts';

/** beslutsprotokoll, diskussionsprotokoll, mötesanteckningar */
export const MINUTES_STYLES = ['decisions', 'discussion', 'notes'] as const;
export type MinutesStyle = (typeof MINUTES_STYLES)[number];

export const ATTENDANCE_GROUPINGS = ['category', 'organisation'] as const;
export type AttendanceGrouping = (typeof ATTENDANCE_GROUPINGS)[number];

export interface BodySettings {
  numbering: NumberingPolicy;
  /** Where this year's series begins, for a body that has counted before; 1 in every other year. */
  first: { year: number; n: number } | null;
  style: MinutesStyle;
  grouping: AttendanceGrouping;
  abbreviations: { short: string; long: string }[];
}

export const DEFAULT_BODY: BodySettings = {
  numbering: 'running',
  first: null,
  style: 'discussion',
  grouping: 'organisation',
  abbreviations: [],
};

/** Under what a meeting's body is kept: its name; a meeting of no body is a body of its own. */
export const bodyKey = (meeting: { id: string; body: string }): string =>
  meeting.body.normalize('NFC').replace(/\s+/gu, ' ').trim() || `meeting:${meeting.id}`;
