/** Why this file exists: what a person has said of each piece of a document, and what that comes to when it is taken in. Pure. */
import type { ImportInput, ImportPreview } from '#shared/imports/api.ts';

/** punkt, avsnitt, underpunkt, or part of the one above */
export const BECOMES = ['item', 'section', 'under', 'merge'] as const;
export type Becomes = (typeof BECOMES)[number];

/** Of one piece. */
export interface Choice {
  taken: boolean;
  title: string;
  becomes: Becomes;
}

/** What is proposed: a piece without words of its own over others is a section, what stands under a point is below it. */
export function proposed({ pieces }: ImportPreview, untitled: string): Choice[] {
  let within: 'section' | 'item' = 'item';
  return pieces.map((piece, n) => {
    if (piece.depth === 0) within = piece.blocks.length === 0 && pieces[n + 1]?.depth === 1 ? 'section' : 'item';
    return {
      // What stands before the first heading is a letterhead more often than a point.
      taken: piece.title !== '' || pieces.length === 1,
      title: piece.title || untitled,
      becomes: piece.depth === 0 ? within : within === 'section' ? 'item' : 'under',
    };
  });
}

/** The rows to be made: what merges goes to the last one that is taken before it; with none there it is a point. */
export function rowsOf(choices: readonly Choice[]): ImportInput['rows'] {
  const rows: ImportInput['rows'] = [];
  for (const [n, { taken, title, becomes }] of choices.entries()) {
    if (!taken) continue;
    const last = rows.at(-1);
    if (becomes === 'merge' && last) last.pieces.push(n);
    else rows.push({ title: title.trim(), kind: becomes === 'merge' ? 'item' : becomes, pieces: [n] });
  }
  return rows;
}
