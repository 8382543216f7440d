/**
 * Why this file exists: the server that is attacked: the whole of it, in a process of its own, with a meeting in every
 * state, people in every role, and a second meeting of somebody else. Arguments: the folder for its data, and how
 * many milliseconds a room nobody is in stays loaded.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import * as Y from 'yjs';
import { addItem } from '#shared/agenda.ts';
import { type Id, newId } from '#shared/ids.ts';
import type { GivenRole } from '#shared/policy.ts';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import { startServer } from '../../server/compose.ts';
import { parseConfig } from '../../server/config.ts';
import { type Caller, SYSTEM } from '../../server/services.ts';
import {
  type Answer,
  type Ask,
  CAST,
  type Cast,
  type Person,
  type Place,
  type Questions,
  type Ready,
  STATES,
  type State,
} from './protocol.ts';

const [, , folder, warmMs] = process.argv;
if (!folder) throw new Error('usage: house-process.ts FOLDER WARM_MS');
const dist = join(folder, 'dist');
mkdirSync(join(dist, 'assets'), { recursive: true });
writeFileSync(join(dist, 'index.html'), '<!doctype html><html lang="sv"><head><title>Rådslag</title></head></html>');
writeFileSync(join(dist, 'assets/app-abc123.js'), 'console.log(1);');

const data = join(folder, 'data');
const server = await startServer({
  config: parseConfig({ DATA_DIR: data, PORT: '0', LOG_LEVEL: 'debug' }),
  dist,
  passwordCost: { ln: 4, r: 8, p: 1 },
  // Presence leaves at once: then nothing is under way when a case has been answered.
  limits: { warmMs: Number(warmMs), windowMs: 0 },
});
const { services, relay } = server;

async function signIn(id: Id): Promise<Person> {
  const { token, caller } = await services.sessions.begin(id);
  const person = (await services.people.list(SYSTEM)).find((one) => one.id === id);
  return { id, name: person?.name ?? '', cookie: `radslag=${token}`, sessionId: caller.sessionId };
}

async function newPerson(
  name: string,
  options: { isAdmin?: boolean; email?: string; password?: string } = {},
): Promise<Person> {
  const { id } = await services.people.create(SYSTEM, { name, email: options.email ?? null });
  if (options.isAdmin) await services.people.update(SYSTEM, id, { isAdmin: true });
  if (options.password !== undefined) {
    const { url } = await services.links.invite(SYSTEM, id);
    await services.links.use({ token: url.split('#')[1] ?? '', password: options.password });
  }
  return signIn(id);
}

const asCaller = (person: Person): Caller => ({ personId: person.id, isAdmin: false, sessionId: person.sessionId });

async function makePlace(owner: Person, state: State, people: [Id, GivenRole[]][]): Promise<Place> {
  const caller = asCaller(owner);
  const { meetings } = services;
  const made = await meetings.create(caller, { template: 'blank', title: `Möte ${state}` });
  const id = made.id;
  const items = { open: newId(), locked: newId(), spare: newId() };
  const agenda = roomName({ kind: 'agenda', meetingId: id });
  const room = (itemId: Id) => roomName({ kind: 'item', meetingId: id, itemId });
  await relay.edit(agenda, owner.id, (doc) => {
    for (const [title, itemId] of Object.entries(items)) addItem(doc, { id: itemId, title, kind: 'information' });
  });
  for (const itemId of Object.values(items))
    await relay.edit(room(itemId), owner.id, (doc) => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText('Samrådet noterar läget vid dammen.')]);
      doc.getXmlFragment(NOTES_FRAGMENT).insert(0, [paragraph]);
    });
  for (const [personId, roles] of people) await meetings.addParticipant(caller, id, { personId, roles });
  await meetings.lockItem(caller, id, items.locked, { reason: 'klar' });
  await meetings.update(caller, id, { agendaOpen: state !== 'preparation-closed' });
  const goTo = async (...phases: ('ongoing' | 'verification' | 'verified')[]): Promise<void> => {
    for (const phase of phases) {
      const { version } = await meetings.get(caller, id);
      await meetings.changePhase(caller, id, { phase, version });
    }
  };
  if (state === 'ongoing') await goTo('ongoing');
  if (state === 'verification') await goTo('ongoing', 'verification');
  if (state === 'verified') await goTo('ongoing', 'verification', 'verified');
  if (state === 'cancelled') await meetings.setCancelled(caller, id, true);
  if (state === 'archived') await meetings.setArchived(caller, id, true);
  return { id, agenda, open: room(items.open), locked: room(items.locked), items };
}

/** A tree of plain values that differs whenever what people see, or what has been deleted, differs. */
function contentOf(doc: Y.Doc): unknown {
  const { sv, ds } = Y.snapshot(doc);
  const deleted = [...ds.clients].map(([client, items]) => [client, items.map((item) => [item.clock, item.len])]);
  return {
    notes: doc.getXmlFragment(NOTES_FRAGMENT).toString(),
    items: doc.getMap('items').toJSON(),
    clocks: [...sv].toSorted(([a], [b]) => a - b),
    deleted: deleted.toSorted(([a], [b]) => Number(a) - Number(b)),
    pending: [doc.store.pendingStructs !== null, doc.store.pendingDs !== null],
  };
}

