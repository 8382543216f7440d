/**
 * The secretary's whole way without a mouse: an item is taken up, somebody's coming recorded, notes written, a proposal made,
 * decided and given to somebody to do, and the protocol says all of it. Then how the body keeps its records, and the same
 * pages on a phone and in the dark.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { itemAddress, notes, untilSaved } from '../support/meeting-page.ts';
import { pageFaults } from '../support/page-faults.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const PICTURES = join(import.meta.dirname, '../output/secretary');
const PATIENT = { timeout: 20_000 };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let secretary: Person;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  secretary = await letIn(browser, server.demo.links.secretary);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

async function look(page: Page, state: string): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => document.fonts.ready);
      const where = `${state}-${width}-${colorScheme}`;
      expect(await pageFaults(page), where).toEqual([]);
      await page.screenshot({ path: join(PICTURES, `${where}.png`), animations: 'disabled' });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Goes there as one does without a mouse: from stop to stop, backwards where that is `back`. */
async function tabTo(page: Page, target: Locator, back = false): Promise<void> {
  await target.waitFor(PATIENT);
  for (let stops = 0; stops < 150; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`no stop at ${target}`);
}

/** Presses a button without a mouse. */
async function press(page: Page, name: string | RegExp, back = false): Promise<void> {
  await tabTo(page, page.getByRole('button', { name }).first(), back);
  await page.keyboard.press('Enter');
}

it('takes presence, writes, proposes, decides and moves on by keyboard alone', { timeout: 180_000 }, async () => {
  const { page } = secretary;
  const { keyboard } = page;
  await page.goto(itemAddress(server.url, server.demo.rooms[1] ?? ''));
  await notes(page).waitFor(PATIENT);

  // On to the item after the next, and take it up.
  for (const title of [/Sammanfattning av dialogen/, /Digital väg in/]) {
    await keyboard.press('n');
    await expect(page).toHaveTitle(title, PATIENT);
  }
  await press(page, 'Ta upp punkten nu');
  await expect(page.getByRole('button', { name: 'Punkten behandlas nu' }).first()).toBeVisible(PATIENT);

  await press(page, 'Oskar Blixt ansluter nu');
  await expect(page.getByRole('button', { name: 'Oskar Blixt lämnar nu' })).toBeVisible(PATIENT);

  await tabTo(page, notes(page), true);
  await keyboard.press('ControlOrMeta+End');
  await keyboard.press('Enter');
  await keyboard.type('KSO i Tallmo vill pröva ingången före sommaren.');
  await untilSaved(page);
  await keyboard.press('Escape');

  await press(page, 'Skriv ett förslag');
  await keyboard.type('öppna en gemensam ingång i Tallmo i maj,');
  await keyboard.press('Enter');
  await keyboard.type('redovisa erfarenheterna i oktober.');
  await press(page, 'Lägg till förslaget');
  await press(page, 'Besluta enligt förslaget');
  const dialog = page.getByRole('dialog', { name: /^Besluta om förslag/ });
  await dialog.waitFor(PATIENT);
  await tabTo(page, dialog.getByRole('button', { name: 'Besluta', exact: true }));
  await keyboard.press('Enter');
  await expect(dialog).toBeHidden(PATIENT);
  await expect(page.getByRole('region', { name: /^Beslut \d+$/ })).toContainText('gemensam ingång', PATIENT);
  await press(page, 'Lägg till uppgift');
  await keyboard.type('Bjud in till provkörning');
  await tabTo(page, page.getByRole('textbox', { name: 'Senast' }));
  await keyboard.type('våren 2027');
  await keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Bjud in till provkörning' })).toBeVisible(PATIENT);
  await look(page, 'decided');

  // On to the next, and to the protocol.
  await tabTo(page, page.getByRole('banner').getByRole('link', { name: 'Protokoll' }), true);
  await keyboard.press('Enter');
  const paper = page.getByRole('article');
  await expect(paper).toContainText('Bjud in till provkörning', PATIENT);
  await expect(paper).toContainText('att öppna en gemensam ingång i Tallmo i maj,');
  await expect(paper).toContainText('KSO i Tallmo vill pröva');
  const row = page
    .getByRole('navigation', { name: 'Fullständighet och checklista' })
    .getByRole('row')
    .filter({ hasText: 'Digital väg in' });
  await expect(row.getByRole('cell')).toHaveText(['klart', 'klart', 'klart', 'klart', 'behövs inte'], PATIENT);
  await look(page, 'protocol');
});

it('leads from what is to be done to the paragraph it comes from', { timeout: 60_000 }, async () => {
  const { page } = secretary;
  await page.goto(itemAddress(server.url, server.demo.rooms[1] ?? ''));
  const action = page.getByRole('region', { name: 'Stäm av Granvågs lokal' });
  await action.getByRole('button', { name: 'Visa stycket' }).press('Enter');
  await expect(page.locator('[data-notes] p').getByText('stämmer av Granvågs lokal')).toBeInViewport();
  await expect(notes(page)).toBeFocused();
});

it('says how the body keeps its records, and the protocol follows', { timeout: 120_000 }, async () => {
  const { page } = secretary;
  const { demo, url } = server;
  await page.goto(`${url}/m/${demo.meetingId}/installningar`);
  const section = page.getByRole('region', { name: 'Så skrivs protokollet' });
  await section.getByLabel('Närvaron ordnas efter').selectOption('category');
  await expect(section.getByText('alla som saknas står i en egen lista')).toBeVisible(PATIENT);
  await section.getByRole('button', { name: 'Lägg till förkortning' }).press('Enter');
  await page.keyboard.type('KSO');
  await section.getByRole('button', { name: 'Spara förkortningarna' }).press('Enter');
  await expect(section.getByRole('alert')).toContainText('saknar sin betydelse');
  await section.getByLabel('Betydelse 1').fill('kommunstyrelsens ordförande');
  await page.keyboard.press('Enter');
  await expect(section.getByRole('button', { name: 'Spara förkortningarna' })).toHaveCount(0, PATIENT);
  await section.scrollIntoViewIfNeeded();
  await look(page, 'body');

  const observer = await letIn(browser, demo.links.observer, { at: `${url}/m/${demo.meetingId}/installningar` });
  const shown = observer.page.getByRole('region', { name: 'Så skrivs protokollet' });
  await expect(shown.getByLabel('Betydelse 1')).toHaveValue('kommunstyrelsens ordförande', PATIENT);
  await expect(shown.getByLabel('Närvaron ordnas efter')).toBeDisabled();
  await observer.page.goto(`${url}/m/${demo.meetingId}/protokoll`);
  const paper = observer.page.getByRole('article');
  await expect(paper).toContainText('Kommunstyrelsens ordförande (KSO) i Tallmo vill pröva', PATIENT);
  await expect(paper).toContainText('Tjänstepersoner');
  expect([...observer.complaints, ...secretary.complaints]).toEqual([]);
  await observer.leave();
});
