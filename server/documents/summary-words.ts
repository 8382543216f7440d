/** Why this file exists: a file has a few words of its own around the text, in Swedish or English, and says when in the meeting's time. */
import type { SummaryDocument } from '#shared/summary/document.ts';

export type FileLanguage = 'sv' | 'en';

interface Words {
  summary: string;
  draft: string;
  revision: (n: number) => string;
  final: (by: string, when: string) => string;
  read: (when: string) => string;
  made: string;
  origins: string;
  prompt: string;
  page: (at: string, of: string) => string;
  noText: string;
  file: { summary: string; draft: string };
}

const WORDS: Record<FileLanguage, Words> = {
  sv: {
    summary: 'Sammanfattning',
    draft: 'Utkast',
    revision: (n) => `Revision ${n}`,
    final: (by, when) => `Slutförd av ${by}, ${when}`,
    read: (when) => `Som den löd ${when}. Texten skrivs fortfarande.`,
    made: 'Bygger på',
    origins: 'Bidragen bakom texten',
    prompt: 'Fråga',
    page: (at, of) => `Sida ${at} av ${of}`,
    noText: 'Ingen text.',
    file: { summary: 'sammanfattning', draft: 'utkast' },
  },
  en: {
    summary: 'Summary',
    draft: 'Draft',
    revision: (n) => `Revision ${n}`,
    final: (by, when) => `Finalised by ${by}, ${when}`,
    read: (when) => `As it read ${when}. The text is still being written.`,
    made: 'Made from',
    origins: 'The contributions behind the text',
    prompt: 'Prompt',
    page: (at, of) => `Page ${at} of ${of}`,
    noText: 'No text.',
    file: { summary: 'summary', draft: 'draft' },
  },
};

export const wordsIn = (language: FileLanguage): Words => WORDS[language];

/** The tag of the language as documents name it. */
export const languageTag = (language: FileLanguage): string => (language === 'sv' ? 'sv-SE' : 'en-GB');

/** What stands above the text: what it is of, and how it stands. */
export interface Frame {
  title: string;
  meeting: string;
  /** "Revision 2" or "Utkast". */
  standing: string;
  /** Who made it final and when, or when it was read. */
  about: string;
}

/** The frame of a document. */
export function frameOf(document: SummaryDocument, language: FileLanguage): Frame {
  const words = wordsIn(language);
  const { meeting, item } = document;
  const when = new Intl.DateTimeFormat(languageTag(language), {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: meeting.timeZone,
  }).format(document.at);
  const draft = document.revision === 0;
  return {
    title: item.title === '' ? words.summary : `${words.summary}: ${item.title}`,
    meeting: [meeting.title, meeting.body].filter((part) => part !== '').join(' · '),
    standing: draft ? words.draft : words.revision(document.revision),
    about: draft ? words.read(when) : words.final(document.by, when),
  };
}
