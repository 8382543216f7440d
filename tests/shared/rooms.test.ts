// Room names come from the address of a socket: whatever is not exactly one of ours must be nothing at all.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isId, newId } from '#shared/ids.ts';
import { parseRoom, roomName } from '#shared/rooms.ts';

describe('room names', () => {
  test('every room reads back from its own name', () => {
    const meetingId = newId();
    const itemId = newId();
    expect(parseRoom(roomName({ kind: 'agenda', meetingId }))).toEqual({ kind: 'agenda', meetingId });
    expect(parseRoom(roomName({ kind: 'item', meetingId, itemId }))).toEqual({ kind: 'item', meetingId, itemId });
  });

  const id = newId();
  test.each([
    '',
    'agenda',
    'agenda:',
    `agenda:${id} `,
    ` agenda:${id}`,
    `Agenda:${id}`,
    `agenda:${id.toUpperCase()}X`,
    `agenda:${id}:${id}`,
    `item:${id}`,
    `item:${id}:`,
    `item:${id}:${id}:${id}`,
    `item:../${id}:${id}`,
    `item:%2e%2e:${id}`,
    `agenda:${id}\u0000`,
    '__proto__',
    'constructor',
    'agenda:__proto__',
    '😀',
    `agenda:${'0'.repeat(65_536)}`,
  ])('refuses %j', (name) => {
    expect(parseRoom(name)).toBeNull();
  });

  test('any name that parses is exactly the name of what it parsed to', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const room = parseRoom(name);
        return room === null || roomName(room) === name;
      }),
    );
  });
});

test('ids have one form, and a thousand of them differ', () => {
  const ids = Array.from({ length: 1000 }, newId);
  expect(ids.every(isId)).toBe(true);
  expect(new Set(ids).size).toBe(1000);
});
