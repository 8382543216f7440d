/**
 * Why this file exists: signing in, staying in and getting out, through HTTP on a real server: what the cookie is, what
 * dies with what, and that nothing tells which accounts exist.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LinkView, SessionView } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import { ABSOLUTE_MS } from '../../server/people/sessions.ts';
import { type House, openHouse, type Visitor } from './house.ts';

const PASSWORD = 'granarna vid ån';
const DAY = 24 * 3600_000;

let house: House;
let admin: Visitor;
let count = 0;

const tokenOf = (url: string) => url.split('#')[1] ?? '';
const cookieOf = (response: Response) => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const session = (cookie: string) => house.fetch('/api/session', { headers: { cookie } });
const post = (path: string, json: unknown, cookie = '') =>
  house.fetch(path, { method: 'POST', json, headers: { cookie } });

/** Somebody new who has chosen {@link PASSWORD} through an invitation. */
async function member(): Promise<{ email: string; id: string; cookie: string }> {
  count += 1;
  const email = `person${count}@exempel.se`;
  const { person } = await house.add(`Person ${count}`, { email });
  const { url } = await house.server.services.links.invite(admin.caller, person.id);
  const response = await post('/api/links/use', { token: tokenOf(url), password: PASSWORD });
  expect(response.status).toBe(200);
  return { email, id: person.id, cookie: cookieOf(response) };
}

beforeAll(async () => {
  house = await openHouse();
  admin = await house.add('Alva Ek', { isAdmin: true, email: 'alva@exempel.se' });
});
afterAll(() => house.close());
afterEach(() => vi.useRealTimers());

describe('the cookie', () => {
  it('is HttpOnly, Lax, for the whole site, and over plain http named the same without being Secure', async () => {
    const one = await member();
    const response = await post('/api/sign-in', { email: one.email.toUpperCase(), password: PASSWORD });
    expect(response.status).toBe(200);
    expect(response.headers.get('set-cookie')).toMatch(
      /^radslag=[\w-]{43}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/,
    );
  });

  it('is __Host- and Secure over https', async () => {
    const secure = await openHouse({ env: { PUBLIC_URL: 'https://radslag.exempel.se' } });
    const person = await secure.add('Alva Ek');
    const { token } = await secure.server.services.sessions.begin(person.person.id);
    expect(secure.url).toBe('https://radslag.exempel.se');
    expect(token).toMatch(/^[\w-]{43}$/);
    const { createSessions } = await import('../../server/people/sessions.ts');
    const { cookies } = createSessions({
      store: {} as never,
      reader: {} as never,
      relay: { disconnect: () => {} },
      secure: true,
    });
    const set = cookies.set(token);
    expect(set).toMatch(/^__Host-radslag=[\w-]{43}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax; Secure$/);
    expect(cookies.read(set)).toBe(token);
    expect(cookies.read(`radslag=${token}`)).toBeNull();
    expect(cookies.clear()).toMatch(/^__Host-radslag=; HttpOnly; Max-Age=0; .*Secure$/);
    await secure.close();
  });

  it('is new at each sign-in, and the session the browser came with is dead', async () => {
    const one = await member();
    const again = await post('/api/sign-in', { email: one.email, password: PASSWORD }, one.cookie);
    expect(cookieOf(again)).not.toBe(one.cookie);
    expect((await session(one.cookie)).status).toBe(401);
    expect((await session(cookieOf(again))).status).toBe(200);
  });

  it('cannot be made from what is stored', async () => {
    const one = await member();
    const { DatabaseSync } = await import('node:sqlite');
    const raw = new DatabaseSync(house.file);
    const values = ['session', 'link', 'person'].flatMap((table) =>
      raw
        .prepare(`select * from ${table}`)
        .all()
        .flatMap((row) => Object.values(row).map(String)),
    );
    raw.close();
    expect(values).not.toContain(one.cookie.split('=')[1]);
    for (const value of values.filter((v) => /^[\x21-\x7e]+$/.test(v)).slice(0, 200)) {
      expect((await session(`radslag=${value}`)).status).toBe(401);
      if (value.length >= 20 && value.length <= 100)
        expect((await post('/api/links/open', { token: value })).status).toBe(404);
    }
  });

  it('is sent again from the token at half its life, and the session ends when idle or old', async () => {
    const one = await member();
    vi.useFakeTimers({ toFake: ['Date'] });
    const start = Date.now();
    vi.setSystemTime(start + 4 * DAY);
    const renewed = await session(one.cookie);
    expect(renewed.status).toBe(200);
    expect(cookieOf(renewed)).toBe(one.cookie);
    expect((await session(one.cookie)).headers.get('set-cookie')).toBeNull();
    vi.setSystemTime(start + 10 * DAY);
    expect((await session(one.cookie)).status).toBe(200);
    vi.setSystemTime(start + 18 * DAY);
    expect((await session(one.cookie)).status).toBe(401);

    const two = await member();
    const from = Date.now();
    for (let day = 3; day * DAY < ABSOLUTE_MS; day += 3) {
      vi.setSystemTime(from + day * DAY);
      expect((await session(two.cookie)).status, `day ${day}`).toBe(200);
    }
    vi.setSystemTime(from + ABSOLUTE_MS + 1);
    expect((await session(two.cookie)).status).toBe(401);
  });
});

