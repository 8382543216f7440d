/**
 * Why this file exists: a title is one line that several people write at once. This ties an input or textarea to its
 * shared text letter by letter: what one types goes there at once, what others type appears without moving one's
 * caret or selection, a composition (IME, dead keys, dictation) is left alone until it ends, and undo takes back only
 * one's own. Outside React, so that no rendering comes between a key and the text.
 */
import * as Y from 'yjs';
import { type Delta, editBetween, moved, survivors } from './text-edit.ts';

/** What the binding needs of an input or textarea. */
export type TitleElement = Pick<
  HTMLInputElement,
  | 'value'
  | 'selectionStart'
  | 'selectionEnd'
  | 'selectionDirection'
  | 'setSelectionRange'
  | 'addEventListener'
  | 'removeEventListener'
>;

export interface TitleBinding {
  /** Takes back, or does again, one's own last change in this field. */
  undo(): void;
  redo(): void;
  /** Whether a composition is going on. */
  composing(): boolean;
  /** Hands over what is typed, then lets go. */
  destroy(): void;
}

/** A title is one line; one code unit for one, so that positions agree. */
const oneLine = (text: string): string => text.replace(/[\r\n]/g, ' ');

/** The text as it is shown: whatever is not text (another program's doing) takes one place, as it does in the text. */
export function shownTitle(text: Y.Text): string {
  let shown = '';
  for (const part of text.toDelta() as { insert: unknown }[])
    shown += typeof part.insert === 'string' ? part.insert : '\ufffc';
  return oneLine(shown);
}

/** Binds `element` to `text` until `destroy`. `onComposing` is told when a composition starts and ends. */
export function bindTitle(
  element: TitleElement,
  text: Y.Text,
  onComposing: (composing: boolean) => void = () => {},
): TitleBinding {
  const origin = {};
  const history = new Y.UndoManager(text, { trackedOrigins: new Set([origin]), captureTimeout: 400 });
  let shown = shownTitle(text);
  let composing = false;
  /** What others did since the composition started. */
  let meanwhile: Delta[] = [];
  element.value = shown;

  function show(next: string, start: number, end: number): void {
    shown = next;
    if (element.value === next) return;
    const direction = element.selectionDirection ?? 'none';
    element.value = next;
    element.setSelectionRange(start, end, direction);
  }

  /** Brings what was typed into the shared text, also when others have changed it since `shown`. */
  function take(): void {
    const typed = oneLine(element.value);
    const edit = editBetween(shown, typed, element.selectionEnd ?? typed.length);
    if (edit === null && meanwhile.length === 0) return;
    let caret = element.selectionEnd ?? typed.length;
    if (edit) {
      const behind = caret - edit.index - edit.insert.length;
      let index = edit.index;
      let gone = Array.from({ length: edit.remove }, (_, at) => edit.index + at);
      for (const delta of meanwhile) {
        index = moved(index, delta);
        gone = survivors(gone, delta);
      }
      text.doc?.transact(() => {
        for (const position of gone.toReversed()) text.delete(position, 1);
        index -= gone.filter((position) => position < index).length;
        if (edit.insert !== '') text.insert(index, edit.insert);
      }, origin);
      caret = index + edit.insert.length + Math.max(0, meanwhile.length === 0 ? behind : 0);
    } else for (const delta of meanwhile) caret = moved(caret, delta);
    const same = meanwhile.length === 0;
    meanwhile = [];
    const next = shownTitle(text);
    if (same && next === typed) shown = next;
    else show(next, caret, caret);
  }

  function onInput(): void {
    if (!composing) take();
  }
  function onCompositionStart(): void {
    composing = true;
    onComposing(true);
  }
  function onCompositionEnd(): void {
    composing = false;
    take();
    onComposing(false);
  }
  function onText(event: Y.YTextEvent, transaction: Y.Transaction): void {
    if (transaction.origin === origin) return;
    const delta = event.delta as Delta;
    if (composing) {
      meanwhile.push(delta);
      return;
    }
    const next = shownTitle(text);
    const own = transaction.origin === history ? endOf(delta) : null;
    const start = own ?? moved(element.selectionStart ?? next.length, delta);
    const end = own ?? moved(element.selectionEnd ?? next.length, delta);
    show(next, start, end);
  }

  element.addEventListener('input', onInput);
  element.addEventListener('compositionstart', onCompositionStart);
  element.addEventListener('compositionend', onCompositionEnd);
  text.observe(onText);

  return {
    undo: () => void history.undo(),
    redo: () => void history.redo(),
    composing: () => composing,
    destroy() {
      take();
      if (composing) onComposing(false);
      composing = false;
      element.removeEventListener('input', onInput);
      element.removeEventListener('compositionstart', onCompositionStart);
      element.removeEventListener('compositionend', onCompositionEnd);
      text.unobserve(onText);
      history.destroy();
    },
  };
}

/** Where the caret is after one's own change has been taken back. */
function endOf(delta: Delta): number {
  let at = 0;
  let end = 0;
  for (const part of delta) {
    if (part.retain !== undefined) at += part.retain;
    else if (typeof part.insert === 'string') {
      at += part.insert.length;
      end = at;
    } else end = at;
  }
  return end;
}
