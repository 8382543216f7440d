/**
 * A summary is written by two, commented on by a third, made final while both type, opened again for a reason, made final
 * once more, compared, and taken along in every form. Then the same pages at other widths, in the dark and in English.
 */
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect as is, it } from 'vitest';
import { readItems } from '#shared/agenda.ts';
import type { RevisionContent } from '#shared/summary/api.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { openDoc } from '../support/light-client.ts';
import { untilSaved } from '../support/meeting-page.ts';
import { axeFaults } from '../support/page-faults.ts';
import { ask, call, type SignedIn, signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';
import { unzip } from '../support/zip.ts';

const PICTURES = join(import.meta.dirname, '../output/summary');
/** For what goes by way of the server, on a busy machine. */
const PATIENT = { timeout: 20_000 };
const FIRST = 'Invånaren ska möta en disk och en människa, inte en myndighet i taget.';

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let chair: SignedIn;
let itemId = '';
let address = '';
let api = '';

const json = <T>(method: string, path: string, body?: unknown): Promise<T> => ask<T>(chair, method, path, body);

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  const { url, meetingId, links } = server.demo;
  chair = await signInByLink(links.chair);
  const agenda = openDoc(chair, `agenda:${meetingId}`);
  await agenda.synced();
  const items = readItems(agenda.doc).filter(({ kind }) => kind === 'dialogue');
  agenda.destroy();
  // The one with the workshop under way; the shared document has no order of its own.
  for (const { id } of items) {
    const path = `/api/meetings/${meetingId}/items/${id}`;
    const workshop = await json<WorkshopView | null>('GET', `${path}/workshop`);
    if (workshop?.id === server.demo.workshopId) [itemId, api] = [id, path];
  }
  address = `${url}/m/${meetingId}/p/${itemId}/sammanfattning`;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

async function look(page: Page, state: string): Promise<void> {
  await clean(page, state);
  await picture(page, state);
}

async function picture(page: Page, state: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  // The page is drawn anew for another width, which takes a moment.
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), {
      message: `${state} scrolls sideways`,
    })
    .toBeLessThanOrEqual(0);
  await page.screenshot({ path: join(PICTURES, `${state}.png`), animations: 'disabled' });
}

/** What axe finds is nothing. */
async function clean(page: Page, state: string): Promise<void> {
  expect(await axeFaults(page), state).toEqual([]);
}

/**
 * The page at every width, light and dark, as it is now. An examination by axe takes seconds: one for each layout and each
 * colour scheme finds what six would.
 */
async function everywhere(page: Page, state: string): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
    [320, 640],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      const name = `${state}-${width}-${colorScheme}`;
      if ((width === 390) === (colorScheme === 'dark') && width !== 320) await clean(page, name);
      await picture(page, name);
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

const editors = (page: Page): Locator => page.locator('[data-section] [contenteditable="true"]');

async function openPage(link: string, options: Parameters<typeof letIn>[2] = {}): Promise<Person> {
  const person = await letIn(browser, link, { ...options, at: address });
  return person;
}

/** Goes to one of the parts beside the text. */
const part = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('tab', { name }).click();

/** Puts the caret at the end of a section's text. */
async function toEnd(page: Page, section: number): Promise<void> {
  await editors(page).nth(section).locator('p').last().click();
  await page.keyboard.press('ControlOrMeta+End');
}

/** What a button beside the text puts in. */
const wordsOf = async (button: Locator): Promise<string> =>
  ((await button.getAttribute('aria-label')) ?? '').replace('Infoga i texten: ', '');

const revision = (n: number): Promise<RevisionContent> => json('GET', `${api}/summary/revisions/${n}`);

it('has a text under every question, and says no more to the room than one text would', async () => {
  const person = await letIn(browser, server.demo.links.chair);
  const { page } = person;
  let said = 0;
  page.on('websocket', (socket) => {
    if (socket.url().includes('/summary:')) socket.on('framesent', () => said++);
  });
  await page.goto(address);
  await expect(editors(page)).toHaveCount(3);
  await editors(page).nth(1).click();
  // Several repaints and a turn of the heartbeat: texts that contradict each other say thousands of things in this time.
  await page.waitForTimeout(2_000);
  is(said).toBeGreaterThan(0);
  is(said).toBeLessThan(60);
  await person.leave();
});

