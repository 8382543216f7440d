/**
 * The notice in real browsers: it is prepared beside the paper, published with what it changed, and answered on the meeting's
 * page by one press and on its own page with all there is to say; who runs the meeting sees who has answered and fills the
 * record from it. Wide and narrow, light and dark, in both languages.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { MeetingSummary } from '#shared/api.ts';
import type { NoticeView } from '#shared/notice/api.ts';
import { openPostOffice, type PostOffice } from '../notice/post-office.ts';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { pageFaults } from '../support/page-faults.ts';
import { call, type SignedIn, signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const FOLDER = join(import.meta.dirname, '../output/screenshots');
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let office: PostOffice;
let secretary: SignedIn;
/** A meeting to come that people are called to. */
let coming: string;

async function ask<T>(path: string): Promise<T> {
  const answer = await call(secretary, 'GET', path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  office = await openPostOffice();
  const env = { SMTP_URL: office.url, MAIL_FROM: 'moten@nordalven.example' };
  [browser, server] = await Promise.all([launchChromium(), startDemo({ env })]);
  secretary = await signInByLink(server.demo.links.secretary);
  const mine = await ask<MeetingSummary[]>('/api/meetings');
  coming = mine.find(({ title }) => title === 'Arbetsgrupp resor och tider')!.id;
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
  await office?.close();
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const noticeOf = (meetingId: string) => ask<NoticeView>(`/api/meetings/${meetingId}/notice`);

async function check(page: Page, state: string): Promise<void> {
  expect(await pageFaults(page), state).toEqual([]);
}

describe('the notice', () => {
  it('is answered by one press on the meeting’s page, and in part on its own', { timeout: 120_000 }, async () => {
    const member = await letIn(browser, server.demo.links.member1, { at: `${server.url}/m/${coming}` });
    const { page } = member;
    const strip = page.getByRole('region', { name: 'Kallelsen' });
    await expect(strip).toContainText('Kommer du?');
    await strip.getByRole('button', { name: 'Kommer', exact: true }).press('Enter');
    await expect(strip).toContainText('Du har svarat: Kommer.');
    await strip.getByRole('link', { name: /Ändra/ }).click();
    await page.getByRole('radio', { name: 'Ersättare' }).check();
    await page.getByLabel('Ersättarens namn').fill('Vera Lindahl');
    await button(page, 'Ändra svaret').click();
    await expect(page.getByText('Du har svarat: Ersättare: Vera Lindahl.')).toBeVisible();
    await expect(button(page, /Publicera/)).toHaveCount(0);
    await check(page, 'own reply');
    expect(member.complaints).toEqual([]);
    await member.leave();
  });

  it('is prepared, published with what it changed, and filled into the record', { timeout: 180_000 }, async () => {
    const desk = await letIn(browser, server.demo.links.secretary, { at: `${server.url}/m/${coming}/kallelse` });
    const { page } = desk;
    await page.getByLabel('Hälsning i kallelsen').fill('Vi ses digitalt.');
    await button(page, 'Spara').click();
    await expect(page.getByRole('article', { name: 'Kallelsen som den blir' })).toContainText('Vi ses digitalt.');
    await button(page, 'Publicera version 2').click();
    const dialog = page.getByRole('dialog', { name: 'Publicera version 2' });
    await expect(dialog).toContainText('Ingenting i dagordning, tid eller plats har ändrats');
    await expect(dialog.getByRole('checkbox', { name: /Skicka med e-post/ })).toBeChecked();
    await check(page, 'publishing');
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole('article', { name: 'Kallelsen som den skickades' })).toContainText('Vi ses digitalt.');
    expect((await noticeOf(coming)).versions.map(({ number }) => number)).toEqual([1, 2]);
    await office.got(9);
    await expect(page.getByText(/lämnad till e-postservern/)).toHaveCount(9);
    // Somebody rang.
    await button(page, 'För in svar för Rut Sandgren').first().click();
    await page.getByRole('dialog').getByRole('radio', { name: 'Kommer inte' }).check();
    await page.getByRole('dialog').getByRole('button', { name: /Svara/ }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect((await noticeOf(coming)).office?.replies).toContainEqual(
      expect.objectContaining({ answer: 'no', way: 'officer' }),
    );
    await page.getByRole('heading', { name: /har svarat/ }).scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(FOLDER, 'notice-replies-1440.png') });
    await page.goto(`${server.url}/m/${coming}/narvaro`);
    await button(page, 'Fyll i efter svaren').click();
    await expect(page.getByText(/ifyllda? efter svaren/)).toBeVisible();
    await expect(button(page, 'Fyll i efter svaren')).toHaveCount(0);
    expect(desk.complaints).toEqual([]);
    await desk.leave();
  });

  it('keeps the numbers of its items: what is moved is called as before, what is added gets a letter', {
    timeout: 60_000,
  }, async () => {
    const desk = await letIn(browser, server.demo.links.secretary, { at: `${server.url}/m/${coming}` });
    const { page } = desk;
    const rows = page.getByRole('treegrid').getByRole('row');
    const [first, second] = (await noticeOf(coming)).latest!.items.filter(({ number }) => number !== '');
    const row = (title: string) => rows.filter({ hasText: title });
    await expect(row(first!.title)).toContainText(/^1\D/);
    await row(first!.title).focus();
    await page.keyboard.press('Alt+ArrowDown');
    await expect(page.getByText(`${first!.title} är flyttad och behåller nummer 1`)).toBeVisible();
    await expect(rows.first()).toContainText(second!.title);
    await expect(row(second!.title)).toContainText(/^2\D/);
    await expect(row(first!.title)).toContainText(/^1\D/);
    await button(page, 'Ny punkt').click();
    await page.getByRole('menuitem').first().click();
    await page.keyboard.type('Skolskjutsarna');
    await page.keyboard.press('Enter');
    await expect(row('Skolskjutsarna')).toContainText(/^2a/);
    expect(desk.complaints).toEqual([]);
    await desk.leave();
  });

  it.each([
    ['1440', {}, 'light', 'sv'],
    ['1440-dark', {}, 'dark', 'en'],
    ['390', PHONE, 'light', 'sv'],
    ['390-dark', PHONE, 'dark', 'sv'],
  ] as const)('looks as it should: %s', { timeout: 120_000 }, async (name, device, colorScheme, language) => {
    await call(secretary, 'PATCH', '/api/account', { language });
    const desk = await letIn(browser, server.demo.links.secretary, {
      at: `${server.url}/m/${server.demo.meetingId}/kallelse`,
      language,
      context: { ...device, colorScheme },
    });
    const { page } = desk;
    await expect(page.getByRole('article')).toContainText('nära till det nödvändiga');
    await check(page, name);
    await page.screenshot({ path: join(FOLDER, `notice-${name}.png`), fullPage: true });
    await page.screenshot({ path: join(FOLDER, `notice-${name}-top.png`) });
    await page.getByRole('heading', { name: /^(Dagordning dag 1|Agenda day 1)/ }).scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(FOLDER, `notice-${name}-paper.png`) });
    expect(desk.complaints).toEqual([]);
    await desk.leave();
  });
});