describe('signing in', () => {
  it('answers a wrong password and an unknown address alike', async () => {
    const one = await member();
    const nobody = await house.add('Ingen Lösen', { email: 'utan@exempel.se' });
    expect(nobody.person.hasAccount).toBe(false);
    const bodies = [];
    for (const email of [one.email, 'okand@exempel.se', 'utan@exempel.se']) {
      const response = await post('/api/sign-in', { email, password: 'fel fel fel fel' });
      expect(response.status).toBe(401);
      const { error } = (await response.json()) as { error: Record<string, unknown> };
      bodies.push({ ...error, requestId: '' });
    }
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });

  it('makes guessing slow for known and unknown accounts alike, and says how long to wait', async () => {
    const one = await member();
    for (const email of [one.email, 'gissad@exempel.se']) {
      const statuses = [];
      for (let i = 0; i < 6; i += 1) statuses.push((await post('/api/sign-in', { email, password: 'fel' })).status);
      expect(statuses, email).toEqual([401, 401, 401, 401, 401, 429]);
    }
    const refused = await post('/api/sign-in', { email: one.email, password: PASSWORD });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({
      error: { code: 'too-many-attempts', retryAfter: expect.any(Number) },
    });
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 2_000);
    expect((await post('/api/sign-in', { email: one.email, password: PASSWORD })).status).toBe(200);
  });

  it('lets a room full of people in from one address', async () => {
    const people = await Promise.all(Array.from({ length: 40 }, member));
    const answers = await Promise.all(people.map(({ email }) => post('/api/sign-in', { email, password: PASSWORD })));
    expect(answers.map((response) => response.status)).toEqual(people.map(() => 200));
  });

  it('is closed to somebody who may not sign in, and so are their sessions', async () => {
    const one = await member();
    await house.server.services.people.update(admin.caller, one.id, { disabled: true });
    expect((await session(one.cookie)).status).toBe(401);
    expect((await post('/api/sign-in', { email: one.email, password: PASSWORD })).status).toBe(401);
  });
});

describe('signing out', () => {
  it('ends this session, or all the others, and is no error without one', async () => {
    const one = await member();
    const two = cookieOf(await post('/api/sign-in', { email: one.email, password: PASSWORD }));
    const three = cookieOf(await post('/api/sign-in', { email: one.email, password: PASSWORD }));
    expect(((await (await session(two)).json()) as SessionView).otherSessions).toBe(2);
    const out = await post('/api/sign-out', {}, three);
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/^radslag=; HttpOnly; Max-Age=0;/);
    expect((await session(three)).status).toBe(401);
    expect((await post('/api/sign-out/others', {}, two)).status).toBe(204);
    expect((await session(one.cookie)).status).toBe(401);
    expect((await session(two)).status).toBe(200);
    expect((await post('/api/sign-out', {})).status).toBe(204);
  });

  it('happens to all other sessions when the password changes, which needs the old one', async () => {
    const one = await member();
    const two = cookieOf(await post('/api/sign-in', { email: one.email, password: PASSWORD }));
    const change = (current: string) => post('/api/account/password', { current, next: 'en ny lång mening' }, two);
    expect((await change('fel')).status).toBe(401);
    expect((await session(one.cookie)).status).toBe(200);
    expect((await change(PASSWORD)).status).toBe(204);
    expect((await session(one.cookie)).status).toBe(401);
    expect((await session(two)).status).toBe(200);
    expect((await post('/api/sign-in', { email: one.email, password: PASSWORD })).status).toBe(401);
    expect((await post('/api/sign-in', { email: one.email, password: 'en ny lång mening' })).status).toBe(200);
  });
});