it('keeps the caret where one clicks first, while what belongs to the paragraph turns up beside it', async () => {
  const { page, leave } = await openPage(server.demo.links.secretary);
  const entry = editors(page).first().locator('li p', { hasText: 'Lanthandlarna är' });
  await entry.click();
  await page.keyboard.press('End');
  await page.keyboard.type(' Även posten.');
  await expect(entry).toContainText('Även posten.');
  await untilSaved(page);
  await leave();
});

it('shows what a paragraph is built on, and takes what was left out into the text by key', async () => {
  const { page, complaints, leave } = await openPage(server.demo.links.chair);
  await expect(editors(page).first()).toBeVisible(PATIENT);
  // What the demo has put in already says whose it was.
  const entry = editors(page).first().locator('li p', { hasText: 'Bokbussen stannar' });
  await entry.click();
  const behind = page.getByRole('region', { name: 'Bakom stycket där markören står' });
  await expect(behind).toContainText('Bokbussen stannar där folk ändå möts', PATIENT);
  await expect(behind).toContainText('Älven, fråga 1');

  // From the text to the side without a mouse, to what is not used, and there one of them into the text.
  await page.keyboard.press('Escape');
  await page.keyboard.press('k');
  await expect(page.getByRole('tab', { name: 'Meningens källor' })).toBeFocused();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await expect(page.getByRole('tab', { name: /^Oanvända [1-9]/ })).toBeFocused(PATIENT);
  for (const words of ['Den som flyttar in', 'Skolans matsal', 'Ingen över åttio'])
    await expect(page.getByRole('tabpanel')).toContainText(words, PATIENT);
  await page.keyboard.press('Tab');
  const focused = page.locator('[data-put]:focus');
  await expect(focused).toHaveCount(1);
  const first = await wordsOf(focused);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => wordsOf(focused)).not.toBe(first);
  const words = await wordsOf(focused);
  await page.keyboard.press('s');
  // It stands behind the list the caret was in, with its group beside it, and the focus is on what is next.
  const paragraph = editors(page).first().locator('ul + p', { hasText: words });
  await expect(paragraph.locator('.rs-sources')).toBeVisible(PATIENT);
  await expect(page.getByRole('button', { name: `Infoga i texten: ${words}` })).toHaveCount(0);
  await expect(focused).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(editors(page).first()).toBeFocused();
  await expect(page.getByRole('toolbar')).toHaveCount(1);
  await untilSaved(page);

  // On a phone the same comes from below; what is pressed there is in the text when the sheet is gone.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: /^Oanvända/ }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('tab', { name: /^Oanvända/ })).toHaveAttribute('aria-selected', 'true');
  await look(page, 'sheet-390-light');
  const next = sheet.getByRole('button', { name: /^Infoga i texten: / }).first();
  const more = await wordsOf(next);
  await next.click();
  await expect(sheet.getByRole('button', { name: `Infoga i texten: ${more}` })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(editors(page).first()).toContainText(more);
  await untilSaved(page);
  expect(complaints).toEqual([]);
  await leave();
}, 90_000);

