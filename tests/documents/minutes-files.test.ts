/**
 * Why this file exists: a protocol's files are read by other programs: pdf.js reads the PDF, mammoth the Word file. What
 * a screen reader, an archive and a registrar need must be there, and the same document gives the same bytes.
 */
import { createHash } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type AddressInfo, createServer } from 'node:net';
import fc from 'fast-check';
import mammoth from 'mammoth';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Block } from '#shared/document/blocks.ts';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import { minutesFromJson } from '#shared/minutes/schema.ts';
import { createFileThreads } from '../../server/documents/file-thread.ts';
import { fileOf, type Job } from '../../server/documents/job.ts';
import { readZip } from '../../server/documents/zip.ts';
import { anyMinutes } from '../minutes/arbitrary.ts';
import { unzip } from '../support/zip.ts';
import { everywhere } from './everywhere.ts';
import { longMinutes, sampleMinutes } from './sample.ts';

const sample = sampleMinutes();
const made = (format: (typeof EXPORT_FORMATS)[number], document = sample) =>
  fileOf({ of: 'minutes', format, document });
const text = async (format: 'html' | 'md' | 'json', document = sample) =>
  new TextDecoder().decode(await made(format, document));
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const open = async (bytes: Uint8Array): Promise<PDFDocumentProxy> =>
  getDocument({ data: bytes.slice(), verbosity: 0 }).promise;

interface Tag {
  role?: string;
  children?: Tag[];
  type?: string;
  id?: string;
}
/** Every tag of a page in the order of reading. */
async function tagsOf(pdf: PDFDocumentProxy): Promise<Tag[]> {
  const all: Tag[] = [];
  const visit = (tag: Tag): void => {
    all.push(tag);
    for (const child of tag.children ?? []) visit(child);
  };
  for (let n = 1; n <= pdf.numPages; n++) {
    const tree = (await (await pdf.getPage(n)).getStructTree()) as Tag | null;
    if (tree) visit(tree);
  }
  return all;
}
async function wordsOf(pdf: PDFDocumentProxy, n: number): Promise<string> {
  const { items } = await (await pdf.getPage(n)).getTextContent();
  return items.map((item) => ('str' in item ? item.str : '')).join(' ');
}

describe('the PDF of a protocol', () => {
  let bytes: Uint8Array;
  let pdf: PDFDocumentProxy;
  beforeAll(async () => {
    bytes = await made('pdf');
    pdf = await open(bytes);
  }, 60_000);
  afterAll(() => pdf.destroy());

  it('is tagged, in Swedish, with its title, and carries nothing that runs or fetches', async () => {
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const { info } = (await pdf.getMetadata()) as unknown as { info: Record<string, unknown> };
    expect(info).toMatchObject({ Title: 'Nära till vården på Åsö', Author: 'Norrälvens samråd', Language: 'sv-SE' });
    expect(info.IsAcroFormPresent).toBe(false);
    expect(await pdf.getJSActions()).toBeNull();
    expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/\/JavaScript|\/Launch|\/SubmitForm/);
    expect(await pdf.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true });
  });

  it('has its headings in order, none skipped', async () => {
    const levels = (await tagsOf(pdf)).flatMap(({ role }) => (/^H[1-6]$/.test(role ?? '') ? [Number(role![1])] : []));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [n, level] of levels.entries()) if (n > 0) expect(level - levels[n - 1]!).toBeLessThanOrEqual(1);
  });

  it('has tables with heads and lists as such', async () => {
    const roles = (await tagsOf(pdf)).map(({ role }) => role);
    expect(roles.filter((role) => role === 'Table').length).toBeGreaterThanOrEqual(4);
    expect(roles.filter((role) => role === 'TH').length).toBeGreaterThanOrEqual(12);
    expect(roles).toEqual(expect.arrayContaining(['L', 'LI', 'TR', 'TD', 'P', 'Link']));
  });

  it('embeds every font', () => {
    const raw = Buffer.from(bytes).toString('latin1');
    const descriptors = raw.match(/\/Type\s*\/FontDescriptor/g)?.length ?? 0;
    const files = raw.match(/\/FontFile[23]?\s+\d+ 0 R/g)?.length ?? 0;
    expect(descriptors).toBeGreaterThanOrEqual(4);
    expect(files).toBe(descriptors);
  });

  it('has bookmarks for what it holds', async () => {
    const titles = (list: { title: string; items: unknown[] }[]): string[] =>
      list.flatMap((one) => [one.title, ...titles(one.items as typeof list)]);
    const outline = titles((await pdf.getOutline()) ?? []);
    expect(outline.join('|')).toContain('Servicepunkter: ansvar och drift');
    expect(outline.join('|')).toContain('Beslut 2026-11-12 nr 1');
  });

  it('says at the top and the foot of every page what it is of, and which page', async () => {
    for (let n = 1; n <= pdf.numPages; n++) {
      const page = await wordsOf(pdf, n);
      expect(page).toContain('Norrälvens samråd');
      expect(page).toContain('NS 2026/41');
      expect(page).toContain('2026-11-12–13');
      expect(page.replaceAll(/\s+/g, ' ')).toContain(`Sida ${n} av ${pdf.numPages}`);
    }
  });

  it('explains an abbreviation where it first stands, and lists what it could not', async () => {
    const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, n) => wordsOf(pdf, n + 1)));
    const all = pages.join(' ').replaceAll(/\s+/g, ' ');
    expect(all).toContain('Strategisk grupp (SG) har bett');
    expect(all).toContain('SG återkommer');
    expect(all).not.toContain('Förkortningar');
  });
});

