/**
 * Why this file exists: what one editor over one fragment consists of, in one list.
 */
import { Extension, type Extensions } from '@tiptap/core';
import Collaboration from '@tiptap/extension-collaboration';
import { Placeholder } from '@tiptap/extensions';
import { hardenSchema } from '#shared/editor/attributes.ts';
import { notesSchema } from '#shared/editor/schema.ts';
import type { RoomClient } from '../collab/index.ts';
import type { AttachmentSource } from './attachment-source.ts';
import { type AttachmentTexts, attachmentChips, attachmentDrops } from './attachments.ts';
import { carets } from './carets.ts';
import { type InsertRow, insertMenu } from './insert-menu.ts';
import { keepWords } from './keep-words.ts';
import { LiveLink } from './links.ts';
import { type MentionPerson, mentions } from './mentions.ts';
import { OneText } from './one-text.ts';
import { type OriginLabel, origins } from './origins.ts';
import { type SourceMarks, sources } from './sources.ts';
import { syncGuard } from './sync-guard.ts';
import { QuietTable, tableRepair } from './tables.ts';

/** Cleans attributes wherever nodes are made; before the first document is. */
const HardenedSchema = Extension.create({
  name: 'hardenedSchema',
  onBeforeCreate() {
    hardenSchema(this.editor.schema);
  },
});

export interface EditorTexts {
  placeholder: string;
  insertLabel: string;
  insertNone: string;
  mentionLabel: string;
  mentionNone: string;
  attachment: AttachmentTexts;
}

export interface EditorSetup {
  room: RoomClient;
  fragment: string;
  people: () => readonly MentionPerson[];
  originLabel: () => OriginLabel;
  sources: () => SourceMarks | null;
  inserts: () => readonly InsertRow[];
  attachments: () => AttachmentSource | null;
  texts: EditorTexts;
  /** Esc. */
  leave: () => void;
  /** Alt+I. */
  whoWrote: () => void;
  /** Ctrl+K. */
  editLink: () => void;
}

/** The schema with its live parts in place of the plain ones. */
export function editorExtensions(setup: EditorSetup): Extensions {
  const { room, fragment, texts } = setup;
  const live: Extensions = [
    QuietTable,
    LiveLink,
    mentions(setup.people, { label: texts.mentionLabel, none: texts.mentionNone }),
    attachmentChips(setup.attachments, texts.attachment),
  ];
  const replaced = new Set(live.map((extension) => extension.name));
  return [
    HardenedSchema,
    ...notesSchema().filter((extension) => !replaced.has(extension.name)),
    ...live,
    origins(setup.originLabel),
    sources(setup.sources),
    Collaboration.configure({ document: room.doc, field: fragment }),
    syncGuard(room),
    OneText,
    keepWords(room),
    carets(room),
    tableRepair(room, fragment),
    attachmentDrops(setup.attachments),
    insertMenu(setup.inserts, { label: texts.insertLabel, none: texts.insertNone }),
    Placeholder.configure({ placeholder: texts.placeholder, showOnlyCurrent: false }),
    Extension.create({
      name: 'notesKeys',
      priority: 1,
      addKeyboardShortcuts: () => ({
        Escape: () => {
          setup.leave();
          return true;
        },
        'Alt-i': () => {
          setup.whoWrote();
          return true;
        },
        'Mod-k': () => {
          setup.editLink();
          return true;
        },
      }),
    }),
  ];
}
