/**
 * Why this file exists: text that means something to a program must mean nothing wherever people can write. Here a protocol
 * gets the same words in every place that holds people's words, found by going through it, so that a place added tomorrow is
 * tried tomorrow.
 */
import type { MinutesDocument } from '#shared/minutes/document.ts';

/** Fields that hold no words of people: names of things, moments, choices from a list. */
const NOT_WORDS = new Set([
  'format',
  'language',
  'style',
  'id',
  'sittingId',
  'personId',
  'sha256',
  'timeZone',
  'date',
  'start',
  'end',
  'kind',
  'outcome',
  'method',
  'role',
  'mediaType',
  'href',
  'source',
]);

/** The protocol with `words` after everything that is written in it, and where nothing was; abbreviations stay. */
export function everywhere(document: MinutesDocument, words: string): MinutesDocument {
  let places = 0;
  const visit = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (NOT_WORDS.has(key)) return value;
      places++;
      return `${value} ${words} (plats ${places})`;
    }
    if (Array.isArray(value)) return key === 'sources' ? value : value.map((one) => visit(one, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, visit(inner, name)]));
  };
  return visit(document, '') as MinutesDocument;
}
