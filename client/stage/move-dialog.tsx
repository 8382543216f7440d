/** Why this file exists: somebody is moved from one group to another, or out, with a keyboard or a thumb. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { Round } from '#shared/workshop/workshop.ts';
import { groupOf } from '#shared/workshop/workshop.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';
import { joinsGroups } from '../workshop/setup/plan.ts';
import styles from './lead.module.css';
import type { Lead } from './use-lead.ts';

export interface MoveDialogProps {
  meeting: Meeting;
  round: Round;
  /** Only its people are offered; `null` offers everybody. */
  from: Id | null;
  lead: Lead;
  onClose(): void;
}

export function MoveDialog({ meeting, round, from, lead, onClose }: MoveDialogProps) {
  const { t } = useTranslation('stage');
  const [who, setWho] = useState<Id | ''>('');
  const people = meeting.participants
    .map((person) => ({ ...person, group: groupOf(round, person.personId) }))
    .filter((person) => (from === null ? person.group !== null || joinsGroups(person) : person.group?.id === from));
  const chosen = people.find(({ personId }) => personId === who) ?? null;
  const [wished, wish] = useState<Id | ''>('');
  const others = round.groups.filter(({ id }) => id !== chosen?.group?.id);
  const to = others.some(({ id }) => id === wished) || wished === 'none' ? wished : (others[0]?.id ?? 'none');
  return (
    <Dialog title={t('move.title')} onClose={onClose}>
      <form
        className={styles.move}
        onSubmit={(event) => {
          event.preventDefault();
          if (!chosen) return;
          const group = round.groups.find(({ id }) => id === to) ?? null;
          const said = group
            ? t('need.moved', { name: chosen.name, group: group.name })
            : t('need.takenOut', { name: chosen.name });
          lead.place(chosen.personId, group?.id ?? null, said);
          onClose();
        }}
      >
        <SelectField label={t('move.who')} value={who} data-autofocus onChange={(event) => setWho(event.target.value)}>
          <option value="">{t('move.nobody')}</option>
          {people.map(({ personId, name, group }) => (
            <option key={personId} value={personId}>
              {group ? t('move.fromGroup', { name, group: group.name }) : t('move.fromNone', { name })}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('move.to')}
          value={to}
          hint={t('move.hint')}
          onChange={(event) => wish(event.target.value)}
        >
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {round.groups.findIndex((group) => group.id === id) + 1} {name}
            </option>
          ))}
          {chosen?.group && <option value="none">{t('move.none')}</option>}
        </SelectField>
        <DialogActions>
          <Button onClick={onClose}>{t('move.cancel')}</Button>
          <Button variant="primary" type="submit" disabled={!chosen}>
            {t('move.do')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
