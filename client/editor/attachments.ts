/**
 * Why this file exists: a chip in the text that points at an attachment. The document holds only its id; number and name are drawn
 * from what the meeting says now, so a chip never says a number that is wrong.
 */
import { type Editor, Extension, type Node } from '@tiptap/core';
import { Plugin, Selection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap';
import { NotesAttachment } from '#shared/editor/schema.ts';
import type { AttachmentSource } from './attachment-source.ts';

export interface AttachmentTexts {
  /** Stands for one whose words nobody knows yet. */
  word: string;
  /** "(bilaga saknas)" */
  missing: string;
  /** Said of a chip that points nowhere. */
  missingHint: string;
}

/** What a chip says, also on the clipboard. */
export function chipText(source: AttachmentSource | null, id: string, texts: AttachmentTexts): string {
  const words = source?.of(id);
  if (words) return words.label;
  return words === null || id === '' ? texts.missing : texts.word;
}

function paint(dom: HTMLElement, id: string, source: AttachmentSource | null, texts: AttachmentTexts): void {
  const words = source?.of(id);
  const broken = words === null || id === '';
  dom.textContent = words ? `${words.label} ${words.name}` : chipText(source, id, texts);
  if (words) {
    const number = document.createElement('b');
    number.textContent = words.label;
    dom.replaceChildren(number, ` ${words.name}`);
  }
  dom.toggleAttribute('data-broken', broken);
  dom.title = broken ? texts.missingHint : (words?.name ?? '');
}

/** The node with its live words. Enter or a double click shows the file. */
export function attachmentChips(source: () => AttachmentSource | null, texts: AttachmentTexts): Node {
  return NotesAttachment.extend({
    addNodeView() {
      return ({ node }) => {
        const dom = document.createElement('span');
        const id = String(node.attrs.id);
        const known = source();
        dom.setAttribute('data-type', 'attachment');
        dom.setAttribute('data-id', id);
        dom.contentEditable = 'false';
        const repaint = () => paint(dom, id, known, texts);
        repaint();
        dom.addEventListener('dblclick', () => known?.open(id));
        return {
          dom,
          destroy: known?.subscribe(repaint) ?? (() => {}),
          ignoreMutation: () => true,
        };
      };
    },
    addKeyboardShortcuts() {
      return {
        Enter: ({ editor }) => {
          const { selection } = editor.state;
          const chosen =
            'node' in selection ? (selection.node as { type: { name: string }; attrs: { id: string } }) : null;
          if (chosen?.type.name !== 'attachment') return false;
          source()?.open(chosen.attrs.id);
          return true;
        },
      };
    },
  }).configure({ label: (id) => chipText(source(), id, texts) });
}

/** Remembers a place in the text through everybody's edits; `null` when it is gone. */
function kept(view: EditorView, at: number): () => number | null {
  const sync = ySyncPluginKey.getState(view.state);
  if (!sync?.binding) return () => at;
  const place = absolutePositionToRelativePosition(at, sync.type, sync.binding.mapping);
  return () => {
    const now = ySyncPluginKey.getState(view.state);
    return now?.binding ? relativePositionToAbsolutePosition(now.doc, now.type, place, now.binding.mapping) : null;
  };
}

/** Puts a chip in the text, in the line at or nearest to `at`. */
export function insertChip(editor: Editor, id: string, at: number): void {
  const { doc } = editor.state;
  const near = Selection.near(doc.resolve(Math.max(0, Math.min(at, doc.content.size))));
  editor.commands.insertContentAt(near.from, [
    { type: 'attachment', attrs: { id } },
    { type: 'text', text: ' ' },
  ]);
}

/** Uploads the files and puts a chip for each where they were let go, once it is there. */
export function addAt(editor: Editor, source: AttachmentSource, files: readonly File[], at: number): void {
  let place = kept(editor.view, at);
  source.add(files, (id) => {
    // Left meanwhile: the file is in the list all the same.
    if (editor.isDestroyed) return;
    const now = place() ?? editor.state.selection.from;
    insertChip(editor, id, now);
    place = kept(editor.view, editor.state.selection.from);
  });
}

/** Files that are dropped or pasted in the text become attachments of the item. */
export function attachmentDrops(source: () => AttachmentSource | null): Extension {
  return Extension.create({
    name: 'attachmentDrops',
    addProseMirrorPlugins() {
      const { editor } = this;
      const take = (files: FileList | undefined, at: number): boolean => {
        const known = source();
        if (!files || files.length === 0) return false;
        // Where nothing may be added they are let fall: files and pictures are no notes.
        if (known?.mayAdd()) addAt(editor, known, [...files], at);
        return true;
      };
      return [
        new Plugin({
          props: {
            handleDrop(view, event) {
              const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
              return take(event.dataTransfer?.files, at ?? view.state.selection.from);
            },
            handlePaste(view, event) {
              if (event.clipboardData?.getData('text/html')) return false;
              return take(event.clipboardData?.files, view.state.selection.from);
            },
          },
        }),
      ];
    },
  });
}
