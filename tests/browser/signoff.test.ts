/**
 * Signing a protocol in real browsers: two verifiers at once, one of them on a phone; a suggestion that the secretary
 * accepts; the chair and both verifiers approve the rest; it is locked, taken along, handed out and corrected. By
 * keyboard, in the dark and in English.
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import type { Meeting, MeetingSummary } from '#shared/api.ts';
import type { SignOffView } from '#shared/signoff/api.ts';
import { readZip } from '../../server/documents/zip.ts';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { pageFaults } from '../support/page-faults.ts';
import { call, type SignedIn, signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const PICTURES = join(import.meta.dirname, '../output/signoff');
const PATIENT = { timeout: 20_000 };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let secretary: SignedIn;
let path = '';

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  secretary = await signInByLink(server.demo.links.secretary);
  path = `/m/${server.demo.meetingId}/protokoll`;
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

async function openAs(link: string, at = path, phone = false): Promise<Page> {
  const { page } = await letIn(browser, link);
  if (phone) await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(server.demo.url + at);
  await page.getByRole('article').getByRole('heading').first().waitFor(PATIENT);
  return page;
}
const marginOf = (page: Page, title: string) => page.getByRole('complementary', { name: `Justering av ${title}` });

it('is read and approved by two verifiers at once, one of them on a phone', async () => {
  const [desk, phone] = [await openAs(server.demo.links.member1), await openAs(server.demo.links.member2, path, true)];
  const title = 'punkt 1 Öppnande och incheckning';
  await expect(marginOf(desk, title)).toContainText('Kerstin Boman');
  await expect(marginOf(desk, title)).toContainText('presenterar programmet för');
  await look(desk, 'justering-1440');
  await marginOf(phone, title).scrollIntoViewIfNeeded();
  await look(phone, 'justering-390');

  // What one of them says, the other sees.
  const head = 'Närvaro och inledning';
  const approve = marginOf(phone, head).getByRole('button', { name: `Godkänn ${head}` });
  await approve.focus();
  await phone.keyboard.press('Enter');
  await expect(marginOf(desk, head)).toContainText('Rut Sandgren', PATIENT);
  await marginOf(desk, title)
    .getByRole('button', { name: `Föreslå ändring i ${title}` })
    .click();
  const dialog = desk.getByRole('dialog');
  const text = dialog.getByLabel('Så ska det stå');
  await text.fill((await text.inputValue()).replace('hälsar välkommen', 'hälsar alla välkomna'));
  await expect(dialog.locator('ins')).toContainText('alla välkomna');
  await dialog.getByLabel('Varför').fill('Så sa hon.');
  await look(desk, 'forslag-1440');
  await dialog.getByRole('button', { name: 'Lämna förslaget' }).click();
  await expect(marginOf(phone, title)).toContainText('Så sa hon.', PATIENT);
  await Promise.all([desk.context().close(), phone.context().close()]);
}, 180_000);

it('takes up what the secretary accepts, and asks for what was approved before once more', async () => {
  const [page, verifier] = [await openAs(server.demo.links.secretary), await openAs(server.demo.links.member1)];
  const title = 'punkt 1 Öppnande och incheckning';
  const margin = marginOf(page, title);
  await margin.getByRole('button', { name: 'Svara' }).last().click();
  await page.getByRole('dialog').getByLabel('Svar', { exact: true }).fill('Hon sa välkommen.');
  await page.getByRole('dialog').getByRole('button', { name: 'Spara svaret' }).click();
  await expect(margin).toContainText('svarar: Hon sa välkommen.', PATIENT);
  await margin.getByRole('button', { name: 'Godta' }).click();
  await expect(page.getByRole('article')).toContainText('presenterar programmet för de två dagarna', PATIENT);
  await expect(marginOf(verifier, title)).toContainText('men texten har ändrats', PATIENT);
  await look(verifier, 'andrad-1440');
  await marginOf(verifier, title)
    .getByRole('button', { name: `Godkänn igen: ${title}` })
    .click();
  await expect(marginOf(verifier, title)).toContainText('Ångra', PATIENT);
  await Promise.all([page.context().close(), verifier.context().close()]);
}, 180_000);

it('is locked when everybody has approved all of it, and then stays as it is', async () => {
  const meeting = `/api/meetings/${server.demo.meetingId}`;
  const { version } = (await (await call(secretary, 'GET', meeting)).json()) as Meeting;
  expect((await call(secretary, 'POST', `${meeting}/phase`, { phase: 'verification', version })).status).toBe(200);
  const page = await openAs(server.demo.links.secretary);
  await page.getByRole('button', { name: 'Lås protokollet' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('inte godkända av alla');
  await expect(dialog.getByRole('button', { name: 'Lås protokollet' })).toBeDisabled();
  await look(page, 'las-inte-an-1440');
  await page.keyboard.press('Escape');
  for (const seat of ['chair', 'member1', 'member2'] as const) {
    const signer = await openAs(server.demo.links[seat]);
    const rest = signer.getByRole('button', { name: /^Godkänn de? .* kvar|^Godkänn allt/ });
    await rest.click();
    await expect(rest).toHaveCount(0, PATIENT);
    await signer.context().close();
  }
  await expect(page.getByText(/^(\d+) av \1 delar godkända av alla$/)).toBeVisible(PATIENT);
  await page.getByRole('button', { name: 'Lås protokollet' }).click();
  await dialog.getByRole('button', { name: 'Lås protokollet' }).click();
  await expect(page.getByRole('heading', { name: 'Protokollet är låst' })).toBeVisible(PATIENT);
  const { revision } = (await (await call(secretary, 'GET', `${meeting}/minutes/sign-off`)).json()) as SignOffView;
  await expect(page.getByRole('article')).toContainText(`SHA-256 ${revision?.sha256}`, PATIENT);
  await expect(page.getByRole('complementary', { name: /^Justering av/ })).toHaveCount(0);
  await look(page, 'last-1440');

  const arrives = page.waitForEvent('download', { timeout: 120_000 });
  await page.getByRole('button', { name: 'Hämta', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Hela paketet (ZIP)' }).click();
  const download = await arrives;
  expect(download.suggestedFilename()).toMatch(/^protokoll-.*\.zip$/);
  const entries = readZip(new Uint8Array(await readFile(await download.path())));
  const json = entries.find(({ name }) => name === 'protokoll.json')?.bytes ?? '';
  expect(createHash('sha256').update(json).digest('hex')).toBe(revision?.sha256);
  await page.context().close();
}, 300_000);

it('is handed out with something left out, corrected beside itself, and read on a phone, in the dark, in English', async () => {
  const mine = (await (await call(secretary, 'GET', '/api/meetings')).json()) as MeetingSummary[];
  const finished = mine.find(({ title }) => title === 'Sammanträde efter sommaren');
  const page = await openAs(server.demo.links.secretary, `/m/${finished?.id}/protokoll`);
  await expect(page.getByRole('heading', { name: 'Rättelser' })).toBeVisible(PATIENT);
  await page.getByRole('button', { name: 'Lämna ut …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Mottagare').fill('Webbplatsen');
  await dialog.getByLabel('Som', { exact: true }).selectOption('html');
  await dialog.getByLabel('Utdrag').check();
  await dialog.getByLabel(/Höstinternatets upplägg/).check();
  await dialog.getByLabel('För publicering').check();
  await look(page, 'lamna-ut-1440');
  await dialog.getByRole('button', { name: 'Lämna ut', exact: true }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Webbplatsen' });
  await expect(row).toContainText('utdrag, 1 punkt', PATIENT);
  const arrives = page.waitForEvent('download', { timeout: 60_000 });
  await row.getByRole('button').click();
  const html = await readFile(await (await arrives).path());
  expect(html.toString('utf8')).toContain('Höstinternatets upplägg');
  expect(html.toString('utf8')).not.toContain('samir.haddad');
  await expect(row).toContainText(createHash('sha256').update(html).digest('hex'));

  await page.getByRole('button', { name: 'Rättelse …' }).click();
  await dialog.getByLabel('Rättelse', { exact: true }).fill('Lokalen hette Forsen.');
  await dialog.getByLabel('Skäl').fill('Fel lokal');
  await dialog.getByRole('button', { name: 'Spara rättelsen' }).click();
  await expect(page.getByRole('list').filter({ hasText: 'Lokalen hette Forsen.' }).first()).toBeVisible(PATIENT);
  await page.getByText(/^Logg, \d+ rader$/).click();
  for (const [width, height] of [
    [390, 844],
    [320, 640],
    [1440, 900],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.getByRole('heading', { name: 'Protokollet är låst' }).scrollIntoViewIfNeeded();
      await look(page, `last-${width}-${colorScheme}`);
    }
  expect((await call(secretary, 'PATCH', '/api/account', { language: 'en' })).ok).toBe(true);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'The minutes are locked' })).toBeVisible(PATIENT);
  await look(page, 'locked-en-1440');
  await page.context().close();
}, 300_000);
