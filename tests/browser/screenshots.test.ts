/**
 * Why this file exists: the pictures in the README are taken here, of the demo with people in it, so that they show what
 * the program looks like today. They are written where git sees them by `npm run screenshots`, else beside the tests.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { itemAddress, newParagraph, notes, untilSaved } from '../support/meeting-page.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, process.env.SCREENSHOTS ? 'docs/screenshots' : 'tests/output/screenshots');
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}

/** The workshop under way: those who lead, write, harvest and sum up, what the wall shows, and a guest's phone. */
async function workshop(enter: (link: string, context?: BrowserContextOptions) => Promise<Page>): Promise<void> {
  const { url, demo } = server;
  const { links, code } = demo;
  const heading = (page: Page) => page.getByRole('heading', { level: 1 });

  const guest = await enter(links.guest1, PHONE);
  await expect(guest.getByRole('textbox', { name: /rad till fråga 1/ })).toBeVisible();
  const base = guest.url().replace(/\/grupp\/.*/, '');
  await take(guest, 'group-390-light');

  const lead = await enter(links.facilitator);
  const ways: [string, string][] = [
    ['grupper', 'groups'],
    ['leda', 'lead'],
    ['skord', 'harvest'],
    ['sammanfattning', 'summary'],
  ];
  for (const [way, name] of ways) {
    await lead.goto(`${base}/${way}`);
    await expect(heading(lead)).toBeVisible();
    await take(lead, `${name}-1440-light`);
  }
  const dark = await enter(links.facilitator, { colorScheme: 'dark' });
  await dark.goto(`${base}/leda`);
  await expect(heading(dark)).toBeVisible();
  await take(dark, 'lead-1440-dark');

  const wall = await enter(links.projector);
  await expect(heading(wall)).toBeVisible();
  await take(wall, 'projector-1440-light');

  const newcomer = await enter(`${url}/g/${code}`, PHONE);
  await expect(heading(newcomer)).toBeVisible();
  await take(newcomer, 'join-390-light');
}

/** What the secretary works with: who is there, the clause that is being worded, and the protocol all of it becomes. */
async function protocol(enter: (link: string, context?: BrowserContextOptions) => Promise<Page>): Promise<void> {
  const { url, demo } = server;
  const desk = await enter(demo.links.secretary);
  const ways: [string, string][] = [
    ['narvaro', 'attendance'],
    ['kallelse', 'notice'],
    ['protokoll', 'protocol'],
  ];
  for (const [way, name] of ways) {
    await desk.goto(`${url}/m/${demo.meetingId}/${way}`);
    await expect(desk.getByRole('heading', { level: 1 })).toBeVisible();
    await take(desk, `${name}-1440-light`);
  }
  await desk.goto(itemAddress(url, demo.rooms[1] ?? ''));
  const proposal = desk.getByRole('region', { name: /^Förslag 6/ });
  await proposal.getByRole('button', { name: 'Formulera: Sats 1', exact: true }).click();
  await proposal.scrollIntoViewIfNeeded();
  await take(desk, 'wording-1440-light');
  const pocket = await enter(demo.links.secretary, { ...PHONE, colorScheme: 'dark' });
  await pocket.goto(`${url}/m/${demo.meetingId}/protokoll`);
  await expect(pocket.getByRole('heading', { level: 1 })).toBeVisible();
  await take(pocket, 'protocol-390-dark');
}

it('the main screens, with people in them', async () => {
  const { links, rooms } = server.demo;
  const item = itemAddress(server.url, rooms.find((room) => room.startsWith('item:')) ?? '');
  const people: Person[] = [];
  const enter = async (link: string, context: BrowserContextOptions = {}): Promise<Page> => {
    const person = await letIn(browser, link, { context });
    people.push(person);
    return person.page;
  };

  const member = await enter(links.member1);
  await member.goto(item);
  await newParagraph(member);
  await member.keyboard.type('Norrsele har prövat i ett år och vill fortsätta.');
  await untilSaved(member);
  const secretary = await enter(links.secretary);
  await secretary.goto(item);
  await notes(secretary).locator('p').first().click();
  await secretary.keyboard.press('End');

  const light = await enter(links.facilitator);
  await light.goto(item);
  await expect(notes(light)).toBeVisible();
  await expect(light.locator('.rs-caret')).toHaveCount(2);
  await take(light, 'meeting-1440-light');
  await light.goto(`${server.url}/`);
  await take(light, 'home-1440-light');
  await light.goto(`${server.url}/personer`);
  await take(light, 'people-1440-light');
  await light.goto(`${server.url}/m/${server.demo.meetingId}/installningar`);
  await take(light, 'setup-1440-light');

  const dark = await enter(links.chair, { colorScheme: 'dark' });
  await dark.goto(item);
  await expect(notes(dark)).toBeVisible();
  await take(dark, 'meeting-1440-dark');

  const phone = await enter(links.member2, PHONE);
  await phone.goto(item);
  await expect(notes(phone)).toBeVisible();
  await take(phone, 'meeting-390-light');
  await phone.getByRole('button', { name: 'Dagordning' }).click();
  await expect(phone.getByRole('dialog')).toBeVisible();
  await take(phone, 'agenda-390-light');
  const phoneDark = await enter(links.observer, { ...PHONE, colorScheme: 'dark' });
  await phoneDark.goto(`${server.url}/`);
  await take(phoneDark, 'home-390-dark');

  const guest = await letIn(browser, `${server.url}/logga-in`);
  await expect(guest.page.getByRole('heading', { level: 1 })).toBeVisible();
  await take(guest.page, 'sign-in-1440-light');

  await workshop(enter);
  await protocol(enter);

  const complaints = [...people, guest].flatMap((person) => person.complaints);
  for (const person of [...people, guest]) await person.leave();
  expect(complaints).toEqual([]);
});
