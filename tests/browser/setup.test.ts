/**
 * Why this file exists: a meeting is made and filled with people by keyboard alone, and what cannot be is said where it is
 * put right.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { axeFaults } from '../support/page-faults.ts';
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

async function clean(page: Page, state: string): Promise<void> {
  expect(await axeFaults(page), state).toEqual([]);
}

describe('making a meeting', () => {
  it.each([1440, 320])(
    'days are checked where they are put right, and people are found by typing, at %i px',
    async (width) => {
      const person = await letIn(browser, server.demo.links.facilitator, {
        context: { viewport: { width, height: 800 } },
      });
      const { page } = person;

      await page.goto(`${server.url}/nytt/session`);
      await page.getByLabel('Mötets namn').fill('Samråd om badplatser');
      await page.getByLabel('Från').fill('13:00');
      await page.getByLabel('Länk för distans').fill('ftp://mote.example/rum');
      await page.getByLabel('Mötets namn').press('Enter');
      await expect(page.getByLabel('Till', { exact: true })).toBeFocused();
      await expect(page.getByText('Dagen måste sluta efter att den börjar.')).toBeVisible();
      await clean(page, 'faulty days');
      await page.keyboard.press('Tab');
      await page.getByLabel('Till', { exact: true }).fill('15:30');
      await expect(page.getByText('Dagen måste sluta efter att den börjar.')).toHaveCount(0);
      await page.getByLabel('Länk för distans').fill('https://mote.example/rum');
      await page.getByLabel('Mötets namn').press('Enter');
      await expect(page).toHaveURL(/\/m\/[^/]+$/);

      await page.goto(`${page.url()}/installningar`);
      const search = page.getByRole('combobox', { name: 'Lägg till ur registret' });
      const rows = page.getByRole('region', { name: 'Deltagare' }).getByRole('listitem');
      await expect(rows).toHaveCount(1);
      await search.focus();
      await page.keyboard.press('ArrowDown');
      await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
      await clean(page, 'the register open');
      const all = await page.getByRole('listbox').getByRole('option').count();
      const name = (await page.getByRole('listbox').getByRole('option').nth(1).locator('span').innerText()).replace(
        / \(.*/,
        '',
      );
      await page.keyboard.type(name);
      await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(2);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(rows).toHaveCount(2);
      await expect(search).toHaveValue('');
      await expect(page.getByText(`${name} är med i mötet`)).toBeVisible();
      await page.getByRole('button', { name: 'Ångra' }).press('Enter');
      await expect(rows).toHaveCount(1);

      const stranger = width === 320 ? 'Vendela Ask' : 'Torvald Björk';
      // Nobody of that name: what was typed begins the new person.
      await search.focus();
      await page.keyboard.type(stranger);
      await expect(page.getByRole('option', { name: `Ny person: ${stranger}` })).toBeVisible();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Ny deltagare' });
      await expect(dialog.getByLabel('Namn')).toHaveValue(stranger);
      await dialog.getByLabel('Förhinder').fill('från kl. 10.00');
      await clean(page, 'a new participant');
      await dialog.getByRole('button', { name: 'Lägg till' }).press('Enter');
      await expect(rows.filter({ hasText: stranger })).toContainText('från kl. 10.00');
      expect(all).toBeGreaterThan(5);

      // Whoever leads alone cannot leave, and reads why.
      const me = rows.filter({ hasText: 'Samtalsledare' }).first();
      await me.getByRole('button').press('Enter');
      await page.getByRole('menuitem', { name: 'Ta bort ur mötet' }).press('Enter');
      const leave = page.getByRole('dialog', { name: 'Gå ur mötet?' });
      await expect(leave.getByRole('button', { name: 'Stanna kvar' })).toBeFocused();
      await clean(page, 'leaving');
      await leave.getByRole('button', { name: 'Gå ur mötet' }).press('Enter');
      await expect(leave.getByText('Någon måste leda mötet.')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(leave).toHaveCount(0);
      await person.leave();
      expect(person.complaints).toEqual([]);
    },
  );
});
