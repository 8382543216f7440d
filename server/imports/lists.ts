/**
 * Why this file exists: Word has no lists, only paragraphs with a numbering and a level. Here they become lists within
 * lists again, quotes become quotes, and rows and cells tables.
 */
import type { Block, Inline, ListItem } from '#shared/document/blocks.ts';
import type { FlowBlock } from '#shared/imports/flow.ts';
import type { Node } from './read-docx.ts';

type List = Extract<Block, { kind: 'list' }>;
type Quote = Extract<Block, { kind: 'quote' }>;
interface Open {
  list: List;
  /** Which numbering of the document it is; paragraphs of one list share it. */
  numbering: object;
  level: number;
}

/** How deep notes nest lists. */
const DEEPEST = 8;
/** How wide a table may become: a merged cell says how far it reaches, and a file may say anything. */
const MOST_COLUMNS = 64;
const TICKED = /^([☐☑☒])\s*/u;
const QUOTES = /^(quote|intense quote|quotation|citat|block text|starkt citat)$/i;

export interface Lists {
  paragraph(node: Node, inlines: Inline[]): void;
  table(node: Node, words: (paragraph: Node) => Inline[]): void;
  /** Whatever is open is over. */
  end(): void;
}

/** Gathers paragraphs into blocks; each finished one is told to `done`. */
export function createLists(done: (block: FlowBlock['block']) => void): Lists {
  let open: Open[] = [];
  let quote: Quote | null = null;
  let count = 0;
  const id = (): string => `0:${count++}`;
  const paragraphOf = (inlines: Inline[]): Block => ({ id: id(), kind: 'paragraph', inlines, sources: [] });

  function end(): void {
    if (open[0]) done(open[0].list);
    if (quote) done(quote);
    open = [];
    quote = null;
  }

  function entry(numbering: NonNullable<Node['numbering']>, given: Inline[]): void {
    if (quote) end();
    const level = Math.min(DEEPEST, Math.max(0, Number.parseInt(numbering.level, 10) || 0));
    const { checked, inlines } = tickOf(given, numbering.isOrdered);
    const style = checked !== null ? 'task' : numbering.isOrdered ? 'ordered' : 'bullet';
    while (open.length > 1 && (open.at(-1)?.level ?? 0) > level) open.pop();
    const last = open.at(-1);
    const same = last && last.level === level && last.list.style === style && last.numbering === numbering;
    // The first list of all may stand deeper than what follows it.
    const goesOn = last && open.length === 1 && level < last.level && last.list.style === style;
    const item: ListItem = { id: id(), checked, blocks: [paragraphOf(inlines)], sources: [] };
    if (same || goesOn) {
      last.list.items.push(item);
      last.level = level;
      last.numbering = numbering;
      return;
    }
    if (last && last.level === level) open.pop();
    const list: List = { id: id(), kind: 'list', style, start: 1, items: [item], sources: [] };
    const holder = open.at(-1)?.list.items.at(-1);
    if (holder && (open.at(-1)?.level ?? 0) < level) holder.blocks.push(list);
    else {
      if (last && open.length === 0) done(last.list);
      else end();
      open = [];
    }
    open.push({ list, numbering, level });
  }

  return {
    end,
    paragraph(node, inlines) {
      if (node.numbering) return entry(node.numbering, inlines);
      if (inlines.every((one) => 'text' in one && one.text.trim() === '')) return;
      if (QUOTES.test(node.styleName ?? '') || QUOTES.test(node.styleId ?? '')) {
        if (!quote) {
          end();
          quote = { id: id(), kind: 'quote', blocks: [], sources: [] };
        }
        quote.blocks.push(paragraphOf(inlines));
        return;
      }
      // What is set in under an entry and has no mark of its own belongs to the entry.
      const item = open.at(-1)?.list.items.at(-1);
      if (item && Number(node.indent?.start ?? 0) > 0) {
        item.blocks.push(paragraphOf(inlines));
        return;
      }
      end();
      done(paragraphOf(inlines) as FlowBlock['block']);
    },
    table(node, words) {
      end();
      const rows = gridOf((node.children ?? []).filter(({ type }) => type === 'tableRow'));
      const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
      if (width === 0) return;
      done({
        id: id(),
        kind: 'table',
        rows: rows.map(({ cells, header }) => ({
          id: id(),
          cells: Array.from({ length: width }, (_, n) => ({ header, blocks: cellBlocks(cells[n], words) })),
          sources: [],
        })),
        sources: [],
      });
    },
  };

  /** Paragraphs and lists of a cell; a table within a cell gives its words, since notes have no tables in tables. */
  function cellBlocks(cell: Node | undefined, words: (paragraph: Node) => Inline[]): Block[] {
    const blocks: Block[] = [];
    const inner = createLists((block) => blocks.push(block));
    const visit = (nodes: readonly Node[]): void => {
      for (const node of nodes) {
        if (node.type === 'paragraph') inner.paragraph(node, words(node));
        else visit(node.children ?? []);
      }
    };
    visit(cell?.children ?? []);
    inner.end();
    return blocks;
  }
}

/**
 * Every cell in the column it stands in. Notes have no merged cells: the words stay where the merged cell begins, and the
 * places it reaches over are empty.
 */
function gridOf(rows: readonly Node[]): { cells: (Node | undefined)[]; header: boolean }[] {
  /** By column: how many rows the cell above still reaches down. */
  const reaching: number[] = [];
  return rows.map(({ children = [], isHeader }) => {
    const cells: (Node | undefined)[] = [];
    const past = (): void => {
      while ((reaching[cells.length] ?? 0) > 0) {
        reaching[cells.length] = (reaching[cells.length] ?? 0) - 1;
        cells.push(undefined);
      }
    };
    for (const cell of children) {
      past();
      const span = Math.max(1, cell.colSpan ?? 1);
      for (let n = 0; n < span && cells.length < MOST_COLUMNS; n++) {
        reaching[cells.length] = Math.max(1, cell.rowSpan ?? 1) - 1;
        cells.push(n === 0 ? cell : undefined);
      }
    }
    past();
    return { cells, header: isHeader === true };
  });
}

/** A box before the words of a bullet makes it an entry to tick. */
function tickOf(inlines: Inline[], isOrdered: boolean): { checked: boolean | null; inlines: Inline[] } {
  const [first, ...more] = inlines;
  const box = !isOrdered && first && 'text' in first ? TICKED.exec(first.text) : null;
  if (!box || !first || !('text' in first)) return { checked: null, inlines };
  const text = first.text.slice(box[0].length);
  return { checked: box[1] !== '☐', inlines: text === '' ? more : [{ ...first, text }, ...more] };
}
