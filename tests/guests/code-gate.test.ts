/** Guessing codes is slow however many guess, and whoever has the right one gets in all the same. */
import { describe, expect, it } from 'vitest';
import { type CodeGate, createCodeGate } from '../../server/guests/code-gate.ts';

/** A clock that stands until it is moved. */
function stoppedClock() {
  let now = 1_000_000;
  const timers = new Set<{ at: number; call: () => void }>();
  return {
    now: () => now,
    later(ms: number, call: () => void) {
      const timer = { at: now + ms, call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    /** Lets time pass, with everything that falls due in it. */
    async pass(ms: number) {
      const end = now + ms;
      for (;;) {
        await turns();
        let next: { at: number; call: () => void } | undefined;
        for (const timer of timers) if (timer.at <= end && (!next || timer.at < next.at)) next = timer;
        if (!next) break;
        timers.delete(next);
        now = next.at;
        next.call();
      }
      now = end;
      await turns();
    },
  };
}

const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

const RIGHT = async () => 'in';
const WRONG = async () => null;

/** Many attempts at once; counts how many of them were really tried. */
function crowd(gate: CodeGate, address: (n: number) => string, count: number, attempt: () => Promise<string | null>) {
  const tally = { tried: 0, answered: 0, in: 0, refused: 0 };
  for (let n = 0; n < count; n++)
    gate
      .attempt(address(n), () => {
        tally.tried += 1;
        return attempt();
      })
      .then(
        (result) => {
          tally.answered += 1;
          if (result !== null) tally.in += 1;
        },
        () => {
          tally.refused += 1;
        },
      );
  return tally;
}

const ONE = () => '192.0.2.1';

describe('one address', () => {
  it('lets a hall of right codes in at once', async () => {
    const gate = createCodeGate(stoppedClock());
    const hall = crowd(gate, ONE, 250, RIGHT);
    for (let round = 0; round < 30; round++) await turns();
    expect(hall.in).toBe(250);
  });

  it('has thirty wrong codes, tried all at once or not; then one a second', async () => {
    const clock = stoppedClock();
    const gate = createCodeGate(clock);
    const guesses = crowd(gate, ONE, 200, WRONG);
    await turns();
    await turns();
    await turns();
    expect(guesses.tried).toBeLessThanOrEqual(31);
    const before = guesses.tried;
    await clock.pass(10_000);
    expect(guesses.tried - before).toBeLessThanOrEqual(11);
    expect(guesses.tried - before).toBeGreaterThan(7);
  });

  it('gets in with the right code in its turn, between the wrong ones', async () => {
    const clock = stoppedClock();
    const gate = createCodeGate(clock);
    const guesses = crowd(gate, ONE, 36, WRONG);
    await turns();
    await turns();
    const honest = crowd(gate, ONE, 1, RIGHT);
    await clock.pass(14_000);
    expect(guesses.answered).toBe(36);
    expect(honest.in).toBe(1);
  });

  it('is told when to come again rather than kept waiting', async () => {
    const clock = stoppedClock();
    const gate = createCodeGate(clock);
    const flood = crowd(gate, ONE, 1_000, WRONG);
    await clock.pass(20_000);
    expect(flood.refused).toBeGreaterThan(900);
    expect(flood.answered + flood.refused).toBe(1_000);
    await expect(
      Promise.race([gate.attempt(ONE(), WRONG), clock.pass(20_000).then(() => 'waited')]),
    ).resolves.toBeNull();
  });

  it('is forgiven after ten minutes', async () => {
    const clock = stoppedClock();
    const gate = createCodeGate(clock);
    crowd(gate, ONE, 30, WRONG);
    await turns();
    await clock.pass(600_001);
    const again = crowd(gate, ONE, 20, WRONG);
    await turns();
    expect(again.answered).toBe(20);
  });

  it('is one for every spelling of it', async () => {
    const gate = createCodeGate(stoppedClock());
    const spelled = crowd(
      gate,
      (n) => [`::ffff:192.0.2.1`, '192.0.2.1', `2001:db8:0:1::${n + 1}`, `2001:0db8::1:0:0:0:${n + 1}`][n % 4] ?? '',
      400,
      WRONG,
    );
    for (let round = 0; round < 10; round++) await turns();
    // Two networks, however they are written; the second one has less for nothing because of the first.
    expect(spelled.tried).toBeLessThanOrEqual(62);
  });
});

describe('a thousand addresses', () => {
  it('have a few each, then sixty a minute between them', async () => {
    const clock = stoppedClock();
    const gate = createCodeGate(clock);
    const guesses = crowd(gate, (n) => `198.51.${(n % 1_000) >> 8}.${(n % 1_000) & 255}`, 6_000, WRONG);
    for (let round = 0; round < 40; round++) await turns();
    expect(guesses.tried).toBeLessThanOrEqual(1_000 * 3 + 60);
    const before = guesses.tried;
    await clock.pass(60_000);
    expect(guesses.tried - before).toBeLessThanOrEqual(61);
  });

  it('keep nobody else out: the right code from elsewhere is in at once', async () => {
    const clock = stoppedClock();
    const gate = createCodeGate(clock);
    crowd(gate, (n) => `198.51.${(n % 1_000) >> 8}.${(n % 1_000) & 255}`, 6_000, WRONG);
    for (let round = 0; round < 40; round++) await turns();
    const hall = crowd(gate, ONE, 250, RIGHT);
    for (let round = 0; round < 100; round++) await turns();
    expect(hall.in).toBe(250);
  });
});
