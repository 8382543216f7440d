/**
 * Why this file exists: a summary as a file says what the summary says, in a form that opens, and nothing people wrote
 * becomes anything but words.
 */
import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import type { SummaryDocument } from '#shared/summary/document.ts';
import { createFileThreads } from '../../server/documents/file-thread.ts';
import { fileName } from '../../server/documents/files.ts';
import type { SummaryInput } from '../../server/documents/summary-file.ts';
import { unzip } from '../support/zip.ts';
import { openSummaryHouse, type SummaryHouse } from './house.ts';

const HOSTILE = '<script>alert(1)</script> & "citat" #panic("x") $y$ *z* `q` = rubrik';

let h: SummaryHouse;
beforeAll(async () => {
  h = await openSummaryHouse();
  const groupId = h.workshop.rounds[0]?.groups[0]?.id ?? '';
  const group = `group:${h.meetingId}:${groupId}`;
  await h.house.server.relay.edit(group, h.members[2].person.id, (doc) => {
    const said = new Y.XmlElement('paragraph');
    said.insert(0, [new Y.XmlText('Så sa gruppen')]);
    doc.getXmlFragment(h.workshop.prompts[0]!.id).insert(0, [said]);
  });
  const sourceKey = await h.house.server.relay.read(group, (doc) => {
    const id = doc.getXmlFragment(h.workshop.prompts[0]!.id).get(0)._item?.id;
    return `${groupId}:${id?.client}:${id?.clock}`;
  });
  await h.house.server.relay.edit(h.room, h.chair.person.id, (doc) => {
    const element = (name: string, ...children: (Y.XmlElement | Y.XmlText)[]) => {
      const one = new Y.XmlElement(name);
      one.insert(0, children);
      return one;
    };
    const words = (text: string) => element('paragraph', new Y.XmlText(text));
    const heading = element('heading', new Y.XmlText('Tre vägar'));
    heading.setAttribute('level', 2 as never);
    const marked = new Y.XmlText('Viktigt: ');
    marked.insert(9, 'läs mer', { bold: true, link: { href: 'https://exempel.se/a?b=1&c=2' } });
    const bad = new Y.XmlText('klicka');
    bad.format(0, 6, { link: { href: 'javascript:alert(1)' } });
    const box = element('taskItem', words('Boka salen'));
    box.setAttribute('checked', true as never);
    const from = words('Byggt på en grupp');
    from.setAttribute('sources', sourceKey);
    doc
      .getXmlFragment(h.workshop.prompts[0]!.id)
      .insert(0, [
        heading,
        words(HOSTILE),
        element('paragraph', marked),
        element('paragraph', bad),
        from,
        element('orderedList', element('listItem', words('Första')), element('listItem', words('Andra'))),
        element('taskList', box),
        element('blockquote', words('Nära till det nödvändiga')),
        element(
          'table',
          element('tableRow', element('tableHeader', words('Ort')), element('tableHeader', words('Tid'))),
          element('tableRow', element('tableCell', words('Byn | hamnen')), element('tableCell', words('Tisdag'))),
        ),
      ]);
  });
  await h.finalise(h.chair);
}, 60_000);
afterAll(() => h.house.close());

async function file(format: string, query = '', of = 'revisions/1', as = h.chair) {
  const answer = await h.house.fetch(`${h.summary}/${of}/${format}${query}`, { as });
  return { answer, bytes: new Uint8Array(await answer.arrayBuffer()) };
}
const text = async (...asked: Parameters<typeof file>) => new TextDecoder().decode((await file(...asked)).bytes);

describe('every file', () => {
  it('is sent to be kept, under a plain name, and is never shown in place', async () => {
    for (const format of EXPORT_FORMATS) {
      const { answer, bytes } = await file(format);
      expect(answer.status, format).toBe(200);
      expect(answer.headers.get('content-disposition')).toBe(
        `attachment; filename="sammanfattning-hur-arbetar-vi-nara-revision-1.${format}"`,
      );
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(Number(answer.headers.get('content-length'))).toBe(bytes.byteLength);
    }
  });

  it('is for those who take part; a draft for those who may read it', async () => {
    expect((await file('md', '', 'revisions/1', h.stranger)).answer.status).toBe(404);
    expect((await file('md', '', 'revisions/1', h.observer)).answer.status).toBe(200);
    expect((await file('exe')).answer.status).toBe(404);
    expect((await file('md', '?lang=de')).answer.status).toBe(400);
    expect((await file('md', '', 'revisions/9')).answer.status).toBe(404);
    const draft = await text('md', '', 'draft');
    expect(draft).toContain('**Utkast.**');
    expect(await text('md', '?lang=en', 'draft')).toContain('**Draft.**');
  });

  it('has a name that no title can break', () => {
    expect(fileName(['Åäö', '"; rm -rf /\r\nX: y'], 'pdf')).toBe('aao-rm-rf-x-y.pdf');
    expect(fileName(['日本'], 'md')).toBe('fil.md');
    expect(fileName(['x'.repeat(500)], 'md')).toHaveLength(83);
  });
});

