/**
 * Why this file exists: a meeting whose protocol is being signed, on a real server: chair, secretary, two verifiers, a
 * guest who said how to be reached, two items with notes.
 */
import * as Y from 'yjs';
import { addItem } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import type { GivenRole } from '#shared/policy.ts';
import type { SignOffInput, SignOffView } from '#shared/signoff/api.ts';
import { type House, openHouse, type Visitor } from '../http/house.ts';
import { Refused } from '../workshops/house.ts';

/** Words that a published version must not hold anywhere. */
export const CANARIES = ['rut.lind@exempel.se', '070-123 45 67', 'Kanariefågeln sjunger', 'Hemliga Holm'];
export const OPENING = 'Ordföranden hälsade alla välkomna till Åsö.';

export interface SignHouse {
  house: House;
  chair: Visitor;
  secretary: Visitor;
  facilitator: Visitor;
  verifiers: readonly [Visitor, Visitor];
  member: Visitor;
  observer: Visitor;
  stranger: Visitor;
  meetingId: string;
  /** Öppnande, Läget. */
  items: readonly [string, string];
  /** Address of the protocol. */
  minutes: string;
  ask<T>(as: Visitor, method: string, path: string, json?: unknown): Promise<T>;
  view(as?: Visitor): Promise<SignOffView>;
  step(as: Visitor, input: SignOffInput): Promise<SignOffView>;
  /** Approves all of it as it is. */
  approveAll(as: Visitor): Promise<SignOffView>;
  phase(...phases: string[]): Promise<void>;
  /** All three approve, the secretary seals. */
  seal(): Promise<SignOffView>;
  write(itemId: string, ...texts: string[]): Promise<void>;
  bytes(as: Visitor, path: string): Promise<Uint8Array>;
}

export async function openSignHouse(...options: Parameters<typeof openHouse>): Promise<SignHouse> {
  const house = await openHouse(...options);
  const add = (name: string): Promise<Visitor> => house.add(name);
  const [secretary, chair, facilitator] = [await add('Sara Lo'), await add('Olof Ahl'), await add('Frida Holm')];
  const verifiers = [await add('Vera Norr'), await add('Jonas Ek')] as const;
  const [member, observer, stranger] = [await add('Asta Berg'), await add('Ines Vik'), await add('Cim Dal')];
  const roles = (...given: GivenRole[]) => given;
  const { meeting } = await house.meeting(secretary, [
    [chair, roles('chair')],
    [facilitator, roles('facilitator')],
    [verifiers[0], roles('member', 'verifier')],
    [verifiers[1], roles('verifier')],
    [member, roles('member')],
    [observer, roles('observer')],
  ]);
  const meetingId = meeting.id;
  const items = [newId(), newId()] as const;
  await house.server.relay.edit(`agenda:${meetingId}`, secretary.person.id, (doc) => {
    addItem(doc, { id: items[0], title: 'Öppnande', kind: 'information' });
    addItem(doc, { id: items[1], title: 'Läget', kind: 'information' });
  });
  const minutes = `/api/meetings/${meetingId}/minutes`;

  const h: SignHouse = {
    house,
    chair,
    secretary,
    facilitator,
    verifiers,
    member,
    observer,
    stranger,
    meetingId,
    items,
    minutes,
    async ask<T>(as: Visitor, method: string, path: string, json?: unknown): Promise<T> {
      const answer = await house.fetch(path, { method, as, ...(json === undefined ? {} : { json }) });
      const said = (await answer.json()) as (T & { error?: { code: string; fields?: Record<string, string> } }) | null;
      if (!answer.ok || said?.error) throw new Refused(answer.status, said?.error ?? { code: 'none' });
      return said as T;
    },
    view: (as = secretary) => h.ask<SignOffView>(as, 'GET', `${minutes}/sign-off`),
    step: (as, input) => h.ask<SignOffView>(as, 'POST', `${minutes}/sign-off`, input),
    async approveAll(as) {
      const { parts } = await h.view(as);
      return h.step(as, { do: 'approve', parts: parts.map(({ id, hash }) => ({ id, hash })) });
    },
    async phase(...phases) {
      for (const phase of phases) {
        const { version } = await h.ask<{ version: number }>(secretary, 'GET', `/api/meetings/${meetingId}`);
        await h.ask(secretary, 'POST', `/api/meetings/${meetingId}/phase`, { phase, version });
      }
    },
    async seal() {
      for (const signer of [chair, ...verifiers]) await h.approveAll(signer);
      const { hash } = await h.view();
      return h.ask<SignOffView>(secretary, 'POST', `${minutes}/revisions`, { hash });
    },
    write: (itemId, ...texts) =>
      house.server.relay.edit(`item:${meetingId}:${itemId}`, secretary.person.id, (doc) => {
        const blocks = texts.map((text) => {
          const paragraph = new Y.XmlElement('paragraph');
          paragraph.insert(0, [new Y.XmlText(text)]);
          return paragraph;
        });
        const fragment = doc.getXmlFragment('notes');
        fragment.insert(fragment.length, blocks);
      }),
    async bytes(as, path) {
      const answer = await house.fetch(path, { as });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
  await h.write(items[0], OPENING, `Kontakt: ${CANARIES[0]} eller ${CANARIES[1]}.`);
  await h.write(items[1], 'Läget är gott.', `${CANARIES[2]} om natten.`, `${CANARIES[3]}s fråga besvarades.`);
  return h;
}
