/** Why this file exists: what a page says of saving is about the rooms its reader was let into, and about no others. */
import { expect, test } from 'vitest';
import { CLOSE } from '#shared/wire.ts';
import { aggregateSaving } from '../../client/collab/aggregate.ts';
import type { RoomState } from '../../client/collab/types.ts';

const SAVED: RoomState = {
  connection: 'online',
  synced: true,
  everSynced: true,
  deviceLoaded: true,
  known: true,
  access: 'write',
  accessReason: '',
  saving: 'saved',
  closedCode: null,
  lastSavedAt: 5,
  pendingCharacters: 0,
  pendingSince: null,
  epochMismatch: false,
  deviceStorage: 'ok',
  refused: [],
};
const SHUT: RoomState = {
  ...SAVED,
  connection: 'offline',
  synced: false,
  everSynced: false,
  saving: 'offline',
  closedCode: CLOSE.noSuchRoom,
  lastSavedAt: null,
};
const status = (...states: RoomState[]) => aggregateSaving(states.map((state) => ({ state }))).status;

test('a room one was never let into is no trouble with saving', () => {
  expect(status(SAVED, SHUT)).toBe('saved');
  expect(status(SAVED, { ...SHUT, closedCode: CLOSE.noAccess })).toBe('saved');
});

test('one that was left, or holds words of this page, is; and so is every other loss', () => {
  expect(status(SAVED, { ...SHUT, everSynced: true })).toBe('offline');
  expect(status(SAVED, { ...SHUT, pendingCharacters: 3 })).toBe('offline');
  expect(status(SAVED, { ...SHUT, closedCode: CLOSE.notSignedIn })).toBe('offline');
  expect(status(SAVED, { ...SHUT, closedCode: null })).toBe('offline');
});
