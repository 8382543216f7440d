/**
 * Why this file exists: a protocol is read years later by people who never heard the abbreviations. The first time one
 * stands in running text its meaning stands before it; those that only stand where nothing may be added (titles, the
 * wording of a decision, names) are listed at the end. Pure; the document itself is never changed.
 */
import type { Block, Inline } from '../document/blocks.ts';
import type { MinutesDocument } from './document.ts';

export interface Expanded {
  document: MinutesDocument;
  /** Those that are used without their meaning having been said. */
  listed: { short: string; long: string }[];
}

type Abbreviation = MinutesDocument['abbreviations'][number];

/** Says each abbreviation's meaning where it first stands in notes or summaries. */
export function expandAbbreviations(document: MinutesDocument): Expanded {
  const open = document.abbreviations.filter(({ short, long }) => short !== '' && long !== '');
  if (open.length === 0) return { document, listed: [] };
  const waiting = new Map(open.map((one) => [one.short, one]));
  const pattern = patternOf(open);
  const said = new Set<string>();

  const text = (words: string): string =>
    words.replace(pattern, (short: string, ...rest: unknown[]) => {
      const abbreviation = waiting.get(short);
      const at = rest.at(-2) as number;
      // The first part of a longer word ("RUS-arbetet") cannot be written out there; its meaning waits for the next place.
      if (!abbreviation || /^-\p{L}/u.test(words.slice(at + short.length))) return short;
      waiting.delete(short);
      said.add(short);
      // Who wrote "långa namnet (LN)" has said it already.
      const before = words.slice(0, at);
      if (before.toLowerCase().endsWith(`${abbreviation.long.toLowerCase()} (`)) return short;
      const begins = /(?:^|[.!?]\s)$/.test(before);
      return `${begins ? capital(abbreviation.long) : abbreviation.long} (${short})`;
    });
  const inlines = (list: Inline[]): Inline[] =>
    list.map((one) => ('text' in one ? { ...one, text: text(one.text) } : one));
  const block = (one: Block): Block => {
    switch (one.kind) {
      case 'heading':
        return one;
      case 'paragraph':
        return { ...one, inlines: inlines(one.inlines) };
      case 'quote':
        return { ...one, blocks: one.blocks.map(block) };
      case 'list':
        return { ...one, items: one.items.map((item) => ({ ...item, blocks: item.blocks.map(block) })) };
      case 'table':
        return {
          ...one,
          rows: one.rows.map((row) => ({
            ...row,
            cells: row.cells.map((cell) => (cell.header ? cell : { ...cell, blocks: cell.blocks.map(block) })),
          })),
        };
    }
  };

  const items = document.items.map((item) => {
    const notes = item.blocks.map(block);
    const summary = item.summary && {
      ...item.summary,
      sections: item.summary.sections.map((section) => ({ ...section, blocks: section.blocks.map(block) })),
    };
    return { ...item, blocks: notes, summary };
  });
  const appendix = document.appendix.map((one) => ({ ...one, blocks: one.blocks.map(block) }));
  const used = usedIn(document, pattern);
  return {
    document: { ...document, items, appendix },
    listed: open.filter(({ short }) => used.has(short) && !said.has(short)),
  };
}

const capital = (words: string): string => {
  const [first = ''] = words;
  return first.toLocaleUpperCase('sv') + words.slice(first.length);
};

/** Whole words only, the longest first: "SGU" is not "SG". */
function patternOf(abbreviations: readonly Abbreviation[]): RegExp {
  const words = abbreviations
    .map(({ short }) => short)
    .sort((a, b) => b.length - a.length)
    .map((short) => short.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
}

/** The abbreviations that stand anywhere in the document's own words. */
function usedIn(document: MinutesDocument, pattern: RegExp): Set<string> {
  // The registry's number is a name, and what was left out of it says nothing.
  const { abbreviations: _, header, ...more } = document;
  const rest = { ...more, title: header.title };
  const used = new Set<string>();
  for (const [short] of JSON.stringify(rest).matchAll(pattern)) used.add(short);
  return used;
}