describe('a personal link', () => {
  it('without a token that is known leads nowhere, and says so', { timeout: 60_000 }, async () => {
    const somebody = await letIn(browser, null);
    const { page } = somebody;
    await page.goto(`${server.url}/svar#${'x'.repeat(43)}`);
    await expect(page.getByText(/leder ingenstans/)).toBeVisible();
    expect(new URL(page.url()).hash).toBe('');
    await check(page, 'a dead link');
    await somebody.leave();
  });

  it('answers for the one it was sent to, on a phone, and not by being opened', { timeout: 60_000 }, async () => {
    const mail = office.taken.find(({ to }) => to.some((one) => one.startsWith('elsa.')))!;
    const token = /\/svar#([\w-]{43})/.exec(mail.raw.replaceAll(/=\r\n/g, ''))![1];
    const somebody = await letIn(browser, null, { context: PHONE });
    const { page } = somebody;
    await page.goto(`${server.url}/svar#${token}`);
    await expect(page.getByRole('heading', { name: 'Arbetsgrupp resor och tider' })).toBeVisible();
    await expect(page.getByText(/^Elsa Mårdh, du är kallad/)).toBeVisible();
    expect(new URL(page.url()).hash).toBe('');
    const elsa = async () => {
      const { office: desk } = await noticeOf(coming);
      const { personId } = desk!.people.find(({ name }) => name === 'Elsa Mårdh')!;
      return desk!.replies.find((one) => one.personId === personId);
    };
    expect(await elsa()).toBeUndefined();
    await check(page, 'a personal link');
    await page.screenshot({ path: join(FOLDER, 'notice-answer-390.png') });
    await page.getByRole('radio', { name: 'Kommer inte' }).check();
    await page.getByLabel(/Kommentar/).fill('Är på semester');
    await button(page, 'Svara').click();
    await expect(page.getByText('Du har svarat: Kommer inte.')).toBeVisible();
    expect(await elsa()).toMatchObject({ answer: 'no', way: 'link', note: 'Är på semester' });
    expect(somebody.complaints).toEqual([]);
    await somebody.leave();
  });
});
