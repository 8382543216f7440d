/**
 * Why this file exists: what a sealed protocol, an extract of it and its published form say of themselves, beside what
 * they hold: the hash at the foot of every page, and that something was left out.
 */
import type { Print } from '../document/print.ts';
import { plain } from '../document/print.ts';
import type { MinutesDocument } from '../minutes/document.ts';
import { minutesPrint } from '../minutes/print.ts';
import type { Language } from '../terms.ts';

/** What a file of a protocol is of. */
export interface Seal {
  /** Of the canonical JSON of the very document in the file. */
  sha256: string;
  of: 'whole' | 'extract' | 'published' | 'published-extract';
}

const WORDS = {
  sv: {
    extract: 'Protokollsutdrag',
    published: 'Publicerad version: personuppgifter eller stycken är utelämnade.',
    only: 'Utdraget innehåller endast de punkter som berör mottagaren.',
  },
  en: {
    extract: 'Extract from the minutes',
    published: 'Published version: personal details or paragraphs are left out.',
    only: 'The extract holds only the items that concern its receiver.',
  },
} satisfies Record<Language, Record<string, string>>;

/** Lays a protocol out with its hash at the foot. */
export function sealedPrint(document: MinutesDocument, { sha256, of }: Seal): Print {
  const print = minutesPrint(document);
  const words = WORDS[document.language];
  const extract = of === 'extract' || of === 'published-extract';
  const published = of === 'published' || of === 'published-extract';
  return {
    ...print,
    running: extract
      ? { ...print.running, right: [words.extract, print.running.right].filter((part) => part !== '').join(' · ') }
      : print.running,
    about: extract ? `${words.extract} · ${print.about}` : print.about,
    lead: [...print.lead, ...(extract ? [plain(words.only)] : []), ...(published ? [plain(words.published)] : [])],
    seal: `SHA-256 ${sha256}`,
  };
}
