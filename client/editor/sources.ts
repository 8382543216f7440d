/**
 * Why this file exists: a block of a shared summary says which contributions it was made from. In the gutter stand the
 * squares of their groups; and while people reword, divide and join blocks, what was made from something goes on saying
 * so. What the attribute holds is in shared/workshop/contribution-keys.ts.
 */
import { Extension } from '@tiptap/core';
import type { Node as ProseMirrorNode, ResolvedPos } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { type ContributionKey, readSources, writeSources } from '#shared/workshop/contribution-keys.ts';

/** A group as it is shown beside a block. */
export interface SourceGroup {
  number: number;
  name: string;
  /** A CSS colour. */
  colour: string;
}

export interface SourceMarks {
  /** The groups behind contributions, each once, in the order they are to be shown. Keep its identity while they are the same. */
  groups(sources: readonly ContributionKey[]): readonly SourceGroup[];
  /** Somebody has pressed a block's squares. */
  onOpen?(sources: readonly ContributionKey[]): void;
}

/** Dispatched when the groups may have changed without the text having changed. */
export const SOURCES_CHANGED = new PluginKey<DecorationSet>('sources');

/** The squares of one block, for the gutter. */
export function sourceSquares(groups: readonly SourceGroup[]): HTMLElement {
  const box = document.createElement('span');
  box.className = 'rs-sources';
  box.contentEditable = 'false';
  box.title = groups.map(({ name }) => name).join(', ');
  for (const { number, colour } of groups) {
    const square = document.createElement('i');
    square.textContent = String(number);
    square.style.setProperty('--c', colour);
    box.append(square);
  }
  return box;
}

function decorate(doc: ProseMirrorNode, marks: SourceMarks): DecorationSet {
  const found: Decoration[] = [];
  doc.descendants((node, at) => {
    const sources = readSources(node.attrs.sources);
    if (sources.length === 0) return !node.isTextblock;
    const groups = marks.groups(sources);
    const inside = firstText(node, at);
    if (groups.length > 0 && inside !== null)
      found.push(
        Decoration.widget(inside, () => squaresOf(groups, sources, marks), {
          side: -1,
          ignoreSelection: true,
          stopEvent: () => true,
          key: `${groups.map(({ number, colour, name }) => `${number} ${colour} ${name}`).join()}:${sources.join()}`,
        }),
      );
    return !node.isTextblock;
  });
  return DecorationSet.create(doc, found);
}

function squaresOf(
  groups: readonly SourceGroup[],
  sources: readonly ContributionKey[],
  marks: SourceMarks,
): HTMLElement {
  const box = sourceSquares(groups);
  if (marks.onOpen) {
    box.classList.add('rs-opens');
    box.addEventListener('mousedown', (event) => {
      event.preventDefault();
      marks.onOpen?.(sources);
    });
  }
  return box;
}

/** The position in the first block of words at or in a node; `null` when it has none. */
function firstText(node: ProseMirrorNode, at: number): number | null {
  let here: ProseMirrorNode | null = node;
  for (let position = at; here; position++) {
    if (here.isTextblock) return position + 1;
    here = here.firstChild;
  }
  return null;
}

/** What the block of words at a position was made from, by itself and by what it stands in. */
export function sourcesAt($position: ResolvedPos): ContributionKey[] {
  const sources = new Set<ContributionKey>();
  for (let depth = $position.depth; depth > 0; depth--)
    for (const key of readSources($position.node(depth).attrs.sources)) sources.add(key);
  return [...sources];
}

/** The blocks of words that a transaction's steps touch, as they were before it, with what they were made from. */
function touched(transaction: Transaction): { from: number; to: number; sources: ContributionKey[] }[] {
  const before = transaction.before;
  const blocks = new Map<number, { from: number; to: number; sources: ContributionKey[] }>();
  const inverted = transaction.mapping.maps.map((_, i) => transaction.mapping.slice(0, i).invert());
  transaction.mapping.maps.forEach((map, i) => {
    map.forEach((start, end) => {
      const from = Math.max(0, inverted[i]!.map(start, -1) - 1);
      const to = Math.min(before.content.size, inverted[i]!.map(end, 1) + 1);
      before.nodesBetween(from, to, (node, at) => {
        if (!node.isTextblock || blocks.has(at)) return !node.isTextblock;
        const sources = sourcesAt(before.resolve(at + 1));
        if (sources.length > 0) blocks.set(at, { from: at + 1, to: at + 1 + node.content.size, sources });
        return false;
      });
    });
  });
  return [...blocks.values()];
}

/**
 * What has to be said of blocks after a local change: where words that were made from something stand now, also in the
 * second half of a divided block and in one that others were joined to, and no longer of an empty block that was only
 * opened beside it.
 */
export function keepSources(transactions: readonly Transaction[], state: EditorState): Transaction | null {
  const next = state.tr;
  for (const [n, transaction] of transactions.entries()) {
    if (!transaction.docChanged || transaction.getMeta(ySyncPluginKey)) continue;
    const later = transactions.slice(n + 1);
    const mapped = (position: number, side: -1 | 1): number =>
      later.reduce((at, { mapping }) => mapping.map(at, side), transaction.mapping.map(position, side));
    for (const { from, to, sources } of touched(transaction)) {
      const [start, end] = [mapped(from, -1), mapped(to, 1)];
      if (start > end) continue;
      const halves: number[] = [];
      next.doc.nodesBetween(Math.max(0, start - 1), Math.min(next.doc.content.size, end + 1), (node, at) => {
        if (!node.isTextblock) return true;
        if (at + 1 <= end && at + 1 + node.content.size >= start) halves.push(at);
        return false;
      });
      // Between the first and the last stands what was put in, and that was made from nothing.
      for (const at of new Set([halves[0], halves.at(-1)])) {
        if (at === undefined) continue;
        const node = next.doc.nodeAt(at)!;
        const empty = node.content.size === 0;
        if (empty && halves.length > 1) {
          if (node.attrs.sources !== null) next.setNodeAttribute(at, 'sources', null);
        } else if (!empty) {
          // The words that were there may be gone altogether, and others stand here instead.
          const survived = mapped(from, 1) < mapped(to, -1);
          const said = sourcesAt(next.doc.resolve(at + 1));
          if (survived && sources.some((key) => !said.includes(key)))
            next.setNodeAttribute(at, 'sources', writeSources([...readSources(node.attrs.sources), ...sources]));
        }
      }
    }
  }
  return next.docChanged ? next : null;
}

/** Shows what blocks were made from, if the page knows the groups, and keeps it true while one writes. */
export function sources(marks: () => SourceMarks | null): Extension {
  return Extension.create({
    name: 'sourceMarks',
    addProseMirrorPlugins() {
      const draw = (doc: ProseMirrorNode): DecorationSet => {
        const known = marks();
        return known ? decorate(doc, known) : DecorationSet.empty;
      };
      return [
        new Plugin<DecorationSet>({
          key: SOURCES_CHANGED,
          state: {
            init: (_config, state) => draw(state.doc),
            apply: (transaction, set) =>
              transaction.docChanged || transaction.getMeta(SOURCES_CHANGED) ? draw(transaction.doc) : set,
          },
          appendTransaction: (transactions, _before, state) => keepSources(transactions, state),
          props: { decorations: (state) => SOURCES_CHANGED.getState(state) },
        }),
      ];
    },
  });
}
