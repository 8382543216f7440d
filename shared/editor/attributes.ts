/**
 * Why this file exists: attributes of nodes and marks come from other people's clients, from pasted HTML and from
 * imports. Each has one function that turns any value into a harmless one; nothing else may reach a document.
 */
import type { Attrs, Schema } from '@tiptap/pm/model';
import { isId } from '../ids.ts';
import { cleanSources as sources } from '../workshop/contribution-keys.ts';

/** What an attribute may be. */
export type AttributeValue = string | number | boolean | null;
export type Cleaner = (value: unknown) => AttributeValue;

/** The schemes a link may have. */
export const LINK_SCHEMES: readonly string[] = ['http:', 'https:', 'mailto:'];
const MAX_HREF = 2_000;
// Control characters, all kinds of space, soft hyphens, zero-width and bidirectional marks: what browsers drop or hide.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Z}\p{Cs}]/u;

/**
 * A link's address, or `null` for anything that is not plainly http, https or mailto. Strict rather than clever: an
 * address with hidden characters is refused, not repaired.
 */
export function safeHref(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const href = value.trim();
  if (href.length === 0 || href.length > MAX_HREF || HIDDEN.test(href)) return null;
  if (!/^(https?:\/\/|mailto:)[^\\]/i.test(href)) return null;
  try {
    const url = new URL(href);
    if (!LINK_SCHEMES.includes(url.protocol)) return null;
    if (url.protocol !== 'mailto:' && url.hostname === '') return null;
    return href;
  } catch {
    return null;
  }
}

/** What somebody types as an address: `example.se` becomes https, a mail address mailto; `null` when it is no address. */
export function typedHref(text: string): string | null {
  const value = text.trim();
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(value)) return safeHref(`mailto:${value}`);
  if (/^[a-z][a-z0-9+.-]*:/i.test(value)) return safeHref(value);
  return safeHref(`https://${value}`);
}

const text =
  (max: number): Cleaner =>
  (value) =>
    typeof value === 'string' ? value.slice(0, max) : '';
const whole =
  (min: number, max: number, fallback: number): Cleaner =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : fallback;

const idOrNone: Cleaner = (value) => (isId(value) ? value : '');
const origin: Cleaner = (value) => (isId(value) ? value : null);
// Cells are never merged: a merged cell beside an added row or column is what makes tables grow without end.
const one: Cleaner = () => 1;

/** Every attribute of every node: name → cleaner. An attribute that is not here does not exist. */
export const NODE_ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, Cleaner>>>> = {
  paragraph: { origin, sources },
  heading: { origin, sources, level: whole(2, 4, 2) },
  bulletList: { origin, sources },
  orderedList: { origin, sources, start: whole(0, 99_999, 1) },
  listItem: { sources },
  taskList: { origin, sources },
  taskItem: { sources, checked: (value) => value === true },
  blockquote: { origin, sources },
  table: { origin },
  tableCell: { colspan: one, rowspan: one },
  tableHeader: { colspan: one, rowspan: one },
  mention: { id: idOrNone, label: text(120) },
  attachment: { id: idOrNone },
};

/** Every attribute of every mark. */
export const MARK_ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, Cleaner>>>> = {
  link: { href: safeHref },
};

type Given = Record<string, unknown> | null | undefined;

function clean(given: Given, cleaners: Readonly<Record<string, Cleaner>>): Record<string, AttributeValue> | null {
  if (!given) return null;
  const result: Record<string, AttributeValue> = {};
  for (const [name, cleaner] of Object.entries(cleaners))
    if (Object.hasOwn(given, name)) result[name] = cleaner(given[name]);
  return result;
}

/**
 * Makes a schema clean every attribute wherever a node or mark is made: from Yjs, from JSON, from pasted HTML. Without
 * it only the names are checked, and an object or a colspan of a billion goes through.
 */
export function hardenSchema(schema: Schema): void {
  for (const [name, type] of Object.entries(schema.nodes)) {
    const cleaners = NODE_ATTRIBUTES[name] ?? {};
    // Not in ProseMirror's types, and the one place every way of making a node goes through.
    const inner = type as unknown as { computeAttrs(given: Given): Attrs };
    const compute = inner.computeAttrs.bind(type);
    inner.computeAttrs = (given) => compute(clean(given, cleaners));
  }
  for (const [name, type] of Object.entries(schema.marks)) {
    const cleaners = MARK_ATTRIBUTES[name] ?? {};
    const create = type.create.bind(type);
    type.create = (given) => create(clean(given, cleaners));
  }
}
