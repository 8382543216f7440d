/**
 * Why this file exists: the day the house is for, as the load case needs it: twelve groups of ten who write, the
 * facilitator who has them all on the wall, and a projector. Real rooms with the rights they have in a meeting.
 */
import { addItem } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { RunningServer } from '../../../server/compose.ts';
import { type Caller, SYSTEM } from '../../../server/services.ts';
import { signInByLink } from '../../support/people.ts';
import type { WorkshopTarget } from './questions.ts';

export const GROUPS = 12;
export const EACH = 10;
const PROMPTS = ['Vad fungerar redan i dag?', 'En vanlig tisdag 2035', 'Vad måste vi välja?'];
const MINUTES = 120;

interface Somebody {
  caller: Caller;
  cookie: string;
}

/** Makes the people, the meeting and its workshop, and starts the clock. */
export async function populateWorkshop(server: RunningServer): Promise<WorkshopTarget> {
  const { services, relay } = server;
  const add = async (name: string): Promise<Somebody> => {
    const { id } = await services.people.create(SYSTEM, { name });
    const { cookie } = await signInByLink(server.devLink(id, '/'));
    return { caller: { personId: id, isAdmin: false, sessionId: '' }, cookie };
  };
  const facilitator = await add('Frida Holm');
  const members: Somebody[] = [];
  for (let n = 0; n < GROUPS * EACH; n++) members.push(await add(`Gruppdeltagare ${n + 1}`));

  const me = facilitator.caller;
  const { id: meetingId } = await services.meetings.create(me, { template: 'blank', title: 'Framtidsdag' });
  for (const { caller } of members)
    await services.meetings.addParticipant(me, meetingId, { personId: caller.personId, roles: ['member'] });
  const itemId = newId();
  await relay.edit(roomName({ kind: 'agenda', meetingId }), me.personId, (doc) => {
    addItem(doc, { id: itemId, title: 'Nära till det nödvändiga 2035', kind: 'dialogue' });
  });
  const made = await services.workshops.create(me, meetingId, itemId, {
    prompts: PROMPTS.map((heading) => ({ heading })),
    groups: GROUPS,
    minutes: MINUTES,
  });
  const [round] = made.rounds;
  if (!round) throw new Error('a workshop without a round');
  await services.workshops.updateRound(me, meetingId, itemId, round.id, {
    groups: round.groups.map(({ id }, group) => ({
      id,
      name: `Grupp ${group + 1}`,
      members: members.slice(group * EACH, (group + 1) * EACH).map(({ caller }) => caller.personId),
    })),
  });
  await services.workshops.clock(me, meetingId, itemId, round.id, { do: 'start' });
  const screen = await screenCookie(server, (await services.projector.makeLink(me, meetingId)).url);
  return {
    cookies: round.groups.flatMap((_, group) => [
      ...members.slice(group * EACH, (group + 1) * EACH).map(({ cookie }) => cookie),
      facilitator.cookie,
      screen,
    ]),
    rooms: round.groups.map(({ id: groupId }) => roomName({ kind: 'group', meetingId, groupId })),
    fragments: round.groups.map((_, group) => made.prompts[group % made.prompts.length]?.id ?? ''),
  };
}

/** Opens the projector's link as its page does. */
async function screenCookie({ url }: RunningServer, link: string): Promise<string> {
  const answer = await fetch(`${url}/api/projector/enter`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ token: new URL(link).hash.slice(1) }),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (!answer.ok || !cookie) throw new Error(`the projector's link did not open: ${answer.status}`);
  return cookie;
}
