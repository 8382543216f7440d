/**
 * The long day: twelve people in twelve browsers go through a workshop from its making to the summary that the chair makes
 * final. Nine write in three groups for two minutes, three of them guests with phones; one is moved in the middle of a
 * sentence, one phone sleeps for half a minute, one laptop loses its network at the wrong moment. In the end every sentence
 * is where it was said, once, and every sentence of the summary leads back to its group.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect as is, it } from 'vitest';
import { readItems } from '#shared/agenda.ts';
import type { RevisionContent } from '#shared/summary/api.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { beginJourney } from '../support/journey.ts';
import { type Random, random, seeds } from '../support/random.ts';
import { marksIn, saying } from '../support/sayings.ts';
import {
  type Attendant,
  fallAsleep,
  inviteAll,
  openWorkshopDay,
  PHONE,
  SLOW,
  untilKept,
  type WorkshopDay,
  wakeUp,
} from '../support/workshop-day.ts';

/** How long all write. */
const WRITE_MS = 120_000;
const ASLEEP_MS = 30_000;
/** From the first page to three groups that write, for a facilitator who knows the program. */
const MOST_PRESSES = 12;
const MOST_MS = 60_000;
/** A guest's way in. */
const GUEST_FIELDS = 2;
const GUEST_MS = 10_000;
/** For what goes by way of the server, with twelve browsers on a busy machine. */
const PATIENT = { timeout: SLOW };
const PICTURES = join(import.meta.dirname, '../output/workshop-day');

const [seed = 1] = seeds(1);
const lots = random(seed);
let browser: Browser;
let day: WorkshopDay;
let meetingId = '';
let itemId = '';
let code = '';
let facilitator: Attendant;
let chair: Attendant;
let secretary: Attendant;
/** The nine, the three guests last. */
const writers: Attendant[] = [];
const everybody = (): Attendant[] => [facilitator, chair, secretary, ...writers].filter((one) => one !== undefined);
/** Every sentence that was finished, by its mark, and the group its writer was in. */
const written = new Map<string, { text: string; groupId: string }>();

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [browser, day] = await Promise.all([launchChromium(), openWorkshopDay()]);
  const letters = 'xyabcdef';
  facilitator = await day.browse(browser, day.facilitator, 'z');
  const others: Attendant[] = [];
  for (const [n, { visitor }] of day.others.entries())
    others.push(await day.browse(browser, visitor, letters[n] ?? '', { cuttable: n === 1 || n === 7 }));
  [chair, secretary] = others as [Attendant, Attendant];
  writers.push(...others.slice(2));
});
afterAll(async () => {
  for (const person of everybody()) await person.leave();
  await browser?.close();
  await day?.close();
});

