/**
 * Why this file exists: people who write in the same notes at once, without browsers: each has a document and the stock
 * binding with this editor's plugins around it, over a view that has a state and no screen. A seed decides who does what
 * and when whose changes arrive, so what goes wrong once goes wrong again.
 */
import { getSchema } from '@tiptap/core';
import { joinBackward, splitBlock } from '@tiptap/pm/commands';
import type { Node as ProseMirrorNode } from '@tiptap/pm/model';
import {
  type Command,
  EditorState,
  type Plugin,
  type PluginView,
  TextSelection,
  type Transaction,
} from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { ySyncPlugin } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { hardenSchema } from '#shared/editor/attributes.ts';
import { notesSchema } from '#shared/editor/schema.ts';
import type { RoomClient } from '../../client/collab/index.ts';

const schema = getSchema(notesSchema());
hardenSchema(schema);

/** What the binding and the plugins use of a view. */
class ScreenlessView {
  state: EditorState;
  readonly isDestroyed = false;
  readonly composing = false;
  readonly #plugins: PluginView[] = [];

  constructor(plugins: Plugin[]) {
    this.state = EditorState.create({ schema, plugins });
    for (const plugin of plugins) {
      const made = plugin.spec.view?.(this as unknown as EditorView);
      if (made) this.#plugins.push(made);
    }
  }

  readonly dispatch = (transaction: Transaction): void => {
    const before = this.state;
    this.state = before.apply(transaction);
    for (const plugin of this.#plugins) plugin.update?.(this as unknown as EditorView, before);
  };

  hasFocus(): boolean {
    return false;
  }

  destroy(): void {
    for (const plugin of this.#plugins) plugin.destroy?.();
  }
}

/** The plugins around the binding, given what tells of updates before they are applied. */
export type Plugins = (onBeforeRemote: RoomClient['onBeforeRemote']) => Plugin[];

/** One who writes. */
export class Writer {
  readonly doc = new Y.Doc();
  readonly view: ScreenlessView;
  /** What others wrote and has not arrived here, in the order of the server. */
  readonly inbox: { by: Writer; update: Uint8Array }[] = [];

  readonly #listeners: ((update: Uint8Array | null) => void)[] = [];

  constructor(clientId: number, plugins: Plugins) {
    this.doc.clientID = clientId;
    this.view = new ScreenlessView([
      ySyncPlugin(this.doc.getXmlFragment('notes')),
      ...plugins((listener) => {
        this.#listeners.push(listener);
        return () => {};
      }),
    ]);
  }

  get paragraphs(): string[] {
    const found: string[] = [];
    this.view.state.doc.descendants((node: ProseMirrorNode) => {
      if (node.isTextblock) found.push(node.textContent);
    });
    return found;
  }

  type(text: string): void {
    this.view.dispatch(this.view.state.tr.insertText(text));
  }

  enter(): void {
    this.#run(splitBlock);
  }

  /** Backspace at the start of a block; elsewhere it takes no letter. */
  join(): void {
    this.#run(joinBackward);
  }

  /** Takes away the block in which the caret is; returns the words in it. */
  remove(): string {
    const { $from } = this.view.state.selection;
    const words = $from.parent.textContent;
    if (this.view.state.doc.childCount === 1) return '';
    this.view.dispatch(this.view.state.tr.delete($from.before(1), $from.after(1)));
    return words;
  }

  /** Puts the caret into a block: at a place between 0 (before its first letter) and 1 (after its last). */
  place(block: number, at: number): void {
    const places: [number, number][] = [];
    this.view.state.doc.descendants((node, position) => {
      if (node.isTextblock) places.push([position + 1, node.content.size]);
    });
    const [start, size] = places[block % places.length] ?? [1, 0];
    const { doc, tr } = this.view.state;
    this.view.dispatch(tr.setSelection(TextSelection.create(doc, start + Math.round(size * at))));
  }

  /** Lets the first `count` of what has not arrived arrive, as one message. */
  receive(count: number): void {
    const updates = this.inbox.splice(0, count).map(({ update }) => update);
    if (updates.length === 0) return;
    const update = Y.mergeUpdates(updates);
    for (const listener of this.#listeners) listener(update);
    Y.applyUpdate(this.doc, update, 'server');
  }

  #run(command: Command): void {
    command(this.view.state, this.view.dispatch);
  }
}

/** People in one room; what one does reaches the others' inboxes at once and their documents when they receive. */
export function room(count: number, plugins: Plugins, first = 1): Writer[] {
  const writers = Array.from({ length: count }, (_, n) => new Writer(first + n, plugins));
  for (const writer of writers)
    writer.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'server') return;
      for (const other of writers) if (other !== writer) other.inbox.push({ by: writer, update });
    });
  return writers;
}

/** Whether everybody has heard of all that this one has done. */
export function heard(writers: Writer[], writer: Writer): boolean {
  return writers.every((other) => other.inbox.every(({ by }) => by !== writer));
}

/** Everybody receives everything, repairs included; whether that came to an end. */
export function settle(writers: Writer[]): boolean {
  for (let round = 0; round < 50; round++) {
    if (writers.every((writer) => writer.inbox.length === 0)) return true;
    for (const writer of writers) writer.receive(writer.inbox.length);
  }
  return false;
}
