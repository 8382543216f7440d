/**
 * Why this file exists: the cases of rights.test.ts about HTTP: every action on a meeting by everybody, ids of two
 * meetings mixed, values that are almost true.
 */
import { newId } from '#shared/ids.ts';
import { call } from './call.ts';
import { type Case, harmless, type Outcome } from './cases.ts';
import { CAST, type Cast, type Person, type Place, STATES, type State } from './protocol.ts';
import { ACTIONS, type Action, mayAct } from './rights-matrix.ts';
import type { World } from './world.ts';

/* A86: every action by everybody in every state -------------------------------------------------------------------- */

const NEXT: Record<State, string> = {
  preparation: 'ongoing',
  'preparation-closed': 'ongoing',
  ongoing: 'verification',
  verification: 'verified',
  verified: 'verification',
  cancelled: 'ongoing',
  archived: 'ongoing',
};
const BEFORE: Record<State, string> = {
  ...NEXT,
  preparation: 'verified',
  'preparation-closed': 'verified',
  ongoing: 'preparation',
  verification: 'ongoing',
};

type Request = [method: string, path: string, body?: unknown];

const REQUESTS: Record<Action, (world: World, place: Place, state: State, version: number) => Request> = {
  'change the title': () => ['PATCH', '', { title: 'Kapat möte' }],
  'open the agenda to everybody': (_, __, state) => ['PATCH', '', { agendaOpen: state === 'preparation-closed' }],
  'go to the next phase': (_, __, state, version) => ['POST', '/phase', { phase: NEXT[state], version }],
  'go back a phase': (_, __, state, version) => ['POST', '/phase', { phase: BEFORE[state], version }],
  'add somebody': (w) => ['POST', '/participants', { personId: w.people.stranger.id, roles: ['chair'] }],
  'make somebody chair': (w) => ['PATCH', `/participants/${w.people.member.id}`, { roles: ['chair'] }],
  'remove somebody': (w) => ['DELETE', `/participants/${w.people.presenter.id}`],
  'invite somebody': (w) => ['POST', `/participants/${w.people.member.id}/invitation`],
  'choose the current item': (_, place) => ['POST', '/current-item', { itemId: place.items.open }],
  'lock an item': (_, place) => ['POST', `/items/${place.items.spare}/lock`, {}],
  'unlock an item': (_, place) => ['DELETE', `/items/${place.items.locked}/lock`],
  'split an item': (_, place) => ['POST', `/items/${place.items.open}/split`, { title: 'Ny punkt', blocks: [] }],
  cancel: () => ['POST', '/cancel'],
  'take back a cancellation': () => ['POST', '/uncancel'],
  archive: () => ['POST', '/archive'],
  'take out of the archive': () => ['POST', '/unarchive'],
  copy: () => ['POST', '/copy', {}],
  'keep a version of the agenda': () => ['POST', '/versions', { name: 'Kapad' }],
  'keep a version of an item': (_, place) => ['POST', `/items/${place.items.open}/versions`, { name: 'Kapad' }],
  'keep a version of a locked item': (_, place) => ['POST', `/items/${place.items.locked}/versions`, { name: 'Kapad' }],
};

async function act(world: World, action: Action, state: State, place: Place, as: Person) {
  const { text } = await call(world, world.host, 'GET', `/api/meetings/${place.id}`);
  const { version } = JSON.parse(text) as { version: number };
  const [method, path, body] = REQUESTS[action](world, place, state, version);
  return call(world, as, method, `/api/meetings/${place.id}${path}`, body);
}

/** Everybody whom the table does not let, in every state: the meeting stays as it was. */
async function forbidden(world: World, action: Action, who: Cast): Promise<Outcome> {
  const problems: string[] = [];
  for (const state of STATES) {
    if (mayAct(action, state, who)) continue;
    const { status, error } = await act(world, action, state, world.places[state], world.people[who]);
    const outsider = who === 'admin' || who === 'stranger';
    const right = outsider ? error === 'not-found' : error === 'forbidden' || error === 'not-allowed-now';
    if (!right) problems.push(`${state}: ${status} ${error}`);
  }
  return { problems };
}

