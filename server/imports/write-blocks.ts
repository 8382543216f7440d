/**
 * Why this file exists: blocks that come from a file are written into a room as the editor itself would have: only nodes,
 * attributes and marks it knows, each node holding what it must, so that nobody's editor has anything to mend.
 */
import * as Y from 'yjs';
import type { Block, Inline } from '#shared/document/blocks.ts';
import { safeHref } from '#shared/editor/attributes.ts';
import { MAX_DEPTH } from '#shared/versions/blocks.ts';

/** Puts the blocks last into a fragment. */
export function writeBlocks(fragment: Y.XmlFragment, blocks: readonly Block[]): void {
  fragment.insert(
    fragment.length,
    blocks.flatMap((block) => elementOf(block, 1)),
  );
}

const LISTS = { bullet: 'bulletList', ordered: 'orderedList', task: 'taskList' } as const;

function element(
  name: string,
  children: (Y.XmlElement | Y.XmlText)[],
  attributes: Record<string, unknown> = {},
): Y.XmlElement {
  const made = new Y.XmlElement(name);
  // Attributes hold plain values of any kind, whatever the types of Yjs say.
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
  if (children.length > 0) made.insert(0, children);
  return made;
}

const paragraph = (inlines: readonly Inline[]): Y.XmlElement => element('paragraph', wordsOf(inlines));

function elementOf(block: Block, depth: number): Y.XmlElement[] {
  if (depth > MAX_DEPTH) return [];
  switch (block.kind) {
    case 'paragraph':
      return [paragraph(block.inlines)];
    case 'heading':
      return [element('heading', wordsOf(block.inlines), { level: block.level })];
    case 'quote':
      return [element('blockquote', filled(block.blocks, depth))];
    case 'list': {
      if (block.items.length === 0) return [];
      const task = block.style === 'task';
      const items = block.items.map((item) =>
        element(
          task ? 'taskItem' : 'listItem',
          led(item.blocks, depth),
          task ? { checked: item.checked === true } : {},
        ),
      );
      return [element(LISTS[block.style], items, block.style === 'ordered' ? { start: block.start } : {})];
    }
    case 'table': {
      const width = Math.max(0, ...block.rows.map(({ cells }) => cells.length));
      if (width === 0) return [];
      return [
        element(
          'table',
          block.rows.map(({ cells }) =>
            element(
              'tableRow',
              Array.from({ length: width }, (_, n) =>
                element(cells[n]?.header ? 'tableHeader' : 'tableCell', filled(cells[n]?.blocks ?? [], depth + 2)),
              ),
            ),
          ),
        ),
      ];
    }
  }
}

/** What must hold a block holds an empty paragraph when there is none. */
function filled(blocks: readonly Block[], depth: number): Y.XmlElement[] {
  const made = blocks.flatMap((block) => elementOf(block, depth + 1));
  return made.length > 0 ? made : [paragraph([])];
}

/** An entry of a list begins with a paragraph. */
function led(blocks: readonly Block[], depth: number): Y.XmlElement[] {
  const made = filled(blocks, depth);
  return made[0]?.nodeName === 'paragraph' ? made : [paragraph([]), ...made];
}

/** Runs of words with their marks in one text, line breaks between. */
function wordsOf(inlines: readonly Inline[]): (Y.XmlElement | Y.XmlText)[] {
  const nodes: (Y.XmlElement | Y.XmlText)[] = [];
  let runs: { insert: string; attributes: Record<string, unknown> }[] = [];
  const flush = (): void => {
    if (runs.length === 0) return;
    const text = new Y.XmlText();
    text.applyDelta(runs);
    nodes.push(text);
    runs = [];
  };
  for (const inline of inlines) {
    if ('break' in inline) {
      flush();
      nodes.push(element('hardBreak', []));
      continue;
    }
    if (inline.text === '') continue;
    const href = safeHref(inline.href);
    runs.push({
      insert: inline.text,
      attributes: {
        ...(inline.bold ? { bold: {} } : {}),
        ...(inline.italic ? { italic: {} } : {}),
        ...(href === null ? {} : { link: { href } }),
      },
    });
  }
  flush();
  return nodes;
}
