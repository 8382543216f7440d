/**
 * Why this file exists: the shipping room client over the real relay, without a network: the states of saving, text kept
 * on the device, refused text kept for its author, dead sockets noticed.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { MESSAGE_AWARENESS, MESSAGE_MARK } from '#shared/wire.ts';
import type { RoomDevice } from '../../client/collab/device.ts';
import { RoomRegistry } from '../../client/collab/registry.ts';
import { RoomClient } from '../../client/collab/room-client.ts';
import type { Refusal } from '../../client/collab/types.ts';
import { MemoryUpdateStore } from '../../server/storage/update-store-memory.ts';
import { person, ROOM, World } from '../relay/world.ts';
import { MemoryDevice } from './memory-device.ts';

let world: World;
const clients: RoomClient[] = [];

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  world = new World();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
  world.dispose();
  vi.useRealTimers();
});

interface Opened {
  client: RoomClient;
  replaced: (readonly Refusal[])[];
}

function open(who: string, device: RoomDevice | null = null): Opened {
  const replaced: (readonly Refusal[])[] = [];
  const client = new RoomClient({
    name: ROOM,
    url: 'ws://test/collab',
    device,
    WebSocket: world.network.webSocketFor(person(who)),
    onReplaced: (refused) => replaced.push(refused),
  });
  clients.push(client);
  return { client, replaced };
}

/** Adds a paragraph at the end, as an editor would. */
function write(client: RoomClient, text: string): void {
  const block = new Y.XmlElement('paragraph');
  block.insert(0, [new Y.XmlText(text)]);
  const notes = client.doc.getXmlFragment('notes');
  notes.insert(notes.length, [block]);
}

const onServer = () =>
  world.relay.read(ROOM, (doc) =>
    doc
      .getXmlFragment('notes')
      .toArray()
      .map((block) => block.toString())
      .join(''),
  );

describe('saving', () => {
  test('Skickas, Mottaget, Sparat: each only when it is true', async () => {
    const { client } = open('astrid');
    expect(client.state.connection).toBe('connecting');
    await world.settle();
    expect(client.state).toMatchObject({ connection: 'online', synced: true, access: 'write', saving: 'saved' });
    world.store.hold();
    write(client, 'Bron');
    expect(client.state).toMatchObject({ saving: 'sending', pendingCharacters: 4 });
    await world.settle();
    await world.pass(50, 50);
    expect(client.state.saving).toBe('received');
    world.store.release();
    await world.settle();
    expect(client.state).toMatchObject({ saving: 'saved', pendingCharacters: 0, pendingSince: null });
    expect(await onServer()).toContain('Bron');
  });

  test('one mark for all updates of a turn, behind them', async () => {
    const { client } = open('astrid');
    await world.settle();
    const sent: number[] = [];
    const { pairs } = world.network;
    for (let i = 0; i < 5; i++) write(client, `rad ${i}`);
    await Promise.resolve();
    for (const pair of pairs)
      for (const parcel of pair.toServer.parcels) if (parcel.kind === 'bytes') sent.push(parcel.bytes[0]!);
    expect(sent).toEqual([0, 0, 0, 0, 0, MESSAGE_MARK]);
  });

  test('what is written while the socket is down is sent at once when it is back', async () => {
    const { client } = open('astrid');
    await world.settle();
    for (const pair of [...world.network.pairs]) pair.cut();
    expect(client.state).toMatchObject({ connection: 'offline', saving: 'offline' });
    write(client, 'Skrivet utan nät');
    expect(client.state).toMatchObject({ saving: 'offline', pendingCharacters: 16 });
    await world.pass(5_000);
    expect(client.state).toMatchObject({ connection: 'online', saving: 'saved', pendingCharacters: 0 });
    expect(await onServer()).toContain('Skrivet utan nät');
  });

  test('storage that fails: nothing is acknowledged, nothing is lost, writing goes on', async () => {
    const { client, replaced } = open('astrid');
    await world.settle();
    world.store.failing = new Error('disk');
    write(client, 'Ett');
    await world.pass(2_000, 200);
    expect(client.state.saving).not.toBe('saved');
    write(client, 'Två');
    await world.pass(4_000, 200);
    expect(client.state).toMatchObject({ accessReason: 'storage' });
    world.store.failing = null;
    await world.pass(60_000);
    expect(replaced).toEqual([]);
    expect(client.state).toMatchObject({ saving: 'saved', access: 'write' });
    expect(await onServer()).toBe('<paragraph>Ett</paragraph><paragraph>Två</paragraph>');
  });
});

