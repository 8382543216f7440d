/** Why this file exists: who waits for the floor, in the order in which they get it, and what officers do about each. */
import { ArrowDown, ArrowUp, Mic, X } from 'lucide-react';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { FloorView } from '#shared/floor/api.ts';
import type { Id } from '#shared/ids.ts';
import { IconButton } from '../ui/button.tsx';
import styles from './floor.module.css';
import { organisationOf } from './speaker-now.tsx';
import type { FloorActions } from './use-floor.ts';

type Entry = FloorView['waiting'][number];
const ICON = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

export interface WaitingListProps {
  meeting: Meeting;
  floor: FloorView;
  ownId: Id;
  actions: FloorActions;
}

/**
 * A row that moves is put elsewhere in the page, and one that leaves is gone: focus stays on the button it was on, else it
 * goes to the row that took its place, else to the list's heading.
 */
function useSteadyFocus(order: string): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null);
  const last = useRef<{ row: string; deed: string; at: number } | null>(null);
  useLayoutEffect(() => {
    const root = ref.current;
    const held = last.current;
    if (!root || !held || order === '' || document.activeElement !== document.body) return;
    const rows = [...root.querySelectorAll<HTMLElement>('li[data-row]')];
    const row = rows.find((one) => one.dataset.row === held.row) ?? rows[Math.min(held.at, rows.length - 1)];
    const button = row?.querySelector<HTMLElement>(`[data-deed="${held.deed}"]`);
    (button ?? root.querySelector<HTMLElement>('h3'))?.focus();
  }, [order]);
  useLayoutEffect(() => {
    const root = ref.current;
    if (!root) return;
    const note = (event: FocusEvent) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-deed]') : null;
      const row = button?.closest<HTMLElement>('li[data-row]');
      if (!button || !row) return;
      const at = [...root.querySelectorAll('li[data-row]')].indexOf(row);
      last.current = { row: row.dataset.row ?? '', deed: button.dataset.deed ?? '', at };
    };
    const forget = (event: FocusEvent) => {
      // Gone to another place by oneself; when the button vanished there is none.
      if (event.relatedTarget instanceof Element && !root.contains(event.relatedTarget)) last.current = null;
    };
    root.addEventListener('focusin', note);
    root.addEventListener('focusout', forget);
    return () => {
      root.removeEventListener('focusin', note);
      root.removeEventListener('focusout', forget);
    };
  }, []);
  return ref;
}

export function WaitingList(props: WaitingListProps) {
  const { t } = useTranslation('floor');
  const { waiting } = props.floor;
  const ref = useSteadyFocus(`list ${waiting.map(({ id }) => id).join(' ')}`);
  return (
    <section ref={ref} className={styles.list}>
      <h3 tabIndex={-1}>
        {t('list.heading')} {waiting.length > 0 && <span className={styles.count}>{waiting.length}</span>}
      </h3>
      {props.floor.drawn && (
        <p className={styles.drawn}>
          <b>{t('drawn')}</b> {t('drawnHint')}
        </p>
      )}
      {waiting.length === 0 ? (
        <p className={styles.note}>{t('list.empty')}</p>
      ) : (
        <ol>
          {waiting.map((entry, at) => (
            <Row key={entry.id} {...props} entry={entry} at={at} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Row({ meeting, floor, ownId, actions, entry, at }: WaitingListProps & { entry: Entry; at: number }) {
  const { t } = useTranslation('floor');
  const name = entry.person;
  const person = meeting.participants.find(({ personId }) => personId === entry.personId);
  const notes = [
    organisationOf(meeting, entry.personId),
    person?.roles.includes('guest') ? t('list.guest') : '',
    entry.kind === 'speech' && entry.speeches === 0 && floor.runs ? t('list.first') : '',
    entry.itemId !== meeting.currentItemId ? t('list.earlier') : '',
  ].filter(Boolean);
  const [before, after] = [floor.waiting[at - 1], floor.waiting[at + 1]];
  return (
    <li data-row={entry.id} className={entry.personId === ownId ? styles.mine : undefined}>
      <span className={styles.n}>{at + 1}</span>
      <span className={styles.who}>
        <b>{name}</b>
        {entry.personId === ownId && <span className={styles.you}>{t('list.you')}</span>}
        {entry.kind === 'rejoinder' && <span className={styles.reply}>{t('list.reply')}</span>}
        {notes.length > 0 && <small>{notes.join(' · ')}</small>}
      </span>
      {floor.runs && (
        <span className={styles.deeds}>
          <IconButton
            size="small"
            data-deed="give"
            label={t('list.give', { name })}
            onClick={() => actions.give(entry.id)}
          >
            <Mic {...ICON} />
          </IconButton>
          <IconButton
            size="small"
            data-deed="up"
            label={t('list.up', { name })}
            aria-disabled={before?.kind !== entry.kind}
            onClick={() => before?.kind === entry.kind && actions.move(entry.id, -1)}
          >
            <ArrowUp {...ICON} />
          </IconButton>
          <IconButton
            size="small"
            data-deed="down"
            label={t('list.down', { name })}
            aria-disabled={after?.kind !== entry.kind}
            onClick={() => after?.kind === entry.kind && actions.move(entry.id, 1)}
          >
            <ArrowDown {...ICON} />
          </IconButton>
          <IconButton
            size="small"
            data-deed="remove"
            label={t('list.remove', { name })}
            onClick={() => actions.withdraw(entry.id)}
          >
            <X {...ICON} />
          </IconButton>
        </span>
      )}
    </li>
  );
}
