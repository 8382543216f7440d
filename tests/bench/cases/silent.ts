/**
 * Why this file exists: a consumer that never reads: what it costs until it is cut, and whether the others notice.
 */
import { Generators } from '../load/generators.ts';
import { type Running, start, stop } from '../peers.ts';
import { type Case, pause } from './case.ts';

const TYPING = { clients: 12, writers: 6 };
/** Long edits that are taken back at once: much to send, and the text does not grow. */
const UNIT = 16_384;
const EDITS = 12;
const LOOK_MS = 100;
const MB = 1_048_576;

/** The highest resident memory in a window, bytes, and the others' p95, milliseconds. */
async function watch(running: Running, typing: Generators, ms: number): Promise<{ peak: number; p95: number }> {
  let peak = 0;
  await typing.openWindow();
  for (const until = performance.now() + ms; performance.now() < until; await pause(LOOK_MS))
    peak = Math.max(peak, (await running.server.ask('usage', null)).rss);
  const { latency } = await typing.closeWindow({ drainMs: 2_000, goOn: true });
  return { peak, p95: latency.p95 };
}

async function withSilent(running: Running, typing: Generators, clients: number, ms: number) {
  const silent = new Generators();
  try {
    await running.server.ask('settled', null);
    await silent.join({
      target: running.target,
      dialect: 'ours',
      firstRoom: 0,
      rooms: 1,
      clientsPerRoom: clients,
      writersPerRoom: 0,
      silentPerRoom: clients,
    });
    return await watch(running, typing, ms);
  } finally {
    await silent.end();
  }
}

export const silentCase: Case = {
  name: 'silent',
  async run(plan, say) {
    const ms = plan.quick ? 6_000 : 12_000;
    const running = await start('ours', { gc: true });
    const typing = new Generators();
    try {
      await typing.join({
        target: running.target,
        dialect: 'ours',
        firstRoom: 0,
        rooms: 1,
        clientsPerRoom: TYPING.clients,
        writersPerRoom: TYPING.writers,
        unit: UNIT,
      });
      await typing.type({ edits: EDITS });
      say('nobody silent');
      await watch(running, typing, ms / 2);
      await running.server.ask('settled', null);
      const none = await watch(running, typing, ms);
      say('one silent');
      const one = await withSilent(running, typing, 1, ms);
      say('fifty silent');
      const fifty = await withSilent(running, typing, 50, ms);
      const line = { case: 'never reads', better: 'less' } as const;
      const growth = Math.max(0, fifty.peak - none.peak) / MB;
      return [
        {
          ...line,
          figure: 'one costs',
          unit: 'MiB',
          figures: { ours: [growth / 50] },
          goal: { absolute: 1.5 },
          note: `a fiftieth of what fifty cost; with one alone the memory's peak differed by ${((one.peak - none.peak) / MB).toFixed(1)} MiB, which is within its noise; ${TYPING.writers} write ${(
            (TYPING.writers * EDITS * UNIT) / MB
          ).toFixed(1)} MiB/s to everybody`,
        },
        { ...line, figure: 'fifty cost', unit: 'MiB', figures: { ours: [growth] }, goal: { absolute: 75 } },
        {
          ...line,
          figure: "others' p95, one silent",
          unit: 'ms',
          figures: { ours: [one.p95] },
          goal: { absolute: 250 },
        },
        { ...line, figure: "others' p95, fifty", unit: 'ms', figures: { ours: [fifty.p95] }, goal: { absolute: 250 } },
        { ...line, figure: "others' p95, none", unit: 'ms', figures: { ours: [none.p95] } },
      ];
    } finally {
      await typing.end();
      await stop(running);
    }
  },
};
