/**
 * Why this file exists: an item's attachments on its page, and what the text of the page says of them. Files come by the dialog, by
 * dragging them here or by pasting; the list is put in order by dragging, by the menu and by keys.
 */
import { Paperclip } from 'lucide-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentView } from '#shared/attachments/api.ts';
import { ACCEPTED_ENDINGS } from '#shared/attachments/kinds.ts';
import { MAX_FILE_BYTES } from '#shared/attachments/limits.ts';
import type { Id } from '#shared/ids.ts';
import { chooseFiles } from '../editor/attachment-source.ts';
import { Button } from '../ui/button.tsx';
import styles from './attachments.module.css';
import { MoveDialog } from './move-dialog.tsx';
import { Preview } from './preview.tsx';
import { Row } from './row.tsx';
import { UploadRow } from './upload-row.tsx';
import { useAttachmentActions } from './use-attachments.ts';
import type { ItemAttachments } from './use-item-attachments.ts';
import { sizeWords } from './words.ts';

export interface AttachmentsSectionProps {
  of: ItemAttachments;
  /** The look of a part of the page, and of what hangs in its gutter. */
  blockClass: string;
  labelClass: string;
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** The list, what is on its way, and the one that is looked at. */
export function AttachmentsSection({ of, blockClass, labelClass }: AttachmentsSectionProps) {
  const { meetingId, itemId, shown, removed, rows, canChange, uploads, opened, open } = of;
  const actions = useAttachmentActions(meetingId);
  const { t, i18n } = useTranslation('attachments');
  const [over, setOver] = useState(false);
  const [moving, setMoving] = useState<AttachmentView | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const stepped = useRef<{ id: Id; from: number } | null>(null);
  usePastedFiles(canChange, (files) => uploads.add(files, null));
  // The row that was moved by a key keeps the focus.
  useEffect(() => {
    const step = stepped.current;
    if (step === null || shown.findIndex(({ id }) => id === step.id) === step.from) return;
    list.current?.querySelector<HTMLElement>(`[data-attachment="${step.id}"] [data-name]`)?.focus();
    stepped.current = null;
  });

  const place = (one: AttachmentView, before: AttachmentView | undefined): void => {
    const to = before?.itemId ?? shown.at(-1)?.itemId ?? itemId;
    actions.move(one, { itemId: to, before: before?.id ?? null }, t('said.moved'));
  };
  const step = (one: AttachmentView, by: -1 | 1): void => {
    const at = shown.findIndex(({ id }) => id === one.id);
    stepped.current = { id: one.id, from: at };
    place(one, by === -1 ? shown[at - 1] : shown[at + 2]);
  };
  const dropped = (id: Id, on: AttachmentView, after: boolean): void => {
    const one = shown.find((row) => row.id === id);
    const others = shown.filter((row) => row.id !== id);
    const at = others.findIndex((row) => row.id === on.id);
    if (one) place(one, others[at + (after ? 1 : 0)]);
  };

  const preview = opened && <Preview meetingId={meetingId} one={opened} onClose={() => open(null)} />;
  if (!canChange && shown.length === 0) return preview;
  return (
    <section
      className={`${blockClass} ${styles.section}`}
      aria-labelledby="attachments-heading"
      data-attachments
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!canChange || !hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!canChange || !hasFiles(event)) return;
        event.preventDefault();
        uploads.add([...event.dataTransfer.files], null);
      }}
    >
      <div className={labelClass}>
        <h2 id="attachments-heading">{t('title')}</h2>
      </div>
      <div className={styles.content}>
        {shown.length > 0 && (
          <ul ref={list} className={styles.list} aria-labelledby="attachments-heading">
            {shown.map((one, n) => (
              <Row
                key={one.id}
                one={one}
                first={n === 0}
                last={n === shown.length - 1}
                canChange={canChange}
                onOpen={() => open(one.id)}
                onRename={(name) => actions.rename(one, name)}
                onRemove={() => actions.remove(one)}
                onStep={(by) => step(one, by)}
                onDropped={(id, after) => dropped(id, one, after)}
                onMoveToItem={() => setMoving(one)}
              />
            ))}
          </ul>
        )}
        {uploads.states.length > 0 && (
          <ul className={styles.list} aria-label={t('uploads')}>
            {uploads.states.map((state) => (
              <UploadRow
                key={state.id}
                state={state}
                onCancel={() => uploads.cancel(state.id)}
                onRetry={() => uploads.retry(state.id)}
              />
            ))}
          </ul>
        )}
        {canChange && (
          <p className={styles.add}>
            <Button size="small" onClick={() => chooseFiles(ACCEPTED_ENDINGS, (files) => uploads.add(files, null))}>
              <Paperclip size={16} strokeWidth={1.75} aria-hidden />
              {t('add')}
            </Button>
            <span className={styles.hint}>{t('hint', { size: sizeWords(MAX_FILE_BYTES, i18n.language) })}</span>
          </p>
        )}
        {canChange && removed.length > 0 && (
          <details className={styles.removed}>
            <summary>{t('removed', { count: removed.length })}</summary>
            <ul>
              {removed.map((one) => (
                <li key={one.id}>
                  <span>{one.name}</span>
                  <Button size="small" variant="link" onClick={() => actions.takeBack(one)}>
                    {t('takeBack')}
                  </Button>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {preview}
      {moving && (
        <MoveDialog
          one={moving}
          rows={rows}
          onClose={() => setMoving(null)}
          onMove={(to) => {
            actions.move(moving, { itemId: to, before: null }, t('said.movedItem'));
            setMoving(null);
          }}
        />
      )}
    </section>
  );
}

/** Files pasted anywhere on the page where nobody writes. */
function usePastedFiles(enabled: boolean, add: (files: File[]) => void): void {
  const latest = useRef(add);
  useEffect(() => {
    latest.current = add;
  });
  useEffect(() => {
    if (!enabled) return;
    const onPaste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      const { target } = event;
      if (files.length === 0 || event.defaultPrevented) return;
      if (target instanceof HTMLElement && target.closest('input, textarea, [contenteditable="true"]')) return;
      event.preventDefault();
      latest.current(files);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [enabled]);
}
