/**
 * Why this file exists: the moves one makes with a key or from a row's menu (up, down, in, out), merging, archiving
 * and their opposites, all made of `place` and of setting single values.
 */
import type * as Y from 'yjs';
import { type ItemPatch, patchItem } from './agenda.ts';
import { type Change, mayStandIn, type Outcome, place, type Target } from './agenda-moves.ts';
import {
  type Agenda,
  type AgendaNode,
  isNumbered,
  readAgenda,
  type SittingOrder,
  siblingsOf,
  withoutNotice,
} from './agenda-tree.ts';
import type { Id } from './ids.ts';

export type Step = 'up' | 'down' | 'in' | 'out';

/**
 * Where a step would take a row; `null` when there is nothing that way. Up and down keep the level as long as they
 * can: past a sibling, then out of a section or into the neighbouring item's sub-items, then into the next sitting.
 */
export function stepTarget(agenda: Agenda, id: Id, step: Step): Target | null {
  const node = agenda.byId.get(id);
  if (!node) return null;
  const siblings = siblingsOf(agenda, node);
  const at = siblings.indexOf(node);
  const holder = node.parent === '' ? null : agenda.byId.get(node.parent)!;
  const before = siblings[at - 1];
  const after = siblings[at + 1];
  if (step === 'in') return before && mayStandIn(agenda, node, before) ? { at: 'on', id: before.item.id } : null;
  if (step === 'out') return holder ? { at: 'after', id: holder.item.id } : null;

  if (step === 'up' && before) return { at: 'before', id: before.item.id };
  if (step === 'down' && after) return { at: 'after', id: after.item.id };
  if (holder?.item.kind === 'section') return { at: step === 'up' ? 'before' : 'after', id: holder.item.id };
  if (holder) {
    const neighbours = siblingsOf(agenda, holder);
    const next = neighbours[neighbours.indexOf(holder) + (step === 'up' ? -1 : 1)];
    if (!next || next.item.kind === 'section' || !mayStandIn(agenda, node, next)) return null;
    const first = next.children[0];
    return step === 'down' && first ? { at: 'before', id: first.item.id } : { at: 'on', id: next.item.id };
  }
  const day = agenda.groups.findIndex((group) => group.sitting === node.sitting);
  const other = agenda.groups[day + (step === 'up' ? -1 : 1)];
  return other ? { at: step === 'up' ? 'end' : 'start', sitting: other.sitting } : null;
}

function move(doc: Y.Doc, sittings: readonly SittingOrder[], id: Id, step: Step): Outcome {
  const target = stepTarget(readAgenda(doc, withoutNotice(sittings)), id, step);
  return target ? place(doc, sittings, [id], target) : { ok: false, why: 'nowhere' };
}

/** Past the row before; from a section's first place out of it; from a sitting's first place to the end of the one before. */
export const moveUp = (doc: Y.Doc, sittings: readonly SittingOrder[], id: Id): Outcome => move(doc, sittings, id, 'up');
/** The opposite of `moveUp`. */
export const moveDown = (doc: Y.Doc, sittings: readonly SittingOrder[], id: Id): Outcome =>
  move(doc, sittings, id, 'down');
/** Last in the sibling before. */
export const moveIn = (doc: Y.Doc, sittings: readonly SittingOrder[], id: Id): Outcome => move(doc, sittings, id, 'in');
/** Right after the row it stands in. */
export const moveOut = (doc: Y.Doc, sittings: readonly SittingOrder[], id: Id): Outcome =>
  move(doc, sittings, id, 'out');

/** The item a row can be merged with by one choice: the sibling before, when both are items with notes. */
export function mergeCandidate(agenda: Agenda, id: Id): AgendaNode | null {
  const node = agenda.byId.get(id);
  if (!node || !isNumbered(node.item.kind)) return null;
  const siblings = siblingsOf(agenda, node);
  const before = siblings[siblings.indexOf(node) - 1];
  return before && isNumbered(before.item.kind) ? before : null;
}

function set(doc: Y.Doc, id: Id, before: ItemPatch, after: ItemPatch): Outcome {
  patchItem(doc, id, after);
  const change: Change = [{ id, before, after }];
  return { ok: true, change };
}

/** Shows the notes of `id` under `into` and takes it out of the list; both keep their own rooms and titles. */
export function merge(doc: Y.Doc, sittings: readonly SittingOrder[], id: Id, into: Id): Outcome {
  const agenda = readAgenda(doc, withoutNotice(sittings));
  const node = agenda.byId.get(id);
  const target = agenda.byId.get(into);
  if (!node || !target) return { ok: false, why: 'nowhere' };
  if (node === target) return { ok: false, why: 'inside-itself' };
  if (!isNumbered(node.item.kind) || !isNumbered(target.item.kind)) return { ok: false, why: 'not-there' };
  return set(doc, id, { mergedInto: node.item.mergedInto }, { mergedInto: into });
}

/** Makes a merged item a row of its own again, where it stood. */
export function unmerge(doc: Y.Doc, id: Id): void {
  patchItem(doc, id, { mergedInto: '' });
}

/** Hides a row and what is below it; nothing of it is lost. */
export function archive(doc: Y.Doc, sittings: readonly SittingOrder[], id: Id): Outcome {
  const node = readAgenda(doc, withoutNotice(sittings)).byId.get(id);
  if (!node) return { ok: false, why: 'nowhere' };
  return set(doc, id, { archived: node.item.archived }, { archived: true });
}

/**
 * Brings back a hidden entry: an archived one where it stood, a merged one as a row of its own, one that is hidden with
 * an archived row to the end of that row's sitting.
 */
export function restore(doc: Y.Doc, sittings: readonly SittingOrder[], id: Id): void {
  const entry = readAgenda(doc, withoutNotice(sittings)).hidden.find((one) => one.item.id === id);
  if (!entry) return;
  doc.transact(() => {
    patchItem(doc, id, { archived: false, mergedInto: '' });
    const agenda = readAgenda(doc, withoutNotice(sittings));
    if (agenda.byId.has(id)) return;
    // Still hidden by a row above: it comes out to the top.
    patchItem(doc, id, { parent: '' });
    const shown = readAgenda(doc, withoutNotice(sittings)).byId.get(id);
    if (shown) place(doc, sittings, [id], { at: 'end', sitting: shown.sitting });
  });
}
