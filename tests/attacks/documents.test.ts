/**
 * Why this file exists: what somebody gives to be taken in as points may be made to harm: rows A62 to A65, a line a case.
 * A62 pictures and relations that lead to files and hosts; A63 archives that unpack to more than there is, lie, or hold
 * too much; A64 document types, entities, depth; A65 names that climb out of a folder or into an object.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '#shared/api.ts';
import { createReadWord, MAX_DOCX_BYTES } from '../../server/imports/docx-process.ts';
import { MAX_XML_ELEMENTS } from '../../server/imports/xml.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';
import { archive, documentXml, heading, linkedPicture, type Part, paragraph, word } from '../imports/hostile.ts';

const zeros = (mib: number): Buffer => deflateRawSync(Buffer.alloc(mib * 1024 * 1024), { level: 9 });
const plain = documentXml(heading('Punkt') + paragraph('Ord.'));
const many = (n: number): Part[] => Array.from({ length: n }, (_, i) => ({ name: `word/media/${i}.bin`, bytes: '' }));
const named = (name: string): Buffer => word(plain, [{ name, bytes: 'x' }]);
const typed = (declared: string, use = ''): Buffer =>
  word(documentXml(paragraph(`Ord ${use}`), `<!DOCTYPE x [${declared}]>`));
const laughs = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

type Fault = [ErrorCode, string];
const CASES: [string, () => Uint8Array, Fault][] = [
  [
    'A63 a part of 48 MiB in 48 KiB',
    () => word({ name: 'word/document.xml', bytes: Buffer.alloc(48 << 20), packed: zeros(48) }),
    ['too-large', 'too-large-unpacked'],
  ],
  [
    'A63 entries that say two gigabytes',
    () =>
      word(
        plain,
        Array.from({ length: 16 }, (_, n) => ({ name: `word/media/${n}`, bytes: '', says: { size: 128 << 20 } })),
      ),
    ['too-large', 'too-large-unpacked'],
  ],
  [
    'A63 a part that says it is a kibibyte and is 48 MiB',
    () => word({ name: 'word/document.xml', bytes: '', packed: zeros(48), says: { size: 1024 } }),
    ['bad-request', 'broken'],
  ],
  [
    'A63 a part that says it is longer than it is',
    () => word({ name: 'word/document.xml', bytes: plain, says: { size: 60_000 } }),
    ['bad-request', 'broken'],
  ],
  [
    'A63 a part with another sum',
    () => word({ name: 'word/document.xml', bytes: plain, says: { crc: 1 } }),
    ['bad-request', 'broken'],
  ],
  ['A63 ten thousand entries', () => word(plain, many(10_000)), ['too-large', 'too-many-entries']],
  ['A63 more entries said than there are', () => word(plain, [], 1_900), ['bad-request', 'broken']],
  [
    'A63 an archive in an archive in its place',
    () => archive([{ name: 'word.zip', bytes: archive([{ name: 'word/document.xml', bytes: plain }]) }]),
    ['bad-request', 'not-docx'],
  ],
  [
    'A63 the same name twice',
    () => word(plain, [{ name: 'WORD/document.xml', bytes: plain }]),
    ['bad-request', 'broken'],
  ],
  [
    'A63 an encrypted entry',
    () => word({ name: 'word/document.xml', bytes: plain, flags: 0x0801 }),
    ['bad-request', 'broken'],
  ],
  ['A63 no archive', () => Buffer.from('{"format":"radslag-minutes"}'), ['bad-request', 'not-docx']],
  ['A63 an end without a beginning', () => archive([]).subarray(0, 20), ['bad-request', 'not-docx']],
  [
    'A63 half a million elements',
    () => word(documentXml('<w:p/>'.repeat(500_000))),
    ['too-large', 'too-many-elements'],
  ],
  ['A64 a document type', () => typed(''), ['bad-request', 'doctype']],
  [
    'A64 an entity that names a file',
    () => typed('<!ENTITY e SYSTEM "file:///etc/passwd">', '&e;'),
    ['bad-request', 'doctype'],
  ],
  [
    'A64 an entity that names a host',
    () => typed('<!ENTITY % e SYSTEM "http://127.0.0.1/x">%e;'),
    ['bad-request', 'doctype'],
  ],
  ['A64 entities that grow', () => typed(`<!ENTITY l0 "ha">${laughs}`, '&l12;'), ['bad-request', 'doctype']],
  [
    'A64 a document type in small letters',
    () => word(documentXml('').replace('<w:document', '<!doctype x><w:document')),
    ['bad-request', 'doctype'],
  ],
  [
    'A64 a document type in wide letters',
    () => word({ name: 'word/document.xml', bytes: utf16(documentXml('', '<!DOCTYPE x>')) }),
    ['bad-request', 'encoding'],
  ],
  ['A64 another encoding declared', () => word(plain.replace('UTF-8', 'UTF-7')), ['bad-request', 'encoding']],
  [
    'A64 a document type among the relations',
    () => word(plain, [{ name: 'word/_rels/document.xml.rels', bytes: '<!DOCTYPE x><Relationships/>' }]),
    ['bad-request', 'doctype'],
  ],
  [
    'A64 a hundred thousand deep',
    () => word(documentXml(`${'<w:sdt>'.repeat(100_000)}${'</w:sdt>'.repeat(100_000)}`)),
    ['bad-request', 'too-deep'],
  ],
  ['A64 no XML', () => word('{}'), ['bad-request', 'broken']],
  ['A65 a name that climbs', () => named('../../../tmp/x'), ['bad-request', 'unsafe-name']],
  ['A65 a name that climbs further down', () => named('word/../../x'), ['bad-request', 'unsafe-name']],
  ['A65 a name from the root', () => named('/etc/cron.d/x'), ['bad-request', 'unsafe-name']],
  ['A65 a name with backslashes', () => named('..\\..\\x'), ['bad-request', 'unsafe-name']],
  ['A65 a name with a drive', () => named('C:x'), ['bad-request', 'unsafe-name']],
  ['A65 a name with a NUL', () => named('word/x\0.xml'), ['bad-request', 'unsafe-name']],
  ['A65 __proto__', () => named('__proto__'), ['bad-request', 'unsafe-name']],
  ['A65 __proto__ further down', () => named('word/__proto__/x'), ['bad-request', 'unsafe-name']],
  ['A65 constructor', () => named('constructor'), ['bad-request', 'unsafe-name']],
];

let house: House;
let secretary: Visitor;
let meetingId: string;
const send = (bytes: Uint8Array, as: Visitor | undefined = secretary, more: Record<string, string> = {}) =>
  house.fetch(`/api/meetings/${meetingId}/import`, {
    method: 'POST',
    as,
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'application/octet-stream', ...more },
  });

beforeAll(async () => {
  house = await openHouse({}, { attacked: true });
  secretary = await house.add('Maj Ek');
  meetingId = (await house.meeting(secretary)).meeting.id;
}, 60_000);
afterAll(() => house.close());

describe('a file that is to be taken in', () => {
  it.for(CASES)('%s', async ([, make, [code, fault]]) => {
    const agenda = JSON.stringify(
      await house.server.relay.read(`agenda:${meetingId}`, (doc) => doc.getMap('items').toJSON()),
    );
    const answer = await send(make());
    const { error } = (await answer.json()) as { error: { code: string; fields?: Record<string, string> } };
    expect([error.code, error.fields?.file]).toEqual([code, fault]);
    expect([400, 413]).toContain(answer.status);
    expect(
      JSON.stringify(await house.server.relay.read(`agenda:${meetingId}`, (doc) => doc.getMap('items').toJSON())),
    ).toBe(agenda);
  });

  it('A62 a linked picture is counted and never looked for: no file is read, nobody is called', async () => {
    const called: string[] = [];
    const listener = createServer((socket) => {
      called.push('called');
      socket.destroy();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as { port: number };
    const secret = readFileSync('/etc/passwd', 'utf8').slice(0, 12);
    for (const target of [
      'file:///etc/passwd',
      '/etc/passwd',
      '../../../../etc/passwd',
      '/dev/zero',
      `http://127.0.0.1:${port}/x.png`,
      `\\\\127.0.0.1@${port}\\x\\y.png`,
    ]) {
      const answer = await send(linkedPicture(target));
      expect(answer.status, target).toBe(200);
      const text = await answer.text();
      expect(JSON.parse(text)).toMatchObject({ left: { pictures: 1 }, pieces: [{ title: 'Punkt' }] });
      expect(text).not.toContain(secret);
    }
    expect(called).toEqual([]);
    await new Promise((resolve) => listener.close(resolve));
  });

  it('A62 an address that runs is no link', async () => {
    const rels = (target: string) =>
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="${target}" TargetMode="External"/></Relationships>`;
    const body = `${heading('Punkt')}<w:p><w:hyperlink r:id="rId2"><w:r><w:t>klicka</w:t></w:r></w:hyperlink></w:p>`;
    for (const [target, href] of [
      ['javascript:alert(1)', undefined],
      ['file:///etc/passwd', undefined],
      ['https://exempel.se/', 'https://exempel.se/'],
    ] as const) {
      const answer = await send(
        word(documentXml(body), [{ name: 'word/_rels/document.xml.rels', bytes: rels(target) }]),
      );
      const { pieces } = (await answer.json()) as { pieces: { blocks: { inlines: { href?: string }[] }[] }[] };
      expect(pieces[0]?.blocks[0]?.inlines[0]?.href, target).toBe(href);
    }
  });

  it('A63 one byte over the limit is refused before it is read, and so is what comes compressed', async () => {
    expect((await send(new Uint8Array(MAX_DOCX_BYTES + 1))).status).toBe(413);
    expect((await send(Buffer.from(word(plain)), secretary, { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await send(new Uint8Array(0))).status).toBe(400);
  });

  it('A63 the longest document that is let through holds less than 512 MiB while it is read', async () => {
    let pid = 0;
    let peak = 0;
    const measured = setInterval(() => {
      const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    }, 10);
    const read = createReadWord({
      seen: (one) => {
        pid = one;
      },
    });
    const long = word(documentXml(paragraph('Ord.').repeat(MAX_XML_ELEMENTS / 3 - 10)));
    // Whether it comes through or is too long for its memory: it is bounded, and nobody else is touched.
    await read(long).catch(({ code }: { code: string }) => expect(['bad-request', 'too-large']).toContain(code));
    clearInterval(measured);
    if (process.platform === 'linux') expect(peak).toBeGreaterThan(20);
    expect(peak).toBeLessThan(512);
  }, 60_000);

  it('is read for nobody who may not take it in', async () => {
    const stranger = await house.add('Ulf Vik');
    expect((await send(word(plain), stranger)).status).toBe(404);
    const member = await house.add('Eva Dal');
    await house.server.services.meetings.addParticipant(secretary.caller, meetingId, {
      personId: member.person.id,
      roles: ['member'],
    });
    expect((await send(word(plain), member)).status).toBe(403);
  });
});
