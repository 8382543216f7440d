/**
 * Why this file exists: everything that leaves the house as a file, found in the published description of the routes, so that
 * one added tomorrow must be tried tomorrow:
 *
 * A23  after somebody is out of the meeting, or signed out               404, 401, from no cache
 * A68  twenty exports at once                                            a few are made, the others 429 with a time to come again
 * A69  the address of a file, asked by a guest, a stranger, nobody       403, 404, 401, and never kept by a cache; a guest
 *      has the notice, and what may be read in the rooms the meeting lets guests into, and no protocol
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addItem } from '#shared/agenda.ts';
import type { AttachmentsView, UploadView } from '#shared/attachments/api.ts';
import type { Guests } from '#shared/guests/api.ts';
import { newId } from '#shared/ids.ts';
import type { NoticeView } from '#shared/notice/api.ts';
import type { SignOffView } from '#shared/signoff/api.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { openSignHouse, type SignHouse } from '../signoff/house.ts';

let h: SignHouse;
/** Each route's address here, and whether a guest of the meeting may have it. */
let files: Record<string, { path: string; guests: boolean }>;
let guest = '';

beforeAll(async () => {
  h = await openSignHouse({}, { attacked: true });
  const root = `/api/meetings/${h.meetingId}`;
  await h.house.server.services.meetings.update(h.secretary.caller, h.meetingId, {
    sittings: [{ date: '2027-02-04', start: '08:30', end: '17:00', venue: '', room: '', address: '', link: '' }],
  });
  await h.ask<NoticeView>(h.secretary, 'POST', `${root}/notice/publish`, { after: 0 });
  const item = `${root}/items/${h.items[0]}`;
  const uploadId = newId();
  await h.ask(h.secretary, 'POST', `${item}/attachments/uploads`, { uploadId, name: 'Lista.txt', size: 3 });
  await h.house.fetch(`${item}/attachments/uploads/${uploadId}?at=0`, {
    method: 'PUT',
    as: h.secretary,
    body: 'abc',
    headers: { 'content-type': 'application/octet-stream' },
  });
  await h.ask<UploadView>(h.secretary, 'POST', `${item}/attachments/uploads/${uploadId}/finish`);
  const [attachment] = (await h.ask<AttachmentsView>(h.secretary, 'GET', `${root}/attachments`)).attachments;
  const workshop = newId();
  await h.house.server.relay.edit(`agenda:${h.meetingId}`, h.secretary.person.id, (doc) => {
    addItem(doc, { id: workshop, title: 'Verkstad', kind: 'dialogue' });
  });
  const worked = `${root}/items/${workshop}`;
  const { prompts } = await h.ask<WorkshopView>(h.facilitator, 'POST', `${worked}/workshop`, {
    prompts: [{ heading: 'Vad fungerar?' }],
  });
  await h.phase('ongoing');
  const { code } = await h.ask<Guests>(h.facilitator, 'PATCH', `${root}/guests`, { open: true });
  const joined = await h.house.fetch('/api/guests/join', {
    method: 'POST',
    json: { code, name: 'Rut Lind', key: 'k'.repeat(22) },
  });
  guest = joined.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect(joined.status).toBe(200);
  await h.house.server.relay.edit(`summary:${h.meetingId}:${workshop}`, h.chair.person.id, (doc) => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText('Det mesta fungerar.')]);
    doc.getXmlFragment(prompts[0]?.id ?? '').insert(0, [paragraph]);
  });
  await h.ask(h.chair, 'POST', `${worked}/summary/finalise`, { revision: 0, stateVector: 'AA==' });
  files = {
    '/api/meetings/{meetingId}/minutes/files/{format}': { path: `${h.minutes}/files/md`, guests: false },
    '/api/meetings/{meetingId}/notice/versions/{number}/files/{format}': {
      path: `${root}/notice/versions/1/files/html`,
      guests: true,
    },
    '/api/meetings/{meetingId}/items/{itemId}/attachments/{attachmentId}/content': {
      path: `${item}/attachments/${attachment?.id}/content`,
      guests: true,
    },
    '/api/meetings/{meetingId}/items/{itemId}/summary/revisions/{n}/{format}': {
      path: `${worked}/summary/revisions/1/md`,
      guests: true,
    },
    '/api/meetings/{meetingId}/items/{itemId}/summary/draft/{format}': {
      path: `${worked}/summary/draft/md`,
      guests: true,
    },
  };
}, 60_000);
afterAll(() => h.house.close());

const statusOf = async (path: string, init: Parameters<SignHouse['house']['fetch']>[1]): Promise<number> => {
  const answer = await h.house.fetch(path, init);
  await answer.arrayBuffer();
  return answer.status;
};

