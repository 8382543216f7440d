/**
 * Why this file exists: a document is one long text, an agenda is points. Where it is cut is decided here, from its headings
 * or else its numbering, as a proposal: the person sees the pieces and says what becomes of each. Pure.
 */
import { type Block, inlineText } from '../document/blocks.ts';
import type { Flow, FlowHeading, ReadDocument } from './flow.ts';

/** A part of the document under one heading. */
export interface Piece {
  /** What it was numbered with: "2.1", "§ 12"; '' when nothing. */
  number: string;
  /** '' for what stands before the first heading. */
  title: string;
  /** 0, or 1 for what stands under the piece before. */
  depth: 0 | 1;
  blocks: Block[];
}

export interface CutDocument {
  title: string;
  pieces: Piece[];
}

/** Titles are lines of the agenda. */
const MAX_TITLE = 300;
/** A numbered paragraph longer than this is a text, not a title. */
const MAX_NUMBERED = 160;
const MARKED = /^(§\s*\d{1,4}|\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+|\d{1,3}(?=\u2002))[\s\u2002]+(?=\S)/u;
const BARE = /^(\d{1,3})\s+(?=\S)/;

/** The document cut into pieces, all of it: every block is in exactly one of them. */
export function cut(document: ReadDocument): CutDocument {
  const { flow } = document;
  const headings = flow.filter((one): one is FlowHeading => one.kind === 'heading');
  if (headings.length > 0) return cutAtHeadings(document, headings);
  return { title: document.title, pieces: cutAtNumbers(flow) };
}

function cutAtHeadings({ title: given, flow }: ReadDocument, headings: readonly FlowHeading[]): CutDocument {
  const levels = headings.map(({ level }) => level);
  const [first] = headings;
  const outermost = Math.min(...levels);
  // One heading above all others, and nothing else at its level: the document's own.
  const own =
    given === '' &&
    headings.length > 1 &&
    first?.level === outermost &&
    levels.filter((level) => level === outermost).length === 1
      ? first
      : null;
  const top = own ? Math.min(...levels.slice(1)) : outermost;
  const pieces: Piece[] = [{ number: '', title: '', depth: 0, blocks: [] }];
  const last: [number, number] = [0, 0];
  for (const one of flow) {
    const piece = pieces.at(-1) as Piece;
    if (one.kind === 'block') piece.blocks.push(one.block);
    else if (one === own) continue;
    else if (one.level <= top + 1) {
      const depth = one.level === top ? 0 : 1;
      const said = plain(one.inlines);
      const { number, title } = numbered(said, last[depth] + 1);
      last[depth] = Number(number) || last[depth] + 1;
      if (depth === 0) last[1] = 0;
      pieces.push({ number, title: title.slice(0, MAX_TITLE), depth, blocks: [] });
    } else {
      const level = Math.min(4, one.level - top) as 2 | 3 | 4;
      piece.blocks.push({
        id: `h:${pieces.length}:${piece.blocks.length}`,
        kind: 'heading',
        level,
        inlines: one.inlines,
        sources: [],
      });
    }
  }
  return { title: own ? plain(own.inlines).slice(0, MAX_TITLE) : given.slice(0, MAX_TITLE), pieces: settled(pieces) };
}

const plain = (inlines: FlowHeading['inlines']): string =>
  inlineText(inlines)
    .replace(/\s+/gu, (space) => (space === '\u2002' ? space : ' '))
    .trim();

/** What a heading is numbered with. A bare number is one only where it is the next: "3 frågor" is a title. */
function numbered(text: string, next: number): { number: string; title: string } {
  const found = MARKED.exec(text) ?? BARE.exec(text);
  if (!found) return { number: '', title: text };
  const number = (found[1] ?? '').replace(/[.)]$/, '');
  if (!MARKED.test(text) && Number(number) !== next) return { number: '', title: text };
  return { number, title: text.slice(found[0].length).trim() };
}

/** Without a heading: the entries of numbered lists, or paragraphs that begin with a number. */
function cutAtNumbers(flow: readonly Flow[]): Piece[] {
  const pieces: Piece[] = [{ number: '', title: '', depth: 0, blocks: [] }];
  const blocks = flow.flatMap((one) => (one.kind === 'block' ? [one.block] : []));
  const marked = (block: Block): { number: string; title: string } | null => {
    if (block.kind !== 'paragraph') return null;
    const text = inlineText(block.inlines).trim();
    if (text.length > MAX_NUMBERED || !MARKED.test(text)) return null;
    return numbered(text, 0);
  };
  const byParagraph = blocks.filter((block) => marked(block) !== null).length >= 2;
  for (const block of blocks) {
    const mark = byParagraph ? marked(block) : null;
    if (mark) pieces.push({ ...mark, depth: mark.number.includes('.') ? 1 : 0, blocks: [] });
    else if (!byParagraph && block.kind === 'list' && block.style === 'ordered')
      for (const { blocks: inner } of block.items) {
        const [first, ...rest] = inner;
        const text = first?.kind === 'paragraph' ? inlineText(first.inlines).replace(/\s+/g, ' ').trim() : '';
        const fits = text !== '' && text.length <= MAX_TITLE;
        pieces.push({ number: '', title: fits ? text : '', depth: 0, blocks: fits ? rest : inner });
      }
    else pieces.at(-1)?.blocks.push(block);
  }
  return settled(pieces);
}

/** Nothing before the first heading is no piece; what stands under nothing stands at the top. */
function settled(pieces: Piece[]): Piece[] {
  const [first, ...rest] = pieces;
  const kept = first && first.blocks.length > 0 ? pieces : rest;
  return kept.map((piece, n) => (n === 0 || (n === 1 && kept[0]?.title === '') ? { ...piece, depth: 0 } : piece));
}
