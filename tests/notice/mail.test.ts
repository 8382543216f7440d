/** Why this file exists: what is said of a mail is true, whatever the mail server does, and no mail goes out twice. */
import { afterEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import { messageOf } from '../../server/notice/message.ts';
import type { HandOver, MailPort, MailStore, NoticeMail, RawMail } from '../../server/notice/ports.ts';
import { createMailQueue } from '../../server/notice/queue.ts';
import { createSmtp, reasonOf } from '../../server/notice/smtp.ts';
import { openPostOffice, openScripted, upToTheEnd } from './post-office.ts';
import { notice } from './world.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const from = 'moten@exempel.se';
const mail = (raw = 'Subject: Kallelse\r\n\r\nHej.\r\n', to = 'asta@exempel.se'): RawMail => ({
  from,
  to,
  raw: Buffer.from(raw),
});
/** The patience is a test's: long enough for this machine, short enough to wait for. */
const smtp = (url: string) => createSmtp({ url, from, name: 'exempel.se', patienceMs: 400 });
const send = (url: string, signal = new AbortController().signal, what = mail()) => smtp(url).send(what, signal);

async function office(options = {}) {
  const one = await openPostOffice(options);
  closers.push(one.close);
  return one;
}
async function scripted(...[script]: Parameters<typeof openScripted>) {
  const one = await openScripted(script);
  closers.push(one.close);
  return one.url;
}

describe('a mail server', () => {
  it('that takes the mail has it, to one recipient', async () => {
    const { url, taken } = await office();
    expect((await send(url)).state).toBe('handed');
    expect(taken).toMatchObject([{ from, to: ['asta@exempel.se'] }]);
    expect(taken[0]?.raw).toContain('Hej.');
  });

  it('that says no for good has refused it, in its own words', async () => {
    const { url } = await office({
      onRcptTo: (_: unknown, __: unknown, done: (error: Error) => void) =>
        done(Object.assign(new Error('Här finns ingen Asta'), { responseCode: 550 })),
    });
    const outcome = await send(url);
    expect(outcome.state).toBe('refused');
    expect(outcome.reason).toContain('ingen Asta');
  });

  it('that says no for now is asked again', async () => {
    const { url } = await office({
      onRcptTo: (_: unknown, __: unknown, done: (error: Error) => void) =>
        done(Object.assign(new Error('Försök senare'), { responseCode: 451 })),
    });
    expect((await send(url)).state).toBe('later');
  });

  it('that is not there is asked again', async () => {
    const { url, close } = await openPostOffice();
    await close();
    expect((await send(url)).state).toBe('later');
  });

  it('that never greets, or is silent before it has all, has not taken it', async () => {
    expect((await send(await scripted(() => {}))).state).toBe('later');
    const silent = await scripted((line, socket) => void (line === '' && socket.write('220 hej\r\n')));
    expect((await send(silent)).state).toBe('later');
  });

  it('that hangs up while it is told the envelope has not taken it', async () => {
    const url = await scripted((line, socket, state) =>
      /^MAIL/i.test(line) ? socket.destroy() : upToTheEnd(() => {})(line, socket, state),
    );
    expect((await send(url)).state).toBe('later');
  });

  it('that dies in the middle of the mail has not taken it: its end never came', async () => {
    const url = await scripted(
      upToTheEnd(
        () => {},
        (socket) => socket.destroy(),
      ),
    );
    const large = mail(`Subject: x\r\n\r\n${`${'x'.repeat(70)}\r\n`.repeat(200_000)}`);
    expect((await send(url, undefined, large)).state).toBe('later');
  });

  it('that got all and hangs up, or never answers, may have taken it', async () => {
    expect((await send(await scripted(upToTheEnd((socket) => socket.destroy())))).state).toBe('uncertain');
    expect((await send(await scripted(upToTheEnd(() => {})))).state).toBe('uncertain');
  });

  it('that got all and says no has not taken it', async () => {
    expect(await send(await scripted(upToTheEnd((socket) => socket.write('554 Ser ut som skräp\r\n'))))).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('Ser ut som skräp'),
    });
    expect((await send(await scripted(upToTheEnd((socket) => socket.write('452 Fullt\r\n'))))).state).toBe('later');
  });

  it('gets no password where nobody else must not read it', async () => {
    let asked = false;
    const url = await scripted((line, socket, state) => {
      if (/^AUTH/i.test(line)) asked = true;
      upToTheEnd(() => {})(line, socket, state);
    });
    // Another machine by its name only: where it leads is this one, which offers no encryption.
    const outcome = await send(
      url.replace('smtp://127.0.0.1', 'smtp://rad:hemlig@ip6-localhost').replace('ip6-localhost', '0.0.0.0'),
    );
    expect([outcome.state, asked]).toEqual(['later', false]);
  });

  it('is let go of when the house stops', async () => {
    const stopping = new AbortController();
    const url = await scripted((line) => void (line === '' && setImmediate(() => stopping.abort())));
    expect(await send(url, stopping.signal)).toEqual({ state: 'later', reason: '@stopped' });
  });

  it('cannot put anything but words in front of people', () => {
    expect(reasonOf('550 nej\r\n<b>\u202eja\u0007\n')).toBe('550 nej <b> ja');
    expect(reasonOf('x'.repeat(1000)).length).toBeLessThanOrEqual(200);
  });
});