/** And those it lets, each state by one of them in turn, in a meeting made for it. */
async function granted(world: World, action: Action): Promise<Outcome> {
  const problems: string[] = [];
  let turn = Object.keys(ACTIONS).indexOf(action);
  const roles = CAST.filter((who) => who !== 'admin' && who !== 'stranger');
  for (const state of STATES) {
    const allowed = CAST.filter((who) => mayAct(action, state, who));
    const who = allowed[turn++ % allowed.length];
    if (!who) continue;
    const place = await world.ask(
      'newPlace',
      state,
      roles.map((role) => [world.people[role].id, [role]]),
    );
    const { status, text } = await act(world, action, state, place, world.people[who]);
    if (status !== 200) problems.push(`${who} in ${state}: ${status} ${text.slice(0, 200)}`);
  }
  return { problems };
}

const ACTION_CASES: Case[] = (Object.keys(ACTIONS) as Action[]).flatMap((action) => [
  ...CAST.map(
    (who): Case => ({
      id: 'A86',
      title: `${who} tries to ${action}, wherever the table does not let them`,
      send: (world) => forbidden(world, action, who),
      expect: harmless,
    }),
  ),
  {
    id: 'A86',
    title: `those whom the table lets ${action} may`,
    send: (world: World) => granted(world, action),
    expect: harmless,
    allowed: true,
  },
]);

/* A21: two ids in one request -------------------------------------------------------------------------------------- */

const BODIES: Record<string, unknown> = {
  'PATCH /api/meetings/:meetingId/participants/:personId': { roles: ['chair'] },
  'POST /api/meetings/:meetingId/items/:itemId/lock': {},
  'POST /api/meetings/:meetingId/versions': { name: 'Före' },
  'POST /api/meetings/:meetingId/items/:itemId/versions': { name: 'Före' },
  'POST /api/meetings/:meetingId/items/:itemId/split': { title: 'Kapad', blocks: [] },
  'POST /api/meetings/:meetingId/group-sets': { name: 'Kapad', groups: [{ name: 'Kapad' }] },
  'POST /api/meetings/:meetingId/items/:itemId/workshop': { prompts: [{ heading: 'Kapad' }] },
  'PATCH /api/meetings/:meetingId/items/:itemId/workshop': { opened: true },
  'POST /api/meetings/:meetingId/guests/:personId/merge': { personId: newId() },
  'POST /api/meetings/:meetingId/items/:itemId/decisions': { outcome: 'noted', stateVector: 'AA==', seen: 0 },
  'POST /api/meetings/:meetingId/items/:itemId/decisions/reopen': { reason: 'Fel datum' },
  'POST /api/meetings/:meetingId/items/:itemId/decisions/:decisionId/dissents': {
    kind: 'reservation',
    personId: '0'.repeat(20),
    text: 'Nej',
  },
  'POST /api/meetings/:meetingId/items/:itemId/actions': { title: 'Ring', owner: { kind: 'organisations' } },
  'PATCH /api/meetings/:meetingId/items/:itemId/actions/:actionId': {},
  'PATCH /api/meetings/:meetingId/items/:itemId/actions/:actionId/lines/:lineId': {},
  'PUT /api/meetings/:meetingId/notice/replies/:personId': { answer: 'no' },
  'POST /api/meetings/:meetingId/floor/requests/:requestId/move': { by: 1 },
  'POST /api/meetings/:meetingId/floor/requests/:requestId/give': { step: 0 },
  'POST /api/meetings/:meetingId/items/:itemId/workshop/rounds': { groups: [{ name: 'Kapad' }] },
  'PATCH /api/meetings/:meetingId/items/:itemId/workshop/rounds/:roundId': { title: 'Kapad' },
  'POST /api/meetings/:meetingId/items/:itemId/workshop/rounds/:roundId/clock': { do: 'close' },
  'POST /api/meetings/:meetingId/items/:itemId/workshop/rounds/:roundId/place': { personId: newId(), groupId: newId() },
  'POST /api/meetings/:meetingId/items/:itemId/workshop/groups/:groupId/hand': { raised: true },
  'POST /api/meetings/:meetingId/items/:itemId/workshop/messages': { groupId: null, text: 'Kapad' },
  'POST /api/meetings/:meetingId/items/:itemId/votes': {
    title: 'Vad är viktigast?',
    dots: 3,
    choices: [{ id: '0123456789abcdefghjk', label: 'Resan' }],
  },
  'PUT /api/meetings/:meetingId/items/:itemId/votes/:voteId/ballot': { dots: {} },
  'POST /api/meetings/:meetingId/items/:itemId/summary/finalise': { revision: 0, stateVector: 'AA==' },
  'POST /api/meetings/:meetingId/items/:itemId/summary/reopen': { revision: 1, reason: 'Fel datum' },
  'POST /api/meetings/:meetingId/items/:itemId/summary/threads': {
    promptId: '0'.repeat(20),
    from: 'AA==',
    to: 'AA==',
    quote: 'ord',
    text: 'Hm',
  },
  'POST /api/meetings/:meetingId/items/:itemId/summary/threads/:threadId/remarks': { text: 'Hm' },
  'PATCH /api/meetings/:meetingId/items/:itemId/summary/threads/:threadId': { resolved: true },
  'PATCH /api/meetings/:meetingId/items/:itemId/attachments/:attachmentId': { name: 'Kapad' },
  'POST /api/meetings/:meetingId/items/:itemId/attachments/uploads': { uploadId: newId(), name: 'Kapad.txt', size: 1 },
  'POST /api/meetings/:meetingId/import/:previewId': {
    rows: [{ title: 'Kapad', kind: 'item', pieces: [0] }],
    place: { sitting: '', section: '', after: '' },
  },
};

