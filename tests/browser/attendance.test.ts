/**
 * Who was there, in real browsers: the secretary presses once when somebody comes or goes, corrects a time by dragging its end,
 * with the arrow keys and in fields, and reads the sentence as it will print; everybody else reads along. Wide and narrow, in
 * light and dark, in both languages.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Meeting } from '#shared/api.ts';
import type { AttendanceView } from '#shared/attendance/api.ts';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { pageFaults } from '../support/page-faults.ts';
import { call, type SignedIn, signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const FOLDER = join(import.meta.dirname, '../output/screenshots');
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let secretary: SignedIn;
let meeting: Meeting;
let address: string;

async function ask<T>(path: string): Promise<T> {
  const answer = await call(secretary, 'GET', `/api/meetings/${server.demo.meetingId}${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  secretary = await signInByLink(server.demo.links.secretary);
  meeting = await ask<Meeting>('');
  address = `${server.url}/m/${server.demo.meetingId}/narvaro`;
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

const idOf = (name: string): string => meeting.participants.find((one) => one.name === name)!.personId;
const saidOf = async (name: string) =>
  (await ask<AttendanceView>('/attendance')).entries.filter(({ personId }) => personId === idOf(name));
/** The row of one person on the strip. */
const row = (page: Page, name: string) =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByText(name) })
    .last();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const firstDay = (): string => meeting.sittings[0]!.id;

async function check(page: Page, state: string): Promise<void> {
  expect(await pageFaults(page), state).toEqual([]);
}

