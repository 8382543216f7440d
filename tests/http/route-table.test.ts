/**
 * Why this file exists: what must hold for every route, from the table of what is really served: a route added tomorrow
 * is covered, or fails here until it is listed with an example.
 */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorSchema } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import { type House, openHouse, type Visitor } from './house.ts';

/** Needs no session, and why that is right. Pinned here: opening a route must be done on purpose. */
const PUBLIC = [
  'GET /healthz',
  'GET /readyz',
  'GET /api/openapi.json',
  'GET /api/docs',
  'GET /api/docs.css',
  'GET /api/docs.js',
  'POST /api/sign-in',
  'POST /api/sign-out',
  'POST /api/links/open',
  'POST /api/links/use',
  // Whoever has a meeting's code may: see guests.test.ts.
  'POST /api/guests/look',
  'POST /api/guests/join',
  // Whoever has the personal link of a notice's mail: see tests/notice/http.test.ts.
  'POST /api/notice/look',
  'POST /api/notice/answer',
  // Whoever has the token of a projector: see projector.test.ts.
  'POST /api/projector/enter',
  // Decides by itself: see operations.test.ts.
  'GET /metrics',
  // Decides by itself, before the first frame: see collab.test.ts.
  'GET /collab/:room',
];

/** A form each route with a body accepts, for asking with another meeting's id. */
const FORMS: Record<string, unknown> = {
  'POST /api/sign-in': { email: 'ingen@exempel.se', password: 'xxxxxxxxxxxx' },
  'POST /api/account/password': { current: 'xxxxxxxxxxxx', next: 'yyyyyyyyyyyy' },
  'PATCH /api/account': {},
  'POST /api/links/open': { token: 'x'.repeat(43) },
  'POST /api/links/use': { token: 'x'.repeat(43), password: 'yyyyyyyyyyyy' },
  'POST /api/people': { name: 'Någon' },
  'PATCH /api/people/:personId': {},
  'POST /api/organisations': { name: 'Någonstans', shortName: 'NÅG' },
  'PUT /api/organisations/order': { ids: [] },
  'PATCH /api/organisations/:organisationId': {},
  'POST /api/meetings': { template: 'blank', title: 'Möte' },
  'PATCH /api/meetings/:meetingId': {},
  'POST /api/meetings/:meetingId/phase': { phase: 'ongoing', version: 1 },
  'POST /api/meetings/:meetingId/copy': {},
  'POST /api/meetings/:meetingId/participants': { person: { name: 'Någon' } },
  'PATCH /api/meetings/:meetingId/participants/:personId': {},
  'POST /api/meetings/:meetingId/current-item': { itemId: null },
  'POST /api/meetings/:meetingId/items/:itemId/lock': {},
  'POST /api/meetings/:meetingId/versions': { name: 'Före omröstningen' },
  'POST /api/meetings/:meetingId/items/:itemId/versions': { name: 'Före omröstningen' },
  'POST /api/meetings/:meetingId/items/:itemId/split': { title: 'Ny', blocks: [] },
  'POST /api/meetings/:meetingId/items/:itemId/workshop': { prompts: [{ heading: 'Vad vet vi?' }] },
  'PATCH /api/meetings/:meetingId/items/:itemId/workshop': {},
  'PATCH /api/meetings/:meetingId/attendance': { do: 'arrive', personId: newId() },
  'PUT /api/meetings/:meetingId/attendance/me': { here: true },
  'PUT /api/meetings/:meetingId/projector': { view: 'agenda' },
  'POST /api/meetings/:meetingId/items/:itemId/decisions': { outcome: 'noted', stateVector: 'AA==', seen: 0 },
  'POST /api/meetings/:meetingId/items/:itemId/decisions/reopen': { reason: 'Fel datum' },
  'POST /api/meetings/:meetingId/items/:itemId/decisions/:decisionId/dissents': {
    kind: 'reservation',
    personId: '0'.repeat(20),
    text: 'Nej',
  },
  'POST /api/meetings/:meetingId/items/:itemId/actions': { title: 'Ring', owner: { kind: 'organisations' } },
  'PATCH /api/meetings/:meetingId/items/:itemId/actions/:actionId': {},
  'PATCH /api/meetings/:meetingId/items/:itemId/actions/:actionId/lines/:lineId': {},
  'PATCH /api/meetings/:meetingId/body': {},
  'PATCH /api/meetings/:meetingId/floor': {},
  'PATCH /api/meetings/:meetingId/minutes': { style: 'notes' },
  'PATCH /api/meetings/:meetingId/notice': { message: 'Hej' },
  'POST /api/meetings/:meetingId/notice/publish': { after: 0 },
  'PUT /api/meetings/:meetingId/notice/reply': { answer: 'yes' },
  'PUT /api/meetings/:meetingId/notice/replies/:personId': { answer: 'yes' },
  'POST /api/notice/look': { token: 'x'.repeat(43) },
  'POST /api/notice/answer': { token: 'x'.repeat(43), reply: { answer: 'yes' } },
  'POST /api/meetings/:meetingId/minutes/sign-off': { do: 'withdraw', part: 'head' },
  'POST /api/meetings/:meetingId/minutes/revisions': { hash: '0'.repeat(64) },
  'POST /api/meetings/:meetingId/minutes/corrections': { text: 'Rätt', reason: 'Fel' },
  'POST /api/meetings/:meetingId/minutes/dispatches': { to: 'Almvik', format: 'pdf' },
  'POST /api/meetings/:meetingId/floor/requests': { kind: 'speech' },
  'POST /api/meetings/:meetingId/floor/requests/:requestId/move': { by: -1 },
  'POST /api/meetings/:meetingId/floor/requests/:requestId/give': { step: 0 },
  'POST /api/meetings/:meetingId/floor/next': { step: 0 },
  'POST /api/meetings/:meetingId/floor/end': { step: 0 },
  'POST /api/projector/enter': { token: 'x'.repeat(43) },
  'POST /api/guests/look': { code: 'H7KQ4M' },
  'POST /api/guests/join': { code: 'H7KQ4M', name: 'Någon', key: 'k'.repeat(22) },
  'POST /api/guests/claim': { email: 'ingen@exempel.se', password: 'xxxxxxxxxxxx' },
  'PATCH /api/meetings/:meetingId/guests': {},
  'POST /api/meetings/:meetingId/guests/rotate': {},
  'POST /api/meetings/:meetingId/guests/:personId/merge': { personId: newId() },
  'POST /api/meetings/:meetingId/items/:itemId/workshop/rounds': { groups: [{ name: 'Fönsterbordet' }] },
  'PATCH /api/meetings/:meetingId/items/:itemId/workshop/rounds/:roundId': {},
  'POST /api/meetings/:meetingId/items/:itemId/workshop/rounds/:roundId/clock': { do: 'start' },
  'POST /api/meetings/:meetingId/items/:itemId/workshop/rounds/:roundId/place': { personId: newId(), groupId: null },
  'POST /api/meetings/:meetingId/items/:itemId/workshop/groups/:groupId/hand': { raised: true },
  'POST /api/meetings/:meetingId/group-sets': { name: 'Alla', groups: [{ name: 'Ett' }] },
  'POST /api/meetings/:meetingId/items/:itemId/workshop/messages': { groupId: null, text: 'Fem minuter kvar' },
  'POST /api/meetings/:meetingId/items/:itemId/votes': {
    title: 'Vad är viktigast?',
    dots: 3,
    choices: [{ id: '0123456789abcdefghjk', label: 'Resan' }],
  },
  'PUT /api/meetings/:meetingId/items/:itemId/votes/:voteId/ballot': { dots: {} },
  'POST /api/meetings/:meetingId/items/:itemId/summary/finalise': { revision: 0, stateVector: 'AA==' },
  'POST /api/meetings/:meetingId/items/:itemId/summary/reopen': { revision: 1, reason: 'Fel datum' },
  'POST /api/meetings/:meetingId/items/:itemId/summary/threads': {
    promptId: '0'.repeat(20),
    from: 'AA==',
    to: 'AA==',
    quote: 'ord',
    text: 'Hm',
  },
  'POST /api/meetings/:meetingId/items/:itemId/summary/threads/:threadId/remarks': { text: 'Hm' },
  'PATCH /api/meetings/:meetingId/items/:itemId/summary/threads/:threadId': { resolved: true },
  'PATCH /api/meetings/:meetingId/items/:itemId/attachments/:attachmentId': { name: 'Budget' },
  'POST /api/meetings/:meetingId/items/:itemId/attachments/uploads': {
    uploadId: '0123456789abcdefghjk',
    name: 'Budget.txt',
    size: 1,
  },
  'POST /api/meetings/:meetingId/import/:previewId': {
    rows: [{ title: 'Punkt', kind: 'item', pieces: [0] }],
    place: { sitting: '', section: '', after: '' },
  },
};

