/**
 * A Word file into the agenda, in a real browser: what becomes of it is seen first, changed by keyboard, taken in where
 * somebody chose, put away again; on a phone and in the dark; and a protocol's JSON as a new meeting.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { minutesToJson } from '#shared/minutes/schema.ts';
import { fileOf } from '../../server/documents/job.ts';
import { sampleMinutes } from '../documents/sample.ts';
import { documentXml, heading, paragraph, word } from '../imports/hostile.ts';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { pageFaults } from '../support/page-faults.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const PICTURES = join(import.meta.dirname, '../output/imports');
const PATIENT = { timeout: 20_000 };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let path = '';
const folder = mkdtempSync(join(tmpdir(), 'radslag-import-'));
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(at('protokoll.docx'), await fileOf({ of: 'minutes', format: 'docx', document: sampleMinutes() }));
  writeFileSync(at('protokoll.json'), minutesToJson(sampleMinutes()));
  writeFileSync(at('trasig.docx'), 'inget dokument');
  const agenda = [
    heading('Budget och verksamhet'),
    heading('Läget efter kvartal tre', 2),
    paragraph('Utfallet ligger nära planen.'),
    heading('Frågor', 2),
    paragraph('Vad händer om intäkterna sjunker?'),
    heading('Nästa möte'),
    paragraph('Förslag: den 3 december.'),
  ];
  writeFileSync(at('dagordning.docx'), word(documentXml(agenda.join(''))));
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  path = `/m/${server.demo.meetingId}/importera`;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
  rmSync(folder, { recursive: true });
});

async function look(page: Page, state: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  expect(await pageFaults(page), state).toEqual([]);
  await page.screenshot({ path: join(PICTURES, `${state}.png`), animations: 'disabled', fullPage: true });
}

async function openAs(link: string, options: Parameters<typeof letIn>[2] = {}): Promise<Page> {
  const { page } = await letIn(browser, link, { ...options, at: server.demo.url + path });
  await page.getByRole('heading', { level: 1 }).waitFor(PATIENT);
  return page;
}

it('shows what becomes what; renamed, merged and placed by keyboard; taken in and put away again', async () => {
  const page = await openAs(server.demo.links.secretary);
  await page.getByLabel('Word-dokument').setInputFiles(at('dagordning.docx'));
  await expect(page.getByText('4 delar hittades')).toBeVisible(PATIENT);
  const form = page.getByRole('form', { name: 'Vad som blir vad' });
  await expect(form.getByLabel('”Budget och verksamhet” blir')).toHaveValue('section');
  await expect(form.getByLabel('”Läget efter kvartal tre” blir')).toHaveValue('item');
  await look(page, 'forhandsvisning-1440');

  await form.getByRole('checkbox', { name: 'Ta in ”Nästa möte”' }).focus();
  await page.keyboard.press('Space');
  await form.getByLabel('”Frågor” blir').focus();
  await page.keyboard.type('Del');
  await expect(form.getByLabel('”Frågor” blir')).toHaveValue('merge');
  await form.getByLabel('Rubrik', { exact: true }).nth(1).fill('Ekonomiskt läge');
  const place = form.getByLabel('Plats i dagordningen');
  await expect(place.getByRole('option').nth(3)).toBeAttached(PATIENT);
  const take = form.getByRole('button', { name: 'Ta in 2 punkter' });
  await take.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 punkter står nu i dagordningen.')).toBeVisible(PATIENT);
  await look(page, 'intaget-1440');

  const other = await letIn(browser, server.demo.links.chair, { at: `${server.demo.url}/m/${server.demo.meetingId}` });
  await expect(other.page.getByText('Ekonomiskt läge').first()).toBeVisible(PATIENT);
  await page.getByRole('button', { name: 'Ta bort igen' }).click();
  await expect(page.getByText(/Punkterna är borttagna igen/)).toBeVisible(PATIENT);
  const agenda = other.page.getByRole('navigation', { name: 'Dagordning' });
  await expect(agenda.getByRole('link', { name: 'Ekonomiskt läge' })).toHaveCount(0, PATIENT);
  await agenda.locator('summary').filter({ hasText: 'Arkiverat' }).click();
  await expect(agenda.getByRole('button', { name: 'Återställ Ekonomiskt läge' })).toBeVisible(PATIENT);
  await Promise.all([page.context().close(), other.page.context().close()]);
}, 120_000);

it('says what is wrong with a file and what to do', async () => {
  const page = await openAs(server.demo.links.secretary);
  await page.getByLabel('Word-dokument').setInputFiles(at('trasig.docx'));
  await expect(page.getByText('Filen är inget Word-dokument. Spara den som DOCX och försök igen.')).toBeVisible(
    PATIENT,
  );
  await look(page, 'fel-1440');
  await page.context().close();
}, 120_000);

it('is usable on a phone and in the dark', async () => {
  const page = await openAs(server.demo.links.secretary, {
    context: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  });
  await page.getByLabel('Word-dokument').setInputFiles(at('protokoll.docx'));
  await expect(
    page
      .getByText('Servicepunkter: ansvar och drift')
      .or(page.locator('input[value="Servicepunkter: ansvar och drift"]'))
      .first(),
  ).toBeVisible(PATIENT);
  await page.locator('details summary').nth(1).click();
  await look(page, 'forhandsvisning-390-mork');
  await page.context().close();
}, 120_000);

it('is for those who run the meeting', async () => {
  const page = await openAs(server.demo.links.observer);
  await expect(page.getByText('Den som leder mötet importerar, så länge dagordningen kan ändras.')).toBeVisible(
    PATIENT,
  );
  await expect(page.getByLabel('Word-dokument')).toHaveCount(0);
  await page.context().close();
}, 120_000);

it('a protocol’s JSON becomes a meeting from the list of meetings', async () => {
  const { page } = await letIn(browser, server.demo.links.facilitator, { at: server.demo.url });
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Från ett protokolls JSON' }).click();
  await (await chooser).setFiles(at('protokoll.json'));
  await page.waitForURL(/\/m\/[0-9a-z]{20}$/, PATIENT);
  // What stands in it as decided and signed is the file's word: the meeting says so where one comes in, and the protocol.
  const origin = /Inläst från fil .+ \d{4} av Samir Haddad\. Det som stod i filen är inte antecknat/;
  await expect(page.getByText(origin)).toBeVisible(PATIENT);
  await look(page, 'inlast-1440');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'inlast-390-mork');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${page.url()}/protokoll`);
  await expect(page.getByRole('article').getByText(origin)).toBeVisible(PATIENT);
  await expect(page.getByRole('article')).toContainText('Enligt filen justerat 17 november 2026');
  await expect(page.getByRole('article')).toContainText('Servicepunkter: ansvar och drift', PATIENT);
  await expect(page.getByRole('article')).toContainText('Beslut 2026-11-12 nr 1');
  await page.context().close();
}, 120_000);
