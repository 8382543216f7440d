/**
 * Why this file exists: who leads a workshop sees what every group writes as it is written, who waits, and does with one
 * click what has to be done; with a mouse, on a phone, and with the keyboard alone.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { openDoc } from '../support/light-client.ts';
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
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
    state,
  ).toEqual([]);
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
    await shoot(page, 'leda-3-1440-light');
    await clean(page, 'three groups');
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot(page, 'leda-3-1440-dark');
    await clean(page, 'three groups, dark');
    await page.emulateMedia({ colorScheme: 'light' });
    writer.destroy();
  });
});
