/**
 * Why this file exists: what has changed between a version and now, line by line and, inside a line that was rewritten,
 * word by word.
 */
import { diffWordsWithSpace } from 'diff';
import { align } from '#shared/versions/align.ts';
import type { Line } from './lines.ts';

export interface Words {
  text: string;
  change: 'same' | 'gone' | 'new';
}

export type Change =
  | { kind: 'same' | 'gone' | 'new'; line: Line }
  /** The same line with other words; without any of them `gone` or `new`, only its form is another. */
  | { kind: 'rewritten'; line: Line; words: Words[] };

const SAME = 3;
const REWRITTEN = 2;
/** Letters beyond which comparing word by word would hold up the page; then both are shown whole. */
const MOST_LETTERS = 20_000;

function words(before: string, after: string): Words[] {
  if (before.length + after.length > MOST_LETTERS)
    return [
      { text: before, change: 'gone' },
      { text: after, change: 'new' },
    ];
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    text: value,
    change: added ? 'new' : removed ? 'gone' : 'same',
  }));
}

/** What is to be shown, from the top: what is gone stands before what came in its place. */
export function compare(before: readonly Line[], after: readonly Line[]): Change[] {
  const alike = (a: Line, b: Line) => (a.says === b.says ? SAME : a.is === b.is ? REWRITTEN : 0);
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  const upTo = (toBefore: number, toAfter: number) => {
    for (; i < toBefore; i++) changes.push({ kind: 'gone', line: before[i] as Line });
    for (; j < toAfter; j++) changes.push({ kind: 'new', line: after[j] as Line });
  };
  for (const pair of align(before, after, alike, SAME)) {
    upTo(pair.before, pair.after);
    const [was, is] = [before[i++] as Line, after[j++] as Line];
    if (was.says === is.says) changes.push({ kind: 'same', line: is });
    else changes.push({ kind: 'rewritten', line: is, words: words(was.text, is.text) });
  }
  upTo(before.length, after.length);
  return changes;
}

/** How much there is to see. */
export function countChanges(changes: readonly Change[]): number {
  return changes.filter((change) => change.kind !== 'same').length;
}

export type Stretch = { kind: 'changes'; changes: Change[] } | { kind: 'skipped'; changes: Change[] };

/** Lines that stand beside a change and are shown with it. */
const BESIDE = 2;
/** Fewer are shown rather than folded. */
const FEWEST = 4;

/** Gathers long stretches without any change, so that they can be folded. */
export function folded(changes: readonly Change[]): Stretch[] {
  const near = changes.map((_, at) =>
    changes.slice(Math.max(0, at - BESIDE), at + BESIDE + 1).some((one) => one.kind !== 'same'),
  );
  const out: Stretch[] = [];
  changes.forEach((change, at) => {
    const kind = near[at] ? 'changes' : 'skipped';
    const last = out.at(-1);
    if (last?.kind === kind) last.changes.push(change);
    else out.push({ kind, changes: [change] });
  });
  return out.map((stretch) =>
    stretch.kind === 'skipped' && stretch.changes.length < FEWEST ? { ...stretch, kind: 'changes' } : stretch,
  );
}
