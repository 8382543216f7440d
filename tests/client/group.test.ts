/** Why this file exists: the group page's decisions: its clock, whose page it is, who is at the table, how far a line has come. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newId } from '#shared/ids.ts';
import type { Group, Round } from '#shared/workshop/workshop.ts';
import { clockFace, groupTime } from '../../client/workshop/group/group-time.ts';
import { appendLine, followSaving, oneLine, type SentLine } from '../../client/workshop/group/lines.ts';
import { atTheTable } from '../../client/workshop/group/people.ts';
import { whereabouts } from '../../client/workshop/group/which-group.ts';

const T = 1_800_000_000_000;
const MIN = 60_000;
const group = (more: Partial<Group> = {}): Group => ({
  id: newId(),
  name: 'Grupp',
  topic: '',
  place: '',
  colour: 0,
  state: 'open',
  extraMs: 0,
  members: [],
  ...more,
});
const round = (more: Partial<Round> = {}): Round => ({
  id: newId(),
  title: '',
  minutes: 20,
  startedAt: T,
  endsAt: T + 20 * MIN,
  pausedMs: null,
  closedAt: null,
  groups: [],
  ...more,
});

describe("a group's clock", () => {
  it('counts down to its own end, tells the last minute, and then asks to finish', () => {
    const mine = group({ extraMs: 5 * MIN });
    expect(groupTime(round(), mine, T + 5 * MIN)).toEqual({
      kind: 'running',
      left: 20 * MIN,
      endsAt: T + 25 * MIN,
      part: expect.closeTo(0.2, 9),
    });
    expect(groupTime(round(), mine, T + 24 * MIN - 1).kind).toBe('running');
    expect(groupTime(round(), mine, T + 24 * MIN).kind).toBe('last-minute');
    expect(groupTime(round(), mine, T + 25 * MIN).kind).toBe('ending');
    expect(groupTime(round(), group({ state: 'ending' }), T).kind).toBe('ending');
    expect(groupTime(round(), group({ state: 'closed' }), T).kind).toBe('closed');
    expect(groupTime(round(), group({ state: 'planned' }), T).kind).toBe('planned');
  });
  it('stands with what is left, or has no end', () => {
    expect(groupTime(round({ endsAt: null, pausedMs: 3 * MIN }), group({ extraMs: MIN }), T)).toEqual({
      kind: 'paused',
      left: 4 * MIN,
    });
    expect(groupTime(round({ endsAt: null }), group(), T)).toEqual({ kind: 'free' });
  });
  it('shows whole seconds, rounded up', () => {
    expect([1, 59_999, 60_000, 61_000, 18 * MIN + 10_000].map(clockFace)).toEqual([
      '0:01',
      '1:00',
      '1:00',
      '1:01',
      '18:10',
    ]);
  });
});

describe('whose page it is', () => {
  const [asta, bror, other] = [newId(), newId(), newId()];
  const one = group({ members: [asta] });
  const two = group({ members: [bror] });
  const now = round({ groups: [one, two] });
  const workshop = { rounds: [now], currentRoundId: now.id, opened: false };
  it("is a member's own, and an officer's who looks in", () => {
    expect(whereabouts(workshop, one.id, asta, false)).toMatchObject({ kind: 'here', member: true });
    expect(whereabouts(workshop, one.id, bror, true)).toMatchObject({ kind: 'here', member: false });
    expect(whereabouts({ ...workshop, opened: true }, one.id, bror, false)).toMatchObject({ kind: 'here' });
  });
  it('brings those who are in another group there, and others nowhere', () => {
    expect(whereabouts(workshop, one.id, bror, false)).toEqual({ kind: 'moved', to: two });
    expect(whereabouts(workshop, one.id, other, false)).toEqual({ kind: 'nowhere', own: null });
    expect(whereabouts(workshop, newId(), asta, false)).toEqual({ kind: 'moved', to: one });
    expect(whereabouts({ ...workshop, opened: true }, one.id, bror, true, true)).toEqual({ kind: 'moved', to: two });
    expect(whereabouts(workshop, newId(), asta, true)).toEqual({ kind: 'nowhere', own: one });
  });
});

describe('who is at the table', () => {
  const [asta, bror, frida, screen] = [newId(), newId(), newId(), newId()];
  const prompts = [newId(), newId()];
  const person = (personId: string, name: string, roles: ('member' | 'guest' | 'facilitator' | 'screen')[]) => ({
    personId,
    name,
    colour: 3,
    roles,
  });
  const people = [
    person(asta, 'Asta Berg', ['member']),
    person(bror, 'Bror Lund', ['guest']),
    person(frida, 'Frida Holm', ['facilitator']),
    person(screen, 'Storbild', ['screen']),
  ];
  const present = (id: string, more: object = {}) => ({
    clientId: 1,
    user: { id, name: 'x', colour: 1, organisation: 'Almvik' },
    itemId: '',
    typing: false,
    hidden: false,
    self: false,
    pages: 1,
    ...more,
  });
  it('is oneself first, then the members, here or not, then those who look in; never the projector', () => {
    const table = atTheTable(
      [bror, asta],
      people,
      [present(asta, { typing: true, itemId: prompts[1] }), present(frida), present(screen)],
      asta,
      prompts,
    );
    expect(table.map(({ name, state, visitor, writesIn, guest }) => [name, state, visitor, writesIn, guest])).toEqual([
      ['Asta Berg', 'writing', false, 2, false],
      ['Bror Lund', 'away', false, null, true],
      ['Frida Holm', 'reading', true, null, false],
    ]);
  });
});

describe('a line', () => {
  const paragraphs = (doc: Y.Doc) => doc.getXmlFragment('p').toString().replaceAll('paragraph', 'p');
  it('is one line', () => {
    expect(oneLine('  Fråga \n byalagen\tförst  ')).toBe('Fråga byalagen först');
    expect(oneLine(' \n ')).toBe('');
    expect(oneLine('x'.repeat(2000))).toHaveLength(1000);
  });
  it('is a paragraph of its own behind what is written, in front of what is empty', () => {
    const doc = new Y.Doc();
    doc.getXmlFragment('p').insert(0, [new Y.XmlElement('paragraph')]);
    appendLine(doc, 'p', 'Ett');
    appendLine(doc, 'p', 'Två');
    expect(paragraphs(doc)).toBe('<p>Ett</p><p>Två</p><p></p>');
  });
  it('never mixes with what somebody else adds at the same time', () => {
    const [one, two] = [new Y.Doc(), new Y.Doc()];
    one.getXmlFragment('p').insert(0, [new Y.XmlElement('paragraph')]);
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    appendLine(one, 'p', 'Från den ena');
    appendLine(two, 'p', 'Från den andra');
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    expect(paragraphs(one)).toBe(paragraphs(two));
    expect(paragraphs(one).split('</p>').toSorted()).toEqual(['', '<p>', '<p>Från den andra', '<p>Från den ena']);
  });
  it('is saved when everything is, and stays so', () => {
    const line: SentLine = { id: 1, text: 'Ett', status: 'sending', savedAt: null };
    const offline = followSaving([line], 'offline', null);
    expect(offline[0]?.status).toBe('offline');
    expect(followSaving(offline, 'offline', null)).toBe(offline);
    const saved = followSaving(offline, 'saved', T);
    expect(saved[0]).toMatchObject({ status: 'saved', savedAt: T });
    const more = followSaving([...saved, { ...line, id: 2 }], 'received', T + 1);
    expect(more.map(({ status, savedAt }) => [status, savedAt])).toEqual([
      ['saved', T],
      ['received', null],
    ]);
  });
});
