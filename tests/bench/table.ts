/**
 * Why this file exists: how the lines look on paper.
 */
import { type Bound, judge, type Line } from './lines.ts';

const HEAD = ['case', 'figure', 'Rådslag', 'raw', 'Hocuspocus', '÷ raw', '÷ Hocusp.', 'goal', 'aim', ''];

function number(value: number | undefined, unit: string): string {
  if (value === undefined) return '–';
  if (Number.isNaN(value)) return 'none';
  if (!Number.isFinite(value)) return 'never';
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return `${value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })} ${unit}`.trim();
}

function bound(limit: Bound | undefined, line: Line): string {
  if (!limit) return '';
  const sign = line.better === 'less' ? '≤' : '≥';
  const parts: string[] = [];
  if (limit.raw !== undefined) parts.push(`${limit.raw} raw`);
  if (limit.hocuspocus !== undefined) parts.push(`${limit.hocuspocus} H`);
  if (limit.absolute !== undefined) parts.push(number(limit.absolute, line.unit));
  return `${sign} ${parts.join(', ')}`;
}

const ratio = (value: number | null): string => (value === null ? '' : `${value.toFixed(2)}×`);

function cells(line: Line): string[] {
  const { value, ratio: ratios, goal, aim } = judge(line);
  return [
    line.case,
    line.figure,
    number(value.ours, line.unit),
    number(value.raw, line.unit),
    number(value.hocuspocus, line.unit),
    ratio(ratios.raw),
    ratio(ratios.hocuspocus),
    bound(line.goal, line),
    bound(line.aim, line),
    [goal, aim === 'reached' ? '(aim too)' : ''].filter((word) => word !== '').join(' '),
  ];
}

/** The table, the case's name only where it begins; notes behind it. */
export function table(lines: Line[]): string {
  const rows = [HEAD, ...lines.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const text = rows.map((row, n) => {
    const again = n > 1 && row[0] === rows[n - 1]?.[0];
    return row
      .map((cell, column) => {
        const shown = column === 0 && again ? '' : cell;
        const width = widths[column] ?? 0;
        return column >= 2 && column <= 6 ? shown.padStart(width) : shown.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  });
  const notes = lines.flatMap((line) => (line.note ? [`  ${line.case}, ${line.figure}: ${line.note}`] : []));
  return [...text, ...(notes.length > 0 ? ['', ...new Set(notes)] : [])].join('\n');
}