it('is written, commented on, made final while two type, opened again, compared and taken along', async () => {
  const { links } = server.demo;
  const boss = await openPage(links.chair);
  const scribe = await openPage(links.facilitator, { cuttable: true });
  for (const { page } of [boss, scribe]) await expect(editors(page).first()).toBeVisible(PATIENT);
  const { prompts } = await json<WorkshopView>('GET', `${api}/workshop`);
  await expect(boss.page.locator('[data-section] > h2')).toHaveText(prompts.map(({ heading }) => heading));

  await toEnd(boss.page, 0);
  await boss.page.keyboard.insertText(FIRST);
  await toEnd(scribe.page, prompts.length - 1);
  await scribe.page.keyboard.insertText('Bussen på beställning när fler än linjen den ersatte.');
  await expect(editors(boss.page).nth(prompts.length - 1)).toContainText('Bussen på beställning', PATIENT);
  for (const { page } of [boss, scribe]) await untilSaved(page);

  // A member is let in to read, selects a sentence and comments on it.
  const member = await openPage(links.member1);
  await expect(member.page.getByText('Sammanfattningen skrivs av ordföranden')).toBeVisible(PATIENT);
  await part(scribe.page, /^Synpunkter/);
  // The box shows what the server says as soon as it has said it.
  const invites = scribe.page.getByLabel('Ta emot synpunkter');
  await invites.click();
  await expect(invites).toBeChecked();
  await expect(member.page.locator('[data-section] .rs-doc').first()).toContainText(FIRST, PATIENT);
  await expect(editors(member.page)).toHaveCount(0);
  await member.page.locator('[data-section] .rs-doc p', { hasText: FIRST }).first().click({ clickCount: 3 });
  await member.page.getByRole('button', { name: 'Kommentera markeringen' }).click();
  await member.page.getByRole('textbox', { name: 'Synpunkt' }).fill('Säg hellre ”en och samma disk”.');
  await member.page.getByRole('button', { name: 'Lämna synpunkt' }).click();
  await expect(boss.page.getByRole('tab', { name: 'Synpunkter 1' })).toBeVisible(PATIENT);
  await part(boss.page, 'Synpunkter 1');
  await expect(boss.page.getByText('Säg hellre ”en och samma disk”.')).toBeVisible();
  // Its words move: the comment stays with them.
  await toEnd(boss.page, 0);
  await boss.page.keyboard.press('ControlOrMeta+Home');
  await boss.page.keyboard.insertText('Kort sagt: ');
  await boss.page.getByRole('button', { name: /^Om ”/ }).click();
  await expect
    .poll(() => boss.page.evaluate(() => [...(CSS.highlights.get('summary-comment') ?? [])].map(String)), PATIENT)
    .toEqual([FIRST]);
  await boss.page.getByRole('button', { name: 'Svara' }).click();
  await boss.page.getByRole('textbox', { name: 'Svar' }).fill('Bra, vi ändrar.');
  await boss.page.getByRole('button', { name: 'Skicka' }).click();
  await expect(member.page.getByText('Bra, vi ändrar.')).toBeVisible(PATIENT);
  await everywhere(boss.page, 'writing');
  await look(member.page, 'reading-1440-light');
  await member.page.getByRole('button', { name: 'Åtgärdad' }).click();
  await expect(boss.page.getByText('1 åtgärdad synpunkt')).toBeVisible(PATIENT);

  // The scribe is cut off and writes on; the chair makes it final while typing themselves.
  await toEnd(scribe.page, 0);
  await scribe.page.keyboard.type('Nu ');
  await untilSaved(scribe.page);
  await expect(editors(boss.page).first()).toContainText('Nu', PATIENT);
  await toEnd(boss.page, 0);
  await boss.page.keyboard.type('Sist in.');
  await boss.page.getByRole('button', { name: 'Slutför…' }).click();
  const dialog = boss.page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Fortsätt skriva' })).toBeFocused();
  await expect(dialog.getByText('Det du har skrivit är sparat')).toBeVisible(PATIENT);
  await look(boss.page, 'finalise-1440-light');
  await boss.page.emulateMedia({ colorScheme: 'dark' });
  await picture(boss.page, 'finalise-1440-dark');
  await boss.page.emulateMedia({ colorScheme: 'light' });
  await scribe.page.keyboard.type('medan det går ');
  await untilSaved(scribe.page);
  scribe.cut();
  await scribe.page.keyboard.type('men detta kom för sent');
  await dialog.getByRole('button', { name: 'Slutför och lås' }).click();
  await expect(boss.page.getByText(/Slutförd av /)).toBeVisible(PATIENT);
  await expect(member.page.getByText(/Slutförd av /)).toBeVisible(PATIENT);
  await expect(editors(boss.page)).toHaveCount(0);
  const first = await revision(1);
  expect(first.text).toContain(FIRST);
  expect(first.text).toContain('Sist in.');
  expect(first.text).toContain('medan det går');
  expect(first.text).not.toContain('för sent');

  // What came too late is shown to its author, to copy, and is nowhere else.
  scribe.mend();
  await expect(scribe.page.getByRole('alert')).toContainText('men detta kom för sent', { timeout: 40_000 });
  await expect(scribe.page.getByText(/Slutförd av /)).toBeVisible(PATIENT);
  await expect(scribe.page.getByRole('alert')).toContainText('Kopiera');
  await look(scribe.page, 'late-1440-light');
  expect((await revision(1)).revision.sha256).toBe(first.revision.sha256);
  await expect(boss.page.getByText(`Kontrollsumma ${first.revision.sha256.slice(0, 8)}`)).toBeVisible();
  await everywhere(boss.page, 'final');

  for (const [format, opens] of Object.entries(OPENS)) {
    const link = boss.page.getByRole('link', { name: format, exact: true });
    const [download] = await Promise.all([boss.page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(/^[a-z0-9-]+-revision-1\.(html|md|docx|pdf|json)$/);
    opens(await readFile(await download.path()));
  }

  // Opened again for a reason; the next one is number two, and what is new in it can be seen.
  await boss.page.getByRole('button', { name: 'Öppna igen…' }).click();
  await boss.page.getByRole('textbox', { name: 'Varför?' }).fill('Ett årtal var fel');
  await boss.page.getByRole('dialog').getByRole('button', { name: 'Öppna igen' }).click();
  await expect(editors(boss.page).first()).toBeVisible(PATIENT);
  await toEnd(boss.page, 0);
  await boss.page.keyboard.type(' Från år 2035.');
  await untilSaved(boss.page);
  // What the workshop says of it comes late; the page goes by the summary's own answer, with all that belongs to it.
  const late = Promise.withResolvers<void>();
  await boss.page.route('**/workshop', async (route) => {
    await late.promise;
    await route.continue();
  });
  await boss.page.getByRole('button', { name: 'Slutför…' }).click();
  await dialog.getByRole('button', { name: 'Slutför och lås' }).click();
  await expect(editors(boss.page)).toHaveCount(0, PATIENT);
  await expect(boss.page.getByText('Revision 2', { exact: true })).toBeVisible();
  late.resolve();
  await expect(boss.page.getByText(/Ett årtal var fel/)).toBeVisible();
  await boss.page.getByRole('button', { name: 'Visa revision 1' }).click();
  await boss.page.getByRole('button', { name: 'Jämför med revision 2' }).click();
  await expect(boss.page.locator('ins')).toHaveText(/Från år 2035\./);
  await expect(boss.page.locator('del')).toHaveCount(0);
  await everywhere(boss.page, 'compared');
  expect(await revision(1)).toMatchObject({ text: first.text, revision: { sha256: first.revision.sha256 } });

  for (const person of [boss, scribe, member]) {
    expect(person.complaints).toEqual([]);
    await person.leave();
  }
}, 240_000);

const OPENS: Record<string, (bytes: Buffer) => void> = {
  Webbsida: (bytes) => expect(bytes.toString()).toContain(FIRST),
  Markdown: (bytes) => expect(bytes.toString()).toContain(FIRST),
  Word: (bytes) => expect(unzip(bytes).get('word/document.xml')).toContain(FIRST),
  PDF: (bytes) => expect(bytes.toString('latin1')).toMatch(/^%PDF-[\s\S]*\/StructTreeRoot/),
  JSON: (bytes) =>
    expect((JSON.parse(bytes.toString()) as { document: { revision: number } }).document.revision).toBe(1),
};

it('says the same in English', async () => {
  const reader = await signInByLink(server.demo.links.member2);
  expect((await call(reader, 'PATCH', '/api/account', { language: 'en' })).ok).toBe(true);
  const english = await openPage(server.demo.links.member2, { language: 'en' });
  await expect(english.page.getByRole('heading', { level: 1 })).toContainText('Summary', PATIENT);
  await look(english.page, 'english-1440-light');
  expect(english.complaints).toEqual([]);
  await english.leave();
}, 60_000);
