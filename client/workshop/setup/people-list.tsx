/** Why this file exists: the people of one group, or those without one: each can be dragged, moved by menu and moved by a digit. */

import type { TFunction } from 'i18next';
import { Ellipsis, GripVertical, Pin } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, GridList, GridListItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Participant } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { Avatar, OrgCode } from '../../ui/avatar.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Menu, type MenuAction } from '../../ui/menu.tsx';
import styles from './board.module.css';
import { usePersonDrag } from './drag.ts';
import type { Setup } from './use-setup.ts';

export interface PeopleListProps {
  setup: Setup;
  label: string;
  /** `null` for those without a group. */
  groupId: Id | null;
  people: readonly Participant[];
  canEdit: boolean;
  empty: ReactNode;
  /** More of a row, after the name. */
  end?(person: Participant): ReactNode;
  onPair(kind: 'apart' | 'together', personId: Id): void;
}

export function PeopleList(props: PeopleListProps) {
  const { setup, label, groupId, people, canEdit, empty } = props;
  const hooks = usePersonDrag(groupId, !canEdit, setup.nameOf, setup.move);
  return (
    <GridList
      className={styles.people!}
      aria-label={label}
      items={people.map((person) => ({ ...person, id: person.personId }))}
      // What a row shows beside its person, so that it is drawn anew when that changes.
      dependencies={[setup.groups, setup.kept, setup.plan, canEdit]}
      dragAndDropHooks={hooks}
      renderEmptyState={() => <p className={styles.empty}>{empty}</p>}
    >
      {(person) => <PersonRow {...props} person={person} />}
    </GridList>
  );
}

function PersonRow({ setup, groupId, person, canEdit, end, onPair }: PeopleListProps & { person: Participant }) {
  const { t } = useTranslation('workshop');
  const { personId, name, organisationId } = person;
  const organisation = setup.meeting.organisations.find(({ id }) => id === organisationId);
  const kept = canEdit && setup.kept.has(personId) && groupId !== null;
  return (
    <GridListItem id={personId} textValue={name} className={styles.row!} aria-label={name}>
      {canEdit ? (
        <Button slot="drag" className={styles.grip!} aria-label={t('drag', { name })}>
          <GripVertical size={14} strokeWidth={1.75} aria-hidden />
        </Button>
      ) : (
        <Avatar name={name} colour={person.colour} small />
      )}
      <span className={styles.name}>
        {name}
        {person.roles.includes('guest') && <span className={styles.guest}> {t('guest')}</span>}
        {person.absence && <span className={styles.absence}>{person.absence}</span>}
      </span>
      {organisation && (
        <span title={organisation.name}>
          <OrgCode shortName={organisation.shortName} />
          <span className="sr">{organisation.name}</span>
        </span>
      )}
      {kept && (
        <span className={styles.kept} title={t('stays')}>
          <Pin size={14} strokeWidth={1.75} aria-hidden />
          <span className="sr">{t('stays')}</span>
        </span>
      )}
      {end?.(person)}
      {canEdit && (
        <Menu
          label={t('menuOf', { name })}
          button={
            <Button
              className={`${buttonClass({ variant: 'quiet', size: 'small' }, true)} ${styles.more}`}
              aria-label={t('menuOf', { name })}
            >
              <Ellipsis size={18} strokeWidth={1.75} aria-hidden />
            </Button>
          }
          actions={actionsFor(setup, personId, groupId, kept, t, onPair)}
        />
      )}
    </GridListItem>
  );
}

function actionsFor(
  setup: Setup,
  personId: Id,
  groupId: Id | null,
  kept: boolean,
  t: TFunction<'workshop'>,
  onPair: PeopleListProps['onPair'],
): (MenuAction | null)[] {
  const to = setup.groups.map(
    (group, at): MenuAction => ({
      id: group.id,
      label: t('moveTo', { group: group.name }),
      ...(at < 9 ? { keys: String(at + 1) } : {}),
      disabled: group.id === groupId,
      onAction: () => setup.move(personId, group.id),
    }),
  );
  return [
    ...to,
    ...(groupId === null
      ? []
      : [
          { id: 'out', label: t('moveOut'), keys: '0', onAction: () => setup.move(personId, null) },
          null,
          { id: 'keep', label: t(kept ? 'letGo' : 'keep'), onAction: () => setup.keep(personId, !kept) },
        ]),
    null,
    { id: 'apart', label: t('pairApart'), onAction: () => onPair('apart', personId) },
    { id: 'together', label: t('pairTogether'), onAction: () => onPair('together', personId) },
  ];
}
