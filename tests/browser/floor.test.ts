/**
 * The floor in real browsers: a member asks for it with a thumb on a phone, an officer gives it with the keyboard alone, and
 * the wall of the room shows who speaks. Wide and narrow, in light and dark, without anything in the way of anybody.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Meeting } from '#shared/api.ts';
import type { FloorView } from '#shared/floor/api.ts';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { notes } from '../support/meeting-page.ts';
import { pageFaults } from '../support/page-faults.ts';
import { ask as askAs, type SignedIn, signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const FOLDER = join(import.meta.dirname, '../output/screenshots');
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let host: SignedIn;
let other: SignedIn;
let page: string;

const ask = <T>(as: SignedIn, method: string, path: string, body?: unknown): Promise<T> =>
  askAs<T>(as, method, `/api/meetings/${server.demo.meetingId}${path}`, body);

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  [host, other] = await Promise.all([
    signInByLink(server.demo.links.facilitator),
    signInByLink(server.demo.links.member2),
  ]);
  page = `${server.url}/m/${server.demo.meetingId}`;
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

async function check(on: Page, state: string): Promise<void> {
  expect(await pageFaults(on), state).toEqual([]);
}

async function look(on: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await on.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await check(on, `${name}, ${scheme}`);
    await on.screenshot({ path: join(FOLDER, `floor-${name}-${scheme}.png`), animations: 'disabled' });
  }
  await on.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

const button = (on: Page, name: string | RegExp) => on.getByRole('button', { name });
const panel = ({ page: on }: Person) => on.getByRole('region', { name: 'Ordet' });
/** What a screen reader has been told. */
const told = ({ page: on }: Person, words: string | RegExp) =>
  expect(on.getByRole('status').filter({ hasText: words })).not.toHaveCount(0);

