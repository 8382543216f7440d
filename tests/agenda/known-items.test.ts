// The room of an item the server does not have is refused for good, with what was written in it: never dial too early.
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem } from '#shared/agenda.ts';
import { followKnownItems, serverKnows } from '../../client/meeting/known-items.ts';
import { idOf } from './world.ts';

function page() {
  const room = { doc: new Y.Doc(), provider: {}, unsaved: false, state: { everSynced: false, synced: false } };
  followKnownItems(room);
  const server = new Y.Doc();
  return {
    room,
    server,
    receive: () => Y.applyUpdate(room.doc, Y.encodeStateAsUpdate(server), room.provider),
    add: (n: number) => {
      addItem(room.doc, { id: idOf(n), kind: 'information' });
      room.unsaved = true;
    },
  };
}

test('an item made here waits for its commit, also over a cut line', () => {
  const { room, add } = page();
  room.state = { everSynced: true, synced: true };
  add(1);
  expect(serverKnows(room, idOf(1))).toBe(false);
  room.state = { everSynced: true, synced: false };
  expect(serverKnows(room, idOf(1))).toBe(false);
  room.state = { everSynced: true, synced: true };
  expect(serverKnows(room, idOf(1))).toBe(false);
  room.unsaved = false;
  expect(serverKnows(room, idOf(1))).toBe(true);
  add(2);
  expect(serverKnows(room, idOf(1))).toBe(true);
  expect(serverKnows(room, idOf(2))).toBe(false);
});

test('what the server sent is known while something of ours is on its way or was refused', () => {
  const { room, server, receive, add } = page();
  add(1);
  addItem(server, { id: idOf(2), kind: 'information' });
  receive();
  expect(serverKnows(room, idOf(2))).toBe(true);
  expect(serverKnows(room, idOf(1))).toBe(false);
});

test('what the device kept counts before the first contact only when nothing of it is unsent', () => {
  const kept = new Y.Doc();
  addItem(kept, { id: idOf(1), kind: 'information' });
  for (const unsent of [false, true]) {
    const { room } = page();
    Y.applyUpdate(room.doc, Y.encodeStateAsUpdate(kept), 'device');
    room.unsaved = unsent;
    expect(serverKnows(room, idOf(1))).toBe(!unsent);
  }
});