/** A queue in memory, as the contract has it. */
function memory(addresses: string[]): { store: MailStore; rows: NoticeMail[] } {
  const meetingId = newId();
  const rows: NoticeMail[] = addresses.map((address) => ({
    id: newId(),
    meetingId,
    number: 1,
    personId: newId(),
    address,
    state: 'queued',
    reason: '',
    attempts: 0,
    at: 0,
    nextAt: 0,
  }));
  const store: MailStore = {
    async abandoned(now, reason) {
      const left = rows.filter(({ state }) => state === 'sending');
      for (const row of left) Object.assign(row, { state: 'uncertain', reason, at: now });
      return left.map((row) => row.meetingId);
    },
    async claim(now) {
      const row = rows.find(({ state, nextAt }) => state === 'queued' && nextAt <= now);
      return row ? Object.assign(row, { state: 'sending' as const }) && { ...row } : null;
    },
    async nextDue() {
      const due = rows.filter(({ state }) => state === 'queued').map(({ nextAt }) => nextAt);
      return due.length === 0 ? null : Math.min(...due);
    },
    async settle(id, after) {
      Object.assign(rows.find((row) => row.id === id) ?? {}, after);
    },
  };
  return { store, rows };
}

/** A queue whose server answers as told, and which is done when nothing is due. */
function queued(
  addresses: string[],
  outcomes: HandOver['state'][],
  write?: (mail: NoticeMail) => Promise<RawMail | { dropped: '@replaced' }>,
) {
  const { store, rows } = memory(addresses);
  const sent: string[] = [];
  const failures: unknown[] = [];
  let clock = 0;
  const port: MailPort = {
    from,
    async send({ to }) {
      sent.push(to);
      return { state: outcomes.shift() ?? 'handed', reason: 'så' };
    },
  };
  const queue = createMailQueue({
    store,
    mail: port,
    write: write ?? (async ({ address }) => mail('', address)),
    told: () => {},
    failed: (error) => failures.push(error),
    now: () => clock,
  });
  const at = async (ms: number) => {
    clock = ms;
    queue.poke();
    // Everything here is done in turns of this thread; a few of them settle all.
    for (let n = 0; n < 200; n += 1) await Promise.resolve();
  };
  closers.push(() => queue.stop());
  return { queue, rows, sent, failures, at };
}

