/**
 * Why this file exists: every case is run in the same way and everything is looked at after every one of them, so that
 * no case can forget what "refused" means.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from './cases.ts';
import { openWorld, type World } from './world.ts';

/**
 * The loop's longest stand is to be under 50 ms; a test that shares its machine with others allows more before it fails.
 */
const LOOP_MS = 250;
const GROWTH_MIB = 16;
const MIB = 1024 * 1024;

/** How the server bore all cases together, for whoever reads the output. */
interface Worst {
  cases: number;
  loop: { ms: number; in: string };
  growth: { mib: number; in: string };
}

/** Runs one case and looks at everything afterwards; resolves with what is wrong. */
async function run(
  world: World,
  worst: Worst,
  { send, expect: expected, allowed, growth = GROWTH_MIB, crowd, ...one }: Case,
) {
  const name = `${one.id} ${one.title}`;
  const before = await world.before(crowd);
  const outcome = await send(world);
  const wrong = expected.judge(outcome).map((found) => `expected ${expected.words}: ${found}`);
  await world.settled();
  if (!allowed) {
    wrong.push(...(await world.changed(before)).map((what) => `changed: ${what}`));
    wrong.push(...(await world.witnessed()).map((what) => `others were sent: ${what}`));
  }
  const health = await fetch(`${world.url}/healthz`);
  if (health.status !== 200) wrong.push(`the server is not well: ${health.status}`);
  const strain = await world.strain(before, growth * MIB, crowd ?? false);
  if (strain.loopCpuMs > LOOP_MS) wrong.push(`the event loop stood still for ${Math.round(strain.loopCpuMs)} ms`);
  if (strain.growth > growth * MIB) wrong.push(`memory grew by ${Math.round(strain.growth / MIB)} MiB`);
  worst.cases += 1;
  if (strain.loopCpuMs > worst.loop.ms) worst.loop = { ms: strain.loopCpuMs, in: name };
  if (strain.growth / MIB > worst.growth.mib) worst.growth = { mib: strain.growth / MIB, in: name };
  return wrong;
}

/** Declares one test per case, over a server of their own. `cases` may need the server's route table. */
export function attacks(title: string, cases: readonly Case[], more?: (world: () => World) => void): void {
  describe(title, () => {
    let world: World;
    const worst: Worst = { cases: 0, loop: { ms: 0, in: '' }, growth: { mib: 0, in: '' } };
    beforeAll(async () => {
      world = await openWorld();
      // The first turns of everything compile code and make caches, which is no attack's doing.
      await world.before();
      await world.ask('vitals', true);
    }, 60_000);
    afterAll(async () => {
      await world?.close();
      console.log(
        `${title}: ${worst.cases} cases; longest stand of the loop ${worst.loop.ms.toFixed(1)} ms (${worst.loop.in}), ` +
          `largest growth ${worst.growth.mib.toFixed(1)} MiB (${worst.growth.in})`,
      );
    });
    it.each(cases.map((one) => [one.id, one.title, one] as const))('%s %s', async (_id, _title, one) => {
      expect(await run(world, worst, one)).toEqual([]);
    });
    more?.(() => world);
  });
}
