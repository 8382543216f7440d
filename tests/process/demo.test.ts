/**
 * What `npm run demo` promises: a meeting in full swing in an empty folder, one line for programs, links that sign in as
 * often as one likes, and data that `npm start` goes on with.
 */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readItems } from '#shared/agenda.ts';
import type { Meeting, MeetingSummary } from '#shared/api.ts';
import { isId } from '#shared/ids.ts';
import { NOTES_FRAGMENT, parseRoom } from '#shared/rooms.ts';
import { untilInFullSwing } from '../../server/demo/timetable.ts';
import { openDoc } from '../support/light-client.ts';
import { call, signInByLink } from '../support/people.ts';
import {
  type DemoLine,
  type ServerProcess,
  spawnServer,
  startDemo,
  startInstallation,
  temporaryFolder,
} from '../support/server-process.ts';

const folder = temporaryFolder();
let server: ServerProcess & { demo: DemoLine };

beforeAll(async () => {
  server = await startDemo({ dataDir: folder.path });
}, 120_000);
afterAll(async () => {
  await server?.end();
  folder.remove();
});

async function meetingAs(link: string): Promise<Meeting> {
  const person = await signInByLink(link);
  return (await (await call(person, 'GET', `/api/meetings/${server.demo.meetingId}`)).json()) as Meeting;
}

describe('the line for programs', () => {
  it('is the only one on stdout and names the address, the meeting, its rooms and a link per role', () => {
    expect(server.stdout().trim().split('\n')).toHaveLength(1);
    const { url, meetingId, rooms, links } = server.demo;
    expect(new URL(url).origin).toBe(url);
    expect(isId(meetingId)).toBe(true);
    expect(rooms[0]).toBe(`agenda:${meetingId}`);
    for (const room of rooms) expect(parseRoom(room)).not.toBeNull();
    expect(Object.keys(links).sort()).toEqual([
      'chair',
      'facilitator',
      'guest1',
      'guest2',
      'member1',
      'member2',
      'observer',
      'projector',
      'secretary',
    ]);
  });

  it('lists first an item in which everybody but the observer may write', async () => {
    const room = server.demo.rooms.find((name) => name.startsWith('item:')) ?? '';
    for (const seat of ['chair', 'secretary', 'facilitator', 'member1', 'member2', 'observer'] as const) {
      const link = server.demo.links[seat];
      const client = openDoc(await signInByLink(link), room);
      await client.synced();
      await expect.poll(() => client.access()).toBe(seat === 'observer' ? 'read' : 'write');
      client.destroy();
    }
  });
});

describe('a link', () => {
  it('is a plain GET that signs in again and again, and leads to the meeting', async () => {
    for (let n = 0; n < 3; n++) {
      const answer = await fetch(server.demo.links.chair, { redirect: 'manual' });
      expect(answer.status).toBe(302);
      expect(answer.headers.getSetCookie()).toHaveLength(1);
      expect(answer.headers.get('location')).toContain(`/m/${server.demo.meetingId}`);
    }
    const chair = await signInByLink(server.demo.links.chair);
    const session = await (await call(chair, 'GET', '/api/session')).json();
    expect(session).toMatchObject({ person: { name: 'Gunvor Ståhlberg' } });
  });
});

