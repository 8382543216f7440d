import { expect, onTestFinished, test } from 'vitest';
import { giveMemoryBack } from '../../server/engine.ts';
import { createMemoryKeeper } from '../../server/memory-keeper.ts';

const MB = 1024 * 1024;

/** A house whose seconds are turned by hand, and what was asked of its engine. */
function house() {
  const stats = { updatesIn: 0, deliveries: 0 };
  const asked: string[] = [];
  const memory = { rss: 200 * MB, young: 2 * MB };
  const keeper = createMemoryKeeper(stats, {
    letYoungGrow: (may) => asked.push(may ? 'grow' : 'stay'),
    youngBytes: () => memory.young,
    giveMemoryBack: () => asked.push('give back'),
    rss: () => memory.rss,
  });
  onTestFinished(() => keeper.stop());
  return {
    asked,
    memory,
    seconds(count: number, deliveries: number) {
      for (let n = 0; n < count; n++) {
        stats.deliveries += deliveries;
        if (deliveries > 0) stats.updatesIn++;
        keeper.look();
      }
    },
  };
}

test('the young part of the heap grows where typing lasts, and not for a burst', () => {
  const { asked, memory, seconds } = house();
  seconds(3, 2_000);
  seconds(5, 0);
  seconds(3, 2_000);
  expect(asked).toEqual([]);
  seconds(1, 2_000);
  expect(asked).toEqual(['grow']);
  memory.young = 16 * MB;
  seconds(60, 2_000);
  expect(asked).toEqual(['grow', 'stay']);
});

test('it grows sooner where more is done, and stops when the typing ends before it has grown', () => {
  const { asked, seconds } = house();
  seconds(1, 8_000);
  expect(asked).toEqual(['grow']);
  seconds(5, 0);
  expect(asked).toEqual(['grow', 'stay']);
});

test('memory is given back half a minute after the last edit, once, and never while somebody writes', () => {
  const { asked, seconds } = house();
  seconds(600, 3);
  seconds(29, 0);
  expect(asked).toEqual([]);
  seconds(1, 0);
  expect(asked).toEqual(['give back']);
  seconds(600, 0);
  expect(asked).toEqual(['give back']);
});

test('it is given back again only where much was taken meanwhile', () => {
  const { asked, memory, seconds } = house();
  seconds(1, 3);
  seconds(30, 0);
  memory.rss += 10 * MB;
  seconds(1, 3);
  seconds(30, 0);
  expect(asked).toEqual(['give back']);
  memory.rss += 10 * MB;
  seconds(1, 3);
  seconds(30, 0);
  expect(asked).toEqual(['give back', 'give back']);
});

test('what nobody holds any more is gone after it', () => {
  let held: number[][] | null = Array.from({ length: 64 }, (_, n) => new Array<number>(MB / 8).fill(n));
  expect(held).toHaveLength(64);
  const before = process.memoryUsage().heapUsed;
  held = null;
  giveMemoryBack();
  expect(before - process.memoryUsage().heapUsed).toBeGreaterThan(48 * MB);
});
