/**
 * Why this file exists: whoever has read a notice wants to know what another version of it says differently, and nothing
 * else. A pure function of two versions: items that came, went, moved or are called otherwise, and when and where the
 * days are. A number that only follows from another row's move is no change, and neither is a clock time of an item that
 * follows from the rows before it.
 */
import type { Id } from '../ids.ts';
import type { NoticeDocument, NoticeItem } from './document.ts';

export type NoticeChange =
  | { kind: 'added'; itemId: Id; number: string; title: string }
  | { kind: 'removed'; itemId: Id; number: string; title: string }
  /** `number` is what it has now, `was` what it had. */
  | { kind: 'moved'; itemId: Id; number: string; was: string; title: string }
  | { kind: 'renamed'; itemId: Id; number: string; title: string; was: string }
  /** A day that was not called to before; `when` in words. */
  | { kind: 'sitting-added'; sittingId: Id; when: string }
  | { kind: 'sitting-removed'; sittingId: Id; when: string }
  /** In words, both. */
  | { kind: 'time'; sittingId: Id; when: string; was: string }
  /** `when` says which day; '' for the only place of all. Places may be ''. */
  | { kind: 'place'; sittingId: Id; when: string; place: string; was: string }
  | { kind: 'link'; sittingId: Id; when: string };

type Side = Pick<NoticeDocument, 'header' | 'items'>;

/** What `after` says differently from `before`: the days first, then the items in the order they stand in. */
export function changesBetween(before: Side, after: Side): NoticeChange[] {
  return [...sittingChanges(before, after), ...itemChanges(before.items, after.items)];
}

function sittingChanges(before: Side, after: Side): NoticeChange[] {
  const changes: NoticeChange[] = [];
  const had = new Map(before.header.sittings.map((sitting) => [sitting.id, sitting]));
  const has = new Set(after.header.sittings.map(({ id }) => id));
  for (const sitting of before.header.sittings)
    if (!has.has(sitting.id)) changes.push({ kind: 'sitting-removed', sittingId: sitting.id, when: sitting.when });
  for (const sitting of after.header.sittings) {
    const { id: sittingId, when } = sitting;
    const was = had.get(sittingId);
    if (!was) {
      changes.push({ kind: 'sitting-added', sittingId, when });
      continue;
    }
    if (was.date !== sitting.date || was.start !== sitting.start || was.end !== sitting.end)
      changes.push({ kind: 'time', sittingId, when, was: was.when });
    const [place, placeWas] = [sitting.place || after.header.place, was.place || before.header.place];
    if (place !== placeWas) changes.push({ kind: 'place', sittingId, when, place, was: placeWas });
    if (was.link !== sitting.link) changes.push({ kind: 'link', sittingId, when });
  }
  return changes;
}

function itemChanges(before: readonly NoticeItem[], after: readonly NoticeItem[]): NoticeChange[] {
  const had = new Map(before.map((item) => [item.id, item]));
  const has = new Set(after.map(({ id }) => id));
  const moved = movedItems(before, after);
  const changes: NoticeChange[] = [];
  for (const item of before) {
    if (!has.has(item.id) && item.kind !== 'break')
      changes.push({ kind: 'removed', itemId: item.id, number: item.number, title: item.title });
  }
  for (const item of after) {
    if (item.kind === 'break') continue;
    const { id: itemId, number, title } = item;
    const was = had.get(itemId);
    if (!was) {
      changes.push({ kind: 'added', itemId, number, title });
      continue;
    }
    if (moved.has(itemId)) changes.push({ kind: 'moved', itemId, number, was: was.number, title });
    if (was.title !== title) changes.push({ kind: 'renamed', itemId, number, title, was: was.title });
  }
  return changes;
}

/**
 * Which items stand elsewhere: as few as explain the new order. Items that both have are compared by the longest row of
 * them that kept its order; one that changed its day or its depth has moved in any case.
 */
function movedItems(before: readonly NoticeItem[], after: readonly NoticeItem[]): ReadonlySet<Id> {
  const had = new Map(before.map((item, at) => [item.id, { item, at }]));
  const moved = new Set<Id>();
  const places: { id: Id; at: number }[] = [];
  for (const item of after) {
    const was = had.get(item.id);
    if (!was || item.kind === 'break') continue;
    if (was.item.sittingId !== item.sittingId || was.item.level !== item.level) moved.add(item.id);
    else places.push({ id: item.id, at: was.at });
  }
  const kept = longestRising(places.map(({ at }) => at));
  for (const [n, { id }] of places.entries()) if (!kept.has(n)) moved.add(id);
  return moved;
}

/** Indices of a longest rising subsequence of distinct numbers. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  /** At n: the index of the smallest number that ends a rising row of n + 1. */
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [index, number] of numbers.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] ?? -1] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = index;
  }
  const kept = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at !== -1; at = previous[at] ?? -1) kept.add(at);
  return kept;
}
