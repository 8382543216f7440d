/**
 * Attachments, in real browsers: a file comes in by the dialog, by being let go on the list and by being let go in the text, where
 * it leaves a chip; the chips of everybody say the number of now, whatever is moved; pictures and harmless PDFs are shown, the rest
 * is handed out; what is removed comes back. By mouse and by keys alone, wide and narrow, light and dark, in both languages.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { readItems } from '#shared/agenda.ts';
import type { MeetingSummary } from '#shared/api.ts';
import type { AttachmentsView } from '#shared/attachments/api.ts';
import { roomName } from '#shared/rooms.ts';
import { png } from '../attachments/samples.ts';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { openDoc } from '../support/light-client.ts';
import { itemAddress, newParagraph, notes, untilSaved } from '../support/meeting-page.ts';
import { pageFaults } from '../support/page-faults.ts';
import { ask, call, type SignedIn, signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const FOLDER = join(import.meta.dirname, '../output/screenshots');
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let secretary: SignedIn;
let address: string;
/** An item of a meeting to which nobody has been called yet: its numbers are not fixed. */
let coming: { meetingId: string; itemId: string; address: string };

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  secretary = await signInByLink(server.demo.links.secretary);
  address = itemAddress(server.url, server.demo.rooms[1]!);
  const mine = await ask<MeetingSummary[]>(secretary, 'GET', '/api/meetings');
  const meetingId = mine.find(({ title }) => title === 'Sammanträde i december')?.id ?? '';
  const agenda = openDoc(secretary, roomName({ kind: 'agenda', meetingId }));
  await agenda.synced();
  const itemId = readItems(agenda.doc).find(({ title }) => title === 'Hyresavtal för servicepunkter')?.id ?? '';
  agenda.destroy();
  coming = { meetingId, itemId, address: itemAddress(server.url, roomName({ kind: 'item', meetingId, itemId })) };
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

const section = (page: Page): Locator => page.locator('[data-attachments]');
const names = (page: Page): Locator => section(page).locator('[data-name]');
const chip = (page: Page, name: string): Locator =>
  page.locator('[data-notes] [data-type="attachment"]').filter({ hasText: name });
const shown = async (): Promise<string[]> => {
  const { attachments } = await ask<AttachmentsView>(secretary, 'GET', `/api/meetings/${coming.meetingId}/attachments`);
  return attachments
    .filter((one) => one.itemId === coming.itemId)
    .map(({ number, name }) => `${number.split('.').at(-1)} ${name}`);
};

async function check(page: Page, state: string): Promise<void> {
  expect(await pageFaults(page, { exclude: 'iframe' }), state).toEqual([]);
}

/** Lets files go on an element, as a drag from the desktop does. */
async function letGo(on: Locator, files: { name: string; text: string }[]): Promise<void> {
  const page = on.page();
  const dataTransfer = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, text } of all) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await on.scrollIntoViewIfNeeded();
  const box = (await on.boundingBox())!;
  const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
  await on.dispatchEvent('dragover', { dataTransfer, ...at });
  await on.dispatchEvent('drop', { dataTransfer, ...at });
}

const picture = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: join(FOLDER, `attachments-${name}.png`), fullPage: false });

