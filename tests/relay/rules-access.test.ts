/**
 * Why this file exists: ACC, and VAL's ownership of client ids: who may say what in a room, and that a right that was
 * taken away is gone when the call that took it returns.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '#shared/wire.ts';
import { awareness, mark, names, person, ROOM, readFrames, sync, Typist, World } from './world.ts';

let world: World;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  world = new World();
});
afterEach(() => {
  world.dispose();
  vi.useRealTimers();
});

const READ = { access: 'read', reason: 'observer' } as const;
const NONE = { access: 'none', reason: 'not-participant' } as const;
const WRITE = { access: 'write', reason: '' } as const;
const rowCount = async () => (await world.store.inner.load(ROOM)).rows.length;
const accesses = (frames: Uint8Array[]) =>
  readFrames(frames)
    .filter((frame) => frame.name === 'access')
    .map((frame) => frame.strings.join(' '));

/** Makes the decisions wait; returns what lets them through. */
function gateDecisions(): () => void {
  let open = () => {};
  world.decisionGate = new Promise<void>((resolve) => {
    open = () => {
      world.decisionGate = null;
      resolve();
    };
  });
  return open;
}

test('ACC-1 without access the socket is closed with 4403 before any frame of the room', async () => {
  world.rights.set('astrid', NONE);
  const client = world.raw(person('astrid'));
  client.send(sync(0, new Uint8Array([0])));
  await world.settle();
  expect(client.frames).toEqual([]);
  expect(client.close?.code).toBe(4403);
  expect(world.store.loads).toBe(0);
});

test('ACC-2 an extended client is told its access at open; a stock client is told nothing it does not know', async () => {
  world.rights.set('olga', READ);
  const reader = world.raw(person('olga'));
  const stock = world.raw(person('olga'), { extended: false });
  await world.settle();
  expect(accesses(reader.frames)).toEqual(['read observer']);
  stock.send(sync(2, new Typist().type('nej')));
  await world.settle();
  expect(names(stock.frames)).toEqual(['step1']);
});

test('ACC-3 a reader may repeat what is known, and no more', async () => {
  await world.relay.edit(ROOM, 'astrid', (doc) => {
    doc.getText('t').insert(0, 'känt sedan förut');
    doc.getText('t').delete(0, 5);
  });
  world.rights.set('olga', READ);
  const other = world.raw(person('bo'));
  const reader = world.raw(person('olga'));
  const mine = new Typist();
  Y.applyUpdate(mine.doc, await world.relay.read(ROOM, (doc) => Y.encodeStateAsUpdate(doc)));
  await world.settle();
  const before = await rowCount();
  other.frames.length = 0;
  reader.frames.length = 0;
  reader.send(sync(1, new Uint8Array([0, 0])));
  reader.send(sync(1, mine.all()));
  reader.send(sync(2, mine.all()));
  reader.send(mark(1));
  await world.settle();
  expect(names(reader.frames)).toEqual(['persisted']);
  reader.send(sync(2, mine.type(' och nytt')));
  reader.send(mark(2));
  reader.send(sync(1, mine.all()));
  reader.send(mark(3));
  await world.settle();
  expect(accesses(reader.frames)).toEqual(['read refused', 'read refused']);
  expect(names(reader.frames).filter((name) => name === 'persisted')).toHaveLength(1);
  expect(reader.close).toBeNull();
  expect(other.frames).toEqual([]);
  expect(await world.text()).toBe('sedan förut');
  expect(await rowCount()).toBe(before);
});

test('ACC-4 a reader may not delete either, by update or by sync step 2', async () => {
  await world.relay.edit(ROOM, 'astrid', (doc) => doc.getText('t').insert(0, 'står kvar'));
  world.rights.set('olga', READ);
  const reader = world.raw(person('olga'));
  const mine = new Typist();
  Y.applyUpdate(mine.doc, await world.relay.read(ROOM, (doc) => Y.encodeStateAsUpdate(doc)));
  reader.send(sync(2, mine.erase(0, 5)));
  reader.send(sync(1, mine.all()));
  await world.settle();
  expect(await world.text()).toBe('står kvar');
  expect(accesses(reader.frames)).toEqual(['read observer', 'read refused', 'read refused']);
});

test('ACC-5 write to read: nothing sent after the call counts, the socket stays, the client is told', async () => {
  const client = world.raw(person('astrid'));
  const typist = new Typist();
  await world.settle();
  client.send(sync(2, typist.type('före ')));
  await world.settle();
  world.rights.set('astrid', READ);
  await world.relay.reauthorize({ roomPrefix: 'item:vinterm0te' });
  client.send(sync(2, typist.type('efter')));
  client.send(mark(1));
  await world.settle();
  expect(await world.text()).toBe('före ');
  expect(accesses(client.frames)).toEqual(['write ', 'read observer', 'read refused']);
  expect(names(client.frames)).not.toContain('persisted');
  expect(client.close).toBeNull();
});

