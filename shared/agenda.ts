/**
 * Why this file exists: the agenda is a shared document, and this is the only code that knows the names of its keys.
 * Reads parse defensively (another client's document is untrusted input); writes never remove an entry, because
 * deleting a nested type would lose what somebody types in it at that moment.
 *
 * Document `agenda:<meeting>`: root map `items`, id → map
 *   title      Y.Text    merges letter by letter; created together with the item, in one transaction
 *   kind       string    one of ITEM_KINDS
 *   order      string    a key between its neighbours' (fractional-indexing); ties are broken by id
 *   parent     string    id of a section or an item, or '' at the top; at most two levels below the top
 *   sitting    string    id of the sitting (top level; children follow their parent), or ''
 *   minutes    number    planned time, or 0
 *   presenters Y.Map     key → {personId} or {text}: people or free text, in the order of their `order`
 *   archived   boolean
 *   mergedInto string    id of the item under which its notes are shown, or ''
 *   splitFrom  string    id of the item whose blocks were copied here, or ''
 *   outcome    string    '' or 'nothing-to-report'
 */
import { generateKeyBetween } from 'fractional-indexing';
import * as Y from 'yjs';
import { type Id, isId } from './ids.ts';

/** avsnitt, information, rapport, beslut, dialog, incheckning, föregående protokoll, övrigt, paus */
export const ITEM_KINDS = [
  'section',
  'information',
  'report',
  'decision',
  'dialogue',
  'checkIn',
  'previousMinutes',
  'otherBusiness',
  'break',
] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

export interface Presenter {
  key: string;
  /** A participant, or `null` when free text. */
  personId: Id | null;
  text: string;
}

/** One entry of the agenda as read: plain values, safe to show. */
export interface AgendaItem {
  id: Id;
  title: string;
  kind: ItemKind;
  order: string;
  parent: Id | '';
  sitting: Id | '';
  minutes: number;
  presenters: Presenter[];
  archived: boolean;
  mergedInto: Id | '';
  splitFrom: Id | '';
  outcome: '' | 'nothing-to-report';
}

/** Root map of an agenda's document. */
export const AGENDA_ROOT = 'items';
export const MAX_TITLE = 300;
export const MAX_MINUTES = 24 * 60;

type ItemMap = Y.Map<unknown>;

/** The root map; the same object at every call. Observe it deeply to follow the agenda. */
export function agendaRoot(doc: Y.Doc): Y.Map<ItemMap> {
  return doc.getMap<ItemMap>(AGENDA_ROOT);
}

function idOrEmpty(value: unknown): Id | '' {
  return isId(value) ? value : '';
}

function readPresenters(value: unknown): Presenter[] {
  if (!(value instanceof Y.Map)) return [];
  const rows: (Presenter & { order: string })[] = [];
  for (const [key, entry] of value.entries()) {
    if (entry === null || typeof entry !== 'object') continue;
    const { personId, text, order } = entry as Record<string, unknown>;
    const person = isId(personId) ? personId : null;
    const words = typeof text === 'string' ? text.slice(0, 200) : '';
    if (person === null && words === '') continue;
    rows.push({ key, personId: person, text: words, order: typeof order === 'string' ? order : '' });
  }
  rows.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.key < b.key ? -1 : 1));
  return rows.map(({ key, personId, text }) => ({ key, personId, text }));
}

/** Whether there is an item of this id, archived ones too: as {@link readItem}, without reading it. */
export function hasItem(doc: Y.Doc, id: Id): boolean {
  return isId(id) && agendaRoot(doc).get(id) instanceof Y.Map;
}

/** Reads one entry; `null` for what is not an item at all. Wrong values become harmless ones. */
export function readItem(doc: Y.Doc, id: Id): AgendaItem | null {
  const map = agendaRoot(doc).get(id);
  if (!(map instanceof Y.Map) || !isId(id)) return null;
  const kind = map.get('kind');
  const minutes = map.get('minutes');
  const title = map.get('title');
  const order = map.get('order');
  return {
    id,
    title: (title instanceof Y.Text ? title.toString() : '').slice(0, MAX_TITLE),
    kind: ITEM_KINDS.includes(kind as ItemKind) ? (kind as ItemKind) : 'information',
    order: typeof order === 'string' ? order : '',
    parent: idOrEmpty(map.get('parent')),
    sitting: idOrEmpty(map.get('sitting')),
    minutes:
      typeof minutes === 'number' && Number.isFinite(minutes)
        ? Math.max(0, Math.min(MAX_MINUTES, Math.round(minutes)))
        : 0,
    presenters: readPresenters(map.get('presenters')),
    archived: map.get('archived') === true,
    mergedInto: idOrEmpty(map.get('mergedInto')),
    splitFrom: idOrEmpty(map.get('splitFrom')),
    outcome: map.get('outcome') === 'nothing-to-report' ? 'nothing-to-report' : '',
  };
}

