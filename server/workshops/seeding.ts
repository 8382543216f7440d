/**
 * Why this file exists: every fragment of a group's room and of the summary begins with one empty paragraph. The server
 * puts it there and nobody else: two editors that both found nothing and each put one in would leave two.
 */
import * as Y from 'yjs';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { Prompt, Workshop } from '#shared/workshop/workshop.ts';
import type { Relay } from '../relay/ports.ts';

/** The rooms in which a workshop's prompts are answered: its groups' and its summary's. */
export function promptRooms({
  meetingId,
  itemId,
  rounds,
}: Pick<Workshop, 'meetingId' | 'itemId' | 'rounds'>): string[] {
  const groups = rounds.flatMap(({ groups: of }) => of.map(({ id }) => id));
  return [
    ...groups.map((groupId) => roomName({ kind: 'group', meetingId, groupId })),
    roomName({ kind: 'summary', meetingId, itemId }),
  ];
}

/** Puts an empty paragraph into every fragment of the document that has nothing. */
function seedDocument(doc: Y.Doc, prompts: readonly Prompt[]): void {
  for (const { id } of prompts) {
    const fragment = doc.getXmlFragment(id);
    if (fragment.length === 0) fragment.insert(0, [new Y.XmlElement('paragraph')]);
  }
}

/** Whether a prompt's fragment holds nothing but what it was seeded with. */
export function isUnwritten(doc: Y.Doc, promptId: Id): boolean {
  const fragment = doc.getXmlFragment(promptId);
  return fragment.length === 0 || (fragment.length === 1 && isEmptyParagraph(fragment.get(0)));
}

function isEmptyParagraph(node: unknown): boolean {
  return node instanceof Y.XmlElement && node.nodeName === 'paragraph' && node.toArray().every(isEmptyText);
}

function isEmptyText(node: unknown): boolean {
  return node instanceof Y.XmlText && node.length === 0;
}

export interface Seeding {
  /**
   * Seeds what `after` has more of than `before`: rooms of new groups, fragments of new prompts. Resolves after the
   * commit. What has been seeded already, or written in, is left as it is.
   */
  seed(personId: Id, before: Workshop | null, after: Workshop): Promise<void>;
  /** Whether anything stands under one of these prompts in one of these rooms. */
  written(rooms: readonly string[], promptIds: readonly Id[]): Promise<boolean>;
}

/** Seeds rooms over the relay. */
export function createSeeding({ relay }: { relay: Pick<Relay, 'edit' | 'read'> }): Seeding {
  return {
    async seed(personId, before, after) {
      const rooms = new Set(before ? promptRooms(before) : []);
      const known = new Set((before?.prompts ?? []).map(({ id }) => id));
      const added = after.prompts.filter(({ id }) => !known.has(id));
      // All at once: they are different rooms, and their commits are gathered.
      await Promise.all(
        promptRooms(after).map(async (room) => {
          const wanted = rooms.has(room) ? added : after.prompts;
          if (wanted.length === 0) return;
          const missing = await relay.read(room, (doc) =>
            wanted.filter(({ id }) => doc.getXmlFragment(id).length === 0),
          );
          if (missing.length > 0) await relay.edit(room, personId, (doc) => seedDocument(doc, missing));
        }),
      );
    },
    async written(rooms, promptIds) {
      for (const room of rooms)
        if (await relay.read(room, (doc) => promptIds.some((id) => !isUnwritten(doc, id)))) return true;
      return false;
    },
  };
}