/** The stranger owns one meeting and the chair is in the other: each mixes their own with what is not theirs. */
const MIXTURES: [string, (w: World) => { as: Person; meetingId: string; itemId: string; personId: string }][] = [
  [
    'an own meeting and a foreign part',
    (w) => ({
      as: w.people.stranger,
      meetingId: w.foreign.id,
      itemId: w.places.ongoing.items.open,
      personId: w.people.member.id,
    }),
  ],
  [
    'a foreign meeting and an own part',
    (w) => ({
      as: w.people.stranger,
      meetingId: w.places.ongoing.id,
      itemId: w.foreign.items.open,
      personId: w.people.stranger.id,
    }),
  ],
  [
    'an own meeting and a part of another own meeting',
    (w) => ({
      as: w.people.chair,
      meetingId: w.places.ongoing.id,
      itemId: w.places.preparation.items.open,
      personId: w.people.stranger.id,
    }),
  ],
  [
    'an own meeting and a part that nobody has',
    (w) => ({ as: w.people.chair, meetingId: w.places.ongoing.id, itemId: newId(), personId: newId() }),
  ],
];

/** Every route with two ids, from the table of what is served: one added tomorrow is tried tomorrow. */
async function mixed(world: World, mixture: (typeof MIXTURES)[number][1]): Promise<Outcome> {
  const problems: string[] = [];
  const routes = world.routes.filter((route) => (route.match(/:/g)?.length ?? 0) >= 2);
  if (routes.length < 7) problems.push(`only ${routes.length} routes with two ids`);
  const { as, ...ids } = mixture(world);
  for (const route of routes) {
    const [method = '', template = ''] = route.split(' ');
    const path = template.replace(/:(\w+)/g, (_, name: string) => (ids as Record<string, string>)[name] ?? newId());
    // A split needs a right first; whoever may split elsewhere is told the same.
    const { status, error } = await call(world, as, method, path, BODIES[route]);
    if (status !== 404 || error !== 'not-found') problems.push(`${route}: ${status} ${error}`);
  }
  return { problems };
}

/* A22, A24, A76 ---------------------------------------------------------------------------------------------------- */

/** No GET shows the stranger anything of meetings they are not in. */
async function lists(world: World): Promise<Outcome> {
  const problems: string[] = [];
  const secrets = Object.values(world.places).flatMap((place) => [place.id, ...Object.values(place.items)]);
  for (const route of world.routes.filter((one) => one.startsWith('GET /api/'))) {
    for (const place of [world.foreign, world.places.ongoing]) {
      const ids: Record<string, string> = { meetingId: place.id, itemId: place.items.open };
      const path = (route.split(' ')[1] ?? '').replace(/:(\w+)/g, (_, name: string) => ids[name] ?? newId());
      const { text } = await call(world, world.people.stranger, 'GET', path);
      const found = secrets.filter((secret) => text.includes(secret));
      if (found.length > 0) problems.push(`${route} names ${found.length} foreign ids`);
    }
  }
  return { problems };
}

const expectCall =
  (as: (w: World) => Person | null, request: (w: World) => Request, wanted: number[]) =>
  async (world: World): Promise<Outcome> => {
    const [method, path, body] = request(world);
    const { status, text } = await call(world, as(world), method, path, body);
    return { status, problems: wanted.includes(status) ? [] : [`${status} ${text.slice(0, 200)}`] };
  };