describe('the floor', () => {
  it('is asked for with a thumb, given by the keyboard, and seen on the wall', { timeout: 240_000 }, async () => {
    const phone = await letIn(browser, server.demo.links.member1, { at: page, context: PHONE });
    const askFor = button(phone.page, 'Begär ordet');
    await expect(askFor).toBeVisible();
    const box = await askFor.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect((box?.y ?? 0) + (box?.height ?? 0), 'where the thumb is').toBeGreaterThan(844 / 2);
    await look(phone.page, 'phone-ask');
    // Whoever writes has the screen for it; the list is still a press away.
    await notes(phone.page).tap();
    await expect(askFor).toBeHidden();
    await expect(button(phone.page, /^Talarlistan/)).toBeVisible();
    await notes(phone.page).blur();
    await expect(askFor).toBeVisible();
    await ask(other, 'POST', '/floor/requests', { kind: 'speech' });
    await askFor.tap();
    await expect(button(phone.page, 'Du är nr 2')).toBeVisible();
    await told(phone, 'Du är nr 2 på talarlistan.');

    // The officer: no mouse from here on.
    const officer = await letIn(browser, server.demo.links.chair, { at: page });
    await expect(button(officer.page, 'Talarlistan, 2 väntar')).toBeVisible();
    const { keyboard } = officer.page;
    await keyboard.press('o');
    await expect(panel(officer).getByRole('heading', { name: 'Ordet' })).toBeFocused();
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    const names = (await ask<FloorView>(host, 'GET', '/floor')).waiting.map(({ person }) => person);
    const [second = '', first = ''] = names;
    await expect(
      panel(officer)
        .getByRole('button', { name: `Ge ordet till ${second}` })
        .first(),
    ).toBeFocused();

    // Up by one: the focus stays on the button of the row that moved, and the change is said.
    const up = panel(officer).getByRole('button', { name: `Flytta upp ${first}` });
    for (let n = 0; n < 20 && !(await up.evaluate((one) => one === document.activeElement)); n += 1)
      await keyboard.press('Tab');
    await expect(up).toBeFocused();
    await keyboard.press('Enter');
    await expect(panel(officer).getByRole('listitem').first()).toContainText(first);
    await expect(up).toBeFocused();
    await told(officer, `${first} är nr 1.`);
    await expect(button(phone.page, 'Du är nr 1')).toBeVisible();
    await told(phone, 'Du står på tur.');

    await panel(officer)
      .getByRole('button', { name: `Ge ordet till ${first}` })
      .first()
      .press('Enter');
    await told(officer, `${first} har ordet.`);
    await expect(button(phone.page, /Du har ordet/)).toBeVisible();
    await told(phone, 'Du har ordet.');

    const reply = await ask<FloorView>(other, 'POST', '/floor/requests', { kind: 'rejoinder' });
    expect(reply.waiting.map(({ kind }) => kind)).toEqual(['rejoinder', 'speech']);
    await told(officer, `${second} begär replik.`);
    await look(officer.page, 'officer-1440');

    // The wall follows.
    await ask(host, 'PUT', '/projector', { view: 'floor' });
    const wall = await letIn(browser, null, { context: { viewport: { width: 1920, height: 1080 } } });
    await wall.page.goto(server.demo.links.projector);
    const main = wall.page.locator('main[data-view="floor"]');
    await expect(main.getByRole('heading', { name: first })).toBeVisible();
    await expect(main.getByRole('list', { name: 'Står på tur' }).getByRole('listitem')).toHaveCount(2);
    await look(wall.page, 'wall');

    // The line, by keyboard; then Esc leads back to where one came from.
    await panel(officer).getByRole('button', { name: 'Dra strecket' }).press('Enter');
    await expect(panel(officer)).toContainText('Strecket är draget');
    await keyboard.press('Escape');
    await expect(panel(officer)).toHaveCount(0);
    await expect(button(officer.page, /^Talarlistan/)).toBeFocused();

    await button(phone.page, /^Talarlistan/).tap();
    const sheet = phone.page.getByRole('dialog', { name: 'Ordet' });
    await expect(sheet).toContainText('Strecket är draget');
    await look(phone.page, 'phone-sheet');
    await phone.page.setViewportSize({ width: 320, height: 640 });
    await check(phone.page, 'the sheet at 320');
    await phone.page.screenshot({ path: join(FOLDER, 'floor-phone-320-sheet.png'), animations: 'disabled' });
    await sheet.getByRole('button', { name: 'Stäng' }).tap();
    await check(phone.page, 'the page at 320');
    await phone.page.screenshot({ path: join(FOLDER, 'floor-phone-320.png'), animations: 'disabled' });

    expect([...phone.complaints, ...officer.complaints, ...wall.complaints]).toEqual([]);
    for (const one of [phone, officer, wall]) await one.leave();
  });

  it('has a time that is said and shown when it is out', { timeout: 120_000 }, async () => {
    const now = await ask<FloorView>(host, 'PATCH', '/floor', {
      drawn: false,
      speechSeconds: 10,
      rejoinderSeconds: 10,
    });
    for (const { id } of now.waiting) await ask(host, 'DELETE', `/floor/requests/${id}`);
    await ask(host, 'POST', '/floor/end', { step: now.step });
    const me = await signInByLink(server.demo.links.member1);
    await ask(me, 'POST', '/floor/requests', { kind: 'speech' });
    const phone = await letIn(browser, server.demo.links.member1, { at: page, context: PHONE });
    await expect(button(phone.page, /^Du är nr 1/)).toBeVisible();
    const { step } = await ask<FloorView>(host, 'GET', '/floor');
    await ask(host, 'POST', '/floor/next', { step });
    await expect(button(phone.page, /Du har ordet/)).toBeVisible();
    await expect(button(phone.page, /Tiden är ute/)).toBeVisible({ timeout: 20_000 });
    await told(phone, 'Din tid är ute.');
    await look(phone.page, 'phone-out');
    const meeting = await ask<Meeting>(host, 'GET', '');
    expect(meeting.phase).toBe('ongoing');
    const wall = await letIn(browser, server.demo.links.projector, {
      context: { viewport: { width: 1920, height: 1080 } },
    });
    await expect(wall.page.locator('main[data-view="floor"]')).toContainText('Tiden är ute');
    await look(wall.page, 'wall-out');
    const secretary = await letIn(browser, server.demo.links.secretary, {
      at: page,
      context: { viewport: { width: 320, height: 640 } },
    });
    await button(secretary.page, /^Talarlistan/).click();
    await secretary.page.getByText('Talartid och ordning').click();
    await look(secretary.page, 'officer-320');
    expect([...phone.complaints, ...wall.complaints, ...secretary.complaints]).toEqual([]);
    for (const one of [phone, wall, secretary]) await one.leave();
  });
});
