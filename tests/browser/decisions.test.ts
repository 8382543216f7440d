/**
 * A wording is made by two at once while a third sees nothing but the clause on the wall; the chair decides by keyboard
 * alone, what was decided is frozen for everybody, and the item opens again only with a reason. Then the same at other
 * widths, in the dark and in English.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { itemAddress, untilSaved } from '../support/meeting-page.ts';
import { pageFaults } from '../support/page-faults.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const PICTURES = join(import.meta.dirname, '../output/decisions');
/** For what goes by way of the server, on a busy machine. */
const PATIENT = { timeout: 20_000 };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let chair: Person;
let member: Person;
let wall: Person;
let address = '';

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  address = itemAddress(server.url, server.demo.rooms[1] ?? '');
  [chair, member, wall] = await Promise.all([
    letIn(browser, server.demo.links.chair),
    letIn(browser, server.demo.links.member1),
    letIn(browser, server.demo.links.projector, { context: { viewport: { width: 1440, height: 900 } } }),
  ]);
  await Promise.all([chair.page.goto(address), member.page.goto(address)]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

const proposal = (page: Page) => page.getByRole('region', { name: /^Förslag 6/ });
const decision = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const wording = (page: Page, n: number) => page.getByRole('textbox', { name: `Lydelse nu, Sats ${n}`, exact: true });
/** Without what only readers of the screen hear about what was struck and added. */
const words = (page: Page) =>
  page.locator('[data-wording]').evaluate((node) => {
    const copy = node.cloneNode(true) as HTMLElement;
    for (const heard of copy.querySelectorAll('.sr')) heard.remove();
    return copy.textContent ?? '';
  });

async function look(page: Page, state: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  expect(await pageFaults(page), state).toEqual([]);
  await page.screenshot({ path: join(PICTURES, `${state}.png`), animations: 'disabled' });
}

async function everywhere(page: Page, state: string): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await look(page, `${state}-${width}-${scheme}`);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

it('is worded by two at once, and the wall shows the clause alone', async () => {
  for (const { page } of [chair, member]) {
    await expect(proposal(page)).toBeVisible(PATIENT);
    await proposal(page).getByRole('button', { name: 'Formulera: Sats 3', exact: true }).click();
    await expect(wording(page, 3)).toBeVisible(PATIENT);
  }
  await proposal(chair.page)
    .getByRole('listitem', { name: 'Sats 3' })
    .getByRole('button', { name: 'Visa på storbild' })
    .click();
  await expect.poll(() => words(wall.page).catch(() => ''), PATIENT).toContain('följa upp öppettider');

  // One at the end, the other at the beginning, at the same time.
  await wording(member.page, 3).click();
  await member.page.keyboard.press('ControlOrMeta+End');
  await wording(chair.page, 3).click();
  await chair.page.keyboard.press('ControlOrMeta+Home');
  await Promise.all([
    member.page.keyboard.type(' Första gången sker 2029.', { delay: 15 }),
    chair.page.keyboard.type('gemensamt ', { delay: 15 }),
  ]);
  const both = 'gemensamt följa upp öppettider och besökstal en gång om året. Första gången sker 2029.';
  for (const { page } of [chair, member])
    for (const part of ['gemensamt', 'Första gången sker 2029.'])
      await expect(wording(page, 3)).toContainText(part, PATIENT);
  await expect.poll(() => words(wall.page), PATIENT).toBe(`att ${both}`);
  await member.page.getByRole('textbox', { name: 'Skäl till ändringen' }).fill('Alla ska kunna jämföra.');
  await expect(wall.page.getByText('Alla ska kunna jämföra.')).toBeVisible(PATIENT);
  await untilSaved(member.page);
  await expect(wall.page.locator('[data-view="wording"]')).toBeVisible();
  await look(wall.page, 'wall');
  await wording(chair.page, 3).scrollIntoViewIfNeeded();
  await everywhere(chair.page, 'workshop');
}, 120_000);

it('is decided by keyboard alone, and frozen for everybody', async () => {
  const { page } = chair;
  await untilSaved(page);
  await proposal(page).getByRole('button', { name: 'Besluta med ny lydelse' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Besluta om förslag/ });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('gemensamt');
  await everywhere(page, 'decide');
  await expect(dialog.getByRole('combobox', { name: 'Hur det avgörs' })).toBeFocused();
  const button = dialog.getByRole('button', { name: 'Besluta', exact: true });
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(button).toBeFocused({ timeout: 300 });
  }).toPass(PATIENT);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden(PATIENT);
  for (const { page: one } of [chair, member]) {
    await expect(decision(one, 'Beslut 5')).toContainText('gemensamt följa upp öppettider', PATIENT);
    // Nobody words it any more.
    await expect(proposal(one).getByRole('button', { name: /^Formulera/ })).toHaveCount(0, PATIENT);
    await expect(wording(one, 3)).toHaveCount(0);
  }
  await decision(page, 'Beslut 5').getByRole('button', { name: 'Visa ändringar och skäl' }).click();
  await expect(decision(page, 'Beslut 5')).toContainText('Alla ska kunna jämföra.');
  await decision(page, 'Beslut 5').scrollIntoViewIfNeeded();
  await everywhere(page, 'decided');
}, 120_000);

it('is opened again with a reason that everybody reads', async () => {
  await expect(member.page.getByRole('button', { name: 'Öppna punkten igen' })).toHaveCount(0);
  await chair.page.getByRole('button', { name: 'Öppna punkten igen' }).click();
  const dialog = chair.page.getByRole('dialog', { name: 'Öppna punkten igen' });
  await dialog.getByRole('textbox', { name: 'Skäl' }).fill('Fel datum lästes upp');
  await chair.page.keyboard.press('Enter');
  await expect(member.page.getByText('Fel datum lästes upp')).toBeVisible(PATIENT);
  await expect(proposal(member.page).getByRole('button', { name: 'Formulera: Sats 1', exact: true })).toBeVisible(
    PATIENT,
  );
});

it('says by when something is to be done as people say it', async () => {
  const { page } = chair;
  await page.getByRole('button', { name: 'Lägg till uppgift' }).click();
  await page.getByRole('textbox', { name: 'Vad ska göras' }).fill('Lämna synpunkter på avtalet');
  await page.getByRole('textbox', { name: 'Senast' }).fill('snart');
  await expect(page.getByText('Skriv en dag, en vecka')).toBeVisible();
  await page.getByRole('textbox', { name: 'Senast' }).fill('före v. 51 2027');
  await page.keyboard.press('Enter');
  const action = page.getByRole('region', { name: 'Lämna synpunkter på avtalet' });
  await expect(action).toContainText('Senast före v. 51 2027', PATIENT);
  await expect(action.getByRole('listitem')).toHaveCount(7);
  await action.getByRole('combobox', { name: 'Läget för Tallmo' }).selectOption('done');
  await expect(member.page.getByRole('region', { name: 'Lämna synpunkter på avtalet' })).toContainText(
    '1 av 7 klara',
    PATIENT,
  );
});

it('speaks English too, and nobody’s console complains', async () => {
  const english = await letIn(browser, server.demo.links.observer, { at: address, language: 'en' });
  const region = english.page.getByRole('region', { name: 'Beslut 5', exact: true });
  await expect(region).toBeVisible(PATIENT);
  await region.scrollIntoViewIfNeeded();
  await look(english.page, 'english');
  // Who only looks on words nothing and decides nothing.
  await expect(english.page.getByRole('button', { name: /^(Word it|Decide)/ })).toHaveCount(0);
  expect([chair, member, wall, english].flatMap(({ complaints }) => complaints)).toEqual([]);
});
