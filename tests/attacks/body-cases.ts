/**
 * Why this file exists: the cases of http.test.ts about what a request carries and what comes back: bodies that lie,
 * sessions of others, logs, and our own mistakes.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { newId } from '#shared/ids.ts';
import { call } from './call.ts';
import { answered, type Case, type Expected, enter, harmless, type Outcome, status } from './cases.ts';
import { awareness } from './frames.ts';
import { rawHttp, request } from './raw-http.ts';
import type { World } from './world.ts';

const MIB = 1024 * 1024;

/* A83: bodies ------------------------------------------------------------------------------------------------------ */

type Header = [string, string];
/** A secretary changes the title: what would be done if the body were believed. */
const patch = (headers: Header[], body: string | Uint8Array, more?: string | Uint8Array) => async (w: World) => {
  const head = request('PATCH', `/api/meetings/${w.places.ongoing.id}`, [
    ...w.own(w.people.secretary),
    ['Content-Type', 'application/json'],
    ...headers,
  ]);
  return answered(await rawHttp(w.port, more === undefined ? [head, body] : [head, body, more]));
};
const chunked: Header = ['Transfer-Encoding', 'chunked'];
const TITLE = '{"title":"Kapat"}';
const length = (n: number | string): Header => ['Content-Length', String(n)];

const chunk = (data: string, says = data.length.toString(16)): string => `${says}\r\n${data}\r\n`;

