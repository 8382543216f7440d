/**
 * Everybody can lead, write and sort: each page of a workshop and each of its dialogs is clean by axe and never scrolls
 * sideways, on a wide screen and at 320 px, in both languages; and what is done there can be done by keyboard alone, from
 * the top of the page, by Tab.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect as is, it } from 'vitest';
import { readItems } from '#shared/agenda.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { group as enGroup } from '../../client/i18n/en/group.ts';
import { guest as enGuest } from '../../client/i18n/en/guest.ts';
import { harvest as enHarvest } from '../../client/i18n/en/harvest.ts';
import { meeting as enMeeting } from '../../client/i18n/en/meeting.ts';
import { projector as enProjector } from '../../client/i18n/en/projector.ts';
import { stage as enStage } from '../../client/i18n/en/stage.ts';
import { summary as enSummary } from '../../client/i18n/en/summary.ts';
import { workshop as enWorkshop } from '../../client/i18n/en/workshop.ts';
import { group as svGroup } from '../../client/i18n/sv/group.ts';
import { guest as svGuest } from '../../client/i18n/sv/guest.ts';
import { harvest as svHarvest } from '../../client/i18n/sv/harvest.ts';
import { meeting as svMeeting } from '../../client/i18n/sv/meeting.ts';
import { projector as svProjector } from '../../client/i18n/sv/projector.ts';
import { stage as svStage } from '../../client/i18n/sv/stage.ts';
import { summary as svSummary } from '../../client/i18n/sv/summary.ts';
import { workshop as svWorkshop } from '../../client/i18n/sv/workshop.ts';
import { letIn, type Person } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { expect } from '../support/expect.ts';
import { openDoc } from '../support/light-client.ts';
import { untilSaved } from '../support/meeting-page.ts';
import { pageFaults } from '../support/page-faults.ts';
import { call, signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo } from '../support/server-process.ts';

const WORDS = {
  sv: {
    group: svGroup,
    guest: svGuest,
    harvest: svHarvest,
    meeting: svMeeting,
    projector: svProjector,
    stage: svStage,
    summary: svSummary,
    workshop: svWorkshop,
  },
  en: {
    group: enGroup,
    guest: enGuest,
    harvest: enHarvest,
    meeting: enMeeting,
    projector: enProjector,
    stage: enStage,
    summary: enSummary,
    workshop: enWorkshop,
  },
};
type Language = keyof typeof WORDS;

const PICTURES = join(import.meta.dirname, '../output/workshop-reach');
/** An examination by axe takes seconds. Two of these find what four do; `REACH=all` looks at all four. */
const SCREENS = (
  [
    ['sv', 320, 640],
    ['en', 1440, 900],
    ['sv', 1440, 900],
    ['en', 320, 640],
  ] as const
).slice(0, process.env.REACH === 'all' ? 4 : 2);
const PATIENT = { timeout: 20_000 };

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let itemId = '';
const people: Person[] = [];

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  const { meetingId, links, workshopId } = server.demo;
  const facilitator = await signInByLink(links.facilitator);
  const agenda = openDoc(facilitator, `agenda:${meetingId}`);
  await agenda.synced();
  for (const { id } of readItems(agenda.doc).filter(({ kind }) => kind === 'dialogue')) {
    const answer = await call(facilitator, 'GET', `/api/meetings/${meetingId}/items/${id}/workshop`);
    if (((await answer.json()) as WorkshopView | null)?.id === workshopId) itemId = id;
  }
  agenda.destroy();
  is(itemId).not.toBe('');
});
afterAll(async () => {
  for (const person of people) await person.leave();
  await browser?.close();
  await server?.end('SIGTERM');
});

async function enter(link: string | null, language: Language): Promise<Page> {
  const person = await letIn(browser, null, { language });
  people.push(person);
  if (link) {
    const signedIn = await signInByLink(link);
    const [name = '', value = ''] = signedIn.cookie.split('=');
    await person.context.addCookies([{ name, value, url: server.url, httpOnly: true, sameSite: 'Lax' }]);
    await call(signedIn, 'PATCH', '/api/account', { language });
  }
  return person.page;
}

const faults: string[] = [];
/** What is wrong with a page as it is now is noted: one run shows all of it. */
async function sound(page: Page, state: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  faults.push(...(await pageFaults(page)).map((fault) => `${state}: ${fault}`));
  // A dialog lies wholly on the screen, and what is in it is not cut off at its sides.
  for (const dialog of await page.getByRole('dialog').all()) {
    const cut = await dialog.evaluate((box) => {
      const { left, right } = box.getBoundingClientRect();
      return left < 0 || right > innerWidth || box.scrollWidth > box.clientWidth + 1;
    });
    if (cut) faults.push(`${state}: the dialog is cut off`);
  }
  await page.screenshot({ path: join(PICTURES, `${state}.png`), animations: 'disabled' });
}

