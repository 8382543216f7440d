/**
 * Why this file exists: however somebody moves a row (mouse, finger, keys, menu), it comes here, so that there is one
 * answer to where it may go and one way of writing it. A move only sets values in the item's own map: nothing is ever
 * deleted and put back, since that would lose what somebody else types in it at that moment.
 *
 * Every change comes with what was before, so that it can be taken back; taking back leaves alone what somebody else
 * has changed since.
 */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import type * as Y from 'yjs';
import {
  type AgendaItem,
  addItem,
  agendaRoot,
  type ItemKind,
  type ItemPatch,
  type NewItem,
  patchItem,
} from './agenda.ts';
import {
  type Agenda,
  type AgendaNode,
  mayHold,
  readAgenda,
  type SittingOrder,
  siblingsOf,
  withoutNotice,
} from './agenda-tree.ts';
import type { Id } from './ids.ts';

/** Where rows go: beside a row, last in a row, or first or last among the top rows of a sitting ('' without sittings). */
export type Target = { at: 'before' | 'after' | 'on'; id: Id } | { at: 'start' | 'end'; sitting: Id | '' };

/** What was written, per item; see `takeBack`. */
export type Change = readonly { id: Id; before: ItemPatch; after: ItemPatch }[];

/** `nowhere`: a row is gone, or there is nothing further in that direction. */
export type Refusal = 'nowhere' | 'inside-itself' | 'not-there';
export type Outcome = { ok: true; change: Change } | { ok: false; why: Refusal };

const refuse = (why: Refusal): Outcome => ({ ok: false, why });

/** Longer keys come only from thousands of moves to one spot, or from somebody who wants to do harm. */
const LONGEST_KEY = 128;

function isKey(key: string): boolean {
  if (key === '' || key.length > LONGEST_KEY) return false;
  try {
    generateKeyBetween(key, null);
    return true;
  } catch {
    return false;
  }
}

/** Writes patches in one transaction, leaving equal values alone, and says what they replaced. */
function write(doc: Y.Doc, items: ReadonlyMap<Id, AgendaItem>, patches: ReadonlyMap<Id, ItemPatch>): Change {
  const change: { id: Id; before: ItemPatch; after: ItemPatch }[] = [];
  doc.transact(() => {
    for (const [id, patch] of patches) {
      const item = items.get(id);
      if (!item) continue;
      const keys = (Object.keys(patch) as (keyof ItemPatch)[]).filter((key) => item[key] !== patch[key]);
      if (keys.length === 0) continue;
      const before = Object.fromEntries(keys.map((key) => [key, item[key]])) as ItemPatch;
      const after = Object.fromEntries(keys.map((key) => [key, patch[key]])) as ItemPatch;
      patchItem(doc, id, after);
      change.push({ id, before, after });
    }
  });
  return change;
}

/** Takes a change back, value by value; a value somebody has set to something else since then stays. */
export function takeBack(doc: Y.Doc, change: Change): void {
  doc.transact(() => {
    for (const { id, before, after } of change) {
      const map = agendaRoot(doc).get(id);
      if (!map) continue;
      const keys = (Object.keys(before) as (keyof ItemPatch)[]).filter((key) => map.get(key) === after[key]);
      patchItem(doc, id, Object.fromEntries(keys.map((key) => [key, before[key]])) as ItemPatch);
    }
  });
}

/** All entries, hidden ones too. */
function entries(agenda: Agenda): Map<Id, AgendaItem> {
  const all = new Map<Id, AgendaItem>();
  for (const node of agenda.rows) all.set(node.item.id, node.item);
  for (const { item } of agenda.hidden) all.set(item.id, item);
  return all;
}

function isWithin(agenda: Agenda, id: Id, holders: ReadonlySet<Id>): boolean {
  for (let at = agenda.byId.get(id)?.parent ?? ''; at !== ''; at = agenda.byId.get(at)?.parent ?? '')
    if (holders.has(at)) return true;
  return false;
}

/** The rows to move, in the order people see, without those that come along with another. */
function block(agenda: Agenda, ids: readonly Id[]): AgendaNode[] {
  const wanted = new Set(ids.filter((id) => agenda.byId.has(id)));
  return agenda.rows.filter((node) => wanted.has(node.item.id) && !isWithin(agenda, node.item.id, wanted));
}

interface Spot {
  holder: AgendaNode | null;
  sitting: Id | '';
  /** The rows of that place without the moved ones. */
  others: AgendaNode[];
  /** The moved rows come before `others[index]`. */
  index: number;
}

