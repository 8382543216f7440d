/** Why this file exists: a page that opens rooms its reader may not enter says that it is cut off; it must not try. */
import { expect, test } from 'vitest';
import { newId } from '#shared/ids.ts';
import { newWorkshop } from '#shared/workshop/making.ts';
import { readableRooms } from '../../client/harvest/readable-rooms.ts';

const [ME, MEETING, ITEM] = [newId(), newId(), newId()];
const made = newWorkshop({
  meetingId: MEETING,
  itemId: ITEM,
  prompts: [{ heading: 'I dag', help: '', minutes: 0 }],
  groups: 3,
  minutes: 20,
  language: 'sv',
  scribes: [],
});
const [first, ...others] = made.rounds[0]!.groups;
const workshop = {
  ...made,
  rounds: [
    {
      ...made.rounds[0]!,
      groups: [{ ...first!, members: [ME] }, ...others].map((group) => ({ ...group, members: [...group.members] })),
    },
  ],
  summary: { ...made.summary, scribes: [] as string[] },
};
const reader = (...myRoles: ('facilitator' | 'member' | 'chair' | 'observer')[]) => ({
  myRoles,
  phase: 'ongoing' as const,
  agendaOpen: false,
  guestsWrite: false,
  cancelledAt: null,
  archivedAt: null,
});

test('who runs the meeting opens everything, a member their own group until more is opened', () => {
  expect(readableRooms(workshop, reader('facilitator'), newId())).toEqual({
    groups: [first, ...others].map((group) => group!.id),
    hiddenGroups: 0,
    harvest: true,
    summary: true,
  });
  const closed = { groups: [first!.id], hiddenGroups: 2, harvest: false, summary: false };
  expect(readableRooms(workshop, reader('member'), ME)).toEqual(closed);
  expect(readableRooms(workshop, reader('observer'), newId())).toEqual({ ...closed, groups: [], hiddenGroups: 3 });
  const open = {
    ...workshop,
    opened: true,
    harvest: 'read' as const,
    summary: { ...workshop.summary, comments: true },
  };
  expect(readableRooms(open, reader('member'), ME)).toMatchObject({ hiddenGroups: 0, harvest: true, summary: true });
  const scribe = { ...workshop, summary: { ...workshop.summary, scribes: [ME] } };
  expect(readableRooms(scribe, reader('member'), ME)).toMatchObject({ harvest: false, summary: true });
});
