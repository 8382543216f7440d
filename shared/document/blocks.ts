/**
 * Why this file exists: what people wrote in an editor, as plain values: the notes of an item, a summary's answer, the
 * wording of a clause. Made from a room's document once; from then on the same for pages, comparisons and every file.
 *
 * What stands in a room was written by many clients: every attribute is cleaned here, and nothing goes deeper than
 * {@link MAX_DEPTH}.
 */
import * as Y from 'yjs';
import { NODE_ATTRIBUTES, safeHref } from '../editor/attributes.ts';
import { type Id, isId } from '../ids.ts';
import { MAX_DEPTH } from '../versions/blocks.ts';
import { readSources } from '../workshop/contribution-keys.ts';

/** Words with the same marks; `break` is a new line within a block. */
export type Inline = { text: string; bold?: true; italic?: true; href?: string } | { break: true };

export interface ListItem {
  id: string;
  /** Ticked or not; `null` in lists that are not for ticking. */
  checked: boolean | null;
  blocks: Block[];
  sources: string[];
}
export interface Cell {
  header: boolean;
  blocks: Block[];
}
export interface Row {
  id: string;
  cells: Cell[];
  sources: string[];
}
/** `id` is which block it is (`client:clock`), the same in every revision it stands in. */
export type Block = { id: string } & (
  | { kind: 'paragraph'; inlines: Inline[]; sources: string[] }
  | { kind: 'heading'; level: 2 | 3 | 4; inlines: Inline[]; sources: string[] }
  | { kind: 'list'; style: 'bullet' | 'ordered' | 'task'; start: number; items: ListItem[]; sources: string[] }
  | { kind: 'quote'; blocks: Block[]; sources: string[] }
  | { kind: 'table'; rows: Row[]; sources: string[] }
);

/** What a text says where it points at somebody or something: at a person, at an attachment with the number it has now. */
export interface References {
  mention(personId: Id | '', label: string): string;
  attachment(attachmentId: Id | ''): string;
}
const AS_WRITTEN: References = { mention: (_, label) => `@${label}`, attachment: () => '' };

/** What stands in a fragment, without the empty paragraphs around it. */
export function readBlocks(fragment: Y.XmlFragment, references: References = AS_WRITTEN): Block[] {
  return withoutEmptyEnds(blocksOf(fragment, { depth: 0, references }));
}

/** Where in a text, and what its references say. */
interface Place {
  depth: number;
  references: References;
}
const below = ({ depth, references }: Place, by = 1): Place => ({ depth: depth + by, references });

/** The empty paragraphs around a text are where people may write, not what they have written. */
function withoutEmptyEnds(blocks: Block[]): Block[] {
  const empty = (block: Block | undefined) => block?.kind === 'paragraph' && block.inlines.length === 0;
  let [from, to] = [0, blocks.length];
  while (from < to && empty(blocks[from])) from++;
  while (to > from && empty(blocks[to - 1])) to--;
  return blocks.slice(from, to);
}

function blocksOf(parent: Y.XmlFragment, at: Place): Block[] {
  if (at.depth > MAX_DEPTH) return [];
  return parent.toArray().flatMap((child) => (child instanceof Y.XmlElement ? blockOf(child, below(at)) : []));
}

function attribute(node: Y.XmlElement, name: string): unknown {
  return (node.getAttributes() as Record<string, unknown>)[name];
}

function blockOf(node: Y.XmlElement, at: Place): Block[] {
  const sources = sourcesOf(node);
  const id = idOf(node);
  switch (node.nodeName) {
    case 'paragraph':
      return [{ id, kind: 'paragraph', inlines: inlinesOf(node, at.references), sources }];
    case 'heading': {
      const level = NODE_ATTRIBUTES.heading?.level?.(attribute(node, 'level')) as 2 | 3 | 4;
      return [{ id, kind: 'heading', level, inlines: inlinesOf(node, at.references), sources }];
    }
    case 'bulletList':
    case 'taskList':
    case 'orderedList':
      return [listOf(node, sources, at)];
    case 'blockquote':
      return [{ id, kind: 'quote', blocks: blocksOf(node, at), sources }];
    case 'table':
      return [{ id, kind: 'table', rows: childrenOf(node).map((row) => rowOf(row, at)), sources }];
    default:
      return [];
  }
}

const childrenOf = (node: Y.XmlElement): Y.XmlElement[] =>
  node.toArray().filter((child): child is Y.XmlElement => child instanceof Y.XmlElement);

const idOf = (node: Y.XmlElement): string => `${node._item?.id.client ?? 0}:${node._item?.id.clock ?? 0}`;
const sourcesOf = (node: Y.XmlElement): string[] => readSources(attribute(node, 'sources'));

const rowOf = (row: Y.XmlElement, at: Place): Row => ({
  id: idOf(row),
  cells: childrenOf(row).map((cell) => ({
    header: cell.nodeName === 'tableHeader',
    blocks: blocksOf(cell, below(at, 2)),
  })),
  sources: sourcesOf(row),
});