function spotFor(agenda: Agenda, moved: ReadonlySet<Id>, target: Target): Spot | Refusal {
  const stay = (nodes: readonly AgendaNode[]) => nodes.filter((node) => !moved.has(node.item.id));
  if ('sitting' in target) {
    const group = agenda.groups.find((one) => one.sitting === target.sitting);
    if (!group) return 'nowhere';
    const others = stay(group.nodes);
    return { holder: null, sitting: group.sitting, others, index: target.at === 'start' ? 0 : others.length };
  }
  const node = agenda.byId.get(target.id);
  if (!node) return 'nowhere';
  if (isWithin(agenda, target.id, moved)) return 'inside-itself';
  if (target.at === 'on') {
    if (moved.has(target.id)) return 'inside-itself';
    const others = stay(node.children);
    return { holder: node, sitting: node.sitting, others, index: others.length };
  }
  const siblings = siblingsOf(agenda, node);
  const holder = node.parent === '' ? null : agenda.byId.get(node.parent)!;
  const others = stay(siblings);
  // The target may be one of the moved rows: then the spot is where it stands, between its nearest neighbours that stay.
  const place = siblings.indexOf(node);
  const index = stay(siblings.slice(0, place)).length + (target.at === 'after' && !moved.has(target.id) ? 1 : 0);
  return { holder, sitting: node.sitting, others, index };
}

function fits(agenda: Agenda, holder: AgendaNode | null, kind: ItemKind, hasChildren: boolean): boolean {
  if (holder === null) return true;
  const above = holder.parent === '' ? null : agenda.byId.get(holder.parent)!.item.kind;
  return mayHold({ kind: holder.item.kind, holderKind: above }, kind, hasChildren);
}

/** Whether rows like this one may stand in `holder`, for menus that show what is possible. */
export function mayStandIn(agenda: Agenda, node: AgendaNode, holder: AgendaNode | null): boolean {
  if (holder && (holder === node || isWithin(agenda, holder.item.id, new Set([node.item.id])))) return false;
  return fits(agenda, holder, node.item.kind, node.children.length > 0);
}

/**
 * Keys for `count` rows at a spot, and new keys for the rows there that would otherwise not stay where they are seen:
 * rows with the same key as the row before (two people inserted at one place), and rows that only follow a parent that
 * is too deep. Should a key not be of our form, or grow too long, everybody at that place gets a new one.
 */
function keysAt(spot: Spot, count: number): { keys: string[]; renewed: Map<Id, string> } {
  const sequence: (AgendaNode | null)[] = [...spot.others];
  sequence.splice(spot.index, 0, ...Array<null>(count).fill(null));
  let made = keysFor(sequence, true);
  if (made.some((key) => key.length > LONGEST_KEY)) made = keysFor(sequence, false);
  const renewed = new Map<Id, string>();
  sequence.forEach((node, at) => {
    if (node && (!node.anchored || node.item.order !== made[at])) renewed.set(node.item.id, made[at]!);
  });
  return { keys: made.slice(spot.index, spot.index + count), renewed };
}

/** One key each, rising; `null` is a row to come. With `keep`, rows whose own key will do keep it. */
function keysFor(sequence: readonly (AgendaNode | null)[], keep: boolean): string[] {
  const mayKeep = keep && sequence.every((node) => !node?.anchored || isKey(node.item.order));
  const made: string[] = [];
  let waiting = 0;
  for (const node of sequence) {
    const last = made.at(-1) ?? null;
    const order = node?.anchored && mayKeep ? node.item.order : null;
    // Ties are only a trouble where something is to come between; elsewhere the ids settle them.
    if (order === null || (waiting > 0 && last !== null && order <= last)) {
      waiting += 1;
      continue;
    }
    made.push(...generateNKeysBetween(last, order, waiting), order);
    waiting = 0;
  }
  made.push(...generateNKeysBetween(made.at(-1) ?? null, null, waiting));
  return made;
}

function renewals(spot: Spot, renewed: ReadonlyMap<Id, string>): Map<Id, ItemPatch> {
  const patches = new Map<Id, ItemPatch>();
  for (const node of spot.others) {
    const order = renewed.get(node.item.id);
    if (order === undefined) continue;
    // A row whose key decides keeps what it points at; one that only follows another is written where it is shown.
    const where = node.anchored ? {} : { parent: spot.holder?.item.id ?? '', sitting: spot.sitting };
    patches.set(node.item.id, { order, ...where });
  }
  return patches;
}