let house: House;
let admin: Visitor;
let owner: Visitor;
let stranger: Visitor;
let ids: Record<string, string>;
let table: { route: string; method: string; path: string }[];
let withBody: string[];

const unsafe = (method: string) => method !== 'GET';
const fill = (path: string, from: Record<string, string>) =>
  path.replace(/:(\w+)/g, (_, name: string) => from[name] ?? newId());

async function errorOf(response: Response) {
  const parsed = errorSchema.safeParse(await response.clone().json());
  expect(parsed.success, `error shape, status ${response.status}`).toBe(true);
  return parsed.data!.error;
}

beforeAll(async () => {
  house = await openHouse();
  admin = await house.add('Alva Ek', { isAdmin: true });
  owner = await house.add('Bo Sund');
  stranger = await house.add('Cim Dal');
  const { meeting, items } = await house.meeting(owner);
  const organisation = await house.server.services.organisations.create(admin.caller, {
    name: 'Älv',
    shortName: 'ÄLV',
  });
  ids = {
    meetingId: meeting.id,
    itemId: items[0] ?? '',
    personId: owner.person.id,
    organisationId: organisation.id,
    room: `agenda:${meeting.id}`,
  };
  table = house.server.routes.map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return { route, method, path };
  });
  const document = (await (await house.fetch('/api/openapi.json')).json()) as {
    paths: Record<string, Record<string, { requestBody?: unknown }>>;
  };
  withBody = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.requestBody !== undefined)
      .map(([method]) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
});
afterAll(() => house.close());

