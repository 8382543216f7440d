/**
 * Why this file exists: one person for each column of the tables of rights, in one workshop on a real server, and a way
 * to try a door or a request as each of them that looks at what really happened and not at what was promised.
 */
import { DatabaseSync } from 'node:sqlite';
import * as Y from 'yjs';
import type { Guests } from '#shared/guests/api.ts';
import { newId } from '#shared/ids.ts';
import type { GivenRole } from '#shared/policy.ts';
import type { ProjectorLink } from '#shared/projector/api.ts';
import { EDITOR_SCHEMA_VERSION, MESSAGE_PERSISTED, WIRE_VERSION } from '#shared/wire.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { addCluster } from '#shared/workshop/harvest.ts';
import { accessOf, bytes, mark, updateBy, updateMessage } from '../attacks/frames.ts';
import type { Visitor } from '../http/house.ts';
import { openWorkshopHouse, PROMPTS, type WorkshopHouse } from './house.ts';
import { CAST, type Cast, isLive, type State } from './rights-table.ts';

export interface RightsHouse extends WorkshopHouse {
  cast: Record<Cast, Visitor>;
  workshop: WorkshopView;
  /** Ids of the two groups. */
  groups: [one: string, two: string];
  round: string;
  promptId: string;
  /** Puts the meeting into a state, straight in the data: some of them cannot be left again by any request. */
  put(state: State): void;
}

async function guestOf(w: WorkshopHouse, code: string, name: string): Promise<Visitor> {
  const answer = await w.house.fetch('/api/guests/join', {
    method: 'POST',
    json: { code, name, key: newId() + newId() },
  });
  return visitorBy(w, answer.headers.get('set-cookie')?.split(';')[0] ?? '');
}

async function visitorBy(w: WorkshopHouse, cookie: string): Promise<Visitor> {
  const caller = await w.house.server.services.sessions.peek(cookie.split('=')[1] ?? '');
  if (!caller) throw new Error('nobody came in');
  return { person: { id: caller.personId } as Visitor['person'], caller, cookie };
}

/** The whole cast around a workshop of two groups. Close `house` afterwards. */
export async function openRightsHouse(): Promise<RightsHouse> {
  const w = await openWorkshopHouse({}, { attacked: true });
  const { house, meetingId, facilitator } = w;
  const participants = `/api/meetings/${meetingId}/participants`;
  const join = async (name: string, role: GivenRole): Promise<Visitor> => {
    const visitor = await house.add(name);
    await w.ask(facilitator, 'POST', participants, { personId: visitor.person.id, roles: [role] });
    return visitor;
  };
  await w.ask(facilitator, 'PATCH', `${participants}/${facilitator.person.id}`, { roles: ['facilitator'] });
  const { code } = await w.ask<Guests>(facilitator, 'PATCH', `/api/meetings/${meetingId}/guests`, { open: true });
  const { url } = await w.ask<ProjectorLink>(facilitator, 'POST', `/api/meetings/${meetingId}/projector/link`);
  const entered = await house.fetch('/api/projector/enter', { method: 'POST', json: { token: url.split('#')[1] } });
  const cast: Record<Cast, Visitor> = {
    chair: w.chair,
    viceChair: await join('Vera Ko', 'viceChair'),
    secretary: await join('Sten Ro', 'secretary'),
    facilitator,
    scribe: w.members[3],
    mine: w.members[0],
    other: w.members[1],
    presenter: await join('Pia Mo', 'presenter'),
    observer: w.observer,
    guest: await guestOf(w, code ?? '', 'Gun Ås'),
    guest2: await guestOf(w, code ?? '', 'Gerd Bo'),
    screen: await visitorBy(w, entered.headers.get('set-cookie')?.split(';')[0] ?? ''),
    admin: await house.add('Ada Lo', { isAdmin: true }),
    stranger: w.stranger,
  };
  const made = await w.ask(facilitator, 'POST', '', { prompts: PROMPTS, groups: 2, minutes: 500 });
  const [one, two] = made.rounds[0]?.groups ?? [];
  const round = made.currentRoundId;
  await w.ask(facilitator, 'PATCH', `/rounds/${round}`, {
    groups: [
      { id: one?.id, name: 'Ett', members: [cast.mine.person.id, cast.guest.person.id] },
      { id: two?.id, name: 'Två', members: [cast.other.person.id, cast.guest2.person.id] },
    ],
  });
  const workshop = await w.ask(facilitator, 'PATCH', '', { scribes: [cast.scribe.person.id], selfSelectCap: 400 });
  return {
    ...w,
    cast,
    workshop,
    groups: [one?.id ?? '', two?.id ?? ''],
    round,
    promptId: workshop.prompts[0]?.id ?? '',
    put(state) {
      const db = new DatabaseSync(house.file, { timeout: 5_000 });
      db.prepare('update meeting set phase = ?, cancelled_at = ?, archived_at = ? where id = ?').run(
        isLive(state) || state === 'verified' ? state : 'ongoing',
        state === 'cancelled' ? 1 : null,
        state === 'archived' ? 1 : null,
        meetingId,
      );
      db.close();
    },
  };
}

/** What somebody found at a door. */
export interface Found {
  /** What they were told they may: "write", "read closed"; or the code the door was shut with. */
  told: string | number;
  /** Frames that came before it was shut. */
  frames: number;
}

function news(h: RightsHouse, room: string, word: string): Uint8Array {
  return updateBy((doc) => {
    if (room.startsWith('harvest:')) return addCluster(doc, { id: newId(), name: word, at: 1, by: newId() });
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(word)]);
    doc.getXmlFragment(h.promptId).insert(0, [paragraph]);
  });
}

/** Goes in, writes `word` whatever one is told, and waits until the server has said what became of it. */
export function tryDoor(h: RightsHouse, as: Visitor, room: string, word: string): Promise<Found> {
  const query = `v=${WIRE_VERSION}&schema=${EDITOR_SCHEMA_VERSION}`;
  const socket = h.house.socket(`/collab/${room}?${query}`, { cookie: as.cookie, origin: h.house.url });
  const saved = Buffer.from(bytes(MESSAGE_PERSISTED, 1));
  return new Promise((resolve) => {
    let told = '';
    let frames = 0;
    const done = (what: string | number): void => {
      resolve({ told: what, frames });
      socket.terminate();
    };
    socket.on('error', () => {});
    socket.on('unexpected-response', (_request, response) => done(-(response.statusCode ?? 0)));
    socket.on('close', (code) => done(code));
    socket.on('message', (data: Buffer) => {
      frames += 1;
      const access = accessOf(data);
      if (access !== null && told === '') {
        told = access;
        socket.send(updateMessage(news(h, room, word)));
        socket.send(mark(1));
      } else if (saved.equals(data) || access?.includes('refused')) done(told);
    });
  });
}

/** The words that are in a room. */
export function wordsIn(h: RightsHouse, room: string): Promise<string[]> {
  return h.house.server.relay.read(room, (doc) => {
    const all = room.startsWith('harvest:')
      ? JSON.stringify(doc.getMap('clusters').toJSON())
      : doc.getXmlFragment(h.promptId).toString();
    return [...new Set(all.match(/word[a-z0-9]+/gi) ?? [])].sort();
  });
}

/** Everybody at once. */
export async function eachOf<T>(what: (who: Cast) => Promise<T>): Promise<Record<Cast, T>> {
  return Object.fromEntries(await Promise.all(CAST.map(async (who) => [who, await what(who)]))) as Record<Cast, T>;
}
