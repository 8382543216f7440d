/**
 * Why this file exists: the agenda's entries lie in one flat shared map, and people who write at the same time can
 * leave any combination of parents and keys there. This is the one reading of it: a pure function of the entries, so
 * everybody who has the same entries sees the same order, levels and numbers. Nothing is ever unreachable: what
 * cannot stand where it points stands as near as the rules allow, and what is hidden is listed apart.
 *
 * What may nest where: a section only at the top; an item at the top or in a section; a sub-item in an item. Breaks
 * hold nothing. Sections and breaks have no number; numbers run on through sections and sittings, until a notice has given
 * them: then they stay, wherever their item is moved (later-numbers.ts).
 */

import type * as Y from 'yjs';
import type { AgendaItem, ItemKind } from './agenda.ts';
import { readItems } from './agenda.ts';
import type { Id } from './ids.ts';
import { highestBelow, numberBelow, numberLater, wholeBelow } from './later-numbers.ts';

/** What the order of a meeting's days depends on. */
export interface SittingOrder {
  id: Id;
  date: string;
  start: string;
}

/** What an agenda is read by, beside its entries. A meeting is one. */
export interface AgendaFrame {
  /** In any order. */
  sittings: readonly SittingOrder[];
  /** By item: the number it was called under. Empty until a notice is published. */
  noticeNumbers: Readonly<Record<Id, string>>;
}

/** For whom only the order matters, or who has no notice. */
export const withoutNotice = (sittings: readonly SittingOrder[]): AgendaFrame => ({ sittings, noticeNumbers: {} });

export interface AgendaNode {
  readonly item: AgendaItem;
  /** "4", "4.1", "4a" for what came after the notice, or '' for sections and breaks. */
  readonly number: string;
  /** How many rows it is indented below the top: 0, 1 or 2. */
  readonly level: number;
  /** Where it is shown, which is not always what is written in the item (cycles, orphans, too deep). */
  readonly parent: Id | '';
  /** The sitting it is shown in; '' only when the meeting has none. */
  readonly sitting: Id | '';
  readonly children: readonly AgendaNode[];
  /** Items whose notes are shown under this one, in their own order. */
  readonly merged: readonly AgendaItem[];
  /** Whether its own key decides its place among its siblings; false for a row that follows a too deep parent. */
  readonly anchored: boolean;
}

export interface AgendaGroup {
  readonly sitting: Id | '';
  readonly nodes: readonly AgendaNode[];
}

/** An entry that is not shown among the others, and why. */
export interface HiddenItem {
  readonly item: AgendaItem;
  readonly why: 'archived' | 'merged' | 'in-archived';
  /** The item it was merged into, or the archived one that hides it; '' for what is archived itself. */
  readonly holder: Id | '';
}

export interface Agenda {
  /** One per sitting in the order of time, empty ones too; exactly one, with sitting '', when there are none. */
  readonly groups: readonly AgendaGroup[];
  /** Every row that is shown, in the order people see. */
  readonly rows: readonly AgendaNode[];
  readonly byId: ReadonlyMap<Id, AgendaNode>;
  readonly hidden: readonly HiddenItem[];
  /** Rows that point at each other as parents; each of them is shown at the top. */
  readonly cycles: readonly (readonly Id[])[];
}