describe('the retreat', () => {
  it('has seven organisations, two sittings and some two dozen people, three of them away in part', async () => {
    const meeting = await meetingAs(server.demo.links.facilitator);
    expect(meeting.organisations).toHaveLength(7);
    expect(meeting.sittings).toHaveLength(2);
    expect(meeting.participants).toHaveLength(26);
    expect(meeting.phase).toBe('ongoing');
    const absences = meeting.participants.map(({ absence }) => absence).filter((words) => words !== '');
    expect(absences).toContain('dag 2');
    expect(absences).toContain('från kl. 10.00 dag 2');
  });

  it('stands at a point that was opened a little while ago, after others that are behind it', async () => {
    const meeting = await meetingAs(server.demo.links.facilitator);
    const current = meeting.items.find(({ itemId }) => itemId === meeting.currentItemId);
    const visit = current?.visits.at(-1);
    expect(visit?.to).toBeNull();
    // In the small hours the demo's clock is ahead.
    const now = Date.now() + untilInFullSwing(Date.now());
    expect(now - (visit?.from ?? 0)).toBeLessThan(30 * 60_000);
    expect(now - (visit?.from ?? Infinity)).toBeGreaterThanOrEqual(0);
    const closed = meeting.items.flatMap(({ visits }) => visits).filter(({ to }) => to !== null);
    expect(closed.length).toBeGreaterThanOrEqual(7);
    for (const { from, to } of closed) expect(to ?? 0).toBeGreaterThanOrEqual(from);
  });

  it('has ten numbered points of different kinds with notes by several people, and a matrix with a header row', async () => {
    const person = await signInByLink(server.demo.links.secretary);
    const agenda = openDoc(person, server.demo.rooms[0] ?? '');
    await agenda.synced();
    const items = readItems(agenda.doc);
    agenda.destroy();
    const sections = new Set(items.filter(({ kind }) => kind === 'section').map(({ id }) => id));
    const numbered = items.filter(({ kind, parent }) => kind !== 'section' && kind !== 'break' && sections.has(parent));
    expect(numbered).toHaveLength(10);
    expect(new Set(numbered.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(7);

    const authors = new Set<string>();
    let matrix = '';
    for (const room of server.demo.rooms.filter((name) => name.startsWith('item:'))) {
      const parsed = parseRoom(room);
      if (parsed?.kind !== 'item') throw new Error(room);
      const client = openDoc(person, room);
      await client.synced();
      const words = client.doc.getXmlFragment(NOTES_FRAGMENT).toString();
      client.destroy();
      if (words.includes('tableheader')) matrix += words;
      const numberedHere = numbered.some(({ id }) => id === parsed.itemId);
      if (numberedHere) expect(words.length, room).toBeGreaterThan(100);
      const answer = await call(person, 'GET', `/api/meetings/${parsed.meetingId}/items/${parsed.itemId}/authorship`);
      const { spans } = (await answer.json()) as { spans: { personId: string }[] };
      for (const { personId } of spans) authors.add(personId);
    }
    expect(authors.size).toBeGreaterThanOrEqual(10);
    expect(matrix).toContain('Hantering');
    expect(matrix).toContain('”');
  });

  it('is not the only meeting of its people', async () => {
    const person = await signInByLink(server.demo.links.member2);
    const mine = (await (await call(person, 'GET', '/api/meetings')).json()) as MeetingSummary[];
    expect(new Set(mine.map(({ phase }) => phase))).toEqual(
      new Set(['preparation', 'ongoing', 'verification', 'verified']),
    );
  });
});

describe('the data', () => {
  it('is gone with the process when no folder was named', async () => {
    const place = temporaryFolder();
    try {
      const temporary = await startDemo({ env: { TMPDIR: place.path } });
      expect(readdirSync(place.path)).toHaveLength(1);
      expect(await temporary.end('SIGTERM')).toMatchObject({ code: 0 });
      expect(readdirSync(place.path)).toEqual([]);
    } finally {
      place.remove();
    }
  });

  it('is gone on with, not made a second time, when a folder is named again', async () => {
    const { meetingId, rooms } = server.demo;
    await server.end('SIGTERM');
    server = await startDemo({ dataDir: folder.path });
    expect(server.demo.meetingId).toBe(meetingId);
    expect(server.demo.rooms).toEqual(rooms);
    expect((await meetingAs(server.demo.links.chair)).organisations).toHaveLength(7);
  });

  it('is what npm start goes on with: its sessions count, its links do not', async () => {
    const chair = await signInByLink(server.demo.links.chair);
    const path = new URL(server.demo.links.chair).pathname;
    const { port } = server;
    await server.end('SIGTERM');
    const installation = await startInstallation({ dataDir: folder.path, port });
    try {
      expect((await call(chair, 'GET', `/api/meetings/${server.demo.meetingId}`)).status).toBe(200);
      const refused = await fetch(installation.url + path, { redirect: 'manual' });
      expect(refused.headers.getSetCookie()).toEqual([]);
      expect(refused.status).toBe(404);
    } finally {
      await installation.end('SIGTERM');
    }
  });

  it('is never mixed with an installation that the demo did not make', async () => {
    const other = temporaryFolder();
    try {
      await (await startInstallation({ dataDir: other.path })).end('SIGTERM');
      const started = spawnServer(['server/demo.ts', '--json', '--port', '0', '--data', other.path]);
      const { code } = await started.exit;
      expect(code).toBe(1);
      expect(started.output.stderr).toMatch(/demo did not make/);
      expect(started.output.stdout).toBe('');
    } finally {
      other.remove();
    }
  });
});
