/**
 * Why this file exists: a meeting is told as a list of steps with a time each, so that several meetings can be played
 * into one empty server in the order in which things would have happened, each step by the person who took it.
 */
import type { z } from 'zod';
import { addItem, patchItem } from '#shared/agenda.ts';
import type { Meeting, sittingInput, Template } from '#shared/api.ts';
import { type Id, newId } from '#shared/ids.ts';
import type { GivenRole, Phase } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import type { RunningServer } from '../compose.ts';
import type { Caller } from '../services.ts';
import { appendNotes } from './blocks.ts';
import { flatten, type ScriptItem } from './script.ts';

export interface Step {
  at: number;
  run(): Promise<void>;
}

export interface MeetingScript {
  title: string;
  body: string;
  registryNumber: string;
  template: Template;
  /** Who called the meeting: facilitator of it. Times are milliseconds since 1970. */
  creator: string;
  createdAt: number;
  startsAt: number;
  participants: { key: string; roles: GivenRole[]; absence: string; capacity?: string }[];
  /** One agenda per sitting. */
  sittings: { sitting: z.input<typeof sittingInput>; items: ScriptItem[] }[];
  phases: { at: number; phase: Phase; by: string }[];
  /** When items were opened, by key. */
  openings: Map<string, number>;
  /** When the last item was closed, if it was. */
  closedAt?: number;
  locks: { key: string; at: number; by: string; reason: string }[];
  /** Notes later than this are not written yet. */
  until: number;
}

/** What is known once it is played. */
export interface Played {
  meetingId: Id;
  /** Key of the script → id of the item. */
  items: Map<string, Id>;
}

export interface Stage {
  server: RunningServer;
  caller(key: string): Caller;
  mentioned(key: string): { id: Id; name: string };
}

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;

/** The steps of one meeting; `played` is filled in by the first of them. */
export function meetingSteps(stage: Stage, script: MeetingScript, played: Played): Step[] {
  const { meetings } = stage.server.services;
  const { relay } = stage.server;
  const creator = stage.caller(script.creator);
  const room = (key: string): string => {
    const itemId = played.items.get(key);
    if (!itemId) throw new Error(`no item ${key} in the demo's script`);
    return roomName({ kind: 'item', meetingId: played.meetingId, itemId });
  };
  const steps: Step[] = [
    {
      at: script.createdAt,
      run: async () => {
        const meeting = await meetings.create(creator, {
          template: script.template,
          title: script.title,
          body: script.body,
          registryNumber: script.registryNumber,
          sittings: script.sittings.map(({ sitting }) => sitting),
        });
        played.meetingId = meeting.id;
        await invite(stage, script, meeting);
        await writeAgenda(stage, script, meeting, played);
      },
    },
  ];
  for (const { phase, at, by } of script.phases)
    steps.push({
      at,
      run: async () => {
        const { version } = await meetings.get(stage.caller(by), played.meetingId);
        await meetings.changePhase(stage.caller(by), played.meetingId, { phase, version });
      },
    });
  for (const [key, at] of script.openings)
    steps.push({
      at,
      run: async () => {
        await meetings.setCurrentItem(creator, played.meetingId, played.items.get(key) ?? null);
      },
    });
  if (script.closedAt !== undefined)
    steps.push({
      at: script.closedAt,
      run: async () => {
        await meetings.setCurrentItem(creator, played.meetingId, null);
      },
    });
  for (const item of flatten(script.sittings.flatMap(({ items }) => items)))
    for (const { by, when, blocks } of item.notes ?? []) {
      const opened = script.openings.get(item.key);
      const at =
        'daysBefore' in when ? script.startsAt - when.daysBefore * DAY : (opened ?? Infinity) + when.minutes * MINUTE;
      if (at > script.until) continue;
      steps.push({
        at: Math.max(at, script.createdAt),
        run: () =>
          relay.edit(room(item.key), stage.caller(by).personId, (doc) => appendNotes(doc, blocks, stage.mentioned)),
      });
    }
  for (const { key, at, by, reason } of script.locks)
    steps.push({
      at,
      run: async () => {
        await meetings.lockItem(stage.caller(by), played.meetingId, played.items.get(key) ?? '', { reason });
      },
    });
  return steps;
}

async function invite(stage: Stage, script: MeetingScript, meeting: Meeting): Promise<void> {
  const { meetings } = stage.server.services;
  const creator = stage.caller(script.creator);
  for (const { key, ...part } of script.participants) {
    const { personId } = stage.caller(key);
    if (personId === creator.personId) continue;
    await meetings.addParticipant(creator, meeting.id, { personId, ...part });
  }
  // The creator began as facilitator and secretary; now that there is a secretary, only as what the script says.
  const own = script.participants.find(({ key }) => key === script.creator);
  if (own)
    await meetings.updateParticipant(creator, meeting.id, creator.personId, {
      roles: own.roles,
      capacity: own.capacity,
    });
}

async function writeAgenda(stage: Stage, script: MeetingScript, meeting: Meeting, played: Played): Promise<void> {
  const agenda = roomName({ kind: 'agenda', meetingId: meeting.id });
  for (const [index, { items }] of script.sittings.entries()) {
    const sitting = meeting.sittings[index]?.id ?? '';
    await stage.server.relay.edit(agenda, stage.caller(script.creator).personId, (doc) => {
      const add = (item: ScriptItem, parent: Id | ''): void => {
        const id = newId();
        played.items.set(item.key, id);
        addItem(doc, {
          id,
          title: item.title,
          kind: item.kind,
          parent,
          sitting: parent === '' ? sitting : '',
          minutes: item.minutes ?? 0,
          presenters: (item.presenters ?? []).map((presenter) =>
            typeof presenter === 'string' ? { personId: stage.caller(presenter).personId } : presenter,
          ),
        });
        if (item.outcome) patchItem(doc, id, { outcome: item.outcome });
        for (const child of item.children ?? []) add(child, id);
      };
      for (const item of items) add(item, '');
    });
  }
}
