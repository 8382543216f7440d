/**
 * Why this file exists: twelve people from five organisations, three of them without an account, in twelve browsers: those
 * who take part in the long day of a workshop. The server runs in this process, so that what it knows can be asked for
 * straight, past every page.
 */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Category, Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { GivenRole } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { type Contribution, contributionsOf } from '#shared/workshop/contributions.ts';
import { ensureBuilt } from '../../server/build.ts';
import { SYSTEM } from '../../server/services.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';
import { type LetIn, letIn, type Person } from './browser.ts';
import { expect } from './expect.ts';

export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const LAPTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

const ORGANISATIONS = ['Almvik', 'Brantsjö', 'Ekforsa', 'Region Nordälven'];
type Seat = [name: string, organisation: number, category: Category, roles: GivenRole[]];
const LEADERS: Seat[] = [
  ['Frida Holm', 3, 'official', ['facilitator']],
  ['Gunvor Ståhl', 3, 'elected', ['chair']],
  ['Sune Dahl', 3, 'official', ['secretary']],
];
const MEMBERS: Seat[] = [
  ['Asta Berg', 0, 'elected', ['member']],
  ['Bror Lund', 0, 'official', ['member']],
  ['Cilla Ek', 1, 'elected', ['member']],
  ['David Malm', 1, 'official', ['member']],
  ['Elsa Fors', 2, 'elected', ['member']],
  ['Folke Norén', 2, 'official', ['member']],
];

/** How long a page may take to answer a press: there are twelve of them on one machine. */
export const SLOW = 60_000;

/** Somebody with a browser. */
export interface Attendant extends Person {
  /** Their own letter, in what they write. */
  letter: string;
  name: string;
  personId: Id;
  phone: boolean;
}

export interface WorkshopDay {
  house: House;
  facilitator: Visitor;
  others: { visitor: Visitor; roles: GivenRole[] }[];
  /** Opens a browser for somebody who is signed in. */
  browse(browser: Browser, visitor: Visitor, letter: string, options?: LetIn): Promise<Attendant>;
  ask<T>(as: Visitor, method: string, path: string, json?: unknown): Promise<T>;
  /** What every group has said, as the server has it, by group. */
  said(meetingId: Id, workshop: WorkshopView): Promise<Map<Id, Contribution[]>>;
  close(): Promise<void>;
}

/** Opens the house with its people in the register; nobody is in a meeting yet. */
export async function openWorkshopDay(): Promise<WorkshopDay> {
  const dist = await ensureBuilt(() => {});
  const house = await openHouse({ dist });
  const { services, relay } = house.server;
  const organisations = await Promise.all(
    ORGANISATIONS.map((name) =>
      services.organisations.create(SYSTEM, { name, shortName: name.slice(0, 3).toUpperCase() }),
    ),
  );
  const seated: { visitor: Visitor; roles: GivenRole[] }[] = [];
  for (const [name, at, category, roles] of [...LEADERS, ...MEMBERS]) {
    const visitor = await house.add(name, { email: `${name.split(' ')[0]?.toLowerCase()}@radslag.example` });
    await services.people.update(SYSTEM, visitor.person.id, { organisationId: organisations[at]?.id, category });
    seated.push({ visitor, roles });
  }
  const [facilitator, ...others] = seated;
  if (!facilitator) throw new Error('nobody leads');
  return {
    house,
    facilitator: facilitator.visitor,
    others,
    async browse(browser, visitor, letter, options) {
      const person = await letIn(browser, null, { context: LAPTOP, ...options });
      person.context.setDefaultTimeout(SLOW);
      const [name = '', value = ''] = visitor.cookie.split('=');
      await person.context.addCookies([{ name, value, url: house.url, httpOnly: true, sameSite: 'Lax' }]);
      return Object.assign(person, { letter, name: visitor.person.name, personId: visitor.person.id, phone: false });
    },
    async ask<T>(as: Visitor, method: string, path: string, json?: unknown) {
      const answer = await house.fetch(path, { method, as, ...(json === undefined ? {} : { json }) });
      const said = answer.status === 204 ? undefined : await answer.json();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(said)}`);
      return said as T;
    },
    async said(meetingId, workshop) {
      const promptIds = workshop.prompts.map(({ id }) => id);
      const groups = workshop.rounds.flatMap((round) => round.groups);
      const found = new Map<Id, Contribution[]>();
      for (const { id } of groups) {
        const room = roomName({ kind: 'group', meetingId, groupId: id });
        found.set(id, await relay.read(room, (doc) => contributionsOf(doc, id, promptIds)));
      }
      return found;
    },
    close: () => house.close(),
  };
}

/** Everybody but the facilitator takes part in a meeting that the facilitator has made. */
export async function inviteAll(day: WorkshopDay, meetingId: Id): Promise<Meeting> {
  const { meetings } = day.house.server.services;
  for (const { visitor, roles } of day.others)
    await meetings.addParticipant(day.facilitator.caller, meetingId, { personId: visitor.person.id, roles });
  return day.ask<Meeting>(day.facilitator, 'GET', `/api/meetings/${meetingId}`);
}

/** The phone is put away: its page is not looked at any more, and it has no network. */
export async function fallAsleep(phone: Person): Promise<void> {
  await phone.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  phone.cut();
  await phone.context.setOffline(true);
}

/** It is taken up again. */
export async function wakeUp(phone: Person): Promise<void> {
  phone.mend();
  await phone.context.setOffline(false);
  await phone.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

/** Waits until everything that was written on a page is on the server's disk. */
export async function untilKept(person: Person): Promise<void> {
  await expect(person.page.locator('[data-saved="saved"]').first()).toBeVisible({ timeout: 45_000 });
}
