/**
 * The wall of the room: opened by its link with nobody signed in, it shows what the facilitator chooses within a second,
 * fits on one screen, can be read by everybody, finds its way back after a cut, and goes dark when its link is replaced.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { axeFaults } from '../support/page-faults.ts';
import { ask as askFor, call, type SignedIn, signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const FOLDER = join(import.meta.dirname, '../output/screenshots');
const WALL = { width: 1920, height: 1080 };
/** Of the strictest level what a wall owes: the rest of it is about texts one works in. */

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let host: SignedIn;
let leader: Person;
let itemId: string;

const ask = <T>(method: string, path: string, body?: unknown): Promise<T> =>
  askFor<T>(host, method, `/api/meetings/${server.demo.meetingId}${path}`, body);

/** A cluster of the demo's harvest. */
const CLUSTER = 'Service där folk redan är';

/** The item of the demo's workshop. */
async function findItem(): Promise<string> {
  for (const room of server.demo.rooms) {
    const [kind, , id = ''] = room.split(':');
    if (kind !== 'item') continue;
    const answer = await call(host, 'GET', `/api/meetings/${server.demo.meetingId}/items/${id}/workshop`);
    const workshop = answer.ok ? ((await answer.json()) as WorkshopView | null) : null;
    if (workshop?.id === server.demo.workshopId) return id;
  }
  throw new Error('the demo has no workshop');
}

/** The workshop's item is the one that is treated, and there is a vote on what was harvested. */
async function prepare(): Promise<void> {
  itemId = await findItem();
  await ask('POST', '/current-item', { itemId });
  await ask('POST', `/items/${itemId}/votes`, {
    title: 'Vad är viktigast först?',
    dots: 3,
    choices: [
      { id: newId(), label: CLUSTER },
      { id: newId(), label: 'Öppettider före hus' },
    ],
  });
}

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  host = await signInByLink(server.demo.links.facilitator);
  await prepare();
  leader = await letIn(browser, server.demo.links.facilitator);
  await leader.page.goto(`${server.url}/m/${server.demo.meetingId}/p/${itemId}`);
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

async function check(page: Page, state: string): Promise<void> {
  expect(await axeFaults(page), state).toEqual([]);
}

/** Contrast of the strictest level, 7:1 and 4.5:1 for large letters. */
async function readable(page: Page, state: string): Promise<void> {
  expect(await axeFaults(page, { rule: 'color-contrast-enhanced' }), state).toEqual([]);
}

const remote = () => leader.page.getByRole('dialog');

async function openRemote(): Promise<void> {
  if ((await remote().count()) === 0) await leader.page.getByRole('button', { name: 'Storbild' }).click();
  await expect(remote()).toBeVisible();
}

async function choose(view: string): Promise<void> {
  await openRemote();
  await remote().getByRole('radio', { name: view, exact: true }).click({ force: true });
}

/** A fresh link, as the remote control shows it. */
async function link(): Promise<string> {
  await openRemote();
  const field = remote().getByRole('textbox', { name: 'Länk' });
  const before = (await field.count()) === 0 ? null : await field.inputValue();
  await remote()
    .getByRole('button', { name: /^Gör en/ })
    .click();
  await expect(field).toHaveValue(/storbild#/);
  if (before !== null) await expect(field).not.toHaveValue(before);
  return field.inputValue();
}

const VIEWS: readonly [label: string, view: string, words: RegExp][] = [
  ['Välkommen', 'welcome', /Delta med din telefon/],
  ['Dagordning', 'agenda', /Pågår/],
  ['Punkten', 'item', /kvar|har gått|över tiden/],
  ['Grupperna', 'groups', /Biblioteket/],
  ['Väggen', 'wall', /Lanthandlarna är redan ombud/],
  ['Skörden', 'harvest', new RegExp(CLUSTER)],
  ['Omröstningen', 'vote', /har röstat/],
  ['Talarlistan', 'floor', /Ordet är fritt/],
  ['Paus', 'break', /Paus/],
];

describe('a wall', () => {
  it('shows what the facilitator chooses, each view whole and readable, in light and dark', {
    timeout: 240_000,
  }, async () => {
    const screen = await letIn(browser, await link(), { context: { viewport: WALL, colorScheme: 'light' } });
    const { page } = screen;
    await expect(page).toHaveURL(`${server.url}/m/${server.demo.meetingId}/storbild`);
    await check(leader.page, 'the remote control');
    await leader.page.screenshot({ path: join(FOLDER, 'projector-remote.png'), animations: 'disabled' });
    for (const [label, view, words] of VIEWS) {
      await choose(label);
      if (view === 'break') await remote().getByRole('button', { name: '15 min' }).click();
      const main = page.locator('main[data-view]');
      await expect(main).toHaveAttribute('data-view', view, { timeout: 2_000 });
      await expect(main).toContainText(words);
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.evaluate(() => document.fonts.ready);
        await check(page, `${view}, ${scheme}`);
        await readable(page, `${view}, ${scheme}`);
        await page.screenshot({ path: join(FOLDER, `projector-${view}-${scheme}.png`), animations: 'disabled' });
      }
      const size = await page.evaluate(() => [
        document.documentElement.scrollWidth - innerWidth,
        document.documentElement.scrollHeight - innerHeight,
      ]);
      expect(Math.max(...size), `${view} scrolls`).toBeLessThanOrEqual(0);
    }
    // Nothing to press: it works without a mouse and without a keyboard.
    expect(await page.getByRole('button').count()).toBe(0);
    expect(screen.complaints).toEqual([]);
    await screen.leave();
  });

  it('finds its way back after a cut, and shows what was chosen meanwhile', { timeout: 120_000 }, async () => {
    const screen = await letIn(browser, null, { cuttable: true, context: { viewport: WALL } });
    await screen.page.goto(await link());
    const main = screen.page.locator('main[data-view]');
    await expect(main).toHaveAttribute('data-view', /./);
    screen.cut();
    await expect(main).toContainText('Ingen kontakt', { timeout: 60_000 });
    await choose('Dagordning');
    screen.mend();
    await expect(main).toHaveAttribute('data-view', 'agenda', { timeout: 30_000 });
    await expect(main).not.toContainText('Ingen kontakt');
    await screen.leave();
  });

  it('goes dark by itself when its link is replaced, and says why', { timeout: 120_000 }, async () => {
    const screen = await letIn(browser, await link(), { context: { viewport: WALL } });
    await expect(screen.page.locator('main[data-view]')).toHaveAttribute('data-view', /./);
    await link();
    await expect(screen.page.getByRole('heading', { name: /öppnar ingen storbild/ })).toBeVisible({ timeout: 30_000 });
    await check(screen.page, 'a dead link');
    await screen.leave();
  });

  it('may be looked at by a participant as who they are, also on a phone', { timeout: 120_000 }, async () => {
    const member = await letIn(browser, server.demo.links.member1, {
      context: { viewport: { width: 390, height: 844 } },
    });
    await choose('Grupperna');
    await member.page.goto(`${server.url}/m/${server.demo.meetingId}/storbild`);
    await expect(member.page.locator('main[data-view]')).toContainText('Biblioteket');
    const wide = await member.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await member.page.screenshot({ path: join(FOLDER, 'projector-groups-390.png'), fullPage: true });
    await member.page.goto(server.url);
    await expect(member.page).toHaveURL(`${server.url}/`);
    await member.leave();
  });
});
