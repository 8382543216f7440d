/**
 * Why this file exists: the cases of http.test.ts about where a request comes from and how it is spelled.
 */
import { newId } from '#shared/ids.ts';
import { call } from './call.ts';
import { answered, type Case, type Expected, harmless, type Outcome, status } from './cases.ts';
import type { Person } from './protocol.ts';
import { type RawAnswer, rawHttp, request } from './raw-http.ts';
import type { World } from './world.ts';

interface Route {
  route: string;
  method: string;
  path: string;
}

/** Every route that is served, its ids filled with those of a meeting that exists. */
function routes(world: World, wanted: (route: Route) => boolean = () => true): Route[] {
  const place = world.places.ongoing;
  const ids: Record<string, string> = {
    meetingId: place.id,
    itemId: place.items.open,
    personId: world.people.member.id,
    organisationId: world.organisationId,
    room: place.agenda,
  };
  return world.routes
    .map((route) => {
      const [method = '', template = ''] = route.split(' ');
      return { route, method, path: template.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? newId()) };
    })
    .filter(wanted);
}

const unsafe = ({ method }: Route): boolean => method !== 'GET';

/* A71: where it comes from ----------------------------------------------------------------------------------------- */

const ORIGINS: [string, (w: World) => string, boolean][] = [
  ['no Origin', () => '', false],
  ['Origin null', () => 'null', false],
  ['a foreign Origin', () => 'https://ond.example', false],
  ['an Origin that begins like ours', (w) => `${w.url}.ond.example`, false],
  ['the Origin of another port', (w) => w.url.replace(/\d+$/, '1'), false],
  ['two Origins', (w) => `${w.url} ${w.url}`, false],
  ['our Origin', (w) => w.url, true],
];
const TYPES: [string, string, string][] = [
  ['no body', '', ''],
  ['JSON', 'application/json', '{}'],
  ['a form', 'application/x-www-form-urlencoded', 'title=x'],
  ['plain text', 'text/plain', '{}'],
  ['JSON in odd letters', 'Application/JSON ;charset=UTF-8', '{}'],
  ['a form with a file', 'multipart/form-data; boundary=x', '--x--'],
];
const SITES: [string, string, boolean][] = [
  ['no word of the browser', '', true],
  ['same-origin', 'same-origin', true],
  ['none', 'none', true],
  ['same-site', 'same-site', false],
  ['cross-site', 'cross-site', false],
  ['a word no browser says', 'same-origin, cross-site', false],
];

/** Signed in where it must be refused; signed out where it may pass, so that nothing comes of what passes. */
const crossSite =
  (origin: (w: World) => string, type: string, body: string, site: string, own: boolean) =>
  async (world: World): Promise<Outcome> => {
    const problems: string[] = [];
    for (const { route, method, path } of routes(world, unsafe)) {
      const as = own ? null : world.people.secretary;
      const headers = { origin: origin(world), 'content-type': type, 'sec-fetch-site': site };
      const answer = await call(world, as, method, path, body === '' ? undefined : body, headers);
      const refused = answer.status === 403 && answer.error === 'wrong-origin';
      if (refused === own || answer.status >= 500) problems.push(`${route}: ${answer.status} ${answer.error}`);
    }
    return { problems };
  };

const ORIGIN_CASES: Case[] = ORIGINS.flatMap(([from, origin, ours]) =>
  TYPES.flatMap(([what, type, body]) =>
    SITES.map(([how, site, own]): Case => {
      const passes = ours && own;
      return {
        id: 'A71',
        title: `every unsafe route with ${what}, ${from}, ${how}: ${passes ? 'passes' : '403'}`,
        send: crossSite(origin, type, body, site, passes),
        expect: harmless,
      };
    }),
  ),
);

async function readByOthers(world: World): Promise<Outcome> {
  const problems: string[] = [];
  for (const { route, path } of routes(world, (one) => !unsafe(one) && one.path.startsWith('/api/'))) {
    const answer = await call(world, world.people.member, 'GET', path, undefined, {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
    });
    if (answer.status !== 403) problems.push(`${route}: ${answer.status}`);
  }
  return { problems };
}

/* A85: how it is spelled ------------------------------------------------------------------------------------------- */

