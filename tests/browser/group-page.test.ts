/**
 * A group at work in real browsers: a member at a laptop, one with a phone, and the facilitator who looks in. They write,
 * lose the network, are moved, raise a hand, are told to finish, and are closed; nothing written is lost on the way.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import * as Y from 'yjs';
import { newId } from '#shared/ids.ts';
import { contributionsOf } from '#shared/workshop/contributions.ts';
import { addCluster, place } from '#shared/workshop/harvest.ts';
import { promoteContributions } from '#shared/workshop/promote.ts';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { type DocClient, openDoc } from '../support/light-client.ts';
import { untilSaved } from '../support/meeting-page.ts';
import { pageFaults } from '../support/page-faults.ts';
import { call, type SignedIn, signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';
import { type MadeWorkshop, makeWorkshop, ownId } from '../support/workshop.ts';

const PICTURES = join(import.meta.dirname, '../output/group');
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
/** For what goes by way of the server, on a busy machine. */
const PATIENT = { timeout: 15_000 };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let officer: SignedIn;
let chair: SignedIn;
let workshop: MadeWorkshop;
let members: [string, string];
const people: Person[] = [];

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  const { links, meetingId } = server.demo;
  officer = await signInByLink(links.facilitator);
  chair = await signInByLink(links.chair);
  members = [await ownId(await signInByLink(links.member1)), await ownId(await signInByLink(links.member2))];
  workshop = await makeWorkshop(officer, meetingId, [
    { name: 'Stranden', place: 'Biblioteket', members },
    { name: 'Skogen', place: 'Glasverandan', members: [] },
  ]);
});
afterAll(async () => {
  for (const person of people) await person.leave();
  await browser?.close();
  await server?.end('SIGTERM');
});

const clock = (deed: string, more: object = {}) =>
  workshop.ask(officer, 'POST', `/rounds/${workshop.roundId}/clock`, { do: deed, ...more });

async function enter(link: string, options: Parameters<typeof letIn>[2] = {}): Promise<Person> {
  const person = await letIn(browser, link, { ...options, at: workshop.page(workshop.groupIds[0] ?? '') });
  people.push(person);
  return person;
}

const prompt = (page: Page, number: number): Locator =>
  page.locator(`[data-prompt="${workshop.promptIds[number - 1]}"]`);
const editor = (page: Page, number: number): Locator => prompt(page, number).locator('[contenteditable="true"]');

async function look(page: Page, state: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  expect(await pageFaults(page), state).toEqual([]);
  await page.screenshot({ path: join(PICTURES, `${state}.png`), animations: 'disabled' });
}

/** Puts the contribution that says `words` into a cluster, and a sentence made of it into the summary. */
async function becomesOf(words: string): Promise<{ finalise(): Promise<void> }> {
  const { meetingId, itemId, promptIds, groupIds } = workshop;
  const open = async (room: string): Promise<DocClient> => {
    const client = openDoc(chair, room);
    await client.synced();
    return client;
  };
  const group = await open(`group:${meetingId}:${groupIds[0]}`);
  const found = contributionsOf(group.doc, groupIds[0] ?? '', promptIds).find(({ text }) => text.includes(words));
  if (!found) throw new Error('nobody wrote that');
  const harvest = await open(`harvest:${meetingId}:${itemId}`);
  const cluster = newId();
  addCluster(harvest.doc, { id: cluster, name: 'Disken i byn', at: Date.now(), by: newId() });
  place(harvest.doc, [found.key], cluster);
  const summary = await open(`summary:${meetingId}:${itemId}`);
  promoteContributions(summary.doc, promptIds[0] ?? '', [
    { key: found.key, text: 'Byns handlare är redan ombud för det mesta.' },
  ]);
  await Promise.all([harvest.settled(), summary.settled()]);
  const stateVector = Buffer.from(Y.encodeStateVector(summary.doc)).toString('base64');
  for (const client of [group, harvest, summary]) client.destroy();
  return {
    async finalise() {
      const path = `/api/meetings/${meetingId}/items/${itemId}/summary/finalise`;
      const answer = await call(chair, 'POST', path, { revision: 0, stateVector });
      if (!answer.ok) throw new Error(await answer.text());
    },
  };
}

