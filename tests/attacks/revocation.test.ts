/**
 * A15, A16, A17: a right that is taken away is gone when the answer that takes it away comes. A thousand times somebody
 * types over a raw socket, at ten to two hundred keys a second or in bursts, and at a random moment an officer demotes,
 * locks, removes, closes or an administrator disables, or they sign out elsewhere. From the arrival of the HTTP answer:
 *
 * - nothing they send counts: of what they typed after it, nothing is in the room, then or later
 * - who lost all access is closed within a second, and of what others write after it gets not a byte
 * - who may still read is told so, or (a client that knows nothing of rights) closed with 4205
 *
 * A run is its seed: SEED=… runs that one alone, many times over.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type Random, random, seeds } from '../support/random.ts';
import { call } from './call.ts';
import { enter } from './cases.ts';
import { accessOf, EMPTY_VECTOR, heard, step1, syncBody, updateMessage } from './frames.ts';
import type { Person, Place } from './protocol.ts';
import type { WireSocket } from './wire-socket.ts';
import { openWorld, type World } from './world.ts';

const RUNS = 1_000;
const TRACKS = 25;
/** Somebody without access is closed within this, milliseconds, by the server's own promise. */
const CLOSED_MS = 1_000;

interface Track {
  place: Place;
  victim: Person;
  officer: Person;
  /** Writes before and after, and must not be heard by who has lost access. */
  bystander: Person;
}

type Loss = 'write' | 'all';
interface Revocation {
  loses: Loss;
  /** Resolves when the HTTP answer has come. */
  take(world: World, track: Track): Promise<void>;
  /** Puts everything back for the next run. */
  give(world: World, track: Track): Promise<void>;
}

async function must(answer: ReturnType<typeof call>): Promise<string> {
  const { status, text } = await answer;
  if (status !== 200 && status !== 204) throw new Error(`${status} ${text}`);
  return text;
}

const path = ({ place, victim }: Track): string => `/api/meetings/${place.id}/participants/${victim.id}`;
const lock = ({ place }: Track): string => `/api/meetings/${place.id}/items/${place.items.open}/lock`;

async function toPhase(world: World, { place, officer }: Track, phase: string): Promise<void> {
  const { version } = JSON.parse(await must(call(world, officer, 'GET', `/api/meetings/${place.id}`))) as {
    version: number;
  };
  await must(call(world, officer, 'POST', `/api/meetings/${place.id}/phase`, { phase, version }));
}

const signInAgain = async (world: World, track: Track): Promise<void> => {
  track.victim = await world.ask('again', track.victim.id);
};

const REVOCATIONS: Record<string, Revocation> = {
  demote: {
    loses: 'write',
    take: async (w, t) => void (await must(call(w, t.officer, 'PATCH', path(t), { roles: ['observer'] }))),
    give: async (w, t) => void (await must(call(w, t.officer, 'PATCH', path(t), { roles: ['member'] }))),
  },
  lock: {
    loses: 'write',
    take: async (w, t) => void (await must(call(w, t.officer, 'POST', lock(t), {}))),
    give: async (w, t) => void (await must(call(w, t.officer, 'DELETE', lock(t)))),
  },
  verify: {
    loses: 'write',
    take: (w, t) => toPhase(w, t, 'verification'),
    give: (w, t) => toPhase(w, t, 'ongoing'),
  },
  archive: {
    loses: 'write',
    take: async (w, t) => void (await must(call(w, t.officer, 'POST', `/api/meetings/${t.place.id}/archive`))),
    give: async (w, t) => void (await must(call(w, t.officer, 'POST', `/api/meetings/${t.place.id}/unarchive`))),
  },
  remove: {
    loses: 'all',
    take: async (w, t) => void (await must(call(w, t.officer, 'DELETE', path(t)))),
    give: async (w, t) =>
      void (await must(
        call(w, t.officer, 'POST', `/api/meetings/${t.place.id}/participants`, {
          personId: t.victim.id,
          roles: ['member'],
        }),
      )),
  },
  disable: {
    loses: 'all',
    take: async (w, t) =>
      void (await must(call(w, w.people.admin, 'PATCH', `/api/people/${t.victim.id}`, { disabled: true }))),
    async give(w, t) {
      await must(call(w, w.people.admin, 'PATCH', `/api/people/${t.victim.id}`, { disabled: false }));
      await signInAgain(w, t);
    },
  },
  'sign out': {
    loses: 'all',
    take: async (w, t) => void (await must(call(w, t.victim, 'POST', '/api/sign-out'))),
    give: signInAgain,
  },
  'sign out elsewhere': {
    loses: 'all',
    async take(w, t) {
      const elsewhere = await w.ask('again', t.victim.id);
      await must(call(w, elsewhere, 'POST', '/api/sign-out/others'));
    },
    give: signInAgain,
  },
};

/** Types numbered words into a paragraph of its own, one update each. */
class Typist {
  readonly #wire: WireSocket;
  readonly #word: string;
  readonly #doc = new Y.Doc();
  readonly #text = new Y.XmlText();
  sent = 0;

