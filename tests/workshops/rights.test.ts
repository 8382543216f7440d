/**
 * Why this file exists: who may do what in a workshop, for every role, in every state of the meeting, at every door and
 * for every request, against a real server. The expectation is rights-table.ts, which knows nothing of the policy. What is
 * hidden from somebody must be answered as what does not exist: the same code, the same words, not one frame.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import type { SummaryView } from '#shared/summary/api.ts';
import type { Vote } from '#shared/workshop/harvest-api.ts';
import type { Visitor } from '../http/house.ts';
import { eachOf, openRightsHouse, type RightsHouse, tryDoor, wordsIn } from './rights-cast.ts';
import { ACTS, type Act, CAST, type Cast, DOORS, type Door, row, STATES } from './rights-table.ts';

let h: RightsHouse;
const clock = (deed: string, more: object = {}) =>
  h.ask(h.facilitator, 'POST', `/rounds/${h.round}/clock`, { do: deed, ...more });
const set = (patch: object) => h.ask(h.facilitator, 'PATCH', '', patch);
const summary = () => `/api/meetings/${h.meetingId}/items/${h.itemId}/summary`;
const votes = () => `/api/meetings/${h.meetingId}/items/${h.itemId}/votes`;
const finalise = async () => {
  const { revision } = (await h.ask(h.chair, 'GET')).summary;
  await h.ask(h.chair, 'POST', `${summary()}/finalise`, { revision, stateVector: 'AA==' });
};
const reopen = async () => {
  const { revision, status } = (await h.ask(h.chair, 'GET')).summary;
  if (status === 'final') await h.ask(h.chair, 'POST', `${summary()}/reopen`, { revision, reason: 'Vidare' });
};

beforeAll(async () => {
  h = await openRightsHouse();
}, 60_000);
afterAll(() => h.house.close());

describe('the doors', () => {
  /** How each situation comes about from the one before it. */
  const ARRANGE: Record<Door, () => Promise<unknown>> = {
    'group planned': async () => {},
    'opened group planned': () => set({ opened: true }),
    'opened group open': () => clock('start'),
    'group open': () => set({ opened: false }),
    'group ending': () => clock('ask-to-finish'),
    'opened group ending': () => set({ opened: true }),
    'opened group closed': () => clock('close'),
    'group closed': () => set({ opened: false }),
    'harvest of officers': () => set({ harvest: 'officers' }),
    'harvest to read': () => set({ harvest: 'read' }),
    'harvest to sort': () => set({ harvest: 'write' }),
    'summary draft': () => set({ comments: false }),
    'summary with comments': () => set({ comments: true }),
    'summary final': async () => {
      await set({ comments: false });
      await finalise();
    },
  };
  let words = 0;

  it('all stand in the table', () => {
    expect(Object.keys(ARRANGE).sort()).toEqual(Object.keys(DOORS).sort());
  });

  it.each(Object.keys(ARRANGE) as Door[])('of the %s', async (door) => {
    h.put('ongoing');
    await ARRANGE[door]();
    const kind = door.includes('group') ? 'group' : door.startsWith('harvest') ? 'harvest' : 'summary';
    const room = (id: string) => `${kind}:${h.meetingId}:${id}`;
    const there = room(kind === 'group' ? h.groups[0] : h.itemId);
    for (const state of STATES) {
      h.put(state);
      const wanted = row(DOORS[door], state);
      const run = ++words;
      const word = (who: Cast) => `word${run}${who}`.toLowerCase();
      const nowhere = await eachOf((who) => tryDoor(h, h.cast[who], room(newId()), 'nowhere'));
      const found = await eachOf((who) => tryDoor(h, h.cast[who], there, word(who)));
      const seen = Object.fromEntries(
        CAST.map((who) => {
          const { told } = found[who];
          if (typeof told === 'string') return [who, told.charAt(0)];
          // Who takes part hears that there is no such room, who does not that they take no part.
          const same = JSON.stringify(found[who]) === JSON.stringify(nowhere[who]) && found[who].frames === 0;
          return [
            who,
            !same ? `${told} is not ${nowhere[who].told}` : told === 4404 ? '-' : told === 4403 ? 'x' : told,
          ];
        }),
      );
      expect(seen, state).toEqual(wanted);
      const written = (await wordsIn(h, there)).filter((one) => one.startsWith(`word${run}`) && /^\D+\d+/.test(one));
      const mine = new RegExp(`^word${run}[a-z]`);
      expect(
        written.filter((one) => mine.test(one)),
        `written, ${state}`,
      ).toEqual(
        CAST.filter((who) => wanted[who] === 'w')
          .map(word)
          .sort(),
      );
    }
  });
});