const OTHER_SESSIONS: [string, (w: World) => Request][] = [
  ['by counting', () => ['DELETE', '/api/sessions/1']],
  ['by its id', (w) => ['DELETE', `/api/sessions/${w.people.chair.sessionId}`]],
  ['by its person', (w) => ['DELETE', `/api/people/${w.people.chair.id}/sessions`]],
  ['by naming it where one’s own others are ended', (w) => ['POST', `/api/sign-out/others/${w.people.chair.id}`, {}]],
  ['by reading the list', () => ['GET', '/api/sessions']],
];

const ALMOST_TRUE: unknown[] = ['true', 'false', 1, 0, [], {}, null, [true], 'on'];

const SELF_MADE: [string, (w: World) => Request, number[]][] = [
  ['an administrator, in one’s own settings', () => ['PATCH', '/api/account', { isAdmin: true }], [400]],
  [
    'somebody else, in one’s own settings',
    (w) => ['PATCH', '/api/account', { id: w.people.admin.id, name: 'X' }],
    [400],
  ],
  ['an administrator, in the register', (w) => ['PATCH', `/api/people/${w.people.chair.id}`, { isAdmin: true }], [403]],
  ['an administrator, as a new person', () => ['POST', '/api/people', { name: 'Ny', isAdmin: true }], [400, 403]],
  [
    'an administrator, as a new participant',
    (w) => [
      'POST',
      `/api/meetings/${w.places.ongoing.id}/participants`,
      { person: { name: 'Ny', isAdmin: true }, roles: ['member'] },
    ],
    [400],
  ],
  [
    'an administrator, as a participant',
    (w) => ['PATCH', `/api/meetings/${w.places.ongoing.id}/participants/${w.people.chair.id}`, { isAdmin: true }],
    [400],
  ],
  [
    'a role that does not exist',
    (w) => ['PATCH', `/api/meetings/${w.places.ongoing.id}/participants/${w.people.chair.id}`, { roles: ['owner'] }],
    [400],
  ],
  [
    'a role by the name of a property of objects',
    (w) => [
      'PATCH',
      `/api/meetings/${w.places.ongoing.id}/participants/${w.people.chair.id}`,
      { roles: ['__proto__'] },
    ],
    [400],
  ],
  [
    'no role at all',
    (w) => ['PATCH', `/api/meetings/${w.places.ongoing.id}/participants/${w.people.chair.id}`, { roles: [] }],
    [400],
  ],
  [
    'the phase, with the title',
    (w) => ['PATCH', `/api/meetings/${w.places.ongoing.id}`, { title: 'X', phase: 'verified' }],
    [400],
  ],
  [
    'the list of participants, with the title',
    (w) => ['PATCH', `/api/meetings/${w.places.ongoing.id}`, { title: 'X', participants: [] }],
    [400],
  ],
  [
    'the archive, with the title',
    (w) => ['PATCH', `/api/meetings/${w.places.ongoing.id}`, { title: 'X', archivedAt: 1 }],
    [400],
  ],
  [
    'the phase, with an old version',
    (w) => ['POST', `/api/meetings/${w.places.ongoing.id}/phase`, { phase: 'verification', version: 0 }],
    [409],
  ],
  [
    'the last phase, past the one between',
    (w) => ['POST', `/api/meetings/${w.places.ongoing.id}/phase`, { phase: 'verified', version: 5 }],
    [409],
  ],
];

export const meetingCases: readonly Case[] = [
  ...ACTION_CASES,
  ...MIXTURES.map(
    ([title, mixture]): Case => ({
      id: 'A21',
      title: `every route with two ids: ${title}`,
      send: (world) => mixed(world, mixture),
      expect: harmless,
    }),
  ),
  { id: 'A22', title: 'no list and no page names what is foreign', send: lists, expect: harmless },
  ...OTHER_SESSIONS.map(
    ([title, request]): Case => ({
      id: 'A24',
      title: `somebody else’s session, ${title}`,
      send: expectCall((w) => w.people.member, request, [404]),
      expect: harmless,
    }),
  ),
  ...ALMOST_TRUE.map(
    (value): Case => ({
      id: 'A76',
      title: `isAdmin: ${JSON.stringify(value)}`,
      send: expectCall(
        (w) => w.people.admin,
        (w) => ['PATCH', `/api/people/${w.people.member.id}`, { isAdmin: value }],
        [400],
      ),
      expect: harmless,
    }),
  ),
  ...SELF_MADE.map(
    ([title, request, wanted]): Case => ({
      id: 'A76',
      title: `a chair gives themselves or others ${title}`,
      send: expectCall((w) => w.people.chair, request, wanted),
      expect: harmless,
    }),
  ),
];