function listOf(node: Y.XmlElement, sources: string[], at: Place): Block {
  const style = node.nodeName === 'bulletList' ? 'bullet' : node.nodeName === 'taskList' ? 'task' : 'ordered';
  return {
    id: idOf(node),
    kind: 'list',
    style,
    start: style === 'ordered' ? (NODE_ATTRIBUTES.orderedList?.start?.(attribute(node, 'start')) as number) : 1,
    items: childrenOf(node).map((item) => ({
      id: idOf(item),
      checked: style === 'task' ? attribute(item, 'checked') === true : null,
      blocks: blocksOf(item, below(at)),
      sources: sourcesOf(item),
    })),
    sources,
  };
}

type Delta = { insert: unknown; attributes?: Record<string, unknown> };

function inlinesOf(node: Y.XmlElement, references: References): Inline[] {
  const inlines: Inline[] = [];
  const add = (one: Inline): void => {
    const last = inlines.at(-1);
    if (last && 'text' in last && 'text' in one && sameMarks(last, one)) last.text += one.text;
    else inlines.push(one);
  };
  for (const child of node.toArray()) {
    if (child instanceof Y.XmlText)
      for (const { insert, attributes } of child.toDelta() as Delta[]) {
        if (typeof insert === 'string') add(run(insert, attributes));
        else if (insert instanceof Y.XmlElement) element(insert, references, add);
      }
    else if (child instanceof Y.XmlElement) element(child, references, add);
  }
  return inlines;
}

function element(node: Y.XmlElement, references: References, add: (one: Inline) => void): void {
  const idOr = (value: unknown): Id | '' => (isId(value) ? value : '');
  if (node.nodeName === 'hardBreak') add({ break: true });
  if (node.nodeName === 'mention') {
    const label = String(NODE_ATTRIBUTES.mention?.label?.(attribute(node, 'label')));
    add({ text: references.mention(idOr(attribute(node, 'id')), label) });
  }
  if (node.nodeName === 'attachment') {
    const text = references.attachment(idOr(attribute(node, 'id')));
    if (text !== '') add({ text });
  }
}

function run(text: string, marks: Record<string, unknown> = {}): Inline {
  // Line ends and control characters are no words: a new line is a node of its own.
  const inline: Extract<Inline, { text: string }> = { text: text.replace(/[\p{Cc}\p{Cs}]/gu, ' ') };
  if (marks.bold) inline.bold = true;
  if (marks.italic) inline.italic = true;
  const href = safeHref((marks.link as { href?: unknown } | undefined)?.href);
  if (href !== null) inline.href = href;
  return inline;
}

type Words = Extract<Inline, { text: string }>;
const sameMarks = (a: Words, b: Words): boolean => a.bold === b.bold && a.italic === b.italic && a.href === b.href;

/** The words of some inlines. */
export function inlineText(inlines: readonly Inline[]): string {
  return inlines.map((one) => ('break' in one ? '\n' : one.text)).join('');
}

/** The words of blocks, a line each; entries of lists begin with a mark, cells of a row are divided by a bar. */
export function blocksText(blocks: readonly Block[], indent = ''): string[] {
  return blocks.flatMap((block) => linesOf(block, indent));
}

function linesOf(block: Block, indent: string): string[] {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return [indent + inlineText(block.inlines)];
    case 'quote':
      return blocksText(block.blocks, `${indent}> `);
    case 'list':
      return block.items.flatMap((item, n) => {
        const box = item.checked === null ? '–' : item.checked ? '[x]' : '[ ]';
        const mark = block.style === 'ordered' ? `${block.start + n}.` : box;
        const [first = '', ...more] = blocksText(item.blocks);
        return [`${indent}${mark} ${first}`, ...more.map((line) => `${indent}  ${line}`)];
      });
    case 'table':
      return block.rows.map(({ cells }) => indent + cells.map((cell) => blocksText(cell.blocks).join(' ')).join(' | '));
  }
}

/** The same block, with what it and all in it came from replaced: in entries of lists and rows too. */
export function withSources(block: Block, of: (sources: readonly string[]) => string[]): Block {
  const inner = (blocks: readonly Block[]): Block[] => blocks.map((one) => withSources(one, of));
  const sources = of(block.sources);
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return { ...block, sources };
    case 'quote':
      return { ...block, sources, blocks: inner(block.blocks) };
    case 'list':
      return {
        ...block,
        sources,
        items: block.items.map((item) => ({ ...item, sources: of(item.sources), blocks: inner(item.blocks) })),
      };
    case 'table':
      return {
        ...block,
        sources,
        rows: block.rows.map((row) => ({
          ...row,
          sources: of(row.sources),
          cells: row.cells.map((cell) => ({ ...cell, blocks: inner(cell.blocks) })),
        })),
      };
  }
}
