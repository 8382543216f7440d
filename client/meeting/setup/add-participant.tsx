/** Why this file exists: registers grow long, so somebody is found by typing; choosing adds them at once, and undo is a toast away. */
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import {
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Button as PressButton,
  Text,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Meeting, Person } from '#shared/api.ts';
import { useOrganisations, usePeople } from '../../api/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { useProblemText } from '../../ui/problem.tsx';
import styles from './add-participant.module.css';
import { searchPeople } from './person-search.ts';

export interface AddParticipantProps {
  meeting: Meeting;
  /** Somebody of the register was chosen. */
  onAdd(person: Person): void;
  /** Somebody who is not in the register is to be written down, beginning with what was typed. */
  onNew(typed: string): void;
}

export function AddParticipant({ meeting, onAdd, onNew }: AddParticipantProps) {
  const { t } = useTranslation('setup');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const people = usePeople();
  const organisations = useOrganisations();
  const [typed, setTyped] = useState('');
  const there = new Set(meeting.participants.map((participant) => participant.personId));
  const others = (people.data ?? []).filter((person) => !there.has(person.id) && !person.disabled);
  const found = searchPeople(others, organisations.data ?? meeting.organisations, typed);
  return (
    <div className={styles.add}>
      <ComboBox
        className={styles.field!}
        items={found}
        inputValue={typed}
        value={null}
        menuTrigger="focus"
        allowsEmptyCollection
        onInputChange={setTyped}
        onChange={(key) => {
          const chosen = found.find(({ person }) => person.id === key);
          if (!chosen) return;
          setTyped('');
          onAdd(chosen.person);
        }}
      >
        <Label>{t('choose')}</Label>
        <div className={styles.box}>
          <Input className={styles.input!} maxLength={120} />
          <PressButton className={styles.open!}>
            <ChevronDown size={18} strokeWidth={1.75} aria-hidden />
          </PressButton>
        </div>
        <Text slot="description" className={styles.hint!}>
          {t('chooseHint')}
        </Text>
        <Popover className={styles.popover!}>
          <ListBox<(typeof found)[number]>
            renderEmptyState={() => (
              <p className={styles.empty}>
                {people.isPending
                  ? common('loading')
                  : people.error && !people.data
                    ? text(people.error)
                    : t(others.length === 0 ? 'everybodyIsHere' : 'nobodyFound')}
              </p>
            )}
          >
            {({ person, about }) => (
              <ListBoxItem id={person.id} textValue={person.name} className={styles.item!}>
                <Text slot="label">
                  {person.name}
                  {person.party && ` (${person.party})`}
                </Text>
                {about && (
                  <Text slot="description" className={styles.about!}>
                    {about}
                  </Text>
                )}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      <Button onClick={() => onNew(found.length === 0 ? typed.trim() : '')}>{t('newPerson')}</Button>
    </div>
  );
}