/** By key, then id. Compares code units: the same on every device, whatever its language. */
export function bySiblingOrder(a: AgendaItem, b: AgendaItem): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Sittings in the order of time. */
export function bySittingTime(a: SittingOrder, b: SittingOrder): number {
  const left = `${a.date} ${a.start} ${a.id}`;
  const right = `${b.date} ${b.start} ${b.id}`;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether this kind of entry is counted: "1", "2", "2.1". */
export function isNumbered(kind: ItemKind): boolean {
  return kind !== 'section' && kind !== 'break';
}

/** Whether a row of `kind`, with or without rows below it, may stand in `holder` (`null` is the top). */
export function mayHold(
  holder: { kind: ItemKind; holderKind: ItemKind | null } | null,
  kind: ItemKind,
  hasChildren: boolean,
): boolean {
  if (holder === null) return true;
  if (kind === 'section' || holder.kind === 'break') return false;
  if (holder.kind === 'section') return true;
  return (holder.holderKind === null || holder.holderKind === 'section') && !hasChildren;
}

/** The item under which each merged one is shown. In a ring of merges the one with the smallest id stays. */
function mergeTargets(items: ReadonlyMap<Id, AgendaItem>): Map<Id, Id> {
  const next = (id: Id): Id | null => {
    const item = items.get(id)!;
    return !item.archived && item.mergedInto !== id && items.has(item.mergedInto) ? (item.mergedInto as Id) : null;
  };
  const target = new Map<Id, Id>();
  for (const start of items.keys()) {
    const path: Id[] = [];
    let at = start;
    let end: Id | null = null;
    while (end === null) {
      const known = target.get(at);
      if (known !== undefined) end = known;
      else if (path.includes(at)) end = path.slice(path.indexOf(at)).reduce((least, id) => (id < least ? id : least));
      else {
        path.push(at);
        const following = next(at);
        if (following === null) end = at;
        else at = following;
      }
    }
    for (const id of path) target.set(id, end);
  }
  return target;
}

/** Where each entry that is not merged away points, merges taken into account; '' for orphans. */
function parents(items: ReadonlyMap<Id, AgendaItem>, target: ReadonlyMap<Id, Id>): Map<Id, Id | ''> {
  const result = new Map<Id, Id | ''>();
  for (const item of items.values()) {
    if (target.get(item.id) !== item.id) continue;
    let parent: Id | '' = item.parent;
    const seen = new Set<Id>();
    // A parent merged into its own child leaves the child where the parent stood.
    while (parent !== '' && target.get(parent) === item.id && !seen.has(parent)) {
      seen.add(parent);
      parent = items.get(parent)!.parent;
    }
    const holder = parent === '' ? undefined : target.get(parent);
    result.set(item.id, holder === undefined || holder === item.id ? '' : holder);
  }
  return result;
}

/** Further up than this nobody nests by hand; only a hostile document has such chains, and they must not cost a stack. */
const LONGEST_CHAIN = 64;

/** Takes rings of parents apart: every member of a ring stands at the top, and so does what hangs too far down. */
function cutCycles(parentOf: Map<Id, Id | ''>): Id[][] {
  const cycles: Id[][] = [];
  const done = new Set<Id>();
  for (const start of parentOf.keys()) {
    const path = new Set<Id>();
    let at: Id | '' = start;
    while (at !== '' && !done.has(at) && !path.has(at)) {
      path.add(at);
      at = parentOf.get(at) ?? '';
    }
    if (at !== '' && path.has(at)) {
      const walked = [...path];
      cycles.push(walked.slice(walked.indexOf(at)));
    }
    for (const id of path) done.add(id);
  }
  for (const cycle of cycles) for (const id of cycle) parentOf.set(id, '');
  const tooFar: Id[] = [];
  for (const id of parentOf.keys()) {
    let at: Id | '' = id;
    for (let steps = 0; at !== '' && steps <= LONGEST_CHAIN; steps += 1) at = parentOf.get(at) ?? '';
    if (at !== '') tooFar.push(id);
  }
  for (const id of tooFar) parentOf.set(id, '');
  return cycles;
}

interface Draft {
  item: AgendaItem;
  children: Draft[];
  anchored: boolean;
}

/** Builds a row with the rows below it. What may not stand in it comes back in `overflow`, to stand right after it. */
function build(
  item: AgendaItem,
  holderKind: ItemKind | null,
  childrenOf: ReadonlyMap<string, AgendaItem[]>,
): { row: Draft; overflow: Draft[] } {
  const row: Draft = { item, children: [], anchored: true };
  const overflow: Draft[] = [];
  const here = { kind: item.kind, holderKind };
  // A break holds nothing: what points at it is built for where it will stand, or rows put into it would fall out again.
  const kindAbove = item.kind === 'break' ? holderKind : item.kind;
  for (const child of childrenOf.get(item.id) ?? []) {
    const built = build(child, kindAbove, childrenOf);
    for (const draft of [built.row, ...built.overflow]) {
      if (draft !== built.row) draft.anchored = false;
      if (mayHold(here, draft.item.kind, draft.children.length > 0)) row.children.push(draft);
      else overflow.push(draft);
    }
  }
  return { row, overflow };
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** The numbers a notice gave, and all that are taken by now. */
interface Taken {
  called: ReadonlyMap<Id, string>;
  used: Set<string>;
  numbers: Map<Id, string>;
}

/**
 * Numbers rows that are counted together: what the notice called keeps its number, the others are numbered after it. Without a
 * notice they are 1, 2, 3.
 */
function count(drafts: readonly Draft[], base: string, { called, used, numbers }: Taken): void {
  if (drafts.length === 0) return;
  const lastCalled = drafts.findLastIndex(({ item }) => called.has(item.id));
  // Of what is put away or stands elsewhere, too: no number is given twice.
  let highest = highestBelow(base, called.values());
  let previous: string | null = null;
  for (const [at, { item }] of drafts.entries()) {
    let number = called.get(item.id);
    if (number === undefined) {
      number = at < lastCalled && previous !== null ? numberLater(base, previous, used) : numberBelow(base, ++highest);
      used.add(number);
    }
    numbers.set(item.id, number);
    if (wholeBelow(base, number) !== null) previous = number;
  }
}

/** The number of every row that has one. */
function numbersOf(top: readonly Draft[], noticeNumbers: AgendaFrame['noticeNumbers']): ReadonlyMap<Id, string> {
  const called = new Map(Object.entries(noticeNumbers));
  const taken: Taken = { called, used: new Set(called.values()), numbers: new Map() };
  const counted = (drafts: readonly Draft[]): Draft[] => drafts.filter(({ item }) => isNumbered(item.kind));
  const outer = counted(top.flatMap((draft) => (draft.item.kind === 'section' ? draft.children : [draft])));
  count(outer, '', taken);
  for (const { item, children } of outer) count(counted(children), taken.numbers.get(item.id) ?? '', taken);
  return taken.numbers;
}

/** The agenda as people see it, made from its entries, the meeting's sittings and the numbers of its notice. */
export function arrange(entries: readonly AgendaItem[], { sittings, noticeNumbers }: AgendaFrame): Agenda {
  const items = new Map([...entries].sort(bySiblingOrder).map((item) => [item.id, item]));
  const target = mergeTargets(items);
  const parentOf = parents(items, target);
  const cycles = cutCycles(parentOf);

  const hiddenBy = (id: Id): Id | null => {
    for (let at: Id | '' = id; at !== ''; at = parentOf.get(at) ?? '') if (items.get(at)!.archived) return at;
    return null;
  };
  const hidden: HiddenItem[] = [];
  const mergedOf = new Map<Id, AgendaItem[]>();
  const childrenOf = new Map<string, AgendaItem[]>();
  for (const item of items.values()) {
    const holder = target.get(item.id)!;
    if (holder !== item.id) {
      hidden.push({ item, why: 'merged', holder });
      append(mergedOf, holder, item);
      continue;
    }
    const archived = hiddenBy(item.id);
    if (archived === item.id) hidden.push({ item, why: 'archived', holder: '' });
    else if (archived !== null) hidden.push({ item, why: 'in-archived', holder: archived });
    else append(childrenOf, parentOf.get(item.id) ?? '', item);
  }

  const days = [...sittings].sort(bySittingTime).map((sitting) => sitting.id as Id | '');
  if (days.length === 0) days.push('');
  const drafts = new Map<Id | '', Draft[]>(days.map((day) => [day, []]));
  for (const item of childrenOf.get('') ?? []) {
    const day = drafts.get(item.sitting) ?? drafts.get(days[0]!)!;
    const { row, overflow } = build(item, null, childrenOf);
    for (const draft of overflow) draft.anchored = false;
    day.push(row, ...overflow);
  }

  const rows: AgendaNode[] = [];
  const byId = new Map<Id, AgendaNode>();
  const numbers = numbersOf(
    days.flatMap((day) => drafts.get(day)!),
    noticeNumbers,
  );
  const finish = (draft: Draft, parent: Draft | null, level: number, sitting: Id | ''): AgendaNode => {
    const at = rows.length;
    rows.length += 1;
    const children = draft.children.map((child) => finish(child, draft, level + 1, sitting));
    const node: AgendaNode = {
      item: draft.item,
      number: numbers.get(draft.item.id) ?? '',
      level,
      parent: parent?.item.id ?? '',
      sitting,
      children,
      merged: mergedOf.get(draft.item.id) ?? [],
      anchored: draft.anchored,
    };
    rows[at] = node;
    byId.set(node.item.id, node);
    return node;
  };
  const groups = days.map((sitting) => ({
    sitting,
    nodes: drafts.get(sitting)!.map((draft) => finish(draft, null, 0, sitting)),
  }));
  return { groups, rows, byId, hidden, cycles };
}

/** Reads the agenda of a document. Costs time in proportion to the number of entries; see `useAgenda` for a cached one. */
export function readAgenda(doc: Y.Doc, frame: AgendaFrame): Agenda {
  return arrange(readItems(doc), frame);
}

/** The rows among which a row stands: its holder's, or the top rows of its sitting. */
export function siblingsOf(agenda: Agenda, node: AgendaNode): readonly AgendaNode[] {
  if (node.parent !== '') return agenda.byId.get(node.parent)!.children;
  return agenda.groups.find((group) => group.sitting === node.sitting)!.nodes;
}