describe('presence', () => {
  it('is one press in the list of people, seen by everybody, and taken back', { timeout: 120_000 }, async () => {
    const desk = await letIn(browser, server.demo.links.secretary);
    const member = await letIn(browser, server.demo.links.member1, { at: address });
    await expect(row(member.page, 'Oskar Blixt')).toContainText('till kl.');
    await expect(button(member.page, /ansluter nu/)).toHaveCount(0);

    const { page } = desk;
    await page.goto(`${server.url}/m/${server.demo.meetingId}`);
    await button(page, 'Oskar Blixt ansluter nu').press('Enter');
    await expect(button(page, 'Oskar Blixt lämnar nu')).toBeVisible();
    await expect(row(member.page, 'Oskar Blixt').locator('[data-kind="present"]')).toHaveCount(2);
    await page.getByRole('status').getByRole('button', { name: 'Ångra' }).click();
    await expect(button(page, 'Oskar Blixt ansluter nu')).toBeVisible();
    await expect(row(member.page, 'Oskar Blixt').locator('[data-kind="present"]')).toHaveCount(1);
    for (const person of [desk, member]) {
      expect(person.complaints).toEqual([]);
      await person.leave();
    }
  });

  it('is said of oneself', { timeout: 120_000 }, async () => {
    const member = await letIn(browser, server.demo.links.member2, { at: `${server.url}/m/${server.demo.meetingId}` });
    const { page } = member;
    await button(page, 'Jag går nu').click();
    await expect(button(page, 'Jag är här')).toBeVisible();
    expect((await saidOf('Rut Sandgren')).at(-1)?.to).not.toBeNull();
    await button(page, 'Jag är här').click();
    await expect(button(page, 'Jag går nu')).toBeVisible();
    expect(member.complaints).toEqual([]);
    await member.leave();
  });

  it('is corrected by dragging an end, by the arrow keys, and in fields', { timeout: 180_000 }, async () => {
    const desk = await letIn(browser, server.demo.links.secretary, { at: address });
    const { page } = desk;
    const name = 'Per-Olof Lidman';
    const mine = row(page, name);
    await mine.hover();
    const end = mine.getByRole('slider', { name: `${name}, Dag 1: närvarande till` });
    const track = (await mine.locator('[data-sitting="1"]').boundingBox())!;
    const handle = (await end.boundingBox())!;
    await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
    await page.mouse.down();
    await page.mouse.move(track.x + track.width * 0.6, handle.y + 4, { steps: 5 });
    await page.mouse.move(track.x + track.width * 0.25, handle.y + 4, { steps: 5 });
    await page.mouse.up();
    await expect(mine).toContainText('till kl.');
    const [dragged] = await saidOf(name);
    expect(dragged).toMatchObject({ kind: 'present', sittingId: firstDay(), from: null });
    const to = dragged!.to!;

    // Minute by minute, a quarter at a time, and not at all.
    await button(page, `Rätta närvaron för ${name}`).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(end).toBeFocused();
    for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowLeft', 'ArrowRight']) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await saidOf(name))[0]?.to).toBe(to - 12 * 60_000);
    await expect(end).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Escape');
    await button(page, 'Ångra').click();
    await expect.poll(async () => (await saidOf(name))[0]?.to).toBe(to);

    // In fields: from the start until the end again, and a conflict of interest, read before it is saved.
    await button(page, `Rätta närvaron för ${name}`).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Till, Dag 1, tid 1').fill('00:01');
    await button(page, 'Spara').click();
    await expect(dialog.getByRole('alert')).toContainText('En tid slutar innan den börjar.');
    await check(page, 'a time that ends before it begins');
    await dialog.getByLabel('Till, Dag 1, tid 1').fill('');
    await dialog.getByLabel('Lägg till en punkt').selectOption({ label: '2 Föregående protokoll' });
    await expect(dialog.getByRole('status')).toContainText(`${name}, jäv punkten 2`);
    await button(page, 'Spara').click();
    await expect(dialog).toHaveCount(0);
    await expect(button(page, `Rätta närvaron för ${name}`)).toBeFocused();
    await expect(mine).toContainText('jäv punkten 2');
    await expect(page.locator(`[data-roll="${idOf(name)}"]`)).toHaveText('jäv punkten 2');
    expect(await saidOf(name)).toMatchObject([{ to: null }, { kind: 'conflict' }]);
    expect(desk.complaints).toEqual([]);
    await desk.leave();
  });

  it('is pressed with a thumb in the list of people on a phone', { timeout: 120_000 }, async () => {
    const desk = await letIn(browser, server.demo.links.secretary, {
      at: `${server.url}/m/${server.demo.meetingId}`,
      context: PHONE,
    });
    const { page } = desk;
    await button(page, /^Här \d/).click();
    const press = button(page, 'Elsa Mårdh lämnar nu');
    await press.scrollIntoViewIfNeeded();
    expect((await press.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await check(page, 'the list of people on a phone');
    await page.screenshot({ path: join(FOLDER, 'attendance-phone-people.png'), animations: 'disabled' });
    await press.tap();
    await expect(button(page, 'Elsa Mårdh ansluter nu')).toBeVisible();
    await page.getByRole('status').getByRole('button', { name: 'Ångra' }).tap();
    await expect(press).toBeVisible();
    expect(desk.complaints).toEqual([]);
    await desk.leave();
  });

  it('says what does not hold together, with the way to it', { timeout: 120_000 }, async () => {
    const desk = await letIn(browser, server.demo.links.secretary, { at: address });
    const { page } = desk;
    await button(page, 'Rätta närvaron för Dag Östlund').click();
    await page.getByRole('dialog').getByRole('group', { name: 'Hela Dag 1' }).getByText('förhinder').click();
    await button(page, 'Spara').click();
    const warning = page.locator('[data-warning="presenter-absent"]').filter({ hasText: 'Dag Östlund' });
    await expect(warning).toContainText('föredrog punkt 4.1');
    await expect(page.locator('[data-roll="excused"]')).toContainText('Dag Östlund');
    await warning.getByRole('button').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await button(page, 'Ångra').click();
    await expect(warning).toHaveCount(0);
    expect(desk.complaints).toEqual([]);
    await desk.leave();
  });

  it.each([
    ['wide', 'sv', { viewport: { width: 1440, height: 1000 } }],
    ['phone', 'sv', PHONE],
    ['narrow', 'en', { viewport: { width: 320, height: 700 } }],
  ] as const)('is whole when %s, in %s', { timeout: 120_000 }, async (size, language, context) => {
    // What one has chosen goes before what the browser asks for.
    expect((await call(secretary, 'PATCH', '/api/account', { language })).status).toBe(200);
    const desk = await letIn(browser, server.demo.links.secretary, { at: address, language, context });
    const { page } = desk;
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('[data-sitting="1"]').first()).toBeVisible();
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await check(page, `${size}, ${scheme}`);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({
        path: join(FOLDER, `attendance-${size}-${scheme}.png`),
        animations: 'disabled',
        fullPage: size === 'wide',
      });
    }
    if (size !== 'wide') {
      // One day at a time.
      await expect(page.locator('[data-sitting="2"]')).toHaveCount(0);
      await button(page, /^(Dag|Day) 2/).click();
      await expect(page.locator('[data-sitting="2"]').first()).toBeVisible();
    }
    await page
      .getByRole('button', { name: /Henrik Ask/ })
      .first()
      .click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await check(page, `${size}, the dialog`);
    await page.screenshot({ path: join(FOLDER, `attendance-${size}-dialog.png`), animations: 'disabled' });
    expect(desk.complaints).toEqual([]);
    await desk.leave();
  });
});