/** All entries in no order, archived ones too. See agenda-tree.ts for the order people see. */
export function readItems(doc: Y.Doc): AgendaItem[] {
  const items: AgendaItem[] = [];
  for (const id of agendaRoot(doc).keys()) {
    const item = readItem(doc, id);
    if (item) items.push(item);
  }
  return items;
}

/** The shared text of an item's title, for binding a field to it; `null` when there is none. */
export function titleText(doc: Y.Doc, id: Id): Y.Text | null {
  const title = agendaRoot(doc).get(id)?.get('title');
  return title instanceof Y.Text ? title : null;
}

export interface NewItem {
  id: Id;
  title?: string;
  kind: ItemKind;
  parent?: Id | '';
  sitting?: Id | '';
  minutes?: number;
  presenters?: ({ personId: Id } | { text: string })[];
  splitFrom?: Id | '';
  /** The key after which it comes; by default last among its siblings. */
  order?: string;
}

/** Adds an item in one transaction. The id must be new. */
export function addItem(doc: Y.Doc, item: NewItem): void {
  const root = agendaRoot(doc);
  doc.transact(() => {
    const map: ItemMap = new Y.Map();
    map.set('title', new Y.Text(item.title ?? ''));
    map.set('kind', item.kind);
    map.set('parent', item.parent ?? '');
    map.set('sitting', item.sitting ?? '');
    map.set('minutes', item.minutes ?? 0);
    map.set('order', item.order ?? lastKey(doc, item.parent ?? '', item.sitting ?? ''));
    const presenters = new Y.Map();
    let order: string | null = null;
    for (const presenter of item.presenters ?? []) {
      order = generateKeyBetween(order, null);
      presenters.set(`p${order}`, { ...presenter, order });
    }
    map.set('presenters', presenters);
    map.set('archived', false);
    map.set('splitFrom', item.splitFrom ?? '');
    root.set(item.id, map);
  });
}

function lastKey(doc: Y.Doc, parent: Id | '', sitting: Id | ''): string {
  let last: string | null = null;
  for (const item of readItems(doc))
    if (item.parent === parent && (parent !== '' || item.sitting === sitting) && (last === null || item.order > last))
      last = item.order;
  return safeKeyBetween(last, null);
}

/** A key between two keys; tolerates keys another client wrote that are not of the library's form. */
export function safeKeyBetween(before: string | null, after: string | null): string {
  try {
    return generateKeyBetween(before || null, after || null);
  } catch {
    try {
      return generateKeyBetween(before || null, null);
    } catch {
      return generateKeyBetween(null, null);
    }
  }
}

export type ItemPatch = Partial<
  Pick<AgendaItem, 'kind' | 'order' | 'parent' | 'sitting' | 'minutes' | 'archived' | 'mergedInto' | 'outcome'>
>;

/** Sets single values of an item, in one transaction; unknown ids are ignored. */
export function patchItem(doc: Y.Doc, id: Id, patch: ItemPatch): void {
  const map = agendaRoot(doc).get(id);
  if (!(map instanceof Y.Map)) return;
  doc.transact(() => {
    for (const [key, value] of Object.entries(patch)) if (map.get(key) !== value) map.set(key, value);
  });
}

/** Adds a presenter last. */
export function addPresenter(doc: Y.Doc, id: Id, presenter: { personId: Id } | { text: string }, key: string): void {
  const presenters = agendaRoot(doc).get(id)?.get('presenters');
  if (!(presenters instanceof Y.Map)) return;
  let last: string | null = null;
  for (const entry of presenters.values()) {
    const order = (entry as Record<string, unknown> | null)?.order;
    if (typeof order === 'string' && (last === null || order > last)) last = order;
  }
  presenters.set(key, { ...presenter, order: safeKeyBetween(last, null) });
}

/** Takes a presenter away (a plain value, so nothing can be typed into it meanwhile). */
export function removePresenter(doc: Y.Doc, id: Id, key: string): void {
  const presenters = agendaRoot(doc).get(id)?.get('presenters');
  if (presenters instanceof Y.Map) presenters.delete(key);
}
