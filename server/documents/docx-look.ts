/** Why this file exists: how a Word file looks: styles that whoever goes on writing in it can change in one place. */
import { AlignmentType, type INumberingOptions, type IStylesOptions, LevelFormat } from 'docx';
import { languageTag } from '#shared/minutes/words.ts';
import type { Language } from '#shared/terms.ts';

/** How deep lists may nest in Word. */
export const LIST_LEVELS = 9;
const BULLETS = ['–', '•', '◦'];
/** What a list is set in by, twentieths of a point. */
export const LIST_STEP = 360;
/** Between the margins of an A4 page, twentieths of a point. */
export const TEXT_WIDTH = 9026;

const INK = '1d1f21';
const MUTED = '5c6066';

/** The styles of a file in a language. */
export function docxStyles(language: Language): IStylesOptions {
  const heading = (size: number, before: number, more: { italics?: boolean } = {}) => ({
    run: { size, bold: true, color: INK, ...more },
    paragraph: { spacing: { before, after: 80 }, keepNext: true },
  });
  return {
    default: {
      // A font every Word has: a file that goes on being written cannot bring its own along.
      document: { run: { font: 'Cambria', size: 23, language: { value: languageTag(language) } } },
      heading1: { run: { size: 40, bold: true, color: INK }, paragraph: { spacing: { after: 120 } } },
      heading2: heading(28, 360),
      heading3: heading(25, 240),
      heading4: heading(23, 200),
      heading5: heading(23, 160, { italics: true }),
      heading6: heading(22, 120, { italics: true }),
    },
    paragraphStyles: [
      { id: 'Words', name: 'Words', basedOn: 'Normal', paragraph: { spacing: { before: 60, after: 120, line: 300 } } },
      {
        id: 'About',
        name: 'About',
        basedOn: 'Normal',
        run: { size: 18, color: MUTED },
        paragraph: { spacing: { after: 80 } },
      },
      {
        id: 'Running',
        name: 'Running',
        basedOn: 'About',
        paragraph: { border: { bottom: { style: 'single', size: 4, space: 4, color: MUTED } } },
      },
      { id: 'Quotation', name: 'Quotation', basedOn: 'Words', paragraph: { indent: { left: 480 } } },
      { id: 'Decision', name: 'Decision', basedOn: 'Words', paragraph: { indent: { left: 240 } } },
      { id: 'Entry', name: 'Entry', basedOn: 'Normal', run: { size: 20 }, paragraph: { spacing: { after: 40 } } },
      { id: 'Cell', name: 'Cell', basedOn: 'Normal', run: { size: 21 } },
      { id: 'CellWords', name: 'Cell words', basedOn: 'Normal', paragraph: { spacing: { before: 40, after: 60 } } },
      { id: 'CellHead', name: 'Cell head', basedOn: 'CellWords', run: { bold: true } },
      {
        id: 'TableCaption',
        name: 'Table caption',
        basedOn: 'Normal',
        run: { size: 20, bold: true },
        paragraph: { spacing: { before: 160, after: 60 } },
      },
      {
        id: 'ContentsHeading',
        name: 'Contents heading',
        basedOn: 'Normal',
        run: { size: 28, bold: true },
        paragraph: { spacing: { before: 360, after: 120 }, keepNext: true },
      },
      {
        id: 'Fact',
        name: 'Fact',
        basedOn: 'Normal',
        paragraph: {
          spacing: { after: 60 },
          indent: { left: 2000, hanging: 2000 },
        },
      },
      { id: 'SignatureRoom', name: 'Signature room', basedOn: 'Normal', paragraph: { spacing: { before: 480 } } },
      {
        id: 'Signature',
        name: 'Signature line',
        basedOn: 'Normal',
        run: { size: 20 },
        paragraph: {
          keepLines: true,
          border: { top: { style: 'single', size: 4, space: 4, color: INK } },
          indent: { right: 4200 },
        },
      },
    ],
  };
}

/** Bullets, and a numbering for each ordered list. */
export function docxNumbering(lists: readonly { reference: string; start: number }[]): INumberingOptions {
  const levels = (
    format: (level: number) => { format: (typeof LevelFormat)[keyof typeof LevelFormat]; text: string; start: number },
  ) =>
    Array.from({ length: LIST_LEVELS }, (_, level) => ({
      level,
      alignment: AlignmentType.LEFT,
      style: { paragraph: { indent: { left: LIST_STEP * (level + 1), hanging: LIST_STEP } } },
      ...format(level),
    }));
  return {
    config: [
      {
        reference: 'bullets',
        levels: levels((level) => ({ format: LevelFormat.BULLET, text: BULLETS[level % 3] ?? '–', start: 1 })),
      },
      ...lists.map(({ reference, start }) => ({
        reference,
        levels: levels((level) => ({ format: LevelFormat.DECIMAL, text: `%${level + 1}.`, start })),
      })),
    ],
  };
}
