/**
 * Attachments over HTTP: a file comes in pieces and becomes an attachment whole; whoever may read the item opens it and nobody else
 * does, asked anew each time; what goes out can do nothing; numbers are fixed when somebody says so.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addItem, patchItem } from '#shared/agenda.ts';
import type { AttachmentsView, UploadView } from '#shared/attachments/api.ts';
import { MAX_FILE_BYTES, PIECE_BYTES } from '#shared/attachments/limits.ts';
import { blocksText } from '#shared/document/blocks.ts';
import type { Guests } from '#shared/guests/api.ts';
import { newId } from '#shared/ids.ts';
import type { MinutesView } from '#shared/minutes/api.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';
import * as sample from './samples.ts';

let house: House;
let secretary: Visitor;
let member: Visitor;
let observer: Visitor;
let stranger: Visitor;
let meetingId: string;
let root: string;
let items: string[];

beforeAll(async () => {
  house = await openHouse();
  secretary = await house.add('Sanna Kvist');
  member = await house.add('Mats Holm');
  observer = await house.add('Ines Vik');
  stranger = await house.add('Cim Dal');
});
afterAll(() => house.close());

beforeEach(async () => {
  const { meeting } = await house.meeting(secretary, [
    [member, ['member']],
    [observer, ['observer']],
  ]);
  meetingId = meeting.id;
  root = `/api/meetings/${meetingId}`;
  items = [newId(), newId()];
  await house.server.relay.edit(`agenda:${meetingId}`, secretary.person.id, (doc) => {
    addItem(doc, { id: items[0]!, title: 'Budget', kind: 'decision', sitting: '', order: 'A0' });
    addItem(doc, { id: items[1]!, title: 'Resan', kind: 'information', sitting: '', order: 'A1' });
  });
});

type Failed = { error?: { code: string; fields?: Record<string, string> } };
const of = (n = 0): string => `${root}/items/${items[n]}/attachments`;
const put = (as: Visitor, path: string, bytes: Buffer) =>
  house.fetch(path, {
    method: 'PUT',
    as,
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'application/octet-stream' },
  });
async function said<T>(response: Response): Promise<T & Failed> {
  return (await response.json()) as T & Failed;
}
const list = async (as = secretary): Promise<AttachmentsView> => said(await house.fetch(`${root}/attachments`, { as }));

async function upload(name: string, bytes: Buffer, { n = 0, as = secretary, before = null as string | null } = {}) {
  const uploadId = newId();
  const begun = await house.fetch(`${of(n)}/uploads`, {
    method: 'POST',
    as,
    json: { uploadId, name, size: bytes.length, before },
  });
  if (begun.status !== 200) return { status: begun.status, ...(await said<UploadView>(begun)) };
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    await put(as, `${of(n)}/uploads/${uploadId}?at=${at}`, bytes.subarray(at, at + PIECE_BYTES));
  const done = await house.fetch(`${of(n)}/uploads/${uploadId}/finish`, { method: 'POST', as });
  return { status: done.status, ...(await said<UploadView>(done)) };
}
const uploaded = async (...args: Parameters<typeof upload>): Promise<string> => {
  const { attachmentId } = await upload(...args);
  if (!attachmentId) throw new Error('not uploaded');
  return attachmentId;
};
const content = (id: string, as: Visitor | undefined, query = '', n = 0) =>
  house.fetch(`${of(n)}/${id}/content${query}`, { as });

describe('an upload', () => {
  it('comes in pieces, in any rhythm, and goes out as it came', async () => {
    const bytes = Buffer.concat([Buffer.from('rad;tal\n'), Buffer.alloc(PIECE_BYTES * 2, 'å1;2\n', 'latin1')]);
    const uploadId = newId();
    const path = `${of()}/uploads/${uploadId}`;
    const input = { uploadId, name: 'Årsbudget.csv', size: bytes.length };
    const begin = async () =>
      said<UploadView>(await house.fetch(`${of()}/uploads`, { method: 'POST', as: member, json: input }));
    expect(await begin()).toEqual({ uploadId, received: 0, size: bytes.length, attachmentId: null });
    const piece = (at: number) => put(member, `${path}?at=${at}`, bytes.subarray(at, at + PIECE_BYTES));
    // One that stands behind a gap is not kept; one that comes twice is kept once.
    expect(await said(await piece(PIECE_BYTES))).toMatchObject({ error: { code: 'conflict', fields: { at: 'gap' } } });
    expect(await said<UploadView>(await piece(0))).toMatchObject({ received: PIECE_BYTES });
    expect(await said<UploadView>(await piece(0))).toMatchObject({ received: PIECE_BYTES });
    expect(await said(await house.fetch(`${path}/finish`, { method: 'POST', as: member }))).toMatchObject({
      error: { fields: { at: 'gap' } },
    });
    // The line was cut: it goes on where it was.
    expect(await begin()).toMatchObject({ received: PIECE_BYTES });
    await piece(PIECE_BYTES);
    expect(await said<UploadView>(await piece(PIECE_BYTES * 2))).toMatchObject({ received: bytes.length });
    expect((await list()).attachments).toEqual([]);
    // Two answers to the last step are one attachment, and so is a third one later.
    const finish = async () => said<UploadView>(await house.fetch(`${path}/finish`, { method: 'POST', as: member }));
    const [one, two] = await Promise.all([finish(), finish()]);
    expect([one, two, await finish(), await begin()].map(({ attachmentId }) => attachmentId)).toEqual(
      Array(4).fill(one.attachmentId),
    );
    const { attachments } = await list();
    expect(attachments).toMatchObject([
      { number: '1.1', name: 'Årsbudget.csv', kind: 'csv', size: bytes.length, byName: 'Mats Holm', plain: false },
    ]);
    expect(attachments[0]?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const answer = await content(one.attachmentId!, observer);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('is refused by what is in it, with the reason, and leaves nothing', async () => {
    for (const [name, bytes, problem] of [
      ['sida.html', Buffer.from('<html>'), 'kind'],
      ['bild.svg', Buffer.from(sample.SVG), 'kind'],
      ['brev.pdf', sample.png(), 'mismatch'],
      ['brev.txt', Buffer.from(sample.SVG), 'mismatch'],
      ['brev.docx', sample.docm(), 'macros'],
    ] as const)
      expect(await upload(name, bytes), name).toMatchObject({ status: 409, error: { fields: { file: problem } } });
    expect((await list()).attachments).toEqual([]);
  });

  it('is no larger than it said, and no larger than allowed', async () => {
    const begin = (size: number) =>
      house.fetch(`${of()}/uploads`, { method: 'POST', as: member, json: { uploadId: newId(), name: 'a.txt', size } });
    expect((await begin(MAX_FILE_BYTES + 1)).status).toBe(400);
    expect((await begin(0)).status).toBe(400);
    const uploadId = newId();
    await house.fetch(`${of()}/uploads`, { method: 'POST', as: member, json: { uploadId, name: 'a.txt', size: 4 } });
    const path = `${of()}/uploads/${uploadId}`;
    for (const [query, bytes] of [
      ['?at=0', Buffer.from('abcde')],
      ['?at=0', Buffer.from('abc')],
      ['?at=0', Buffer.alloc(0)],
      ['?at=4', Buffer.from('x')],
      ['?at=-1', Buffer.from('abcd')],
      ['?at=1e3', Buffer.from('abcd')],
      ['', Buffer.from('abcd')],
    ] as const)
      expect((await put(member, path + query, bytes)).status, query).toBe(400);
    expect((await put(member, `${path}?at=0`, Buffer.alloc(PIECE_BYTES + 1))).status).toBe(413);
    expect((await put(member, `${path}?at=0`, Buffer.from('abcd'))).status).toBe(200);
    // The same id for another file is another's.
    const other = { uploadId, name: 'b.txt', size: 5 };
    expect((await house.fetch(`${of()}/uploads`, { method: 'POST', as: member, json: other })).status).toBe(409);
    expect((await house.fetch(path, { method: 'DELETE', as: member })).status).toBe(204);
    expect((await put(member, `${path}?at=0`, Buffer.from('abcd'))).status).toBe(404);
  });

  it('is its owner’s alone, and for those who may write in the item', async () => {
    const uploadId = newId();
    const json = { uploadId, name: 'a.txt', size: 4 };
    expect((await house.fetch(`${of()}/uploads`, { method: 'POST', as: member, json })).status).toBe(200);
    for (const as of [secretary, observer, stranger])
      expect((await put(as, `${of()}/uploads/${uploadId}?at=0`, Buffer.from('abcd'))).status).toBe(404);
    expect((await put(member, `${of(1)}/uploads/${uploadId}?at=0`, Buffer.from('abcd'))).status).toBe(404);
    expect(
      (await house.fetch(`${of()}/uploads`, { method: 'POST', as: observer, json: { ...json, uploadId: newId() } }))
        .status,
    ).toBe(403);
    // The item is locked while the file is on its way: what is there stays, nothing is added.
    await house.server.services.meetings.lockItem(secretary.caller, meetingId, items[0]!, { reason: 'Avgjort' });
    expect((await put(member, `${of()}/uploads/${uploadId}?at=0`, Buffer.from('abcd'))).status).toBe(409);
    expect((await house.fetch(`${of()}/uploads/${uploadId}/finish`, { method: 'POST', as: member })).status).toBe(409);
  });
});

describe('the list', () => {
  it('is put in order, renamed, moved to another item, removed and taken back', async () => {
    const [a, b] = [await uploaded('A.txt', Buffer.from('a')), await uploaded('B.txt', Buffer.from('b'))];
    const change = async (id: string, json: unknown, n = 0) =>
      said<AttachmentsView>(await house.fetch(`${of(n)}/${id}`, { method: 'PATCH', as: member, json }));
    const numbers = ({ attachments }: AttachmentsView) => attachments.map(({ number, name }) => `${number} ${name}`);
    expect(numbers(await list())).toEqual(['1.1 A.txt', '1.2 B.txt']);
    expect(numbers(await change(b, { place: { itemId: items[0], before: a } }))).toEqual(['1.1 B.txt', '1.2 A.txt']);
    expect(numbers(await change(b, { name: '../Första' }))).toEqual(['1.1 Första.txt', '1.2 A.txt']);
    expect(numbers(await change(b, { place: { itemId: items[1], before: null } }))).toEqual([
      '1.1 A.txt',
      '2.1 Första.txt',
    ]);
    // Its address is the item's it belongs to now.
    expect((await content(b, member)).status).toBe(404);
    expect((await content(b, member, '', 1)).status).toBe(200);
    const removed = await said<AttachmentsView>(await house.fetch(`${of(1)}/${b}`, { method: 'DELETE', as: member }));
    expect([numbers(removed), removed.removed.map(({ name }) => name)]).toEqual([['1.1 A.txt'], ['Första.txt']]);
    expect((await content(b, secretary, '', 1)).status).toBe(404);
    // What was taken away is for those who can take it back, and nobody else hears of it.
    expect((await list(observer)).removed).toEqual([]);
    const back = await house.fetch(`${of(1)}/${b}/restore`, { method: 'POST', as: secretary });
    expect(numbers(await said(back))).toEqual(['1.1 A.txt', '2.1 Första.txt']);
    expect((await house.fetch(`${of(1)}/${b}/restore`, { method: 'POST', as: secretary })).status).toBe(404);
    expect((await house.fetch(`${of()}/${a}`, { method: 'DELETE', as: observer })).status).toBe(403);
  });

  it('keeps numbers that were fixed, whatever becomes of the agenda', async () => {
    const [a, b] = [await uploaded('A.txt', Buffer.from('a')), await uploaded('B.txt', Buffer.from('b'))];
    await house.server.services.attachments.freezeNumbers(meetingId);
    const between = await uploaded('C.txt', Buffer.from('c'), { before: b });
    const last = await uploaded('D.txt', Buffer.from('d'));
    await house.server.relay.edit(`agenda:${meetingId}`, secretary.person.id, (doc) =>
      patchItem(doc, items[1]!, { order: 'A' }),
    );
    const { attachments, frozen } = await list();
    expect(frozen).toBe(true);
    expect(Object.fromEntries(attachments.map(({ id, number }) => [id, number]))).toEqual({
      [a]: '1.1',
      [between]: '1.1a',
      [b]: '1.2',
      [last]: '1.3',
    });
  });

  it('is in the protocol, and a chip in the notes becomes the number', async () => {
    const id = await uploaded('Kalkyl.xlsx', sample.xlsx());
    const minutes = async () =>
      said<MinutesView>(await house.fetch(`${root}/minutes?lang=sv&style=notes`, { as: secretary }));
    const { document } = await minutes();
    expect(document.items.find((one) => one.id === items[0])?.attachments).toMatchObject([
      { id, label: 'Bilaga 1.1', name: 'Kalkyl.xlsx' },
    ]);
    await house.server.relay.edit(`item:${meetingId}:${items[0]}`, member.person.id, (doc) => {
      const [line, chip] = [new Y.XmlElement('paragraph'), new Y.XmlElement('attachment')];
      chip.setAttribute('id', id);
      line.insert(0, [new Y.XmlText('Se '), chip, new Y.XmlText('.')]);
      doc.getXmlFragment('notes').insert(0, [line]);
    });
    const words = async () => {
      const { document: now } = await minutes();
      return blocksText(now.items.find((one) => one.id === items[0])?.blocks ?? [])[0];
    };
    expect(await words()).toBe('Se Bilaga 1.1.');
    await uploaded('Först.txt', Buffer.from('x'), { before: id });
    expect(await words()).toBe('Se Bilaga 1.2.');
    await house.fetch(`${of()}/${id}`, { method: 'DELETE', as: member });
    expect(await words()).toBe('Se (bilaga saknas).');
  });
});

describe('a file that goes out', () => {
  it('A23 A69 is for those who may read the item, asked each time, and no cache keeps it', async () => {
    const id = await uploaded('a.png', sample.png());
    for (const as of [secretary, member, observer]) {
      const answer = await content(id, as);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    }
    expect((await content(id, undefined)).status).toBe(401);
    expect((await content(id, stranger)).status).toBe(404);
    await house.server.services.meetings.removeParticipant(secretary.caller, meetingId, observer.person.id);
    for (const query of ['', '?shown=1']) expect((await content(id, observer, query)).status).toBe(404);
    expect((await house.fetch(`${root}/attachments`, { as: observer })).status).toBe(404);
  });

  it('A21 is under its own item of its own meeting alone', async () => {
    const id = await uploaded('a.png', sample.png());
    const other = await house.meeting(stranger);
    const path = (meeting: string, item: string) => `/api/meetings/${meeting}/items/${item}/attachments/${id}/content`;
    for (const as of [stranger, secretary])
      for (const [meeting, item] of [
        [other.meeting.id, items[0]!],
        [meetingId, other.items[0]!],
        [other.meeting.id, other.items[0]!],
        [meetingId, items[1]!],
      ] as const)
        expect((await house.fetch(path(meeting, item), { as })).status).toBe(404);
  });

  it('opens to a guest who may read the item, and takes nothing from them', async () => {
    const id = await uploaded('a.png', sample.png());
    await house.server.services.meetings.changePhase(secretary.caller, meetingId, {
      phase: 'ongoing',
      version: (await house.server.services.meetings.get(secretary.caller, meetingId)).version,
    });
    const door = await said<Guests>(
      await house.fetch(`${root}/guests`, { method: 'PATCH', as: secretary, json: { open: true } }),
    );
    const joined = await house.fetch('/api/guests/join', {
      method: 'POST',
      json: { code: door.code, name: 'Gun Ask', key: newId() + newId() },
    });
    const cookie = joined.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(joined.status).toBe(200);
    expect((await house.fetch(`${of()}/${id}/content`, { headers: { cookie } })).status).toBe(200);
    const json = { uploadId: newId(), name: 'a.txt', size: 1 };
    expect((await house.fetch(`${of()}/uploads`, { method: 'POST', headers: { cookie }, json })).status).toBe(403);
  });

  it.each([
    ['a.png', sample.png(), 'picture'],
    ['a.gif', sample.gif(), 'picture'],
    ['a.pdf', sample.pdf(), 'pdf'],
    ['farlig.pdf', sample.pdf('4 0 obj << /S /JavaScript /JS (x) >> endobj'), null],
    ['a.txt', Buffer.from('hej'), null],
    ['a.docx', sample.docx(), null],
    ['lång.png', Buffer.concat([sample.png(), Buffer.from('<script>')]), null],
  ] as const)('A57 A58 %s can do nothing', async (name, bytes, shown) => {
    const id = await uploaded(name, bytes);
    for (const query of ['', '?shown=1', '?shown=true', '?shown=1&type=text/html']) {
      const answer = await content(id, member, query);
      const header = (of: string) => answer.headers.get(of) ?? '';
      const inPlace = shown !== null && query.startsWith('?shown=1');
      expect(header('content-disposition')).toMatch(inPlace ? /^inline; / : /^attachment; /);
      expect(header('x-content-type-options')).toBe('nosniff');
      const policy = header('content-security-policy');
      const frames = inPlace && shown === 'pdf' ? "'self'" : "'none'";
      expect(policy).toBe(`sandbox; default-src 'none'; frame-ancestors ${frames}`);
      expect(header('content-type')).not.toMatch(/html|\/xml|\+xml|svg|script/);
      expect(Number(header('content-length'))).toBe(bytes.length);
      await answer.arrayBuffer();
    }
  });

  it('A60 A70 has the name people gave it, in one line, whatever is in it', async () => {
    const id = await uploaded('../"Årsbudget"\r\nX-Evil: 1 (50 %).txt', Buffer.from('hej'));
    const answer = await content(id, member);
    expect(answer.headers.get('x-evil')).toBeNull();
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="_Arsbudget_X-Evil_ 1 (50 _).txt"; filename*=UTF-8\'\'%22%C3%85rsbudget%22X-Evil%3A%201%20%2850%20%25%29.txt',
    );
  });

  it('A61 under another spelling of its address is the same or nothing', async () => {
    const id = await uploaded('a.png', sample.png());
    const path = `${of()}/${id}/content`;
    for (const spelled of [
      path.replace('/api/', '//api/'),
      path.replace('/api/', '/API/'),
      path.replace('/content', '%2Fcontent'),
      path.replace('/content', '%5Ccontent'),
      path.replace('/attachments/', '/attachments//'),
      path.replace('/attachments/', '/x/%2e%2e/attachments/'),
      `${path}/`,
      path.replace(id, id.toUpperCase()),
    ])
      for (const as of [undefined, stranger]) {
        const answer = await house.fetch(spelled, { as });
        // What is no route is the client's, and this house has none.
        expect([401, 404, 503], spelled).toContain(answer.status);
        expect((await answer.text()).includes('PNG')).toBe(false);
      }
  });
});
