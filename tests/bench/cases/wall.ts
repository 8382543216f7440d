/**
 * Why this file exists: whether the facilitator's wall stays smooth cannot be seen in a test that passes or fails on a
 * busy machine. This opens it in a browser over twelve real rooms in which eight people each type, and tells what the page
 * cost: time in scripts, styles and layout per second, and the frames that came late.
 */
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../support/chromium.ts';
import { type DocClient, openDoc } from '../../support/light-client.ts';
import { appendEntry, openStageHouse, type StageHouse } from '../../support/stage-house.ts';
import type { Line } from '../lines.ts';
import { type Case, pause } from './case.ts';

const GROUPS = 12;
const EACH = 8;
const KEYS = 3;
/** The first seconds are the page's own beginning. */
const BEGINNING_MS = 3_000;
/** Characters after which somebody begins a new entry. */
const LONG = 110;
const WORDS = 'vi måste våga stänga något för att kunna öppna något annat nära där folk redan åker förbi ';
const FRAME_MS = 1000 / 60;

/** Everybody's hands; what is returned stops them. */
function typeInto(stage: StageHouse, clients: DocClient[]): () => void {
  const timers = clients.map((client, n) => {
    const fragment = client.doc.getXmlFragment(stage.promptIds[n % stage.promptIds.length] ?? '');
    let line = appendEntry(fragment, '');
    let typed = n * 7;
    return setInterval(
      () => {
        typed += 1;
        line.insert(line.length, WORDS[typed % WORDS.length] ?? ' ');
        // Cursors move with the keys.
        client.provider.awareness.setLocalStateField('cursor', { anchor: typed, head: typed });
        if (line.length > LONG) line = appendEntry(fragment, '');
      },
      1000 / KEYS + (n % 7),
    );
  });
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

interface Watched {
  /** Milliseconds in a second. */
  scripts: number;
  styles: number;
  layout: number;
  frames: number;
  /** The slowest hundredth, milliseconds. */
  lateFrame: number;
  longest: number;
}

/** Looks at the wall for `ms`. */
async function watch(browser: Browser, stage: StageHouse, ms: number): Promise<Watched> {
  const path = `/m/${stage.meeting.id}/p/${stage.itemId}/leda`;
  const { page, context, leave } = await stage.browse(browser, stage.facilitator, path);
  await page.getByRole('article').first().waitFor();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const figures = async (): Promise<Record<string, number>> =>
    Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  await pause(BEGINNING_MS);
  const before = await figures();
  const gaps = await page.evaluate(
    (time) =>
      new Promise<number[]>((resolve) => {
        const all: number[] = [];
        let last = performance.now();
        const end = last + time;
        const frame = (now: number): void => {
          all.push(now - last);
          last = now;
          if (now < end) requestAnimationFrame(frame);
          else resolve(all);
        };
        requestAnimationFrame(frame);
      }),
    ms,
  );
  const after = await figures();
  await leave();
  const seconds = (after.Timestamp ?? 0) - (before.Timestamp ?? 0);
  const share = (name: string): number => (((after[name] ?? 0) - (before[name] ?? 0)) / seconds) * 1000;
  const sorted = gaps.sort((a, b) => a - b);
  return {
    scripts: share('ScriptDuration'),
    styles: share('RecalcStyleDuration'),
    layout: share('LayoutDuration'),
    frames: gaps.length / seconds,
    lateFrame: sorted[Math.floor(sorted.length * 0.99)] ?? Number.POSITIVE_INFINITY,
    longest: sorted.at(-1) ?? Number.POSITIVE_INFINITY,
  };
}

export const wallCase: Case = {
  name: 'wall',
  async run(plan, say) {
    say('a meeting, its people and a browser');
    const stage = await openStageHouse({ groups: GROUPS, each: EACH });
    const browser = await launchChromium();
    const clients = stage.members.flatMap((members, group) =>
      members.map((member) =>
        openDoc(
          { url: stage.house.url, cookie: member.cookie },
          `group:${stage.meeting.id}:${stage.groupIds[group] ?? ''}`,
        ),
      ),
    );
    try {
      await Promise.all(clients.map((client) => client.synced()));
      for (const client of clients) client.provider.awareness.setLocalStateField('typing', true);
      const stop = typeInto(stage, clients);
      const rounds: Watched[] = [];
      for (let n = 0; n < plan.rounds; n++) {
        say(`looking at the wall, round ${n + 1} of ${plan.rounds}`);
        rounds.push(await watch(browser, stage, plan.windowMs));
      }
      stop();
      const line = (figure: string, unit: string, of: (one: Watched) => number, more: Partial<Line> = {}): Line => ({
        case: `wall ${GROUPS}×${EACH}`,
        figure,
        unit,
        better: 'less',
        figures: { ours: rounds.map(of) },
        ...more,
      });
      return [
        line('frames', 'a second', (one) => one.frames, {
          better: 'more',
          goal: { absolute: 50 },
          note: `Chromium without a graphics card, 1280 × 720; everybody types ${KEYS} keys/s in the same machine`,
        }),
        line('slowest hundredth of the frames', 'ms', (one) => one.lateFrame, { goal: { absolute: 4 * FRAME_MS } }),
        line('longest frame', 'ms', (one) => one.longest),
        line('scripts, of each second', 'ms', (one) => one.scripts, { goal: { absolute: 200 } }),
        line('styles', 'ms', (one) => one.styles),
        line('layout', 'ms', (one) => one.layout),
      ];
    } finally {
      for (const client of clients) client.destroy();
      await browser.close();
      await stage.house.close();
    }
  },
};