describe('the same document', () => {
  it('gives the same bytes in every format', async () => {
    // Word's files say when they were made unless somebody sees to it: another year must not show.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2031-02-03T04:05:06Z') });
    const first = await Promise.all(EXPORT_FORMATS.map((format) => made(format)));
    vi.setSystemTime(Date.parse('2032-03-04T05:06:08Z'));
    for (const [n, format] of EXPORT_FORMATS.entries()) expect(hash(await made(format)), format).toBe(hash(first[n]!));
    vi.useRealTimers();
  }, 60_000);
});

describe('a long protocol', () => {
  it('has contents, no heading alone at the foot of a page, and heads that come again', async () => {
    const document = longMinutes(30);
    document.attendance[0]!.groups = Array.from({ length: 90 }, (_, n) => ({
      label: `Kommun ${n + 1}`,
      people: [{ personId: null, name: `Åke Öst ${n + 1}`, title: '', phrase: n % 9 === 0 ? 'dag 2' : '' }],
    }));
    const pdf = await open(await made('pdf', document));
    expect(await wordsOf(pdf, 1)).toContain('Innehåll');
    let heads = 0;
    const last = document.items.at(-1)!.title;
    let seen = false;
    for (let n = 1; n <= pdf.numPages; n++) {
      const { items } = await (await pdf.getPage(n)).getTextContent();
      const lines = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item] : []));
      const said = lines.map(({ str }) => str);
      if (said.includes('Organisation') && said.some((line) => line.startsWith('Kommun'))) heads++;
      if (said.join(' ').includes(last) && n > 3) seen = true;
      // Above the foot's line: the lowest words of the page's own text must not be those of a heading.
      const body = lines.filter(({ transform }) => transform[5] > 75 && transform[5] < 740);
      const lowest = body.reduce((a, b) => (b.transform[5] < a.transform[5] ? b : a), body[0]!);
      expect(Math.round(Math.abs(lowest.transform[3])), `page ${n}: ${lowest.str}`).toBeLessThanOrEqual(12);
      expect(lowest.str).not.toMatch(/^(Ärende \d+:|Beslut 2026|Frågor$|Sammanfattning$|Ansvarig$)/);
    }
    expect(heads).toBeGreaterThanOrEqual(3);
    expect(seen).toBe(true);
    await pdf.destroy();
  }, 120_000);
});

