/** Why this file exists: one attachment in the list: number, name, and all that can be done with it by mouse, menu and keyboard. */
import { MoreHorizontal, TriangleAlert } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { AttachmentView } from '#shared/attachments/api.ts';
import { titleOf } from '#shared/attachments/names.ts';
import { attachmentLabel } from '#shared/attachments/words.ts';
import type { Language } from '#shared/terms.ts';
import { buttonClass } from '../ui/button.tsx';
import { Menu, type MenuAction } from '../ui/menu.tsx';
import styles from './attachments.module.css';
import { useAbout } from './words.ts';

/** What a dragged row carries; other pages and other programs give it nothing. */
export const DRAG_TYPE = 'application/x-radslag-attachment';

export interface RowProps {
  one: AttachmentView;
  first: boolean;
  last: boolean;
  canChange: boolean;
  onOpen(): void;
  onRename(name: string): void;
  onRemove(): void;
  /** One up or down. */
  onStep(by: -1 | 1): void;
  /** Another was let go on this one: it is to stand before it, or after. */
  onDropped(id: string, after: boolean): void;
  onMoveToItem(): void;
}

export function Row(props: RowProps) {
  const { one, first, last, canChange, onOpen } = props;
  const { t, i18n } = useTranslation('attachments');
  const about = useAbout();
  const [renaming, setRenaming] = useState(false);
  const [over, setOver] = useState<'before' | 'after' | null>(null);
  const label = attachmentLabel(one.number, i18n.language as Language);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!canChange || !(event.target instanceof HTMLElement) || !event.target.closest('[data-name]')) return;
    const step =
      event.altKey && !event.ctrlKey && !event.metaKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (step === -1 && !first) props.onStep(-1);
    else if (step === 1 && !last) props.onStep(1);
    else if (event.key === 'F2') setRenaming(true);
    else if (event.key === 'Delete') props.onRemove();
    else if (step === undefined) return;
    event.preventDefault();
  };
  const sideOf = (event: DragEvent<HTMLElement>): 'before' | 'after' => {
    const box = event.currentTarget.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2 ? 'before' : 'after';
  };

  const actions: (MenuAction | null)[] = [
    { id: 'open', label: t('open'), onAction: onOpen },
    ...(canChange
      ? [
          null,
          { id: 'up', label: t('up'), keys: 'Alt ↑', disabled: first, onAction: () => props.onStep(-1) },
          { id: 'down', label: t('down'), keys: 'Alt ↓', disabled: last, onAction: () => props.onStep(1) },
          { id: 'item', label: t('moveTo'), onAction: props.onMoveToItem },
          null,
          { id: 'rename', label: t('rename'), keys: 'F2', onAction: () => setRenaming(true) },
          { id: 'remove', label: t('remove'), keys: 'Del', danger: true, onAction: props.onRemove },
        ]
      : []),
  ];

  return (
    <li
      className={styles.row}
      data-attachment={one.id}
      data-over={over ?? undefined}
      draggable={canChange && !renaming}
      onKeyDown={onKeyDown}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAG_TYPE, one.id);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (!canChange || !event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        setOver(sideOf(event));
      }}
      onDragLeave={() => setOver(null)}
      onDrop={(event) => {
        setOver(null);
        const id = event.dataTransfer.getData(DRAG_TYPE);
        if (id === '') return;
        event.preventDefault();
        if (id !== one.id) props.onDropped(id, sideOf(event) === 'after');
      }}
    >
      <span className={styles.number} title={one.fixed ? t('fixed') : undefined}>
        {label}
      </span>
      {renaming ? (
        <NameField
          name={one.name}
          label={t('nameOf', { label })}
          onDone={(name) => {
            setRenaming(false);
            if (name !== null && name !== titleOf(one.name)) props.onRename(name);
          }}
        />
      ) : (
        <button type="button" className={styles.name} data-name aria-label={`${label} ${one.name}`} onClick={onOpen}>
          {titleOf(one.name)}
        </button>
      )}
      <span className={styles.about}>
        {one.gone && (
          <span className={styles.gone}>
            <TriangleAlert size={14} strokeWidth={1.75} aria-hidden /> {t('gone')}{' '}
          </span>
        )}
        {about(one)}
      </span>
      <Menu
        label={t('menuOf', { label })}
        button={
          <AriaButton
            className={buttonClass({ variant: 'quiet', size: 'small' }, true)}
            aria-label={t('menuOf', { label })}
          >
            <MoreHorizontal size={18} strokeWidth={1.75} aria-hidden />
          </AriaButton>
        }
        actions={actions}
      />
    </li>
  );
}

/** The name without its ending, which is the kind's. Enter keeps, Esc leaves. */
function NameField({ name, label, onDone }: { name: string; label: string; onDone(name: string | null): void }) {
  const [text, setText] = useState(titleOf(name));
  const clean = text.trim();
  return (
    <input
      className={styles.field}
      aria-label={label}
      value={text}
      maxLength={160}
      // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it.
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onDone(clean === '' ? null : clean)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) onDone(clean === '' ? null : clean);
        if (event.key === 'Escape') onDone(null);
      }}
    />
  );
}
