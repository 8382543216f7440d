/**
 * Why this file exists: the words a notice has of its own, in its own language, whatever the reader's is. What it shares
 * with a protocol it says in the protocol's words (shared/minutes/words.ts).
 */
import type { Language } from '../terms.ts';
import type { NoticeChange } from './changes.ts';

export interface NoticeWords {
  notice: string;
  /** "Kallelse, version 2". */
  numbered: (number: number) => string;
  agenda: string;
  clock: string;
  number: string;
  item: string;
  changes: (against: number) => string;
  change: (change: NoticeChange) => string;
  replyBy: string;
  link: string;
  called: string;
  break: string;
  untitled: string;
  /** Mail. */
  subject: (body: string, title: string, when: string, number: number) => string;
  answerHere: string;
  answerLine: string;
  personal: string;
  readHere: string;
  cancelled: string;
}

const named = (number: string, title: string, untitled: string): string =>
  [number, title === '' ? untitled : `”${title}”`].filter((part) => part !== '').join(' ');

const sv: NoticeWords = {
  notice: 'Kallelse',
  numbered: (number) => (number === 1 ? 'Kallelse' : `Kallelse, version ${number}`),
  agenda: 'Dagordning',
  clock: 'Kl.',
  number: 'Nr',
  item: 'Punkt',
  changes: (against) => `Ändrat sedan version ${against}`,
  change(change) {
    switch (change.kind) {
      case 'added':
        return `Ny punkt: ${named(change.number, change.title, 'utan rubrik')}`;
      case 'removed':
        return `Utgår: ${named(change.number, change.title, 'utan rubrik')}`;
      case 'moved':
        return change.was === change.number
          ? `Flyttad: ${named(change.number, change.title, 'utan rubrik')}`
          : `Flyttad: ${named(change.number, change.title, 'utan rubrik')}${change.was === '' ? '' : ` (var ${change.was})`}`;
      case 'renamed':
        return `Ny rubrik: ${named(change.number, change.title, 'utan rubrik')}, hette ${named('', change.was, 'utan rubrik')}`;
      case 'sitting-added':
        return `Ny sittning: ${change.when}`;
      case 'sitting-removed':
        return `Inställd sittning: ${change.when}`;
      case 'time':
        return `Ny tid: ${change.when} (var ${change.was})`;
      case 'place':
        return `Ny plats ${change.when}: ${change.place || 'ingen'}${change.was === '' ? '' : ` (var ${change.was})`}`;
      case 'link':
        return `Ny länk för deltagande på distans ${change.when}`;
    }
  },
  replyBy: 'Svara senast',
  link: 'På distans',
  called: 'Kallade',
  break: 'Paus',
  untitled: 'Utan rubrik',
  subject: (body, title, when, number) =>
    `${number === 1 ? 'Kallelse' : `Ändrad kallelse (version ${number})`}: ${[title || body, when].filter((part) => part !== '').join(', ')}`,
  answerHere: 'Svara på kallelsen',
  answerLine: 'Svara om du kommer, kommer delvis, inte kommer eller skickar en ersättare:',
  personal: 'Länken är din egen: skicka den inte vidare.',
  readHere: 'Mötet finns här:',
  cancelled: 'Inställd',
};

const en: NoticeWords = {
  notice: 'Notice of meeting',
  numbered: (number) => (number === 1 ? 'Notice of meeting' : `Notice of meeting, version ${number}`),
  agenda: 'Agenda',
  clock: 'Time',
  number: 'No.',
  item: 'Item',
  changes: (against) => `Changed since version ${against}`,
  change(change) {
    switch (change.kind) {
      case 'added':
        return `New item: ${named(change.number, change.title, 'untitled')}`;
      case 'removed':
        return `Removed: ${named(change.number, change.title, 'untitled')}`;
      case 'moved':
        return change.was === change.number
          ? `Moved: ${named(change.number, change.title, 'untitled')}`
          : `Moved: ${named(change.number, change.title, 'untitled')}${change.was === '' ? '' : ` (was ${change.was})`}`;
      case 'renamed':
        return `New title: ${named(change.number, change.title, 'untitled')}, was ${named('', change.was, 'untitled')}`;
      case 'sitting-added':
        return `New sitting: ${change.when}`;
      case 'sitting-removed':
        return `Cancelled sitting: ${change.when}`;
      case 'time':
        return `New time: ${change.when} (was ${change.was})`;
      case 'place':
        return `New place ${change.when}: ${change.place || 'none'}${change.was === '' ? '' : ` (was ${change.was})`}`;
      case 'link':
        return `New link for taking part remotely ${change.when}`;
    }
  },
  replyBy: 'Reply by',
  link: 'Remotely',
  called: 'Called',
  break: 'Break',
  untitled: 'Untitled',
  subject: (body, title, when, number) =>
    `${number === 1 ? 'Notice of meeting' : `Changed notice (version ${number})`}: ${[title || body, when].filter((part) => part !== '').join(', ')}`,
  answerHere: 'Reply to the notice',
  answerLine: 'Say whether you come, come in part, cannot come, or send a substitute:',
  personal: 'The link is your own: do not pass it on.',
  readHere: 'The meeting is here:',
  cancelled: 'Cancelled',
};

/** The words of a notice in a language. */
export const noticeWords = (language: Language): NoticeWords => (language === 'sv' ? sv : en);
