/**
 * Why this file exists: the quiet row above the text. One tab stop; arrows walk it, Home and End jump. Everything it does
 * has a Markdown shortcut or a `/` entry as its twin.
 */
import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import {
  Bold,
  Heading2,
  Italic,
  Link,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Quote,
  Redo2,
  Table,
  Undo2,
  UserRoundSearch,
} from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { applyInsert, type Insert } from './insert-menu.ts';
import { TableMenu } from './table-menu.tsx';

interface ToolbarProps {
  editor: Editor;
  onLink: () => void;
  onWho: (() => void) | null;
  whoPressed: boolean;
}

interface Action {
  key: string;
  icon: LucideIcon;
  shortcut?: string;
  pressed?: boolean;
  disabled?: boolean;
  run: () => void;
}

export function Toolbar({ editor, onLink, onWho, whoPressed }: ToolbarProps) {
  const { t } = useTranslation('editor');
  const bar = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const state = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      heading: now.isActive('heading'),
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      bulletList: now.isActive('bulletList'),
      orderedList: now.isActive('orderedList'),
      taskList: now.isActive('taskList'),
      blockquote: now.isActive('blockquote'),
      link: now.isActive('link'),
      table: now.isActive('table'),
      undo: now.can().undo(),
      redo: now.can().redo(),
    }),
  });
  const insert = (key: Insert, icon: LucideIcon, shortcut?: string): Action => ({
    key,
    icon,
    pressed: state[key],
    run: () => applyInsert(editor, key),
    ...(shortcut ? { shortcut } : {}),
  });
  const actions: Action[] = [
    insert('heading', Heading2, '## '),
    {
      key: 'bold',
      icon: Bold,
      shortcut: 'Ctrl+B',
      pressed: state.bold,
      run: () => editor.chain().focus().toggleBold().run(),
    },
    {
      key: 'italic',
      icon: Italic,
      shortcut: 'Ctrl+I',
      pressed: state.italic,
      run: () => editor.chain().focus().toggleItalic().run(),
    },
    insert('bulletList', List, '- '),
    insert('orderedList', ListOrdered, '1. '),
    insert('taskList', ListChecks, '[ ] '),
    insert('blockquote', Quote, '> '),
    { key: 'link', icon: Link, shortcut: 'Ctrl+K', pressed: state.link, run: onLink },
    ...(state.table ? [] : [insert('table', Table)]),
    {
      key: 'undo',
      icon: Undo2,
      shortcut: 'Ctrl+Z',
      disabled: !state.undo,
      run: () => editor.chain().focus().undo().run(),
    },
    {
      key: 'redo',
      icon: Redo2,
      shortcut: 'Ctrl+Y',
      disabled: !state.redo,
      run: () => editor.chain().focus().redo().run(),
    },
    ...(onWho
      ? [
          {
            key: 'whoWrote',
            icon: UserRoundSearch,
            shortcut: 'Alt+I',
            pressed: whoPressed,
            run: onWho,
          } satisfies Action,
        ]
      : []),
  ];
  const count = actions.length + (state.table ? 1 : 0);
  const current = Math.min(stop, count - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: count - 1 }[event.key];
    if (move === undefined || event.defaultPrevented) return;
    event.preventDefault();
    const next = (move + count) % count;
    setStop(next);
    bar.current?.querySelectorAll<HTMLElement>('[data-stop]')[next]?.focus();
  };
  return (
    <div ref={bar} className="rs-toolbar" role="toolbar" aria-label={t('toolbar')} onKeyDown={onKeyDown}>
      {actions.map((action, index) => {
        const Icon = action.icon;
        const name = t(action.key);
        return (
          <button
            key={action.key}
            type="button"
            data-stop
            className="rs-tool"
            tabIndex={index === current ? 0 : -1}
            aria-label={name}
            title={action.shortcut ? `${name} (${action.shortcut.trim()})` : name}
            aria-pressed={action.pressed}
            aria-disabled={action.disabled || undefined}
            // The caret stays where it is.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => {
              setStop(index);
              if (!action.disabled) action.run();
            }}
          >
            <Icon aria-hidden size={18} strokeWidth={1.75} />
          </button>
        );
      })}
      {state.table ? (
        <TableMenu
          editor={editor}
          tabIndex={current === actions.length ? 0 : -1}
          onOpen={() => setStop(actions.length)}
        />
      ) : null}
    </div>
  );
}
