/** Why this file exists: the field for a title that several people write at once; see title-binding.ts for how. */
import {
  type FocusEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import type * as Y from 'yjs';
import { MAX_TITLE } from '#shared/agenda.ts';
import styles from './agenda.module.css';
import { bindTitle, type TitleBinding } from './title-binding.ts';

export interface TitleFieldProps {
  text: Y.Text;
  /** Accessible name. */
  label: string;
  placeholder?: string;
  readOnly?: boolean;
  className?: string;
  /** Takes focus when it appears, with the caret last. */
  autoFocus?: boolean;
  /** Enter, Esc, or focus going elsewhere: `'enter' | 'escape' | 'blur'`. */
  onDone?(how: 'enter' | 'escape' | 'blur'): void;
  /** A composition has started or ended; whoever would move the field in the page waits until it has ended. */
  onComposing?(composing: boolean): void;
  ref?: Ref<HTMLTextAreaElement>;
}

/** One line that wraps and grows. What is typed is shared at once; there is nothing to save and nothing to cancel. */
export function TitleField({
  text,
  label,
  placeholder,
  readOnly = false,
  className,
  autoFocus = false,
  onDone,
  onComposing,
  ref,
}: TitleFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const binding = useRef<TitleBinding>(null);
  const told = useRef(onComposing);
  useImperativeHandle(ref, () => field.current!, []);
  useEffect(() => {
    told.current = onComposing;
  }, [onComposing]);

  // Before the first paint, so that the words are there at once.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    const bound = bindTitle(element, text, (composing) => told.current?.(composing));
    binding.current = bound;
    return () => {
      binding.current = null;
      bound.destroy();
    };
  }, [text]);

  useEffect(() => {
    const element = field.current;
    if (!autoFocus || !element) return;
    // A tree gives focus back to the row it last knew when something else in it takes it by keyboard: so the row comes first.
    element.closest<HTMLElement>('[role="row"]')?.focus();
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, [autoFocus]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (event.key === 'Enter' || event.key === 'Escape') {
      event.preventDefault();
      // Leaving the field does not close what it stands in.
      event.stopPropagation();
      onDone?.(event.key === 'Enter' ? 'enter' : 'escape');
    } else if (command && event.key.toLowerCase() === 'z') {
      // The browser's own undo would put back a text that others have changed since.
      event.preventDefault();
      if (event.shiftKey) binding.current?.redo();
      else binding.current?.undo();
    } else if (command && event.key.toLowerCase() === 'y') {
      event.preventDefault();
      binding.current?.redo();
    }
  };
  const onBlur = (event: FocusEvent) => {
    // A window that loses focus keeps its field.
    if (document.activeElement !== event.currentTarget) onDone?.('blur');
  };

  return (
    <textarea
      ref={field}
      rows={1}
      className={className ? `${styles.titleField} ${className}` : styles.titleField}
      aria-label={label}
      placeholder={placeholder}
      readOnly={readOnly}
      maxLength={MAX_TITLE}
      autoComplete="off"
      enterKeyHint="done"
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      // The rows of a tree take what is pressed in them; this is text.
      onPointerDown={(event) => event.stopPropagation()}
      onMouseDown={(event) => event.stopPropagation()}
      onClick={(event) => event.stopPropagation()}
    />
  );
}
