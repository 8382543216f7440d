/**
 * Why this file exists: a Word file becomes blocks. The archive is checked and stripped to its text parts first, so the
 * library that knows Word's XML gets a small clean file, with nothing in it that leads anywhere else.
 */
import mammoth from 'mammoth';
import type { Inline } from '#shared/document/blocks.ts';
import { safeHref } from '#shared/editor/attributes.ts';
import type { Flow, LeftOut, ReadDocument } from '#shared/imports/flow.ts';
import { writeZip } from '../documents/zip.ts';
import { BadArchive, partsOf } from './archive.ts';
import { createLists } from './lists.ts';
import { checkedXml } from './xml.ts';

/** The parts that hold words and what they look like. Pictures, macros, embedded files and settings are not unpacked. */
const MAIN = 'word/document.xml';
const KEPT = new Set([
  '[Content_Types].xml',
  '_rels/.rels',
  MAIN,
  'word/_rels/document.xml.rels',
  'word/styles.xml',
  'word/numbering.xml',
]);
const EXTERNAL = /\bTargetMode\s*=\s*(["'])External\1/i;
/** "This row is no head of the table": the library takes the mark for what it denies. */
const NO_HEAD = /<w:tblHeader\s+w:val\s*=\s*(["'])(?:false|0|off)\1\s*\/>/g;
const HYPERLINK = /\/hyperlink(["'])/;

/** What mammoth's tree is made of, as far as it is used here. */
export interface Node {
  type: string;
  children?: Node[];
  value?: string;
  styleId?: string | null;
  styleName?: string | null;
  numbering?: { level: string; isOrdered: boolean } | null;
  indent?: { start: string | null };
  isBold?: boolean;
  isItalic?: boolean;
  href?: string;
  breakType?: string;
  checked?: boolean;
  isHeader?: boolean;
  colSpan?: number;
  rowSpan?: number;
}

/** Reads a Word file. Throws BadArchive, BadXml, or whatever the library does when it is no Word file. */
export async function readDocx(bytes: Uint8Array): Promise<ReadDocument> {
  const parts = partsOf(bytes, (name) => KEPT.has(name));
  if (!parts.has(MAIN)) throw new BadArchive('not-docx');
  const entries = [...parts].map(([name, part]) => {
    const text = checkedXml(part);
    const clean = name === MAIN ? text.replace(NO_HEAD, '') : name.endsWith('.rels') ? withoutOutside(text) : text;
    return { name, bytes: new TextEncoder().encode(clean) };
  });
  let root: Node | undefined;
  await mammoth.convertToHtml({ buffer: Buffer.from(writeZip(entries)) }, {
    externalFileAccess: false,
    // The tree is what is wanted; nothing is left for the library to make HTML of, so no picture is ever opened.
    transformDocument: (document: Node) => {
      root = document;
      return { ...document, children: [] };
    },
  } as Parameters<typeof mammoth.convertToHtml>[1]);
  return flowOf(root?.children ?? []);
}

/** Relations that lead out of the file lead nowhere: only addresses of links stay, which are words to us. */
function withoutOutside(rels: string): string {
  return rels.replace(/<Relationship\b[^>]*>/gi, (one) =>
    EXTERNAL.test(one) && !HYPERLINK.test(one)
      ? one.replace(/\bTarget\s*=\s*(["'])[^"']*\1/gi, 'Target="nowhere"')
      : one,
  );
}

function flowOf(nodes: readonly Node[]): ReadDocument {
  const left: LeftOut = { pictures: 0, footnotes: 0, comments: 0 };
  const flow: Flow[] = [];
  const lists = createLists((block) => flow.push({ kind: 'block', block }));
  let title = '';
  for (const node of nodes) {
    if (node.type === 'table') lists.table(node, (inner) => inlinesOf(inner, left));
    if (node.type !== 'paragraph') continue;
    const inlines = inlinesOf(node, left);
    const level = headingLevel(node);
    if (level === null) lists.paragraph(node, inlines);
    else if (level === 0) {
      lists.end();
      title = title === '' ? textOf(inlines) : title;
    } else if (textOf(inlines) !== '') {
      lists.end();
      flow.push({ kind: 'heading', level, inlines });
    }
  }
  lists.end();
  return { title, flow, left };
}

/** 1 to 6, 0 for the document's title, `null` for what is no heading. Word's own names are the same in every language. */
function headingLevel({ styleId, styleName }: Node): number | null {
  const name = (styleName ?? styleId ?? '').toLowerCase();
  if (name === 'title') return 0;
  const found =
    /^(?:heading|rubrik)\s*([1-9])$/.exec(name) ?? /^(?:heading|rubrik)([1-9])$/.exec((styleId ?? '').toLowerCase());
  return found ? Math.min(6, Number(found[1])) : null;
}

const textOf = (inlines: readonly Inline[]): string =>
  inlines
    .map((one) => ('break' in one ? ' ' : one.text))
    .join('')
    .trim();

/** The words of a paragraph, with what marks of theirs the house knows. */
function inlinesOf(paragraph: Node, left: LeftOut): Inline[] {
  const inlines: Inline[] = [];
  const add = (one: Inline): void => {
    const last = inlines.at(-1);
    const same = last && 'text' in last && 'text' in one && last.bold === one.bold && last.italic === one.italic;
    if (same && last.href === one.href) last.text += one.text;
    else inlines.push(one);
  };
  const visit = (nodes: readonly Node[], marks: { bold?: true; italic?: true; href?: string }): void => {
    for (const node of nodes) {
      const words = wordsOf(node);
      if (words !== null) {
        if (words !== '') add({ text: words, ...marks });
      } else if (node.type === 'break') {
        if (node.breakType === 'line') add({ break: true });
      } else if (node.type === 'image') left.pictures++;
      else if (node.type === 'noteReference') left.footnotes++;
      else if (node.type === 'commentReference') left.comments++;
      else visit(node.children ?? [], marksOf(node, marks));
    }
  };
  visit(paragraph.children ?? [], {});
  return inlines;
}

function marksOf(node: Node, marks: { bold?: true; italic?: true; href?: string }): typeof marks {
  const href = node.type === 'hyperlink' ? safeHref(node.href) : null;
  return {
    ...marks,
    ...(node.isBold ? { bold: true as const } : {}),
    ...(node.isItalic ? { italic: true as const } : {}),
    ...(href === null ? {} : { href }),
  };
}

function wordsOf(node: Node): string | null {
  if (node.type === 'text') return (node.value ?? '').replace(/[\p{Cc}\p{Cs}]/gu, ' ');
  if (node.type === 'tab') return ' ';
  if (node.type === 'checkbox') return node.checked ? '☑ ' : '☐ ';
  return null;
}
