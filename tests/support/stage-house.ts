/**
 * Why this file exists: a meeting in the middle of its workshop, on a real server with the built client, for the tests and
 * measurements of the wall and the projector: so many groups of so many people, prompts, and a clock that runs.
 */
import type { Browser } from 'playwright-core';
import * as Y from 'yjs';
import { addItem } from '#shared/agenda.ts';
import type { Meeting } from '#shared/api.ts';
import { type Id, newId } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { ensureBuilt } from '../../server/build.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';
import { letIn, type Person } from './browser.ts';

const FIRST = ['Elsa', 'Kerstin', 'Henrik', 'Rut', 'Amina', 'Jonas', 'Freja', 'Torbjörn', 'Lovisa', 'Ville', 'Gunvor'];
const LAST = [
  'Almgren',
  'Björk',
  'Dahl',
  'Ek',
  'Fors',
  'Grahn',
  'Hedlund',
  'Ivarsson',
  'Kvist',
  'Lind',
  'Malm',
  'Norén',
];
const PLACES = [
  'Älven',
  'Skogen',
  'Byn',
  'Fjället',
  'Sjön',
  'Vägen',
  'Bruket',
  'Myren',
  'Åsen',
  'Ängen',
  'Hamnen',
  'Kvarnen',
];
const ROOMS = ['Sal Näcken', 'Biblioteket', 'Glasverandan'];
const PROMPTS = ['Vad fungerar redan i dag?', 'En vanlig tisdag 2035', 'Vad måste vi välja?'];

export interface StageHouse {
  house: House;
  facilitator: Visitor;
  /** By group. */
  members: Visitor[][];
  meeting: Meeting;
  itemId: Id;
  /** The round's groups in order, as they are when the house is opened. */
  groupIds: Id[];
  promptIds: Id[];
  /** The workshop now. */
  workshop(): Promise<WorkshopView>;
  /** Asks under /api/meetings/<the meeting>; throws what was refused. */
  ask<T>(as: Visitor, method: string, path: string, json?: unknown): Promise<T>;
  /** Writes an entry of a list at the end of a prompt, as a member of the group. */
  write(group: number, prompt: number, text: string, member?: number): Promise<void>;
  /** Somebody's browser, signed in. */
  browse(browser: Browser, as: Visitor, path: string, options?: Parameters<typeof letIn>[2]): Promise<Person>;
}

/** Opens it; the round runs when `started`. Close `house` afterwards. */
export async function openStageHouse(options: {
  groups: number;
  each: number;
  started?: boolean;
  minutes?: number;
  client?: boolean;
}): Promise<StageHouse> {
  const dist = options.client === false ? null : await ensureBuilt(() => {});
  const house = await openHouse(dist === null ? {} : { dist });
  const { server } = house;
  const facilitator = await house.add('Frida Holm');
  const members = await Promise.all(
    Array.from({ length: options.groups }, (_, group) =>
      Promise.all(
        Array.from({ length: options.each }, (_, place) => {
          const n = group * options.each + place;
          // With an address they have something to sign in with, as people in a meeting do.
          return house.add(`${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / FIRST.length) % LAST.length]}`, {
            email: `person${n}@radslag.example`,
          });
        }),
      ),
    ),
  );
  const { meeting } = await house.meeting(
    facilitator,
    members.flat().map((member) => [member, ['member']]),
  );
  const itemId = newId();
  await server.relay.edit(`agenda:${meeting.id}`, facilitator.person.id, (doc) => {
    addItem(doc, { id: itemId, title: 'Nära till det nödvändiga 2035', kind: 'dialogue' });
  });

  async function ask<T>(as: Visitor, method: string, path: string, json?: unknown): Promise<T> {
    const answer = await house.fetch(`/api/meetings/${meeting.id}${path}`, {
      method,
      as,
      ...(json === undefined ? {} : { json }),
    });
    const said = answer.status === 204 ? undefined : await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(said)}`);
    return said as T;
  }
  const path = `/items/${itemId}/workshop`;
  const made = await ask<WorkshopView>(facilitator, 'POST', path, {
    prompts: PROMPTS.map((heading) => ({ heading })),
    groups: options.groups,
    minutes: options.minutes ?? 40,
  });
  const roundId = made.currentRoundId;
  const groups = made.rounds[0]?.groups ?? [];
  await ask(facilitator, 'PATCH', `${path}/rounds/${roundId}`, {
    groups: groups.map(({ id }, index) => ({
      id,
      name: PLACES[index % PLACES.length],
      place: ROOMS[index % ROOMS.length],
      members: (members[index] ?? []).map(({ person }) => person.id),
    })),
  });
  if (options.started !== false) await ask(facilitator, 'POST', `${path}/rounds/${roundId}/clock`, { do: 'start' });
  const groupIds = groups.map(({ id }) => id);
  const promptIds = made.prompts.map(({ id }) => id);

  return {
    house,
    facilitator,
    members,
    meeting,
    itemId,
    groupIds,
    promptIds,
    ask,
    workshop: () => ask<WorkshopView>(facilitator, 'GET', path),
    async write(group, prompt, text, member = 0) {
      const author = members[group]?.[member] ?? facilitator;
      await server.relay.edit(`group:${meeting.id}:${groupIds[group]}`, author.person.id, (doc) => {
        appendEntry(doc.getXmlFragment(promptIds[prompt] ?? ''), text);
      });
    },
    async browse(browser, as, where, more) {
      const person = await letIn(browser, null, more);
      const [name = '', value = ''] = as.cookie.split('=');
      await person.context.addCookies([{ name, value, url: house.url, httpOnly: true, sameSite: 'Lax' }]);
      await person.page.goto(house.url + where);
      return person;
    },
  };
}

/** Puts an entry at the end of the fragment's first list, and makes the list when there is none. */
export function appendEntry(fragment: Y.XmlFragment, text: string): Y.XmlText {
  let list = fragment
    .toArray()
    .find((block): block is Y.XmlElement => block instanceof Y.XmlElement && block.nodeName === 'bulletList');
  if (!list) {
    list = new Y.XmlElement('bulletList');
    // The server's empty paragraph stays where an editor would have it: after the list.
    fragment.insert(0, [list]);
  }
  const entry = new Y.XmlElement('listItem');
  const paragraph = new Y.XmlElement('paragraph');
  const words = new Y.XmlText(text);
  paragraph.insert(0, [words]);
  entry.insert(0, [paragraph]);
  list.push([entry]);
  return words;
}