let picture = 0;
async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  picture += 1;
  const path = join(PICTURES, `${String(picture).padStart(2, '0')}-${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
}

const path = () => `/api/meetings/${meetingId}/items/${itemId}/workshop`;
const workshop = () => day.ask<WorkshopView>(day.facilitator, 'GET', path());
const itemUrl = () => `${day.house.url}/m/${meetingId}/p/${itemId}`;
async function groupOf(person: Attendant): Promise<{ id: string; name: string }> {
  const group = (await workshop()).rounds[0]?.groups.find(({ members }) => members.includes(person.personId));
  if (!group) throw new Error(`${person.name} has no group`);
  return group;
}

it('the day before: a meeting from a template, and the people in it', async () => {
  const { page } = facilitator;
  await page.goto(day.house.url);
  await page.getByRole('link', { name: /Internat/ }).click();
  await page.getByLabel('Mötets namn').fill('Dialogdagar i maj');
  await page.getByRole('button', { name: 'Skapa mötet' }).click();
  await page.waitForURL(/\/m\/[^/]+/);
  meetingId = new URL(page.url()).pathname.split('/')[2] ?? '';
  await inviteAll(day, meetingId);
  const items = await day.house.server.relay.read(`agenda:${meetingId}`, readItems);
  itemId = items.find(({ title }) => title === 'Samtal i grupper')?.id ?? '';
  is(itemId).not.toBe('');
  await page.getByRole('button', { name: /^Byt skede/ }).click();
  await page.getByRole('menuitem', { name: 'Öppna mötet' }).click();
  await page.getByRole('button', { name: /^Gäster/ }).click();
  const panel = page.getByRole('dialog', { name: 'Gäster' });
  await panel.getByRole('button', { name: 'Släpp in gäster med kod' }).click();
  const shown = panel.locator('p', { hasText: /^Kod [A-Z2-9]{3} [A-Z2-9]{3}$/ });
  code = ((await shown.textContent()) ?? '').replace(/^Kod | /g, '');
  await look(page, 'kod');
  await page.keyboard.press('Escape');
});

it(`three guests come in, each within ${GUEST_MS / 1000} s and ${GUEST_FIELDS} fields`, async () => {
  for (const [n, name] of ['Greta Lind', 'Hugo Ask', 'Iris Vik'].entries()) {
    const person = await letIn(browser, null, { cuttable: n === 0, context: PHONE });
    const { page } = person;
    person.context.setDefaultTimeout(SLOW);
    const journey = beginJourney({ touch: true });
    await page.goto(`${day.house.url}/g/${code}`);
    await journey.fill(page.getByLabel('Namn'), name);
    await journey.choose('Organisation', page.getByText(['Almvik', 'Brantsjö', 'Ekforsa'][n] ?? '', { exact: true }));
    if (n === 0) await look(page, 'gast');
    await journey.press(page.getByRole('button', { name: 'Gå in i mötet' }));
    await expect(page.getByRole('button', { name: /din meny/ })).toBeVisible(PATIENT);
    const took = journey.took();
    console.log(`${name} was in after ${(took / 1000).toFixed(1)} s`);
    is(journey.fields()).toBeLessThanOrEqual(GUEST_FIELDS);
    // The first one meets a machine that is not yet busy with the others.
    if (n === 0) is(took).toBeLessThan(GUEST_MS);
    const session = await page.evaluate(
      async () => (await (await fetch('/api/session')).json()) as { person: { id: string } },
    );
    writers.push(Object.assign(person, { letter: 'ghi'[n] ?? '', name, personId: session.person.id, phone: true }));
  }
});

it(`from the first page to three groups that write: at most ${MOST_PRESSES} presses`, async () => {
  const { page } = facilitator;
  for (const person of [chair, secretary, ...writers]) await person.page.goto(itemUrl());
  await page.goto(day.house.url);
  await expect(page.getByRole('link', { name: /Dialogdagar i maj/ }).first()).toBeVisible(PATIENT);
  await look(page, 'forsta-sidan');
  const journey = beginJourney();
  await journey.press(page.getByRole('link', { name: /Dialogdagar i maj/ }).first());
  await journey.press(page.getByRole('row', { name: /Samtal i grupper/ }));
  await journey.press(page.getByRole('link', { name: 'Skapa workshop' }));
  await journey.press(page.getByRole('button', { name: 'Skapa workshop' }));
  await expect(page.getByLabel('Så här')).toHaveValue('mix-organisations', PATIENT);
  await journey.press(page.getByRole('button', { name: 'Använd grupperna' }));
  await journey.press(page.getByRole('button', { name: 'Starta', exact: true }));
  // Somebody in each group has the text open and may write.
  for (const person of writers) await person.page.getByRole('link', { name: 'Till din grupp' }).click(PATIENT);
  for (const { page: own, phone } of writers) {
    const field = phone
      ? own.getByRole('textbox', { name: /rad till fråga 1/ })
      : own.locator('[contenteditable="true"]');
    await expect(field.first()).toBeVisible(PATIENT);
  }
  const took = journey.took();
  console.log(
    `from the first page to three groups writing: ${journey.presses()} presses, ${(took / 1000).toFixed(1)} s`,
  );
  is(journey.presses()).toBeLessThanOrEqual(MOST_PRESSES);
  is(took).toBeLessThan(MOST_MS);

  const { rounds } = await workshop();
  const groups = rounds[0]?.groups ?? [];
  // The chair has a voice too; who leads and who keeps the notes stand beside.
  is(groups.map(({ members }) => members.length).sort()).toEqual([3, 3, 4]);
  // Mixed: nobody sits with somebody from home.
  const { participants } = await day.ask<{ participants: { personId: string; organisationId: string | null }[] }>(
    day.facilitator,
    'GET',
    `/api/meetings/${meetingId}`,
  );
  const home = new Map(participants.map(({ personId, organisationId }) => [personId, organisationId]));
  for (const { members } of groups) is(new Set(members.map((id) => home.get(id))).size).toBe(members.length);
  await look(page, 'startat');
  await look(writers[0]!.page, 'grupp-1280');
  await look(writers[8]!.page, 'grupp-390');
});

const editor = (page: Page): Locator => page.locator('[contenteditable="true"]');

/** Types at the speed of a person; of one in a hurry, when it must be done before the group is closed. */
const type = (page: Page, words: string, draw: Random, hurry = false) =>
  page.keyboard.type(words, { delay: hurry ? 10 : draw.int(120, 240) });

/**
 * Puts the caret in an empty paragraph of one's own: last in the text that is open, or behind its first line, where nobody
 * writes any more once the others are under way. Enter behind a line divides it where the caret is: whoever writes there
 * at that moment goes on in the new one.
 */
async function ownParagraph(person: Attendant, behind: 'first' | 'last' = 'last'): Promise<void> {
  const { page } = person;
  await expect(editor(page).first()).toBeVisible(PATIENT);
  const lines = editor(page).locator('p');
  await (behind === 'first' ? lines.first() : lines.last()).click();
  await page.keyboard.press(behind === 'first' ? 'End' : 'ControlOrMeta+End');
  // The editor hears of a moved caret in the next frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.keyboard.press('Enter');
}

/** One sentence, finished. */
async function speak(person: Attendant, draw: Random, { last = false } = {}): Promise<void> {
  const { page, letter, phone } = person;
  const { id } = await groupOf(person);
  const n = [...written.keys()].filter((mark) => mark.startsWith(letter)).length;
  const text = saying(letter, n, draw);
  written.set(`${letter}${String(n).padStart(2, '0')}`, { text, groupId: id });
  if (phone) {
    const field = page.getByRole('textbox', { name: `Skriv en rad till fråga ${(n % 3) + 1}` });
    await field.tap();
    await type(page, text, draw, last);
    await page.keyboard.press('Enter');
  } else {
    await type(page, text, draw, last);
    if (!last) await page.keyboard.press('Enter');
  }
}

async function writeUntil(person: Attendant, draw: Random, until: number): Promise<void> {
  while (performance.now() < until) await speak(person, draw);
}

it(`all write for two minutes; more time, a move, a phone asleep (seed ${seed})`, async () => {
  const [moved, , , , , , sleeper] = writers as [Attendant, Attendant, ...Attendant[]];
  for (const person of writers.slice(0, 6)) {
    // One after the other: whose paragraph is whose must be sure afterwards.
    await ownParagraph(person);
    await untilKept(person);
  }
  await facilitator.page.getByRole('link', { name: 'Led grupparbetet' }).click();
  await expect(facilitator.page.getByRole('article')).toHaveCount(3, PATIENT);
  const from = performance.now();
  const until = from + WRITE_MS;
  const at = (ms: number) => facilitator.page.waitForTimeout(Math.max(0, from + ms - performance.now()));
  const draws = writers.map(() => random(lots.int(1, 2 ** 30)));

  const sleep = async (): Promise<void> => {
    const draw = draws[6]!;
    await writeUntil(sleeper!, draw, from + 25_000);
    // Put away the moment a line is sent.
    await fallAsleep(sleeper!);
    await speak(sleeper!, draw);
    await look(sleeper!.page, 'sover');
    await sleeper!.page.waitForTimeout(ASLEEP_MS);
    await wakeUp(sleeper!);
    await expect(sleeper!.page.locator('[data-line="saved"]').last()).toBeVisible({ timeout: 60_000 });
    await writeUntil(sleeper!, draw, until);
  };

  const half = 'Skolskjutsen kan bära vuxna också, men då måste';
  const rest = ' vi våga ändra tiderna och äga det tillsammans';
  let old = { id: '', name: '' };
  const move = async (): Promise<void> => {
    const { page } = moved;
    const draw = draws[0]!;
    await writeUntil(moved, draw, from + 40_000);
    old = await groupOf(moved);
    await type(page, half, draw);
    await untilKept(moved);
    const lead = facilitator.page;
    await lead.getByRole('button', { name: 'Flytta någon' }).click();
    await lead.getByLabel('Vem').selectOption(moved.personId);
    const to = (await workshop()).rounds[0]?.groups.find(({ id }) => id !== old.id);
    await lead
      .getByRole('dialog')
      .getByLabel('Till', { exact: true })
      .selectOption(to?.id ?? '');
    await look(lead, 'flyttar');
    const typing = type(page, rest, draw);
    await lead.getByRole('button', { name: 'Flytta', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: to?.name ?? '' })).toBeVisible({ timeout: 20_000 });
    await typing;
    await look(page, 'flyttad');
    // What did not get there in time is shown, a part of what was typed and nothing else; it is seen, and put away.
    const refused = page.getByRole('alert').filter({ hasText: 'Det här togs inte emot' });
    for (let n = await refused.count(); n > 0; n--) await refused.first().getByRole('button', { name: 'Klar' }).click();
    await expect(refused).toHaveCount(0);
    await ownParagraph(moved, 'first');
    await writeUntil(moved, draw, until);
  };

  const leading = async (): Promise<void> => {
    const { page } = facilitator;
    await at(15_000);
    await look(page, 'vaggen-1440');
    const before = (await workshop()).rounds[0]?.endsAt ?? 0;
    await at(75_000);
    await page.getByRole('button', { name: '5 min till för alla' }).click();
    await expect.poll(async () => (await workshop()).rounds[0]?.endsAt, PATIENT).toBe(before + 5 * 60_000);
    await at(95_000);
    await look(page, 'vaggen-full-1440');
    await look(writers[1]!.page, 'skriver-1280');
    await look(writers[8]!.page, 'skriver-390');
  };

  const others = writers.filter((person) => person !== moved && person !== sleeper);
  await Promise.all([
    ...others.map((person) => writeUntil(person, draws[writers.indexOf(person)]!, until)),
    move(),
    sleep(),
    leading(),
  ]);
  for (const person of writers) await untilKept(person);
  await everySentenceOnce();

  // What the moved one had begun is in the old group, as far as it came; not a letter of it is doubled or mixed up.
  const now = await day.said(meetingId, await workshop());
  const begun = (now.get(old.id) ?? []).filter(({ text }) => text.startsWith('Skolskjutsen'));
  is(begun).toHaveLength(1);
  is(begun[0]?.text.startsWith(half)).toBe(true);
  is((half + rest).startsWith(begun[0]?.text ?? '-')).toBe(true);
  is([...now.values()].flat().filter(({ text }) => text.includes('Skolskjutsen'))).toHaveLength(1);
}, 420_000);

/** Every sentence that was finished stands in its group, word for word, once, and nowhere else. */
async function everySentenceOnce(): Promise<void> {
  const now = await day.said(meetingId, await workshop());
  const found = [...now].flatMap(([groupId, list]) =>
    list.flatMap(({ text }) => marksIn(text).map((mark) => ({ mark, text, groupId }))),
  );
  const expected = [...written].map(([mark, { text, groupId }]) => ({ mark, text, groupId }));
  const byMark = (a: { mark: string }, b: { mark: string }) => (a.mark < b.mark ? -1 : 1);
  is(found.sort(byMark)).toEqual(expected.sort(byMark));
}

it('they finish their sentences, the groups are closed, and what comes later is shown to its writer', async () => {
  const { page } = facilitator;
  const late = writers[5]!;
  await page.getByRole('button', { name: 'Avsluta meningen', exact: true }).click();
  for (const { page: own } of writers) await expect(own.getByText('Avsluta meningen').first()).toBeVisible(PATIENT);
  await look(writers[7]!.page, 'avsluta-390');
  await Promise.all(writers.map((person) => speak(person, lots, { last: true })));
  for (const person of writers) await untilKept(person);

  late.cut();
  await late.page.keyboard.press('Enter');
  await late.page.keyboard.type('Detta skrevs utan nät, för sent.');
  await page.getByRole('button', { name: 'Stäng grupperna' }).click();
  for (const person of writers.filter((one) => one !== late))
    await expect(person.page.getByRole('heading', { name: 'Gruppens tid är slut.' })).toBeVisible(PATIENT);
  late.mend();
  const notice = late.page.getByRole('alert').filter({ hasText: 'Detta skrevs utan nät, för sent.' });
  await expect(notice).toBeVisible({ timeout: 60_000 });
  await expect(notice.getByRole('button', { name: 'Kopiera' })).toBeVisible();
  await look(late.page, 'for-sent-1280');
  await everySentenceOnce();
  await look(writers[7]!.page, 'stangd-390');
}, 240_000);

/** A slip in a list of the board. */
const slip = (page: Page, list: string, text: string): Locator =>
  page.getByRole('grid', { name: list, exact: true }).getByRole('row', { name: text });

async function toNewCluster(page: Page, mark: string, name: string): Promise<void> {
  await slip(page, 'Osorterat', mark).focus();
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Namn' })).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(slip(page, name, mark)).toBeVisible(PATIENT);
}

const promoted = ['b00', 'd00', 'g00', 'c01', 'h00', 'i00', 'e00'];

it('the harvest is sorted by three at once, voted on by nine, and taken into the summary', async () => {
  const { page } = facilitator;
  await page.getByRole('link', { name: 'Till skörden' }).click();
  const total = [...(await day.said(meetingId, await workshop())).values()].flat().length;
  for (const { page: board } of [chair, secretary]) await board.goto(`${itemUrl()}/skord`);
  for (const { page: board } of [facilitator, chair, secretary])
    await expect(board.getByRole('heading', { name: `Osorterat ${total} av ${total}` })).toBeVisible(PATIENT);
  await look(page, 'skord-1440');

  await Promise.all([toNewCluster(page, 'b00', 'Nära hemma'), toNewCluster(chair.page, 'c01', 'Öppet längre')]);
  // By key, by key at the same time, and in the list.
  const digit = async (board: Page, name: string) =>
    (await board.getByRole('region', { name }).locator('kbd').first().textContent()) ?? '';
  const list = secretary.page;
  await list.getByRole('button', { name: 'Lista', exact: true }).click();
  await Promise.all([
    (async () => {
      for (const mark of ['d00', 'g00']) {
        await slip(page, 'Osorterat', mark).focus();
        await page.keyboard.press(await digit(page, 'Nära hemma'));
        await expect(slip(page, 'Nära hemma', mark)).toBeVisible(PATIENT);
      }
    })(),
    (async () => {
      await slip(chair.page, 'Osorterat', 'h00').focus();
      await chair.page.keyboard.press(await digit(chair.page, 'Öppet längre'));
      await expect(slip(chair.page, 'Öppet längre', 'h00')).toBeVisible(PATIENT);
    })(),
    (async () => {
      await list.getByRole('combobox', { name: /Ligger i, för: .*i00/ }).selectOption({ label: 'Öppet längre' });
      await expect(list.getByRole('list', { name: 'Öppet längre' })).toContainText('i00', PATIENT);
    })(),
  ]);
  await expect(slip(page, 'Öppet längre', 'i00')).toBeVisible(PATIENT);
  await look(page, 'kluster-1440');
  await look(list, 'lista-1280');

  await page.getByRole('combobox', { name: 'Vem som får sortera' }).selectOption({ label: 'Alla får se skörden' });
  await page.getByRole('button', { name: 'Öppna röstning' }).click();
  const open = page.getByRole('dialog');
  await open.getByRole('spinbutton', { name: 'Prickar per person' }).fill('2');
  await open.getByRole('checkbox', { name: 'Gäster får rösta' }).check();
  await open.getByRole('button', { name: 'Öppna', exact: true }).click();
  await Promise.all(
    writers.map(async ({ page: own, letter }) => {
      await own.getByRole('link', { name: 'Se skörden' }).click(PATIENT);
      await own.getByRole('button', { name: 'Rösta', exact: true }).click(PATIENT);
      await own.getByRole('button', { name: 'En prick till på Nära hemma' }).click();
      await own.getByRole('button', { name: 'En prick till på Öppet längre' }).click();
      await expect(own.getByText('Din röst är sparad.')).toBeVisible(PATIENT);
      if (letter === 'h') await look(own, 'rostar-390');
    }),
  );
  await expect(page.getByText(/^Prickröstning: 9 av \d+ har röstat/)).toBeVisible(PATIENT);
  await page.getByRole('button', { name: 'Avsluta röstningen' }).click();
  for (const name of ['Nära hemma', 'Öppet längre'])
    await expect(page.getByRole('region', { name })).toContainText('9 prickar', PATIENT);
  await look(page, 'rostat-1440');

  await page.getByRole('region', { name: 'Nära hemma' }).getByRole('button', { name: 'Till sammanfattningen' }).click();
  await list
    .getByRole('region', { name: 'Öppet längre' })
    .getByRole('button', { name: 'Till sammanfattningen' })
    .click();
  await slip(chair.page, 'Osorterat', 'e00').focus();
  await chair.page.keyboard.press('s');
  for (const { page: board } of [facilitator, chair])
    await expect(board.getByRole('complementary', { name: 'Täckning' })).toContainText(
      `${promoted.length} av ${total} bidrag använda`,
      PATIENT,
    );
  await look(page, 'i-sammanfattningen-1440');
}, 300_000);

/** Presses the square at every sentence of the summary; returns the marks of those that led to their words and group. */
async function followAll(page: Page): Promise<string[]> {
  const names = new Map((await workshop()).rounds.flatMap(({ groups }) => groups.map(({ id, name }) => [id, name])));
  const followed: string[] = [];
  // Beside the text that is being written, or that is final.
  const sources = page
    .getByRole('tabpanel', { name: 'Meningens källor' })
    .or(page.getByRole('region', { name: /Källor/ }))
    .first();
  const squares = page.locator('[data-section] .rs-sources, .rs-view .rs-sources');
  for (const square of await squares.all()) {
    const sentence = await square.evaluate((box) => (box.closest('li') ?? box.closest('p'))?.textContent ?? '');
    const [mark = ''] = marksIn(sentence);
    await square.click();
    await expect(sources).toContainText(`(${mark})`, PATIENT);
    await expect(sources).toContainText(names.get(written.get(mark)?.groupId ?? '') ?? '-', PATIENT);
    followed.push(mark);
  }
  return followed.sort();
}

it('the summary is written, every sentence leads to its group, and the chair makes it final', async () => {
  for (const { page } of [facilitator, chair, secretary]) await page.goto(`${itemUrl()}/sammanfattning`);
  await expect(editor(chair.page).first()).toBeVisible(PATIENT);
  is(await followAll(chair.page)).toEqual([...promoted].sort());
  await look(chair.page, 'sammanfattning-1280');

  // Reworded, it still says where it comes from; and two more write while it is made final.
  const reworded = editor(secretary.page).locator('p').filter({ hasText: '(b00)' });
  await reworded.click();
  await secretary.page.keyboard.press('End');
  await secretary.page.keyboard.type(' Det var många överens om.');
  await untilKept(secretary);
  secretary.cut();
  await secretary.page.keyboard.type(' Detta kom för sent.');
  await chair.page.getByRole('button', { name: 'Slutför…' }).click();
  await look(chair.page, 'slutfor-1280');
  await chair.page.getByRole('dialog').getByRole('button', { name: 'Slutför och lås' }).click();
  for (const { page } of [chair, facilitator]) await expect(page.getByText(/Slutförd av /)).toBeVisible(PATIENT);
  secretary.mend();
  const notice = secretary.page.getByRole('alert').filter({ hasText: 'Detta kom för sent.' });
  await expect(notice).toBeVisible({ timeout: 60_000 });
  await expect(notice.getByRole('button', { name: 'Kopiera' })).toBeVisible();

  is(await followAll(chair.page)).toEqual([...promoted].sort());
  await look(chair.page, 'slutford-1280');
  const revision = await day.ask<RevisionContent>(
    day.facilitator,
    'GET',
    `/api/meetings/${meetingId}/items/${itemId}/summary/revisions/1`,
  );
  is(marksIn(revision.text).sort()).toEqual([...promoted].sort());
  is(revision.text).toContain('Det var många överens om.');
  is(revision.text).not.toContain('för sent');
  await everySentenceOnce();

  const phone = writers[8]!;
  await phone.page.goto(`${itemUrl()}/sammanfattning`);
  await expect(phone.page.getByText(/Slutförd av /)).toBeVisible(PATIENT);
  await look(phone.page, 'slutford-390');
  for (const person of everybody()) is(person.complaints, person.name).toEqual([]);
}, 300_000);
