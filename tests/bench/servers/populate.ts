/**
 * Why this file exists: the people and rooms the bench types in. Enough rooms for a thousand idle ones: ten meetings of a
 * hundred people and a hundred items each.
 */
import { addItem } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { RunningServer } from '../../../server/compose.ts';
import { type Caller, SYSTEM } from '../../../server/services.ts';
import { signInByLink } from '../../support/people.ts';
import type { Target } from './questions.ts';

const PEOPLE = 100;
const MEETINGS = 10;
const ITEMS = 100;

/** Makes the people, their sessions, the meetings and their items; returns what clients need. */
export async function populate({ services, relay, devLink }: RunningServer): Promise<Omit<Target, 'url'>> {
  const callers: Caller[] = [];
  const cookies: string[] = [];
  for (let n = 0; n < PEOPLE; n++) {
    const { id } = await services.people.create(SYSTEM, { name: `Deltagare ${n + 1}` });
    callers.push({ personId: id, isAdmin: false, sessionId: '' });
    cookies.push((await signInByLink(devLink(id, '/'))).cookie);
  }
  const [creator, ...others] = callers;
  if (!creator) throw new Error('nobody');
  const rooms: string[] = [];
  for (let n = 0; n < MEETINGS; n++) {
    const meeting = await services.meetings.create(creator, { template: 'blank', title: `Mätning ${n + 1}` });
    for (const { personId } of others)
      await services.meetings.addParticipant(creator, meeting.id, { personId, roles: ['member'] });
    const items = Array.from({ length: ITEMS }, () => newId());
    await relay.edit(roomName({ kind: 'agenda', meetingId: meeting.id }), creator.personId, (doc) => {
      for (const id of items) addItem(doc, { id, title: 'Punkt', kind: 'information' });
    });
    rooms.push(...items.map((itemId) => roomName({ kind: 'item', meetingId: meeting.id, itemId })));
  }
  return { cookies, rooms };
}
