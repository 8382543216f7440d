/** Why this file exists: somebody's part in this meeting: title and organisation as they are now, roles, and absence in words. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting, Participant } from '#shared/api.ts';
import { GIVEN_ROLES, type GivenRole, givenRoles, SIGNING_ROLES } from '#shared/policy.ts';
import { api } from '../../api/api.ts';
import { useMeetingChange, useOrganisations } from '../../api/hooks.ts';
import { ApiFailure } from '../../api/request.ts';
import { NEW_PERSON, type PersonDraft, PersonFields } from '../../people/person-fields.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useProblemText } from '../../ui/problem.tsx';
import styles from './setup.module.css';

/** Somebody who is not in the register; the name may be known already. */
export interface NewParticipant {
  name: string;
}

export interface ParticipantDialogProps {
  meeting: Meeting;
  participant: Participant | NewParticipant;
  onClose(): void;
  onSaved(name: string): void;
}

export function ParticipantDialog({ meeting, participant: shown, onClose, onSaved }: ParticipantDialogProps) {
  const participant = 'personId' in shown ? shown : null;
  const { t } = useTranslation('setup');
  const { t: common } = useTranslation('common');
  const { t: auth } = useTranslation('auth');
  const text = useProblemText();
  const organisations = useOrganisations();
  const [draft, setDraft] = useState<PersonDraft>(() => {
    if (!participant) return { ...NEW_PERSON, name: shown.name };
    const { name, title, organisationId, category, party } = participant;
    return { name, title, organisationId, category, party };
  });
  const [roles, setRoles] = useState<readonly GivenRole[]>(givenRoles(participant?.roles ?? ['member']));
  const [absence, setAbsence] = useState(participant?.absence ?? '');
  const [capacity, setCapacity] = useState(participant?.capacity ?? '');
  const signs = SIGNING_ROLES.some((role) => roles.includes(role));
  const save = useMeetingChange(() => {
    const { name, title, organisationId, category, party } = draft;
    return participant
      ? api.updateParticipant(meeting.id, participant.personId, {
          title,
          organisationId,
          category,
          party,
          roles: [...roles],
          absence,
          capacity,
        })
      : api.addParticipant(meeting.id, {
          person: { name, title, organisationId, category, party, email: draft.email?.trim() || null },
          roles: [...roles],
          absence,
          capacity,
        });
  });
  const fields = save.error instanceof ApiFailure ? save.error.fields : {};
  return (
    <Dialog
      title={participant ? t('editTitle', { name: participant.name }) : t('newPersonTitle')}
      onClose={onClose}
      wide
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined, { onSuccess: () => onSaved(draft.name) });
        }}
      >
        {participant && <p className="muted">{t('editTitleHint')}</p>}
        {save.error && <Notice tone="refuse">{fields.roles ? t('lastOfficer') : text(save.error)}</Notice>}
        <PersonFields
          draft={draft}
          organisations={organisations.data ?? meeting.organisations}
          fixedName={participant !== null}
          errors={{
            email: fields['person.email'] && auth('fieldError.email'),
            name: fields['person.name'] && auth('fieldError.name'),
          }}
          onChange={setDraft}
        />
        <fieldset className={styles.roles}>
          <legend>{t('roles')}</legend>
          {GIVEN_ROLES.map((role) => (
            <CheckField
              key={role}
              label={common(`role.${role}`)}
              checked={roles.includes(role)}
              onChange={(event) =>
                setRoles(GIVEN_ROLES.filter((other) => (other === role ? event.target.checked : roles.includes(other))))
              }
            />
          ))}
        </fieldset>
        <TextField
          label={t('absence')}
          hint={t('absenceHint')}
          maxLength={200}
          value={absence}
          onChange={(event) => setAbsence(event.target.value)}
        />
        {signs && (
          <TextField
            label={t('capacity')}
            hint={t('capacityHint')}
            maxLength={120}
            value={capacity}
            onChange={(event) => setCapacity(event.target.value)}
          />
        )}
        <DialogActions>
          <Button type="submit" variant="primary" disabled={save.isPending || roles.length === 0}>
            {common(participant ? 'save' : 'add')}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
