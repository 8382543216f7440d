/**
 * Why this file exists: the list of meetings shows the number of the current item without opening its agenda in the
 * client. Numbers are derived from position, never stored.
 */
import type { AgendaItem } from '#shared/agenda.ts';
import type { Id } from '#shared/ids.ts';

const MAX_DEPTH = 3;

function before(a: AgendaItem, b: AgendaItem): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/**
 * The numbers of the items people see, id → "2.1". `sittings` gives the order of the days; breaks and archived or
 * merged items have none. Two people can nest two items in each other at once: what hangs in such a ring is at the top.
 */
export function numbers(items: readonly AgendaItem[], sittings: readonly Id[]): Map<Id, string> {
  const shown = new Map(items.filter((i) => !i.archived && i.mergedInto === '').map((i) => [i.id, i]));
  const reachesTop = (item: AgendaItem): boolean => {
    let at: AgendaItem | undefined = item;
    for (let depth = 0; depth < MAX_DEPTH && at; depth += 1) {
      if (at.parent === '' || !shown.has(at.parent)) return true;
      at = shown.get(at.parent);
    }
    return false;
  };
  const parentOf = (item: AgendaItem): Id | '' => (shown.has(item.parent) && reachesTop(item) ? item.parent : '');
  const day = (item: AgendaItem): number => {
    const index = sittings.indexOf(item.sitting);
    return index < 0 ? 0 : index;
  };
  const result = new Map<Id, string>();
  const walk = (parent: Id | '', prefix: string): void => {
    const children = [...shown.values()].filter((item) => parentOf(item) === parent);
    children.sort((a, b) => (parent === '' ? day(a) - day(b) : 0) || before(a, b));
    let number = 0;
    for (const child of children) {
      if (child.kind === 'break') continue;
      number += 1;
      result.set(child.id, `${prefix}${number}`);
      walk(child.id, `${prefix}${number}.`);
    }
  };
  walk('', '');
  return result;
}
