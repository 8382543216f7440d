/**
 * The harvest in a browser: what groups write turns up on the board, is sorted and taken into the summary by mouse, by
 * keyboard alone and by plain buttons; a vote is held. Looked at on wide and narrow screens, in light and dark, and by axe.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, it, expect as vitestExpect } from 'vitest';
import { roomName } from '#shared/rooms.ts';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { openDoc } from '../support/light-client.ts';
import { untilSaved } from '../support/meeting-page.ts';
import { pageFaults } from '../support/page-faults.ts';
import { signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';
import { ownId } from '../support/workshop.ts';
import { SAID, type WrittenWorkshop, writtenWorkshop } from '../support/written-workshop.ts';

const PICTURES = join(import.meta.dirname, '../output/harvest');
/** For what goes by way of the server, on a busy machine. */
const PATIENT = { timeout: 15_000 };
const TOTAL = SAID.flat(2).length;

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let written: WrittenWorkshop;
let facilitator: Person;
let chair: Person;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  written = await writtenWorkshop(server.demo);
  [facilitator, chair] = await Promise.all([
    letIn(browser, server.demo.links.facilitator),
    letIn(browser, server.demo.links.chair),
  ]);
  await Promise.all([facilitator, chair].map(({ page }) => page.goto(server.url + written.board)));
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

async function look(page: Page, state: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => window.scrollTo(0, 0));
  // What was said last lies over the page for a while.
  await expect(page.getByRole('button', { name: 'Ångra' })).toHaveCount(0, PATIENT);
  vitestExpect(await pageFaults(page), state).toEqual([]);
  await page.screenshot({ path: join(PICTURES, `${state}.png`), animations: 'disabled' });
}

/** A slip in one of the lists on the board. */
const slip = (page: Page, list: string, text: string): Locator =>
  page.getByRole('grid', { name: list, exact: true }).getByRole('row', { name: text });