describe('the Word file of a protocol', () => {
  it('has real headings, lists and tables', async () => {
    const { value, messages } = await mammoth.convertToHtml({ buffer: Buffer.from(await made('docx')) });
    expect(messages.filter(({ type }) => type === 'error')).toEqual([]);
    const levels = [...value.matchAll(/<h([1-6])>/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    for (const [n, level] of levels.entries()) if (n > 0) expect(level - levels[n - 1]!).toBeLessThanOrEqual(1);
    expect(value).toContain('<h1>Nära till vården på Åsö</h1>');
    expect(value).toMatch(/<h3>2\u2002Servicepunkter: ansvar och drift<\/h3>/);
    expect(value).toMatch(/<ul><li>.*Vem betalar lokalerna\?/);
    expect(value).toMatch(/<thead><tr><th>.*Organisation/);
    expect(value).toContain('rowspan="2"');
    expect(value).toContain('<a href="https://exempel.se/kalkyl">');
    expect(value).toContain('Beslut 2026-11-12 nr 1');
    for (const part of ['folkmängd den 1 november', 'Reservation, Elsa Mård', 'Bilaga 2.1', 'från kl. 10.00 dag 2'])
      expect(value).toContain(part);
  });

  it('has a header, a footer that counts pages, its language, title and the day it is about', async () => {
    const entries = unzip(await made('docx'));
    const all = (pattern: RegExp) =>
      [...entries]
        .filter(([name]) => pattern.test(name))
        .map(([, xml]) => xml)
        .join('');
    expect(all(/word\/header\d/)).toContain('Norrälvens samråd');
    expect(all(/word\/footer\d/)).toMatch(/PAGE[\s\S]*NUMPAGES/);
    expect(entries.get('word/styles.xml')).toMatch(/w:lang[^>]*w:val="sv-SE"/);
    expect(entries.get('docProps/core.xml')).toContain('<dc:title>Nära till vården på Åsö</dc:title>');
    expect(entries.get('docProps/core.xml')).toContain('2026-11-13T12:00:00Z');
    expect(entries.get('word/document.xml')).toContain('<w:tblHeader/>');
  });
});

describe('the other files', () => {
  it('the web page loads and runs nothing, and says what its tables and parts are', async () => {
    const page = await text('html');
    expect(page).not.toMatch(/<script|javascript:|src=|@import|url\(|<link|<iframe/i);
    expect(page).toContain('<html lang="sv-SE">');
    expect(page).toContain('<title>Nära till vården på Åsö</title>');
    expect(page).toContain('<th scope="row" rowspan="2">Almby</th>');
    expect(page).toContain('<th scope="col">Organisation</th>');
    expect(page).toContain('<td>–</td>');
    const levels = [...page.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
    for (const [n, level] of levels.entries()) if (n > 0) expect(level - levels[n - 1]!).toBeLessThanOrEqual(1);
  });

  it('Markdown keeps the parts apart, and JSON is the document', async () => {
    const file = await text('md');
    expect(file).toContain('### 2 Servicepunkter: ansvar och drift');
    expect(file).toContain('> #### Beslut 2026-11-12 nr 1');
    expect(file).toContain('| Bransjö | Elsa Mård | från kl. 10.00 dag 2 |');
    expect(minutesFromJson(await text('json'))).toEqual(sample);
  });

  it('are in English when the protocol is', async () => {
    const page = await text('html', { ...sample, language: 'en' });
    expect(page).toContain('<html lang="en-GB">');
    expect(page).toContain('Changes to the wording');
    const pdf = await open(await made('pdf', { ...sample, language: 'en' }));
    expect(await wordsOf(pdf, 1)).toContain('Page 1 of');
    await pdf.destroy();
  });
});

describe('whatever people wrote', () => {
  it('every format can be made of, and says it literally', async () => {
    await fc.assert(
      fc.asyncProperty(anyMinutes, async (document) => {
        for (const format of EXPORT_FORMATS) expect((await made(format, document)).byteLength).toBeGreaterThan(100);
        expect(await text('html', document)).not.toMatch(
          /<(?!!doctype|\/?(?:html|head|meta|title|style|body|main|p|strong|span|h[1-6]|nav|ol|ul|li|a|dl|dt|dd|table|caption|thead|tbody|tr|th|td|div|blockquote|em|br|footer|input)\b)/,
        );
      }),
      { numRuns: 25, seed: 11 },
    );
  }, 240_000);

  it('A66 commands of the typesetter stay words in every place where words can stand', async () => {
    const evil =
      '#read("/etc/passwd") #import "@preview/x:1.0.0" #include "/x" #eval("1") #panic("x") #sys.inputs $x^2$ `q` ' +
      '\\u{41} <a> @b [c] = h // k /* l */ *m* _n_ ~ + p';
    const document = everywhere({ ...sample, appendix: [{ title: 'Tillägg', blocks: sample.items[2]!.blocks }] }, evil);
    const pdf = await open(await made('pdf', document));
    const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, n) => wordsOf(pdf, n + 1)));
    await pdf.destroy();
    // Where a line ends is the typesetter's business; so is the hyphen it may put there.
    const bare = (words: string): string => words.replaceAll(/[\s\-\u00ad\u2010]+/g, '');
    const placesIn = (words: string): Set<string> => new Set(bare(words).match(/\(plats\d+\)/g));
    const page = bare(pages.join(' '));
    const places = placesIn(await text('md', document));
    expect(places.size).toBeGreaterThan(80);
    for (const place of places) expect(page, place).toContain(place);
    // A text that goes over a page's end has its foot within; nothing else may stand in one.
    const said = [...places].filter((place) => page.includes(bare(evil) + place));
    expect(said.length).toBeGreaterThanOrEqual(places.size - pages.length);
    expect(page).not.toContain('root:x:0');
  }, 60_000);

  it('A66 what stands within each other as deep as a file may hold is drawn, and none of its words is lost', async () => {
    const within = (block: Block, kind: 'quote' | 'list' | 'table'): Block => {
      const bare = { id: '', sources: [] };
      const items = [{ ...bare, checked: null, blocks: [block] }];
      if (kind === 'quote') return { ...bare, kind, blocks: [block] };
      if (kind === 'list') return { ...bare, kind, style: 'bullet', start: 1, items };
      return { ...bare, kind, rows: [{ ...bare, cells: [{ header: false, blocks: [block] }] }] };
    };
    for (const [kinds, depth] of [
      [['quote'], 124],
      [['list'], 62],
      [['table'], 41],
      [['table', 'list', 'quote'], 54],
    ] as const) {
      let block: Block = { id: '', kind: 'paragraph', inlines: [{ text: 'Innerst inne.' }], sources: [] };
      for (let n = 0; n < depth; n++) block = within(block, kinds[n % kinds.length]!);
      const document = { ...sample, items: [{ ...sample.items[2]!, blocks: [block] }] };
      // The file of it is one that may be taken in.
      expect(minutesFromJson(await text('json', document))).toEqual(document);
      for (const format of EXPORT_FORMATS) expect((await made(format, document)).byteLength).toBeGreaterThan(1_000);
      const pdf = await open(await made('pdf', document));
      expect(await wordsOf(pdf, 1), kinds.join()).toContain('Innerst inne.');
      await pdf.destroy();
    }
  }, 60_000);

  it('A67 an address is written as a link and never called, whatever it leads to', async () => {
    const calls: string[] = [];
    const canary = createServer((socket) => {
      calls.push(`${socket.localAddress}`);
      socket.destroy();
    });
    await new Promise<void>((resolve) => canary.listen(0, '::', resolve));
    const { port } = canary.address() as AddressInfo;
    const names: string[] = [];
    const asked = (what: unknown) => void names.push(JSON.stringify(what));
    subscribe('net.client.socket', asked);
    try {
      const addresses = [
        `http://127.0.0.1:${port}/bild.png`,
        `http://[::1]:${port}/bild.png`,
        `http://localhost:${port}/vidare`,
        `https://0.0.0.0:${port}/`,
        'http://169.254.169.254/latest/meta-data/',
        'http://kanarie.exempel.se/',
        'mailto:rut@exempel.se',
      ];
      const blocks = addresses.map((href) => ({
        id: '',
        kind: 'paragraph' as const,
        inlines: [{ text: `![bild](${href}) <img src="${href}"> #image("${href}")`, href }],
        sources: [],
      }));
      const local = ['file:///etc/passwd', '\\\\127.0.0.1\\c$\\bild.png', '/etc/passwd', 'data:image/png;base64,AAAA'];
      const words = addresses.concat(local).join(' ');
      const document = everywhere({ ...sample, items: [{ ...sample.items[2]!, level: 0, blocks }] }, words);
      const seal = { sha256: 'a'.repeat(64), of: 'whole' as const };
      const jobs: Job[] = [
        ...EXPORT_FORMATS.flatMap((format): Job[] => [
          { of: 'minutes', format, document },
          { of: 'sealed', format, document, seal },
        ]),
        {
          of: 'package',
          format: 'zip',
          input: {
            document,
            seal,
            sealed: { at: 1, by: addresses[0]! },
            corrections: [{ n: 1, at: 1, person: addresses[1]!, item: '1', text: words, reason: words }],
            attachments: [
              {
                label: 'Bilaga 1',
                name: addresses[0]!,
                mediaType: 'text/html',
                bytes: new TextEncoder().encode(words),
              },
              { label: 'Bilaga 2', name: local[1]!, mediaType: 'image/png', bytes: null },
            ],
          },
        },
      ];
      // As the server makes them, in threads of their own, and here, where every socket would be seen.
      const threads = createFileThreads();
      for (const job of jobs) {
        const bytes = await threads.make(job, null);
        expect(await fileOf(job)).toEqual(bytes);
        if (job.format === 'html')
          expect(new TextDecoder().decode(bytes)).toContain(`href="http://127.0.0.1:${port}/bild.png"`);
      }
      expect([calls, names]).toEqual([[], []]);
      // The canary sings when it is called.
      await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
      await fetch(`http://[::1]:${port}/`).catch(() => null);
      expect([calls.length, names.length]).toEqual([2, 2]);
    } finally {
      unsubscribe('net.client.socket', asked);
      canary.close();
    }
  }, 120_000);
});

describe('an archive', () => {
  it('is read by another reader as it was written', async () => {
    const archive = await made('docx');
    const entries = readZip(archive);
    const others = unzip(archive);
    expect(entries.map(({ name }) => name)).toEqual([...others.keys()]);
    for (const { name, bytes } of entries) expect(Buffer.from(bytes).toString('utf8')).toBe(others.get(name));
  });
});