describe('what people wrote', () => {
  it('is escaped in the web page, which loads and runs nothing', async () => {
    const page = await text('html');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;citat&quot;');
    expect(page).not.toMatch(/<script|javascript:|src=|@import|url\(/i);
    expect(page).toContain('<html lang="sv-SE">');
    expect(await text('html', '?lang=en')).toContain('<html lang="en-GB">');
    expect(page).toMatch(/<h1>.*<\/h1>[\s\S]*<h2 id="s1">Vad fungerar\?<\/h2>[\s\S]*<h3>Tre vägar<\/h3>/);
    expect(page).toContain('<a href="https://exempel.se/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">');
    expect(page).toContain('<li>');
    expect(page).toContain('<th scope="col"><p>Ort</p></th>');
  });

  it('stays words in Markdown', async () => {
    const page = await text('md');
    expect(page).toContain('\\<script\\>alert(1)\\</script\\>');
    expect(page).toContain('\\*z\\* \\`q\\`');
    expect(page).toContain('**läs mer**](<https://exempel.se/a?b=1&c=2>)');
    expect(page).toContain('1. Första\n2. Andra');
    expect(page).toContain('- [x] Boka salen');
    expect(page).toContain('| Byn \\| hamnen | Tisdag |');
    expect(page).toContain('> Nära till det nödvändiga');
  });

  it('is in the Word file, with styles, lists, a head of the table and the language', async () => {
    const { bytes } = await file('docx');
    const parts = unzip(bytes);
    const body = parts.get('word/document.xml') ?? '';
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    for (const style of ['Heading1', 'Heading2', 'Heading3']) expect(body).toContain(`<w:pStyle w:val="${style}"/>`);
    expect(body).toContain('<w:numPr>');
    expect(body).toContain('<w:tblHeader/>');
    expect(body).toContain('☑ ');
    expect(parts.get('word/styles.xml')).toContain('<w:lang w:val="sv-SE"/>');
    expect(parts.get('word/_rels/document.xml.rels')).toContain('https://exempel.se/a?b=1&amp;c=2');
    expect([...parts.values()].join('')).not.toContain('javascript:');
    const english = unzip((await file('docx', '?lang=en')).bytes);
    expect(english.get('word/styles.xml')).toContain('<w:lang w:val="en-GB"/>');
  });

  it('is in the PDF, which is tagged and says its language', async () => {
    for (const [query, lang] of [
      ['', 'sv-SE'],
      ['?lang=en', 'en-GB'],
    ] as const) {
      const pdf = Buffer.from((await file('pdf', query)).bytes).toString('latin1');
      expect(pdf.startsWith('%PDF-')).toBe(true);
      expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
      expect(pdf).toContain('/MarkInfo');
      expect(pdf).toContain('/StructTreeRoot');
      expect(pdf).toContain(`/Lang (${lang})`);
      expect(pdf).not.toContain('/JavaScript');
    }
  });

  it('can be checked against its hash from the JSON with origin', async () => {
    const whole = JSON.parse(await text('json', '?origin=1')) as { document: SummaryDocument; sha256: string };
    const hash = createHash('sha256').update(JSON.stringify(whole.document)).digest('hex');
    expect(hash).toBe(whole.sha256);
    const bare = JSON.parse(await text('json')) as { document: SummaryDocument; sha256: null; sources: unknown[] };
    expect(bare).toMatchObject({ sha256: null, sources: [] });
    expect(bare.document.origins).toEqual([]);
  });
});

describe('where it came from', () => {
  it('is printed when asked for, and the words of groups only for those who may read them', async () => {
    for (const format of ['html', 'md', 'json']) {
      const said = await text(format, '?origin=1');
      expect(said, format).toContain('Grupp 1');
      expect(said, format).toContain('Så sa gruppen');
      expect(said, format).toContain('Cilla Ek');
      const outside = await text(format, '?origin=1', 'revisions/1', h.observer);
      expect(outside, format).toContain('Grupp 1');
      expect(outside, format).not.toContain('Så sa gruppen');
      expect(outside, format).not.toContain('Cilla Ek');
      expect(await text(format, '?origin=0'), format).not.toContain('Grupp 1');
    }
    const word = unzip((await file('docx', '?origin=1')).bytes).get('word/document.xml') ?? '';
    expect(word).toContain('Bygger på Grupp 1 [1]');
    expect(word).toContain('Så sa gruppen');
  });

  const input: SummaryInput = {
    document: {
      format: 'radslag-summary',
      version: 1,
      meeting: { id: 'm', title: 'Samråd', body: '', timeZone: 'Europe/Stockholm' },
      item: { id: 'i', title: 'Nära' },
      revision: 1,
      at: 0,
      by: 'Olof Ahl',
      sections: [
        {
          promptId: 'p',
          heading: 'Vad nu?',
          blocks: [{ id: '1:0', kind: 'paragraph', inlines: [{ text: 'Ord' }], sources: ['g:1:2'] }],
        },
      ],
      origins: [],
      sourcesSha256: '0'.repeat(64),
    },
    sources: null,
    language: 'sv',
    sha256: null,
  };

  it('a file that takes too long is given up, and the next one is made', async () => {
    const hurried = createFileThreads({ mostMs: 1 });
    await expect(hurried.make({ of: 'summary', format: 'pdf', input }, null)).rejects.toMatchObject({
      code: 'too-large',
    });
    expect((await createFileThreads().make({ of: 'summary', format: 'docx', input }, null)).byteLength).toBeGreaterThan(
      1_000,
    );
  });

  it('of very many at once some are told to come again, and nobody else waits for them', async () => {
    const threads = createFileThreads({ mostMs: 1 });
    const asked = Array.from({ length: 30 }, () =>
      threads.make({ of: 'summary', format: 'pdf', input }, null).catch((error: unknown) => error),
    );
    await turn();
    const said = await Promise.all(asked);
    expect(said.filter((one) => (one as { code?: string }).code === 'too-many-attempts')).toHaveLength(8);
  });
});