test('ACC-6 messages that come while a right is decided anew wait, and count under the new one', async () => {
  const client = world.raw(person('astrid'));
  await world.settle();
  const open = gateDecisions();
  world.rights.set('astrid', READ);
  let returned = false;
  const call = world.relay.reauthorize({ personId: 'astrid' }).then(() => {
    returned = true;
  });
  client.send(sync(2, new Typist().type('mitt i')));
  await world.settle();
  expect(returned).toBe(false);
  expect(await rowCount()).toBe(0);
  open();
  await call;
  await world.settle();
  expect(await rowCount()).toBe(0);
  expect(accesses(client.frames)).toEqual(['write ', 'read observer', 'read refused']);
});

test('ACC-7 a right that changes while a connection is being let in finds that connection', async () => {
  const open = gateDecisions();
  const client = world.raw(person('astrid'));
  await world.settle();
  // The first decision has been read from the tables (write) and is still under way when the right is taken.
  world.rights.set('astrid', NONE);
  const call = world.relay.reauthorize({ personId: 'astrid' });
  open();
  await call;
  client.send(sync(2, new Typist().type('smet in')));
  await world.settle();
  expect(client.frames).toEqual([]);
  expect(client.close?.code).toBe(4403);
  expect(await rowCount()).toBe(0);
});

test('ACC-8 a right taken while the room is loading keeps the connection out', async () => {
  let open = () => {};
  const load = world.store.load.bind(world.store);
  world.store.load = async (room) => {
    await new Promise<void>((resolve) => {
      open = resolve;
    });
    return load(room);
  };
  const client = world.raw(person('astrid'));
  await world.settle();
  const openDecision = gateDecisions();
  world.rights.set('astrid', NONE);
  const call = world.relay.reauthorize({ room: ROOM });
  open();
  await world.settle();
  expect(client.frames).toEqual([]);
  openDecision();
  await call;
  await world.settle();
  expect(client.frames).toEqual([]);
  expect(client.close?.code).toBe(4403);
});

test('ACC-9 an older decision that answers late does not undo a newer one', async () => {
  const client = world.raw(person('astrid'));
  await world.settle();
  const openFirst = gateDecisions();
  const first = world.relay.reauthorize({ room: ROOM });
  world.decisionGate = null;
  world.rights.set('astrid', READ);
  await world.relay.reauthorize({ room: ROOM });
  openFirst();
  await first;
  client.send(sync(2, new Typist().type('nej')));
  await world.settle();
  expect(await rowCount()).toBe(0);
  expect(accesses(client.frames)).toEqual(['write ', 'read observer', 'read refused']);
});

test('ACC-10 losing all access closes with 4403, and nothing is sent afterwards', async () => {
  const client = world.raw(person('astrid'));
  const other = world.raw(person('bo'));
  await world.settle();
  world.rights.set('astrid', NONE);
  await world.relay.reauthorize({ personId: 'astrid', roomPrefix: 'item:' });
  const sent = client.pair.sent.length;
  other.send(sync(2, new Typist().type('hemligt')));
  await world.settle();
  expect(client.pair.sent.length).toBe(sent);
  expect(client.close?.code).toBe(4403);
  expect(other.close).toBeNull();
});

test('ACC-11 a stock client whose right changed is closed with 4205 and comes again by itself', async () => {
  const provider = world.provider(person('astrid'));
  await world.settle();
  provider.doc.getText('t').insert(0, 'a');
  await world.settle();
  const closes: number[] = [];
  provider.on('connection-close', (event: CloseEvent | null) => closes.push(event?.code ?? 0));
  world.rights.set('astrid', READ);
  await world.relay.reauthorize({ personId: 'astrid' });
  await world.settle();
  expect(closes).toEqual([CLOSE.rightsChanged]);
  await world.pass(1_000);
  expect(provider.synced).toBe(true);
  provider.doc.getText('t').insert(1, 'b');
  await world.settle();
  expect(await world.text()).toBe('a');
});

test('ACC-12 who may write again is asked for what was refused, and then its marks are answered', async () => {
  world.rights.set('astrid', READ);
  const client = world.raw(person('astrid'));
  const typist = new Typist();
  await world.settle();
  client.send(sync(2, typist.type('först nekad, ')));
  client.send(mark(1));
  await world.settle();
  world.rights.set('astrid', WRITE);
  await world.relay.reauthorize({ personId: 'astrid' });
  client.frames.length = 0;
  client.send(sync(2, typist.type('sedan släppt')));
  client.send(mark(2));
  await world.settle();
  const frames = readFrames(client.frames);
  expect(frames.map((frame) => frame.name)).toEqual(['access', 'step1']);
  client.send(sync(1, Y.encodeStateAsUpdate(typist.doc, frames[1]!.bytes)));
  await world.settle();
  expect(await world.text()).toBe('först nekad, sedan släppt');
  expect(readFrames(client.frames).map((frame) => [frame.name, frame.n])).toContainEqual(['persisted', 2]);
});

test('ACC-13 a decision that fails lets nobody in', async () => {
  const client = world.raw(person('astrid'));
  await world.settle();
  world.decisionGate = Promise.reject(new Error('database'));
  await world.relay.reauthorize({ personId: 'astrid' });
  const late = world.raw(person('bo'));
  await world.settle();
  expect(client.close?.code).toBe(1011);
  expect(late.close?.code).toBe(1011);
  expect(late.frames).toEqual([]);
});

