/**
 * Why this file exists: who wrote a paragraph, and when. The server knows which person owns which Yjs client id; the
 * letters of a block say which ids and clocks they have.
 */
import * as Y from 'yjs';
import type { Authorship } from '#shared/api.ts';

export interface Author {
  personId: string;
  name: string;
  colour: number;
  /** Letters of this block. */
  characters: number;
  /** Latest time, milliseconds, minute-precise. */
  at: number;
}

type Element = Y.XmlElement | Y.XmlText | Y.XmlHook;

/** The element of the block at `path`: child indexes from the fragment down, as the editor counts them. */
export function blockAt(fragment: Y.XmlFragment, path: readonly number[]): Y.XmlElement | null {
  let here: Y.XmlFragment = fragment;
  let found: Y.XmlElement | null = null;
  for (const index of path) {
    const child: Element | undefined = here.length > index ? here.get(index) : undefined;
    if (!(child instanceof Y.XmlElement)) break;
    found = child;
    here = child;
  }
  return found;
}

/** Who wrote the letters that stand in a block now, most letters first. */
export function authorsOf(block: Y.XmlElement | Y.Text, authorship: Authorship): Author[] {
  const authors = new Map<string, Author>();
  const spans = new Map<number, Authorship['spans']>();
  for (const span of authorship.spans) {
    const known = spans.get(span.client);
    if (known) known.push(span);
    else spans.set(span.client, [span]);
  }
  const count = (item: Y.Item) => {
    for (const span of spans.get(item.id.client) ?? []) {
      const characters = Math.min(span.to, item.id.clock + item.length) - Math.max(span.from, item.id.clock);
      if (characters <= 0) continue;
      const person = authorship.people[span.personId];
      const known = authors.get(span.personId);
      if (known) {
        known.characters += characters;
        known.at = Math.max(known.at, span.at);
      } else
        authors.set(span.personId, {
          personId: span.personId,
          name: person?.name ?? '',
          colour: person?.colour ?? 8,
          characters,
          at: span.at,
        });
    }
  };
  const walk = (type: Y.XmlFragment | Y.Text, depth: number) => {
    for (let item: Y.Item | null = type._start; item !== null; item = item.right) {
      if (item.deleted) continue;
      if (item.content instanceof Y.ContentString) count(item);
      else if (item.content instanceof Y.ContentType && depth < 64) {
        const inner = item.content.type;
        if (inner instanceof Y.XmlText || inner instanceof Y.XmlFragment) walk(inner, depth + 1);
        if (inner instanceof Y.XmlElement && inner.nodeName === 'mention') count(item);
      }
    }
  };
  walk(block, 0);
  return [...authors.values()].filter((author) => author.name !== '').sort((a, b) => b.characters - a.characters);
}