const BODIES: [string, (w: World) => Promise<Outcome>, Expected][] = [
  ['a length one over the limit', patch([length(MIB + 1)], ''), status(413)],
  ['a body at the limit that is no JSON', patch([length(MIB)], 'x'.repeat(MIB)), status(400)],
  ['a length of 2^53', patch([length(2 ** 53)], ''), status(413)],
  ['a length of 2^64', patch([length('18446744073709551617')], ''), status(400, 413)],
  ['a negative length', patch([length(-1)], TITLE), status(400)],
  ['a length in hexadecimal', patch([length('0x11')], TITLE), status(400)],
  ['a length with an exponent', patch([length('1e1')], TITLE), status(400)],
  ['a length with a plus', patch([length(`+${TITLE.length}`)], TITLE), status(400)],
  ['two lengths', patch([length(17), length(5)], TITLE), status(400)],
  ['two lengths in one header', patch([length('17, 5')], TITLE), status(400)],
  ['a length and chunks', patch([length(5), chunked], `${chunk(TITLE)}0\r\n\r\n`), status(400)],
  ['chunks and a length', patch([chunked, length(5)], `${chunk(TITLE)}0\r\n\r\n`), status(400)],
  ['chunks, spelled with a tab', patch([['Transfer-Encoding', '\tchunked'], length(5)], TITLE), status(400)],
  ['chunks twice', patch([chunked, chunked], `${chunk(TITLE)}0\r\n\r\n`), status(400)],
  ['chunks by another name', patch([['Transfer-Encoding', 'xchunked']], `${chunk(TITLE)}0\r\n\r\n`), status(400, 501)],
  [
    'chunks, then as they are',
    patch([['Transfer-Encoding', 'chunked, identity']], `${chunk(TITLE)}0\r\n\r\n`),
    status(400),
  ],
  ['a header name with a space', patch([['Content-Length ', '17']], TITLE), status(400)],
  ['a header with a NUL', patch([['X-A', 'a\0b']], ''), status(400)],
  ['a header over two lines', patch([['X-A', 'a\r\n b'], length(2)], '{}'), status(200, 400)],
  ['a bare line feed after the headers', patch([['X-A', 'a\nContent-Length: 17']], TITLE), status(200, 400)],
  [
    'chunks over the limit',
    patch([chunked], chunk('x'.repeat(600_000)), `${chunk('x'.repeat(600_000))}0\r\n\r\n`),
    status(413),
  ],
  ['a chunk that says it is 2^64 long', patch([chunked], chunk(TITLE, '10000000000000000')), status(400, 413)],
  ['a chunk whose length is no number', patch([chunked], chunk(TITLE, 'zz')), status(400)],
  ['a chunk with a negative length', patch([chunked], chunk(TITLE, '-1')), status(400)],
  ['a chunk longer than it says', patch([chunked], `5\r\n${TITLE}\r\n0\r\n\r\n`), status(400)],
  [
    'a chunk with 100 KB of extension',
    patch([chunked], `1;${'x'.repeat(100_000)}\r\n{\r\n0\r\n\r\n`),
    status(400, 413, 431),
  ],
  ['200,000 chunks of one byte', patch([chunked], `${chunk(' ').repeat(200_000)}0\r\n\r\n`), status(400, 413)],
  [
    'a trailer with 100 KB',
    patch([chunked], `${chunk('{')}0\r\nX-A: ${'x'.repeat(100_000)}\r\n\r\n`),
    status(400, 413, 431),
  ],
  [
    'a compressed bomb',
    (w) => {
      const bomb = gzipSync(Buffer.alloc(50 * MIB, 32));
      return patch([['Content-Encoding', 'gzip'], length(bomb.length)], bomb)(w);
    },
    status(400, 415),
  ],
  ['an encoding that is none', patch([['Content-Encoding', 'x'], length(17)], TITLE), status(400, 415)],
  ['broken UTF-8', patch([length(3)], Uint8Array.of(0x22, 0xff, 0x22)), status(400)],
  [
    'UTF-16',
    (w) => {
      const body = Buffer.from(TITLE, 'utf16le');
      return patch([length(body.length)], body)(w);
    },
    status(400),
  ],
  ['JSON nested 100,000 deep', patch([length(200_000)], '['.repeat(100_000) + ']'.repeat(100_000)), status(400)],
  ['a number of 100,000 digits', patch([length(100_010)], `{"title":${'9'.repeat(100_000)}}`), status(400)],
  [
    '100,000 keys',
    (w) => {
      const body = JSON.stringify(Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`k${i}`, 1])));
      return patch([length(body.length)], body)(w);
    },
    status(400),
  ],
  [
    'a list of 200,000 blocks to split',
    (w) => {
      const { id, items } = w.places.ongoing;
      const body = JSON.stringify({ title: 'Ny', blocks: Array.from({ length: 200_000 }, () => '1') });
      const headers: Header[] = [...w.own(w.people.member), ['Content-Type', 'application/json'], length(body.length)];
      const head = request('POST', `/api/meetings/${id}/items/${items.open}/split`, headers);
      return rawHttp(w.port, [head, body]).then(answered);
    },
    status(400),
  ],
  [
    '40,000 days in a meeting',
    (w) => {
      const body = JSON.stringify({ sittings: Array.from({ length: 40_000 }, () => ({ id: 'x' })) });
      return patch([length(body.length)], body)(w);
    },
    status(400),
  ],
  ['__proto__ as a key', patch([length(38)], '{"__proto__":{"title":"Kapat","x":"y"}}'.slice(0, 38)), status(400)],
  [
    '__proto__ with a title in it',
    (w) => {
      const body = '{"__proto__":{"title":"Kapat"}}';
      return patch([length(body.length)], body)(w);
    },
    status(200, 400),
  ],
  [
    'the same key twice, the second one wrong',
    (w) => {
      const body = '{"title":"Kapat","title":7}';
      return patch([length(body.length)], body)(w);
    },
    status(400),
  ],
  [
    'a body for the end of a session',
    (w) => {
      const body = 'x'.repeat(MIB + 1);
      return rawHttp(w.port, [request('POST', '/api/sign-out', [...w.own(null), length(body.length)]), body]).then(
        answered,
      );
    },
    status(413),
  ],
  [
    'a body of a GET',
    (w) =>
      rawHttp(w.port, request('GET', '/api/session', [...w.own(w.people.member), length(17)], TITLE)).then(answered),
    status(200, 400),
  ],
  [
    '20 KB of headers',
    (w) => rawHttp(w.port, request('GET', '/healthz', [...w.own(null), ['X-A', 'x'.repeat(20_000)]])).then(answered),
    status(431),
  ],
  [
    '2,001 headers',
    (w) =>
      rawHttp(
        w.port,
        request('GET', '/healthz', [
          ...w.own(null),
          ...Array.from({ length: 2_001 }, (_, i): Header => [`X-${i}`, '']),
        ]),
      ).then(answered),
    status(200, 431),
  ],
  [
    'a path of 20 KB',
    (w) => rawHttp(w.port, request('GET', `/${'x'.repeat(20_000)}`, w.own(null))).then(answered),
    status(414, 431),
  ],
  [
    'a version of HTTP that does not exist',
    (w) => rawHttp(w.port, `GET /healthz HTTP/9.9\r\nHost: ${w.authority}\r\n\r\n`).then(answered),
    status(400, 505),
  ],
  ['HTTP/2 without asking', (w) => rawHttp(w.port, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n').then(answered), status(0, 400)],
  ['TLS', (w) => rawHttp(w.port, Uint8Array.of(22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3)).then(answered), status(0, 400)],
];

/** A second request hidden in the first: one answer, or a refusal; never the second one's doing. */
const smuggled =
  (head: (w: World) => Header[], body: (w: World) => string) =>
  async (world: World): Promise<Outcome> => {
    const hidden = request(
      'PATCH',
      `/api/meetings/${world.places.ongoing.id}`,
      [...world.own(world.people.secretary), ['Content-Type', 'application/json'], length(TITLE.length)],
      TITLE,
    );
    const answer = await rawHttp(
      world.port,
      [
        request('POST', '/api/sign-out', [...world.own(null), ...head(world)]),
        body(world) + Buffer.from(hidden).toString('latin1'),
      ],
      { toEnd: true, patience: 1_000 },
    );
    return { problems: answer.answers > 1 ? [`${answer.answers} answers`] : [] };
  };

const SMUGGLED: [string, Header[], string][] = [
  ['behind chunks, with a length', [chunked, length(4)], '0\r\n\r\n'],
  ['behind a length, with chunks', [length(4), chunked], '5c\r\n'],
  ['behind two lengths', [length(0), length(400)], ''],
  ['behind chunks by an odd name', [['Transfer-Encoding', 'chunked\u000b'], length(0)], '0\r\n\r\n'],
  ['behind a header with a space in its name', [['Transfer-Encoding ', 'chunked'], length(0)], '0\r\n\r\n'],
  ['behind a chunk with a line feed only', [chunked], '0\n\n'],
];

/* A72, A74, A80 ---------------------------------------------------------------------------------------------------- */

let signIns = 0;

/** An account made for one case. */
async function account(world: World) {
  const email = `konto${++signIns}@exempel.se`;
  const password = 'granar vid dammen';
  await world.ask('newPerson', `Siv Konto${signIns}`, { email, password });
  return { email, password };
}

const tokenIn = (headers: Headers): string => /radslag=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '';

const fixated =
  (chosen: (w: World) => string) =>
  async (world: World): Promise<Outcome> => {
    const cookie = chosen(world);
    const form = await account(world);
    const answer = await call(world, null, 'POST', '/api/sign-in', form, { cookie });
    const problems: string[] = [];
    const token = tokenIn(answer.headers);
    if (answer.status !== 200 || token === '') problems.push(`not signed in: ${answer.status} ${answer.text}`);
    if (cookie.includes(token)) problems.push('the session is the one that was brought');
    const before = await call(world, null, 'GET', '/api/session', undefined, { cookie });
    if (before.status !== 401) problems.push(`the cookie that was brought opens: ${before.status}`);
    return { problems };
  };

/** Everything that stands in a table, tried as a cookie and as the token of a link. */
const stolen =
  (table: string) =>
  async (world: World): Promise<Outcome> => {
    const values = new Set<string>();
    world.data(false, (db) => {
      for (const row of db.prepare(`select * from ${table} limit 400`).all())
        for (const value of Object.values(row))
          if (typeof value === 'string' && value !== '') values.add(value.slice(0, 400));
    });
    const problems: string[] = [];
    for (const value of values) {
      const printable = /^[\x21-\x7e]+$/.test(value);
      if (printable) {
        const asCookie = await call(world, null, 'GET', '/api/session', undefined, { cookie: `radslag=${value}` });
        if (asCookie.status !== 401) problems.push(`as a cookie: ${asCookie.status}`);
      }
      const asLink = await call(world, null, 'POST', '/api/links/open', { token: value.padEnd(20, 'x').slice(0, 100) });
      if (asLink.status !== 404) problems.push(`as a link: ${asLink.status}`);
    }
    return { problems };
  };

/** The address that counts is the peer's: another name in a header is the same guesser. */
async function guessing(world: World): Promise<Outcome> {
  const { email } = await account(world);
  const seen: number[] = [];
  for (let i = 0; i < 8; i++) {
    const headers = { 'x-forwarded-for': `10.0.0.${i}`, forwarded: `for=10.0.0.${i}`, 'x-real-ip': `10.0.0.${i}` };
    seen.push((await call(world, null, 'POST', '/api/sign-in', { email, password: `gissning ${i}` }, headers)).status);
  }
  return { problems: seen.includes(429) ? [] : [`answered ${seen.join(' ')}`] };
}

/* A82: frames ------------------------------------------------------------------------------------------------------ */

async function framed(world: World): Promise<Outcome> {
  const problems: string[] = [];
  const paths = world.routes
    .map((route) => route.split(' '))
    .map(([m = '', p = '']) => [m, p.replace(/:\w+/g, newId())]);
  for (const [method = '', path = ''] of [
    ...paths,
    ['GET', '/'],
    ['GET', '/assets/app-abc123.js'],
    ['GET', '/api/none'],
  ]) {
    for (const as of [null, world.people.stranger]) {
      if (path === '/api/sign-out') continue;
      const { headers } = await call(world, as, method, path, method === 'GET' ? undefined : '{"x":1}');
      const policy = headers.get('content-security-policy') ?? '';
      if (!/(^|; )frame-ancestors 'none'(;|$)/.test(policy) || headers.get('x-frame-options') !== 'DENY')
        problems.push(`${method} ${path}`);
    }
  }
  return { problems };
}

/* A87: the log ----------------------------------------------------------------------------------------------------- */

const ODD = [
  '\r\n{"level":60,"msg":"KANARIE"}',
  '\u001b[31mKANARIE\u001b[0m',
  'KANARIE\u2028\u2029',
  'KANARIE\u202egnp',
  '\u0000KANARIE',
  'data: KANARIE\n\nevent: x',
];

/** The log stays lines of JSON of our own, without what people wrote. */
function logProblems(world: World, from: number): string[] {
  const fresh = world.log().slice(from);
  const problems: string[] = [];
  if (fresh.includes('KANARIE')) problems.push('the log repeats what was sent');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  if (/[\u0000-\u0009\u000b-\u001f\u007f\u2028\u2029\u202e]/.test(fresh))
    problems.push('control characters in the log');
  for (const line of fresh.split('\n'))
    if (line !== '' && !line.startsWith('{"level":')) problems.push(`a line that is not ours: ${line.slice(0, 80)}`);
  return problems;
}

const loggedFrom =
  (send: (world: World, odd: string) => Promise<unknown>) =>
  async (world: World): Promise<Outcome> => {
    const from = world.log().length;
    for (const odd of ODD) await send(world, odd);
    return { problems: logProblems(world, from) };
  };

/** A name goes to other people's screens, labels and logs: one line of visible letters. */
async function oddName(world: World): Promise<Outcome> {
  const problems: string[] = [];
  for (const odd of ODD) {
    const answer = await call(world, world.people.presenter, 'PATCH', '/api/account', { name: `Åsa ${odd}` });
    if (answer.status === 400) continue;
    const { person } = JSON.parse(answer.text) as { person: { name: string } };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
    if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(person.name))
      problems.push(`kept as ${JSON.stringify(person.name)}`);
    const wire = await enter(world, world.people.presenter, world.places.ongoing.open);
    await wire.end();
  }
  return { problems };
}

