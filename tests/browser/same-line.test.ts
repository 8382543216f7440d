/**
 * Two people begin to write in the same empty paragraph at the same moment, again and again: every letter of both stands
 * there once. (Stock y-tiptap makes a text for each of them, and then doubles and loses letters.) And what a busy machine
 * once made of it: End and Enter pressed so quickly that the line was divided where the caret had been before End.
 */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { expect } from '../support/expect.ts';
import { EDITOR, freshRoom, Harness, type Visitor } from './editor/harness.ts';

const ROUNDS = 3;
const WORD = 'abcdefghijklmnopqrst';

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.stop());

/** The lines of the notes without the carets' names. */
function lines(page: Page): Promise<string[]> {
  return page.locator(EDITOR).evaluate((root) => {
    const copy = root.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.rs-caret')) caret.remove();
    return [...copy.querySelectorAll('p')].map((line) => line.textContent ?? '');
  });
}

const letters = (text: string): string => [...text].sort().join('');
const both = letters(WORD + WORD.toUpperCase());

async function enter(): Promise<[Visitor, Visitor]> {
  const room = freshRoom();
  const one = await harness.visit('p1', room);
  const two = await harness.visit('p2', room);
  for (const { page } of [one, two]) await page.waitForSelector(EDITOR);
  return [one, two];
}

async function typeAtOnce(people: Visitor[]): Promise<void> {
  await Promise.all(
    people.map(({ page }, n) => page.keyboard.type(n === 0 ? WORD : WORD.toUpperCase(), { delay: 12 + 5 * n })),
  );
}

it('two people who begin in the same empty paragraph lose and double nothing', async () => {
  const people = await enter();
  const [one] = people;
  await one.page.locator(EDITOR).click();
  await one.page.keyboard.type('Början');
  for (let round = 1; round <= ROUNDS; round++) {
    await one.page.keyboard.press('ControlOrMeta+End');
    await one.page.keyboard.press('Enter');
    for (const { page } of people) {
      await expect.poll(async () => (await lines(page)).length).toBe(round + 1);
      await page.locator(EDITOR).focus();
      await page.keyboard.press('ControlOrMeta+End');
    }
    await typeAtOnce(people);
    for (const { page } of people) await expect.poll(async () => letters((await lines(page)).at(-1) ?? '')).toBe(both);
    const [here, there] = await Promise.all(people.map(({ page }) => lines(page)));
    expect(here).toEqual(there);
  }
  for (const { trouble } of people) expect(trouble).toEqual([]);
});

it('nor do two who begin in notes in which nobody has written', async () => {
  for (let round = 0; round < 2; round++) {
    const people = await enter();
    for (const { page } of people) await page.locator(EDITOR).focus();
    await typeAtOnce(people);
    for (const { page } of people) await expect.poll(async () => letters((await lines(page)).join(''))).toBe(both);
    const [here, there] = await Promise.all(people.map(({ page }) => lines(page)));
    expect(here).toEqual(there);
    for (const { trouble } of people) expect(trouble).toEqual([]);
  }
});

it('Enter divides the line where the caret stands on the screen, also before the editor has heard that it moved', async () => {
  const { page, trouble } = await harness.visit('p1', freshRoom());
  await page.waitForSelector(EDITOR);
  await page.locator(EDITOR).click();
  await page.keyboard.type('Handlingsplanen');
  await expect.poll(() => lines(page)).toEqual(['Handlingsplanen']);
  // The browser tells of a moved caret in a turn of its own; a key pressed at once, as here, comes before it.
  await page.locator(EDITOR).evaluate((root) => {
    const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT).nextNode();
    getSelection()?.collapse(words, 'Handlings'.length);
    const enter = { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true };
    root.dispatchEvent(new KeyboardEvent('keydown', enter));
  });
  await expect.poll(() => lines(page)).toEqual(['Handlings', 'planen']);
  expect(trouble).toEqual([]);
});