/** One request, as somebody. */
interface Request {
  method: string;
  path: string;
  json?: unknown;
  /** The same about something that does not exist. */
  nowhere?: string;
}

interface Deed {
  /** Before everybody tries. */
  arrange?: () => Promise<unknown>;
  request: (as: Visitor) => Request | Promise<Request>;
  /** After somebody was let. */
  undo?: () => Promise<unknown>;
}

let vote: Vote;
let threadId = '';
const closeVotes = async () => {
  for (const one of (await h.ask<{ votes: Vote[] }>(h.chair, 'GET', votes())).votes)
    if (one.state === 'open') await h.ask(h.chair, 'POST', `${votes()}/${one.id}/close`);
};
const CHOICE = newId();
const voteInput = (guests: boolean) => ({
  title: 'Viktigast',
  dots: 3,
  guests,
  choices: [{ id: CHOICE, label: 'Bussen' }],
});
const openVote = async (guests: boolean) => {
  await closeVotes();
  [vote] = (await h.ask<{ votes: [Vote] }>(h.chair, 'POST', votes(), voteInput(guests))).votes;
};
const comment = () => ({ promptId: h.promptId, from: 'AA==', to: 'AA==', quote: 'Ett ord', text: 'Ett annat?' });
const ballot = (): Request => ({
  method: 'PUT',
  path: `${votes()}/${vote.id}/ballot`,
  json: { dots: { [CHOICE]: 1 } },
  nowhere: `${votes()}/${newId()}/ballot`,
});
const authorship = (groupId: string) => `/api/meetings/${h.meetingId}/groups/${groupId}/authorship`;
const inGroups = (): Request => ({ method: 'GET', path: authorship(h.groups[0]), nowhere: authorship(newId()) });
const draft = (): Request => ({ method: 'GET', path: `${summary()}/draft` });
const drafting = (comments: boolean) => async () => {
  await reopen();
  await set({ comments });
};

