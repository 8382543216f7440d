/**
 * Real browsers on a network that lets no WebSocket through: a secretary at a laptop and a guest with a phone write with
 * others who have sockets. Nobody chooses anything; *Sparat* is true, and it is there after a reload.
 */
import { expect } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect as is, it } from 'vitest';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { itemAddress, newParagraph, notes, paragraphs, untilSaved } from '../support/meeting-page.ts';
import { signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';
import { makeWorkshop, ownId } from '../support/workshop.ts';

const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
/** For what goes by way of the server, on a busy machine. */
const PATIENT = { timeout: 15_000 };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
const people: Person[] = [];

/** Somebody, and what their page's rooms came over. */
async function enter(link: string, options: Parameters<typeof letIn>[2] = {}) {
  const person = await letIn(browser, link, options);
  people.push(person);
  const over = { frames: 0, requests: 0 };
  person.page.on('websocket', (socket) => socket.on('framereceived', () => over.frames++));
  person.page.on('request', (request) => {
    if (request.url().includes('/collab-line')) over.requests++;
  });
  return { ...person, over };
}

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
});
afterAll(async () => {
  for (const person of people) await person.leave();
  await browser?.close();
  await server?.end('SIGTERM');
});

const wait = (page: Page, text: string) =>
  expect.poll(async () => (await paragraphs(page)).join('\n'), PATIENT).toContain(text);

it('a laptop without sockets writes with one that has them', async () => {
  const { links, rooms } = server.demo;
  const item = itemAddress(server.url, rooms.find((room) => room.startsWith('item:')) ?? '');
  const chair = await enter(links.chair);
  const secretary = await enter(links.secretary, { withoutSockets: true });
  await chair.page.goto(item);
  const from = performance.now();
  await secretary.page.goto(item);
  await expect(notes(chair.page)).toBeVisible(PATIENT);
  await expect(notes(secretary.page)).toBeVisible(PATIENT);
  console.log(`without sockets the notes were there after ${Math.round(performance.now() - from)} ms`);
  is(secretary.over).toMatchObject({ frames: 0 });
  is(secretary.over.requests).toBeGreaterThan(0);

  await newParagraph(secretary.page);
  await secretary.page.keyboard.type('Bron vid kvarnen får bära bussen igen.');
  await untilSaved(secretary.page);
  await wait(chair.page, 'Bron vid kvarnen får bära bussen igen.');
  await newParagraph(chair.page);
  await chair.page.keyboard.type('Skoltaxin väntar till kvart över.');
  await wait(secretary.page, 'Skoltaxin väntar till kvart över.');
  // Each is shown to the other.
  await expect(chair.page.locator('.rs-caret')).toHaveCount(1, PATIENT);
  await untilSaved(secretary.page);

  // The choice is remembered, so the rooms are there at once and no socket is tried first.
  const tried: string[] = [];
  secretary.page.on('websocket', (socket) => tried.push(socket.url()));
  await secretary.page.reload();
  await wait(secretary.page, 'Bron vid kvarnen får bära bussen igen.');
  await wait(secretary.page, 'Skoltaxin väntar till kvart över.');
  is(tried).toEqual([]);
  await untilSaved(secretary.page);

  // A cable pulled is told as over a socket, and nothing is lost.
  secretary.cut();
  await newParagraph(secretary.page);
  await secretary.page.keyboard.type('Skrivet utan nät.');
  await expect(secretary.page.locator('[data-saved="saved"]')).toHaveCount(0, { timeout: 30_000 });
  secretary.mend();
  await untilSaved(secretary.page);
  await wait(chair.page, 'Skrivet utan nät.');
  // Who closes the page is gone from the others' screens at once.
  await secretary.page.goto('about:blank');
  await expect(chair.page.locator('.rs-caret')).toHaveCount(0, { timeout: 5_000 });
  is([...chair.complaints, ...secretary.complaints]).toEqual([]);
  is(chair.over.requests).toBe(0);
});

it('a guest with a phone without sockets writes in a group', async () => {
  const { links, meetingId } = server.demo;
  const officer = await signInByLink(links.facilitator);
  const guest = await ownId(await signInByLink(links.guest1 ?? ''));
  const member = await ownId(await signInByLink(links.member1));
  const workshop = await makeWorkshop(officer, meetingId, [
    { name: 'Stranden', place: 'Biblioteket', members: [guest, member] },
  ]);
  await workshop.ask(officer, 'POST', `/rounds/${workshop.roundId}/clock`, { do: 'start' });
  const laptop = await enter(links.member1);
  const phone = await enter(links.guest1 ?? '', { withoutSockets: true, context: PHONE });
  const prompt = (page: Page) => page.locator(`[data-prompt="${workshop.promptIds[1]}"]`);
  for (const { page } of [laptop, phone]) await page.goto(workshop.page(workshop.groupIds[0] ?? ''));

  const line = phone.page.getByRole('textbox', { name: 'Skriv en rad till fråga 2' });
  await line.fill('Matsalen är byns matsal efter klockan tre.', PATIENT);
  await phone.page.keyboard.press('Enter');
  await expect(line).toHaveValue('');
  await expect(phone.page.locator('[data-line="saved"]')).toHaveCount(1, PATIENT);
  await expect(prompt(laptop.page)).toContainText('byns matsal', PATIENT);
  await phone.page.reload();
  await expect(prompt(phone.page)).toContainText('byns matsal', PATIENT);
  is(phone.over.frames).toBe(0);
  is([...laptop.complaints, ...phone.complaints]).toEqual([]);
});