const SPELLINGS: [string, (path: string, w: World) => string][] = [
  ['two slashes in front', (p) => `/${p}`],
  ['two slashes in the middle', (p) => p.replace(/^\/(\w+)\//, '/$1//')],
  ['a slash behind', (p) => `${p}/`],
  ['capitals', (p) => p.replace(/^\/\w+/, (first) => first.toUpperCase())],
  ['an encoded letter', (p) => p.replace(/^\/(\w)/, (_, c: string) => `/%${c.charCodeAt(0).toString(16)}`)],
  ['a letter encoded twice', (p) => p.replace(/^\/(\w)/, (_, c: string) => `/%25${c.charCodeAt(0).toString(16)}`)],
  ['encoded slashes', (p) => `/${p.slice(1).replaceAll('/', '%2f')}`],
  ['backslashes', (p) => p.replaceAll('/', '\\')],
  ['encoded backslashes', (p) => `/${p.slice(1).replaceAll('/', '%5c')}`],
  ['a dot in between', (p) => p.replace(/^\/(\w+)\//, '/$1/./')],
  ['an encoded dot in between', (p) => p.replace(/^\/(\w+)\//, '/$1/%2e/')],
  ['a way up from a file', (p) => `/assets/..${p}`],
  ['an encoded way up from a file', (p) => `/assets/%2e%2e${p}`],
  ['a way up with an encoded slash', (p) => `/assets/..%2f${p.slice(1)}`],
  ['a parameter', (p) => `${p};a=b`],
  ['a parameter in the middle', (p) => p.replace(/^\/(\w+)\//, '/$1;a=b/')],
  ['a NUL behind', (p) => `${p}%00`],
  ['a space behind', (p) => `${p}%20`],
  ['a line break behind', (p) => `${p}%0d%0aX-Y:%20z`],
  ['an encoded question mark', (p) => `${p}%3fx=y`],
  ['an encoded hash', (p) => `${p}%23x`],
  ['a file’s ending', (p) => `${p}.json`],
  ['an overlong slash', (p) => p.replace(/^\/(\w+)\//, '/$1%c0%af')],
  ['a full-width slash', (p) => p.replace(/^\/(\w+)\//, '/$1%ef%bc%8f')],
  ['a folder in front', (p) => `/public${p}`],
  ['the whole address', (p, w) => `${w.url}${p}`],
  ['the whole address of another host', (p) => `http://ond.example${p}`],
  ['an address with a user in it', (p, w) => `${w.url.replace('//', '//ond@')}${p}`],
];

/** Whether an answer gave away or did something; the client's own page is neither. */
function gotThrough(answer: RawAnswer): boolean {
  const page = answer.headers['content-type']?.startsWith('text/html') ?? false;
  return answer.status >= 200 && answer.status < 300 && !page;
}

/** Nobody, then the owner of another meeting: whatever the spelling, no more than at the plain path. */
const spelled =
  (spelling: (path: string, w: World) => string) =>
  async (world: World): Promise<Outcome> => {
    const problems: string[] = [];
    const closed = routes(world, ({ route, path }) => path.startsWith('/api/') && !PUBLIC.has(route));
    for (const { route, method, path } of closed) {
      const visitors: (Person | null)[] = route.includes(':meetingId') ? [null, world.people.stranger] : [null];
      for (const as of visitors) {
        const headers: [string, string][] = [...world.own(as), ['Connection', 'close']];
        if (method !== 'GET') headers.push(['Content-Type', 'application/json'], ['Content-Length', '2']);
        const body = method === 'GET' ? '' : '{}';
        const answer = await rawHttp(world.port, request(method, spelling(path, world), headers, body));
        if (gotThrough(answer) || answer.status >= 500)
          problems.push(`${route} as ${as?.name ?? 'nobody'}: ${answer.status} ${answer.body.slice(0, 80)}`);
        if (answer.headers['set-cookie'] !== undefined) problems.push(`${route} sets a cookie`);
      }
    }
    return { problems };
  };

/** Answer without a session; the route table's own test pins the list. */
const PUBLIC = new Set([
  'GET /api/openapi.json',
  'GET /api/docs',
  'GET /api/docs.css',
  'GET /api/docs.js',
  'POST /api/sign-in',
  'POST /api/sign-out',
  'POST /api/links/open',
  'POST /api/links/use',
]);

/** Headers with which some servers let themselves be told another path or method. */
const OVERRIDES: [string, [string, string]][] = [
  ['X-Original-URL', ['X-Original-URL', '/api/people']],
  ['X-Rewrite-URL', ['X-Rewrite-URL', '/api/people']],
  ['X-HTTP-Method-Override', ['X-HTTP-Method-Override', 'DELETE']],
  ['X-Method-Override', ['X-Method-Override', 'PATCH']],
  ['X-Forwarded-Prefix', ['X-Forwarded-Prefix', '/api']],
  ['X-Forwarded-User', ['X-Forwarded-User', 'admin']],
  ['X-Real-IP', ['X-Real-IP', '127.0.0.1']],
];

const overridden = (header: [string, string]) => async (world: World) => {
  const health = await rawHttp(world.port, request('GET', '/healthz', [...world.own(null), header]));
  const closed = await rawHttp(world.port, request('GET', '/api/people', [...world.own(null), header]));
  const problems = [];
  if (!health.body.includes('"ok"')) problems.push(`/healthz answered ${health.body.slice(0, 80)}`);
  if (closed.status !== 401) problems.push(`/api/people answered ${closed.status}`);
  return { problems };
};

const METHODS = ['HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'LOCK', 'PURGE', 'QUERY', 'get', 'GETX', 'SOURCE'];

const oddMethod = (method: string) => async (world: World) => {
  const problems: string[] = [];
  for (const path of ['/api/people', `/api/meetings/${world.places.ongoing.id}`, '/']) {
    const answer = await rawHttp(
      world.port,
      request(method, path, [...world.own(null), ['Content-Length', '0'], ['Connection', 'close']]),
      { patience: 2_000 },
    );
    if (gotThrough(answer) || answer.status >= 500) problems.push(`${path}: ${answer.status}`);
    if (answer.body.includes('radslag=')) problems.push('the request came back');
  }
  return { problems };
};

/* A77, A81: names of hosts ----------------------------------------------------------------------------------------- */

const HOSTS: [string, (w: World) => [string, string][], Expected][] = [
  ['another', () => [['Host', 'ond.example']], status(421)],
  ['another with our port', (w) => [['Host', `ond.example:${w.port}`]], status(421)],
  ['ours with something behind', (w) => [['Host', `${w.authority}.ond.example`]], status(400, 421)],
  ['ours with a user in front', (w) => [['Host', `ond@${w.authority}`]], status(400, 421)],
  [
    'ours and then another',
    (w) => [
      ['Host', w.authority],
      ['Host', 'ond.example'],
    ],
    status(400, 421),
  ],
  [
    'another and then ours',
    (w) => [
      ['Host', 'ond.example'],
      ['Host', w.authority],
    ],
    status(400, 421),
  ],
  ['empty', () => [['Host', '']], status(400, 421)],
  ['none', () => [], status(400)],
  ['with a slash', (w) => [['Host', `${w.authority}/ond`]], status(400, 421)],
  ['with a space', (w) => [['Host', `${w.authority} ond.example`]], status(400, 421)],
  ['with port 0', () => [['Host', '127.0.0.1:0']], status(308, 421)],
  ['no host name at all', () => [['Host', '[::']], status(400, 421)],
  [
    'of another, behind a proxy that says ours',
    (w) => [
      ['Host', 'ond.example'],
      ['X-Forwarded-Host', w.authority],
    ],
    status(421),
  ],
];

/** A redirect leads to our own origin, whatever the path looks like. */
const redirected = (path: string) => async (world: World) => {
  const answer = await rawHttp(world.port, request('GET', path, [['Host', `localhost:${world.port}`]]));
  const where = answer.headers.location;
  const problems: string[] = [];
  if (where !== undefined && new URL(where, world.url).origin !== world.url) problems.push(`leads to ${where}`);
  if (answer.status >= 500) problems.push(`status ${answer.status}`);
  return { problems };
};

const PATHS_ELSEWHERE = [
  '//ond.example',
  '///ond.example',
  '/\\ond.example',
  '/%5cond.example',
  '/%2f%2fond.example',
  '/%09/ond.example',
  '/.ond.example',
  '/@ond.example',
  '/:80@ond.example',
  '/..//ond.example',
  '/;@ond.example',
  'http://ond.example/',
  'https:ond.example',
  '/?returnTo=//ond.example',
  '/?returnTo=%5condu',
  '/logga-in?returnTo=https:ond.example',
];

/** Whatever a proxy or an attacker says, links are made from the configuration. */
async function forwardedHost(world: World): Promise<Outcome> {
  const answer = await call(
    world,
    world.people.admin,
    'POST',
    `/api/people/${world.people.observer.id}/invitation`,
    undefined,
    {
      'x-forwarded-host': 'ond.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=ond.example;proto=https',
    },
  );
  const { url = '' } = JSON.parse(answer.text) as { url?: string };
  return { problems: url.startsWith(`${world.url}/lank#`) ? [] : [answer.text.slice(0, 200)] };
}

export const httpCases: readonly Case[] = [
  ...ORIGIN_CASES,
  { id: 'A71', title: 'every page that is read, by another site', send: readByOthers, expect: harmless },
  ...PATHS_ELSEWHERE.map(
    (path): Case => ({
      id: 'A77',
      title: `a redirect asked for with ${path}`,
      send: redirected(path),
      expect: harmless,
    }),
  ),
  ...HOSTS.map(
    ([title, headers, expected]): Case => ({
      id: 'A81',
      title: `Host: ${title}`,
      send: async (w) =>
        answered(
          await rawHttp(w.port, request('GET', '/api/session', [...headers(w), ['Cookie', w.people.member.cookie]])),
        ),
      expect: expected,
    }),
  ),
  { id: 'A81', title: 'a link, asked for under another name', send: forwardedHost, expect: harmless, allowed: true },
  ...SPELLINGS.map(
    ([title, spelling]): Case => ({
      id: 'A85',
      title: `every closed route with ${title}`,
      send: spelled(spelling),
      expect: harmless,
    }),
  ),
  ...OVERRIDES.map(
    ([title, header]): Case => ({
      id: 'A85',
      title: `another path or method by ${title}`,
      send: overridden(header),
      expect: harmless,
    }),
  ),
  ...METHODS.map(
    (method): Case => ({ id: 'A85', title: `method ${method}`, send: oddMethod(method), expect: harmless }),
  ),
];
