/**
 * Why this file exists: the one source of what the notes may hold. The editor, the reading view, imports and exports
 * build on these extensions; other clients delete what their schema does not know, so every change raises
 * EDITOR_SCHEMA_VERSION (tests/editor/schema.test.ts compares both).
 *
 * No DOM is needed to import it. Behaviour (menus, popups, carets) is added in client/editor.
 */
import { Extension, type Extensions, Mark, Node } from '@tiptap/core';
import { BulletList, OrderedList, TaskItem, TaskList } from '@tiptap/extension-list';
import Mention from '@tiptap/extension-mention';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import StarterKit from '@tiptap/starter-kit';
import { cleanSources } from '../workshop/contribution-keys.ts';
import { safeHref } from './attributes.ts';

/**
 * Where a block was copied from: the item's id, `null` for none. Set by the server when an item is split; never read from
 * HTML.
 */
const Origin = Extension.create({
  name: 'origin',
  addGlobalAttributes: () => [
    {
      types: ['paragraph', 'heading', 'bulletList', 'orderedList', 'taskList', 'blockquote', 'table'],
      attributes: {
        origin: {
          default: null,
          keepOnSplit: false,
          parseHTML: () => null,
          renderHTML: (attributes) =>
            typeof attributes.origin === 'string' ? { 'data-origin': attributes.origin } : {},
        },
      },
    },
  ],
});

/**
 * What a block of a shared summary was made from: contribution keys, comma-separated, `null` for none. One that is moved
 * by way of the clipboard keeps it; for dividing and joining blocks see client/editor/sources.ts.
 */
const Sources = Extension.create({
  name: 'sources',
  addGlobalAttributes: () => [
    {
      types: ['paragraph', 'heading', 'bulletList', 'orderedList', 'listItem', 'taskList', 'taskItem', 'blockquote'],
      attributes: {
        sources: {
          default: null,
          keepOnSplit: false,
          parseHTML: (element) => cleanSources(element.getAttribute('data-sources')),
          renderHTML: (attributes) =>
            typeof attributes.sources === 'string' ? { 'data-sources': attributes.sources } : {},
        },
      },
    },
  ],
});

const kit = StarterKit.configure({
  // Undo belongs to Yjs: one's own edits only.
  undoRedo: false,
  code: false,
  codeBlock: false,
  strike: false,
  underline: false,
  horizontalRule: false,
  link: false,
  bulletList: false,
  orderedList: false,
  heading: { levels: [2, 3, 4] },
  dropcursor: false,
  trailingNode: false,
});

/** A link whose address is always harmless; without one it is plain text. */
export const NotesLink = Mark.create({
  name: 'link',
  priority: 1000,
  keepOnSplit: false,
  exitable: true,
  inclusive: false,
  addAttributes() {
    return { href: { default: null, parseHTML: (element) => safeHref(element.getAttribute('href')) } };
  },
  parseHTML() {
    return [
      { tag: 'a[href]', getAttrs: (element) => (safeHref(element.getAttribute('href')) === null ? false : null) },
    ];
  },
  renderHTML({ mark }) {
    const href = safeHref(mark.attrs.href);
    if (href === null) return ['span', 0];
    return ['a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, 0];
  },
});

export const NotesTable = Table.extend({
  addAttributes: () => ({}),
  // The wrapper scrolls, so a wide table does not widen the page.
  renderHTML: ({ HTMLAttributes }) => ['div', { class: 'tableWrapper' }, ['table', HTMLAttributes, ['tbody', 0]]],
  addNodeView: null,
}).configure({ resizable: false, allowTableNodeSelection: true });

const cellAttributes = () => ({
  // Needed by the table commands; always 1 (see attributes.ts), so never rendered and never read.
  colspan: { default: 1, parseHTML: () => 1, renderHTML: () => ({}) },
  rowspan: { default: 1, parseHTML: () => 1, renderHTML: () => ({}) },
});

export const NotesMention = Mention.extend({
  addAttributes: () => ({
    id: { default: '', parseHTML: (element: HTMLElement) => element.getAttribute('data-id') ?? '' },
    label: { default: '', parseHTML: (element: HTMLElement) => element.getAttribute('data-label') ?? '' },
  }),
  renderHTML: ({ node }) => [
    'span',
    { 'data-type': 'mention', 'data-id': String(node.attrs.id), 'data-label': String(node.attrs.label) },
    `@${String(node.attrs.label)}`,
  ],
  renderText: ({ node }) => `@${String(node.attrs.label)}`,
});

export interface AttachmentOptions {
  /** What the text says of an attachment; without anybody who knows them, nothing. */
  label(id: string): string;
}

/** Points at an attachment of the meeting. Only its id is kept: number and name are those of now, wherever it is read. */
export const NotesAttachment = Node.create<AttachmentOptions>({
  name: 'attachment',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addOptions: () => ({ label: () => '' }),
  addAttributes: () => ({
    id: { default: '', parseHTML: (element: HTMLElement) => element.getAttribute('data-id') ?? '' },
  }),
  parseHTML: () => [{ tag: 'span[data-type="attachment"]' }],
  renderHTML({ node }) {
    const id = String(node.attrs.id);
    return ['span', { 'data-type': 'attachment', 'data-id': id }, this.options.label(id)];
  },
  renderText({ node }) {
    return this.options.label(String(node.attrs.id));
  },
});

/** Everything the notes may hold, in the order the editor loads it. */
export function notesSchema(): Extensions {
  return [
    kit,
    Origin,
    Sources,
    BulletList,
    OrderedList.extend({
      addAttributes: () => ({
        start: {
          default: 1,
          parseHTML: (element: HTMLElement) => Number.parseInt(element.getAttribute('start') ?? '1', 10),
          renderHTML: (attributes: Record<string, unknown>) =>
            typeof attributes.start === 'number' && attributes.start !== 1 ? { start: attributes.start } : {},
        },
      }),
      renderHTML: ({ HTMLAttributes }) => ['ol', HTMLAttributes, 0],
    }),
    TaskList,
    TaskItem.configure({ nested: true }),
    NotesTable,
    TableRow,
    TableCell.extend({ addAttributes: cellAttributes }),
    TableHeader.extend({ addAttributes: cellAttributes }),
    NotesLink,
    NotesMention,
    NotesAttachment,
  ];
}