describe('A68 twenty exports at once', () => {
  it('by one person: a few are made, the others are told when to come again, somebody else gets theirs, nothing is lost', async () => {
    const path = `${h.minutes}/files/pdf`;
    const asked = Array.from({ length: 20 }, () => h.house.fetch(path, { as: h.member }));
    const other = await h.house.fetch(path, { as: h.observer });
    expect([other.status, (await other.arrayBuffer()).byteLength > 10_000]).toEqual([200, true]);
    const answers = await Promise.all(asked);
    const made = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    // Those that came when the first were done already were made too.
    expect(made.length + refused.length).toBe(20);
    expect(made.length).toBeGreaterThanOrEqual(6);
    expect(refused.length).toBeGreaterThanOrEqual(7);
    const sizes = await Promise.all(made.map(async (answer) => (await answer.arrayBuffer()).byteLength));
    expect(new Set(sizes).size).toBe(1);
    for (const answer of refused) {
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await answer.json()).toMatchObject({ error: { code: 'too-many-attempts' } });
    }
    expect(await statusOf(path, { as: h.member })).toBe(200);
  }, 60_000);
});

describe('A23 A69 a file', () => {
  it('is taken from who reads on the day they leave the meeting', async () => {
    for (const [route, { path }] of Object.entries(files))
      expect(await statusOf(path, { as: h.observer }), route).toBe(200);
    await h.house.server.services.meetings.removeParticipant(h.secretary.caller, h.meetingId, h.observer.person.id);
    for (const [route, { path }] of Object.entries(files))
      expect(await statusOf(path, { as: h.observer }), route).toBe(404);
  }, 60_000);

  it('is one of those that are tried here', async () => {
    for (const phase of ['verification']) await h.phase(phase);
    const view = await h.seal();
    expect(view.revision).not.toBeNull();
    const sent = { to: 'Almviks kommun', format: 'md', itemIds: [h.items[1]] };
    const { dispatches } = await h.ask<SignOffView>(h.secretary, 'POST', `${h.minutes}/dispatches`, sent);
    files['/api/meetings/{meetingId}/minutes/revisions/{n}/files/{format}'] = {
      path: `${h.minutes}/revisions/1/files/zip`,
      guests: false,
    };
    files['/api/meetings/{meetingId}/minutes/dispatches/{dispatchId}/file'] = {
      path: `${h.minutes}/dispatches/${dispatches[0]?.id}/file`,
      guests: false,
    };
    const { paths } = (await (await h.house.fetch('/api/openapi.json', { as: h.secretary })).json()) as {
      paths: Record<string, { get?: { responses: Record<string, { content?: Record<string, unknown> }> } }>;
    };
    const routes = Object.entries(paths).flatMap(([path, { get }]) => {
      const types = Object.keys(get?.responses['200']?.content ?? {});
      return types.some((type) => type !== 'application/json') ? [path] : [];
    });
    expect(routes.filter((path) => path.startsWith('/api/meetings/')).sort()).toEqual(Object.keys(files).sort());
  }, 60_000);

  it('goes to who may have it, to be kept by them and by nothing on the way', async () => {
    for (const [route, { path }] of Object.entries(files)) {
      const answer = await h.house.fetch(path, { as: h.secretary });
      expect([answer.status, answer.headers.get('cache-control')], route).toEqual([200, 'private, no-store']);
      expect(answer.headers.get('content-disposition'), route).toMatch(/^attachment; filename="[ -~]+"/);
      expect(answer.headers.get('etag') ?? answer.headers.get('last-modified'), route).toBeNull();
      await answer.arrayBuffer();
    }
  }, 60_000);

  it('goes to nobody else who has its address', async () => {
    for (const [route, { path, guests }] of Object.entries(files)) {
      expect(await statusOf(path, {}), route).toBe(401);
      expect(await statusOf(path, { headers: { cookie: 'radslag=nobody' } }), route).toBe(401);
      expect(await statusOf(path, { as: h.stranger }), route).toBe(404);
      const asGuest = await statusOf(path, { headers: { cookie: guest } });
      expect(guests ? [200] : [403, 404], `${route}, a guest`).toContain(asGuest);
    }
  }, 60_000);

  it('is taken from who is signed out', async () => {
    const again = await h.house.again(h.member);
    for (const [route, { path }] of Object.entries(files))
      if (!route.includes('dispatches')) expect(await statusOf(path, { as: again }), route).toBe(200);
    await h.house.expire(again);
    for (const [route, { path }] of Object.entries(files)) expect(await statusOf(path, { as: again }), route).toBe(401);
  }, 60_000);
});