describe('the device', () => {
  test('text typed offline survives a reload and is unsaved until the server has it', async () => {
    const device = new MemoryDevice();
    const first = open('astrid', device.page());
    await world.settle();
    world.network.relay = null;
    for (const pair of [...world.network.pairs]) pair.cut();
    write(first.client, 'Kvar på enheten');
    await world.settle();
    first.client.destroy();
    expect(device.unsent).toHaveLength(1);
    const second = open('astrid', device.page());
    await world.settle();
    expect(second.client.state).toMatchObject({ known: true, synced: false });
    expect(second.client.text()).toBe('Kvar på enheten');
    expect(second.client.unsaved).toBe(true);
    world.network.relay = world.relay;
    await world.pass(5_000);
    expect(second.client.state.saving).toBe('saved');
    expect(device.unsent).toEqual([]);
    expect(await onServer()).toContain('Kvar på enheten');
  });

  test('another tab’s saving does not confirm this tab’s text', async () => {
    const device = new MemoryDevice();
    const a = open('astrid', device.page('a'));
    const b = open('astrid', device.page('b'));
    await world.settle();
    world.store.hold();
    write(a.client, 'från a');
    await world.settle();
    expect(device.unsent.map((entry) => entry.tab)).toEqual(['a']);
    write(b.client, 'från b');
    await world.settle();
    world.store.release();
    await world.settle();
    expect(device.unsent).toEqual([]);
  });

  test('F40 every page load has a client id of its own', () => {
    const device = new MemoryDevice();
    expect(open('astrid', device.page()).client.doc.clientID).not.toBe(
      open('astrid', device.page()).client.doc.clientID,
    );
  });
});

describe('refused text', () => {
  test('ACC the right is lost while words are on their way: they are kept to copy, the copy ends', async () => {
    const device = new MemoryDevice();
    const { client, replaced } = open('astrid', device.page());
    await world.settle();
    write(client, 'Sparat innan');
    await world.settle();
    world.rights.set('astrid', { access: 'read', reason: 'locked' });
    const decided = world.relay.reauthorize({ room: ROOM });
    write(client, 'För sent');
    await world.settle();
    await decided;
    await world.pass(3_000);
    expect(replaced).toHaveLength(1);
    expect(replaced[0]).toMatchObject([{ text: 'För sent', reason: 'locked', room: ROOM }]);
    expect(client.state.saving).toBe('refused');
    expect(device.updates.size).toBe(0);
    expect(device.refused.map((refusal) => refusal.text)).toEqual(['För sent']);
    expect(await onServer()).toBe('<paragraph>Sparat innan</paragraph>');
  });

  test('words the server took before the right changed are not refused', async () => {
    const { client, replaced } = open('astrid');
    await world.settle();
    write(client, 'I tid');
    await world.settle();
    world.rights.set('astrid', { access: 'read', reason: 'phase' });
    await world.relay.reauthorize({ room: ROOM });
    await world.pass(3_000);
    expect(replaced).toEqual([]);
    expect(client.state).toMatchObject({ access: 'read', accessReason: 'phase', saving: 'saved' });
  });

  test('F42 offline words that come back after the lock are refused with the words kept', async () => {
    const device = new MemoryDevice();
    const first = open('astrid', device.page());
    await world.settle();
    write(first.client, 'Gammalt');
    await world.settle();
    for (const pair of [...world.network.pairs]) pair.cut();
    write(first.client, 'Skrivet på tåget');
    await world.settle();
    first.client.destroy();
    world.rights.set('astrid', { access: 'read', reason: 'phase' });
    const { client, replaced } = open('astrid', device.page());
    await world.pass(5_000);
    expect(client.state.refused).toMatchObject([{ text: 'Skrivet på tåget', reason: 'phase' }]);
    expect(replaced).toHaveLength(1);
    expect(await onServer()).toBe('<paragraph>Gammalt</paragraph>');
  });

  test('a replaced history: the author’s unsent words are kept, the server’s document wins', async () => {
    const device = new MemoryDevice();
    const first = open('astrid', device.page());
    await world.settle();
    for (const pair of [...world.network.pairs]) pair.cut();
    write(first.client, 'Bara här');
    await world.settle();
    first.client.destroy();
    device.epochs.set(ROOM, 'en annan historia');
    const { client, replaced } = open('astrid', device.page());
    await world.pass(5_000);
    expect(client.state.epochMismatch).toBe(true);
    expect(replaced[0]).toMatchObject([{ text: 'Bara här', reason: 'history-replaced' }]);
    expect(await onServer()).toBe('');
  });

  test('a page open since before a restored backup is shown what was saved after it, and doubles nothing', async () => {
    const { client, replaced } = open('astrid');
    const other = open('bo');
    await world.settle();
    write(client, 'Före kopian');
    await world.settle();
    const backup = new MemoryUpdateStore();
    const stored = await world.store.inner.load(ROOM);
    await backup.append(
      stored.rows.map(({ update, personId, at }) => ({ room: ROOM, update, personId, at, newClients: [] })),
    );
    write(other.client, 'Efter kopian');
    await world.settle();
    expect(client.state.saving).toBe('saved');
    world.crash();
    world.start(backup);
    await world.pass(5_000);
    expect(replaced[0]).toMatchObject([{ text: 'Efter kopian', reason: 'history-replaced' }]);
    expect(other.replaced[0]).toMatchObject([{ text: 'Efter kopian', reason: 'history-replaced' }]);
    expect(await onServer()).toBe('<paragraph>Före kopian</paragraph>');
  });

  test('the registry puts a fresh client in the place of an ended one, with the refusal', async () => {
    const registry = new RoomRegistry({
      personId: 'astrid',
      url: 'ws://test/collab',
      device: null,
      WebSocket: world.network.webSocketFor(person('astrid')),
    });
    const first = registry.acquire(ROOM);
    await world.settle();
    world.rights.set('astrid', { access: 'read', reason: 'locked' });
    const decided = world.relay.reauthorize({ room: ROOM });
    write(first, 'För sent');
    await world.settle();
    await decided;
    await world.pass(3_000);
    const second = registry.peek(ROOM)!;
    expect(second).not.toBe(first);
    expect(second.text()).toBe('');
    expect(second.state).toMatchObject({ saving: 'refused', synced: true, access: 'read' });
    const [refusal] = second.state.refused;
    expect(refusal?.text).toBe('För sent');
    second.dismissRefusal(refusal!.id);
    expect(second.state).toMatchObject({ saving: 'saved', refused: [] });
    await registry.destroy();
  });

  test('4403 ends the room and takes its words off the device', async () => {
    const device = new MemoryDevice();
    const { client } = open('astrid', device.page());
    await world.settle();
    write(client, 'Hemligt');
    await world.settle();
    world.rights.set('astrid', { access: 'none', reason: 'not-participant' });
    await world.relay.reauthorize({ room: ROOM });
    await world.pass(3_000);
    expect(client.state).toMatchObject({ closedCode: 4403, access: 'none' });
    expect(device.updates.size).toBe(0);
  });
});

