/**
 * Why this file exists: `@` finds a participant. The document keeps the person's id and the name as it was.
 */

import type { Node } from '@tiptap/core';
import { PluginKey } from '@tiptap/pm/state';
import { NotesMention } from '#shared/editor/schema.ts';
import { type PopupRow, popup } from './popup.ts';

/** Somebody who can be mentioned. */
export interface MentionPerson {
  id: string;
  name: string;
  /** Shown beside the name. */
  organisation?: string;
}

const LIMIT = 8;

/** People whose name has a part beginning with the query, those whose first name does before the others. */
export function matchPeople(people: readonly MentionPerson[], query: string): MentionPerson[] {
  const wanted = query.toLocaleLowerCase('sv');
  const hits: { person: MentionPerson; place: number }[] = [];
  for (const person of people) {
    const parts = person.name.toLocaleLowerCase('sv').split(/[\s-]+/);
    const place = parts.findIndex((part) => part.startsWith(wanted));
    if (place >= 0) hits.push({ person, place });
  }
  hits.sort((a, b) => a.place - b.place || a.person.name.localeCompare(b.person.name, 'sv'));
  return hits.slice(0, LIMIT).map((hit) => hit.person);
}

/** The mention node with its list; `people` is asked at every key, so late arrivals are found. */
export function mentions(people: () => readonly MentionPerson[], texts: { label: string; none: string }): Node {
  return NotesMention.configure({
    suggestion: {
      pluginKey: new PluginKey('mentions'),
      char: '@',
      items: ({ query }): PopupRow[] =>
        matchPeople(people(), query).map(({ id, name, organisation }) => ({
          id,
          label: name,
          hint: organisation ?? '',
        })),
      command: ({ editor, range, props }) => {
        const { id, label } = props as PopupRow;
        editor
          .chain()
          .focus()
          .insertContentAt(range, [
            { type: 'mention', attrs: { id, label } },
            { type: 'text', text: ' ' },
          ])
          .run();
      },
      render: () => popup<PopupRow>(texts.label, texts.none),
    },
  });
}
