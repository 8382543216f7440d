/**
 * What a file is, is decided by what is in it. Whatever could be a page, a program or something else than its name says is refused;
 * what is taken but could act is never shown in place. Names become harmless, whatever machine they come from.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimedKind, FILE_KINDS, type FileKind } from '#shared/attachments/kinds.ts';
import { MAX_NAME_BYTES } from '#shared/attachments/limits.ts';
import { cleanName, withEnding } from '#shared/attachments/names.ts';
import { look } from '../../server/attachments/content.ts';
import { createLook } from '../../server/attachments/look-thread.ts';
import { isPlainPdf } from '../../server/attachments/pdf-look.ts';
import { disposition } from '../../server/http/sent-attachment.ts';
import * as sample from './samples.ts';

const OF_KIND: Record<FileKind, () => Buffer> = {
  pdf: sample.pdf,
  docx: sample.docx,
  xlsx: sample.xlsx,
  pptx: sample.pptx,
  odt: () => sample.openDocument('text'),
  ods: () => sample.openDocument('spreadsheet'),
  odp: () => sample.openDocument('presentation'),
  png: () => sample.png(),
  jpeg: sample.jpeg,
  gif: sample.gif,
  webp: sample.webp,
  text: () => Buffer.from('Åtgärder före jul\n'),
  csv: () => Buffer.from('kommun;belopp\nÄlvnäs;12\n'),
};
const KINDS = Object.keys(OF_KIND) as FileKind[];

describe('by content', () => {
  it.each(KINDS)('%s is known under each of its endings and without one', async (kind) => {
    const bytes = OF_KIND[kind]();
    for (const ending of FILE_KINDS[kind].endings)
      expect(await look(bytes, `Fil.${ending.toUpperCase()}`)).toMatchObject({ kind, plain: FILE_KINDS[kind].shown });
    expect(await look(bytes, 'Fil')).toMatchObject({ kind: kind === 'csv' ? 'text' : kind });
  });

  it('A59 anything under the name of another kind is refused, every pair of them', async () => {
    for (const real of KINDS)
      for (const claimed of KINDS) {
        const family = (kind: FileKind) => (kind === 'csv' ? 'text' : kind);
        if (family(real) === family(claimed)) continue;
        const seen = await look(OF_KIND[real](), `fil.${FILE_KINDS[claimed].endings[0]}`);
        expect(seen, `${real} as ${claimed}`).toHaveProperty('problem');
      }
  });

  it.each([
    ['A57 a drawing that is a page', sample.SVG, ['bild.svg', 'bild.png', 'bild.txt', 'bild']],
    [
      'A58 a page',
      '<!doctype html><script>alert(1)</script>',
      ['sida.html', 'sida.xhtml', 'sida.txt', 'sida.pdf', 'sida'],
    ],
    ['A58 a page after spaces', ' \n\t<html><body onload=x>', ['sida.txt', 'sida.csv', 'sida']],
    ['A58 XML', '<?xml version="1.0"?><x/>', ['data.xml', 'data.txt', 'data']],
    ['A58 a page in wide letters', `\ufeff${'<script>'.split('').join('')}`, ['sida.txt']],
  ] as const)('%s is refused under any name', async (_, words, names) => {
    for (const name of names) {
      expect(await look(Buffer.from(words), name), name).toHaveProperty('problem');
      expect(await look(Buffer.from(`\ufeff${words}`, 'utf16le'), name), name).toHaveProperty('problem');
    }
  });

  it('A58 programs, archives and unknown endings are refused before and after they are sent', async () => {
    for (const name of ['a.js', 'a.mjs', 'a.html', 'a.svg', 'a.xml', 'a.exe', 'a.zip', 'a.docm', 'a.pdf.exe'])
      expect(claimedKind(name), name).toBeNull();
    expect(await look(Buffer.from('MZ\x90\0\x03'), 'program')).toHaveProperty('problem');
    expect(await look(sample.otherZip(), 'arkiv')).toEqual({ problem: 'kind' });
    expect(await look(sample.otherZip(), 'arkiv.docx')).toEqual({ problem: 'mismatch' });
    expect(await look(sample.docm(), 'brev.docx')).toEqual({ problem: 'macros' });
    expect(await look(Buffer.alloc(0), 'tom.txt')).toEqual({ problem: 'empty' });
  });

  it('A59 a picture with a page behind its end is a picture that is not shown in place', async () => {
    const both = Buffer.concat([sample.png(), Buffer.from('<html><script>alert(1)</script>')]);
    expect(await look(both, 'bild.png')).toMatchObject({ kind: 'png', plain: false });
    expect(await look(both, 'bild.html')).toEqual({ problem: 'kind' });
  });

  it('an archive that unpacks without end is a broken one', async () => {
    expect(await look(sample.bomb(), 'brev.docx')).toEqual({ problem: 'broken' });
    const cut = sample.docx();
    for (let n = 4; n < cut.length; n += 7)
      expect(await look(cut.subarray(0, n), 'brev.docx')).toHaveProperty('problem');
  });

  it('looks at it in a thread that may not take for ever', async () => {
    const bytes = (from: Buffer): ArrayBuffer => new Uint8Array(from).buffer;
    expect(await createLook()(bytes(sample.png()), 'a.png')).toMatchObject({ kind: 'png', plain: true });
    expect(await createLook({ mostMs: 1 })(bytes(sample.png()), 'a.png')).toEqual({ problem: 'broken' });
  }, 30_000);

  it('random bytes break nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('', 'PK\x03\x04', '%PDF-1.7', '\x89PNG\r\n\x1a\n'),
        async (bytes, mark) => {
          const seen = await look(Buffer.concat([Buffer.from(mark, 'latin1'), bytes]), 'fil.pdf');
          expect('problem' in seen || seen.kind === 'pdf').toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a PDF in which something can act is not plain', () => {
  it.each([
    ['a script', '4 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj'],
    ['a script under letters written as numbers', '4 0 obj << /S /J#61vaScript /#4aS (x) >> endobj'],
    ['a program to start', '4 0 obj << /S /Launch /F (cmd.exe) >> endobj'],
    ['a file in it', '4 0 obj << /Type /EmbeddedFile >> endobj'],
    ['a form that sends', '4 0 obj << /S /SubmitForm >> endobj'],
    ['another document to go to', '4 0 obj << /S /GoToR /F (x.pdf) >> endobj'],
    ['moving pictures', '4 0 obj << /Subtype /RichMedia >> endobj'],
    ['a form', '4 0 obj << /AcroForm 5 0 R >> endobj'],
    ['a lock', 'trailer << /Encrypt 5 0 R >>'],
    [
      'a script hidden between words that look like a stream',
      '4 0 obj (\nstream\n) << /S /JavaScript >> (endstream) endobj',
    ],
    ['a script in packed objects', sample.packed('4 0 << /S /JavaScript /JS (x) >>')],
    [
      'packed objects behind words that look like a stream',
      `5 0 obj (stream) endobj ${sample.packed('4 0 << /AA << >> >>')}`,
    ],
    ['objects packed in a way nobody needs', sample.packed('4 0 << >>', '/Filter /LZWDecode')],
    [
      'objects that are not packed as they say',
      '9 0 obj << /Type /ObjStm /First 4 /Filter /FlateDecode >>\nstream\nxx\nendstream',
    ],
    ['a stream without an end', '9 0 obj << >>\nstream\nxx'],
  ])('%s', async (_, more) => {
    expect(isPlainPdf(sample.pdfWith(more))).toBe(false);
    expect(await look(sample.pdfWith(more), 'fil.pdf')).toMatchObject({ kind: 'pdf', plain: false });
  });

  it('and an ordinary one is: packed objects, links, a page to open at', () => {
    expect(isPlainPdf(sample.pdf())).toBe(true);
    expect(isPlainPdf(sample.pdf('', '/OpenAction [3 0 R /Fit]'))).toBe(true);
    expect(isPlainPdf(sample.pdf('', '/OpenAction << /S /GoTo /D [3 0 R /Fit] >>'))).toBe(true);
    expect(isPlainPdf(sample.pdfWith(sample.packed('4 0 << /S /URI /URI (https://exempel.se) >>')))).toBe(true);
    expect(isPlainPdf(sample.pdf('', '/OpenAction 7 0 R'))).toBe(false);
  });
});

describe('A60 names', () => {
  it.each([
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\Users\\Anna\\Budget.xlsx', 'Budget.xlsx'],
    ['rad\r\nSet-Cookie: x=1.txt', 'radSet-Cookie: x=1.txt'],
    ['noll\0byte.pdf', 'nollbyte.pdf'],
    ['A\u030arsbudget.xlsx', 'Årsbudget.xlsx'],
    ['\u202egpj.exe.png', 'gpj.exe.png'],
    ['   .htaccess', 'htaccess'],
    ['..', ''],
    ['%5c..%2f.txt', '%5c..%2f.txt'],
    ['"citat".pdf', '"citat".pdf'],
  ])('%j becomes %j', (raw, clean) => expect(cleanName(raw)).toBe(clean));

  it('300 bytes are cut between letters, and the ending stays', () => {
    const long = cleanName(`${'å'.repeat(300)}.pdf`);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(MAX_NAME_BYTES);
    expect(long).toMatch(/^å+\.pdf$/);
  });

  it('of any letters never leave a path, a line or half a letter, and the header is one line of ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (raw) => {
        const clean = cleanName(raw);
        expect(clean).not.toMatch(/[/\\\p{Cc}\u202a-\u202e]/u);
        expect(clean.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(MAX_NAME_BYTES);
        expect(cleanName(clean)).toBe(clean);
        expect(disposition('attachment', raw)).toMatch(
          /^attachment; filename="[A-Za-z0-9 ._()-]*"; filename\*=UTF-8''[A-Za-z0-9%._~-]*$/,
        );
      }),
    );
  });

  it('A70 åäö, quotes and percent go in both forms and come back as they were', () => {
    const name = 'Årsbudget "50 %" (utkast)\'.xlsx';
    const header = disposition('attachment', name);
    expect(header).toContain('filename="Arsbudget _50 __ (utkast)_.xlsx"');
    expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe(name);
  });

  it('have the ending of their kind', () => {
    expect(withEnding('Budget', 'xlsx')).toBe('Budget.xlsx');
    expect(withEnding('Bild.JPEG', 'jpeg')).toBe('Bild.JPEG');
    expect(withEnding('Budget.exe', 'xlsx')).toBe('Budget.exe.xlsx');
  });
});