describe('attachments', () => {
  it('come by dialog, by drop and in the text; chips follow what is moved', { timeout: 240_000 }, async () => {
    const desk = await letIn(browser, server.demo.links.secretary);
    const member = await letIn(browser, server.demo.links.member1);
    const { page } = desk;
    await page.goto(coming.address);
    await member.page.goto(coming.address);
    await section(page).scrollIntoViewIfNeeded();
    await check(page, 'the list');
    await picture(page, '1440-sv-light');

    const chooser = page.waitForEvent('filechooser');
    await section(page).getByRole('button', { name: 'Lägg till bilaga' }).press('Enter');
    await (await chooser).setFiles([{ name: 'Karta.png', mimeType: 'image/png', buffer: png(40, 30) }]);
    await expect(names(member.page)).toHaveText(['Karta']);

    await letGo(section(page), [
      { name: 'Anteckning.txt', text: 'Att ta upp sist.' },
      { name: 'sida.html', text: '<html>' },
    ]);
    await expect(names(page)).toHaveCount(2);
    await expect(section(page).getByRole('alert')).toContainText('Den sortens fil går inte att bifoga');
    await section(page).getByRole('button', { name: 'Ta bort ur listan' }).click();

    // In the text: the file is in the list, and a chip where it was let go.
    await newParagraph(page);
    await page.keyboard.type('Se även ');
    await letGo(notes(page).locator('p').last(), [{ name: 'Underlag.txt', text: 'Siffror.' }]);
    await expect(chip(page, 'Underlag.txt')).toBeVisible();
    await untilSaved(page);
    const label = async (of: Page): Promise<string> =>
      (await chip(of, 'Underlag.txt').locator('b').textContent()) ?? '';
    const before = await label(member.page);
    expect(before).toMatch(/^Bilaga \d+(\.\d+)*\.3$/);
    expect(await label(page)).toBe(before);

    // By keys: up one place at a time; the row keeps the focus, everybody's chip says the new number.
    await names(page).last().focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(shown).toContain('2 Underlag.txt');
    await expect(names(page).nth(1)).toBeFocused();
    await page.keyboard.press('Alt+ArrowUp');
    for (const one of [page, member.page])
      await expect(chip(one, 'Underlag.txt').locator('b')).toHaveText(before.replace(/3$/, '1'));
    await page.getByRole('status').getByRole('button', { name: 'Ångra' }).click();
    await expect(chip(member.page, 'Underlag.txt').locator('b')).toHaveText(before.replace(/3$/, '2'));

    // By mouse: the last onto the first.
    const rows = section(page).locator('[data-attachment]');
    await rows.last().dragTo(rows.first(), { targetPosition: { x: 20, y: 2 } });
    await expect.poll(shown).toContain('1 Anteckning.txt');
    await expect(chip(member.page, 'Underlag.txt').locator('b')).toHaveText(before);

    // On the clipboard it is its number.
    await notes(page).locator('p').last().click();
    for (const key of ['Home', 'Shift+End']) await page.keyboard.press(key);
    const copied = (): Promise<string> =>
      notes(page).evaluate((root) => {
        const data = new DataTransfer();
        root.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
        return data.getData('text/plain');
      });
    // The editor hears of a selection a moment after the keys.
    await expect.poll(copied).toContain(`Se även ${before}`);

    // `/` finds those there are.
    await newParagraph(page);
    await page.keyboard.type('/karta');
    await expect(page.getByRole('listbox').getByRole('option')).toHaveText([/^Bilaga [\d.]+Karta\.png$/]);
    await picture(page, '1440-sv-slash');
    await page.keyboard.press('Enter');
    await expect(chip(page, 'Karta.png')).toBeVisible();

    for (const person of [desk, member]) {
      expect(person.complaints).toEqual([]);
      await person.leave();
    }
  });

  it('are shown where that is harmless, renamed, removed and taken back', { timeout: 240_000 }, async () => {
    const desk = await letIn(browser, server.demo.links.secretary, { at: address });
    const { page } = desk;
    await expect(names(page)).toHaveText([
      'Ärenden vid servicepunkterna',
      'Ärenden per vecka 2020–2025',
      'Frågor att ta ställning till',
    ]);
    await expect(chip(page, 'Ärenden vid servicepunkterna')).toContainText('Bilaga');
    const dialog = page.getByRole('dialog');
    await names(page).filter({ hasText: 'Ärenden per vecka' }).press('Enter');
    await expect.poll(() => dialog.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(720);
    await check(page, 'a picture');
    await picture(page, '1440-sv-picture');
    const download = page.waitForEvent('download');
    await dialog.getByRole('link', { name: 'Ladda ned' }).press('Enter');
    expect((await download).suggestedFilename()).toBe('Ärenden per vecka 2020–2025.png');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);

    const content = page.waitForResponse((answer) => answer.url().includes('/content?shown=1'));
    await names(page).filter({ hasText: 'Frågor' }).press('Enter');
    const headers = (await content).headers();
    expect([headers['content-type'], headers['content-disposition']?.split(';')[0]]).toEqual([
      'application/pdf',
      'inline',
    ]);
    await expect(dialog.locator('iframe')).toBeVisible();
    await check(page, 'a PDF');
    await picture(page, '1440-sv-pdf');
    await page.keyboard.press('Escape');

    await names(page).filter({ hasText: 'Ärenden vid' }).press('Enter');
    await expect(dialog).toContainText('visas inte här');
    await page.keyboard.press('Escape');

    // F2 renames, Delete removes; the chip says so, and taking back brings it back.
    const first = names(page).filter({ hasText: 'Ärenden vid' });
    await first.press('F2');
    await page.keyboard.type('Räkningen');
    await page.keyboard.press('Enter');
    await expect(chip(page, 'Räkningen.xlsx')).toBeVisible();
    await names(page).filter({ hasText: 'Räkningen' }).press('Delete');
    await expect(page.locator('[data-notes] [data-broken]')).toHaveText('(bilaga saknas)');
    await page.getByRole('status').getByRole('button', { name: 'Ångra' }).click();
    await expect(chip(page, 'Räkningen.xlsx')).toBeVisible();
    await names(page).filter({ hasText: 'Räkningen' }).press('Delete');
    await section(page).getByText('1 borttagen').click();
    await section(page).getByRole('button', { name: 'Ta tillbaka' }).click();
    await expect(chip(page, 'Räkningen.xlsx')).toBeVisible();
    expect(desk.complaints).toEqual([]);
    await desk.leave();
  });

  it('go on where they were when the line is cut', { timeout: 120_000 }, async () => {
    const desk = await letIn(browser, server.demo.links.secretary, { at: address, cuttable: true });
    const { page } = desk;
    await expect(section(page)).toBeVisible();
    desk.cut();
    await letGo(section(page), [{ name: 'Sen.txt', text: 'x' }]);
    await expect(section(page).locator('[data-step="waiting"]')).toContainText('Väntar på anslutningen');
    desk.mend();
    await expect(names(page).filter({ hasText: 'Sen' })).toBeVisible({ timeout: 30_000 });
    await desk.leave();
  });

  it('fit a phone and a dark room, in both languages', { timeout: 240_000 }, async () => {
    for (const [language, scheme] of [
      ['sv', 'light'],
      ['en', 'dark'],
    ] as const) {
      expect((await call(secretary, 'PATCH', '/api/account', { language })).ok).toBe(true);
      const person = await letIn(browser, server.demo.links.secretary, {
        at: address,
        language,
        context: { ...PHONE, colorScheme: scheme },
      });
      const { page } = person;
      await expect(section(page).getByRole('heading')).toHaveText(language === 'sv' ? 'Bilagor' : 'Attachments');
      // At the top of the page: what is half under the bar at the bottom would count as too small to touch.
      await section(page).evaluate((element) => element.scrollIntoView({ block: 'start' }));
      await check(page, `a phone in ${language}`);
      await picture(page, `390-${language}-${scheme}`);
      const row = section(page).locator('[data-attachment]').nth(1);
      await row.getByRole('button').last().click();
      await page.getByRole('menuitem', { name: language === 'sv' ? 'Flytta upp' : 'Move up' }).click();
      await expect(
        page.getByRole('status').filter({ hasText: language === 'sv' ? 'ny ordning' : 'new order' }),
      ).toBeVisible();
      await names(page).filter({ hasText: 'Ärenden per' }).click();
      await expect(page.getByRole('dialog').locator('img')).toBeVisible();
      await check(page, `a picture on a phone in ${language}`);
      await picture(page, `390-${language}-${scheme}-picture`);
      expect(person.complaints).toEqual([]);
      await person.leave();
    }
    const wide = await letIn(browser, server.demo.links.secretary, {
      at: address,
      language: 'en',
      context: { colorScheme: 'dark' },
    });
    await section(wide.page).scrollIntoViewIfNeeded();
    await check(wide.page, 'the list in the dark');
    await picture(wide.page, '1440-en-dark');
    await wide.leave();
  });
});
