/**
 * Why this file exists: the stock table plugin repairs irregular tables on every peer, also after remote changes, and the
 * repairs feed each other: three columns became 1,579. Here nobody repairs while others write; when the document has been
 * quiet for a moment, one elected peer makes the rows equally long again.
 *
 * Cells are never merged (shared/editor/attributes.ts), so a row's width is its number of cells.
 */
import { type CommandProps, Extension } from '@tiptap/core';
import type { Node as ProseMirrorNode } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { tableEditingKey } from '@tiptap/pm/tables';
import { NotesTable } from '#shared/editor/schema.ts';
import type { RoomClient } from '../collab/index.ts';
import { readScreen } from './sync-guard.ts';

/** Quiet time before a repair, milliseconds. */
const QUIET = 300;
/** After a sync the others' presence must have arrived before one may think oneself elected. */
const SETTLE = 1_000;

/**
 * The awareness field by which open, visible editors with write access say that they may be elected: the names of their
 * fragments. A page may have several open in one room, which each keep to their own name.
 */
export const EDITOR_FIELD = 'editors';

/** The fragments that somebody has open for writing. */
function openIn(state: Record<string, unknown> | null): readonly unknown[] {
  const names = state?.[EDITOR_FIELD];
  return Array.isArray(names) ? names : [];
}

function isEmptyCell(cell: ProseMirrorNode): boolean {
  return (
    cell.textContent === '' &&
    cell.childCount === 1 &&
    cell.firstChild?.isTextblock === true &&
    cell.firstChild.childCount === 0
  );
}

/** The width the rows of a table should have: what most have, but no less than a row with words in it needs. */
export function targetWidth(table: ProseMirrorNode): number {
  const counts = new Map<number, number>();
  let needed = 0;
  table.forEach((row) => {
    counts.set(row.childCount, (counts.get(row.childCount) ?? 0) + 1);
    let empty = true;
    row.forEach((cell) => {
      if (!isEmptyCell(cell)) empty = false;
    });
    if (!empty) needed = Math.max(needed, row.childCount);
  });
  let common = 1;
  let most = 0;
  for (const [width, count] of counts)
    if (count > most || (count === most && width > common)) {
      common = width;
      most = count;
    }
  return Math.max(common, needed, 1);
}

/**
 * Makes one table of `tr.doc` rectangular: short rows get empty cells at their end, rows that are empty altogether lose
 * surplus ones.
 */
function straighten(tr: Transaction, table: ProseMirrorNode, position: number): void {
  const { schema } = table.type;
  const steps = tr.steps.length;
  const now = (at: number): number => tr.mapping.slice(steps).map(at);
  const target = targetWidth(table);
  table.forEach((row, offset) => {
    const rowEnd = position + 1 + offset + row.nodeSize - 1;
    if (row.childCount < target) {
      const like = row.lastChild?.type ?? schema.nodes.tableCell;
      const cells: ProseMirrorNode[] = [];
      for (let missing = target - row.childCount; missing > 0; missing--) {
        const cell = like?.createAndFill();
        if (cell) cells.push(cell);
      }
      tr.insert(now(rowEnd), cells);
    } else if (row.childCount > target) {
      // Only empty rows can be too long, see targetWidth.
      let from = rowEnd;
      for (let index = row.childCount - 1; index >= target; index--) from -= row.child(index).nodeSize;
      tr.delete(now(from), now(rowEnd));
    }
  });
}

/** Makes every table rectangular. `null` when there is nothing to do. */
export function repairTables(state: EditorState): Transaction | null {
  const { tr } = state;
  state.doc.descendants((node, position) => {
    if (node.type.name !== 'table') return true;
    const steps = tr.steps.length;
    straighten(tr, node, tr.mapping.slice(0, steps).map(position));
    return false;
  });
  return tr.docChanged ? tr.setMeta('addToHistory', false) : null;
}

/**
 * Makes the table rectangular in which the selection of `tr` is. The stock commands take a missing cell for the table's
 * first row, and put a row where the cell should be: everybody else's editor then deletes it.
 */
export function straightenHere(tr: Transaction): void {
  const { $from } = tr.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (node.type.name !== 'table') continue;
    straighten(tr, node, $from.before(depth));
    return;
  }
}

/** Whether this client has the lowest id among those that may repair. */
export function isElected(
  states: ReadonlyMap<number, Record<string, unknown>>,
  own: number,
  fragment: string,
): boolean {
  let lowest = Number.POSITIVE_INFINITY;
  for (const [client, state] of states) if (openIn(state).includes(fragment)) lowest = Math.min(lowest, client);
  return lowest === own;
}

type Guarded = (...parameters: never[]) => unknown;

