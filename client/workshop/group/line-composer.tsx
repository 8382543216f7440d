/**
 * Why this file exists: on a phone with a bad keyboard and a bad network one writes a line and sends it. It lies in the
 * room from that moment, on this device if need be; each line says how far it has come.
 */
import { SendHorizontal } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import { keepDraft, readDraft } from '../../collab/drafts.ts';
import { type RoomClient, useRoomState } from '../../collab/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { SavedMark } from '../../ui/saved-mark.tsx';
import styles from './group.module.css';
import { appendLine, followSaving, MAX_LINE, oneLine, type SentLine } from './lines.ts';

/** How many of one's own lines are listed: what has come through is in the text above. */
const LISTED = 3;
/** How long after the last key somebody still counts as typing, milliseconds. */
const TYPING_MS = 3_000;

export interface LineComposerProps {
  room: RoomClient;
  /** Whose lines: what is begun is kept for them. */
  ownId: Id;
  promptId: Id;
  number: number;
  onTyping(typing: boolean): void;
  onFocus(): void;
}

export function LineComposer({ room, ownId, promptId, number, onTyping, onFocus }: LineComposerProps) {
  const { t } = useTranslation('group');
  const state = useRoomState(room);
  const [text, setWords] = useState(() => readDraft(ownId, promptId));
  const setText = (words: string) => {
    setWords(words);
    keepDraft(ownId, promptId, words);
  };
  const [lines, setLines] = useState<readonly SentLine[]>([]);
  const next = useRef(1);
  const typing = useRef<ReturnType<typeof setTimeout> | null>(null);
  const id = useId();
  const saving = state?.saving ?? 'sending';
  const savedAt = state?.lastSavedAt ?? null;
  useEffect(() => setLines((known) => followSaving(known, saving, savedAt)), [saving, savedAt]);

  const stopTyping = () => {
    if (typing.current === null) return;
    clearTimeout(typing.current);
    typing.current = null;
    onTyping(false);
  };
  useEffect(() => () => void (typing.current && clearTimeout(typing.current)), []);

  const send = () => {
    const line = oneLine(text);
    stopTyping();
    if (line === '') return;
    appendLine(room.doc, promptId, line);
    const status = room.state.saving;
    // The room counts the line already, so this is not called saved before it is.
    setLines((known) => [...known, { id: next.current++, text: line, status, savedAt: null }].slice(-LISTED));
    setText('');
  };

  return (
    <div className={styles.composer}>
      {lines.length > 0 && (
        <ul className={styles.lines} aria-label={t('line.own')}>
          {lines.map((line) => (
            <li key={line.id} data-line={line.status}>
              <span>{line.text}</span>
              <SavedMark status={line.status} at={line.savedAt} />
            </li>
          ))}
        </ul>
      )}
      <form
        className={styles.compose}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <label className="sr" htmlFor={id}>
          {t('line.label', { number })}
        </label>
        <textarea
          id={id}
          rows={1}
          maxLength={MAX_LINE}
          placeholder={t('line.placeholder')}
          value={text}
          enterKeyHint="send"
          onFocus={onFocus}
          onBlur={stopTyping}
          onChange={(event) => {
            setText(event.target.value);
            if (typing.current) clearTimeout(typing.current);
            else onTyping(true);
            typing.current = setTimeout(stopTyping, TYPING_MS);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <IconButton type="submit" variant="plain" label={t('line.send')} disabled={oneLine(text) === ''}>
          <SendHorizontal size={20} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </form>
    </div>
  );
}