describe('every route', () => {
  it('is in the table, and every form has an example', () => {
    expect(table.length).toBeGreaterThan(35);
    expect(withBody.toSorted()).toEqual(Object.keys(FORMS).toSorted());
    for (const route of PUBLIC) expect(house.server.routes).toContain(route);
  });

  it('that changes something refuses what does not come from our own page', async () => {
    const origins: (string | null)[] = [
      null,
      'null',
      'https://ond.example',
      `${house.url}.ond.example`,
      house.url.replace(/\d+$/, '1'),
      house.url.replace('http', 'https'),
      house.url.replace('127.0.0.1', 'localhost'),
    ];
    const types = ['application/json', 'text/plain', 'application/x-www-form-urlencoded'];
    for (const { route, method, path } of table.filter((entry) => unsafe(entry.method)))
      await Promise.all(
        origins.flatMap((origin) =>
          types.map(async (type) => {
            const headers: Record<string, string> = { 'content-type': type, cookie: owner.cookie };
            if (origin !== null) headers.origin = origin;
            const response = await fetch(house.url + fill(path, ids), { method, headers, body: '{}' });
            expect(response.status, `${route} from ${origin}`).toBe(403);
            expect((await errorOf(response)).code).toBe('wrong-origin');
          }),
        ),
      );
    for (const { route, method, path } of table.filter((entry) => unsafe(entry.method))) {
      const response = await house.fetch(fill(path, ids), { method, headers: { 'sec-fetch-site': 'cross-site' } });
      expect(response.status, `${route} cross-site`).toBe(403);
    }
  });

  it('needs a session unless it is public', async () => {
    for (const cookie of [
      '',
      'radslag=',
      `radslag=${'x'.repeat(43)}`,
      `radslag=${owner.caller.sessionId}`,
      'radslag=%00',
    ])
      for (const { route, method, path } of table) {
        if (PUBLIC.includes(route)) continue;
        const response = await house.fetch(fill(path, ids), { method, headers: { cookie } });
        expect(response.status, `${route} with ${cookie}`).toBe(401);
        expect((await errorOf(response)).code).toBe('not-signed-in');
      }
  });

  it('answers for a meeting of others exactly as for one that does not exist', async () => {
    const foreign = table.filter(({ path }) => path.includes(':meetingId'));
    expect(foreign.length).toBeGreaterThan(15);
    for (const { route, method, path } of foreign) {
      const json = FORMS[route];
      for (const visitor of [stranger, admin]) {
        const answers = [];
        for (const meetingId of [ids.meetingId ?? '', newId(), 'inte-ett-id', '..%2f..%2fetc'])
          answers.push(
            await house.fetch(fill(path, { ...ids, meetingId }), { method, as: visitor, ...(json ? { json } : {}) }),
          );
        for (const response of answers) {
          expect(response.status, route).toBe(404);
          const { requestId: _, ...error } = await errorOf(response);
          expect(error, route).toEqual({ code: 'not-found', message: 'There is no such thing here.' });
        }
      }
    }
  });

  it('with two ids refuses an own meeting with a foreign part', async () => {
    const other = await house.meeting(stranger);
    const parts = { ...ids, itemId: other.items[0] ?? '', personId: stranger.person.id };
    for (const { route, method, path } of table) {
      if (!path.includes(':meetingId') || !/:(itemId|personId)/.test(path)) continue;
      for (const mixed of [parts, { ...ids, meetingId: other.meeting.id }]) {
        const json = FORMS[route];
        const response = await house.fetch(fill(path, mixed), { method, as: owner, ...(json ? { json } : {}) });
        expect(response.status, route).toBe(404);
      }
    }
  });

  it('of the registers is for administrators', async () => {
    for (const { route, method, path } of table) {
      if (!/^\/api\/(people|organisations)/.test(path) || method === 'GET') continue;
      const json = FORMS[route];
      const response = await house.fetch(fill(path, ids), { method, as: owner, ...(json ? { json } : {}) });
      expect(response.status, route).toBe(403);
      expect((await errorOf(response)).code, route).toBe('forbidden');
    }
  });

  it('names the wrong fields and repeats nothing of what was sent', async () => {
    const canary = 'KANARIE-7f3a';
    for (const route of withBody) {
      const [method = '', path = ''] = route.split(' ');
      const form = { ...(FORMS[route] as object), unknownField: canary, [canary]: canary };
      const as = /people|organisations/.test(path) && !path.includes('meetingId') ? admin : owner;
      const response = await house.fetch(fill(path, ids), { method, as, json: form });
      expect(response.status, route).toBe(400);
      const error = await errorOf(response);
      expect(error.code).toBe('bad-request');
      expect(Object.keys(error.fields ?? {}), route).toContain('unknownField');
      expect(await response.text(), route).not.toContain(canary);
      for (const body of [
        '[]',
        '"x"',
        'null',
        '7',
        JSON.stringify({
          ...(FORMS[route] as object),
          title: { a: canary },
          name: [canary],
          ids: canary,
          token: 1,
          current: 1,
          itemId: canary,
          reason: 1,
          email: 7,
          phase: canary,
          template: canary,
        }),
      ]) {
        const wrong = await house.fetch(fill(path, ids), {
          method,
          as,
          body,
          headers: { 'content-type': 'application/json' },
        });
        expect(wrong.status, `${route} ${body}`).toBe(400);
        expect(await wrong.text(), route).not.toContain(canary);
      }
    }
  });

  it('refuses what is not JSON, and what is too large, in the error shape', async () => {
    for (const { route, method, path } of table.filter((entry) => unsafe(entry.method))) {
      const send = (body: string, type: string | null) =>
        house.fetch(fill(path, ids), {
          method,
          as: owner,
          body,
          headers: type === null ? {} : { 'content-type': type },
        });
      for (const [body, type] of [
        ['{"name": "KANARIE', 'application/json'],
        ['name=KANARIE', 'application/x-www-form-urlencoded'],
        ['{"name":"KANARIE"}', 'text/plain'],
      ] as const) {
        const response = await send(body, type);
        expect(response.status, `${route} ${type}`).toBe(400);
        expect((await errorOf(response)).code).toBe('bad-request');
        expect(await response.text()).not.toContain('KANARIE');
      }
      const large = await send(`{"name":"${'x'.repeat(1024 * 1024)}"}`, 'application/json');
      expect(large.status, route).toBe(413);
      expect((await errorOf(large)).code).toBe('too-large');
    }
  });

  it('refuses a body that grows too large without having said so', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = request(
        `${house.url}/api/sign-out`,
        { method: 'POST', headers: { origin: house.url } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sent.on('error', reject);
      // Chunked: no content-length. The last byte is one over.
      sent.write(Buffer.alloc(1024 * 1024, 32));
      sent.end(' ');
    });
    expect(status).toBe(413);
  });

  it('tells the browser what it may do with the answer', async () => {
    const answers = [
      await house.fetch('/'),
      await house.fetch('/api/nothing'),
      await house.fetch('/collab/agenda:x'),
      ...(await Promise.all(table.map(({ method, path }) => house.fetch(fill(path, ids), { method, as: stranger })))),
    ];
    for (const response of answers) {
      const header = (name: string) => response.headers.get(name) ?? '';
      expect(header('x-content-type-options')).toBe('nosniff');
      expect(header('referrer-policy')).toBe('no-referrer');
      expect(header('permissions-policy')).toContain('camera=()');
      expect(header('cross-origin-opener-policy')).toBe('same-origin');
      expect(header('cross-origin-resource-policy')).toBe('same-origin');
      expect(header('cache-control')).toContain('no-store');
      expect(header('strict-transport-security')).toBe('');
      expect(header('x-request-id')).toMatch(/^[0-9a-z]{20}$/);
    }
  });

  it('that is none is 404 in the error shape, whoever asks and however it is spelled', async () => {
    for (const path of ['/api', '/api/', '/api/nothing', '/api//session', '/API/session', '/api/session/', '/demo/x'])
      for (const as of [undefined, owner]) {
        const response = await house.fetch(path, { as });
        expect(response.status, path).toBe(404);
        expect((await errorOf(response)).code).toBe('not-found');
      }
    expect((await house.fetch('/api/session', { method: 'PUT', as: owner })).status).toBe(404);
  });
});
