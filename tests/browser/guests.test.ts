/**
 * Guests in real browsers: in by the code within ten seconds and two fields, one person however often the page is loaded,
 * out the moment somebody says so. Pictures of every state are left beside the tests.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect as is, it } from 'vitest';
import { DIST } from '../../server/build.ts';
import { pageSizes } from '../bench/client-size.ts';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { pageFaults } from '../support/page-faults.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const FOLDER = join(import.meta.dirname, '../output/guests');
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let chair: Person;
let code = '';
const people: Person[] = [];

async function person(link: string | null, context: BrowserContextOptions = {}, language: 'sv' | 'en' = 'sv') {
  const let_in = await letIn(browser, link, { context, language });
  people.push(let_in);
  return let_in;
}

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}

/** Nothing axe can see is wrong, and nothing scrolls sideways. */
async function sound(page: Page, state: string): Promise<void> {
  is(await pageFaults(page), state).toEqual([]);
}

/** The panel, opened from the meeting's bar. */
async function panel() {
  const dialog = chair.page.getByRole('dialog', { name: 'Gäster' });
  if ((await dialog.count()) === 0) await chair.page.getByRole('button', { name: /^Gäster/ }).click();
  await expect(dialog).toBeVisible();
  return dialog;
}

/** The person a page is signed in as. */
const identity = (page: Page) =>
  page.evaluate(async () => ((await (await fetch('/api/session')).json()) as { person: { id: string } }).person.id);

async function joinAs(page: Page, name: string): Promise<void> {
  await page.goto(`${server.url}/g/${code}`);
  await page.getByLabel('Namn').fill(name);
  await page.getByRole('button', { name: /Gå in i mötet|Be att få komma in/ }).click();
}

const inMeeting = (page: Page) => expect(page.getByRole('button', { name: /din meny/ })).toBeVisible();

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  chair = await person(server.demo.links.chair);
  await chair.page.goto(`${server.url}/m/${server.demo.meetingId}`);
  await inMeeting(chair.page);
});
afterAll(async () => {
  for (const one of people) await one.leave();
  await browser?.close();
  await server?.end('SIGTERM');
});

it('the guests’ page is at most 120 kB of JavaScript, and holds no editor', async () => {
  const sources = ['common', 'error', 'guest'].map((part) => `i18n/sv/${part}.ts`);
  const [size] = pageSizes(DIST, [{ page: 'guests', entry: 'gast.html', sources, goal: 120_000 }]);
  is(size?.bytes).toBeLessThan(120_000);
  const visitor = await person(null, PHONE);
  const loaded: string[] = [];
  visitor.page.on('response', (response) => {
    if (response.url().endsWith('.js')) loaded.push(response.url());
  });
  await visitor.page.goto(`${server.url}/g`, { waitUntil: 'networkidle' });
  await expect(visitor.page.getByRole('heading', { name: 'Skriv koden från skärmen' })).toBeVisible();
  is(loaded.length).toBeGreaterThan(3);
  is(loaded.filter((url) => /editor|tiptap|prosemirror|yjs|workspace/i.test(url))).toEqual([]);
});

it('an officer opens the door: a code, a QR code, a link', async () => {
  const dialog = await panel();
  await picture(chair.page, 'panel-shut-1440');
  const open = dialog.getByRole('button', { name: 'Släpp in gäster med kod' });
  if ((await open.count()) > 0) await open.click();
  const shown = dialog.locator('p', { hasText: /^Kod [A-Z2-9]{3} [A-Z2-9]{3}$/ });
  await expect(shown).toBeVisible();
  code = ((await shown.textContent()) ?? '').replace(/^Kod /, '').replace(' ', '');
  await expect(dialog.getByRole('img', { name: new RegExp(`/g/${code}`) })).toBeVisible();
  await sound(chair.page, 'the panel');
  await picture(chair.page, 'panel-1440');
});

