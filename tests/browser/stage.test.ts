/**
 * Why this file exists: who leads a workshop sees what every group writes as it is written, who waits, and does with one
 * click what has to be done; with a mouse, on a phone, and with the keyboard alone.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { openDoc } from '../support/light-client.ts';
import { axeFaults } from '../support/page-faults.ts';
import { appendEntry, openStageHouse, type StageHouse } from '../support/stage-house.ts';

const SHOTS = process.env.SCREENSHOTS ?? null;
const SAID = [
  'Bokbussen stannar där folk ändå möts: skolan på tisdagar, macken på torsdagar.',
  'Hemtjänsten tar med medicin och paket. Det kostar nästan ingenting.',
  'Man går till en disk, inte till en myndighet.',
  'Lanthandlarna är redan ombud för allt utom det offentliga.',
  'Skolans matsal är byns matsal efter klockan tre.',
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function clean(page: Page, state: string): Promise<void> {
  expect(await axeFaults(page), state).toEqual([]);
}

async function shoot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

const lead = (stage: StageHouse): string => `/m/${stage.meeting.id}/p/${stage.itemId}/leda`;
const card = (page: Page, name: string) => page.getByRole('article', { name });

async function fill(stage: StageHouse): Promise<void> {
  for (const group of stage.groupIds.keys())
    for (let n = 0; n <= group % 4; n++)
      await stage.write(group, n % 3, SAID[(group + n) % SAID.length] ?? '', n % (stage.members[group]?.length ?? 1));
}

describe('leading three groups', () => {
  let stage: StageHouse;
  let frida: Person;
  beforeAll(async () => {
    stage = await openStageHouse({ groups: 3, each: 3, started: false });
    await fill(stage);
    frida = await stage.browse(browser, stage.facilitator, lead(stage));
  });
  afterAll(async () => {
    await frida?.leave();
    await stage?.house.close();
  });

  it('starts the clock, and shows what is written as it is written', async () => {
    const { page } = frida;
    await expect(card(page, 'Älven')).toContainText(SAID[0]!);
    await page.getByRole('button', { name: 'Starta grupperna' }).click();
    await expect(page.getByRole('timer')).toHaveText(/^(40|39):\d\d$/);
    const signedIn = { url: stage.house.url, cookie: stage.members[1]![0]!.cookie };
    const writer = openDoc(signedIn, `group:${stage.meeting.id}:${stage.groupIds[1]}`);
    await writer.synced();
    writer.provider.awareness.setLocalStateField('typing', true);
    const words = appendEntry(writer.doc.getXmlFragment(stage.promptIds[1]!), 'Vårdbussen och ');
    await expect(card(page, 'Skogen').locator('[data-fresh]')).toHaveText('Vårdbussen och');
    words.insert(words.length, 'bokbussen delar ');
    words.insert(words.length, 'garage', { bold: true });
    await expect(card(page, 'Skogen').locator('strong')).toHaveText('garage');
    const name = stage.members[1]![0]!.person.name.split(' ')[0]!;
    await expect(card(page, 'Skogen')).toContainText(`${name} skriver`);
    const other = openDoc(
      { url: stage.house.url, cookie: stage.members[1]![1]!.cookie },
      `group:${stage.meeting.id}:${stage.groupIds[1]}`,
    );
    other.provider.awareness.setLocalStateField('typing', true);
    await expect(card(page, 'Skogen')).toContainText(/ och .* skriver/);
    other.destroy();
    await expect(card(page, 'Skogen')).toContainText('(inte ansluten)');
    // Who looks at the wall sits at nobody's table.
    const atTheTable = [...writer.provider.awareness.getStates().values()].map(({ user }) => user?.id);
    expect(atTheTable).not.toContain(stage.facilitator.person.id);
    await shoot(page, 'leda-3-1440-light');
    await clean(page, 'three groups');
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot(page, 'leda-3-1440-dark');
    await clean(page, 'three groups, dark');
    await page.emulateMedia({ colorScheme: 'light' });
    writer.destroy();
  });
});

describe('leading three groups, what comes then', () => {
  let stage: StageHouse;
  let frida: Person;
  beforeAll(async () => {
    stage = await openStageHouse({ groups: 3, each: 3 });
    await fill(stage);
    frida = await stage.browse(browser, stage.facilitator, lead(stage));
    await expect(card(frida.page, 'Älven')).toContainText(SAID[0]!);
  });
  afterAll(async () => {
    expect(frida?.complaints).toEqual([]);
    await frida?.leave();
    await stage?.house.close();
  });

  it('a hand is seen and answered, and somebody without a group is placed with one click', async () => {
    const { page } = frida;
    const { facilitator, members, itemId, groupIds } = stage;
    const asker = members[1]![0]!;
    await stage.ask(asker, 'POST', `/items/${itemId}/workshop/groups/${groupIds[1]}/hand`, {
      raised: true,
      note: 'Räknas skolskjutsen?',
    });
    await expect(card(page, 'Skogen')).toContainText('”Räknas skolskjutsen?”');
    const waiting = page.getByRole('region', { name: 'Väntar på dig' });
    await waiting.getByRole('button', { name: 'Ta ner handen i Skogen' }).click();
    await expect(card(page, 'Skogen')).not.toContainText('skolskjutsen');

    const late = await stage.house.add('Leif Skog', { email: 'leif@radslag.example' });
    await stage.ask(facilitator, 'POST', '/participants', { personId: late.person.id, roles: ['member'] });
    await waiting.getByRole('button', { name: 'Leif Skog till Älven' }).click();
    await expect(card(page, 'Älven')).toContainText('Leif');
    await expect(waiting.getByText('Leif Skog')).toHaveCount(0);
    await page.getByRole('button', { name: 'Ångra' }).click();
    await expect(waiting.getByText('Leif Skog')).toBeVisible();
  });

  it('somebody is moved, a group gets time of its own, and a line is said to one group', async () => {
    const { page } = frida;
    const moved = stage.members[0]![1]!.person;
    await page.getByRole('button', { name: 'Flytta någon' }).click();
    await page.getByLabel('Vem').selectOption(moved.id);
    await page.getByLabel('Till', { exact: true }).last().selectOption({ label: '3 Byn' });
    await page.getByRole('button', { name: 'Flytta', exact: true }).click();
    await expect(card(page, 'Byn')).toContainText(moved.name.split(' ')[0]!);

    await page.getByRole('button', { name: 'Mer för Skogen' }).click();
    await page.getByRole('menuitem', { name: '5 min till för Skogen' }).click();
    await expect(page.getByText('1 grupp har egen tid')).toBeVisible();

    await page.getByRole('button', { name: 'Mer för Byn' }).click();
    await page.getByRole('menuitem', { name: 'Meddela Byn' }).click();
    const line = page.getByPlaceholder('En rad till Byn');
    await expect(line).toBeFocused();
    await line.fill('Ni har det största bordet.');
    await line.press('Enter');
    await expect(page.getByText('Senast')).toContainText('till Byn');
    const { messages } = await stage.workshop();
    expect(messages.map(({ groupId, text }) => [groupId, text])).toEqual([
      [stage.groupIds[2], 'Ni har det största bordet.'],
    ]);
  });

  it('by keyboard alone: a group large and back, one question, pause and go on, to the end', async () => {
    const { page } = frida;
    // Still in the line to the groups, where digits are digits.
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await expect(page.getByRole('article')).toHaveCount(1);
    await shoot(page, 'leda-large-1440');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('article')).toHaveCount(3);
    await page.keyboard.press('f');
    await expect(page.getByRole('button', { name: 'Fråga 1' })).toHaveAttribute('aria-pressed', 'true');
    await expect(card(page, 'Byn').getByRole('heading', { level: 4 })).toHaveCount(1);
    for (let n = 0; n < 3; n++) await page.keyboard.press('f');
    await expect(card(page, 'Byn').getByRole('heading', { level: 4 })).toHaveCount(3);
    for (const [deed, next] of [
      ['Pausa', 'Fortsätt'],
      ['Fortsätt', 'Pausa'],
      ['Avsluta meningen', 'Stäng grupperna'],
      ['Stäng grupperna', 'Öppna igen'],
    ] as const) {
      await page.getByRole('button', { name: deed, exact: true }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('button', { name: next, exact: true })).toBeVisible();
    }
    await expect(page.getByRole('link', { name: 'Till skörden' })).toBeVisible();
    await clean(page, 'closed');
  });
});

describe('leading twelve groups', () => {
  let stage: StageHouse;
  let frida: Person;
  beforeAll(async () => {
    stage = await openStageHouse({ groups: 12, each: 4 });
    await fill(stage);
    frida = await stage.browse(browser, stage.facilitator, lead(stage));
  });
  afterAll(async () => {
    expect(frida?.complaints).toEqual([]);
    await frida?.leave();
    await stage?.house.close();
  });

  it('they fit at 1440 × 900, and the twelfth is enlarged by its number', async () => {
    const { page } = frida;
    await expect(page.getByRole('article')).toHaveCount(12);
    await expect(card(page, 'Kvarnen')).toContainText(SAID[1]!);
    await shoot(page, 'leda-12-1440-light');
    const boxes = await page.getByRole('article').evaluateAll((cards) =>
      cards.map((one) => {
        const { left, right, top, bottom, height } = one.getBoundingClientRect();
        return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight && height > 150;
      }),
    );
    expect(boxes).toEqual(boxes.map(() => true));
    await clean(page, 'twelve groups');
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot(page, 'leda-12-1440-dark');
    await clean(page, 'twelve groups, dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('body').press('1');
    await page.keyboard.press('2');
    await expect(page.getByRole('article')).toHaveCount(1);
    await expect(card(page, 'Kvarnen')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  it('a group whose reader has scrolled stays where it is, and follows again when asked', async () => {
    const { page } = frida;
    for (let n = 0; n < 8; n++) await stage.write(3, 2, `Rad ${n}: ${SAID[n % SAID.length]}`);
    const region = page.getByRole('region', { name: 'Fjället' });
    await expect(region).toContainText('Rad 7');
    const end = () => region.evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);
    await expect.poll(end).toBeLessThan(80);
    await region.hover();
    await page.mouse.wheel(0, -4_000);
    await expect(page.getByRole('button', { name: 'Följ texten' })).toBeVisible();
    const before = await region.evaluate((box) => box.scrollTop);
    await stage.write(3, 2, 'Rad 8');
    await expect(region).toContainText('Rad 8');
    expect(await region.evaluate((box) => box.scrollTop)).toBe(before);
    await page.getByRole('button', { name: 'Följ texten' }).click();
    await expect.poll(end).toBeLessThan(80);
  });

  it('on a phone they are a list', async () => {
    const phone = await stage.browse(browser, stage.facilitator, lead(stage), {
      context: { viewport: { width: 390, height: 844 }, hasTouch: true },
    });
    await expect(card(phone.page, 'Kvarnen')).toContainText(SAID[1]!);
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await shoot(phone.page, 'leda-12-390-light');
    await phone.page.getByRole('article').nth(1).scrollIntoViewIfNeeded();
    await shoot(phone.page, 'leda-12-390-wall');
    await clean(phone.page, 'phone');
    await phone.page.emulateMedia({ colorScheme: 'dark' });
    await shoot(phone.page, 'leda-12-390-dark');
    await phone.leave();
  });
});
