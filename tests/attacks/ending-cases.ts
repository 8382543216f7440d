/**
 * Why this file exists: the cases of rights.test.ts in which somebody has the room open while the ground is taken away.
 * The thousandfold version, at random moments, is revocation.test.ts.
 */
import { call } from './call.ts';
import { type Case, enter, harmless, type Outcome, outcomeOf } from './cases.ts';
import { accessOf, paragraph, step2, updateMessage } from './frames.ts';
import type { Person, Place } from './protocol.ts';
import type { WireSocket } from './wire-socket.ts';
import type { World } from './world.ts';

/** A socket outlives its session by at most this, milliseconds, and the machine's own delays. */
const CLOSED_MS = 1_000 + 500;

interface Scene {
  person: Person;
  place: Place;
}

const EMAIL = 'ending';
let scenes = 0;

async function scene(world: World): Promise<Scene & { password: string }> {
  const password = 'granar vid dammen';
  const person = await world.ask('newPerson', 'Tage Tab', { email: `${EMAIL}${++scenes}@exempel.se`, password });
  const place = await world.ask('newPlace', 'ongoing', [
    [person.id, ['member']],
    [world.people.secretary.id, ['secretary']],
  ]);
  return { person, place, password };
}

/** All rooms of the meeting open; then `end`; then somebody else writes. Nothing of that may arrive. */
const ended =
  (end: (world: World, scene: Scene & { password: string }) => Promise<unknown>, code: number) =>
  async (world: World): Promise<Outcome> => {
    const made = await scene(world);
    const { place, person } = made;
    const rooms = [place.agenda, place.open, place.locked, place.open];
    const wires = await Promise.all(rooms.map((room, n) => enter(world, person, room, n === 3 ? '' : '?v=1')));
    await end(world, made);
    const from = performance.now();
    for (const wire of wires) wire.frames.splice(0);
    const other = await enter(world, world.people.secretary, place.open);
    other.send(updateMessage(paragraph('HEMLIGT')));
    await outcomeOf(other);
    for (const wire of wires) wire.send(updateMessage(paragraph('OLOVLIGT')));
    await Promise.all(wires.map((wire) => wire.until(() => wire.code !== null, 5_000).catch(() => {})));
    const ms = performance.now() - from;
    const problems = wires.filter((wire) => wire.code !== code).map((wire) => `closed with ${wire.code}, not ${code}`);
    if (ms > CLOSED_MS) problems.push(`after ${Math.round(ms)} ms`);
    if (wires.some((wire) => wire.frames.some((frame) => Buffer.from(frame).includes('HEMLIGT'))))
      problems.push('what was written afterwards arrived');
    const kept = world.data(false, (db) =>
      db
        .prepare(
          'select count(*) as n from room_update where room = (select number from room where name = ?) and instr(data, ?) > 0',
        )
        .get(place.open, Buffer.from('OLOVLIGT')),
    );
    if (Number(kept?.n) > 0) problems.push('what they wrote afterwards was kept');
    await Promise.all([...wires, other].map((wire) => wire.end()));
    return { problems };
  };

const ENDS: [string, string, Parameters<typeof ended>[0], number][] = [
  ['A16', 'signs out', (w, { person }) => call(w, person, 'POST', '/api/sign-out'), 4401],
  [
    'A16',
    'signs out elsewhere',
    async (w, { person }) => call(w, await w.ask('again', person.id), 'POST', '/api/sign-out/others'),
    4401,
  ],
  [
    'A16',
    'changes the password elsewhere',
    async (w, { person, password }) => {
      const next = 'en annan mening';
      return call(w, await w.ask('again', person.id), 'POST', '/api/account/password', { current: password, next });
    },
    4401,
  ],
  [
    'A16',
    'is barred from signing in',
    (w, { person }) => call(w, w.people.admin, 'PATCH', `/api/people/${person.id}`, { disabled: true }),
    4401,
  ],
  ['A17', 'is removed from the meeting', (w, s) => removed(w, s), 4403],
];

const removed = (w: World, { person, place }: Scene): Promise<unknown> =>
  call(w, w.people.secretary, 'DELETE', `/api/meetings/${place.id}/participants/${person.id}`);

