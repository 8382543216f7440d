/**
 * Why this file exists: before a protocol is signed somebody goes through it item by item and asks what is missing. Here
 * are the rules: what each item needs depends on its kind and on the protocol's style. Pure.
 */
import type { AttendanceWarning } from '../attendance/warnings.ts';
import type { Id } from '../ids.ts';
import type { MinutesDocument, MinutesItem } from './document.ts';

/** There, missing, or not asked of this item. */
export type Mark = 'done' | 'missing' | 'none';
export const ASPECTS = ['attendance', 'presenters', 'outcome', 'summary', 'attachments'] as const;
export type Aspect = (typeof ASPECTS)[number];

export interface ItemCompleteness {
  itemId: Id;
  marks: Record<Aspect, Mark>;
}

/** What must be in order before a protocol is closed; `items` are those it is not so for. */
export const CHECKS = [
  'attendance',
  'presence',
  'presenters',
  'outcome',
  'summary',
  'references',
  'actions',
  'chair',
  'secretary',
  'verifiers',
] as const;
export type Check = (typeof CHECKS)[number];
export interface CheckResult {
  check: Check;
  ok: boolean;
  items: Id[];
}

/** What does not hold together in who was there; codes as in shared/attendance/warnings.ts. */
export const WARNINGS = [
  'presenter-absent',
  'no-chair',
  'unrepresented',
  'present-and-excused',
  'substitute-beside',
  'unsaid',
] as const satisfies readonly AttendanceWarning['code'][];
export interface MinutesWarning {
  code: (typeof WARNINGS)[number];
  /** The item it is about, or ''. */
  itemId: Id | '';
  /** When something was decided; `null` when nothing was. */
  at: number | null;
  /** Which of the meeting's days, from 1; `null` when it is of no day. */
  day: number | null;
  /** Whom or which organisation it is about; a substitute before the one they serve for. */
  names: string[];
  /** What they had announced, in their own words. */
  words: string;
}

/** What the rules need to know beside the document itself. */
export interface CompletenessFacts {
  /** Items of whose time presence is known. */
  attended: ReadonlySet<Id>;
  /** What does not hold together in presence; `null` while nobody has kept it. */
  warnings: readonly MinutesWarning[] | null;
  /** Items with a workshop: they are to have a summary. */
  workshops: ReadonlySet<Id>;
  /** Items in whose text a reference points nowhere. */
  broken: ReadonlySet<Id>;
}

/** The marks of every item but the sections, in the order of the document; `full` is before its style left things out. */
export function completenessOf(full: MinutesDocument, facts: CompletenessFacts): ItemCompleteness[] {
  return full.items.flatMap((item, i) => {
    if (item.kind === 'section') return [];
    const holds = (full.items[i + 1]?.level ?? 0) > item.level;
    return [{ itemId: item.id, marks: marksOf(item, holds, full, facts) }];
  });
}

function marksOf(
  item: MinutesItem,
  holds: boolean,
  { style }: MinutesDocument,
  { attended, workshops, broken }: CompletenessFacts,
): Record<Aspect, Mark> {
  const mark = (done: boolean, asked: boolean): Mark => (done ? 'done' : asked ? 'missing' : 'none');
  const workshop = workshops.has(item.id);
  const written = item.blocks.length > 0;
  // Who reports nothing has said all there is; what only holds other items says it in them.
  const speaks = !holds && !item.nothingToReport && item.kind !== 'checkIn';
  const presented = ['information', 'report', 'decision', 'dialogue'].includes(item.kind) && !holds;
  const decides =
    item.kind === 'decision' ||
    item.kind === 'previousMinutes' ||
    (style !== 'notes' && ['information', 'report', 'otherBusiness'].includes(item.kind) && !holds);
  return {
    attendance: mark(attended.has(item.id), true),
    presenters: mark(item.presenters.length > 0, presented),
    outcome: mark(item.decisions.length > 0 || item.nothingToReport, decides),
    summary: workshop
      ? mark(item.summary !== null, true)
      : mark(written || item.summary !== null, speaks && style !== 'decisions'),
    attachments: broken.has(item.id) ? 'missing' : item.attachments.length > 0 ? 'done' : 'none',
  };
}

const itemsOf = (warnings: readonly MinutesWarning[]): Id[] => [
  ...new Set(warnings.flatMap(({ itemId }) => (itemId === '' ? [] : [itemId]))),
];

/** The closing checklist. */
export function checksOf(full: MinutesDocument, facts: CompletenessFacts): CheckResult[] {
  const marks = completenessOf(full, facts);
  const missing = (aspect: Aspect): Id[] =>
    marks.filter((one) => one.marks[aspect] === 'missing').map((one) => one.itemId);
  const of = (check: Check, items: Id[], ok = items.length === 0): CheckResult => ({ check, ok, items });
  const signs = (...roles: string[]): boolean => full.signatures.some(({ role }) => roles.includes(role));
  const unowned = full.items.filter(({ actions }) =>
    actions.some(({ owner, due, done }) => !done && (owner === '' || due === '')),
  );
  return [
    of('attendance', missing('attendance')),
    ...(facts.warnings === null ? [] : [of('presence', itemsOf(facts.warnings), facts.warnings.length === 0)]),
    of('presenters', missing('presenters')),
    of('outcome', missing('outcome')),
    of('summary', missing('summary')),
    of('references', missing('attachments')),
    of(
      'actions',
      unowned.map(({ id }) => id),
    ),
    ...(full.style === 'notes'
      ? []
      : [
          of('chair', [], signs('chair', 'viceChair')),
          of('secretary', [], signs('secretary')),
          of('verifiers', [], signs('verifier')),
        ]),
  ];
}
