/**
 * Why this file exists: the demo's notes are written in code, block by block, and must come out as the same shared types
 * an editor would have made: elements named as the editor's nodes, text as Y.XmlText with marks as its attributes.
 */
import * as Y from 'yjs';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';

/** A run of text, or something that stands in the line like a mention. */
export type Inline = string | { text: string; marks: Record<string, object> } | { mention: string };

export interface Block {
  node: string;
  attributes?: Record<string, string | number | boolean>;
  inline?: Inline[];
  blocks?: Block[];
}

/** Who a mention points at: the key used in the words → id and name. */
export type Mentioned = (key: string) => { id: string; name: string };

export const b = (text: string): Inline => ({ text, marks: { bold: {} } });
export const i = (text: string): Inline => ({ text, marks: { italic: {} } });
export const link = (text: string, href: string): Inline => ({ text, marks: { link: { href } } });
export const at = (key: string): Inline => ({ mention: key });

export const p = (...inline: Inline[]): Block => ({ node: 'paragraph', inline });
export const h = (level: 2 | 3, text: string): Block => ({ node: 'heading', attributes: { level }, inline: [text] });
export const quote = (...blocks: Block[]): Block => ({ node: 'blockquote', blocks });

/** One entry of a list: a line, or a line with more under it. */
type Entry = Inline | Inline[] | { line: Inline[]; under: Block[] };

function entryBlocks(entry: Entry): Block[] {
  if (typeof entry === 'object' && 'under' in entry) return [p(...entry.line), ...entry.under];
  return [p(...(Array.isArray(entry) ? entry : [entry]))];
}

export const ul = (...entries: Entry[]): Block => ({
  node: 'bulletList',
  blocks: entries.map((entry) => ({ node: 'listItem', blocks: entryBlocks(entry) })),
});
export const ol = (...entries: Entry[]): Block => ({
  node: 'orderedList',
  attributes: { start: 1 },
  blocks: entries.map((entry) => ({ node: 'listItem', blocks: entryBlocks(entry) })),
});
export const tasks = (...entries: [done: boolean, ...line: Inline[]][]): Block => ({
  node: 'taskList',
  blocks: entries.map(([checked, ...line]) => ({ node: 'taskItem', attributes: { checked }, blocks: [p(...line)] })),
});

/** A table whose first row is its header. Every row must have as many cells as the first. */
export function table(header: string[], ...rows: (Inline | Inline[])[][]): Block {
  const cell = (node: string, content: Inline | Inline[]): Block => ({
    node,
    attributes: { colspan: 1, rowspan: 1 },
    blocks: [p(...(Array.isArray(content) ? content : [content]))],
  });
  for (const row of rows) if (row.length !== header.length) throw new Error(`a row of ${row.length} cells in the demo`);
  return {
    node: 'table',
    blocks: [
      { node: 'tableRow', blocks: header.map((text) => cell('tableHeader', text)) },
      ...rows.map((row) => ({ node: 'tableRow', blocks: row.map((content) => cell('tableCell', content)) })),
    ],
  };
}

function inlineTypes(inline: Inline[], mentioned: Mentioned): (Y.XmlText | Y.XmlElement)[] {
  const types: (Y.XmlText | Y.XmlElement)[] = [];
  let run: { insert: string; attributes: Record<string, object> }[] = [];
  const flush = (): void => {
    if (run.length === 0) return;
    const text = new Y.XmlText();
    text.applyDelta(run);
    types.push(text);
    run = [];
  };
  for (const part of inline) {
    if (typeof part === 'object' && 'mention' in part) {
      flush();
      const person = mentioned(part.mention);
      const element = new Y.XmlElement('mention');
      element.setAttribute('id', person.id);
      element.setAttribute('label', person.name);
      types.push(element);
    } else if (typeof part === 'string') {
      if (part !== '') run.push({ insert: part, attributes: {} });
    } else run.push({ insert: part.text, attributes: part.marks });
  }
  flush();
  return types;
}

function blockType(block: Block, mentioned: Mentioned): Y.XmlElement {
  const element = new Y.XmlElement<Record<string, string | number | boolean>>(block.node);
  for (const [name, value] of Object.entries(block.attributes ?? {})) element.setAttribute(name, value);
  const children = block.blocks
    ? block.blocks.map((child) => blockType(child, mentioned))
    : inlineTypes(block.inline ?? [], mentioned);
  element.insert(0, children);
  return element as Y.XmlElement;
}

/** Whether a fragment holds no more than the empty paragraph a new item begins with. */
function isUntouched(fragment: Y.XmlFragment): boolean {
  const only = fragment.length === 1 ? fragment.get(0) : null;
  return only instanceof Y.XmlElement && only.nodeName === 'paragraph' && only.length === 0;
}

/** Writes blocks at the end of an item's notes; the empty paragraph of a new item gives way. */
export function appendNotes(doc: Y.Doc, blocks: Block[], mentioned: Mentioned): void {
  const notes = doc.getXmlFragment(NOTES_FRAGMENT);
  const empty = isUntouched(notes);
  notes.insert(
    notes.length,
    blocks.map((block) => blockType(block, mentioned)),
  );
  if (empty) notes.delete(0, 1);
}
