/**
 * Why this file exists: the cases of guests.test.ts: people without an account who try to be more than guests of one
 * meeting, and people with neither account nor code who try to get one.
 */
import { request } from 'node:http';
import type { GuestPlace, Guests } from '#shared/guests/api.ts';
import { newId } from '#shared/ids.ts';
import { call } from './call.ts';
import { type Case, harmless, type Outcome } from './cases.ts';
import type { Person, Place } from './protocol.ts';
import type { World } from './world.ts';

const LETTERS = 'abcdefghij';
let named = 0;
/** A name nobody else has. */
export function freshName(): string {
  named += 1;
  return `Gäst ${[...String(named)].map((digit) => LETTERS[Number(digit)]).join('')} Ek`;
}

/** What the host does about guests; throws when it is refused. */
export async function asHost(world: World, place: Place, method: string, path = '', body?: unknown): Promise<Guests> {
  const { status, text } = await call(world, world.host, method, `/api/meetings/${place.id}/guests${path}`, body);
  if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`);
  return JSON.parse(text) as Guests;
}

export interface Joined {
  status: number;
  guest: Person;
  place: GuestPlace;
}

/** Comes in by a code, as a browser without a cookie. */
export async function join(world: World, code: string, more: object = {}, from: Person | null = null): Promise<Joined> {
  const form = { code, name: freshName(), key: newId() + newId(), ...more };
  const { status, text, headers } = await call(world, from, 'POST', '/api/guests/join', form);
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
  const guest = { id: '', name: form.name, cookie, sessionId: '' };
  if (status === 200 && cookie) {
    const session = await call(world, guest, 'GET', '/api/session');
    guest.id = (JSON.parse(session.text) as { person: { id: string } }).person.id;
  }
  return { status, guest, place: JSON.parse(text) as GuestPlace };
}

/** A meeting of its own with the doors open. */
export async function opened(world: World, settings: object = {}): Promise<{ place: Place; code: string }> {
  const place = await world.ask('newPlace', 'ongoing', []);
  const { code } = await asHost(world, place, 'PATCH', '', { open: true, ...settings });
  return { place, code: code ?? '' };
}

const ok = (problems: string[]): Outcome => ({ problems });
const unless = (right: boolean, problem: string): string[] => (right ? [] : [problem]);

/** How a room's door answers: the close code, or 0 for being let in. */
async function door(world: World, as: Person, room: string): Promise<number> {
  const wire = await world.dial({ room, as });
  await wire.until(() => wire.code !== null || wire.frames.length > 0);
  const code = wire.code ?? 0;
  await wire.end();
  return code;
}

/* A18: a code that was ---------------------------------------------------------------------------------------------- */

const ENDINGS: [string, (world: World, place: Place) => Promise<unknown>][] = [
  ['rotated', (w, place) => asHost(w, place, 'POST', '/rotate', {})],
  ['closed', (w, place) => asHost(w, place, 'PATCH', '', { open: false })],
  ['ended', (w, place) => asHost(w, place, 'POST', '/end')],
  [
    'ended and opened again',
    async (w, place) => {
      await asHost(w, place, 'POST', '/end');
      await asHost(w, place, 'PATCH', '', { open: true });
    },
  ],
  ['of a meeting that was archived', (w, place) => call(w, w.host, 'POST', `/api/meetings/${place.id}/archive`)],
  ['of a meeting that was cancelled', (w, place) => call(w, w.host, 'POST', `/api/meetings/${place.id}/cancel`)],
];

const deadCode =
  (end: (typeof ENDINGS)[number][1]) =>
  async (world: World): Promise<Outcome> => {
    const { place, code } = await opened(world);
    await end(world, place);
    const unknown = await call(world, null, 'POST', '/api/guests/look', { code: 'QQQQQQ' });
    const look = await call(world, null, 'POST', '/api/guests/look', { code });
    const { status } = await join(world, code);
    const plain = (text: string) => text.replace(/"requestId":"[^"]*"/, '');
    return ok([
      ...unless(look.status === 404 && plain(look.text) === plain(unknown.text), `look: ${look.status} ${look.text}`),
      ...unless(status === 404, `join: ${status}`),
    ]);
  };

/** Removed, their browser tries everything it has: cookie, socket, key, route. */
async function backAfterRemoval(world: World): Promise<Outcome> {
  const { place, code } = await opened(world);
  const key = newId() + newId();
  const { guest } = await join(world, code, { key });
  const wire = await world.dial({ room: place.agenda, as: guest });
  await wire.until(() => wire.frames.length > 0 || wire.code !== null);
  await asHost(world, place, 'DELETE', `/${guest.id}`);
  const present = await world.ask('present', `agenda:${place.id}`);
  const late = wire.frames.length;
  await wire.until(() => wire.code !== null);
  await asHost(world, place, 'PATCH', '', { open: false });
  const again = await join(world, code, { key }, guest);
  return ok([
    ...unless(present === 0, `${present} still present when the answer came`),
    ...unless(wire.code === 4401, `the socket was closed with ${wire.code}`),
    ...unless(wire.frames.length === late, 'it was sent something more'),
    ...unless((await door(world, guest, place.agenda)) === 4401, 'the room lets them in'),
    ...unless((await call(world, guest, 'GET', '/api/guests/me')).status === 401, 'the session lives'),
    ...unless(again.status === 404, `the key opens: ${again.status}`),
  ]);
}

/* A20, A79: more than a guest --------------------------------------------------------------------------------------- */

/** Every route of the meeting they are in that changes something: the meeting is afterwards what it was. */
async function asOfficer(world: World): Promise<Outcome> {
  const { place, code } = await opened(world);
  const { guest } = await join(world, code);
  const { guest: other } = await join(world, code);
  const state = async () => (await call(world, world.host, 'GET', `/api/meetings/${place.id}`)).text;
  const before = await state();
  const problems: string[] = [];
  const bodies: Record<string, unknown> = {
    'PATCH /api/meetings/:meetingId': { guestsWrite: true, agendaOpen: true },
    'POST /api/meetings/:meetingId/phase': { phase: 'verification', version: 2 },
    'POST /api/meetings/:meetingId/participants': { personId: world.people.member.id },
    'PATCH /api/meetings/:meetingId/participants/:personId': { roles: ['chair'] },
    'POST /api/meetings/:meetingId/current-item': { itemId: place.items.open },
    'POST /api/meetings/:meetingId/guests/rotate': { endGuests: true },
    'POST /api/meetings/:meetingId/guests/:personId/merge': { personId: world.host.id },
  };
  for (const route of world.routes) {
    const [method = '', template = ''] = route.split(' ');
    if (method === 'GET' || !template.startsWith('/api/meetings/:meetingId')) continue;
    for (const personId of [guest.id, other.id, world.host.id]) {
      const ids: Record<string, string> = { meetingId: place.id, itemId: place.items.open, personId };
      const path = template.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? newId());
      const { status } = await call(world, guest, method, path, bodies[route] ?? {});
      if (status < 400 || status >= 500) problems.push(`${route}: ${status}`);
    }
  }
  if ((await state()) !== before) problems.push('the meeting is another');
  const seen = await call(world, guest, 'GET', `/api/meetings/${place.id}`);
  for (const secret of ['@exempel.se', code]) if (seen.text.includes(secret)) problems.push(`is told ${secret}`);
  return ok(problems);
}

/** Every route that is not of their meeting. */
async function outsideTheMeeting(world: World): Promise<Outcome> {
  const { code } = await opened(world);
  const { guest } = await join(world, code);
  const problems: string[] = [];
  const open =
    /^(POST \/api\/(sign-in|sign-out|links|guests|notice\/(look|answer)|projector\/enter)|GET \/api\/(session|meetings$|guests|openapi|docs))/;
  for (const route of world.routes.filter((one) => one.includes(' /api/') && !open.test(one))) {
    const [method = '', template = ''] = route.split(' ');
    for (const place of [world.foreign, world.places.ongoing]) {
      const ids: Record<string, string> = {
        meetingId: place.id,
        itemId: place.items.open,
        personId: world.people.member.id,
        organisationId: world.organisationId,
      };
      const path = template.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? newId());
      const { status, text } = await call(world, guest, method, path, method === 'GET' ? undefined : {});
      const wanted = template.includes(':meetingId') ? [400, 404] : [403];
      if (!wanted.includes(status)) problems.push(`${route}: ${status}`);
      if (text.includes(place.items.open)) problems.push(`${route} names what is foreign`);
    }
  }
  for (const place of [world.foreign, world.places.ongoing])
    for (const room of [place.agenda, place.open]) {
      const answer = await door(world, guest, room);
      if (answer !== 4403 && answer !== 4404) problems.push(`${room}: ${answer}`);
    }
  return ok(problems);
}

/** The room of a group one is not in is answered as one that does not exist; one's own is open. */
async function anotherGroup(world: World): Promise<Outcome> {
  const { place, code } = await opened(world);
  const { guest } = await join(world, code);
  const [mine, theirs, workshop] = [newId(), newId(), newId()];
  world.data(true, (db) => {
    db.prepare('insert into workshop values (?, ?, ?, 1, 0, ?, 0, 0, ?)').run(
      workshop,
      place.id,
      place.items.open,
      'officers',
      '{}',
    );
    for (const id of [mine, theirs])
      db.prepare('insert into breakout_group values (?, ?, ?, ?)').run(id, place.id, workshop, 'open');
    db.prepare('insert into group_member values (?, ?)').run(mine, guest.id);
  });
  const at = (group: string) => door(world, guest, `group:${place.id}:${group}`);
  const nowhere = await at(newId());
  const answers = { mine: await at(mine), theirs: await at(theirs) };
  const harvest = await door(world, guest, `harvest:${place.id}:${place.items.open}`);
  const summary = await door(world, guest, `summary:${place.id}:${place.items.open}`);
  world.data(true, (db) => db.prepare('delete from workshop where id = ?').run(workshop));
  return ok([
    ...unless(answers.mine === 0, `the own group is shut: ${answers.mine}`),
    ...unless(nowhere !== 0 && answers.theirs === nowhere, `another group: ${answers.theirs}, none: ${nowhere}`),
    ...unless(harvest === nowhere && summary === nowhere, `harvest ${harvest}, summary ${summary}`),
  ]);
}

/* A78: past the lobby, and without a code ---------------------------------------------------------------------------- */

async function pastTheLobby(world: World): Promise<Outcome> {
  const { place, code } = await opened(world, { lobby: true });
  const { guest, place: answer } = await join(world, code);
  const inside = [
    await call(world, guest, 'GET', `/api/meetings/${place.id}`),
    await call(world, guest, 'POST', `/api/meetings/${place.id}/guests/${guest.id}/admit`),
    await call(world, guest, 'POST', `/api/meetings/${place.id}/guests/admit`),
    await call(world, guest, 'PATCH', `/api/meetings/${place.id}/guests`, { lobby: false }),
    await call(world, guest, 'POST', '/api/guests/claim', { email: 'member@exempel.se', password: 'xxxxxxxxxxxx' }),
  ];
  const again = await join(world, code, {}, guest);
  const doors = await Promise.all([place.agenda, place.open].map((room) => door(world, guest, room)));
  const { waiting, guests } = await asHost(world, place, 'GET');
  return ok([
    ...unless(answer.state === 'waiting' && again.place.state === 'waiting', 'is let in by joining'),
    ...inside.flatMap(({ status }, n) => unless(status === 404, `request ${n}: ${status}`)),
    ...doors.flatMap((code) => unless(code === 4403, `a room: ${code}`)),
    ...unless(waiting.length === 1 && guests.length === 0, `${waiting.length} wait, ${guests.length} are in`),
  ]);
}

export const guestCases: readonly Case[] = [
  ...ENDINGS.map(
    ([title, end]): Case => ({
      id: 'A18',
      title: `a code that was ${title}`,
      send: deadCode(end),
      expect: harmless,
      allowed: true,
    }),
  ),
  { id: 'A18', title: 'a guest who was removed comes back', send: backAfterRemoval, expect: harmless, allowed: true },
  { id: 'A19', title: 'a guest acts as one who runs the meeting', send: asOfficer, expect: harmless, allowed: true },
  { id: 'A20', title: 'a guest goes to another group', send: anotherGroup, expect: harmless, allowed: true },
  { id: 'A79', title: 'a guest leaves their meeting', send: outsideTheMeeting, expect: harmless, allowed: true },
  { id: 'A78', title: 'round the lobby', send: pastTheLobby, expect: harmless, allowed: true },
];

/* Guessing ----------------------------------------------------------------------------------------------------------- */

/** Posts from one of the machine's own addresses. */
function post(world: World, from: string, path: string, form: object, more: Record<string, string> = {}) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: world.port,
        localAddress: from,
        method: 'POST',
        path,
        agent: false,
        headers: { host: world.authority, origin: world.url, 'content-type': 'application/json', ...more },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(form));
  });
}

const guess = (n: number): string =>
  [...String(n).padStart(6, '2')].map((digit) => 'ABCDEFGHJK'[Number(digit)]).join('');

/** A hall comes in by one address within ten seconds, each by two requests. */
async function hall(world: World): Promise<Outcome> {
  const { place, code } = await opened(world);
  const began = performance.now();
  // Ten at a time: a hall does not press its buttons in the same millisecond.
  const enters = async (): Promise<number[]> => {
    const look = await post(world, '127.0.0.1', '/api/guests/look', { code });
    const form = { code, name: freshName(), key: newId() + newId() };
    return [look.status, (await post(world, '127.0.0.1', '/api/guests/join', form)).status];
  };
  const joined: number[][] = [];
  for (let n = 0; n < 100; n += 10) joined.push(...(await Promise.all(Array.from({ length: 10 }, enters))));
  const took = performance.now() - began;
  console.log(`100 guests from one address were in after ${(took / 1000).toFixed(2)} s`);
  const { guests } = await asHost(world, place, 'GET');
  const refused = joined.flat().filter((status) => status !== 200);
  return ok([
    ...unless(refused.length === 0, `refused: ${refused.join(' ')}`),
    ...unless(guests.length === 100, `${guests.length} are in`),
    ...unless(took < 10_000, `it took ${Math.round(took)} ms`),
  ]);
}

/** Guesses from one address behind forged ones, as fast as they go, while others come by the right code. */
async function guessing(world: World): Promise<Outcome> {
  const { code } = await opened(world);
  let tried = 0;
  const bodies = new Set<string>();
  const seconds = 6;
  const until = performance.now() + seconds * 1000;
  const guesser = async (start: number): Promise<void> => {
    for (let n = start; performance.now() < until; n += 40) {
      const { status, text } = await post(
        world,
        '127.0.0.66',
        '/api/guests/look',
        { code: guess(n) },
        {
          'x-forwarded-for': `203.0.113.${n % 250}`,
          forwarded: `for=203.0.113.${n % 250}`,
        },
      );
      if (status === 404) tried += 1;
      bodies.add(`${status} ${text.replace(/"requestId":"[^"]*"/, '')}`);
    }
  };
  const attack = Promise.all(Array.from({ length: 40 }, (_, n) => guesser(n)));
  const elsewhere: number[] = [];
  let slowest = 0;
  while (performance.now() < until) {
    const began = performance.now();
    const { status } = await post(world, '127.0.0.1', '/api/guests/look', { code });
    slowest = Math.max(slowest, performance.now() - began);
    elsewhere.push(status);
  }
  // And from the guesser's own address: it waits its turn, and is let in.
  const same = await post(world, '127.0.0.66', '/api/guests/look', { code });
  await attack;
  return ok([
    // Thirty for nothing, one a second, those that were under way.
    ...unless(tried <= 30 + seconds + 15 + 40, `${tried} guesses were tried in ${seconds} s`),
    ...unless(bodies.size <= 2, `answers differ: ${[...bodies].join(' | ')}`),
    ...unless(
      elsewhere.length > 10 && elsewhere.every((status) => status === 200),
      `elsewhere: ${elsewhere.join(' ')}`,
    ),
    ...unless(slowest < 2_000, `the right code waited ${Math.round(slowest)} ms elsewhere`),
    ...unless(same.status === 200, `the right code from the same address: ${same.status} ${same.text}`),
  ]);
}