describe('the queue', () => {
  it('hands each over once', async () => {
    const { at, rows, sent } = queued(['a@b.se', 'c@d.se'], []);
    await at(0);
    await at(1);
    expect([sent, rows.map(({ state }) => state)]).toEqual([
      ['a@b.se', 'c@d.se'],
      ['handed', 'handed'],
    ]);
  });

  it('tries again later what was not taken, and never what may have been', async () => {
    const { at, rows, sent } = queued(['a@b.se', 'c@d.se', 'e@f.se'], ['later', 'uncertain', 'refused']);
    await at(0);
    expect(rows.map(({ state, reason, attempts }) => [state, reason, attempts])).toEqual([
      ['queued', 'så', 1],
      ['uncertain', 'så', 1],
      ['refused', 'så', 1],
    ]);
    await at(59_999);
    expect(sent).toHaveLength(3);
    await at(60_000);
    await at(30 * 24 * 3600_000);
    expect(sent).toEqual(['a@b.se', 'c@d.se', 'e@f.se', 'a@b.se']);
    expect(rows[0]?.state).toBe('handed');
  });

  it('gives up in the end', async () => {
    const { at, rows } = queued(['a@b.se'], Array<'later'>(99).fill('later'));
    for (let n = 0; n < 40; n += 1) await at(n * 24 * 3600_000);
    expect(rows[0]).toMatchObject({ state: 'refused', attempts: 16 });
  });

  it('says what an earlier process left, before it sends anything', async () => {
    const { queue, rows, sent, at } = queued(['a@b.se', 'c@d.se'], []);
    rows[0]!.state = 'sending';
    await queue.start();
    await at(1);
    expect([sent, rows[0]?.state, rows[0]?.reason]).toEqual([['c@d.se'], 'uncertain', '@stopped']);
  });

  it('does not send what is nobody’s concern any more, nor lose what could not be written', async () => {
    const dropped = queued(['a@b.se'], [], async () => ({ dropped: '@replaced' }));
    await dropped.at(0);
    expect([dropped.sent, dropped.rows[0]]).toMatchObject([[], { state: 'refused', reason: '@replaced' }]);
    let broken = true;
    const once = queued(['a@b.se'], [], async ({ address }) => {
      if (broken) throw new Error('disken');
      return mail('', address);
    });
    await once.at(0);
    expect([once.failures.length, once.rows[0]]).toMatchObject([1, { state: 'queued', attempts: 1 }]);
    broken = false;
    await once.at(60_000);
    expect(once.rows[0]?.state).toBe('handed');
  });
});

describe('a mail', () => {
  const of = (more: Partial<Parameters<typeof messageOf>[0]> = {}) =>
    messageOf({
      document: notice({ message: 'Välkomna till Åsgården.' }),
      to: { name: 'Asta Berg', address: 'asta@exempel.se' },
      from,
      messageId: '<x@rad.exempel.se>',
      at: Date.UTC(2026, 9, 1),
      answerUrl: 'https://rad.exempel.se/svar#hemlig-0123456789',
      meetingUrl: 'https://rad.exempel.se/m/x/kallelse',
      ics: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
      pdf: new Uint8Array([37, 80, 68, 70]),
      fileName: 'kallelse',
      ...more,
    });
  const headersOf = ({ raw }: RawMail) => raw.toString('utf8').split('\r\n\r\n')[0] ?? '';

  it('has the words as text and page, the files, and its own link', async () => {
    const written = await of();
    const all = written.raw.toString('utf8');
    for (const part of ['text/plain', 'text/html', 'application/pdf', 'text/calendar; charset=utf-8; method=PUBLISH'])
      expect(all).toContain(`Content-Type: ${part}`);
    expect(all.replaceAll('=\r\n', '')).toContain('/svar#hemlig-0123456789');
    expect(headersOf(written)).toMatch(/^Message-ID: <x@rad\.exempel\.se>$/im);
    expect(headersOf(written)).toMatch(/^Auto-Submitted: auto-generated$/m);
  });

  it('has no header and no recipient that somebody wrote as a name, a body or a title', async () => {
    const evil = 'Nu\r\nBcc: tjuv@exempel.org\r\nX-Elak: ja\r\n\r\n<p>';
    const written = await of({
      document: notice({}, { title: evil, body: evil }),
      to: { name: `${evil}", <tjuv@exempel.org>, "`, address: 'asta@exempel.se' },
    });
    const names = headersOf(written)
      .split(/\r\n(?![ \t])/)
      .map((line) => line.split(':')[0]?.toLowerCase());
    expect(names).not.toContain('bcc');
    expect(names).not.toContain('x-elak');
    expect(names.filter((name) => name === 'to')).toHaveLength(1);
    expect(written.to).toBe('asta@exempel.se');
    const { url, taken } = await office();
    await send(url, undefined, written);
    expect(taken.map(({ to }) => to)).toEqual([['asta@exempel.se']]);
  });

  it('goes to nothing that is not an address', async () => {
    for (const address of ['asta@exempel.se\r\nBcc: tjuv@exempel.org', 'asta@exempel.se, tjuv@exempel.org', ''])
      await expect(of({ to: { name: 'Asta', address } })).rejects.toThrow('not a mail address');
  });
});
