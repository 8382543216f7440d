/**
 * What an automatic check can see of accessibility, in both languages, wide and at 320 px, with the dialogs open. What it
 * cannot see is tried by keyboard in journey.test.ts.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { itemAddress, notes } from '../support/meeting-page.ts';
import { pageFaults } from '../support/page-faults.ts';
import { call, signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

/** The narrow page is the hardest for words that are longer; wide differs in nothing but the first language's layout. */
const WIDTHS = { sv: [1440, 320], en: [320] };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

/**
 * Fails with the rule, the elements and what is wrong with them. `centre` is brought to the middle first: what is fixed at
 * the foot of a phone covers whatever one has scrolled there, and axe judges the one position it finds.
 */
async function check(page: Page, state: string, centre?: string): Promise<void> {
  if (centre)
    await page
      .locator(centre)
      .first()
      .evaluate((node) => node.scrollIntoView({ block: 'center' }));
  expect(await pageFaults(page), state).toEqual([]);
}

async function dialog(page: Page, state: string): Promise<void> {
  await expect(page.getByRole('dialog').or(page.getByRole('menu')).first()).toBeVisible();
  await check(page, state);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog').or(page.getByRole('menu'))).toHaveCount(0);
}

describe.each(['sv', 'en'] as const)('in %s', (language) => {
  it.each(WIDTHS[language])('signing in, at %i px', async (width) => {
    const person = await letIn(browser, null, { language, context: { viewport: { width, height: 800 } } });
    await person.page.goto(`${server.url}/logga-in`);
    await expect(person.page.locator('input[type="password"]')).toBeVisible();
    await expect(person.page.locator('html')).toHaveAttribute('lang', language);
    await check(person.page, 'sign-in');
    await person.page.locator('input[type="email"]').fill('ingen@nordalven.example');
    await person.page.locator('input[type="password"]').fill('fel lösenord här');
    await person.page.keyboard.press('Enter');
    await expect(person.page.getByRole('alert').or(person.page.getByRole('status')).first()).toBeVisible();
    await check(person.page, 'sign-in refused');
    await person.leave();
  });

  it.each(WIDTHS[language])('home, people, settings and a new meeting, at %i px', async (width) => {
    const person = await signedIn(language, width);
    const { page } = person;
    for (const path of [
      '/',
      '/personer',
      '/drift',
      '/installningar',
      '/nytt/retreat',
      `/m/${server.demo.meetingId}/installningar`,
    ]) {
      await page.goto(server.url + path);
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await check(page, path);
    }
    await person.leave();
    expect(person.complaints).toEqual([]);
  });

  it.each(WIDTHS[language])('the meeting with its editor and dialogs, at %i px', async (width) => {
    const person = await signedIn(language, width);
    const { page } = person;
    const room = server.demo.rooms.find((name) => name.startsWith('item:')) ?? '';
    await page.goto(itemAddress(server.url, room));
    await expect(notes(page)).toBeVisible({ timeout: 20_000 });
    await check(page, 'meeting', '[role="toolbar"]');
    await notes(page).click();
    await check(page, 'writing', '[role="toolbar"]');
    await page.locator('#item-heading').focus();
    await page.keyboard.press('h');
    await dialog(page, 'who is here');
    await page.keyboard.press('?');
    await dialog(page, 'keyboard map');
    await page.getByRole('button', { name: /Byt skede|Change phase|byt skede|change phase/ }).click();
    await dialog(page, 'phase menu');
    // A locked item.
    await page.goto(itemAddress(server.url, server.demo.rooms[3] ?? ''));
    await expect(page.locator('[data-notes]')).toBeVisible();
    await check(page, 'another item');
    await person.leave();
    expect(person.complaints).toEqual([]);
  });
});

async function signedIn(language: 'sv' | 'en', width: number): Promise<Person> {
  const link = server.demo.links.facilitator;
  const answer = await call(await signInByLink(link), 'PATCH', '/api/account', { language });
  expect(answer.status).toBe(200);
  const person = await letIn(browser, link, { language, context: { viewport: { width, height: 800 } } });
  await expect(person.page.locator('html')).toHaveAttribute('lang', language);
  return person;
}
