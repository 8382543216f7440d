/**
 * Why this file exists: one line of the table: a figure of ours, the references' beside it, what was promised, and whether
 * it is kept.
 */
import type { DialectName } from './load/dialects.ts';
import { median } from './stats.ts';

/** What was measured of each server, one value per round; a server that was not asked or did not answer has none. */
export type Figures = Partial<Record<DialectName, number[]>>;

export interface Bound {
  /** Ours may be at most (or, when more is better, must be at least) this much of raw and of Hocuspocus. */
  raw?: number;
  hocuspocus?: number;
  /** The same of the figure itself, in its own unit. */
  absolute?: number;
}

export interface Line {
  case: string;
  figure: string;
  unit: string;
  figures: Figures;
  better: 'less' | 'more';
  goal?: Bound;
  /** What is hoped for beyond the goal. */
  aim?: Bound;
  /** Said behind the line: what one must know to read it. */
  note?: string;
}

export interface Judged {
  value: Partial<Record<DialectName, number>>;
  ratio: { raw: number | null; hocuspocus: number | null };
  goal: 'met' | 'MISSED' | '';
  aim: 'reached' | 'not reached' | '';
}

/** Ratios are taken within a round and then the middle one, so that a round's noise falls on both sides. */
function ratioTo(line: Line, reference: 'raw' | 'hocuspocus'): number | null {
  const ours = line.figures.ours ?? [];
  const theirs = line.figures[reference] ?? [];
  const ratios = ours.flatMap((value, round) => {
    const base = theirs[round];
    return base === undefined || !(base > 0) ? [] : [value / base];
  });
  return ratios.length > 0 ? median(ratios) : null;
}

function keeps(line: Line, bound: Bound, ratio: Judged['ratio'], own: number): boolean {
  const within = (value: number | null, limit: number | undefined): boolean => {
    if (limit === undefined) return true;
    if (value === null || Number.isNaN(value)) return false;
    return line.better === 'less' ? value <= limit : value >= limit;
  };
  return within(ratio.raw, bound.raw) && within(ratio.hocuspocus, bound.hocuspocus) && within(own, bound.absolute);
}

export function judge(line: Line): Judged {
  const value: Judged['value'] = {};
  for (const [name, values] of Object.entries(line.figures)) value[name as DialectName] = median(values);
  const ratio = { raw: ratioTo(line, 'raw'), hocuspocus: ratioTo(line, 'hocuspocus') };
  const own = value.ours ?? Number.NaN;
  return {
    value,
    ratio,
    goal: line.goal ? (keeps(line, line.goal, ratio, own) ? 'met' : 'MISSED') : '',
    aim: line.aim ? (keeps(line, line.aim, ratio, own) ? 'reached' : 'not reached') : '',
  };
}
