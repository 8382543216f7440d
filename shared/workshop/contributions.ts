/**
 * Why this file exists: what a group has written, cut into contributions: each paragraph, heading, quote, entry of a list
 * and row of a table that says something. They are read out of the group's room whenever it changes and copied nowhere, so
 * the board shows what stands there now.
 *
 * The key names the element. It stays while people type in it, also when it is divided (the first part keeps it); an
 * element that is made into another kind is a new one.
 */
import * as Y from 'yjs';
import type { Id } from '../ids.ts';
import { type ContributionKey, contributionKey } from './contribution-keys.ts';

export type ContributionKind = 'paragraph' | 'heading' | 'quote' | 'entry' | 'task' | 'row';

/** Letters `from` to `to` (exclusive) of one Yjs client: what authorship is asked about. */
export interface LetterRange {
  client: number;
  from: number;
  to: number;
}

export interface Contribution {
  key: ContributionKey;
  groupId: Id;
  promptId: Id;
  kind: ContributionKind;
  /** Its words on one line, at most {@link MAX_CONTRIBUTION_TEXT} characters. */
  text: string;
  /** The letters that stand there now, in the order of the text. */
  letters: readonly LetterRange[];
}

/** Longer ones are cut: a board is no place to read a page. */
export const MAX_CONTRIBUTION_TEXT = 2_000;
/** Deeper than any editor nests; a hostile document must not cost a stack. */
const MAX_DEPTH = 32;

const KINDS: Readonly<Record<string, ContributionKind>> = {
  paragraph: 'paragraph',
  heading: 'heading',
  blockquote: 'quote',
  listItem: 'entry',
  taskItem: 'task',
  tableRow: 'row',
};
const LISTS: ReadonlySet<string> = new Set(['bulletList', 'orderedList', 'taskList', 'table']);
/** What is read as contributions of its own, so not as words of the one it stands in. */
const OWN: ReadonlySet<string> = new Set([...LISTS, 'listItem', 'taskItem', 'tableRow']);

/** Everything a group has said, prompt by prompt in the order they are given, each in the order of the text. */
export function contributionsOf(doc: Y.Doc, groupId: Id, promptIds: readonly Id[]): Contribution[] {
  const found: Contribution[] = [];
  for (const promptId of promptIds)
    for (const block of doc.getXmlFragment(promptId).toArray()) collect(block, { groupId, promptId, found }, 0);
  return found;
}

interface Gathering {
  groupId: Id;
  promptId: Id;
  found: Contribution[];
}

function collect(node: unknown, into: Gathering, depth: number): void {
  if (!(node instanceof Y.XmlElement) || depth > MAX_DEPTH) return;
  if (LISTS.has(node.nodeName)) {
    for (const entry of node.toArray()) collect(entry, into, depth + 1);
    return;
  }
  const kind = KINDS[node.nodeName];
  const id = node._item?.id;
  if (!kind || !id) return;
  // A row of headings says what the columns are, and nothing else.
  if (kind !== 'row' || !isHeadingRow(node)) {
    const { text, letters } = ownWords(node);
    if (text !== '') {
      const { groupId, promptId } = into;
      into.found.push({ key: contributionKey(groupId, id.client, id.clock), groupId, promptId, kind, text, letters });
    }
  }
  if (kind === 'entry' || kind === 'task')
    for (const child of node.toArray())
      if (child instanceof Y.XmlElement && LISTS.has(child.nodeName)) collect(child, into, depth + 1);
}

function isHeadingRow(row: Y.XmlElement): boolean {
  return row.toArray().every((cell) => cell instanceof Y.XmlElement && cell.nodeName === 'tableHeader');
}

/**
 * The words of an element on one line, and the letters they are made of; those of lists and rows in it are their own.
 * Mentions are words too; parts (paragraphs, cells) are set apart by a space or, in a row, a dot.
 */
export function ownWords(element: Y.XmlElement): { text: string; letters: LetterRange[] } {
  const parts: string[] = [];
  const letters: LetterRange[] = [];
  const gap = element.nodeName === 'tableRow' ? ' · ' : ' ';
  let words = '';
  const close = (): void => {
    const said = words.replace(/\s+/gu, ' ').trim();
    if (said !== '') parts.push(said);
    words = '';
  };
  const note = (item: Y.Item): void => {
    const last = letters.at(-1);
    const { client, clock } = item.id;
    if (last && last.client === client && last.to === clock) last.to = clock + item.length;
    else letters.push({ client, from: clock, to: clock + item.length });
  };
  const walk = (type: Y.XmlFragment | Y.XmlText, depth: number): void => {
    for (let item: Y.Item | null = type._start; item !== null; item = item.right) {
      if (item.deleted) continue;
      if (item.content instanceof Y.ContentString) {
        words += item.content.str;
        note(item);
      } else if (item.content instanceof Y.ContentType && depth < MAX_DEPTH) {
        const inner = item.content.type as unknown;
        if (inner instanceof Y.XmlText) walk(inner, depth + 1);
        else if (inner instanceof Y.XmlElement) visit(inner, item, depth + 1);
      }
    }
  };
  const visit = (inner: Y.XmlElement, item: Y.Item, depth: number): void => {
    if (OWN.has(inner.nodeName)) return;
    if (inner.nodeName === 'mention') {
      const label: unknown = inner.getAttribute('label');
      if (typeof label !== 'string' || label === '') return;
      words += `@${label}`;
      note(item);
    } else if (inner.nodeName === 'hardBreak') words += ' ';
    else {
      // In a row the cells are set apart; a paragraph of a cell only begins a new word.
      const part = gap === ' ' || inner.nodeName !== 'paragraph';
      if (part) close();
      walk(inner, depth);
      if (part) close();
      else words += ' ';
    }
  };
  walk(element, 0);
  close();
  return { text: clip(parts.join(gap)), letters };
}

/** At most the first characters, never half a pair of surrogates. */
function clip(text: string): string {
  if (text.length <= MAX_CONTRIBUTION_TEXT) return text;
  return `${text.slice(0, MAX_CONTRIBUTION_TEXT - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