describe('a one-time link', () => {
  it('carries its token in the fragment only, opens, and works once', async () => {
    const { person } = await house.add('Ny Vän');
    const { url, expiresAt } = await house.server.services.links.invite(admin.caller, person.id);
    expect(url).toMatch(new RegExp(`^${house.url}/lank#[\\w-]{43}$`));
    const token = tokenOf(url);
    const view = (await (await post('/api/links/open', { token })).json()) as LinkView;
    expect(view).toEqual({ kind: 'invitation', name: 'Ny Vän', email: null, meeting: null, expiresAt });
    const missing = await post('/api/links/use', { token, password: PASSWORD });
    expect(await missing.json()).toMatchObject({ error: { code: 'bad-request', fields: { email: 'required' } } });
    const taken = await post('/api/links/use', { token, password: PASSWORD, email: 'alva@exempel.se' });
    expect(await taken.json()).toMatchObject({ error: { code: 'email-taken' } });
    const uses = await Promise.all(
      Array.from({ length: 8 }, () =>
        post('/api/links/use', { token, password: PASSWORD, email: 'vän@exempel.se'.replace('ä', 'a') }),
      ),
    );
    expect(uses.map((response) => response.status).toSorted()).toEqual([200, ...Array<number>(7).fill(409)]);
    expect((await post('/api/links/open', { token })).status).toBe(409);
    expect((await post('/api/links/open', { token: 'x'.repeat(43) })).status).toBe(404);
  });

  it('is too old after its time', async () => {
    const { person } = await house.add('Sen Vän', { email: 'sen@exempel.se' });
    const { url } = await house.server.services.links.password(admin.caller, person.id);
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 25 * 3600_000);
    expect((await post('/api/links/open', { token: tokenOf(url) })).status).toBe(409);
    expect((await post('/api/links/use', { token: tokenOf(url), password: PASSWORD })).status).toBe(409);
  });

  it('for a forgotten password ends the old sessions and replaces the link before it', async () => {
    const one = await member();
    const links = house.server.services.links;
    const first = await links.password(admin.caller, one.id);
    const second = await links.password(admin.caller, one.id);
    expect((await post('/api/links/use', { token: tokenOf(first.url), password: 'nytt lösenord' })).status).toBe(404);
    const used = await post('/api/links/use', { token: tokenOf(second.url), password: 'nytt lösenord' });
    expect(used.status).toBe(200);
    expect((await session(one.cookie)).status).toBe(401);
    expect((await session(cookieOf(used))).status).toBe(200);
  });

  it('of an officer invites participants without an account, and can neither take over an account nor make an administrator', async () => {
    const { links, meetings, people } = house.server.services;
    const officer = await house.add('Olle Ås');
    const { meeting } = await house.meeting(officer);
    const add = async (personId: string) =>
      meetings.addParticipant(officer.caller, meeting.id, { personId, roles: ['member'] });
    const account = await member();
    await add(account.id);
    await expect(links.inviteToMeeting(officer.caller, meeting.id, account.id)).rejects.toMatchObject({
      code: 'conflict',
    });
    const future = await house.add('Blivande Admin');
    await people.update(admin.caller, future.person.id, { isAdmin: true });
    await add(future.person.id);
    await expect(links.inviteToMeeting(officer.caller, meeting.id, future.person.id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const guest = await house.add('Gäst');
    await expect(links.inviteToMeeting(officer.caller, meeting.id, guest.person.id)).rejects.toMatchObject({
      code: 'not-found',
    });
    await add(guest.person.id);
    const { url } = await links.inviteToMeeting(officer.caller, meeting.id, guest.person.id);
    expect(await (await post('/api/links/open', { token: tokenOf(url) })).json()).toMatchObject({
      meeting: { id: meeting.id, title: meeting.title },
    });
    await expect(links.inviteToMeeting(guest.caller, meeting.id, guest.person.id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(links.invite(officer.caller, guest.person.id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(links.password(officer.caller, account.id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(links.invite(admin.caller, newId())).rejects.toMatchObject({ code: 'not-found' });
  });

  it('makes the first administrator, once, freshly made each time until there is one', async () => {
    const empty = await openHouse();
    const first = await empty.server.services.links.firstAdministrator();
    const second = await empty.server.services.links.firstAdministrator();
    const use = (url: string | undefined) =>
      empty.fetch('/api/links/use', {
        method: 'POST',
        json: { token: tokenOf(url ?? ''), password: PASSWORD, name: 'Alva Ek', email: 'alva@exempel.se' },
      });
    expect((await use(first?.url)).status).toBe(404);
    const made = await use(second?.url);
    expect(await made.json()).toMatchObject({ person: { isAdmin: true, name: 'Alva Ek', colour: 0 } });
    expect(await empty.server.services.links.firstAdministrator()).toBeNull();
    await empty.close();
  });
});

describe('the register', () => {
  it('shows addresses to administrators only, and one their own', async () => {
    const one = await member();
    const people = async (cookie: string) =>
      (await (await house.fetch('/api/people', { headers: { cookie } })).json()) as {
        id: string;
        email: string | null;
      }[];
    expect((await people(admin.cookie)).find((p) => p.id === one.id)?.email).toBe(one.email);
    expect((await people(one.cookie)).every((p) => p.email === null)).toBe(true);
    expect(((await (await session(one.cookie)).json()) as SessionView).person.email).toBe(one.email);
    expect(JSON.stringify(await people(admin.cookie))).not.toContain('scrypt');
  });
});
