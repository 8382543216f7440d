/**
 * Why this file exists: F42 and A19: text that was written without a network comes back when the summary is final. It gets
 * into nothing, and its author has all of it to copy; and whoever writes past the program (an old page, the chair, a
 * client that knows nothing of rights) changes neither the room nor the revision.
 */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { RevisionContent } from '#shared/summary/api.ts';
import { MESSAGE_PERSISTED } from '#shared/wire.ts';
import { RoomClient } from '../../client/collab/room-client.ts';
import type { Refusal, RoomState } from '../../client/collab/types.ts';
import { bytes, mark, step2, updateBy, updateMessage } from '../attacks/frames.ts';
import { socketOf } from '../faults/author.ts';
import type { Visitor } from '../http/house.ts';
import { openDoc } from '../support/light-client.ts';
import { openSummaryHouse, type SummaryHouse, vectorOf } from './house.ts';

let h: SummaryHouse;
const clients: RoomClient[] = [];
beforeEach(async () => {
  h = await openSummaryHouse({}, { attacked: true });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await h.house.close();
});

const signedIn = ({ cookie }: Visitor) => ({ url: h.house.url, cookie });

/** A page in the summary: when the room gives its copy back, it goes on with a new one, as the program does. */
class Page {
  client: RoomClient;
  readonly #person: ReturnType<typeof signedIn>;
  readonly #looks = new Set<() => void>();

  constructor(visitor: Visitor) {
    this.#person = signedIn(visitor);
    this.client = this.#open([]);
  }

  #open(refused: readonly Refusal[]): RoomClient {
    const client = new RoomClient({
      name: h.room,
      url: `${this.#person.url.replace(/^http/, 'ws')}/collab`,
      device: null,
      WebSocket: socketOf(this.#person),
      refused,
      onReplaced: (kept) => {
        this.client = this.#open(kept);
        client.destroy();
        this.#look();
      },
    });
    clients.push(client);
    client.subscribe(() => this.#look());
    client.doc.on('update', () => this.#look());
    return client;
  }

  #look(): void {
    for (const look of this.#looks) look();
  }

  until(wanted: (state: RoomState, doc: Y.Doc) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!wanted(this.client.state, this.client.doc)) return;
        this.#looks.delete(look);
        resolve();
      };
      this.#looks.add(look);
      look();
    });
  }
}
function say(doc: Y.Doc, text: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  doc.getXmlFragment(h.workshop.prompts[0]?.id ?? '').push([paragraph]);
}
const inRoom = () =>
  h.house.server.relay.read(h.room, (doc) => doc.getXmlFragment(h.workshop.prompts[0]?.id ?? '').toString());
const revision = () => h.ask<RevisionContent>(h.chair, 'GET', `${h.summary}/revisions/1`);
async function finalAfter(text: string): Promise<RevisionContent> {
  const chair = openDoc(signedIn(h.chair), h.room);
  await chair.synced();
  say(chair.doc, text);
  await chair.settled();
  await h.finalise(h.chair, { stateVector: vectorOf(chair.doc) });
  chair.destroy();
  return revision();
}

describe('F42 text that comes back when the summary is final', () => {
  it('is refused and kept for its author; the revision and the room are as they were', async () => {
    const scribe = new Page(h.members[0]);
    await scribe.until(({ synced, access }) => synced && access === 'write');
    scribe.client.provider.disconnect();
    say(scribe.client.doc, 'Skrivet på tåget, utan nät.');
    const kept = await finalAfter('Det vi kom överens om.');
    const room = await inRoom();
    scribe.client.reconnect();
    await scribe.until(({ refused }) => refused.length > 0);
    const [refusal] = scribe.client.state.refused;
    expect(refusal?.text).toContain('Skrivet på tåget, utan nät.');
    expect(refusal?.reason).toBe('final');
    // As it stands in the room, so it stands on their screen again.
    const promptId = h.workshop.prompts[0]?.id ?? '';
    await scribe.until(({ synced }, doc) => synced && doc.getXmlFragment(promptId).toString() === room);
    expect(scribe.client.state.access).toBe('read');
    expect(await inRoom()).toBe(room);
    expect(room).not.toContain('tåget');
    const now = await revision();
    expect(now).toEqual(kept);
    expect(createHash('sha256').update(JSON.stringify(now.document)).digest('hex')).toBe(kept.revision.sha256);
  });
});

describe('A19 a final summary', () => {
  it.each([
    ['the chair, with an update', 'v=1', updateMessage],
    ['the chair, with an answer', 'v=1', step2],
    ['a scribe’s old page that knows nothing of rights', '', updateMessage],
    ['a participant', 'v=1', updateMessage],
  ])('is not changed by %s', async (who, query, message) => {
    const kept = await finalAfter('Det vi kom överens om.');
    const room = await inRoom();
    const as = who.startsWith('the chair') ? h.chair : who.startsWith('a scribe') ? h.members[0] : h.members[3];
    const socket = h.house.socket(`/collab/${h.room}?${query}`, { cookie: as.cookie, origin: h.house.url });
    const answered = Buffer.from(bytes(MESSAGE_PERSISTED, 1));
    await new Promise<void>((resolve) => {
      socket.on('error', () => {});
      socket.on('close', () => resolve());
      socket.once('message', () => {
        socket.send(message(updateBy((doc) => say(doc, 'Och en sak till.'))));
        socket.send(mark(1));
        // A client that asks for nothing back hears nothing: then it is the room's own answer that tells.
        if (query === '') socket.close();
      });
      socket.on('message', (data: Buffer) => (answered.equals(data) || data.includes('refused')) && resolve());
    });
    socket.terminate();
    expect(await inRoom()).toBe(room);
    expect(await revision()).toEqual(kept);
  });
});
