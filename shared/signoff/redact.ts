/**
 * Why this file exists: what is published must not say what is nobody's business, in no format and nowhere in a file. So
 * it is taken out of the document itself, before anything is drawn from it. Pure; every text field is gone through except
 * those named here, so that a field added tomorrow is covered tomorrow.
 */
import type { Block, Inline } from '../document/blocks.ts';
import type { MinutesDocument } from '../minutes/document.ts';
import type { Language } from '../terms.ts';
import { type Hidden, hiddenIn, replaced } from './hidden-words.ts';

/** What is taken out. */
export interface Redaction {
  email: boolean;
  phone: boolean;
  /** Names of those who came as guests. */
  guests: boolean;
  /** Further names or words. */
  words: string[];
  /** Ids of blocks: paragraphs, headings, quotes, lists, entries of lists, tables, rows. */
  blocks: string[];
}

export const NO_REDACTION: Redaction = { email: false, phone: false, guests: false, words: [], blocks: [] };

/** Whether it takes out anything at all. */
export const isRedaction = ({ email, phone, guests, words, blocks }: Redaction): boolean =>
  email || phone || guests || words.length > 0 || blocks.length > 0;

const WORDS = {
  sv: { block: '[Stycket är utelämnat]', email: '[e-post]', phone: '[telefon]', name: '[utelämnat]' },
  en: { block: '[Paragraph left out]', email: '[e-mail]', phone: '[phone]', name: '[left out]' },
} satisfies Record<Language, unknown>;

/** Fields that say nothing about people: names of things within the file, moments, kinds. */
const KEPT = new Set([
  'id',
  'itemId',
  'personId',
  'sittingId',
  'sha256',
  'date',
  'start',
  'end',
  'format',
  'language',
  'style',
  'kind',
  'level',
  'role',
  'outcome',
  'method',
  'mediaType',
  'timeZone',
  'sources',
]);
/** A hash of what was taken out would let somebody try what it was. */
const NO_HASH = '0'.repeat(64);

/** What a profile hides, ready for many texts. `guests` are the names of those who came as guests. */
export function hiddenBy(profile: Redaction, guests: readonly string[], language: Language): Hidden {
  const words = WORDS[language];
  return {
    email: profile.email ? words.email : null,
    phone: profile.phone ? words.phone : null,
    names: [...(profile.guests ? guests : []), ...profile.words]
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    name: words.name,
  };
}

/** The document without what the profile hides. Another one without a trace of it, or the same when it hides nothing. */
export function redacted(document: MinutesDocument, profile: Redaction, guests: readonly string[]): MinutesDocument {
  if (!isRedaction(profile)) return document;
  const hidden = hiddenBy(profile, guests, document.language);
  const blocks = new Set(profile.blocks);
  const words = WORDS[document.language];

  const inlines = (given: readonly Inline[]): Inline[] => {
    const shown = given.map((one) => {
      if ('break' in one || one.href === undefined || !hiddenIn(safeDecoded(one.href), hidden, one.href)) return one;
      const { href: _, ...rest } = one;
      return rest;
    });
    return acrossRuns(shown, hidden);
  };
  const block = (one: Block): Block => {
    if (blocks.has(one.id)) return { id: one.id, kind: 'paragraph', inlines: [{ text: words.block }], sources: [] };
    switch (one.kind) {
      case 'paragraph':
      case 'heading':
        return { ...one, inlines: inlines(one.inlines), sources: [] };
      case 'quote':
        return { ...one, blocks: one.blocks.map(block), sources: [] };
      case 'list':
        return {
          ...one,
          sources: [],
          items: one.items.map((item) => ({
            ...item,
            sources: [],
            blocks: blocks.has(item.id) ? [leftOut(item.id)] : item.blocks.map(block),
          })),
        };
      case 'table':
        return {
          ...one,
          sources: [],
          rows: one.rows.map((row) => ({
            ...row,
            sources: [],
            cells: row.cells.map((cell) => ({
              ...cell,
              blocks: blocks.has(row.id) ? [leftOut(row.id)] : cell.blocks.map(block),
            })),
          })),
        };
    }
  };
  const leftOut = (id: string): Block => ({
    id,
    kind: 'paragraph',
    inlines: [{ text: words.block }],
    sources: [],
  });
  /** Everything that is not blocks. */
  const value = (one: unknown, key: string): unknown => {
    if (typeof one === 'string') return KEPT.has(key) ? one : replaced(one, hidden);
    if (Array.isArray(one)) {
      if (key === 'blocks') return (one as Block[]).map(block);
      return one.map((inner) => value(inner, key));
    }
    if (typeof one !== 'object' || one === null) return one;
    return object(one as Record<string, unknown>);
  };
  const object = (given: Record<string, unknown>): Record<string, unknown> => {
    const shown = Object.fromEntries(Object.entries(given).map(([key, inner]) => [key, value(inner, key)]));
    // Whose name is hidden is not to be found by an id or a title either.
    const nameless = typeof given.name === 'string' && shown.name !== given.name;
    if (nameless && 'personId' in given && 'phrase' in given) Object.assign(shown, { personId: null, title: '' });
    if (nameless && 'organisation' in given) Object.assign(shown, { title: '', organisation: '' });
    if ('sections' in given && 'sha256' in given) shown.sha256 = NO_HASH;
    return shown;
  };
  return object(document as unknown as Record<string, unknown>) as unknown as MinutesDocument;
}

/** A text beside the document: a correction. */
export const redactedText = (
  text: string,
  profile: Redaction,
  guests: readonly string[],
  language: Language,
): string => (isRedaction(profile) ? replaced(text, hiddenBy(profile, guests, language)) : text);

function safeDecoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

/**
 * What is hidden may be half bold or go over a line's end: the words are looked at together. Where nothing is hidden the
 * marks stay; where something is there is one run, for where the marks were would say how long it was.
 */
function acrossRuns(inlines: readonly Inline[], hidden: Hidden): Inline[] {
  const whole = inlines.map((one) => ('break' in one ? '\n' : one.text)).join('');
  const shown = replaced(whole, hidden);
  if (shown === whole) return [...inlines];
  return shown
    .split('\n')
    .flatMap((text, n): Inline[] => [...(n > 0 ? [{ break: true } as const] : []), ...(text === '' ? [] : [{ text }])]);
}
