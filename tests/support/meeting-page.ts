/**
 * Why this file exists: where things are on a meeting's page, by the names people know them by, in one place for all
 * browser tests.
 */

import type { Locator, Page } from 'playwright-core';
import { parseRoom } from '#shared/rooms.ts';
import { expect } from './expect.ts';

/** Address of an item's page, from the name of its room. */
export function itemAddress(url: string, room: string): string {
  const parsed = parseRoom(room);
  if (parsed?.kind !== 'item') throw new Error(`not an item's room: ${room}`);
  return `${url}/m/${parsed.meetingId}/p/${parsed.itemId}`;
}

/** The text one writes in; there only when one may write and the room is in step. */
export function notes(page: Page): Locator {
  return page.locator('[data-notes] [contenteditable="true"]');
}

/** Waits until the page says that everything it knows is on the server's disk. */
export async function untilSaved(page: Page): Promise<void> {
  await expect(page.locator('[data-saved="saved"]').first()).toBeVisible({ timeout: 15_000 });
}

/** The agenda's rows as one list of texts, in the order shown. */
export function agendaRows(page: Page): Locator {
  return page.getByRole('treegrid').getByRole('row');
}

/** The names of the agenda's rows in order: number, title, planned clock. Rows that begin a day are left out. */
export async function agendaNames(page: Page): Promise<string[]> {
  const names = await agendaRows(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  return names.filter((name) => !/^\p{L}+dag \d/u.test(name));
}

/** Every line of the notes, those in lists and tables too, without the others' carets. */
export function paragraphs(page: Page): Promise<string[]> {
  return notes(page).evaluate((root) => {
    const copy = root.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.rs-caret')) caret.remove();
    return [...copy.querySelectorAll('p, h2, h3, h4')].map((block) => block.textContent ?? '');
  });
}

/** As long as a person needs between two keys: the editor hears of a moved caret in the next frame. */
async function breath(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Puts the caret in a new paragraph at the end of the notes. */
export async function newParagraph(page: Page): Promise<void> {
  await notes(page).locator('p').last().click();
  await breath(page);
  await page.keyboard.press('ControlOrMeta+End');
  await breath(page);
  await page.keyboard.press('Enter');
}