  constructor(wire: WireSocket, word: string) {
    this.#wire = wire;
    this.#word = word;
    this.#doc.on('update', (update: Uint8Array) => this.#wire.send(updateMessage(update)));
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [this.#text]);
    this.#doc.getXmlFragment('notes').insert(0, [paragraph]);
  }

  type(): void {
    this.#text.insert(this.#text.length, `${this.#word}${this.sent++};`);
  }

  end(): void {
    this.#doc.destroy();
  }
}

/** The text of the room as the bystander gets it. */
async function textOf(world: World, { place, bystander }: Track): Promise<string> {
  const wire = await enter(world, bystander, place.open);
  wire.send(step1(EMPTY_VECTOR));
  const isAnswer = (frame: Uint8Array): boolean => heard(frame).type === 0 && heard(frame).step === 1;
  await wire.until(() => !wire.open || wire.frames.some(isAnswer));
  const answer = wire.frames.find(isAnswer);
  await wire.end();
  if (!answer) throw new Error(`no answer, closed with ${wire.code}`);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, syncBody(answer));
  const text = doc.getXmlFragment('notes').toString();
  doc.destroy();
  return text;
}

/** The highest number of this word in the text, or -1. */
function lastOf(text: string, word: string): number {
  let last = -1;
  for (const [, n] of text.matchAll(new RegExp(`${word}(\\d+);`, 'g'))) last = Math.max(last, Number(n));
  return last;
}

/** Types until told to stop, steadily or in bursts. */
async function keepTyping(typist: Typist, dice: Random, stop: { now: boolean }): Promise<void> {
  const bursts = dice.next() < 0.3;
  const pause = dice.int(5, 100);
  while (!stop.now) {
    for (let n = bursts ? dice.int(2, 12) : 1; n > 0; n--) typist.type();
    await wait(bursts ? dice.int(1, 40) : pause);
  }
}

async function run(world: World, track: Track, seed: number): Promise<{ wrong: string[]; kept: number }> {
  const dice = random(seed);
  const name = dice.pick(Object.keys(REVOCATIONS));
  const { loses, take, give } = REVOCATIONS[name] as Revocation;
  const extended = dice.next() < 0.7;
  const wrong: string[] = [];
  const fail = (what: string): void => void wrong.push(`seed ${seed} (${name}): ${what}`);

  const wire = await enter(world, track.victim, track.place.open, extended ? '?v=1' : '');
  const aside = await enter(world, track.bystander, track.place.open);
  const word = `v${seed}x`;
  const typist = new Typist(wire, word);
  const other = new Typist(aside, `b${seed}x`);
  const stop = { now: false };
  const typing = keepTyping(typist, dice, stop);
  await wait(dice.int(0, 60));
  await take(world, track);
  const answeredAt = performance.now();
  const until = typist.sent;
  wire.frames.splice(0);

  // The others go on; so does the typist, for as long as the socket lets it.
  const secret = `hemligt${seed}`;
  const later = new Typist(aside, secret);
  later.type();
  for (let n = 0; n < 5; n++) typist.type();
  await wait(dice.int(5, 40));
  other.type();
  later.type();
  stop.now = true;
  await typing;
  if (loses === 'all' || !extended) {
    await wire.until(() => wire.code !== null, 5_000).catch(() => {});
    const took = performance.now() - answeredAt;
    const wanted = loses === 'write' ? 4205 : name === 'remove' ? 4403 : 4401;
    if (wire.code !== wanted) fail(`closed with ${wire.code}, not ${wanted}`);
    else if (took > CLOSED_MS + 500) fail(`closed after ${Math.round(took)} ms`);
    const leaked = wire.frames.filter((frame) => Buffer.from(frame).includes(secret));
    if (leaked.length > 0) fail(`${leaked.length} frames of what was written afterwards`);
  } else {
    await wire.until(() => wire.frames.some((frame) => accessOf(frame)?.endsWith('refused')), 5_000).catch(() => {});
    const told = wire.frames.flatMap((frame) => accessOf(frame) ?? []);
    if (!told.some((access) => access.startsWith('read'))) fail(`told ${JSON.stringify(told)}`);
    if (!told.some((access) => access.endsWith('refused'))) fail(`the refusal was not told: ${JSON.stringify(told)}`);
  }
  const last = lastOf(await textOf(world, track), word);
  if (last >= until) fail(`word ${last} was kept, ${until} had been sent when the answer came`);
  await Promise.all([wire.end(), aside.end()]);
  typist.end();
  other.end();
  later.end();
  await give(world, track);
  return { wrong, kept: last + 1 };
}

let world: World;
let tracks: Track[];

beforeAll(async () => {
  world = await openWorld();
  tracks = await Promise.all(
    Array.from({ length: TRACKS }, async (_, n): Promise<Track> => {
      const victim = await world.ask('newPerson', `Skrivare ${n}`, {});
      const officer = await world.ask('newPerson', `Ordförande ${n}`, {});
      const bystander = await world.ask('newPerson', `Sekreterare ${n}`, {});
      const place = await world.ask('newPlace', 'ongoing', [
        [victim.id, ['member']],
        [officer.id, ['chair']],
        [bystander.id, ['secretary']],
      ]);
      return { place, victim, officer, bystander };
    }),
  );
}, 60_000);
afterAll(() => world?.close());

it(`A15 of ${RUNS} typists whose right is taken away, none writes and none hears after the answer`, async () => {
  const drawn = seeds(RUNS);
  const wrong: string[] = [];
  let kept = 0;
  let next = 0;
  await Promise.all(
    tracks.map(async (track) => {
      while (next < drawn.length) {
        const seed = drawn[next++] as number;
        const result = await run(world, track, seed);
        wrong.push(...result.wrong);
        kept += result.kept;
      }
    }),
  );
  expect(wrong).toEqual([]);
  // They did type, and until then it counted.
  expect(kept).toBeGreaterThan(drawn.length);
}, 180_000);
