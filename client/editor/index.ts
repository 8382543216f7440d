/** Why this file exists: the editor is a part of its own that is loaded when the first notes are opened. */

export { type AttachmentSource, AttachmentSourceContext, type AttachmentWords } from './attachment-source.ts';
export type { MentionPerson } from './mentions.ts';
export { type LockInfo, NotesEditor, type NotesEditorProps } from './notes-editor.tsx';
export { NotesView } from './notes-view.tsx';
