/**
 * Why this file exists: how links come about while writing: a typed address, Markdown, a pasted address over a selection.
 * Whatever the way, the address passes safeHref; opening one takes Ctrl or Cmd, since a click places the caret.
 */
import { type Editor, InputRule } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { safeHref, typedHref } from '#shared/editor/attributes.ts';
import { NotesLink } from '#shared/editor/schema.ts';

const ADDRESS = /(^|[\s(])(https?:\/\/[^\s<>"'“”]+[^\s<>"'“”.,;:!?)])(\s)$/;
const MARKDOWN = /\[([^\][]{1,300})\]\(([^\s()]{1,2000})\)$/;

/** Links the selection, or inserts the address as text; an empty address unlinks. `false` when it is not allowed. */
export function setLink(editor: Editor, typed: string): boolean {
  if (typed.trim() === '') return editor.chain().focus().extendMarkRange('link').unsetMark('link').run();
  const href = typedHref(typed);
  if (href === null) return false;
  const { empty } = editor.state.selection;
  if (empty && !editor.isActive('link'))
    return editor
      .chain()
      .focus()
      .insertContent({ type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href } }] })
      .run();
  return editor.chain().focus().extendMarkRange('link').setMark('link', { href }).run();
}

export const LiveLink = NotesLink.extend({
  addInputRules() {
    return [
      new InputRule({
        find: ADDRESS,
        handler: ({ state, range, match }) => {
          const href = safeHref(match[2]);
          if (href === null) return null;
          const start = range.from + (match[1]?.length ?? 0);
          const end = start + (match[2]?.length ?? 0);
          state.tr.addMark(start, end, this.type.create({ href })).insertText(match[3] ?? ' ', end);
        },
      }),
      new InputRule({
        find: MARKDOWN,
        handler: ({ state, range, match }) => {
          const href = safeHref(match[2]);
          if (href === null) return null;
          const words = state.schema.text(match[1] ?? '', [this.type.create({ href })]);
          state.tr.replaceWith(range.from, range.to, words).removeStoredMark(this.type);
        },
      }),
    ];
  },
  addProseMirrorPlugins() {
    const { editor, type } = this;
    return [
      new Plugin({
        key: new PluginKey('links'),
        props: {
          handlePaste: (view, event) => {
            const text = event.clipboardData?.getData('text/plain').trim() ?? '';
            const { from, to, empty } = view.state.selection;
            const href = /^\S+$/.test(text) ? safeHref(text) : null;
            if (href === null) return false;
            const { tr } = view.state;
            if (empty) tr.replaceSelectionWith(view.state.schema.text(text, [type.create({ href })]), false);
            else tr.addMark(from, to, type.create({ href }));
            view.dispatch(tr.scrollIntoView());
            return true;
          },
          handleClick: (_view, _position, event) => {
            if (!(event.ctrlKey || event.metaKey) && editor.isEditable) return false;
            const anchor = (event.target as Element | null)?.closest('a');
            const href = safeHref(anchor?.getAttribute('href'));
            if (href === null) return false;
            window.open(href, '_blank', 'noopener,noreferrer');
            return true;
          },
        },
      }),
    ];
  },
});