it('a guest is in within ten seconds and two fields, and is one person ever after', async () => {
  const guest = await person(null, PHONE);
  const { page } = guest;
  const began = performance.now();
  await page.goto(`${server.url}/g/${code}`);
  await page.getByLabel('Namn').fill('Freja Lindahl');
  is(await page.getByRole('textbox').count()).toBe(1);
  await page.getByRole('group', { name: 'Organisation' }).getByText('Annan').tap();
  await page.getByLabel('Organisationens namn').fill('Byarörelsen');
  await picture(page, 'who-390');
  await sound(page, 'who one is');
  const written = performance.now();
  await page.getByRole('button', { name: 'Gå in i mötet' }).tap();
  await inMeeting(page);
  const took = performance.now() - began;
  console.log(
    `a guest was in after ${(took / 1000).toFixed(1)} s, ${((performance.now() - written) / 1000).toFixed(1)} s of it after the button`,
  );
  is(took).toBeLessThan(10_000);
  is(page.url()).toContain(`/m/${server.demo.meetingId}`);
  await picture(page, 'in-390');

  const id = await identity(page);
  await page.reload();
  await inMeeting(page);
  is(await identity(page)).toBe(id);
  const tab = await guest.context.newPage();
  await tab.goto(`${server.url}/g/${code}`);
  await tab.getByRole('link', { name: 'Fortsätt dit' }).click();
  await inMeeting(tab);
  is(await identity(tab)).toBe(id);
  await tab.close();
  // At home in the one meeting.
  await page.goto(`${server.url}/personer`);
  await inMeeting(page);
  is(page.url()).toContain(`/m/${server.demo.meetingId}`);

  const listed = (await panel()).getByRole('region', { name: /Gäster i mötet/ });
  await expect(listed.getByText('Freja Lindahl')).toHaveCount(1);
  await picture(chair.page, 'panel-guest-1440');
  await chair.page.keyboard.press('Escape');
  await chair.page.keyboard.press('h');
  await expect(chair.page.getByRole('dialog')).toContainText('Freja Lindahl (gäst)');
  await chair.page.keyboard.press('Escape');
});

it('by keyboard alone, from the code to the meeting, and the name of somebody here is refused with advice', async () => {
  const guest = await person(null);
  const { page } = guest;
  await page.goto(`${server.url}/g`);
  await expect(page.getByRole('textbox')).toBeFocused();
  await page.keyboard.type(`${code.slice(0, 3).toLowerCase()} 0`);
  await expect(page.getByRole('status')).toContainText('0 finns inte i koder');
  await page.keyboard.press('Backspace');
  await picture(page, 'code-1440');
  await page.keyboard.type(code.slice(3).toLowerCase());
  await expect(page.getByRole('status').getByText(/./).first()).toBeVisible();
  await sound(page, 'the code');
  await picture(page, 'code-found-1440');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Vem är du?' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('freja  LINDAHL');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Namn')).toBeFocused();
  await expect(page.getByText(/heter nästan likadant/)).toBeVisible();
  await picture(page, 'name-taken-1440');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Freja M Lindahl');
  await page.keyboard.press('Enter');
  await inMeeting(page);
});