/* How long the loop stood still ------------------------------------------------------------------------------------ */

const LOOK_MS = 5;
let worst = { cpu: 0, wall: 0 };
let last = { cpu: process.threadCpuUsage(), wall: performance.now() };
function look(): void {
  const cpu = process.threadCpuUsage();
  const wall = performance.now();
  const spent = (cpu.user + cpu.system - last.cpu.user - last.cpu.system) / 1000;
  const gap = wall - last.wall - LOOK_MS;
  // Many short turns between two looks are no block: then the timer came in time.
  worst = { cpu: Math.max(worst.cpu, Math.min(spent, gap)), wall: Math.max(worst.wall, gap) };
  last = { cpu, wall };
}
setInterval(look, LOOK_MS);

/* Who is there ------------------------------------------------------------------------------------------------------ */

const host = await newPerson('Vera Värd');
const cast = {} as Record<Cast, Person>;
for (const [n, who] of CAST.entries())
  cast[who] = await newPerson(`Rut Nummer${n + 1}`, { isAdmin: who === 'admin', email: `${who}@exempel.se` });
const everybody = CAST.filter((who) => who !== 'admin' && who !== 'stranger').map((who): [Id, GivenRole[]] => [
  cast[who].id,
  [who as GivenRole],
]);
const places = {} as Record<State, Place>;
for (const state of STATES) places[state] = await makePlace(host, state, everybody);
const foreign = await makePlace(cast.stranger, 'ongoing', []);
const organisation = await services.organisations.create(SYSTEM, { name: 'Älvdalens förbund', shortName: 'ÄLV' });

const questions: Questions = {
  async hashes(rooms) {
    const hashes = [];
    for (const room of rooms)
      hashes.push(
        await relay.read(room, (doc) =>
          createHash('sha256')
            .update(JSON.stringify(contentOf(doc)))
            .digest('hex'),
        ),
      );
    // What the commit calls for (sending, presence) happens in the turns after it.
    await setImmediate();
    await setImmediate();
    return hashes;
  },
  async vitals(collect) {
    look();
    const { cpu, wall } = worst;
    if (collect) {
      globalThis.gc?.();
      // Pages are given back to the system some moments later.
      await setTimeout(100);
      globalThis.gc?.();
    }
    last = { cpu: process.threadCpuUsage(), wall: performance.now() };
    worst = { cpu: 0, wall: 0 };
    const { rss, heapUsed, external } = process.memoryUsage();
    const young = getHeapSpaceStatistics()
      .filter(({ space_name: name }) => name.startsWith('new_'))
      .reduce((sum, space) => sum + space.physical_space_size, 0);
    return { rss, young, used: heapUsed + external, loopCpuMs: cpu, loopWallMs: wall };
  },
  newPerson,
  again: signIn,
  newPlace: (state, people) => makePlace(host, state, people),
  async present(prefix) {
    return relay.present(prefix).size;
  },
  async links() {
    const guest = await newPerson('Ny Namn');
    const made = [await services.links.invite(SYSTEM, guest.id)];
    return made.map(({ url }) => url.split('#')[1] ?? '');
  },
};

async function answer(question: Ask): Promise<void> {
  let said: Answer;
  try {
    const reply = questions[question.ask] as (...args: unknown[]) => Promise<unknown>;
    said = { n: question.n, value: await reply(...question.with) };
  } catch (error) {
    said = { n: question.n, failed: String(error) };
  }
  process.send?.(said);
}

process.on('message', (question: Ask) => void answer(question));
process.on('disconnect', () => process.exit(1));
process.send?.({
  url: server.url,
  file: join(data, 'radslag.sqlite'),
  people: cast,
  host,
  places,
  foreign,
  organisationId: organisation.id,
  routes: server.routes,
} satisfies Ready);