/* A88: our own mistakes -------------------------------------------------------------------------------------------- */

/** A row that cannot be read, as a broken disk or a bad restore would leave it, in a meeting made for it. */
const broken =
  (sql: (meetingId: string) => string, path: (meetingId: string) => string) =>
  async (world: World): Promise<Outcome> => {
    const place = await world.ask('newPlace', 'ongoing', [[world.people.chair.id, ['chair']]]);
    world.data(true, (db) => db.exec(sql(place.id)));
    const answer = await rawHttp(
      world.port,
      request('GET', path(place.id), [...world.own(world.people.chair), ['Connection', 'close']]),
    );
    world.data(true, (db) => db.exec(`update participant set roles = '["chair"]' where meeting_id = '${place.id}'`));
    const problems = answered(answer).problems ?? [];
    const { error } = JSON.parse(answer.body) as { error: { requestId: string; code: string } };
    if (!/^[0-9a-z]{20}$/.test(error.requestId)) problems.push('no number to ask about');
    // The log comes through a pipe, some moments later.
    for (let look = 0; look < 100 && !world.log().includes(error.requestId); look++) await wait(20);
    if (!world.log().includes(error.requestId)) problems.push('the log does not know the number');
    return { status: answer.status, problems };
  };

export const bodyCases: readonly Case[] = [
  ...BODIES.map(
    ([title, send, expected]): Case => ({
      id: 'A83',
      title,
      send,
      expect: expected,
      // Each piece is an object for a moment, whatever is done with it: the collector takes room for them.
      ...(title.includes('200,000 chunks') ? { growth: 32 } : {}),
    }),
  ),
  ...SMUGGLED.map(
    ([title, head, body]): Case => ({
      id: 'A83',
      title: `a request hidden ${title}`,
      send: smuggled(
        () => head,
        () => body,
      ),
      expect: harmless,
    }),
  ),
  ...(
    [
      ['a made-up one', () => `radslag=${'y'.repeat(43)}`],
      ['one of the right form', () => 'radslag=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
      ['two at once', () => `radslag=${'y'.repeat(43)}; radslag=${'z'.repeat(43)}`],
    ] as [string, (w: World) => string][]
  ).map(
    ([title, chosen]): Case => ({
      id: 'A72',
      title: `signing in with a session brought along: ${title}`,
      send: fixated(chosen),
      expect: harmless,
      allowed: true,
    }),
  ),
  ...['session', 'link', 'person', 'meeting', 'participant', 'room', 'organisation', 'item_lock'].map(
    (table): Case => ({
      id: 'A74',
      title: `every value of the table ${table} as a cookie and as a link`,
      send: stolen(table),
      expect: harmless,
    }),
  ),
  {
    id: 'A80',
    title: 'guesses that say they come from eight addresses',
    send: guessing,
    expect: harmless,
    allowed: true,
  },
  { id: 'A82', title: 'every route, the page and its files', send: framed, expect: harmless },
  {
    id: 'A87',
    title: 'paths and queries',
    send: loggedFrom((w, odd) => call(w, null, 'GET', `/${encodeURIComponent(odd)}?${encodeURIComponent(odd)}`)),
    expect: harmless,
  },
  {
    id: 'A87',
    title: 'bodies that are refused',
    send: loggedFrom((w, odd) =>
      call(w, w.people.member, 'PATCH', '/api/account', { name: odd, [odd]: odd, title: 7 }),
    ),
    expect: harmless,
  },
  {
    id: 'A87',
    title: 'names of rooms',
    send: loggedFrom(async (w, odd) => (await w.dial({ room: encodeURIComponent(odd), as: w.people.member })).end()),
    expect: harmless,
  },
  {
    id: 'A87',
    title: 'presence',
    send: loggedFrom(async (w, odd) => {
      const place = w.foreign;
      const wire = await enter(w, w.people.stranger, place.agenda);
      wire.send(awareness([4_711, 1, JSON.stringify({ user: { name: odd } })], [1, 1, odd]));
      await wire.end();
    }),
    expect: harmless,
  },
  {
    id: 'A87',
    title: 'headers a proxy would add',
    send: loggedFrom((w) =>
      rawHttp(
        w.port,
        request('GET', '/healthz', [...w.own(null), ['User-Agent', '\u001b[31mKANARIE'], ['Referer', 'KANARIE']]),
      ),
    ),
    expect: harmless,
  },
  { id: 'A87', title: 'a name of line breaks and reversed letters', send: oddName, expect: harmless, allowed: true },
  {
    id: 'A88',
    title: 'a row whose roles are no JSON',
    send: broken(
      (id) => `update participant set roles = 'rubbish' where meeting_id = '${id}'`,
      (id) => `/api/meetings/${id}`,
    ),
    expect: status(500, 503),
    allowed: true,
  },
  {
    id: 'A88',
    title: 'the same behind a deeper route',
    send: broken(
      (id) => `update participant set roles = '{' where meeting_id = '${id}'`,
      (id) => `/api/meetings/${id}/items/${newId()}/authorship`,
    ),
    expect: status(500, 503),
    allowed: true,
  },
  {
    id: 'A88',
    title: 'the same in a list',
    send: broken(
      (id) => `update participant set roles = '' where meeting_id = '${id}'`,
      () => '/api/meetings',
    ),
    expect: status(500, 503),
    allowed: true,
  },
];
