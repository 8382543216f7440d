/**
 * Why this file exists: guessing gets slow, honest people do not notice, and a flood of names fills no memory.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { createGate } from '../../server/people/gate.ts';
import { addressKey, createThrottle, type Throttle } from '../../server/people/throttle.ts';

let now = 0;
let throttle: Throttle;
beforeEach(() => {
  now = 1_000_000;
  throttle = createThrottle(() => now);
});

/** Seconds to wait, 0 when let through. */
function wait(account: string, address: string): number {
  try {
    throttle.check(account, address);
    return 0;
  } catch (error) {
    return (error as { details: { retryAfter: number } }).details.retryAfter;
  }
}

describe('the throttle', () => {
  it('doubles the wait of an account from one address, to a quarter of an hour', () => {
    const waits: number[] = [];
    for (let i = 0; i < 18; i += 1) {
      waits.push(wait('a', '10.0.0.1'));
      throttle.failed('a', '10.0.0.1');
    }
    expect(waits.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8]);
    expect(wait('a', '10.0.0.1')).toBe(900);
    now += 900_000;
    expect(wait('a', '10.0.0.1')).toBe(0);
  });

  it('locks nobody out from another address, and forgets when the right password comes', () => {
    for (let i = 0; i < 10; i += 1) throttle.failed('a', '10.0.0.1');
    expect(wait('a', '10.0.0.2')).toBe(0);
    expect(wait('b', '10.0.0.1')).toBe(0);
    throttle.succeeded('a', '10.0.0.1');
    expect(wait('a', '10.0.0.1')).toBe(0);
  });

  it('slows an address that tries many accounts, and every attempt when all together are many', () => {
    for (let i = 0; i < 35; i += 1) throttle.failed(`account ${i}`, '10.0.0.1');
    expect(wait('new', '10.0.0.1')).toBe(32);
    expect(wait('new', '10.0.0.2')).toBe(0);
    expect(throttle.delay()).toBe(0);
    for (let i = 0; i < 1_000; i += 1) throttle.failed('x', `10.1.${i >> 8}.${i & 255}`);
    expect(throttle.delay()).toBe(3_000);
    now += 61_000;
    expect(throttle.delay()).toBe(0);
  });

  it('keeps what was last when there are more names than it remembers', () => {
    for (let i = 0; i < 10; i += 1) throttle.failed('old', '10.0.0.1');
    for (let i = 0; i < 15_000; i += 1) throttle.failed(`n${i}`, `192.0.2.${i % 250}`);
    for (let i = 0; i < 10; i += 1) throttle.failed('new', '10.0.0.1');
    for (let i = 0; i < 10_000; i += 1) throttle.failed(`m${i}`, `192.0.2.${i % 250}`);
    expect(wait('old', '10.0.0.7')).toBe(0);
    expect(wait('new', '10.0.0.1')).toBeGreaterThan(0);
  });

  it('counts one IPv6 network as one, however it is spelled', () => {
    const key = addressKey('2001:db8:0:7::1');
    for (const same of ['2001:DB8::7:0:0:0:2', '2001:0db8:0000:0007:ffff::', '2001:db8:0:7::9%eth0'])
      expect(addressKey(same), same).toBe(key);
    expect(addressKey('2001:db8:0:8::1')).not.toBe(key);
    expect(addressKey('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(addressKey('::1')).toBe(addressKey('0:0:0:0:0:0:0:1'));
  });
});

describe('the gate', () => {
  it('lets a few work at once, the others in turn, and refuses when too many wait', async () => {
    const gate = createGate(2, 3);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const work = (n: number) =>
      gate.run(async () => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        order.push(n);
        running -= 1;
        if (n === 1) throw new Error('one fails');
        return n;
      });
    const results = await Promise.allSettled([0, 1, 2, 3, 4, 5].map(work));
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect([most, order]).toEqual([2, [0, 1, 2, 3, 4]]);
    expect(results[5]).toMatchObject({ reason: { code: 'too-many-attempts' } });
    expect(await work(9)).toBe(9);
  });
});
