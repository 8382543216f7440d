/**
 * Why this file exists: blocks that come back from a file were written by anybody. This is their exact form, and what the
 * published schemas say of them; an address that is not harmless makes the whole file wrong.
 */
import { z } from 'zod';
import { safeHref } from '../editor/attributes.ts';
import { MAX_DEPTH } from '../versions/blocks.ts';
import type { Block, Cell, Inline, ListItem, Row } from './blocks.ts';

const words = z.string().max(200_000);
const inline = z.union([
  z.strictObject({
    text: words,
    bold: z.literal(true).optional(),
    italic: z.literal(true).optional(),
    href: z
      .string()
      .max(2_000)
      .refine((href) => safeHref(href) === href, 'not a harmless address')
      .optional(),
  }),
  z.strictObject({ break: z.literal(true) }),
]) as z.ZodType<Inline>;

const id = z.string().max(60);
const inlines = z.array(inline);
const sources = z.array(z.string().max(120));

const listItem: z.ZodType<ListItem> = z
  .strictObject({
    id,
    checked: z.boolean().nullable(),
    get blocks() {
      return z.array(anyBlock);
    },
    sources,
  })
  .meta({ id: 'ListItem' });
const cell: z.ZodType<Cell> = z
  .strictObject({
    header: z.boolean(),
    get blocks() {
      return z.array(anyBlock);
    },
  })
  .meta({ id: 'Cell' });
const row: z.ZodType<Row> = z.strictObject({ id, cells: z.array(cell), sources }).meta({ id: 'Row' });

const anyBlock: z.ZodType<Block> = z
  .discriminatedUnion('kind', [
    z.strictObject({ id, kind: z.literal('paragraph'), inlines, sources }),
    z.strictObject({ id, kind: z.literal('heading'), level: z.literal([2, 3, 4]), inlines, sources }),
    z.strictObject({
      id,
      kind: z.literal('list'),
      style: z.enum(['bullet', 'ordered', 'task']),
      start: z.int().min(0).max(99_999),
      items: z.array(listItem),
      sources,
    }),
    z.strictObject({
      id,
      kind: z.literal('quote'),
      get blocks() {
        return z.array(anyBlock);
      },
      sources,
    }),
    z.strictObject({ id, kind: z.literal('table'), rows: z.array(row), sources }),
  ])
  .meta({ id: 'Block' });

/** A text: paragraphs, headings, lists, quotes and tables within each other. Its depth is bounded by {@link depthOf}. */
export const blocksSchema = z.array(anyBlock);

/** How deep a value nests; stops counting beyond what a text may. Walks without recursion: it is asked before parsing. */
export function depthOf(value: unknown): number {
  let level: unknown[] = [value];
  for (let depth = 0; ; depth++) {
    if (depth > 4 * MAX_DEPTH) return depth;
    const next: unknown[] = [];
    for (const one of level)
      if (typeof one === 'object' && one !== null) for (const child of Object.values(one)) next.push(child);
    if (next.length === 0) return depth;
    level = next;
  }
}

/** Deepest value a file may hold. */
export const MAX_FILE_DEPTH = 4 * MAX_DEPTH;
