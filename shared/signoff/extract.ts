/** Why this file exists: a receiver gets the items that concern them and no others (protokollsutdrag). Pure. */
import type { Id } from '../ids.ts';
import type { MinutesDocument } from '../minutes/document.ts';

/** The protocol with only the chosen items, under the same head and signatures; `null` for ids keeps all. */
export function extractOf(document: MinutesDocument, itemIds: readonly Id[] | null): MinutesDocument {
  if (itemIds === null) return document;
  const chosen = new Set(itemIds);
  return {
    ...document,
    items: document.items.filter(({ id }) => chosen.has(id)).map((item) => ({ ...item, level: 0 })),
    // What belongs to no item belongs to nobody's extract.
    attachments: [],
    appendix: [],
  };
}
