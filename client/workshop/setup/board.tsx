/**
 * Why this file exists: the groups beside each other, and above them those who have none. People are moved here by mouse,
 * finger and keys; how each group is made up stands under its name.
 */
import { Pencil } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting, Participant } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { balanceOf, type GroupBalance } from '#shared/workshop/balance.ts';
import { colourClass, OrgCode } from '../../ui/avatar.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import styles from './board.module.css';
import { GroupDialog } from './group-dialog.tsx';
import { PairDialog } from './pair-dialog.tsx';
import { PeopleList } from './people-list.tsx';
import { smallest } from './plan.ts';
import type { Setup } from './use-setup.ts';

/** Moves the focused person with a digit, and follows them with the focus. */
function useDigits(setup: Setup, canEdit: boolean) {
  const board = useRef<HTMLDivElement>(null);
  const follow = useRef<Id | null>(null);
  const { groups } = setup;
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when somebody has got another place.
  useEffect(() => {
    const id = follow.current;
    if (id === null) return;
    let frame = 0;
    let frames = 10;
    // The lists draw their rows after this effect, and the list that was left chooses another row to be in.
    const look = () => {
      const row = board.current?.querySelector<HTMLElement>(`[role="row"][data-key="${id}"]`);
      if (!row && frames-- > 0) {
        frame = requestAnimationFrame(look);
        return;
      }
      follow.current = null;
      const focused = document.activeElement;
      if (focused === null || focused === document.body || board.current?.contains(focused)) row?.focus();
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [groups]);
  const move = (personId: Id, groupId: Id | null) => {
    follow.current = personId;
    setup.move(personId, groupId);
  };
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (!canEdit || !/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="row"]') : null;
    const personId = row?.dataset.key;
    const group = event.key === '0' ? null : groups[Number(event.key) - 1]?.id;
    if (!personId || group === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(personId, group);
  };
  return { board, move, onKeyDownCapture };
}

export function Board({ setup: given, canEdit }: { setup: Setup; canEdit: boolean }) {
  const { t } = useTranslation('workshop');
  const { board, move, onKeyDownCapture } = useDigits(given, canEdit);
  const setup = { ...given, move };
  const { groups, meeting, unassigned, beside } = setup;
  const [editing, setEditing] = useState<Id | null>(null);
  const [pairing, setPairing] = useState<{ kind: 'apart' | 'together'; personId: Id } | null>(null);
  const people = new Map(meeting.participants.map((person) => [person.personId, person]));
  const balance = new Map(
    balanceOf(
      meeting.participants.map(({ personId, organisationId, category }) => ({
        id: personId,
        organisationId,
        category,
      })),
      groups,
    ).map((one) => [one.groupId, one]),
  );
  const edited = groups.find(({ id }) => id === editing);
  const next = smallest(groups);
  const place = (person: Participant) =>
    canEdit &&
    next && (
      <Button size="small" onClick={() => given.move(person.personId, next.id)}>
        {t('placeIn', { group: next.name })}
      </Button>
    );
  const onPair = (kind: 'apart' | 'together', personId: Id) => setPairing({ kind, personId });

  return (
    <div ref={board} onKeyDownCapture={onKeyDownCapture}>
      <section
        className={unassigned.length === 0 ? `${styles.outside} ${styles.nobody}` : styles.outside}
        aria-labelledby="unassigned"
      >
        <div className={styles.outsideHead}>
          <h3 id="unassigned">
            {unassigned.length === 0 ? t('unassignedList') : t('unassigned', { count: unassigned.length })}
          </h3>
          {canEdit && unassigned.length > 1 && (
            <Button size="small" onClick={setup.placeAll}>
              {t('placeAll')}
            </Button>
          )}
        </div>
        <PeopleList
          setup={setup}
          label={t('unassignedList')}
          groupId={null}
          people={unassigned}
          canEdit={canEdit}
          empty={t('everybodyPlaced')}
          end={place}
          onPair={onPair}
        />
      </section>
      <ol className={styles.groups}>
        {groups.map((group, at) => (
          <li key={group.id} className={`${styles.group} ${colourClass(group.colour)}`}>
            <div className={styles.head}>
              <span className={styles.square} aria-hidden="true">
                {at + 1}
              </span>
              <h3>{group.name}</h3>
              {canEdit && (
                <IconButton
                  size="small"
                  label={t('editGroup', { group: group.name })}
                  onClick={() => setEditing(group.id)}
                >
                  <Pencil size={16} strokeWidth={1.75} aria-hidden />
                </IconButton>
              )}
            </div>
            {(group.topic || group.place) && (
              <p className={styles.about}>{[group.topic, group.place].filter(Boolean).join(' · ')}</p>
            )}
            <Makeup meeting={meeting} balance={balance.get(group.id)} />
            <PeopleList
              setup={setup}
              label={t('membersOf', { group: group.name, count: group.members.length })}
              groupId={group.id}
              people={group.members.flatMap((id) => people.get(id) ?? [])}
              canEdit={canEdit}
              empty={t('emptyGroup')}
              onPair={onPair}
            />
          </li>
        ))}
      </ol>
      {beside.length > 0 && (
        <section className={styles.outside} aria-labelledby="beside">
          <div className={styles.outsideHead}>
            <h3 id="beside">{t('beside')}</h3>
          </div>
          <PeopleList
            setup={setup}
            label={t('beside')}
            groupId={null}
            people={beside}
            canEdit={canEdit}
            empty=""
            end={place}
            onPair={onPair}
          />
        </section>
      )}
      {edited && <GroupDialog group={edited} onSave={setup.change} onClose={() => setEditing(null)} />}
      {pairing && <PairDialog setup={setup} {...pairing} onClose={() => setPairing(null)} />}
    </div>
  );
}

/** One line: how many, from where, and of which kind. */
function Makeup({ meeting, balance }: { meeting: Meeting; balance: GroupBalance | undefined }) {
  const { t } = useTranslation('workshop');
  if (!balance) return null;
  const organisations = meeting.organisations.filter(({ id }) => (balance.organisations.get(id) ?? 0) > 0);
  return (
    <div className={styles.makeup}>
      <p>
        <b>{t('size', { count: balance.size })}</b>
        {[...balance.categories]
          .filter(([, count]) => count > 0)
          .map(([category, count]) => ` · ${t(`inCategory.${category}`, { count })}`)}
      </p>
      <ul>
        {organisations.map(({ id, name, shortName }) => (
          <li key={id} title={name}>
            <OrgCode shortName={shortName} />
            <span className="sr">{name}</span> {balance.organisations.get(id)}
          </li>
        ))}
      </ul>
    </div>
  );
}
