/**
 * Why this file exists: a workshop whose summary is being written, and people who write in it over the relay itself: each
 * keeps account of what they were told is saved.
 */
import * as Y from 'yjs';
import type { SummaryView } from '#shared/summary/api.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Visitor } from '../http/house.ts';
import { mark, type ReadFrame, readFrame, sync } from '../relay/world.ts';
import { Network, RawClient } from '../support/socket-pair.ts';
import { openWorkshopHouse, PROMPTS, type WorkshopHouse } from '../workshops/house.ts';

export interface SummaryHouse extends WorkshopHouse {
  workshop: WorkshopView;
  /** Address of the summary. */
  summary: string;
  /** The summary's room. */
  room: string;
  network: Network;
  /** Somebody who writes in a room, by default the summary's. */
  typist(visitor: Visitor, room?: string): Writer;
  /** Moves every message there is until `done`. */
  until(done: () => boolean): Promise<void>;
  finalise(as: Visitor, more?: { revision?: number; stateVector?: string }): Promise<SummaryView>;
}

const EMPTY_VECTOR = Buffer.from(Y.encodeStateVector(new Y.Doc())).toString('base64');

/** A house with a workshop; `scribes` write its summary beside the chair. */
export async function openSummaryHouse(...options: Parameters<typeof openWorkshopHouse>): Promise<SummaryHouse> {
  const base = await openWorkshopHouse(...options);
  const { house, facilitator, members, meetingId, itemId } = base;
  await base.ask(facilitator, 'POST', '', { prompts: PROMPTS });
  const workshop = await base.ask(facilitator, 'PATCH', '', { scribes: [members[0].person.id, members[1].person.id] });
  const summary = `/api/meetings/${meetingId}/items/${itemId}/summary`;
  const room = `summary:${meetingId}:${itemId}`;
  const network = new Network(house.server.relay);
  return {
    ...base,
    workshop,
    summary,
    room,
    network,
    typist: (visitor, name = room) => new Writer(base, network, visitor, name, workshop.prompts[0]?.id ?? ''),
    async until(done) {
      while (!done()) {
        await new Promise((resolve) => setImmediate(resolve));
        network.pump();
      }
    },
    async finalise(as, more = {}) {
      const { revision } = (await base.ask(as, 'GET')).summary;
      return base.ask<SummaryView>(as, 'POST', `${summary}/finalise`, { revision, stateVector: EMPTY_VECTOR, ...more });
    },
  };
}

/** One device in a room: writes words and knows which of them it was told are saved. */
export class Writer {
  readonly doc = new Y.Doc();
  readonly client: RawClient;
  /** Words of which the server has said that they are safe. */
  readonly saved = new Set<string>();
  /** What 122 has said, in order. */
  readonly told: string[] = [];
  readonly #waiting = new Map<number, string[]>();
  readonly #prompt: string;
  #marks = 0;
  #read = 0;
  #unmarked: string[] = [];
  synced = false;

  constructor(house: WorkshopHouse, network: Network, visitor: Visitor, room: string, prompt: string) {
    const principal = house.house.server.services.access.principal(visitor.caller, room);
    if (!principal) throw new Error('nobody by that name');
    this.#prompt = prompt;
    this.client = new RawClient(network, room, principal, true);
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.client.send(sync(2, update));
    });
    this.client.send(sync(0, Y.encodeStateVector(this.doc)));
  }

  get #text(): Y.XmlText {
    const paragraph = this.doc.getXmlFragment(this.#prompt).get(0);
    if (!(paragraph instanceof Y.XmlElement)) throw new Error('the summary was not seeded');
    const first = paragraph.get(0);
    if (first instanceof Y.XmlText) return first;
    const text = new Y.XmlText();
    paragraph.insert(0, [text]);
    return text;
  }

  /** Writes a word and asks to be told when it is safe. */
  type(word: string): void {
    const text = this.#text;
    text.insert(text.length, `${word} `);
    this.#unmarked.push(word);
    this.ask();
  }

  /** Asks when everything so far is safe. */
  ask(): void {
    this.#marks++;
    this.#waiting.set(this.#marks, this.#unmarked);
    this.#unmarked = [];
    this.client.send(mark(this.#marks));
  }

  /** Takes in what has come. */
  listen(): void {
    for (const bytes of this.client.frames.slice(this.#read)) this.#take(readFrame(bytes));
    this.#read = this.client.frames.length;
  }

  #take(frame: ReadFrame): void {
    if (frame.name === 'step1') this.client.send(sync(1, Y.encodeStateAsUpdate(this.doc, frame.bytes)));
    if (frame.name === 'step2') this.synced = true;
    if (frame.name === 'step2' || frame.name === 'update') Y.applyUpdate(this.doc, frame.bytes, this);
    if (frame.name === 'access') this.told.push(frame.strings.join(' ').trim());
    if (frame.name === 'persisted')
      for (const [n, words] of this.#waiting)
        if (n <= frame.n) {
          for (const word of words) this.saved.add(word);
          this.#waiting.delete(n);
        }
  }

  leave(): void {
    this.client.leave();
    this.doc.destroy();
  }
}

/** State vector of a document as the routes take it. */
export const vectorOf = (doc: Y.Doc): string => Buffer.from(Y.encodeStateVector(doc)).toString('base64');
