/** Everything the demo writes must be something the editor knows: it deletes, for everybody, what it does not. */
import { getSchema } from '@tiptap/core';
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { notesSchema } from '#shared/editor/schema.ts';
import { newId } from '#shared/ids.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { appendNotes } from '../../server/demo/blocks.ts';
import { PEOPLE } from '../../server/demo/cast.ts';
import { retreat } from '../../server/demo/content.ts';
import { otherMeetings } from '../../server/demo/other-meetings.ts';
import { flatten } from '../../server/demo/script.ts';

const now = Date.parse('2026-11-12T12:32:00Z');
const scripts = [retreat(now), ...otherMeetings(now)];
const schema = getSchema(notesSchema());

describe("the demo's words", () => {
  it('are in the editor’s schema, to the last attribute, and an editor would change nothing in them', () => {
    const mentioned = (key: string): { id: string; name: string } => {
      const person = PEOPLE.find((one) => one.key === key);
      if (!person) throw new Error(key);
      return { id: newId(), name: person.name };
    };
    let written = 0;
    for (const script of scripts)
      for (const item of flatten(script.sittings.flatMap(({ items }) => items))) {
        if (!item.notes) continue;
        const doc = new Y.Doc();
        for (const { blocks } of item.notes) appendNotes(doc, blocks, mentioned);
        const fragment = doc.getXmlFragment(NOTES_FRAGMENT);
        const before = fragment.toString();
        const root = yXmlFragmentToProseMirrorRootNode(fragment, schema);
        root.check();
        expect(fragment.toString(), item.key).toBe(before);
        expect(root.childCount, item.key).toBe(item.notes.flatMap(({ blocks }) => blocks).length);
        written += 1;
      }
    expect(written).toBeGreaterThan(12);
  });

  it('are by people of the cast, who all take part in their meeting', () => {
    for (const script of scripts) {
      const present = new Set(script.participants.map(({ key }) => key));
      for (const item of flatten(script.sittings.flatMap(({ items }) => items))) {
        for (const { by } of item.notes ?? []) expect(present, `${item.key} by ${by}`).toContain(by);
        for (const presenter of item.presenters ?? [])
          if (typeof presenter === 'string')
            expect(present, `${item.key} presented by ${presenter}`).toContain(presenter);
      }
    }
  });

  it('replace the empty paragraph of a new item, and nothing else', () => {
    const doc = new Y.Doc();
    const fragment = doc.getXmlFragment(NOTES_FRAGMENT);
    fragment.insert(0, [new Y.XmlElement('paragraph')]);
    const blocks = [{ node: 'paragraph', inline: ['Ord'] }];
    const nobody = (): never => {
      throw new Error('nobody');
    };
    appendNotes(doc, blocks, nobody);
    appendNotes(doc, blocks, nobody);
    expect(fragment.toString()).toBe('<paragraph>Ord</paragraph><paragraph>Ord</paragraph>');
  });
});