/** Runs a table handler; an irregular table makes the stock ones throw RangeErrors, which then mean "not handled". */
function guarded<F extends Guarded>(inner: F, otherwise: ReturnType<F>): F {
  return function (this: unknown, ...parameters: Parameters<F>): unknown {
    try {
      return inner.apply(this, parameters);
    } catch (error) {
      if (error instanceof RangeError) return otherwise;
      throw error;
    }
  } as F;
}

/** The table node with the stock repair switched off and its handlers guarded. */
export const QuietTable = NotesTable.extend({
  addProseMirrorPlugins() {
    const plugins = this.parent?.() ?? [];
    for (const plugin of plugins) {
      if (plugin.spec.key !== tableEditingKey) continue;
      const append = plugin.spec.appendTransaction;
      if (append) {
        // The new state as the old one too: the selection is still normalised, no table is repaired.
        plugin.spec.appendTransaction = guarded(
          (transactions, _before, after) => append.call(plugin, transactions, after, after),
          null,
        );
      }
      const { props } = plugin;
      if (props.handleKeyDown) props.handleKeyDown = guarded(props.handleKeyDown.bind(plugin), false);
      if (props.handleTripleClick) props.handleTripleClick = guarded(props.handleTripleClick.bind(plugin), false);
      if (props.handlePaste) props.handlePaste = guarded(props.handlePaste.bind(plugin), false);
      if (props.createSelectionBetween)
        props.createSelectionBetween = guarded(props.createSelectionBetween.bind(plugin), null);
      if (props.decorations) props.decorations = guarded(props.decorations.bind(plugin), null);
      const down = props.handleDOMEvents?.mousedown;
      if (down && props.handleDOMEvents) props.handleDOMEvents.mousedown = guarded(down.bind(plugin), undefined);
    }
    return plugins;
  },
  addCommands() {
    const stock = this.parent?.() ?? {};
    return Object.fromEntries(
      Object.entries(stock).map(([name, make]) => [
        name,
        (...parameters: never[]) => {
          const command = (make as (...given: never[]) => (props: CommandProps) => boolean)(...parameters);
          return guarded((props: CommandProps) => {
            // Without a dispatch it is only asked whether it could be done.
            if (props.dispatch) straightenHere(props.tr);
            // Asking for it brings the document and the selection that the command reads up to date.
            void props.state.tr;
            return command(props);
          }, false);
        },
      ]),
    );
  },
});

/** Repairs tables when this peer is the elected one. */
export function tableRepair(room: RoomClient, fragment: string): Extension {
  return Extension.create({
    name: 'tableRepair',
    addProseMirrorPlugins() {
      return [
        new Plugin({
          key: new PluginKey('tableRepair'),
          view: (view) => {
            let timer: ReturnType<typeof setTimeout> | null = null;
            let syncedAt: number | null = room.state.synced ? performance.now() : null;
            const announce = () => {
              say(view.editable && document.visibilityState === 'visible');
            };
            const say = (able: boolean) => {
              const { awareness } = room;
              const own = awareness.getLocalState();
              const open = openIn(own);
              if (own === null || open.includes(fragment) === able) return;
              const others = open.filter((name) => name !== fragment);
              awareness.setLocalStateField(EDITOR_FIELD, able ? [...others, fragment] : others);
            };
            const repair = () => {
              timer = null;
              if (view.isDestroyed || !view.editable || view.composing) return;
              const { awareness, state } = room;
              if (!state.synced || syncedAt === null) return;
              const wait = syncedAt + SETTLE - performance.now();
              if (wait > 0) return later(wait);
              if (!isElected(awareness.getStates(), awareness.clientID, fragment)) return;
              // A caret the editor has not heard of would be put back by the repaint.
              readScreen(view);
              const tr = repairTables(view.state);
              if (tr) view.dispatch(tr);
            };
            const later = (delay: number) => {
              if (timer) clearTimeout(timer);
              timer = setTimeout(repair, delay);
            };
            const stop = room.subscribe(() => {
              if (room.state.synced) {
                if (syncedAt === null) {
                  syncedAt = performance.now();
                  later(SETTLE);
                }
              } else syncedAt = null;
            });
            // Whoever was to repair may have left before doing it.
            const onPresence = () => later(QUIET);
            room.awareness.on('change', onPresence);
            document.addEventListener('visibilitychange', announce);
            announce();
            later(SETTLE);
            return {
              update: (_view, before) => {
                announce();
                if (!before.doc.eq(view.state.doc)) later(QUIET);
              },
              destroy: () => {
                if (timer) clearTimeout(timer);
                stop();
                room.awareness.off('change', onPresence);
                document.removeEventListener('visibilitychange', announce);
                say(false);
              },
            };
          },
        }),
      ];
    },
  });
}