const DEEDS: Record<Act, Deed> = {
  'look at the workshop': { request: () => ({ method: 'GET', path: h.path }) },
  'change the workshop': { request: () => ({ method: 'PATCH', path: h.path, json: { latecomers: 'manual' } }) },
  'extend the time': {
    arrange: () => clock('reopen'),
    request: () => ({
      method: 'POST',
      path: `${h.path}/rounds/${h.round}/clock`,
      json: { do: 'extend', minutes: 1 },
    }),
  },
  'move somebody': {
    request: (as) => ({
      method: 'POST',
      path: `${h.path}/rounds/${h.round}/place`,
      // Where they are already; nobody's own place.
      json:
        as === h.cast.other
          ? { personId: h.cast.mine.person.id, groupId: h.groups[0] }
          : { personId: h.cast.other.person.id, groupId: h.groups[1] },
    }),
  },
  'leave or choose a group where one may': {
    request: (as) => {
      const [one, two] = h.groups;
      const { mine, guest, other, guest2 } = h.cast;
      const groupId = as === mine || as === guest ? one : as === other || as === guest2 ? two : null;
      return {
        method: 'POST',
        path: `${h.path}/rounds/${h.round}/place`,
        json: { personId: as.person.id, groupId },
      };
    },
  },
  'raise the hand of group one': {
    request: () => ({
      method: 'POST',
      path: `${h.path}/groups/${h.groups[0]}/hand`,
      json: { raised: true },
      nowhere: `${h.path}/groups/${newId()}/hand`,
    }),
  },
  'lower a hand': { request: () => ({ method: 'DELETE', path: `${h.path}/hands/${h.groups[0]}` }) },
  'send a message to the groups': {
    request: () => ({ method: 'POST', path: `${h.path}/messages`, json: { groupId: null, text: 'Fem minuter' } }),
  },
  'see who wrote in group one': { arrange: () => set({ opened: false }), request: inGroups },
  'see who wrote in group one, opened': { arrange: () => set({ opened: true }), request: inGroups },
  'see the votes': { request: () => ({ method: 'GET', path: votes() }) },
  'open a vote': {
    arrange: closeVotes,
    request: () => ({ method: 'POST', path: votes(), json: voteInput(false) }),
    undo: closeVotes,
  },
  'vote where guests do not': { arrange: () => openVote(false), request: ballot },
  'vote where guests do': { arrange: () => openVote(true), request: ballot },
  'close a vote': {
    arrange: () => openVote(true),
    request: () => ({ method: 'POST', path: `${votes()}/${vote.id}/close`, nowhere: `${votes()}/${newId()}/close` }),
    undo: () => openVote(true),
  },
  'read the draft': { arrange: drafting(false), request: draft },
  'read the draft that takes comments': { arrange: drafting(true), request: draft },
  'comment on the draft': {
    arrange: drafting(false),
    request: () => ({ method: 'POST', path: `${summary()}/threads`, json: comment() }),
  },
  'comment on the draft that takes comments': {
    arrange: drafting(true),
    request: () => ({ method: 'POST', path: `${summary()}/threads`, json: comment() }),
  },
  'say that a comment is dealt with': {
    arrange: async () => {
      await drafting(true)();
      const before = new Set((await h.ask<SummaryView>(h.chair, 'GET', summary())).threads.map(({ id }) => id));
      const { threads } = await h.ask<SummaryView>(h.cast.other, 'POST', `${summary()}/threads`, comment());
      threadId = threads.find(({ id }) => !before.has(id))?.id ?? '';
    },
    request: () => ({ method: 'PATCH', path: `${summary()}/threads/${threadId}`, json: { resolved: true } }),
  },
  'make the summary final': {
    arrange: drafting(true),
    request: async () => {
      const { revision } = (await h.ask(h.chair, 'GET')).summary;
      return { method: 'POST', path: `${summary()}/finalise`, json: { revision, stateVector: 'AA==' } };
    },
    undo: reopen,
  },
  'open the summary again': {
    arrange: async () => {
      await reopen();
      await finalise();
    },
    request: async () => {
      const { revision } = (await h.ask(h.chair, 'GET')).summary;
      return { method: 'POST', path: `${summary()}/reopen`, json: { revision, reason: 'Ett ord till' } };
    },
    undo: finalise,
  },
  'comment on what is final': {
    request: () => ({ method: 'POST', path: `${summary()}/threads`, json: comment() }),
  },
  'read a revision': { request: () => ({ method: 'GET', path: `${summary()}/revisions/1` }) },
  'see the code and who waits': {
    request: () => ({ method: 'GET', path: `/api/meetings/${h.meetingId}/guests` }),
  },
};

const LETTER: Record<string, string> = { forbidden: 'n', 'not-allowed-now': 'l', 'not-found': '-' };

async function send(as: Visitor, { method, path, json }: Request): Promise<{ status: number; text: string }> {
  const answer = await h.house.fetch(path, { method, as, ...(json === undefined ? {} : { json }) });
  return { status: answer.status, text: (await answer.text()).replace(/"requestId":"[^"]*"/, '"requestId":""') };
}

/** What came of it, as a letter of the table. */
function letterOf({ status, text }: { status: number; text: string }): string {
  if (status < 300) return 'y';
  const { code } = (JSON.parse(text) as { error: { code: string } }).error;
  return LETTER[code] ?? `${status} ${code}`;
}

describe('the requests', () => {
  it('all stand in the table', () => {
    expect(Object.keys(DEEDS).sort()).toEqual(Object.keys(ACTS).sort());
  });

  it.each(Object.keys(DEEDS) as Act[])('to %s', async (act) => {
    const { arrange, request, undo } = DEEDS[act];
    h.put('ongoing');
    await arrange?.();
    for (const state of STATES) {
      h.put(state);
      const seen: Partial<Record<Cast, string>> = {};
      for (const who of CAST) {
        const as = h.cast[who];
        const asked = await request(as);
        const answer = await send(as, asked);
        seen[who] = letterOf(answer);
        if (seen[who] === 'y') await undo?.();
        if (seen[who] !== '-') continue;
        // Of what is hidden nobody can tell that it is there.
        const path = asked.nowhere ?? asked.path.replace(h.itemId, newId());
        expect(await send(as, { ...asked, path }), `${who}, ${state}: of what does not exist`).toEqual(answer);
      }
      expect(seen, state).toEqual(row(ACTS[act], state));
    }
  });
});
