/**
 * Why this file exists: mutated frames on the connections of a relay, from people who may write in one room and only read
 * in another. Somebody honest sits in both. The relay must live, answer everybody else, and the readers' room must be to
 * the letter what it was.
 */
import * as Y from 'yjs';
import { contentHash } from '#shared/content-hash.ts';
import { createRelay } from '../../server/relay/relay.ts';
import { MemoryUpdateStore } from '../../server/storage/update-store-memory.ts';
import { awareness, mark, person, readFrames, sync, Typist, turn } from '../relay/world.ts';
import { mutated, varUint, Writers } from '../support/edits.ts';
import { type Random, random } from '../support/random.ts';
import { Network, RawClient } from '../support/socket-pair.ts';
import { emptyReport, type FuzzReport, timed } from './report.ts';

/** Mutated frames on one relay. */
export const FRAMES_PER_SEED = 500;
const [WRITTEN, READ] = ['item:fuzz:written', 'item:fuzz:read'];

/** A frame somebody honest could send, before it is mutated. */
export function honestFrame(r: Random, writers: Writers): Uint8Array {
  if (r.next() < 0.3) writers.step();
  switch (r.int(0, 8)) {
    case 0:
      return sync(0, Y.encodeStateVector(r.pick(writers.docs)));
    case 1:
      return sync(1, writers.anUpdate());
    case 2:
      return mark(r.int(0, 1_000));
    case 3:
      return Uint8Array.of(3);
    case 4:
    case 5:
      return awareness([r.int(1, 3), r.int(0, 9), { caret: r.int(0, 99), user: { name: 'någon' } }]);
    default:
      return sync(2, writers.anUpdate());
  }
}

/** Mutated, now and then replaced by noise, or said to be another type. */
export function mutatedFrame(r: Random, writers: Writers): Uint8Array {
  const frame = honestFrame(r, writers);
  switch (r.int(0, 9)) {
    case 0:
      return Uint8Array.from({ length: r.int(0, 200) }, () => r.int(0, 255));
    case 1:
      return Uint8Array.from([...varUint(r.pick([0, 1, 2, 3, 4, 120, 121, 124, 125, 126, 255, 2 ** 40])), ...frame]);
    case 2:
    case 3:
    case 4:
      // A sound frame around a broken update gets further.
      return sync(r.int(1, 2), mutated(writers.anUpdate(), r, writers.anUpdate()));
    default:
      return mutated(frame, r, honestFrame(r, writers));
  }
}

/** One relay of one seed. Throws when anything is wrong. */
export async function fuzzFrames(seed: number, report: FuzzReport = emptyReport()): Promise<FuzzReport> {
  const r = random(seed);
  const relay = createRelay({
    store: new MemoryUpdateStore(),
    authorize: (principal, room) =>
      room === READ && principal.personId.startsWith('attacker')
        ? { access: 'read', reason: 'observer' }
        : { access: 'write', reason: '' },
  });
  const network = new Network(relay);
  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; quiet = network.pump() ? 0 : quiet + 1) await turn();
  };
  const honest = [WRITTEN, READ].map((room) => new RawClient(network, room, person('astrid'), true));
  await settle();
  const typing = honest.map(() => new Typist());
  for (const [i, client] of honest.entries()) client.send(sync(2, typing[i]!.type('ursprunglig text')));
  await settle();
  const hashOf = (room: string): Promise<string> => relay.read(room, contentHash);
  const before = await hashOf(READ);

  const dial = (i: number): RawClient =>
    new RawClient(network, i % 2 === 0 ? WRITTEN : READ, person(`attacker${i}`), r.next() < 0.5);
  const attackers = [0, 1, 2, 3].map(dial);
  const writers = attackers.map(() => new Writers(r, 2));
  for (let i = 0; i < FRAMES_PER_SEED; i++) {
    const at = r.int(0, attackers.length - 1);
    if (attackers[at]!.close) attackers[at] = dial(at);
    await turn();
    const frame = mutatedFrame(r, writers[at]!);
    attackers[at]!.send(frame);
    timed(report, seed, frame, () => {
      attackers[at]!.pair.stepToServer();
      const close = attackers[at]!.pair.serverClose;
      return close ? `closed ${close.code} ${close.reason}` : 'open';
    });
    network.pump();
  }
  await settle();
  if ((await hashOf(READ)) !== before) throw new Error(`SEED=${seed}: readers changed a room`);
  for (const [i, client] of honest.entries()) {
    if (client.close) throw new Error(`SEED=${seed}: somebody honest was closed: ${JSON.stringify(client.close)}`);
    client.send(sync(2, typing[i]!.type(' och mer')));
    client.send(mark(1));
  }
  await settle();
  await agree(seed, honest, [WRITTEN, READ], typing, hashOf);
  await relay.stop();
  for (const { docs } of writers) for (const doc of docs) doc.destroy();
  return report;
}

/** Everybody honest was answered, and their copies are the room's. */
async function agree(
  seed: number,
  honest: readonly RawClient[],
  rooms: readonly string[],
  typing: readonly Typist[],
  hashOf: (room: string) => Promise<string>,
): Promise<void> {
  for (const [i, client] of honest.entries()) {
    const frames = readFrames(client.frames);
    if (!frames.some(({ name, n }) => name === 'persisted' && n === 1))
      throw new Error(`SEED=${seed}: somebody honest was not answered`);
    const { doc } = typing[i]!;
    for (const { name, bytes } of frames) if (name === 'update' || name === 'step2') Y.applyUpdate(doc, bytes);
    if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error(`SEED=${seed}: something waits in a copy`);
    if (contentHash(doc) !== (await hashOf(rooms[i]!))) throw new Error(`SEED=${seed}: a copy differs from the room`);
    doc.destroy();
  }
}
