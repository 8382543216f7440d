/**
 * Why this file exists: the small house the fault tests live in: people who are signed in, one meeting, and rooms with one
 * empty paragraph to write in. The same for a server in the test's process and for one in its own.
 */
import * as Y from 'yjs';
import { readItems } from '#shared/agenda.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import type { RunningServer } from '../../server/compose.ts';
import type { Relay } from '../../server/relay/ports.ts';
import { SYSTEM } from '../../server/services.ts';

/** Its first person is the meeting's secretary and facilitator, the others are members. */
export interface Furnished {
  meetingId: string;
  /** Rooms of the meeting's items. */
  rooms: string[];
  /** For a Cookie header, one per person. */
  cookies: string[];
  /** Ids of the people, in the order of their cookies. */
  people: string[];
}

/** What tests write in: one empty paragraph. */
function layParagraph(relay: Relay, room: string, personId: string): Promise<void> {
  return relay.edit(room, personId, (doc) => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText()]);
    const notes = doc.getXmlFragment(NOTES_FRAGMENT);
    notes.delete(0, notes.length);
    notes.insert(0, [paragraph]);
  });
}

/** Makes the house in an empty server. */
export async function furnish(server: RunningServer, people: number): Promise<Furnished> {
  const { services, relay } = server;
  const cookies: string[] = [];
  const ids: string[] = [];
  for (let n = 0; n < people; n++) {
    const person = await services.people.create(SYSTEM, { name: `Person ${n + 1}`, email: null });
    const { token } = await services.sessions.begin(person.id);
    cookies.push(`radslag=${token}`);
    ids.push(person.id);
  }
  const [owner = '', ...others] = ids;
  const caller = { personId: owner, isAdmin: false, sessionId: '' };
  const meeting = await services.meetings.create(caller, { template: 'working', title: 'Provmöte' });
  for (const personId of others)
    await services.meetings.addParticipant(caller, meeting.id, { personId, roles: ['member'] });
  const items = await relay.read(`agenda:${meeting.id}`, (doc) => readItems(doc).map((item) => item.id));
  const rooms = items.map((id) => `item:${meeting.id}:${id}`);
  for (const room of rooms) await layParagraph(relay, room, owner);
  return { meetingId: meeting.id, rooms, cookies, people: ids };
}

/** Adds a room nobody has written in and gives its name. */
export async function addRoom(server: RunningServer, house: Furnished): Promise<string> {
  const caller = { personId: house.people[0] ?? '', isAdmin: false, sessionId: '' };
  const first = house.rooms[0]?.split(':').at(-1) ?? '';
  const { itemId } = await server.services.meetings.splitItem(caller, house.meetingId, first, {
    blocks: [],
    title: 'Ännu en punkt',
  });
  const room = `item:${house.meetingId}:${itemId}`;
  await layParagraph(server.relay, room, caller.personId);
  return room;
}
