/**
 * The whole way without a mouse: take over a new installation, sign in, make a meeting, add an item, write under it, move
 * it. Everything is reached by Tab and the keys that the page itself tells of.
 */

import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { readAgenda, withoutNotice } from '#shared/agenda-tree.ts';
import type { MeetingSummary } from '#shared/api.ts';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { openDoc } from '../support/light-client.ts';
import { notes, untilSaved } from '../support/meeting-page.ts';
import { call } from '../support/people.ts';
import { type ServerProcess, startInstallation, temporaryFolder } from '../support/server-process.ts';

const EMAIL = 'inga.sjolund@nordalven.example';
const PASSWORD = 'en mening som jag minns';
/** A password is made hard to guess by work; beside other work that takes seconds. What is tested is that it comes. */
const SIGNED_IN = { timeout: 20_000 };
const folder = temporaryFolder();
let browser: Browser;
let server: ServerProcess;

beforeAll(async () => {
  [browser, server] = await Promise.all([
    launchChromium(),
    startInstallation({ dataDir: folder.path, timeout: 120_000 }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
  folder.remove();
});

/** Presses Tab until focus is there, as somebody would who knows where they want to go. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      // What has focus must be seen to have it; in a text the caret shows it.
      const visible = await target.evaluate((element) => {
        const style = getComputedStyle(element);
        return (
          style.outlineStyle !== 'none' ||
          style.boxShadow !== 'none' ||
          element.matches('input, textarea, [contenteditable="true"]')
        );
      });
      expect(visible, `focus is seen on ${target}`).toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}`);
}

it('from an empty installation to a moved item, by keyboard alone', async () => {
  await expect.poll(() => /\/lank#\S+/.test(server.stdout())).toBe(true);
  const link = /https?:\/\/\S+\/lank#\S+/.exec(server.stdout())?.[0] ?? '';
  const person = await letIn(browser, link);
  const { page } = person;
  const { keyboard } = page;

  // The first administrator.
  await tabTo(page, page.getByLabel('Namn'));
  await keyboard.type('Inga Sjölund');
  await tabTo(page, page.getByLabel('E-post'));
  await keyboard.type(EMAIL);
  await tabTo(page, page.getByLabel('Välj ett lösenord'));
  await keyboard.type(PASSWORD);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nytt möte' })).toBeVisible(SIGNED_IN);

  // Out, and in again as everybody comes in.
  await tabTo(page, page.getByRole('button', { name: /Inga Sjölund/ }));
  await keyboard.press('Enter');
  await keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Logga ut' })).toBeFocused();
  await keyboard.press('Enter');
  await tabTo(page, page.getByLabel('E-post'));
  await keyboard.type(EMAIL);
  await keyboard.press('Tab');
  await keyboard.type(PASSWORD);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nytt möte' })).toBeVisible(SIGNED_IN);

  // A meeting.
  await tabTo(page, page.getByRole('link', { name: /Sammanträde/ }));
  await keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Mötets namn'));
  await keyboard.type('Vårens första sammanträde');
  await keyboard.press('Enter');
  await expect(page.getByRole('treegrid')).toBeVisible();
  await expect(page).toHaveTitle(/Vårens första sammanträde/);

  // An item: its title is asked for at once.
  const titles = async (): Promise<string[]> => {
    const person = { url: server.url, cookie: await cookie() };
    const [meeting] = (await (await call(person, 'GET', '/api/meetings')).json()) as MeetingSummary[];
    const agenda = openDoc(person, roomName({ kind: 'agenda', meetingId: meeting?.id ?? '' }));
    await agenda.synced();
    const found = readAgenda(agenda.doc, withoutNotice(meeting?.sittings ?? [])).rows.map(({ item }) => item.title);
    agenda.destroy();
    return found;
  };
  const cookie = async (): Promise<string> =>
    (await person.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  await tabTo(page, page.getByRole('button', { name: 'Ny punkt' }));
  await keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('treegrid').getByRole('textbox')).toBeFocused();
  await keyboard.type('Bredband till byarna');
  await keyboard.press('Enter');
  await untilSaved(page);
  await expect.poll(titles).toContain('Bredband till byarna');

  // One more right behind, then back: the field of a new row keeps the keyboard while another row was the last in use.
  await tabTo(page, page.getByRole('button', { name: 'Ny punkt' }));
  await keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('treegrid').getByRole('textbox')).toBeFocused();
  await keyboard.type('Bussen på beställning');
  await keyboard.press('Enter');
  await expect.poll(titles).toContain('Bussen på beställning');
  await keyboard.press('k');

  // Into it, and into its notes.
  const row = page.getByRole('row', { name: /Bredband till byarna/ });
  await expect(row).toBeVisible();
  await row
    .evaluate((element) => element.contains(document.activeElement))
    .then((inside) => {
      if (!inside) return tabTo(page, page.getByRole('treegrid').getByRole('row').first());
    });
  await keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Punktens rubrik' })).toHaveValue('Bredband till byarna');
  await tabTo(page, notes(page));
  await keyboard.type('## Läget');
  await keyboard.press('Enter');
  await keyboard.type('Nio byar av tio har fiber.');
  await untilSaved(page);
  await keyboard.press('Escape');
  await expect(notes(page)).not.toBeFocused();
  const itemId = /\/p\/(\w+)/.exec(page.url())?.[1] ?? '';
  const meetingId = /\/m\/(\w+)/.exec(page.url())?.[1] ?? '';
  const reader = openDoc({ url: server.url, cookie: await cookie() }, roomName({ kind: 'item', meetingId, itemId }));
  await reader.synced();
  expect(reader.doc.getXmlFragment(NOTES_FRAGMENT).toString()).toContain('Nio byar av tio har fiber.');
  reader.destroy();

  // One step up, with the key that the row's menu tells of.
  const before = await titles();
  await keyboard.press('j');
  await expect(row).toBeFocused();
  await keyboard.press('Alt+ArrowUp');
  const at = before.indexOf('Bredband till byarna');
  await expect.poll(async () => (await titles()).indexOf('Bredband till byarna')).toBe(at - 1);
  await expect(row).toBeFocused();
  expect(person.complaints).toEqual([]);
  await person.leave();
});