test('ACC-14 disconnect kills a session or a person at once, those being let in too, and spares the session that asked', async () => {
  const first = world.raw(person('astrid', 's1'));
  const second = world.raw(person('astrid', 's2'));
  const other = world.raw(person('bo', 's3'));
  await world.settle();
  const open = gateDecisions();
  const arriving = world.raw(person('astrid', 's1'));
  await world.settle();
  world.relay.disconnect({ personId: 'astrid', exceptSessionId: 's2' }, 4401, 'signed out');
  first.send(sync(2, new Typist().type('för sent')));
  open();
  await world.settle();
  expect([first.close?.code, arriving.close?.code]).toEqual([4401, 4401]);
  expect(arriving.frames).toEqual([]);
  expect([second.close, other.close]).toEqual([null, null]);
  world.relay.disconnect({ sessionId: 's3' }, 4401, 'signed out');
  await world.settle();
  expect(other.close?.code).toBe(4401);
  expect(second.close).toBeNull();
  expect(await rowCount()).toBe(0);
});

test('VAL-1 structs under somebody else’s client id are refused, wholly, and everybody keeps the same text', async () => {
  world.attacked = true;
  const author = world.raw(person('astrid'));
  const forger = world.raw(person('bo'));
  await world.settle();
  author.send(sync(2, new Typist(77).type('äkta')));
  await world.settle();
  const forged = new Typist(77);
  forged.type('äkta');
  const own = new Typist(78);
  Y.applyUpdate(own.doc, forged.type(' falskt'));
  own.type('eget');
  author.frames.length = 0;
  forger.send(sync(2, forged.updates.at(-1)!));
  forger.send(sync(2, Y.mergeUpdates([own.all(), forged.all()])));
  forger.send(mark(1));
  await world.settle();
  expect(await world.text()).toBe('äkta');
  expect(author.frames).toEqual([]);
  expect(accesses(forger.frames)).toEqual(['write ', 'write refused', 'write refused']);
  expect(names(forger.frames)).not.toContain('persisted');
  expect((await world.store.inner.load(ROOM)).owners).toEqual(new Map([[77, 'astrid']]));
});

test('VAL-2 ownership is stored with the update and holds after a restart, also for offline edits of the owner', async () => {
  world.attacked = true;
  const author = world.raw(person('astrid'));
  const typist = new Typist(77);
  await world.settle();
  author.send(sync(2, typist.type('ett')));
  await world.settle();
  world.crash();
  world.start();
  const forger = world.raw(person('bo'));
  const again = world.raw(person('astrid', 'another session'));
  await world.settle();
  const forged = new Typist(77);
  Y.applyUpdate(forged.doc, typist.all());
  forged.doc.clientID = 77; // Yjs re-rolls it when it meets itself; a forger does not.
  forger.send(sync(2, forged.type(' falskt')));
  typist.type(' två');
  again.send(sync(1, typist.all()));
  await world.settle();
  expect(await world.text()).toBe('ett två');
});

test('VAL-3 presence claims a client id too', async () => {
  world.attacked = true;
  const author = world.raw(person('astrid'));
  const forger = world.raw(person('bo'));
  await world.settle();
  author.send(awareness([77, 0, {}]));
  forger.send(sync(2, new Typist(77).type('falskt')));
  await world.settle();
  expect(await world.text()).toBe('');
  author.send(sync(2, new Typist(77).type('äkta')));
  await world.settle();
  expect(await world.text()).toBe('äkta');
});

test('VAL-4 what the server wrote for a person belongs to that person', async () => {
  await world.relay.edit(ROOM, 'astrid', (doc) => doc.getText('t').insert(0, 'mall'));
  const { owners, rows } = await world.store.inner.load(ROOM);
  expect([...owners.values()]).toEqual(['astrid']);
  expect(rows.map((row) => row.personId)).toEqual(['astrid']);
});

test('VAL-5 other people’s text that is here already may be said again beside one’s own, but not changed', async () => {
  const author = world.raw(person('astrid'));
  const teller = world.raw(person('bo'));
  await world.settle();
  author.send(sync(2, new Typist(77).type('äkta ')));
  await world.settle();
  const repeated = new Typist(77);
  repeated.type('annat');
  const own = new Typist(78);
  own.type('eget');
  author.frames.length = 0;
  // As a client does that reads its store on the device after it has connected.
  teller.send(sync(2, Y.mergeUpdates([repeated.all(), own.all()])));
  teller.send(mark(1));
  await world.settle();
  expect([...(await world.text())].sort().join('')).toBe([...'äkta eget'].sort().join(''));
  expect(names(teller.frames).at(-1)).toBe('persisted');
  const passedOn = readFrames(author.frames).find((frame) => frame.name === 'update')!;
  expect(Y.decodeUpdate(passedOn.bytes).structs.map((struct) => struct.id.client)).toEqual([78]);
});
