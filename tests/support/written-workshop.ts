/**
 * Why this file exists: a workshop in which three groups have written, made the way people make it: by the API and through
 * the groups' rooms. What the tests of the harvest begin with.
 */
import * as Y from 'yjs';
import { readItems } from '#shared/agenda.ts';
import { roomName } from '#shared/rooms.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { type DocClient, openDoc } from './light-client.ts';
import { call, type SignedIn, signInByLink } from './people.ts';
import type { DemoLine } from './server-process.ts';

/** What each group says under each prompt. */
export const SAID: readonly (readonly (readonly string[])[])[] = [
  [
    ['Man går till en disk, inte till en myndighet.', 'En telefon som någon svarar i är också en servicepunkt.'],
    ['Ingen över åttio har mer än en halvtimme till provtagning.', 'Bokbussen stannar där folk ändå möts.'],
  ],
  [
    ['Lanthandlarna är redan ombud för allt utom det offentliga.', 'Skolans matsal är byns matsal efter klockan tre.'],
    ['Bussen på beställning fyller tre gånger fler stolar.', 'Den som är 85 och den som är 15 åker med samma bil.'],
  ],
  [
    ['Fibern är utbyggd, men någon måste hjälpa grannen att logga in.'],
    ['Hellre öppet en kväll i veckan nära än varje dag långt bort.', 'Vem äger frågan när båda har rätt?'],
  ],
];
const PROMPTS = ['I dag', 'Tisdag 2035'];

export interface WrittenWorkshop {
  workshop: WorkshopView;
  itemId: string;
  facilitator: SignedIn;
  /** Path of the board. */
  board: string;
  path: string;
  /** Of the nth group. */
  groupId(group: number): string;
  /** Joins a room as the facilitator. */
  open(room: string): DocClient;
  /** Adds a line under a prompt of a group, as the facilitator, and waits until it is saved. */
  write(group: number, prompt: number, line: string): Promise<void>;
}

/** Puts lines first under a prompt. */
function put(doc: Y.Doc, promptId: string, lines: readonly string[]): void {
  doc.getXmlFragment(promptId).insert(
    0,
    lines.map((line) => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText(line)]);
      return paragraph;
    }),
  );
}

async function answer<T>(person: SignedIn, method: string, path: string, body?: unknown): Promise<T> {
  const response = await call(person, method, path, body);
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Makes such a workshop on a dialogue of the demo's meeting that has none. */
export async function writtenWorkshop(demo: DemoLine): Promise<WrittenWorkshop> {
  const { meetingId } = demo;
  const [facilitator, ...members] = await Promise.all(
    [demo.links.facilitator, demo.links.member1, demo.links.member2].map(signInByLink),
  );
  if (!facilitator) throw new Error('no facilitator');
  const agenda = openDoc(facilitator, roomName({ kind: 'agenda', meetingId }));
  await agenda.synced();
  const dialogues = readItems(agenda.doc).filter(({ kind, archived }) => kind === 'dialogue' && !archived);
  agenda.destroy();
  const base = `/api/meetings/${meetingId}/items`;
  let itemId: string | null = null;
  for (const { id } of dialogues)
    if ((await answer(facilitator, 'GET', `${base}/${id}/workshop`)) === null) itemId ??= id;
  if (itemId === null) throw new Error('no dialogue without a workshop');
  const path = `${base}/${itemId}/workshop`;
  const made = await answer<WorkshopView>(facilitator, 'POST', path, {
    prompts: PROMPTS.map((heading) => ({ heading })),
    groups: 3,
  });
  const round = made.rounds[0]!;
  const people = await Promise.all(
    members.map((member) => answer<{ person: { id: string } }>(member, 'GET', '/api/session')),
  );
  await answer(facilitator, 'PATCH', `${path}/rounds/${round.id}`, {
    groups: round.groups.map(({ id, colour }, n) => ({
      id,
      colour,
      name: ['Älven', 'Skogen', 'Byn'][n]!,
      members: people[n] ? [people[n].person.id] : [],
    })),
  });
  const workshop = await answer<WorkshopView>(facilitator, 'POST', `${path}/rounds/${round.id}/clock`, { do: 'start' });
  const groupRoom = (n: number) => roomName({ kind: 'group', meetingId, groupId: round.groups[n]!.id });
  for (const [n, prompts] of SAID.entries()) {
    const client = openDoc(members[n] ?? facilitator, groupRoom(n));
    await client.synced();
    for (const [p, lines] of prompts.entries()) put(client.doc, workshop.prompts[p]!.id, lines);
    await client.settled();
    client.destroy();
  }
  return {
    workshop,
    itemId,
    facilitator,
    path,
    groupId: (group) => round.groups[group]!.id,
    board: `/m/${meetingId}/p/${itemId}/skord`,
    open: (room) => openDoc(facilitator, room),
    async write(group, prompt, line) {
      const client = openDoc(facilitator, groupRoom(group));
      await client.synced();
      put(client.doc, workshop.prompts[prompt]!.id, [line]);
      await client.settled();
      client.destroy();
    },
  };
}