/** A thousand addresses at once. */
async function guessingTogether(world: World): Promise<Outcome> {
  const { code } = await opened(world);
  const settled: Promise<{ status: number; text: string }>[] = [];
  const elsewhere: number[] = [];
  for (let n = 0; n < 3_000; n += 50) {
    // What opening so many connections at one stroke costs is another row's business.
    for (let m = n; m < n + 50; m++) {
      const from = `127.1.${(m % 1_000) >> 8}.${(m % 1_000) & 255}`;
      settled.push(post(world, from, '/api/guests/look', { code: guess(m + 5_000) }));
    }
    elsewhere.push((await post(world, '127.0.0.1', '/api/guests/look', { code })).status);
  }
  const answers = await Promise.allSettled(settled);
  const found = answers.filter((answer) => answer.status === 'fulfilled' && answer.value.status === 200);
  return ok([
    ...unless(
      elsewhere.every((status) => status === 200),
      `elsewhere: ${elsewhere.join(' ')}`,
    ),
    ...unless(found.length === 0, `${found.length} guesses were right`),
  ]);
}

export const guessingCases: readonly Case[] = [
  {
    id: 'F59',
    title: 'a hall of a hundred guests from one address',
    send: hall,
    expect: harmless,
    allowed: true,
    crowd: true,
  },
  { id: 'A78', title: 'guesses from one address', send: guessing, expect: harmless, allowed: true, crowd: true },
  {
    id: 'A78',
    title: 'guesses from a thousand addresses',
    send: guessingTogether,
    expect: harmless,
    allowed: true,
    crowd: true,
    growth: 48,
  },
];
