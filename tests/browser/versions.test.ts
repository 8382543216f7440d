/**
 * Somebody deletes everything, somebody else brings it back: the version kept itself, everybody sees the text return, and
 * a caret in a paragraph that is the same on both sides stays where it was. Then the same pages by keyboard, on a phone, in
 * the dark and in English.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { itemAddress, newParagraph, notes, paragraphs, untilSaved } from '../support/meeting-page.ts';
import { pageFaults } from '../support/page-faults.ts';
import { call, signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const PICTURES = join(import.meta.dirname, '../output/versions');
/** For what goes by way of the server, on a busy machine. */
const PATIENT = { timeout: 15_000 };
const LONG =
  'Delegationerna prövar en gemensam beredning under ett år, med en utvärdering i oktober som båda huvudmännen läser. ';

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

async function look(page: Page, state: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  expect(await pageFaults(page), state).toEqual([]);
  await page.screenshot({ path: join(PICTURES, `${state}.png`), animations: 'disabled' });
}

const newest = (page: Page, kind: string) => page.locator(`[data-version="${kind}"]`).first();

/** Saves a version under a name. */
async function save(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Spara version' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Namn' })).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(newest(page, 'named')).toContainText(name, PATIENT);
}

/** Chooses the newest version of a kind and restores it; ends on the item's page. */
async function restore(page: Page, kind: string): Promise<void> {
  await page.getByRole('link', { name: 'Versioner', exact: true }).click();
  await newest(page, kind).click();
  await page.getByRole('button', { name: 'Återställ den här versionen' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Återställ', exact: true }).click();
  await expect(notes(page)).toBeVisible(PATIENT);
}

it('what one deletes, another brings back; carets beside it stay', async () => {
  const { links, rooms, url } = server.demo;
  const address = itemAddress(url, rooms.find((room) => room.startsWith('item:')) ?? '');
  const secretary = await letIn(browser, links.secretary);
  const member = await letIn(browser, links.member1);
  for (const { page } of [secretary, member]) {
    await page.goto(address);
    await expect(notes(page)).toBeVisible({ timeout: 20_000 });
  }
  await newParagraph(secretary.page);
  await secretary.page.keyboard.insertText(LONG.repeat(5).trim());
  await untilSaved(secretary.page);
  const full = await paragraphs(secretary.page);
  await expect.poll(() => paragraphs(member.page), PATIENT).toEqual(full);

  // Everything at once, as it happens to people.
  await notes(member.page).locator('p').first().click();
  await member.page.keyboard.press('ControlOrMeta+a');
  await member.page.keyboard.press('Delete');
  await untilSaved(member.page);
  await expect.poll(async () => (await paragraphs(secretary.page)).join(''), PATIENT).toBe('');

  await restore(secretary.page, 'large-deletion');
  for (const { page } of [secretary, member]) await expect.poll(() => paragraphs(page), PATIENT).toEqual(full);
  await expect(secretary.page.getByText('Versionen är återställd.')).toBeVisible();
  await secretary.page.screenshot({ path: join(PICTURES, 'restored.png') });
  // Going back is taken back by going back to what was there.
  await secretary.page.locator('[data-react-aria-top-layer]').getByRole('button', { name: 'Ångra' }).click();
  await expect.poll(async () => (await paragraphs(member.page)).join(''), PATIENT).toBe('');
  await restore(secretary.page, 'large-deletion');
  for (const { page } of [secretary, member]) await expect.poll(() => paragraphs(page), PATIENT).toEqual(full);

  // The member writes in the first paragraph while the last one goes and comes back.
  const place = notes(member.page).locator(':scope > *').first();
  const before = (await place.textContent()) ?? '';
  await place.click();
  await member.page.keyboard.press('ControlOrMeta+Home');
  for (let n = 0; n < 5; n++) await member.page.keyboard.press('ArrowRight');
  await secretary.page.evaluate(() => document.querySelector<HTMLElement>('[data-notes] [contenteditable]')?.focus());
  const last = notes(secretary.page).locator('p').last();
  await last.click({ clickCount: 3 });
  await secretary.page.keyboard.press('Backspace');
  await untilSaved(secretary.page);
  await expect.poll(async () => (await paragraphs(member.page)).at(-1), PATIENT).not.toBe(full.at(-1));
  await restore(secretary.page, 'large-deletion');
  await expect.poll(() => paragraphs(member.page), PATIENT).toEqual(full);
  await member.page.keyboard.type('¤');
  expect(await place.textContent()).toBe(`${before.slice(0, 5)}¤${before.slice(5)}`);
  await untilSaved(member.page);

  for (const person of [secretary, member]) {
    expect(person.complaints).toEqual([]);
    await person.leave();
  }
});

it('versions are read, compared and named by keyboard, at any width, light and dark', async () => {
  const { links, rooms, url, meetingId } = server.demo;
  const address = itemAddress(url, rooms.filter((room) => room.startsWith('item:'))[1] ?? '');
  const chair = await letIn(browser, links.chair, { at: `${address}/versioner` });
  const { page } = chair;
  await expect(page.getByRole('heading', { level: 1, name: /^Versioner: / })).toBeVisible({ timeout: 20_000 });
  await look(page, 'first-1440');
  await save(page, 'Före omröstningen');
  await page.getByRole('link', { name: 'Tillbaka till texten' }).click();
  await newParagraph(page);
  await page.keyboard.type('Det här kom till efteråt.');
  await untilSaved(page);
  await page.goto(`${address}/versioner`);

  // By keyboard alone: the list, the text, the comparison, who wrote.
  await newest(page, 'named').focus();
  await page.keyboard.press('Enter');
  const title = page.getByRole('heading', { level: 2, name: /^Så var det / });
  await expect(title).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Jämför med nu' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Jämför med nu' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('ins')).toHaveText('Det här kom till efteråt.', PATIENT);
  await look(page, 'compare-1440');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Vem skrev?' })).toHaveAttribute('aria-pressed', 'true');
  await look(page, 'who-1440');
  await page.getByRole('button', { name: 'Återställ den här versionen' }).click();
  await expect(page.getByRole('dialog')).toContainText('sparas som en version');
  await look(page, 'restore-1440');
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(title).toBeVisible();
  await look(page, 'who-390');
  await page.getByRole('button', { name: 'Alla versioner' }).click();
  await look(page, 'list-390');

  await page.goto(`${url}/m/${meetingId}/versioner`);
  await save(page, 'Som utskickad');
  await newest(page, 'named').click();
  await expect(page.getByRole('list', { name: 'Dagordningen som den var' })).toBeVisible();
  await look(page, 'agenda-390');
  await page.setViewportSize({ width: 1440, height: 900 });
  await look(page, 'agenda-1440');
  await page.getByRole('button', { name: 'Ta bort versionen' }).click();
  await expect(page.getByRole('dialog')).toContainText('går inte att få tillbaka');
  await page.getByRole('dialog').getByRole('button', { name: 'Ta bort för gott' }).click();
  await expect(page.locator('[data-version="named"]')).toHaveCount(0, PATIENT);

  // Who may not write here looks and compares.
  expect((await call(await signInByLink(links.observer), 'PATCH', '/api/account', { language: 'en' })).status).toBe(
    200,
  );
  const observer = await letIn(browser, links.observer, {
    at: `${address}/versioner`,
    language: 'en',
    context: { colorScheme: 'dark' },
  });
  await newest(observer.page, 'named').click();
  await expect(observer.page.getByText('Those who may write here can restore.')).toBeVisible(PATIENT);
  await expect(observer.page.getByRole('button', { name: 'Restore this version' })).toHaveCount(0);
  await observer.page.getByRole('button', { name: 'Compare with now' }).click();
  await expect(observer.page.locator('ins')).toHaveCount(1, PATIENT);
  await look(observer.page, 'observer-dark-en');

  for (const person of [chair, observer]) {
    expect(person.complaints).toEqual([]);
    await person.leave();
  }
});