describe('dead sockets', () => {
  test('a half-open socket shows as offline within 15 s', async () => {
    const { client } = open('astrid');
    await world.settle();
    for (const pair of world.network.pairs) pair.paused = true;
    world.network.relay = null;
    await world.pass(15_000, 500);
    expect(client.state.connection).toBe('offline');
  });

  test('silence that is answered costs nothing: the socket stays', async () => {
    const { client } = open('astrid');
    await world.settle();
    const [pair] = world.network.pairs;
    await world.pass(120_000);
    expect(world.network.pairs).toEqual([pair]);
    expect(client.state).toMatchObject({ connection: 'online', saving: 'saved' });
  });
});

describe('presence on the wire', () => {
  test('PRE others’ presence is never sent back', async () => {
    const a = open('astrid');
    const b = open('bo');
    await world.settle();
    const before = world.network.pairs.map((pair) => pair.delivered.length);
    expect(before.length).toBe(2);
    const spied: Uint8Array[] = [];
    for (const pair of world.network.pairs) {
      const send = pair.clientSend.bind(pair);
      pair.clientSend = (bytes) => {
        if (bytes[0] === MESSAGE_AWARENESS) spied.push(bytes);
        send(bytes);
      };
    }
    a.client.awareness.setLocalStateField('typing', true);
    await world.settle();
    expect(b.client.awareness.getStates().get(a.client.doc.clientID)).toMatchObject({ typing: true });
    expect(spied).toHaveLength(1);
  });

  test('a hidden tab that renews late stays in the list; leaving takes it away', async () => {
    const a = open('astrid');
    const quiet = world.raw(person('bo'));
    await world.settle();
    const { awareness } = await import('../relay/world.ts');
    quiet.send(awareness([77, 1, { hidden: true }]));
    await world.settle();
    expect(a.client.awareness.getStates().has(77)).toBe(true);
    await world.pass(45_000);
    expect(a.client.awareness.getStates().has(77)).toBe(true);
    await world.settle();
    quiet.pair.clientClose();
    await world.settle();
    expect(a.client.awareness.getStates().has(77)).toBe(false);
  });
});
