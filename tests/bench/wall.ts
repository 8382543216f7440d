/**
 * Why this file exists: whether the wall stays smooth cannot be seen in a test that passes or fails on a busy machine. This
 * opens it in a browser over twelve real rooms in which eight people each type, and prints what the page cost: time in
 * scripts, styles and layout per second, and the frames that came late.
 *
 * `node tests/bench/wall.ts [groups] [people in each] [keys a second each] [seconds]`
 */
import { launchChromium } from '../support/chromium.ts';
import { openDoc } from '../support/light-client.ts';
import { appendEntry, openStageHouse } from '../support/stage-house.ts';

const [groups = 12, each = 8, keys = 3, seconds = 20] = process.argv.slice(2).map(Number);
const WORDS = 'vi måste våga stänga något för att kunna öppna något annat nära där folk redan åker förbi '.split(
  /(?<= )/,
);
const FRAME_MS = 1000 / 60;

const stage = await openStageHouse({ groups, each });
const browser = await launchChromium();
const writers = stage.members.flatMap((members, group) =>
  members.map((member, n) => {
    const client = openDoc(
      { url: stage.house.url, cookie: member.cookie },
      `group:${stage.meeting.id}:${stage.groupIds[group]}`,
    );
    client.provider.awareness.setLocalStateField('typing', true);
    return { client, promptId: stage.promptIds[n % stage.promptIds.length] ?? '' };
  }),
);
await Promise.all(writers.map(({ client }) => client.synced()));
const person = await stage.browse(browser, stage.facilitator, `/m/${stage.meeting.id}/p/${stage.itemId}/leda`);
await person.page.getByRole('article').first().waitFor();

const timers = writers.map(({ client, promptId }, n) => {
  let line = appendEntry(client.doc.getXmlFragment(promptId), '');
  let typed = n * 7;
  const key = (): void => {
    typed += 1;
    const text = WORDS.join('');
    line.insert(line.length, text[typed % text.length] ?? ' ');
    // Cursors move with the keys.
    client.provider.awareness.setLocalStateField('cursor', { anchor: typed, head: typed });
    if (line.length > 110) line = appendEntry(client.doc.getXmlFragment(promptId), '');
  };
  return setInterval(key, 1000 / keys + (n % 7));
});

const session = await person.context.newCDPSession(person.page);
await session.send('Performance.enable');
const figures = async (): Promise<Record<string, number>> =>
  Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
// The first seconds are the page's own beginning.
await person.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 3_000)));
const before = await figures();
const frames = await person.page.evaluate(
  (ms) =>
    new Promise<number[]>((resolve) => {
      const gaps: number[] = [];
      let last = performance.now();
      const end = last + ms;
      const frame = (now: number): void => {
        gaps.push(now - last);
        last = now;
        if (now < end) requestAnimationFrame(frame);
        else resolve(gaps);
      };
      requestAnimationFrame(frame);
    }),
  seconds * 1000,
);
const after = await figures();
for (const timer of timers) clearInterval(timer);

const took = (after.Timestamp ?? 0) - (before.Timestamp ?? 0);
const share = (name: string): string =>
  `${((((after[name] ?? 0) - (before[name] ?? 0)) / took) * 1000).toFixed(0).padStart(5)} ms/s`;
const dropped = frames.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / FRAME_MS) - 1), 0);
const sorted = [...frames].sort((a, b) => a - b);
const words = await person.page.getByRole('article').allInnerTexts();
console.log(
  `${groups} groups of ${each}, ${keys} keys/s each, for ${took.toFixed(0)} s (${words.join('').length} characters shown)`,
);
console.log(`  scripts   ${share('ScriptDuration')}`);
console.log(`  styles    ${share('RecalcStyleDuration')}`);
console.log(`  layout    ${share('LayoutDuration')}`);
console.log(`  all tasks ${share('TaskDuration')}`);
console.log(
  `  frames    ${(frames.length / took).toFixed(1)} a second, ${dropped} dropped, p99 ${(sorted[Math.floor(sorted.length * 0.99)] ?? 0).toFixed(0)} ms, longest ${(sorted.at(-1) ?? 0).toFixed(0)} ms`,
);

for (const { client } of writers) client.destroy();
await person.leave();
await browser.close();
await stage.house.close();
