/**
 * Five people in five browsers for half a minute: three write in one item's notes, one of them without a network for ten
 * seconds of it; one renames items, one drags them about. In the end all five see the same, and every character that was
 * typed stands there exactly once.
 */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import * as Y from 'yjs';
import { readAgenda, withoutNotice } from '#shared/agenda-tree.ts';
import type { Meeting } from '#shared/api.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { openDoc } from '../support/light-client.ts';
import {
  agendaNames,
  agendaRows,
  itemAddress,
  newParagraph,
  notes,
  paragraphs,
  untilSaved,
} from '../support/meeting-page.ts';
import { call, signInByLink } from '../support/people.ts';
import { type Random, random, seeds } from '../support/random.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const LASTS = 30_000;
const OFFLINE = { from: 10_000, to: 20_000 };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
const [seed = 1] = seeds(1);

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

/** The lines of notes as the server has them. */
function lines(fragment: Y.XmlFragment | Y.XmlElement): string[] {
  return fragment.toArray().flatMap((child) => {
    if (!(child instanceof Y.XmlElement)) return [];
    const text = child.toArray().filter((part) => part instanceof Y.XmlText);
    return text.length > 0 ? [text.map((part) => part.toString()).join('')] : lines(child);
  });
}

/** Types words of one's own; returns what must stand there. */
async function write(page: Page, name: string, lots: Random, until: number): Promise<string> {
  let typed = 'Jag:';
  for (let n = 0; performance.now() < until; n++) {
    const word = ` ${name}${n}`;
    await page.keyboard.type(word, { delay: lots.int(15, 60) });
    typed += word;
  }
  return typed;
}

/** Goes from item to item and writes at the end of their titles; returns what was added, by item. */
async function rename(page: Page, rooms: string[], lots: Random, until: number): Promise<Map<string, string>> {
  const added = new Map<string, string>();
  for (let n = 0; performance.now() < until; n++) {
    const room = rooms[n % rooms.length] ?? '';
    await page.goto(itemAddress(server.url, room));
    const title = page.getByRole('textbox', { name: 'Punktens rubrik' });
    await title.click();
    await page.keyboard.press('End');
    await page.keyboard.press('ControlOrMeta+End');
    const words = ` r${n}abc`;
    await page.keyboard.type(words, { delay: lots.int(20, 80) });
    added.set(room, (added.get(room) ?? '') + words);
    await untilSaved(page);
  }
  return added;
}

/** Takes rows by their handle with the mouse and drops them beside others; returns how many drops were made. */
async function drag(page: Page, lots: Random, until: number): Promise<number> {
  let drops = 0;
  const rows = agendaRows(page).filter({ has: page.getByRole('button', { name: /^Flytta / }) });
  while (performance.now() < until) {
    const count = await rows.count();
    const at = lots.int(0, count - 1);
    const from = rows.nth(at);
    const onto = rows.nth(Math.max(0, Math.min(count - 1, at + lots.pick([-3, -2, -1, 1, 2, 3]))));
    // No waiting for calm: the rows move all the time, which is what is tried here.
    await from.evaluate((row) => row.scrollIntoView({ block: 'center', behavior: 'instant' }));
    const boxes = [await from.getByRole('button', { name: /^Flytta / }).boundingBox(), await onto.boundingBox()];
    const [a, b] = boxes;
    // Out of sight, or moved away by somebody else just now.
    if (!a || !b || b.y < 60 || b.y > 880) continue;
    await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
    await page.mouse.down();
    await page.mouse.move(a.x + a.width / 2 + 6, a.y + a.height / 2 + 6, { steps: 3 });
    await page.mouse.move(b.x + 60, b.y + (lots.int(0, 1) === 0 ? 3 : b.height - 3), { steps: 8 });
    await page.mouse.up();
    drops += 1;
    await page.waitForTimeout(lots.int(100, 400));
  }
  return drops;
}

it(`five people at once end with the same, every character once (seed ${seed})`, async () => {
  const lots = random(seed);
  const { links, rooms, url } = server.demo;
  const items = rooms.filter((name) => name.startsWith('item:'));
  const written = items[0] ?? '';
  const people: Person[] = [
    await letIn(browser, links.member1),
    await letIn(browser, links.secretary),
    await letIn(browser, links.member2, { cuttable: true }),
    await letIn(browser, links.facilitator),
    await letIn(browser, links.chair),
  ];
  const [one, two, three, renamer, dragger] = people as [Person, Person, Person, Person, Person];
  const writers = [one, two, three];
  for (const { page } of people) {
    await page.goto(itemAddress(url, written));
    await expect(notes(page)).toBeVisible({ timeout: 20_000 });
  }
  const before = await agendaNames(dragger.page);
  expect(before.length).toBeGreaterThan(12);

  // Each in a paragraph of their own: whose words are whose can be read afterwards.
  for (const { page } of writers) {
    await newParagraph(page);
    await page.keyboard.type('Jag:');
    await untilSaved(page);
  }
  const from = performance.now();
  const until = from + LASTS;
  const cable = async (): Promise<void> => {
    await three.page.waitForTimeout(OFFLINE.from);
    three.cut();
    await expect(three.page.locator('[data-saved="offline"]').first()).toBeVisible({ timeout: 8000 });
    await three.page.waitForTimeout(Math.max(0, OFFLINE.to - (performance.now() - from)));
    three.mend();
  };
  const [texts, added, drops] = await Promise.all([
    Promise.all(writers.map(({ page }, n) => write(page, 'abc'[n] ?? '', lots, until))),
    rename(renamer.page, items.slice(4, 8), lots, until),
    drag(dragger.page, lots, until),
    cable(),
  ]);
  // However slow the machine: some were made while the others wrote.
  expect(drops).toBeGreaterThanOrEqual(3);
  for (const { page } of people) await untilSaved(page);

  // What the server has, read by somebody who was not there.
  const observer = await signInByLink(links.observer);
  const agenda = openDoc(observer, rooms[0] ?? '');
  const reader = openDoc(observer, written);
  await Promise.all([agenda.synced(), reader.synced()]);
  const { sittings } = (await (
    await call(observer, 'GET', `/api/meetings/${server.demo.meetingId}`)
  ).json()) as Meeting;
  const order = readAgenda(agenda.doc, withoutNotice(sittings)).rows.map(({ item }) => item);
  for (const [room, words] of added) {
    const title = order.find(({ id }) => room.endsWith(id))?.title ?? '';
    expect(title.endsWith(words), `${title} should end with ${words}`).toBe(true);
  }

  await renamer.page.goto(itemAddress(url, written));
  await expect(notes(renamer.page)).toBeVisible();
  const truth = await agendaNames(one.page);
  expect(truth).not.toEqual(before);
  expect(new Set(truth).size).toBe(truth.length);
  expect([...truth].map((name) => name.trim())).toHaveLength(order.length);
  const text = lines(reader.doc.getXmlFragment(NOTES_FRAGMENT));
  const own = text.filter((line) => line.startsWith('Jag:'));
  expect(own.sort()).toEqual([...texts].sort());
  for (const { page } of people) {
    await expect.poll(() => agendaNames(page), { timeout: 10_000 }).toEqual(truth);
    await expect
      .poll(async () => (await paragraphs(page)).filter((line) => line.startsWith('Jag:')).sort(), { timeout: 10_000 })
      .toEqual(own);
  }
  reader.destroy();
  agenda.destroy();
  for (const person of people) {
    expect(person.complaints).toEqual([]);
    await person.leave();
  }
});
