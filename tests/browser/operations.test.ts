/**
 * Why this file exists: the administrators' page of operations in a real browser: it lives, it can be paused, it says when
 * the server is gone, and others do not see it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it, expect as verify } from 'vitest';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { itemAddress, newParagraph, notes, untilSaved } from '../support/meeting-page.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const FOLDER = join(import.meta.dirname, '../output/screenshots');

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

const figure = (page: Page, name: string) =>
  page
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd');

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', fullPage: true });
}

it('lives while others write, can be paused, and says when the server is gone', async () => {
  const people: Person[] = [];
  const writer = await letIn(browser, server.demo.links.member1, {
    at: itemAddress(server.url, server.demo.rooms.find((room) => room.startsWith('item:')) ?? ''),
  });
  people.push(writer);
  await expect(notes(writer.page)).toBeVisible();

  const admin = await letIn(browser, server.demo.links.facilitator, { at: server.url });
  people.push(admin);
  const { page } = admin;
  await page.getByRole('button', { name: /din meny/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Drift' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Drift' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Allt som skrivs sparas' })).toBeVisible();
  await expect(figure(page, 'Personer i möten')).toHaveText('1');

  await newParagraph(writer.page);
  await writer.page.keyboard.type('Alla byar ska nås med buss, också på kvällen.', { delay: 20 });
  await untilSaved(writer.page);
  // What was written is in the next step of five seconds, and on the page with the next look of three.
  const updates = page.getByRole('img', { name: /^Ändringar i sekunden.*högst (?!0,)/ });
  await expect(updates).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('img', { name: /^Från mottaget till sparat under tio minuter.* ms/ })).toBeVisible();
  await expect(page.getByText('Alla byar')).toHaveCount(0);

  await page.getByRole('button', { name: 'Pausa' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Pausad\. Värdena är från kl\./)).toBeVisible();
  const second = await letIn(browser, server.demo.links.member2, { at: writer.page.url() });
  people.push(second);
  await expect(notes(second.page)).toBeVisible();
  await expect(figure(page, 'Personer i möten')).toHaveText('1');
  await page.getByRole('button', { name: 'Fortsätt hämta' }).press('Enter');
  await expect(figure(page, 'Personer i möten')).toHaveText('2', { timeout: 10_000 });

  await take(page, 'operations-1440-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await take(page, 'operations-1440-dark');
  await page.setViewportSize({ width: 390, height: 844 });
  await take(page, 'operations-390-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await take(page, 'operations-390-light');
  verify(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);

  await second.page.goto(`${server.url}/drift`);
  await expect(second.page.getByText('Driften sköts av administratörer.')).toBeVisible();
  await second.page.getByRole('button', { name: /din meny/ }).click();
  await expect(second.page.getByRole('menuitem', { name: 'Drift' })).toHaveCount(0);

  const complaints = people.flatMap((person) => person.complaints);
  await server.end('SIGTERM');
  await expect(page.getByText(/^Servern svarar inte\. Värdena är från kl\./)).toBeVisible({ timeout: 20_000 });
  for (const person of people) await person.leave();
  verify(complaints).toEqual([]);
});