/** Opens a dialog, looks at it, and closes it by Escape. */
async function dialog(page: Page, state: string, open: () => Promise<void>): Promise<void> {
  await open();
  await expect(page.getByRole('dialog').first()).toBeVisible(PATIENT);
  await sound(page, state);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

describe('every page and dialog is sound', () => {
  const at = (part: string) => `${server.url}/m/${server.demo.meetingId}/p/${itemId}/${part}`;

  it.each(SCREENS)('in %s at %i px', { timeout: 300_000 }, async (language, width, height) => {
    const w = WORDS[language];
    faults.length = 0;
    const of = (state: string) => `${state}-${width}-${language}`;
    const page = await enter(server.demo.links.facilitator, language);
    await page.setViewportSize({ width, height });

    await page.goto(at('grupper'));
    await expect(page.getByRole('grid').first()).toBeVisible(PATIENT);
    await sound(page, of('groups'));
    const edit = page.getByRole('button', { name: w.workshop.editGroup.replace('{{group}}', 'Älven') });
    await dialog(page, of('group-dialog'), () => edit.click());
    const method = page.getByLabel(w.workshop.method, { exact: true });
    await dialog(page, of('tables-dialog'), async () => void (await method.selectOption('by-table-number')));
    const pair = page.getByRole('button', { name: w.workshop.pairApart });
    await dialog(page, of('pair-dialog'), () => pair.click());

    await page.goto(at('leda'));
    await expect(page.getByRole('article').first()).toContainText('Bokbussen', PATIENT);
    await sound(page, of('lead'));
    const move = page.getByRole('button', { name: w.stage.groups.move });
    await dialog(page, of('move-dialog'), () => move.click());
    // On a phone they lie in one menu.
    const tool = async (name: string) => {
      if (width > 599) return page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('button', { name: w.meeting.tools }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await dialog(page, of('remote-dialog'), () => tool(w.projector.remote.button));
    await dialog(page, of('guests-dialog'), () => tool(w.guest.panel.bar));

    await page.goto(at('skord'));
    await expect(page.getByRole('heading', { name: w.harvest.tray })).toBeVisible(PATIENT);
    await expect(page.getByText(w.harvest.newCluster, { exact: true }).first()).toBeVisible(PATIENT);
    for (const view of ['clusters', 'prompts', 'list'] as const) {
      await page.getByRole('button', { name: w.harvest.view[view], exact: true }).click();
      await sound(page, of(`harvest-${view}`));
    }
    const vote = page.getByRole('button', { name: w.harvest.vote.open });
    if ((await vote.count()) > 0) await dialog(page, of('vote-dialog'), () => vote.click());
    const lies = page.getByRole('combobox', { name: new RegExp(`^${w.harvest.list.liesLabel.split('{{')[0]}`) });
    await dialog(page, of('name-dialog'), async () => {
      await lies.last().selectOption({ label: w.harvest.list.new });
    });

    const chair = await enter(server.demo.links.chair, language);
    await chair.setViewportSize({ width, height });
    await chair.goto(at('sammanfattning'));
    await expect(chair.locator('[contenteditable="true"]').first()).toBeVisible(PATIENT);
    await sound(chair, of('summary'));
    const finalise = chair.getByRole('button', { name: w.summary.finalise.open });
    await dialog(chair, of('finalise-dialog'), () => finalise.click());

    const guest = await enter(server.demo.links.guest1, language);
    await guest.setViewportSize({ width, height });
    await guest.goto(at(`grupp/${server.demo.groupIds[0]}`));
    await expect(guest.getByRole('heading', { level: 1, name: 'Älven' })).toBeVisible(PATIENT);
    await expect(guest.getByRole('textbox').first()).toBeVisible(PATIENT);
    await sound(guest, of('group'));
    if (width === 320) {
      const sheet = guest.getByRole('button', { name: new RegExp(`^${w.group.people.heading_other.split('{{')[0]}`) });
      await dialog(guest, of('group-sheet'), () => sheet.click());
    }

    const door = await enter(null, language);
    await door.setViewportSize({ width, height });
    await door.goto(`${server.url}/g`);
    await expect(door.getByRole('textbox').first()).toBeVisible(PATIENT);
    await sound(door, of('door-code'));
    await door.goto(`${server.url}/g/${server.demo.code}`);
    await expect(door.getByRole('heading', { name: w.guest.who.title })).toBeVisible(PATIENT);
    await sound(door, of('door-who'));

    const wall = await letIn(browser, server.demo.links.projector, {
      language,
      context: { viewport: { width, height } },
    });
    people.push(wall);
    await expect(wall.page.getByText(/Höstinternat/).first()).toBeVisible(PATIENT);
    await sound(wall.page, of('projector'));
    is(faults).toEqual([]);
  });
});

/** Presses Tab until this has the focus, as somebody without a mouse does; fails when the page has been gone round. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible(PATIENT);
  for (let n = 0; n < 250; n++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by Tab to ${target}`);
}

describe('by keyboard alone, from the top of the page', () => {
  const w = WORDS.sv;
  const at = (part: string) => `${server.url}/m/${server.demo.meetingId}/p/${itemId}/${part}`;

  it('a group: a question is opened and answered, a hand is put up and taken down', async () => {
    const page = await enter(server.demo.links.guest2, 'sv');
    await page.goto(at(`grupp/${server.demo.groupIds[2]}`));
    const region = page.getByRole('region', { name: /En vanlig tisdag/ });
    await tabTo(page, region.getByRole('button', { name: w.group.prompt.openShort }));
    await page.keyboard.press('Enter');
    await expect(region.locator('[contenteditable="true"]')).toBeFocused(PATIENT);
    await page.keyboard.press('Enter');
    await page.keyboard.type('Skrivet utan mus.');
    await untilSaved(page);
    await expect(region).toContainText('Skrivet utan mus.');
    // Escape leaves the text, or Tab would indent for ever.
    await page.keyboard.press('Escape');
    await tabTo(page, page.getByRole('button', { name: w.group.hand.raise }));
    await page.keyboard.press('Enter');
    await page.keyboard.type('Får vi läsa de andras?');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Får vi läsa de andras?')).toBeVisible(PATIENT);
    await tabTo(page, page.getByRole('button', { name: w.group.hand.lower }));
    await page.keyboard.press('Enter');
    await expect(page.getByText('Får vi läsa de andras?')).toHaveCount(0, PATIENT);
  });

  it('leading: more time, somebody moved, a line said to all, the projector changed', async () => {
    const page = await enter(server.demo.links.facilitator, 'sv');
    await page.goto(at('leda'));
    await expect(page.getByRole('article').first()).toContainText('Bokbussen', PATIENT);
    await tabTo(page, page.getByRole('button', { name: '1 min till för alla' }));
    const said = page.waitForResponse((answer) => answer.url().endsWith('/clock') && answer.ok());
    await page.keyboard.press('Enter');
    await said;
    await tabTo(page, page.getByRole('button', { name: w.stage.groups.move }));
    await page.keyboard.press('Enter');
    await expect(page.getByLabel(w.stage.move.who)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await tabTo(page, page.getByRole('dialog').getByRole('button', { name: w.stage.move.do, exact: true }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status').getByText(/har flyttat till/)).toBeVisible(PATIENT);
    await page.keyboard.press('m');
    await page.keyboard.type('Fem minuter kvar, hellre skarpt än runt.');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Senast')).toContainText('till alla', PATIENT);
    await page.keyboard.press('Escape');
    await page.reload();
    await tabTo(page, page.getByRole('button', { name: w.projector.remote.button, exact: true }));
    await page.keyboard.press('Enter');
    const shows = page.getByRole('radio', { name: w.projector.view.wall });
    await tabTo(page, page.getByRole('radio', { checked: true }).first());
    const radios = page.getByRole('dialog').getByRole('radio');
    const all = await radios.count();
    let on = await radios.evaluateAll((list) => list.findIndex((one) => (one as HTMLInputElement).checked));
    for (let n = 0; n < all && !(await shows.isChecked()); n++) {
      await page.keyboard.press('ArrowDown');
      on = (on + 1) % all;
      await expect(radios.nth(on)).toBeChecked(PATIENT);
    }
    await expect(shows).toBeChecked(PATIENT);
  });

  it('the list of the harvest: into a cluster, a new cluster, into the summary', async () => {
    const page = await enter(server.demo.links.chair, 'sv');
    await page.goto(at('skord'));
    await tabTo(page, page.getByRole('button', { name: w.harvest.view.list, exact: true }));
    await page.keyboard.press('Enter');
    const tray = page.getByRole('list', { name: w.harvest.tray, exact: true });
    const row = tray.getByRole('listitem').first();
    const text = (await row.locator('p').first().textContent()) ?? '';
    await tabTo(page, row.getByRole('combobox'));
    await page.keyboard.press('ArrowDown');
    await expect(tray.getByText(text, { exact: true })).toHaveCount(0, PATIENT);
    const next = tray.getByRole('listitem').first();
    const words = (await next.locator('p').first().textContent()) ?? '';
    await tabTo(page, next.getByRole('combobox'));
    await page.keyboard.press('End');
    await page.keyboard.type('Utan mus');
    await page.keyboard.press('Enter');
    const made = page.getByRole('list', { name: 'Utan mus' });
    await expect(made).toContainText(words, PATIENT);
    const used = page.getByRole('complementary').filter({ hasText: /bidrag använda/ });
    const before = await used.textContent();
    await tabTo(page, made.getByRole('button', { name: /^Ta med i sammanfattningen/ }));
    await page.keyboard.press('Enter');
    await expect(used).not.toHaveText(before ?? '', PATIENT);
    await expect(used).toContainText(words, PATIENT);
  });
});

it('nobody’s console complained', () => {
  is(people.flatMap(({ complaints }) => complaints)).toEqual([]);
});
