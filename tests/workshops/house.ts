/**
 * Why this file exists: a meeting with a dialogue item and a workshop on it, on a real server, for the tests of workshops.
 */
import { addItem } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import type { GivenRole } from '#shared/policy.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';

export interface WorkshopHouse {
  house: House;
  facilitator: Visitor;
  chair: Visitor;
  /** Asta, Bror, Cilla and Doris. */
  members: readonly [Visitor, Visitor, Visitor, Visitor];
  observer: Visitor;
  stranger: Visitor;
  meetingId: string;
  /** The dialogue. */
  itemId: string;
  /** An item that is none. */
  otherItemId: string;
  /** The address of the workshop. */
  path: string;
  /** Asks as somebody; the body of the answer. Throws with status and code when it is refused. */
  ask<T = WorkshopView>(as: Visitor, method: string, path?: string, json?: unknown): Promise<T>;
}

/** What a refused request said, as "404 not-found" with its fields. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Record<string, string>;
  constructor(status: number, error: { code: string; fields?: Record<string, string> }) {
    super(`${status} ${error.code} ${JSON.stringify(error.fields ?? {})}`);
    this.status = status;
    this.code = error.code;
    this.fields = error.fields ?? {};
  }
}

/** A house with such a meeting and no workshop yet. Close `house` afterwards. */
export async function openWorkshopHouse(...options: Parameters<typeof openHouse>): Promise<WorkshopHouse> {
  const house = await openHouse(...options);
  const facilitator = await house.add('Frida Holm');
  const chair = await house.add('Olof Ahl');
  const observer = await house.add('Ines Vik');
  const stranger = await house.add('Cim Dal');
  const members = [
    await house.add('Asta Berg'),
    await house.add('Bror Lund'),
    await house.add('Cilla Ek'),
    await house.add('Doris Ask'),
  ] as const;
  const roles = (...given: GivenRole[]) => given;
  const { meeting } = await house.meeting(facilitator, [
    [chair, roles('chair')],
    [observer, roles('observer')],
    ...members.map((member): [Visitor, GivenRole[]] => [member, roles('member')]),
  ]);
  const [itemId, otherItemId] = [newId(), newId()];
  await house.server.relay.edit(`agenda:${meeting.id}`, facilitator.person.id, (doc) => {
    addItem(doc, { id: itemId, title: 'Hur arbetar vi nära?', kind: 'dialogue' });
    addItem(doc, { id: otherItemId, title: 'Läget', kind: 'information' });
  });
  const path = `/api/meetings/${meeting.id}/items/${itemId}/workshop`;
  return {
    house,
    facilitator,
    chair,
    members,
    observer,
    stranger,
    meetingId: meeting.id,
    itemId,
    otherItemId,
    path,
    async ask<T>(as: Visitor, method: string, more = '', json?: unknown): Promise<T> {
      const answer = await house.fetch(more.startsWith('/api') ? more : path + more, {
        method,
        as,
        ...(json === undefined ? {} : { json }),
      });
      if (answer.status === 204) return undefined as T;
      const said = (await answer.json()) as (T & { error?: { code: string; fields?: Record<string, string> } }) | null;
      if (!answer.ok || said?.error) throw new Refused(answer.status, said?.error ?? { code: 'none' });
      return said as T;
    },
  };
}

export const PROMPTS = [{ heading: 'Vad fungerar?' }, { heading: 'Vad saknas?', help: 'Ett per rad', minutes: 5 }];
