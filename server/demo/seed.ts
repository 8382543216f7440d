/**
 * Why this file exists: fills an empty server with the demo, through the same use cases and rooms that people use, each
 * step by the person who took it and at the time it was taken.
 */
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { RunningServer } from '../compose.ts';
import { type Caller, SYSTEM } from '../services.ts';
import { attachmentSteps } from './attachments.ts';
import { attendanceSteps } from './attendance.ts';
import { ORGANISATIONS, PEOPLE, SEATS, type Seat } from './cast.ts';
import type { DemoClock } from './clock.ts';
import { CURRENT, retreat } from './content.ts';
import { seedDecisions } from './decisions.ts';
import { comingNoticeSteps, noticeSteps } from './notice.ts';
import { otherMeetings } from './other-meetings.ts';
import { seedOutcomes } from './outcomes.ts';
import { meetingSteps, type Played, type Stage } from './play.ts';
import { heldSteps, september } from './september.ts';
import { sealingSteps, seedSignOff } from './signoff.ts';
import { type SeededWorkshop, seedWorkshop } from './workshop.ts';

/** What must be known to go on with a demo that has been seeded. */
export interface Seeded {
  meetingId: Id;
  /** The agenda's room, then those of its items; first among them the one under discussion. */
  rooms: string[];
  people: Record<Seat, Id>;
  workshop: SeededWorkshop;
}

/** Key of the item that has a workshop. */
const WORKSHOP = 'dialogue';
const ACCENTS = /[\u0300-\u036f]/g;

function address(name: string): string {
  const plain = name.normalize('NFD').replace(ACCENTS, '').toLowerCase();
  return `${plain.replace(/[^a-z]+/g, '.')}@nordalven.example`;
}

async function register(server: RunningServer): Promise<Stage> {
  const { organisations, people } = server.services;
  const organisationIds = new Map<string, Id>();
  for (const { key, name, shortName, seats } of ORGANISATIONS)
    organisationIds.set(key, (await organisations.create(SYSTEM, { name, shortName, seats })).id);
  const registered = new Map<string, { id: Id; name: string }>();
  for (const { key, name, title, organisation, category, party } of PEOPLE) {
    const organisationId = organisationIds.get(organisation) ?? null;
    const { id } = await people.create(SYSTEM, { name, title, organisationId, category, party, email: address(name) });
    registered.set(key, { id, name });
  }
  const mentioned = (key: string): { id: Id; name: string } => {
    const person = registered.get(key);
    if (!person) throw new Error(`nobody is called ${key} in the demo`);
    return person;
  };
  await people.update(SYSTEM, mentioned(SEATS.facilitator).id, { isAdmin: true });
  const caller = (key: string): Caller => ({
    personId: mentioned(key).id,
    isAdmin: key === SEATS.facilitator,
    sessionId: '',
  });
  return { server, caller, mentioned };
}

/** Seeds an empty server as it would stand at `now`; the clock is the machine's again when it resolves. */
export async function seed(server: RunningServer, clock: DemoClock, now: number): Promise<Seeded> {
  const played: Played = { meetingId: '', items: new Map() };
  try {
    const main = retreat(now);
    const others = otherMeetings(now);
    const before = september(now);
    const playedBefore: Played = { meetingId: '', items: new Map() };
    clock.set(Math.min(main.createdAt, before.createdAt, ...others.map(({ createdAt }) => createdAt)));
    const stage = await register(server);
    const steps = [
      ...meetingSteps(stage, main, played),
      ...attendanceSteps(stage, played, { ...main, people: main.participants.map(({ key }) => key) }),
      ...attachmentSteps(stage, played, main),
      ...noticeSteps(stage, played, main),
      ...meetingSteps(stage, before, playedBefore),
      ...heldSteps(stage, playedBefore, before),
      ...sealingSteps(stage, playedBefore, before.signedAt),
      ...others.flatMap((script, n) => {
        const other: Played = { meetingId: '', items: new Map() };
        // The first is to come; people are called to it.
        return [...meetingSteps(stage, script, other), ...(n === 0 ? comingNoticeSteps(stage, other, now) : [])];
      }),
    ];
    // Stable: steps of one moment stay in the order of their script.
    steps.sort((one, other) => one.at - other.at);
    for (const step of steps) {
      clock.set(step.at);
      await step.run();
    }
    const { meetingId } = played;
    const scene = {
      meetingId,
      itemId: played.items.get(CURRENT) ?? '',
      idOf: (key: string) => played.items.get(key) ?? '',
      openedAt: (key: string) => main.openings.get(key) ?? now,
    };
    await seedOutcomes(stage, scene, clock, now);
    await seedDecisions(stage, scene, clock, now);
    clock.set(now);
    const workshop = await seedWorkshop(stage, { meetingId, itemId: played.items.get(WORKSHOP) ?? '' }, clock, now);
    await seedSignOff(stage, played, clock, now);
    const keys = [CURRENT, ...[...played.items.keys()].filter((key) => key !== CURRENT && !key.startsWith('s-'))];
    const rooms = keys.map((key) => roomName({ kind: 'item', meetingId, itemId: played.items.get(key) ?? '' }));
    const seats = Object.entries(SEATS).map(([seat, key]) => [seat, stage.mentioned(key).id]);
    return {
      meetingId,
      rooms: [roomName({ kind: 'agenda', meetingId }), ...rooms],
      people: Object.fromEntries(seats) as Record<Seat, Id>,
      workshop,
    };
  } finally {
    clock.release();
  }
}
