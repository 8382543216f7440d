/**
 * Why this file exists: a facilitator gets groups writing with a handful of presses, and can do all of it by keyboard; what
 * was suggested, moved and taken back is what everybody else sees.
 */
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { axeFaults } from '../support/page-faults.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

/** From the first page to groups that write, for somebody who knows the program. */
const MOST_CLICKS = 12;
const MOST_MS = 60_000;

const ROOT = join(import.meta.dirname, '../..');

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

async function clean(page: Page, state: string): Promise<void> {
  expect(await axeFaults(page), state).toEqual([]);
}

const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(ROOT, `tests/output/screenshots/workshop-setup-${name}.png`), fullPage: true });
const group = (page: Page, number: number): Locator =>
  page.getByRole('grid', { name: new RegExp(`^Grupp ${number},`) });
const outside = (page: Page): Locator => page.getByRole('grid', { name: 'Utan grupp', exact: true });
const rowOf = (page: Page, name: string): Locator => page.getByRole('row', { name, exact: true });
const names = (list: Locator): Promise<string[]> =>
  list.getByRole('row').evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));

describe('a workshop is made', () => {
  it('by mouse: from the first page to groups that write, then moved about, paired, kept and mixed anew', async () => {
    const facilitator = await letIn(browser, server.demo.links.facilitator, { at: server.url });
    const { page } = facilitator;
    const began = performance.now();
    let clicks = 0;
    const click = async (target: Locator) => {
      await target.click();
      clicks += 1;
    };
    await click(page.getByRole('link', { name: /Höstinternat/ }).first());
    await click(page.getByRole('row', { name: /Sammanfattning av dialogen/ }));
    const item = page.url();
    await click(page.getByRole('link', { name: 'Skapa workshop' }));
    await click(page.getByRole('button', { name: 'Skapa workshop' }));
    await expect(page.getByText('Det här är ett förslag.')).toBeVisible();
    await clean(page, 'a suggestion');
    await shot(page, 'preview-1440');
    // Mixed by organisation: in no two groups does the number from one organisation differ by more than one.
    await page.getByText('Så är organisationer och kategorier fördelade').click();
    const table = page.getByRole('table');
    for (const row of await table.locator('tbody tr').all()) {
      const heading = await row.getByRole('rowheader').innerText();
      if (/^[a-zåäö]/.test(heading)) continue;
      const counts = (await row.getByRole('cell').allInnerTexts()).map(Number);
      expect(Math.max(...counts) - Math.min(...counts), heading).toBeLessThan(2);
    }
    await click(page.getByRole('button', { name: 'Använd grupperna' }));
    await click(page.getByRole('button', { name: 'Starta' }));
    await expect(page.getByRole('link', { name: 'Led grupparbetet' })).toBeVisible();
    expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
    expect(performance.now() - began).toBeLessThan(MOST_MS);

    // A member is told on the item itself, without asking.
    const member = await letIn(browser, server.demo.links.member1, {
      at: new URL(item).pathname.length > 1 ? item : server.url,
      context: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    });
    await expect(member.page.getByRole('link', { name: 'Till din grupp' })).toBeVisible();
    await clean(member.page, 'the strip of a member');
    await shot(member.page, 'strip-390');

    // By mouse into another group, and back by the toast.
    const moved = (await names(group(page, 1)))[0] ?? '';
    const count = (await names(group(page, 2))).length;
    // Both in view first: a page that scrolls between press and move has another row under the pointer.
    await group(page, 2).scrollIntoViewIfNeeded();
    await rowOf(page, moved).dragTo(group(page, 2));
    await expect(group(page, 2).getByRole('row')).toHaveCount(count + 1);
    await expect(page.getByRole('status').getByText(`${moved} är i Grupp 2`)).toBeVisible();
    await page.getByRole('button', { name: 'Ångra' }).click();
    await expect(group(page, 1).getByRole('row', { name: moved, exact: true })).toBeVisible();

    // By the menu out of the group: seen at once, and placed with one press.
    await page.getByRole('button', { name: `Flytta ${moved}` }).click();
    await clean(page, 'the menu of a person');
    await page.getByRole('menuitem', { name: /Ta ur gruppen/ }).click();
    await expect(outside(page).getByRole('row', { name: moved, exact: true })).toBeVisible();
    await outside(page).getByRole('button', { name: 'Till Grupp 1' }).click();
    await expect(group(page, 1).getByRole('row', { name: moved, exact: true })).toBeVisible();

    // Two who should be apart are, in a new mix.
    const [one = '', other = ''] = await names(group(page, 3));
    await page.getByRole('button', { name: 'Håll isär från …' }).click();
    const pair = page.getByRole('dialog', { name: 'Håll två isär' });
    await pair.getByLabel('Den ena').selectOption({ label: one });
    await pair.getByLabel('Den andra').selectOption({ label: other });
    await pair.getByRole('button', { name: 'Kom ihåg' }).click();
    await expect(page.getByText(`${one} och ${other} hålls isär`)).toBeVisible();
    await page.getByRole('button', { name: 'Föreslå fördelning' }).click();
    await expect(page.getByText(/Grupparbetet pågår/)).toBeVisible();
    for (const number of [1, 2, 3]) {
      const here = await names(group(page, number));
      expect(here.includes(one) && here.includes(other)).toBe(false);
    }
    await page.getByRole('button', { name: 'Avbryt förslaget' }).click();
    expect(await names(group(page, 3))).toEqual(expect.arrayContaining([one, other]));

    // A group gets a place, the groups a name to be found by, and a second round mixes anew.
    await page.getByRole('button', { name: 'Ändra Grupp 2' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ändra Grupp 2' });
    await dialog.getByLabel('Plats').fill('Biblioteket');
    await clean(page, 'a group being changed');
    await dialog.getByRole('button', { name: 'Spara' }).click();
    await expect(page.getByText('Biblioteket')).toBeVisible();
    await page.getByLabel('Spara grupperna som').fill('Förmiddagens grupper');
    await page.getByRole('button', { name: 'Spara', exact: true }).click();
    const reuse = page.getByRole('button', { name: 'Använd ”Förmiddagens grupper”' });
    await expect(reuse).toBeVisible();
    const before = await names(group(page, 1));
    await page.getByRole('button', { name: 'Ny runda' }).click();
    await page.getByRole('menuitem', { name: 'Samma frågor, ny blandning' }).click();
    await expect(page.getByRole('button', { name: 'Runda 2', exact: true })).toHaveAttribute('aria-current', 'true');
    await expect(page.getByText('Det här är ett förslag.')).toBeVisible();
    expect(await names(group(page, 1))).not.toEqual(before);
    await reuse.click();
    expect([...(await names(group(page, 1)))].sort()).toEqual([...before].sort());
    await page.getByRole('button', { name: 'Använd grupperna' }).click();
    await page.getByRole('button', { name: 'Visa Runda 2 för alla' }).click();
    await expect(page.getByRole('button', { name: /Runda 2 *visas för alla/ })).toBeVisible();
    await clean(page, 'a second round');
    await shot(page, 'second-round-1440');

    await member.leave();
    await facilitator.leave();
    expect([...facilitator.complaints, ...member.complaints]).toEqual([]);
  });

  it('by keyboard alone, at 320 px: questions, groups, people and the start', async () => {
    const chair = await letIn(browser, server.demo.links.chair, { context: { viewport: { width: 320, height: 720 } } });
    const { page } = chair;
    const rooms = server.demo.rooms.filter((room) => room.startsWith('item:'));
    const [, meetingId, itemId] = rooms[0]?.split(':') ?? [];
    await page.goto(`${server.url}/m/${meetingId}/p/${itemId}`);
    // Any item becomes a dialogue by its kind.
    await page.getByLabel('Punktens slag').selectOption({ label: 'Dialog' });
    await page.getByRole('link', { name: 'Skapa workshop' }).press('Enter');
    await page.getByRole('radio', { name: /Egna frågor/ }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Skapa workshop' }).press('Enter');
    await expect(page.getByText('Frågan behöver en rubrik.')).toBeVisible();
    await clean(page, 'a question without a heading');
    await page.getByLabel('Rubrik').fill('Vad tar vi med oss?');
    await page.getByRole('button', { name: 'Lägg till fråga' }).press('Enter');
    await expect(page.getByLabel('Rubrik').nth(1)).toBeFocused();
    await page.keyboard.type('Vem gör vad?');
    await page.getByRole('button', { name: 'Flytta upp fråga 2' }).press('Enter');
    await page.getByLabel('Antal grupper').press('ArrowUp');
    await shot(page, 'create-320');
    await page.getByRole('button', { name: 'Skapa workshop' }).press('Enter');
    await expect(page.getByText('Det här är ett förslag.')).toBeVisible();
    await expect(group(page, 4)).toBeVisible();
    await expect(page.getByRole('region', { name: 'Frågor' }).getByRole('listitem').first()).toContainText(
      'Vem gör vad?',
    );
    await clean(page, 'a suggestion at 320 px');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await shot(page, 'preview-320');

    // A digit moves the person in focus, and the focus goes along.
    const first = (await names(group(page, 1)))[0] ?? '';
    await rowOf(page, first).focus();
    await page.keyboard.press('2');
    await expect(group(page, 2).getByRole('row', { name: first, exact: true })).toBeFocused();
    await page.keyboard.press('0');
    await expect(outside(page).getByRole('row', { name: first, exact: true })).toBeFocused();
    await page.keyboard.press('3');
    await expect(group(page, 3).getByRole('row', { name: first, exact: true })).toBeFocused();

    // Picked up by its handle, carried by Tab, put down by Enter.
    const carried = (await names(group(page, 1)))[0] ?? '';
    await page.getByRole('button', { name: `Dra ${carried}` }).focus();
    await page.keyboard.press('Enter');
    await expect(rowOf(page, carried)).toHaveAttribute('data-dragging', 'true');
    for (let tabs = 0; tabs < 8; tabs++) {
      if (await group(page, 4).evaluate((grid) => grid.contains(document.activeElement))) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await expect(group(page, 4).getByRole('row', { name: carried, exact: true })).toBeVisible();

    // Who was put somewhere by hand stays there in a new mix.
    await page.getByRole('button', { name: 'Blanda om' }).press('Enter');
    await expect(group(page, 3).getByRole('row', { name: first, exact: true })).toBeVisible();
    await expect(group(page, 4).getByRole('row', { name: carried, exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Använd grupperna' }).press('Enter');
    await page.getByRole('button', { name: 'Starta' }).press('Enter');
    await expect(page.getByRole('link', { name: 'Led grupparbetet' })).toBeVisible();
    await page.reload();
    await expect(group(page, 4).getByRole('row', { name: carried, exact: true })).toBeVisible();

    // A member reads who is where, and may not move anybody; when it is allowed they choose for themselves.
    const member = await letIn(browser, server.demo.links.member2, {
      at: page.url(),
      context: { viewport: { width: 390, height: 844 } },
    });
    await expect(member.page.getByRole('heading', { name: /^Du är i Grupp/ })).toBeVisible();
    await expect(member.page.getByRole('button', { name: /^Flytta / })).toHaveCount(0);
    await page.getByRole('checkbox', { name: /Deltagarna väljer grupp själva/ }).press('Space');
    await page.getByLabel('Högst så många i varje grupp').fill('40');
    await page.keyboard.press('Tab');
    await clean(member.page, 'what a member sees');
    const join = member.page.getByRole('button', { name: /^Välj Grupp/ }).first();
    await expect(join).toContainText('av 40');
    const chosen = (await join.innerText()).match(/Grupp \d/)?.[0] ?? '';
    await join.press('Enter');
    await expect(member.page.getByRole('heading', { name: `Du är i ${chosen}` })).toBeVisible();
    await shot(member.page, 'member-390');

    await member.leave();
    await chair.leave();
    expect([...chair.complaints, ...member.complaints]).toEqual([]);
  });
});
