/**
 * The protocol as it will be printed, in real browsers: it follows what people write without moving what is being read,
 * leads from what is missing to its place, changes its form for everybody, is taken along and printed; by keyboard, on a
 * phone, in the dark and in English.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import * as Y from 'yjs';
import { readItems } from '#shared/agenda.ts';
import { minutesFromJson } from '#shared/minutes/schema.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { fileOf } from '../../server/documents/job.ts';
import { everywhere } from '../documents/everywhere.ts';
import { sampleMinutes } from '../documents/sample.ts';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { openDoc } from '../support/light-client.ts';
import { pageFaults } from '../support/page-faults.ts';
import { call, type SignedIn, signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const PICTURES = join(import.meta.dirname, '../output/minutes');
const PATIENT = { timeout: 20_000 };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let secretary: SignedIn;
let firstItem = '';
let path = '';

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  const { meetingId, links } = server.demo;
  secretary = await signInByLink(links.secretary);
  path = `/m/${meetingId}/protokoll`;
  const agenda = openDoc(secretary, `agenda:${meetingId}`);
  await agenda.synced();
  firstItem = readItems(agenda.doc).find(({ title }) => title.startsWith('Öppnande'))?.id ?? '';
  agenda.destroy();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

async function look(page: Page, state: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  expect(await pageFaults(page), state).toEqual([]);
  await page.screenshot({ path: join(PICTURES, `${state}.png`), animations: 'disabled' });
}

async function openAs(link: string, options: Parameters<typeof letIn>[2] = {}): Promise<Page> {
  const { page } = await letIn(browser, link, { ...options, at: server.demo.url + path });
  await page.getByRole('article').getByRole('heading').first().waitFor(PATIENT);
  return page;
}

it('shows the meeting as it will be printed, and follows it while somebody reads', async () => {
  const page = await openAs(server.demo.links.secretary);
  const paper = page.getByRole('article');
  await expect(paper).toContainText('Öppnande och incheckning');
  await expect(page).toHaveTitle(/Protokoll: .* – Rådslag/);
  await look(page, 'protokoll-1440');

  const read = paper.getByRole('heading', { name: /Digital väg in/ });
  await read.scrollIntoViewIfNeeded();
  const before = await read.boundingBox();
  const notes = openDoc(secretary, `item:${server.demo.meetingId}:${firstItem}`);
  await notes.synced();
  notes.doc.transact(() => {
    const lines = Array.from({ length: 12 }, (_, n) => {
      const line = new Y.XmlElement('paragraph');
      line.insert(0, [new Y.XmlText(`Nytt under första punkten, rad ${n + 1}.`)]);
      return line;
    });
    notes.doc.getXmlFragment(NOTES_FRAGMENT).insert(0, lines);
  });
  await expect(paper).toContainText('Nytt under första punkten, rad 12.', PATIENT);
  const after = await read.boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(2);
  notes.destroy();
  await page.context().close();
}, 120_000);

it('says what is missing and leads there, by keyboard alone', async () => {
  const page = await openAs(server.demo.links.secretary);
  const rail = page.getByRole('navigation', { name: 'Fullständighet och checklista' });
  const row = rail.getByRole('row').filter({ hasText: 'Föregående protokoll' });
  await expect(row.getByRole('cell')).toHaveText(['klart', 'klart', 'klart', 'klart', 'klart']);
  await expect(rail.getByText('Utfall saknas')).toBeVisible();
  const link = rail.getByRole('link', { name: /Digital väg in/ });
  await link.focus();
  await page.keyboard.press('Enter');
  const target = page.getByRole('article').getByRole('heading', { name: /Digital väg in/ });
  await expect(target).toBeInViewport();
  const top = (await target.boundingBox())?.y ?? 0;
  const strip = await page.getByRole('region', { name: 'Protokollets form och filer' }).boundingBox();
  expect(top).toBeGreaterThan((strip?.y ?? 0) + (strip?.height ?? 0) - 1);
  await page.context().close();
}, 120_000);

it('has its form chosen by those who keep it, for everybody; others look at their own copy', async () => {
  const page = await openAs(server.demo.links.secretary);
  const other = await openAs(server.demo.links.observer);
  await expect(other.getByLabel('Visa som')).toHaveValue('discussion');
  await page.getByLabel('Form', { exact: true }).selectOption('decisions');
  for (const one of [page, other]) {
    await expect(one.getByRole('article')).toContainText('Beslutsprotokoll', PATIENT);
    await expect(one.getByRole('article')).not.toContainText('Nytt under första punkten');
  }
  await other.getByLabel('Visa som').selectOption('notes');
  await expect(other.getByRole('article')).toContainText('Mötesanteckningar', PATIENT);
  await expect(page.getByLabel('Form', { exact: true })).toHaveValue('decisions');
  await look(page, 'beslutsprotokoll-1440');
  await page.getByLabel('Form', { exact: true }).selectOption('discussion');
  await expect(page.getByRole('article')).toContainText('Servicepunkter', PATIENT);
  await Promise.all([page.context().close(), other.context().close()]);
}, 120_000);

it('is taken along as every kind of file, and printed as A4 without what is around it', async () => {
  const page = await openAs(server.demo.links.secretary);
  for (const [name, ending] of [
    ['PDF', 'pdf'],
    ['Word (DOCX)', 'docx'],
    ['Webbsida (HTML)', 'html'],
    ['Markdown', 'md'],
    ['Data (JSON)', 'json'],
  ] as const) {
    const arrives = page.waitForEvent('download', { timeout: 60_000 });
    await page.getByRole('button', { name: 'Hämta' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
    const download = await arrives;
    expect(download.suggestedFilename()).toMatch(new RegExp(`^protokoll-.*\\.${ending}$`));
    const bytes = await readFile(await download.path());
    expect(bytes.byteLength).toBeGreaterThan(1_000);
    if (ending === 'json') expect(minutesFromJson(bytes.toString('utf8')).items.length).toBeGreaterThan(5);
  }
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('article')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Fullständighet och checklista' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Skriv ut' })).toBeHidden();
  await page.context().close();
}, 180_000);

it('stands on a phone, in the dark and in English, and is a step from the meeting', async () => {
  const page = await openAs(server.demo.links.secretary);
  for (const [width, height] of [
    [390, 844],
    [320, 640],
    [1440, 900],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await look(page, `protokoll-${width}-${colorScheme}`);
    }
  await page.goto(`${server.demo.url}/m/${server.demo.meetingId}`);
  await page.getByRole('banner').getByRole('link', { name: 'Protokoll' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Protokoll' })).toBeVisible(PATIENT);
  expect((await call(secretary, 'PATCH', '/api/account', { language: 'en' })).ok).toBe(true);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Minutes' })).toBeVisible(PATIENT);
  await expect(page.getByRole('article')).toContainText('Present', PATIENT);
  await look(page, 'minutes-en-1440');
  await page.context().close();
}, 180_000);

it('is not for guests', async () => {
  const { page } = await letIn(browser, server.demo.links.guest1, { at: server.demo.url + path });
  await expect(page.getByText('Protokollet är till för mötets deltagare.')).toBeVisible(PATIENT);
  await expect(page.getByRole('article')).toHaveCount(0);
  await page.context().close();
}, 60_000);

it('A56 the web page of a protocol, opened from disk, runs nothing and asks nobody for anything', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'radslag-page-'));
  let called = 0;
  const canary = createServer((_, answer) => {
    called++;
    answer.end();
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  const to = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
  const hostile = everywhere(
    sampleMinutes(),
    `"><script>fetch('${to}/script')</script><img src="${to}/bild" onerror="fetch('${to}/fel')"><link rel="stylesheet" ` +
      `href="${to}/stil"><iframe src="${to}/ram"></iframe><style>@import url(${to}/import);</style>` +
      `<meta http-equiv="refresh" content="0;url=${to}/vidare"><svg onload="fetch('${to}/svg')"/><video src="${to}/film"/>`,
  );
  const own = await call(secretary, 'GET', `/api/meetings/${server.demo.meetingId}/minutes/files/html`);
  const pages: [string, Uint8Array][] = [
    ['hostile.html', await fileOf({ of: 'minutes', format: 'html', document: hostile })],
    [
      'sealed.html',
      await fileOf({ of: 'sealed', format: 'html', document: hostile, seal: { sha256: 'a'.repeat(64), of: 'whole' } }),
    ],
    ['demo.html', new Uint8Array(await own.arrayBuffer())],
  ];
  const context = await browser.newContext();
  const asked: string[] = [];
  context.on('request', (request) => void asked.push(request.url()));
  try {
    for (const [name, bytes] of pages) {
      writeFileSync(join(folder, name), bytes);
      const page = await context.newPage();
      await page.goto(`file://${join(folder, name)}`, { waitUntil: 'networkidle' });
      const found = await page.evaluate(() => ({
        running: document.scripts.length,
        loading: document.querySelectorAll('[src], link, iframe, object, embed, meta[http-equiv]').length,
        handlers: [...document.querySelectorAll('*')].filter((one) =>
          one.getAttributeNames().some((n) => /^on/.test(n)),
        ).length,
        heading: document.querySelector('h1')?.textContent ?? '',
      }));
      expect(found, name).toMatchObject({ running: 0, loading: 0, handlers: 0 });
      expect(found.heading.length).toBeGreaterThan(5);
      await page.close();
    }
    expect(asked).toEqual(pages.map(([name]) => `file://${join(folder, name)}`));
    expect(called).toBe(0);
  } finally {
    await context.close();
    canary.close();
    rmSync(folder, { recursive: true });
  }
}, 60_000);