it('waits in the lobby until somebody lets one in, or does not', async () => {
  const dialog = await panel();
  await dialog.getByRole('checkbox', { name: /väntar tills någon/ }).click();
  await expect(dialog.getByRole('checkbox', { name: /väntar tills någon/ })).toBeChecked();
  const [one, other] = [await person(null, PHONE), await person(null, { ...PHONE, colorScheme: 'dark' })];
  await joinAs(one.page, 'Bertil Ström');
  await joinAs(other.page, 'Disa Hav');
  for (const { page } of [one, other])
    await expect(page.getByRole('heading', { name: 'Snart är du inne' })).toBeVisible();
  await sound(other.page, 'waiting');
  await picture(other.page, 'waiting-390-dark');
  await other.page.reload();
  await expect(other.page.getByRole('heading', { name: 'Snart är du inne' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Släpp in Disa Hav' })).toBeVisible();
  await sound(chair.page, 'the lobby');
  await picture(chair.page, 'lobby-1440');
  await dialog.getByRole('button', { name: 'Släpp in Disa Hav' }).click();
  await inMeeting(other.page);
  await dialog.getByRole('button', { name: 'Neka Bertil Ström' }).click();
  await expect(one.page.getByRole('heading', { name: /kom inte in/ })).toBeVisible();
  await picture(one.page, 'refused-390');
  const lobby = dialog.getByRole('checkbox', { name: /väntar tills någon/ });
  await lobby.click();
  await expect(lobby).not.toBeChecked();

  // Shown out: the page leaves the meeting by itself, for the guests' own.
  await dialog.getByRole('button', { name: 'Ta bort Disa Hav' }).click();
  await expect(other.page.getByText(/inte med i mötet längre/)).toBeVisible();
  await expect(other.page).toHaveURL(/\/g$/);
});

it('a new code, and the end, are at once', async () => {
  const guest = await person(null, PHONE);
  await joinAs(guest.page, 'Tuva Sjö');
  await inMeeting(guest.page);
  const dialog = await panel();
  const old = code;
  await dialog.getByRole('button', { name: 'Byt kod' }).click();
  const ask = chair.page.getByRole('dialog', { name: 'Byt kod?' });
  await picture(chair.page, 'rotate-1440');
  await ask.getByRole('button', { name: 'Byt kod' }).click();
  await expect(ask).toHaveCount(0);
  await expect(dialog.locator('p', { hasText: new RegExp(`^Kod ${old.slice(0, 3)} ${old.slice(3)}$`) })).toHaveCount(0);
  const late = await person(null, PHONE);
  await late.page.goto(`${server.url}/g/${old}`);
  await expect(late.page.getByText(/leder inte till något möte/)).toBeVisible();
  await picture(late.page, 'dead-code-390');
  await sound(late.page, 'a dead code');
  await dialog.getByRole('button', { name: 'Avsluta för alla gäster' }).click();
  await chair.page
    .getByRole('dialog', { name: 'Avsluta för alla gäster?' })
    .getByRole('button', { name: 'Avsluta' })
    .click();
  await expect(guest.page.getByText(/inte med i mötet längre/)).toBeVisible();
  await expect(dialog.getByText('Inga gäster har kommit än.')).toBeVisible();
});

it('reads well at 320 px, in English and in the dark', async () => {
  await chair.page.goto(`${server.url}/m/${server.demo.meetingId}/installningar`);
  const section = chair.page.getByRole('region', { name: 'Gäster', exact: true });
  await section.getByRole('button', { name: 'Släpp in gäster med kod' }).click();
  const shown = section.locator('p', { hasText: /^Kod [A-Z2-9]{3} [A-Z2-9]{3}$/ });
  await expect(shown).toBeVisible();
  code = ((await shown.textContent()) ?? '').replace(/^Kod /, '').replace(' ', '');
  await section.scrollIntoViewIfNeeded();
  await picture(chair.page, 'setup-1440');
  await chair.page.setViewportSize({ width: 390, height: 844 });
  await chair.page.emulateMedia({ colorScheme: 'dark' });
  await section.scrollIntoViewIfNeeded();
  await sound(chair.page, 'the panel at 390 px');
  await picture(chair.page, 'setup-390-dark');
  const narrow = await person(null, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }, 'en');
  await narrow.page.goto(`${server.url}/g/${code}`);
  await expect(narrow.page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
  await sound(narrow.page, 'who one is at 320 px');
  await picture(narrow.page, 'who-320-dark-en');
  await narrow.page.getByRole('button', { name: 'Another code' }).click();
  await expect(narrow.page.getByRole('heading', { name: 'Type the code from the screen' })).toBeVisible();
  await sound(narrow.page, 'the code at 320 px');
  await picture(narrow.page, 'code-320-dark-en');
});

it('nobody’s console complained', () => {
  is(people.flatMap(({ complaints }) => complaints)).toEqual([]);
});
