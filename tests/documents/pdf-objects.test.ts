/**
 * Why this file exists: the PDF by its own objects, with no reader between: what a screen reader and an archive go by is
 * really in the file, and not only in how one library tells of it.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { fileOf } from '../../server/documents/job.ts';
import { type PdfObjects, pdfObjects } from './pdf-objects.ts';
import { sampleMinutes } from './sample.ts';

let pdf: PdfObjects;
beforeAll(async () => {
  pdf = pdfObjects(await fileOf({ of: 'minutes', format: 'pdf', document: sampleMinutes() }));
}, 60_000);

describe('the PDF of a protocol, object by object', () => {
  it('is marked, with a tree of tags, a language and its title shown', () => {
    const catalog = pdf.ofType('Catalog').at(-1) ?? '';
    expect(catalog).toMatch(/\/StructTreeRoot\s+\d+ 0 R/);
    expect(catalog).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/);
    expect(catalog).toMatch(/\/Lang\s*\(sv-SE\)/);
    expect(catalog).toMatch(/\/DisplayDocTitle true/);
    expect(pdf.ofType('StructTreeRoot')).toHaveLength(1);
  });

  it('has tags for headings, tables with heads, lists and links, and no picture without words', () => {
    const roles = (role: string) => pdf.text.match(new RegExp(`/S\\s*/${role}\\b`, 'g'))?.length ?? 0;
    expect(roles('H1')).toBe(1);
    for (const role of ['H2', 'H3', 'Table', 'TR', 'TH', 'TD', 'L', 'LI', 'P', 'Link'])
      expect(roles(role), role).toBeGreaterThan(0);
    const figures = pdf.ofType('StructElem').filter((one) => /\/S\s*\/Figure\b/.test(one));
    for (const figure of figures) expect(figure).toMatch(/\/Alt\s*[(<]/);
  });

  it('says of every head of a table what it is the head of', () => {
    const heads = pdf.text.match(/\/S\s*\/TH\b/g)?.length ?? 0;
    const scopes = pdf.text.match(/\/Scope\s*\/(?:Column|Row|Both)/g)?.length ?? 0;
    expect(scopes).toBeGreaterThanOrEqual(heads);
  });

  it('has every font in it, and claims no kind it is not', () => {
    const fonts = pdf.ofType('FontDescriptor');
    expect(fonts.length).toBeGreaterThanOrEqual(4);
    for (const font of fonts) expect(font).toMatch(/\/FontFile[23]?\s+\d+ 0 R/);
    expect(pdf.text).not.toMatch(/pdfaid:part|pdfuaid:part/);
  });
});
