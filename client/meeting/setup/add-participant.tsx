/**
 * Why this file exists: registers grow long, so somebody is found by typing; choosing adds them at once, and undo is a
 * toast away. The list lies in the page under its field: a list of the component library floats over the page and closes
 * when the page scrolls, which it does by itself to show its first row.
 */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting, Person } from '#shared/api.ts';
import { useOrganisations, usePeople } from '../../api/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useProblemText } from '../../ui/problem.tsx';
import styles from './add-participant.module.css';
import { searchPeople } from './person-search.ts';

export interface AddParticipantProps {
  meeting: Meeting;
  /** Somebody of the register was chosen. */
  onAdd(person: Person): void;
  /** Somebody who is not in the register is to be written down; `name` is what was typed, perhaps nothing. */
  onNew(name: string): void;
}

/** Somebody found, or (`null`) the way to write down whoever was typed. */
interface Row {
  person: Person | null;
  about: string;
}

export function AddParticipant({ meeting, onAdd, onNew }: AddParticipantProps) {
  const { t } = useTranslation('setup');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const people = usePeople();
  const organisations = useOrganisations();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  const there = new Set(meeting.participants.map((participant) => participant.personId));
  const others = (people.data ?? []).filter((person) => !there.has(person.id) && !person.disabled);
  const name = typed.trim();
  const found = searchPeople(others, organisations.data ?? meeting.organisations, name);
  const rows: Row[] = name ? [...found, { person: null, about: '' }] : found;
  const current = open ? rows[active] : undefined;

  useEffect(() => {
    if (!open) return;
    const shown = active < 0 ? list.current : list.current?.querySelector('[aria-selected="true"]');
    shown?.scrollIntoView({ block: 'nearest' });
  }, [open, active]);

  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const choose = ({ person }: Row) => {
    close();
    setTyped('');
    if (person) onAdd(person);
    else onNew(name);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) {
      event.preventDefault();
      if (event.altKey) return by === 1 ? setOpen(true) : close();
      setOpen(true);
      // Around the corner, with the field itself as one of the stops.
      const stops = rows.length + 1;
      setActive((was) => ((was + 1 + by + stops) % stops) - 1);
    } else if (event.key === 'Enter' && current) {
      event.preventDefault();
      choose(current);
    } else if (event.key === 'Escape' && (open || typed)) {
      event.preventDefault();
      if (!open) setTyped('');
      close();
    }
  };

  return (
    <div className={styles.add}>
      <div className={styles.field}>
        <Field label={t('choose')} hint={t('chooseHint')}>
          {(control) => (
            <input
              {...control}
              role="combobox"
              autoComplete="off"
              spellCheck={false}
              maxLength={120}
              aria-autocomplete="list"
              aria-expanded={open}
              aria-controls={`${id}-list`}
              {...(current && { 'aria-activedescendant': `${id}-${active}` })}
              value={typed}
              onClick={() => setOpen(true)}
              onBlur={close}
              onKeyDown={onKeyDown}
              onChange={(event) => {
                setTyped(event.target.value);
                setOpen(true);
                setActive(-1);
              }}
            />
          )}
        </Field>
        <div className={styles.float} hidden={!open}>
          {/* Pressing a row must not take focus from the field. */}
          <div
            ref={list}
            id={`${id}-list`}
            role="listbox"
            aria-label={t('choose')}
            className={styles.list}
            onPointerDown={(event) => event.preventDefault()}
          >
            {rows.map((row, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field has focus and takes the keys (combobox pattern).
              // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points at it.
              <div
                key={row.person?.id ?? 'new'}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                className={styles.item}
                onClick={() => choose(row)}
              >
                {row.person ? (
                  <>
                    <span>
                      {row.person.name}
                      {row.person.party && ` (${row.person.party})`}
                    </span>
                    {row.about && <small>{row.about}</small>}
                  </>
                ) : (
                  <b>{t('newPersonNamed', { name })}</b>
                )}
              </div>
            ))}
          </div>
          {rows.length === 0 && (
            <p className={styles.empty}>
              {people.isPending ? common('loading') : people.error ? text(people.error) : t('everybodyIsHere')}
            </p>
          )}
        </div>
        <p className="sr" role="status">
          {open && name ? t('found', { count: found.length }) : ''}
        </p>
      </div>
      <Button onClick={() => onNew('')}>{t('newPerson')}</Button>
    </div>
  );
}