/** Takes a slip by the mouse and drops it there. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const [a, b] = [await from.boundingBox(), await to.boundingBox()];
  if (!a || !b) throw new Error('nothing to drag');
  await page.mouse.move(a.x + 20, a.y + 20);
  await page.mouse.down();
  await page.mouse.move(a.x + 40, a.y + 30, { steps: 4 });
  await page.mouse.move(b.x + b.width / 2, b.y + Math.min(24, b.height / 2), { steps: 12 });
  await page.mouse.up();
}

async function name(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Namn' })).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

const figure = (page: Page, used: number, total: number) =>
  expect(page.getByRole('complementary', { name: 'Täckning' })).toContainText(
    `${used} av ${total} bidrag använda`,
    PATIENT,
  );

it('by mouse: what is written turns up, is dragged together and taken into the summary', async () => {
  const { page } = facilitator;
  await expect(page.getByRole('heading', { name: `Osorterat ${TOTAL} av ${TOTAL}` })).toBeVisible({ timeout: 20_000 });
  await expect(slip(page, 'Osorterat', 'Bokbussen')).toContainText('Kerstin', PATIENT);
  const member = await signInByLink(server.demo.links.member1);
  const table = openDoc(
    member,
    roomName({ kind: 'group', meetingId: server.demo.meetingId, groupId: written.groupId(0) }),
  );
  await table.synced();
  // While they still write.
  await written.write(2, 0, 'Distriktssköterskan finns på skärm varje dag.');
  await expect(slip(page, 'Osorterat', 'Distriktssköterskan')).toBeVisible(PATIENT);
  await look(page, 'unsorted-1440');

  await drag(
    page,
    slip(page, 'Osorterat', 'Bokbussen'),
    page.getByRole('button', { name: 'Släpp här för ett nytt kluster' }).locator('..'),
  );
  await name(page, 'Resan är service');
  await expect(slip(page, 'Resan är service', 'Bokbussen')).toBeVisible();
  await drag(
    page,
    slip(page, 'Osorterat', 'Bussen på beställning'),
    page.getByRole('grid', { name: 'Resan är service' }),
  );
  await expect(slip(page, 'Resan är service', 'Bussen på beställning')).toBeVisible(PATIENT);
  // The chair sees the same, and sorts at the same time.
  await expect(slip(chair.page, 'Resan är service', 'Bussen på beställning')).toBeVisible(PATIENT);
  await slip(chair.page, 'Osorterat', 'Man går till en disk').click();
  await chair.page.keyboard.press('n');
  await name(chair.page, 'En disk');
  await expect(slip(page, 'En disk', 'Man går till en disk')).toBeVisible(PATIENT);

  await page
    .getByRole('region', { name: 'Resan är service' })
    .getByRole('button', { name: 'Till sammanfattningen' })
    .click();
  await figure(page, 2, TOTAL + 1);
  await expect(page.getByRole('region', { name: 'Resan är service' })).toContainText('I sammanfattningen');
  await drag(
    page,
    slip(page, 'Osorterat', 'Vem äger frågan'),
    page.getByRole('listitem').filter({ hasText: /^I dag/ }),
  );
  await figure(page, 3, TOTAL + 1);
  await expect(
    page
      .getByRole('complementary')
      .getByRole('listitem')
      .filter({ hasText: /^I dag/ }),
  ).toContainText('Vem äger frågan');
  await figure(chair.page, 3, TOTAL + 1);
  await untilSaved(page);
  await look(page, 'sorted-1440');

  // Once more says so, and does nothing by itself.
  await slip(page, 'Osorterat', 'Vem äger frågan').click();
  await page.keyboard.press('s');
  await expect(page.getByRole('dialog', { name: 'Redan med i sammanfattningen' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Låt bli' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary').getByText('Vem äger frågan')).toHaveCount(1);

  // Where it went.
  await page.keyboard.press('v');
  await expect(page.getByRole('dialog')).toContainText('Med på ett ställe i sammanfattningen');
  await look(page, 'trace-1440');
  await page.keyboard.press('Escape');

  // Together, and apart again.
  await page.getByRole('button', { name: 'Vad ska hända med klustret En disk' }).click();
  await page.getByRole('menuitem', { name: /Slå ihop med/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Slå ihop' }).click();
  await expect(slip(page, 'Resan är service', 'Man går till en disk')).toBeVisible();
  await expect(page.getByText('En disk är sammanslaget hit.')).toBeVisible();
  await page.getByRole('button', { name: 'Dela igen' }).click();
  await expect(slip(page, 'En disk', 'Man går till en disk')).toBeVisible();
  // Who sorts has not dropped in on the groups: nobody sees them at a table.
  vitestExpect([...table.provider.awareness.getStates().values()].flatMap(({ user }) => user?.id ?? [])).not.toContain(
    await ownId(written.facilitator),
  );
  table.destroy();
  vitestExpect(facilitator.complaints).toEqual([]);
  vitestExpect(chair.complaints).toEqual([]);
});

it('by keyboard alone: walk, sort, tag, hide, reorder, promote', async () => {
  const { page } = chair;
  await page.reload();
  // Sorting is for whoever is in step with the others.
  await expect(page.getByRole('button', { name: 'Nytt kluster', exact: true })).toBeVisible({ timeout: 20_000 });
  const focused = page.locator('[role="row"]:focus');
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  // What the groups wrote comes by their own rooms.
  await expect(slip(page, 'Osorterat', 'En telefon')).toBeVisible(PATIENT);
  await press('j');
  await expect(focused).toHaveAttribute('aria-label', /En telefon/);
  const before = await page.getByRole('grid', { name: 'Osorterat' }).getByRole('row').count();
  await press('2');
  await expect(slip(page, 'En disk', 'En telefon')).toBeVisible(PATIENT);
  await expect(page.getByRole('status').filter({ hasText: 'Flyttat till En disk.' })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Osorterat' }).getByRole('row')).toHaveCount(before - 1);
  // One goes on with the next.
  await expect(focused).toHaveAttribute('aria-label', /Ingen över åttio/);
  await press('n');
  await name(page, 'Tid före avstånd');
  await expect(slip(page, 'Tid före avstånd', 'Ingen över åttio')).toBeVisible(PATIENT);

  await slip(page, 'En disk', 'En telefon').focus();
  await press('Alt+ArrowUp');
  await expect(page.getByRole('grid', { name: 'En disk' }).getByRole('row').first()).toHaveAttribute(
    'aria-label',
    /En telefon/,
    PATIENT,
  );
  await expect(focused).toHaveAttribute('aria-label', /En telefon/);
  await press('t');
  await expect(page.getByRole('dialog').getByRole('combobox', { name: 'Ny tagg' })).toBeFocused();
  await page.keyboard.type('#Vägval');
  await press('Enter');
  await expect(page.getByRole('dialog').getByText('#vägval')).toBeVisible();
  await press('Escape');
  await expect(slip(page, 'En disk', 'En telefon')).toContainText('#vägval');
  await slip(page, 'En disk', 'En telefon').focus();
  await press('d');
  await expect(slip(page, 'En disk', 'En telefon')).toHaveCount(0);
  await page.getByRole('button', { name: 'Dolda' }).press('Enter');
  await expect(slip(page, 'En disk', 'En telefon')).toContainText('Dolt');
  await slip(page, 'En disk', 'En telefon').focus();
  await press('d');
  await expect(slip(page, 'En disk', 'En telefon')).not.toContainText('Dolt', PATIENT);
  await press('s');
  await figure(page, 4, TOTAL + 1);
  await press('Alt+ArrowRight');
  await expect(slip(page, 'Tid före avstånd', 'En telefon')).toBeVisible(PATIENT);
  await slip(page, 'Tid före avstånd', 'En telefon').focus();
  await press('e');
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Namn' })).toHaveValue('Tid före avstånd');
  await name(page, 'Nära i tid');
  await expect(slip(page, 'Nära i tid', 'En telefon')).toBeVisible();
  // Undo is the last thing said.
  await slip(page, 'Nära i tid', 'En telefon').focus();
  await press('0');
  await expect(slip(page, 'Osorterat', 'En telefon')).toBeVisible(PATIENT);
  await page.getByRole('button', { name: 'Ångra' }).press('Enter');
  await expect(slip(page, 'Nära i tid', 'En telefon')).toBeVisible(PATIENT);

  // The menu says the same, with the keys in it.
  await slip(page, 'Nära i tid', 'En telefon').focus();
  await press('Tab', 'Tab');
  await expect(slip(page, 'Nära i tid', 'En telefon').getByRole('button', { name: /Vad ska hända/ })).toBeFocused();
  await press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Ta med i sammanfattningen' })).toContainText('s');
  await press('Escape');
  vitestExpect(chair.complaints).toEqual([]);
});

it('in the list: everything by plain buttons, also on a phone and in the dark', async () => {
  const phone = await letIn(browser, server.demo.links.facilitator, {
    at: server.url + written.board,
    context: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  });
  const { page } = phone;
  // The view of a phone is the list.
  const row = (text: string) =>
    page
      .getByRole('listitem')
      .filter({ hasText: text })
      .filter({ has: page.getByRole('combobox') });
  await expect(row('Skolans matsal')).toBeVisible({ timeout: 20_000 });
  await page
    .getByRole('combobox', { name: /Ligger i, för: Skolans matsal/ })
    .selectOption({ label: 'Resan är service' });
  await expect(page.getByRole('list', { name: 'Resan är service' })).toContainText('Skolans matsal', PATIENT);
  await page.getByRole('combobox', { name: /Ligger i, för: Fibern/ }).selectOption({ label: 'Nytt kluster…' });
  await name(page, 'Hjälp med det digitala');
  await expect(page.getByRole('list', { name: 'Hjälp med det digitala' })).toContainText('Fibern', PATIENT);
  await page.getByRole('button', { name: /Ta med i sammanfattningen: Fibern/ }).tap();
  await figure(page, 5, TOTAL + 1);
  await page.getByRole('button', { name: 'Mer om klustret Hjälp med det digitala' }).tap();
  await page.getByRole('menuitem', { name: 'Slå ihop med…' }).tap();
  await page.getByRole('dialog').getByRole('combobox').selectOption({ label: 'En disk' });
  await page.getByRole('dialog').getByRole('button', { name: 'Slå ihop' }).tap();
  await expect(page.getByRole('list', { name: 'En disk' })).toContainText('Fibern', PATIENT);
  await look(page, 'list-390');
  await page.setViewportSize({ width: 320, height: 700 });
  await look(page, 'list-320');
  await page.getByRole('button', { name: 'Kluster', exact: true }).tap();
  await look(page, 'board-320');
  await page.setViewportSize({ width: 390, height: 844 });
  await look(page, 'board-390');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, 'board-390-dark');
  vitestExpect(phone.complaints).toEqual([]);
  await phone.leave();
  await facilitator.page.emulateMedia({ colorScheme: 'dark' });
  await look(facilitator.page, 'board-1440-dark');
  await facilitator.page.getByRole('button', { name: 'Lista', exact: true }).click();
  await look(facilitator.page, 'list-1440-dark');
  await facilitator.page.getByRole('button', { name: 'Frågor', exact: true }).click();
  await expect(facilitator.page.getByRole('grid', { name: 'Tisdag 2035' })).toContainText('Bokbussen');
  await look(facilitator.page, 'prompts-1440-dark');
  await facilitator.page.emulateMedia({ colorScheme: 'light' });
  await facilitator.page.getByRole('button', { name: 'Kluster', exact: true }).click();
});

it('a vote: opened by the facilitator, cast by thumb and by key, hidden until it is closed', async () => {
  const { page } = facilitator;
  await page.getByRole('button', { name: 'Öppna röstning' }).click();
  await page.getByRole('dialog').getByRole('spinbutton', { name: 'Prickar per person' }).fill('3');
  await look(page, 'open-vote-1440');
  await page.getByRole('dialog').getByRole('button', { name: 'Öppna', exact: true }).click();
  await expect(page.getByText(/0 av \d+ har röstat/)).toBeVisible(PATIENT);

  const member = await letIn(browser, server.demo.links.member1, {
    at: server.url + written.board,
    context: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  });
  await member.page.getByRole('button', { name: 'Rösta', exact: true }).tap();
  // Rooms that are not open to them are no trouble with the network.
  await expect(member.page.getByText('Skörden är inte öppen för dig än.')).toBeAttached();
  await untilSaved(member.page);
  await member.page.getByRole('button', { name: 'En prick till på Resan är service' }).tap();
  await member.page.getByRole('button', { name: 'En prick till på Resan är service' }).tap();
  await member.page.getByRole('button', { name: 'En prick till på En disk' }).tap();
  await expect(member.page.getByRole('dialog').getByRole('status').first()).toHaveText('Du har 0 av 3 prickar kvar');
  await expect(member.page.getByRole('button', { name: 'En prick till på En disk' })).toBeDisabled();
  await expect(member.page.getByText('Din röst är sparad.')).toBeVisible(PATIENT);
  await look(member.page, 'ballot-390');
  await expect(page.getByText(/1 av \d+ har röstat/)).toBeVisible(PATIENT);

  // By key; and it can be changed.
  await chair.page.getByRole('button', { name: 'Rösta', exact: true }).press('Enter');
  await chair.page.getByRole('button', { name: 'En prick till på En disk' }).focus();
  await chair.page.keyboard.press('Enter');
  await chair.page.keyboard.press('Enter');
  await chair.page.keyboard.press('Enter');
  // What was pressed last counts, also when one leaves at once.
  const told = chair.page.waitForResponse(
    (answer) => answer.url().endsWith('/ballot') && Object.values(answer.request().postDataJSON().dots).includes(2),
  );
  await chair.page.getByRole('button', { name: 'En prick färre på En disk' }).press('Space');
  await expect(chair.page.getByRole('dialog').getByRole('status').first()).toHaveText('Du har 1 av 3 prickar kvar');
  await chair.page.keyboard.press('Escape');
  await told;
  await expect(page.getByText(/2 av \d+ har röstat/)).toBeVisible(PATIENT);
  // Not even the facilitator sees how it stands.
  await expect(page.getByRole('region', { name: 'En disk' })).not.toContainText('prick');

  await page.getByRole('button', { name: 'Avsluta röstningen' }).click();
  await expect(page.getByRole('region', { name: 'En disk' })).toContainText('3 prickar', PATIENT);
  await expect(page.getByRole('region', { name: 'Resan är service' })).toContainText('2 prickar');
  await expect(member.page.getByRole('list', { name: 'Resultat' })).toContainText('En disk3 prickar', PATIENT);
  await look(member.page, 'results-390');
  await look(page, 'voted-1440');
  await member.leave();
});

it('what is not used becomes an appendix, and can be taken back', async () => {
  const { page } = facilitator;
  await page.getByRole('button', { name: 'Lägg som bilaga sist' }).click();
  await figure(page, TOTAL + 1, TOTAL + 1);
  await expect(page.getByText('Allt är använt.')).toBeVisible();
  await page.getByRole('button', { name: 'Ångra' }).click();
  await figure(page, 5, TOTAL + 1);
  vitestExpect(facilitator.complaints).toEqual([]);
});
