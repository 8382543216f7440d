/**
 * Notices over HTTP: those who run the meeting prepare and publish, everybody in it reads, who is called answers, by the
 * page or by a personal link; a version never changes, and what is said of mails is what the mail server did.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addItem, patchItem, titleText } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import { type AnswerView, NOTICE_FORMATS, type NoticeView, type ReplyInput } from '#shared/notice/api.ts';
import { makeBackup, restoreBackup } from '../../server/storage/backup.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';
import { openPostOffice, type PostOffice } from './post-office.ts';

type Failure = { error?: { code: string; fields?: Record<string, string> } };
type Answer = NoticeView & Failure;
const OWN = { venue: 'Åsgården', room: '', address: 'Norrsele', link: '' as const };

interface Called {
  house: House;
  secretary: Visitor;
  member: Visitor;
  other: Visitor;
  observer: Visitor;
  stranger: Visitor;
  meetingId: string;
  items: string[];
  path: string;
  days: string[];
  ask(as: Visitor | undefined, method: string, path: string, json?: unknown): Promise<Answer>;
  publish(more?: object): Promise<Answer>;
}

async function openCalled(env: Record<string, string> = {}): Promise<Called> {
  const house = await openHouse({ env });
  const add = (name: string, email?: string) => house.add(name, email === undefined ? {} : { email });
  const secretary = await add('Sanna Kvist', 'sanna@exempel.se');
  const member = await add('Mats Holm', 'mats@exempel.se');
  const other = await add('Eira Lid', 'eira@exempel.se');
  const observer = await add('Ines Vik');
  const stranger = await add('Cim Dal');
  const { meeting } = await house.meeting(secretary, [
    [member, ['member']],
    [other, ['member']],
    [observer, ['observer']],
  ]);
  const { sittings } = await house.server.services.meetings.update(secretary.caller, meeting.id, {
    sittings: [
      { date: '2027-02-04', start: '08:30', end: '17:00', ...OWN },
      { date: '2027-02-05', start: '08:30', end: '12:00', ...OWN },
    ],
  });
  const days = sittings.map(({ id }) => id);
  const items = [newId(), newId()];
  await house.server.relay.edit(`agenda:${meeting.id}`, secretary.person.id, (doc) => {
    addItem(doc, { id: items[0]!, title: 'Läget', kind: 'information', sitting: days[0]!, order: 'Zz', minutes: 30 });
    addItem(doc, { id: items[1]!, title: 'Budget', kind: 'decision', sitting: days[1]!, order: 'a0' });
  });
  const path = `/api/meetings/${meeting.id}/notice`;
  const ask: Called['ask'] = async (as, method, where, json) => {
    const answer = await house.fetch(where, { method, as, ...(json === undefined ? {} : { json }) });
    return (await answer.json()) as Answer;
  };
  return {
    house,
    secretary,
    member,
    other,
    observer,
    stranger,
    meetingId: meeting.id,
    items,
    path,
    days,
    ask,
    async publish(more = {}) {
      const { versions } = await ask(secretary, 'GET', path);
      return ask(secretary, 'POST', `${path}/publish`, { after: versions.length, ...more });
    },
  };
}

describe('a house without mail', () => {
  let c: Called;
  const reply = (as: Visitor, input: ReplyInput) => c.ask(as, 'PUT', `${c.path}/reply`, input);
  const replyFor = (as: Visitor, who: Visitor, input: ReplyInput) =>
    c.ask(as, 'PUT', `${c.path}/replies/${who.person.id}`, input);
  beforeAll(async () => {
    c = await openCalled();
  });
  afterAll(() => c.house.close());

  it('prepares it for those who run the meeting, and shows it to nobody else', async () => {
    const view = await c.ask(c.secretary, 'GET', c.path);
    expect(view).toMatchObject({ latest: null, versions: [], asked: false, mine: null });
    expect(view.office?.draft.items.map(({ title, start }) => [title, start])).toEqual(
      expect.arrayContaining([
        ['Läget', '08:30'],
        ['Budget', ''],
      ]),
    );
    expect(view.office?.mailConfigured).toBe(false);
    for (const who of [c.member, c.observer]) expect((await c.ask(who, 'GET', c.path)).office).toBeNull();
    expect((await c.ask(c.stranger, 'GET', c.path)).error?.code).toBe('not-found');
  });

  it('is changed and published by those who run the meeting alone', async () => {
    const tries: [string, string, unknown][] = [
      ['PATCH', c.path, { message: 'Kapad' }],
      ['POST', `${c.path}/publish`, { after: 0 }],
      ['PUT', `${c.path}/replies/${c.other.person.id}`, { answer: 'no' }],
      ['POST', `${c.path}/mails/${c.other.person.id}/again`, undefined],
    ];
    for (const [method, path, json] of tries) {
      for (const who of [c.member, c.observer])
        expect((await c.ask(who, method, path, json)).error?.code, path).toBe('forbidden');
      expect((await c.ask(c.stranger, method, path, json)).error?.code, path).toBe('not-found');
    }
    expect((await c.ask(c.secretary, 'GET', c.path)).office?.message).toBe('');
  });

  it('cannot be answered before there is one', async () => {
    expect((await reply(c.member, { answer: 'yes' })).error).toMatchObject({
      code: 'conflict',
      fields: { answer: 'no-notice' },
    });
    expect((await c.ask(c.member, 'GET', `${c.path}/versions/1/files/json`)).error?.code).toBe('not-found');
  });

  it('says that the house sends no mail, rather than that it was sent', async () => {
    expect((await c.publish({ mail: true })).error).toMatchObject({
      code: 'conflict',
      fields: { mail: 'not-configured' },
    });
    const { office } = await c.ask(c.secretary, 'GET', c.path);
    // One's own program needs the addresses; who has none is known to have none.
    expect(office?.people.map(({ name, address, hasAddress }) => [name, address, hasAddress])).toEqual(
      expect.arrayContaining([
        ['Mats Holm', 'mats@exempel.se', true],
        ['Ines Vik', null, false],
      ]),
    );
  });

  it('is kept as it was published: bytes, hash and what the page shows agree', async () => {
    await c.ask(c.secretary, 'PATCH', c.path, { message: 'Välkomna\n\ntill Åsgården.', replyBy: '2027-01-20' });
    const { versions, latest } = await c.publish();
    expect(latest).toMatchObject({
      number: 1,
      message: 'Välkomna\n\ntill Åsgården.',
      replyBy: '2027-01-20',
      changes: [],
    });
    const file = await c.house.fetch(`${c.path}/versions/1/files/json`, { as: c.member });
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(versions[0]?.sha256);
    expect(JSON.parse(bytes.toString('utf8'))).toEqual(latest);
    expect(file.headers.get('cache-control')).toContain('no-store');
  });

  it('never changes, whatever becomes of the agenda; the next version says what did', async () => {
    const before = await (await c.house.fetch(`${c.path}/versions/1/files/json`, { as: c.member })).text();
    await c.house.server.relay.edit(`agenda:${c.meetingId}`, c.secretary.person.id, (doc) => {
      titleText(doc, c.items[0]!)?.insert(5, ' i länet');
    });
    await c.house.server.services.meetings.update(c.secretary.caller, c.meetingId, {
      sittings: [{ id: c.days[0]!, date: '2027-02-04', start: '09:00', end: '17:00', ...OWN }],
    });
    await c.house.server.relay.edit(`agenda:${c.meetingId}`, c.secretary.person.id, (doc) => {
      patchItem(doc, c.items[1]!, { archived: true });
    });
    expect((await c.ask(c.member, 'GET', c.path)).latest?.header.sittings).toHaveLength(2);
    const { latest } = await c.publish();
    expect(latest?.changes.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['sitting-removed', 'time', 'removed', 'renamed']),
    );
    expect(latest?.withdrawn.map(({ id }) => id)).toEqual([c.days[1]]);
    expect(await (await c.house.fetch(`${c.path}/versions/1/files/json`, { as: c.member })).text()).toBe(before);
    const ics = await (await c.house.fetch(`${c.path}/versions/2/files/ics`, { as: c.member })).text();
    expect(ics.match(/^SEQUENCE:1\r$/gm)).toHaveLength(2);
    expect(ics).toContain('STATUS:CANCELLED');
  });

  it('gives its numbers to its items, and the next version those of what came later', async () => {
    const numbers = async (as: Visitor) =>
      (await c.house.server.services.meetings.get(as.caller, c.meetingId)).noticeNumbers;
    const before = await numbers(c.member);
    expect(before[c.items[0]!]).toBe('1');
    // The item that was put away keeps the number it was called under.
    expect(before[c.items[1]!]).toMatch(/^\d+$/);
    const later = newId();
    await c.house.server.relay.edit(`agenda:${c.meetingId}`, c.secretary.person.id, (doc) => {
      addItem(doc, { id: later, title: 'Bussen hem', kind: 'information', sitting: c.days[0]!, order: 'Zz5' });
    });
    const { latest } = await c.publish();
    expect(latest?.items.slice(0, 2).map(({ number, title }) => `${number} ${title}`)).toEqual([
      '1 Läget i länet',
      '1a Bussen hem',
    ]);
    expect(latest?.changes).toEqual([{ kind: 'added', itemId: later, number: '1a', title: 'Bussen hem' }]);
    expect(await numbers(c.observer)).toEqual({ ...before, [later]: '1a' });
    // Another meeting made from this one has a notice of its own to come.
    const copy = await c.house.server.services.meetings.copy(c.secretary.caller, c.meetingId);
    expect(copy.noticeNumbers).toEqual({});
  });

  it('is not published over what somebody else has published meanwhile', async () => {
    const late = await c.ask(c.secretary, 'POST', `${c.path}/publish`, { after: 1 });
    expect(late.error).toMatchObject({ code: 'conflict', fields: { after: 'changed' } });
    const both = await Promise.all([1, 2].map(() => c.ask(c.secretary, 'POST', `${c.path}/publish`, { after: 3 })));
    expect(both.map(({ error }) => error?.code ?? 'ok').sort()).toEqual(['conflict', 'ok']);
  });

  it('comes as every kind of file, to those in the meeting and to nobody else', async () => {
    for (const format of NOTICE_FORMATS) {
      const path = `${c.path}/versions/2/files/${format}`;
      const file = await c.house.fetch(path, { as: c.observer });
      expect(file.status, format).toBe(200);
      expect(file.headers.get('content-disposition')).toMatch(
        new RegExp(`^attachment; filename="kallelse-version-2-[a-z0-9-]+\\.${format}"$`),
      );
      const text = Buffer.from(await file.arrayBuffer()).toString('utf8');
      if (format !== 'pdf') expect(text, format).toContain('Läget i länet');
      else expect(text.slice(0, 5)).toBe('%PDF-');
      expect((await c.ask(c.stranger, 'GET', path)).error?.code).toBe('not-found');
      expect((await c.ask(undefined, 'GET', path)).error?.code).toBe('not-signed-in');
    }
    for (const path of ['0/files/pdf', '99/files/pdf', '1/files/exe', '../1/files/pdf'])
      expect((await c.ask(c.member, 'GET', `${c.path}/versions/${path}`)).error?.code, path).toBe('not-found');
  });

  it('is answered by each for themselves, and by an officer for somebody', async () => {
    expect((await reply(c.member, { answer: 'yes' })).mine).toMatchObject({
      answer: 'yes',
      way: 'page',
      by: c.member.person.id,
    });
    const substitute = { personId: c.other.person.id, name: 'Eira Lid' };
    expect((await reply(c.member, { answer: 'substitute', substitute })).mine).toMatchObject({
      answer: 'substitute',
      substitute,
    });
    const { office } = await replyFor(c.secretary, c.observer, { answer: 'no', note: 'Ringde' });
    expect(office?.replies).toMatchObject([
      { personId: c.member.person.id, answer: 'substitute' },
      { personId: c.observer.person.id, answer: 'no', way: 'officer', by: c.secretary.person.id },
    ]);
    // Each sees their own.
    expect((await c.ask(c.other, 'GET', c.path)).mine).toBeNull();
    expect((await c.ask(c.observer, 'GET', c.path)).mine).toMatchObject({ answer: 'no' });
  });

  it('takes only answers that can be', async () => {
    const wrong: [ReplyInput, Record<string, string>][] = [
      [{ answer: 'substitute' }, { substitute: 'required' }],
      [
        { answer: 'substitute', substitute: { personId: c.stranger.person.id, name: 'Cim' } },
        { substitute: 'not-participant' },
      ],
      [{ answer: 'substitute', substitute: { personId: c.member.person.id, name: 'Mats' } }, { substitute: 'self' }],
    ];
    for (const [input, fields] of wrong)
      expect((await reply(c.member, input)).error).toMatchObject({ code: 'conflict', fields });
    expect((await replyFor(c.secretary, c.stranger, { answer: 'no' })).error?.code).toBe('not-found');
    expect((await reply(c.stranger, { answer: 'no' })).error?.code).toBe('not-found');
  });

  it('does not ask whom it does not call', async () => {
    await c.ask(c.secretary, 'PATCH', c.path, { leftOut: [c.observer.person.id] });
    expect(await c.ask(c.observer, 'GET', c.path)).toMatchObject({ asked: false });
    expect((await reply(c.observer, { answer: 'yes' })).error?.code).toBe('not-found');
    const everybody = [c.secretary, c.member, c.other, c.observer].map(({ person }) => person.id);
    await c.ask(c.secretary, 'PATCH', c.path, { leftOut: everybody });
    expect((await c.publish()).error).toMatchObject({ fields: { leftOut: 'nobody-left' } });
    expect((await c.ask(c.secretary, 'PATCH', c.path, { leftOut: [c.stranger.person.id] })).error?.code).toBe(
      'conflict',
    );
    await c.ask(c.secretary, 'PATCH', c.path, { leftOut: [] });
  });

  it('is told about in the agenda’s room', async () => {
    const told: string[] = [];
    const { relay } = c.house.server;
    const notice = relay.notice.bind(relay);
    relay.notice = (room, topic) => {
      told.push(`${room} ${topic}`);
      notice(room, topic);
    };
    await reply(c.other, { answer: 'no' });
    await reply(c.other, { answer: 'no' });
    relay.notice = notice;
    expect(told).toEqual([`agenda:${c.meetingId} notice`]);
  });

  it('is over when the meeting is cancelled', async () => {
    await c.house.server.services.meetings.setCancelled(c.secretary.caller, c.meetingId, true);
    expect((await reply(c.member, { answer: 'yes' })).error?.code).toBe('not-allowed-now');
    expect((await c.publish()).error?.code).toBe('not-allowed-now');
    expect((await c.ask(c.member, 'GET', c.path)).latest?.number).toBe(4);
  });
});

describe('a house with mail', () => {
  let c: Called;
  let office: PostOffice;
  /** Whose mail the server refuses, or does not take now. */
  const moods = new Map<string, number>();
  beforeAll(async () => {
    office = await openPostOffice({
      onRcptTo({ address }, _session, done) {
        const code = moods.get(address);
        if (code === undefined) done();
        else done(Object.assign(new Error('Inte nu, inte här'), { responseCode: code }));
      },
    });
    c = await openCalled({ SMTP_URL: office.url, MAIL_FROM: 'moten@exempel.se' });
  });
  afterAll(async () => {
    await c.house.close();
    await office.close();
  });

  const mailOf = async (who: Visitor) => {
    const { office: desk } = await c.ask(c.secretary, 'GET', c.path);
    return desk?.people.find(({ personId }) => personId === who.person.id)?.mail;
  };
  /** Asked again until the mail server has had its say: the state is what is awaited. */
  const settled = (who: Visitor, state: string) =>
    expect.poll(async () => (await mailOf(who))?.state, { timeout: 20_000 }).toBe(state);
  const tokenIn = (raw: string): string => /\/svar#([\w-]{43})/.exec(raw.replaceAll(/=\r\n/g, ''))?.[1] ?? '';
  const look = async (token: string) =>
    (await (await c.house.fetch('/api/notice/look', { method: 'POST', json: { token } })).json()) as AnswerView &
      Failure;
  const answer = async (token: string, reply: ReplyInput) =>
    (await (
      await c.house.fetch('/api/notice/answer', { method: 'POST', json: { token, reply } })
    ).json()) as AnswerView & Failure;

  it('does not show addresses, which it needs nobody for', async () => {
    const { office: desk } = await c.ask(c.secretary, 'GET', c.path);
    expect(desk?.mailConfigured).toBe(true);
    expect(desk?.people.every(({ address }) => address === null)).toBe(true);
    expect(JSON.stringify(desk)).not.toContain('@exempel.se');
  });

  it('hands each their own mail, and says of each what became of it', { timeout: 40_000 }, async () => {
    moods.set('eira@exempel.se', 550);
    expect((await c.publish({ mail: true })).versions).toMatchObject([{ number: 1, mailed: true }]);
    await settled(c.member, 'handed');
    await settled(c.other, 'refused');
    await settled(c.secretary, 'handed');
    expect((await mailOf(c.other))?.reason).toContain('Inte nu, inte här');
    expect(await mailOf(c.observer)).toBeNull();
    expect(office.taken.map(({ to }) => to).sort()).toEqual([['mats@exempel.se'], ['sanna@exempel.se']]);
    const tokens = office.taken.map(({ raw }) => tokenIn(raw));
    expect(new Set(tokens).size).toBe(2);
    expect(tokens.every((token) => token.length === 43)).toBe(true);
  });

  it('sends again to whom it was refused, when somebody says so', { timeout: 40_000 }, async () => {
    const again = (who: Visitor) => c.ask(c.secretary, 'POST', `${c.path}/mails/${who.person.id}/again`);
    expect((await again(c.member)).error).toMatchObject({ fields: { mail: 'not-now' } });
    moods.delete('eira@exempel.se');
    expect((await again(c.other)).error).toBeUndefined();
    await settled(c.other, 'handed');
    expect(office.taken).toHaveLength(3);
  });

  it('lets the link answer for its holder, and looking at it answers nothing', async () => {
    const raw = office.taken.find(({ to }) => to.includes('mats@exempel.se'))?.raw ?? '';
    const token = tokenIn(raw);
    for (let n = 0; n < 3; n += 1) {
      // What programs that open every link do: the page is the same for everybody, and the question changes nothing.
      await c.house.fetch('/svar');
      expect(await look(token)).toMatchObject({ name: 'Mats Holm', mine: null });
    }
    expect((await c.ask(c.member, 'GET', c.path)).mine).toBeNull();
    expect(await answer(token, { answer: 'partly', sittingIds: [c.days[1]!] })).toMatchObject({
      mine: { answer: 'partly' },
    });
    expect((await c.ask(c.member, 'GET', c.path)).mine).toMatchObject({
      answer: 'partly',
      sittingIds: [c.days[1]],
      way: 'link',
    });
    // People change their minds.
    await answer(token, { answer: 'substitute', substitute: { personId: c.other.person.id, name: 'Någon' } });
    expect((await c.ask(c.member, 'GET', c.path)).mine).toMatchObject({
      substitute: { personId: null, name: 'Någon' },
    });
  });

  it('opens nothing else with it, and nothing without it', async () => {
    const token = tokenIn(office.taken[0]?.raw ?? '');
    const view = JSON.stringify(await look(token));
    for (const name of ['Eira', 'Ines', 'exempel.se']) expect(view).not.toContain(name);
    const response = await c.house.fetch('/api/notice/look', { method: 'POST', json: { token } });
    expect(response.headers.get('set-cookie')).toBeNull();
    for (const wrong of ['x'.repeat(43), `${token.slice(0, -1)}_`]) {
      expect((await look(wrong)).error?.code).toBe('not-found');
      expect((await answer(wrong, { answer: 'no' })).error?.code).toBe('not-found');
    }
    expect(c.house.log.join('')).not.toContain(token);
  });

  it('keeps only the hash of a link', async () => {
    const { DatabaseSync } = await import('node:sqlite');
    const raw = new DatabaseSync(c.house.file, { readOnly: true });
    const rows = JSON.stringify([
      ...raw.prepare('select * from notice_link').all(),
      ...raw.prepare('select * from notice_mail').all(),
    ]);
    raw.close();
    for (const { raw: mail } of office.taken) expect(rows).not.toContain(tokenIn(mail));
  });

  it('lets a link answer no more when its holder is no longer called', async () => {
    const token = tokenIn(office.taken.find(({ to }) => to.includes('mats@exempel.se'))?.raw ?? '');
    await c.ask(c.secretary, 'PATCH', c.path, { leftOut: [c.member.person.id] });
    expect((await look(token)).error?.code).toBe('link-used');
    expect((await answer(token, { answer: 'yes' })).error?.code).toBe('link-used');
    await c.ask(c.secretary, 'PATCH', c.path, { leftOut: [] });
    await c.house.server.services.meetings.removeParticipant(c.secretary.caller, c.meetingId, c.member.person.id);
    expect((await answer(token, { answer: 'yes' })).error?.code).toBe('link-used');
  });

  it('says of what was queued in a backup that nobody knows, and sends it to nobody by itself', {
    timeout: 40_000,
  }, async () => {
    moods.set('eira@exempel.se', 451);
    await c.publish({ mail: true });
    await expect.poll(async () => (await mailOf(c.other))?.attempts, { timeout: 20_000 }).toBe(1);
    const folder = mkdtempSync(join(tmpdir(), 'radslag-restored-'));
    try {
      makeBackup(dirname(c.house.file), join(folder, 'kopia'), 'test', Date.now());
      restoreBackup(join(folder, 'kopia'), folder, Date.now());
      const { DatabaseSync } = await import('node:sqlite');
      const raw = new DatabaseSync(join(folder, 'radslag.sqlite'), { readOnly: true });
      const rows = raw
        .prepare('select state, reason from notice_mail where person_id = ? order by number desc')
        .all(c.other.person.id);
      raw.close();
      expect(rows[0]).toMatchObject({ state: 'uncertain', reason: '@restored' });
    } finally {
      rmSync(folder, { recursive: true });
      moods.delete('eira@exempel.se');
    }
  });

  it('waits for nobody: a mail server that is silent holds up no answer', { timeout: 40_000 }, async () => {
    moods.set('sanna@exempel.se', 451);
    const { error, versions } = await c.publish({ mail: true });
    expect(error).toBeUndefined();
    await expect.poll(async () => (await mailOf(c.secretary))?.attempts, { timeout: 20_000 }).toBe(1);
    expect(await mailOf(c.secretary)).toMatchObject({ state: 'queued', number: versions.length });
  });
});