/** What `place` would refuse these rows for, or `null`: for showing where a drag may end. */
export function refusalOf(agenda: Agenda, ids: readonly Id[], target: Target): Refusal | null {
  const moved = block(agenda, ids);
  if (moved.length === 0) return 'nowhere';
  const spot = spotFor(agenda, new Set(moved.map((node) => node.item.id)), target);
  if (typeof spot === 'string') return spot;
  const all = moved.every((node) => fits(agenda, spot.holder, node.item.kind, node.children.length > 0));
  return all ? null : 'not-there';
}

/**
 * Rows that stand where they do only because a moved row is their parent on paper (an item that became a section while
 * it lay in another item). They are not part of what somebody sees moving, so they get a place of their own first.
 */
function stayBehind(agenda: Agenda, moved: ReadonlySet<Id>, items: ReadonlyMap<Id, AgendaItem>): Map<Id, ItemPatch> {
  const patches = new Map<Id, ItemPatch>();
  const holderOf = new Map(agenda.hidden.map(({ item, holder }) => [item.id, holder]));
  const goesAlong = (id: Id) => moved.has(id) || isWithin(agenda, id, moved);
  for (const node of agenda.rows) {
    if (node.anchored || patches.has(node.item.id) || goesAlong(node.item.id)) continue;
    const seen = new Set<Id>();
    let at: Id | '' = node.item.parent;
    while (at !== '' && !seen.has(at) && !goesAlong(at)) {
      seen.add(at);
      at = holderOf.get(at) || (items.get(at)?.parent ?? '');
    }
    if (at === '' || seen.has(at)) continue;
    const holder = node.parent === '' ? null : agenda.byId.get(node.parent)!;
    const others = siblingsOf(agenda, node).filter((one) => !moved.has(one.item.id));
    const spot: Spot = { holder, sitting: node.sitting, others, index: 0 };
    for (const [id, patch] of renewals(spot, keysAt(spot, 0).renewed)) patches.set(id, patch);
  }
  return patches;
}

/**
 * Moves rows, with what is below them, to one place, in the order people see them. All of them or none. In one
 * transaction; other people's typing in them goes on undisturbed.
 */
export function place(doc: Y.Doc, sittings: readonly SittingOrder[], ids: readonly Id[], target: Target): Outcome {
  const agenda = readAgenda(doc, withoutNotice(sittings));
  const moved = block(agenda, ids);
  if (moved.length === 0) return refuse('nowhere');
  const spot = spotFor(agenda, new Set(moved.map((node) => node.item.id)), target);
  if (typeof spot === 'string') return refuse(spot);
  if (!moved.every((node) => fits(agenda, spot.holder, node.item.kind, node.children.length > 0)))
    return refuse('not-there');

  const { keys, renewed } = keysAt(spot, moved.length);
  const movedIds = new Set(moved.map((node) => node.item.id));
  const items = entries(agenda);
  // Where both say something of a row, the spot's keys know of the rows that come.
  const patches = new Map([...stayBehind(agenda, movedIds, items), ...renewals(spot, renewed)]);
  // A row that leaves a ring of parents must not pull the others of the ring in under itself.
  for (const cycle of agenda.cycles)
    if (cycle.some((id) => movedIds.has(id)))
      for (const id of cycle) if (agenda.byId.has(id)) patches.set(id, { ...patches.get(id), parent: '' });
  moved.forEach((node, at) => {
    patches.set(node.item.id, { order: keys[at]!, parent: spot.holder?.item.id ?? '', sitting: spot.sitting });
  });
  return { ok: true, change: write(doc, items, patches) };
}

/** Adds a new item at a place, by the rules of `place`. Nothing is added when it may not stand there. */
export function addAt(
  doc: Y.Doc,
  sittings: readonly SittingOrder[],
  item: Omit<NewItem, 'order' | 'parent' | 'sitting'>,
  target: Target,
): { ok: true } | { ok: false; why: Refusal } {
  const agenda = readAgenda(doc, withoutNotice(sittings));
  const spot = spotFor(agenda, new Set(), target);
  if (typeof spot === 'string') return { ok: false, why: spot };
  if (!fits(agenda, spot.holder, item.kind, false)) return { ok: false, why: 'not-there' };
  const { keys, renewed } = keysAt(spot, 1);
  doc.transact(() => {
    write(doc, entries(agenda), renewals(spot, renewed));
    addItem(doc, { ...item, parent: spot.holder?.item.id ?? '', sitting: spot.sitting, order: keys[0]! });
  });
  return { ok: true };
}
