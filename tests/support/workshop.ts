/**
 * Why this file exists: a workshop on one of the demo's items, made over the API by somebody who runs the meeting, for the
 * tests in browsers that are about what comes after.
 */
import { addItem, readItems } from '#shared/agenda.ts';
import type { Meeting } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { openDoc } from './light-client.ts';
import { call, type SignedIn } from './people.ts';

export interface MadeWorkshop {
  meetingId: string;
  itemId: string;
  roundId: string;
  groupIds: string[];
  promptIds: string[];
  /** Asks as somebody under the workshop's address; throws with the body when it is refused. */
  ask(as: SignedIn, method: string, path?: string, body?: unknown): Promise<WorkshopView>;
  /** Address of a group's page. */
  page(groupId: string): string;
}

async function answerOf<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Who somebody is in the meeting. */
export async function ownId(person: SignedIn): Promise<string> {
  return (await answerOf<{ person: { id: string } }>(await call(person, 'GET', '/api/session'))).person.id;
}

/** The meeting as somebody sees it. */
export async function meetingOf(person: SignedIn, meetingId: string): Promise<Meeting> {
  return answerOf(await call(person, 'GET', `/api/meetings/${meetingId}`));
}

/** Makes a dialogue item of its own, with three prompts and these people in the groups. */
export async function makeWorkshop(
  officer: SignedIn,
  meetingId: string,
  groups: readonly { name: string; place?: string; members: readonly string[] }[],
  minutes = 20,
): Promise<MadeWorkshop> {
  const itemId = newId();
  const agenda = openDoc(officer, `agenda:${meetingId}`);
  await agenda.synced();
  addItem(agenda.doc, { id: itemId, title: 'Nära till det nödvändiga 2035', kind: 'dialogue' });
  if (!readItems(agenda.doc).some(({ id }) => id === itemId)) throw new Error('the item was not made');
  await agenda.settled();
  agenda.destroy();
  const root = `/api/meetings/${meetingId}/items/${itemId}/workshop`;
  const ask: MadeWorkshop['ask'] = async (as, method, path = '', body) =>
    answerOf(await call(as, method, root + path, body));
  const made = await ask(officer, 'POST', '', {
    minutes,
    groups: groups.length,
    prompts: [
      { heading: 'Vad fungerar redan i dag?', help: 'Sådant ni har sett med egna ögon.' },
      { heading: 'En vanlig tisdag 2035', help: 'Var är man, vem möter man, hur kom man dit?', minutes: 7 },
      {
        heading: 'Vad måste vi välja?',
        help: 'En mening per vägval: om vi väljer det ena säger vi nej till det andra.',
      },
    ],
  });
  const roundId = made.currentRoundId;
  const ids = made.rounds[0]?.groups.map(({ id }) => id) ?? [];
  await ask(officer, 'PATCH', `/rounds/${roundId}`, {
    groups: groups.map((group, i) => ({ ...group, id: ids[i] })),
  });
  return {
    meetingId,
    itemId,
    roundId,
    groupIds: ids,
    promptIds: made.prompts.map(({ id }) => id),
    ask,
    page: (groupId) => `${officer.url}/m/${meetingId}/p/${itemId}/grupp/${groupId}`,
  };
}
