/** On a phone: an item is moved with a finger alone, and a change of phase by an officer reaches the page at once. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { agendaNames, itemAddress, notes } from '../support/meeting-page.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

it('an item moves by its menu in the sheet, and back by the toast; a new phase is seen without a reload', async () => {
  const { links, rooms } = server.demo;
  const item = itemAddress(server.url, rooms.find((room) => room.startsWith('item:')) ?? '');
  const phone = await letIn(browser, links.member1, {
    at: item,
    context: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  });
  const { page } = phone;
  await expect(notes(page)).toBeVisible();

  await page.getByRole('button', { name: 'Dagordning' }).tap();
  const sheet = page.getByRole('dialog', { name: 'Dagordning' });
  await expect(sheet).toBeVisible();
  const before = await agendaNames(page);
  const row = page.getByRole('row', { name: /Digital väg in/ });
  await row.scrollIntoViewIfNeeded();
  await row.getByRole('button', { name: /^Val/ }).tap();
  await page.getByRole('menuitem', { name: /Flytta upp/ }).tap();
  await expect.poll(() => agendaNames(page)).not.toEqual(before);
  await page.getByText('Ångra', { exact: true }).tap();
  await expect.poll(() => agendaNames(page)).toEqual(before);
  await expect(sheet).toBeVisible();
  await sheet.getByRole('button', { name: 'Stäng' }).tap();
  await expect(sheet).toHaveCount(0);

  const chair = await letIn(browser, links.chair, { at: item });
  await chair.page.getByRole('button', { name: /byt skede/i }).click();
  await chair.page.getByRole('menuitem', { name: 'Gå till justering' }).click();
  await expect(notes(page)).toHaveCount(0);
  await expect(page.locator('[data-notes]').getByRole('status')).toBeVisible();

  await phone.leave();
  await chair.leave();
  expect([...phone.complaints, ...chair.complaints]).toEqual([]);
});