it('a group writes, is moved, finishes and is closed', async () => {
  const { links } = server.demo;
  const laptop = await enter(links.member1);
  const phone = await enter(links.member2, { cuttable: true, context: PHONE });
  for (const { page } of [laptop, phone]) {
    await expect(page.getByRole('heading', { name: 'Vad fungerar redan i dag?' })).toBeVisible(PATIENT);
    await expect(page.getByText('Gruppen har inte börjat än').first()).toBeVisible();
    await expect(page.locator('[contenteditable="true"]')).toHaveCount(0);
  }
  await look(laptop.page, 'before-1440');
  await clock('start');

  // The first question has the editor; the others get it by a click or by the keyboard.
  await expect(editor(laptop.page, 1)).toBeVisible(PATIENT);
  await editor(laptop.page, 1).click();
  await laptop.page.keyboard.type('Lanthandlarna är redan ombud för det mesta.');
  await expect(laptop.page.locator('[contenteditable="true"]')).toHaveCount(1);
  const third = laptop.page.getByRole('region', { name: /Vad måste vi välja/ });
  await third.getByRole('button', { name: 'Skriv här' }).focus();
  await laptop.page.keyboard.press('Enter');
  await expect(editor(laptop.page, 3)).toBeFocused(PATIENT);
  await laptop.page.keyboard.type('Hellre öppet en kväll i veckan nära än varje dag långt bort.');
  await untilSaved(laptop.page);
  await expect(prompt(phone.page, 1)).toContainText('Lanthandlarna', PATIENT);

  // On the phone a line at a time, each with its own state; without a network it waits in sight.
  const line = phone.page.getByRole('textbox', { name: 'Skriv en rad till fråga 2' });
  await line.fill('Skolans matsal är byns matsal efter klockan tre.');
  await phone.page.keyboard.press('Enter');
  await expect(line).toHaveValue('');
  await expect(phone.page.locator('[data-line="saved"]')).toHaveCount(1, PATIENT);
  await expect(prompt(laptop.page, 2)).toContainText('byns matsal', PATIENT);
  phone.cut();
  await line.fill('Vårdbussen och bokbussen delar garage.');
  await phone.page
    .getByRole('region', { name: /En vanlig tisdag/ })
    .getByRole('button', { name: 'Skicka raden' })
    .tap();
  await expect(phone.page.locator('[data-line="offline"]')).toHaveCount(1, { timeout: 60_000 });
  await expect(prompt(phone.page, 2)).toContainText('bokbussen');
  phone.mend();
  await expect(phone.page.locator('[data-line="saved"]')).toHaveCount(2, { timeout: 60_000 });
  await expect(prompt(laptop.page, 2)).toContainText('bokbussen', PATIENT);

  // The facilitator says something; a hand goes up and is seen by both.
  await workshop.ask(officer, 'POST', '/messages', { groupId: null, text: 'Hellre tre skarpa meningar än tio runda.' });
  await expect(phone.page.getByText('tre skarpa meningar')).toBeVisible(PATIENT);
  await laptop.page.getByRole('button', { name: 'Räck upp handen' }).click();
  await laptop.page.getByLabel('Vad gäller det?').fill('Räknas skolskjutsen?');
  await laptop.page.keyboard.press('Enter');
  await expect(laptop.page.getByText('Räknas skolskjutsen?')).toBeVisible(PATIENT);
  await expect(phone.page.getByRole('button', { name: 'Handen är uppe' })).toBeVisible(PATIENT);

  // Whoever looks in is seen to.
  const visitor = await enter(links.facilitator);
  await expect(visitor.page.getByText('Du tittar in')).toBeVisible(PATIENT);
  await expect(laptop.page.getByText(/tittar in/)).toBeVisible(PATIENT);
  await look(laptop.page, 'writing-1440');
  await look(phone.page, 'writing-390');

  // Moved in the middle of a sentence: what was said is kept, what was not taken is shown, and one is brought along.
  await editor(laptop.page, 3).click();
  await laptop.page.keyboard.press('ControlOrMeta+End');
  await laptop.page.keyboard.press('Enter');
  await laptop.page.keyboard.type('Skolskjutsen kan bära vuxna, men då måste');
  const moving = workshop.ask(officer, 'POST', `/rounds/${workshop.roundId}/place`, {
    personId: members[0],
    groupId: workshop.groupIds[1],
  });
  await laptop.page.keyboard.type(' vi våga ändra tiderna');
  await moving;
  await expect(laptop.page.getByRole('heading', { level: 1, name: 'Skogen' })).toBeVisible(PATIENT);
  await expect(laptop.page.getByText('Du är flyttad till Skogen. Ni sitter i Glasverandan.')).toBeVisible();
  const kept = async (): Promise<string> =>
    [await prompt(phone.page, 3).innerText(), ...(await laptop.page.getByRole('alert').allInnerTexts())].join('\n');
  // Wherever in the sentence it fell, even in the middle of a word: each word stands whole in the notes or in what is shown.
  const missing = async (): Promise<string[]> => {
    const words = (await kept()).split(/\s+/);
    return 'Skolskjutsen kan bära vuxna, men då måste'.split(' ').filter((word) => !words.includes(word));
  };
  await expect.poll(missing, PATIENT).toEqual([]);
  await expect(editor(laptop.page, 1)).toBeVisible(PATIENT);
  await editor(laptop.page, 1).click();
  await laptop.page.keyboard.type('Ny grupp, ny mening.');
  await look(laptop.page, 'moved-1440');
  for (const alert of await laptop.page.getByRole('alert').all())
    await alert.getByRole('button', { name: 'Klar' }).click();

  // A line that is begun is still there when the page has been loaded again.
  const begun = phone.page.getByRole('textbox', { name: 'Skriv en rad till fråga 3' });
  await begun.fill('Halva raden om skolskjutsen');
  await phone.page.reload();
  await expect(begun).toHaveValue('Halva raden om skolskjutsen', PATIENT);

  // The time is up: finish the sentence, then read only, and what comes next.
  await clock('ask-to-finish');
  await expect(phone.page.getByText('Avsluta meningen').first()).toBeVisible(PATIENT);
  await editor(laptop.page, 1).locator('p').first().click();
  await laptop.page.keyboard.press('End');
  await laptop.page.keyboard.type(' Färdig.');
  await expect(editor(laptop.page, 1)).toContainText('Ny grupp, ny mening. Färdig.');
  await untilSaved(laptop.page);
  await look(phone.page, 'ending-390');
  await clock('close');
  for (const { page } of [laptop, phone]) {
    await expect(page.getByRole('heading', { name: 'Gruppens tid är slut.' })).toBeVisible(PATIENT);
    await expect(page.locator('[contenteditable="true"]')).toHaveCount(0);
    await expect(page.getByRole('textbox')).toHaveCount(0);
  }
  await expect(prompt(laptop.page, 1)).toContainText('Ny grupp, ny mening. Färdig.');
  // What was never sent is its writer's, to copy.
  const unsent = phone.page.getByRole('alert').filter({ hasText: 'Halva raden om skolskjutsen' });
  await expect(unsent.getByRole('button', { name: 'Kopiera' })).toBeVisible();
  await expect(prompt(phone.page, 3)).not.toContainText('Halva raden');
  await look(phone.page, 'closed-unsent-390');
  await unsent.getByRole('button', { name: 'Klar' }).tap();
  await expect(unsent).toHaveCount(0);
  await look(laptop.page, 'closed-1440');
  await look(phone.page, 'closed-390');
  await laptop.page.emulateMedia({ colorScheme: 'dark' });
  await look(laptop.page, 'closed-1440-dark');
  await phone.page.setViewportSize({ width: 320, height: 700 });
  await look(phone.page, 'closed-320');
  await laptop.page.emulateMedia({ colorScheme: 'light' });
  await phone.page.setViewportSize({ width: 390, height: 844 });

  // Who may not read the harvest or the summary yet is told nothing of them, though something has become of the words.
  const trace = (page: Page) => page.locator('[data-trace]');
  const first = await becomesOf('Lanthandlarna');
  await expect(prompt(phone.page, 1)).toContainText('Lanthandlarna');
  await expect(trace(phone.page)).toHaveCount(0);
  const visited = visitor.page;
  await visited.goto(workshop.page(workshop.groupIds[0] ?? ''));
  // Who runs the meeting reads it all.
  await expect(prompt(visited, 1).locator('[data-trace="used"]')).toHaveCount(1, PATIENT);

  // The harvest is shown: where each lies. The summary takes comments: what is in it so far.
  await workshop.ask(officer, 'PATCH', '', { harvest: 'read' });
  await expect(prompt(phone.page, 1).locator('[data-trace="sorted"]')).toContainText('Disken i byn', PATIENT);
  await expect(phone.page.getByText('Inte med i sammanfattningen')).toHaveCount(0);
  await workshop.ask(officer, 'PATCH', '', { comments: true });
  await expect(
    prompt(phone.page, 1).getByRole('link', { name: /^Med i sammanfattningen ?: Byns handlare/ }),
  ).toBeVisible(PATIENT);
  await expect(prompt(phone.page, 2).getByText('Ännu inte med')).toHaveCount(2);
  await look(phone.page, 'trace-390');
  await phone.page.emulateMedia({ colorScheme: 'dark' });
  await look(phone.page, 'trace-390-dark');
  await phone.page.emulateMedia({ colorScheme: 'light' });

  // Final: by the keyboard to the sentence itself, and the focus is there.
  await first.finalise();
  await expect(prompt(phone.page, 2).getByText('Inte med i sammanfattningen', { exact: true })).toHaveCount(2, PATIENT);
  await laptop.page.goto(workshop.page(workshop.groupIds[1] ?? ''));
  await expect(prompt(laptop.page, 1).getByText('Inte med i sammanfattningen', { exact: true })).toHaveCount(
    1,
    PATIENT,
  );
  // The other group is not theirs, final or not.
  await expect(laptop.page.getByText('Lanthandlarna')).toHaveCount(0);
  await look(visited, 'trace-1440');
  await visited.emulateMedia({ colorScheme: 'dark' });
  await look(visited, 'trace-1440-dark');
  await prompt(visited, 1)
    .getByRole('link', { name: /^Med i sammanfattningen/ })
    .focus();
  await visited.keyboard.press('Enter');
  await expect(visited.locator(':focus')).toHaveText(/Byns handlare är redan ombud/, PATIENT);
  await prompt(phone.page, 1)
    .getByRole('link', { name: /^Med i sammanfattningen/ })
    .tap();
  await expect(phone.page.locator(':focus')).toHaveText(/Byns handlare är redan ombud/, PATIENT);
  await expect(phone.page.locator(':focus')).toBeInViewport();
  expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
});
