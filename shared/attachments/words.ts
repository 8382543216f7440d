/** Why this file exists: an attachment is called the same in the text, in the list, in the protocol and on the clipboard. */
import type { Language } from '../terms.ts';

const WORD: Readonly<Record<Language, string>> = { sv: 'Bilaga', en: 'Attachment' };

/** "Bilaga 2.1.1"; the word alone for what has no number. */
export function attachmentLabel(number: string, language: Language): string {
  return number === '' ? WORD[language] : `${WORD[language]} ${number}`;
}
