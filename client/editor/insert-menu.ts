/**
 * Why this file exists: what `/` in the text offers, and what the toolbar's block buttons do. Only what exists is listed.
 */
import { type Editor, Extension } from '@tiptap/core';
import { PluginKey } from '@tiptap/pm/state';
import { Suggestion } from '@tiptap/suggestion';
import { type PopupRow, popup } from './popup.ts';

export const INSERTS = ['heading', 'bulletList', 'orderedList', 'taskList', 'blockquote', 'table'] as const;
export type Insert = (typeof INSERTS)[number];

/** Turns the present block into a kind, or inserts a table of three columns with a header row. */
export function applyInsert(editor: Editor, insert: Insert): boolean {
  const chain = editor.chain().focus();
  switch (insert) {
    case 'heading':
      return chain.toggleHeading({ level: 2 }).run();
    case 'bulletList':
      return chain.toggleBulletList().run();
    case 'orderedList':
      return chain.toggleOrderedList().run();
    case 'taskList':
      return chain.toggleTaskList().run();
    case 'blockquote':
      return chain.toggleBlockquote().run();
    case 'table':
      return chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run();
  }
}

export interface InsertRow extends PopupRow {
  /** Words that find it besides its label. */
  words: string;
  /** What it does where the query stood. */
  run(editor: Editor): void;
}

/** The `/` menu; rows are asked for at every key and come in the interface's language. */
export function insertMenu(rows: () => readonly InsertRow[], texts: { label: string; none: string }): Extension {
  return Extension.create({
    name: 'insertMenu',
    addProseMirrorPlugins() {
      return [
        Suggestion<InsertRow, InsertRow>({
          pluginKey: new PluginKey('insertMenu'),
          editor: this.editor,
          char: '/',
          items: ({ query }) => {
            const wanted = query.toLocaleLowerCase('sv');
            return rows().filter(
              (row) =>
                row.label.toLocaleLowerCase('sv').includes(wanted) ||
                row.words.split(' ').some((word) => word.startsWith(wanted)),
            );
          },
          // A table does not belong in a table, and a fraction is not a menu.
          allow: ({ state, range }) => {
            const $from = state.doc.resolve(range.from);
            for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type.name === 'table') return false;
            return true;
          },
          command: ({ editor, range, props }) => {
            editor.chain().focus().deleteRange(range).run();
            props.run(editor);
          },
          render: () => popup<InsertRow>(texts.label, texts.none),
        }),
      ];
    },
  });
}
