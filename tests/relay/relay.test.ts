import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { person, World } from './world.ts';

let world: World;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  world = new World();
});
afterEach(() => {
  world.dispose();
  vi.useRealTimers();
});

test('FAN-1 smoke', async () => {
  const a = world.provider(person('astrid'));
  const b = world.provider(person('bo'));
  await world.settle();
  a.doc.getText('t').insert(0, 'hej');
  await world.settle();
  expect(b.doc.getText('t').toString()).toBe('hej');
  expect(await world.text()).toBe('hej');
  expect(b.awareness.getStates().size).toBe(2);
});