/** By the clock, or straight in the data: nobody tells the server. */
const expired =
  (sql: string) =>
  (world: World, { person }: Scene) =>
    Promise.resolve(world.data(true, (db) => db.prepare(sql).run(person.sessionId)));

/** The same, but nothing is said of what others write before the server has noticed: it may be some milliseconds. */
const noticed =
  (sql: string) =>
  async (world: World): Promise<Outcome> => {
    const { person, place } = await scene(world);
    const wires = await Promise.all([place.agenda, place.open].map((room) => enter(world, person, room)));
    await expired(sql)(world, { person, place });
    const from = performance.now();
    await Promise.all(wires.map((wire) => wire.until(() => wire.code !== null, 5_000).catch(() => {})));
    const ms = performance.now() - from;
    const problems = wires.filter((wire) => wire.code !== 4401).map((wire) => `closed with ${wire.code}`);
    if (ms > CLOSED_MS) problems.push(`after ${Math.round(ms)} ms`);
    await Promise.all(wires.map((wire: WireSocket) => wire.end()));
    return { problems };
  };

/* A19 -------------------------------------------------------------------------------------------------------------- */

/** Tabs that were open before the meeting was sealed go on writing in every way there is. */
async function oldTabs(world: World): Promise<Outcome> {
  const { people } = world;
  const place = await world.ask('newPlace', 'verification', [
    [people.chair.id, ['chair']],
    [people.secretary.id, ['secretary']],
    [people.member.id, ['member']],
  ]);
  const rooms = [place.agenda, place.open, place.locked];
  const wires = await Promise.all(
    [people.chair, people.secretary, people.member, world.host].flatMap((person) =>
      rooms.flatMap((room) => [enter(world, person, room), enter(world, person, room, '')]),
    ),
  );
  const { version } = JSON.parse((await call(world, people.chair, 'GET', `/api/meetings/${place.id}`)).text) as {
    version: number;
  };
  const sealed = await call(world, people.chair, 'POST', `/api/meetings/${place.id}/phase`, {
    phase: 'verified',
    version,
  });
  const before = await world.ask('hashes', rooms);
  const rows = world.journalRows();
  for (const wire of wires) {
    wire.frames.splice(0);
    wire.send(updateMessage(paragraph('Efteråt')));
    wire.send(step2(paragraph('Efteråt också')));
  }
  await Promise.all(wires.filter((wire) => wire.open).map(outcomeOf));
  const problems: string[] = [];
  if (sealed.status !== 200) problems.push(`not sealed: ${sealed.status} ${sealed.text}`);
  if ((await world.ask('hashes', rooms)).join() !== before.join()) problems.push('the text is another than was sealed');
  if (world.journalRows() !== rows) problems.push('something was written');
  for (const [n, wire] of wires.entries()) {
    // Every second one is a client that knows nothing of rights; it is closed when its right has changed.
    const told = n % 2 === 1 || wire.frames.some((frame) => accessOf(frame)?.endsWith('refused'));
    if (wire.code === null ? !told : wire.code !== 4205) problems.push(`socket ${n}: closed with ${wire.code}`);
  }
  await Promise.all(wires.map((wire) => wire.end()));
  return { problems };
}

export const endingCases: readonly Case[] = [
  ...ENDS.map(
    ([id, title, end, code]): Case => ({
      id,
      title: `four open sockets, and their person ${title}`,
      send: ended(end, code),
      expect: harmless,
      allowed: true,
    }),
  ),
  ...(
    [
      ['runs out', 'update session set expires_at = 1 where id = ?'],
      ['is older than any may be', 'update session set created_at = 1 where id = ?'],
      ['is deleted from the data', 'delete from session where id = ?'],
    ] as const
  ).map(
    ([title, sql]): Case => ({
      id: 'A16',
      title: `an open socket whose session ${title}`,
      send: noticed(sql),
      expect: harmless,
      allowed: true,
    }),
  ),
  {
    id: 'A19',
    title: 'tabs of four people that were open before the meeting was sealed',
    send: oldTabs,
    expect: harmless,
    allowed: true,
  },
];
