/** Why this file exists: writing somebody into the register, or correcting what stands there. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#shared/api.ts';
import { api } from '../api/api.ts';
import { keys, useOrganisations } from '../api/hooks.ts';
import { ApiFailure } from '../api/request.ts';
import styles from '../meeting/setup/setup.module.css';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { NEW_PERSON, type PersonDraft, PersonFields } from './person-fields.tsx';

export function PersonDialog({ person, onClose }: { person: Person | null; onClose(): void }) {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation('common');
  const { t: auth } = useTranslation('auth');
  const text = useProblemText();
  const queries = useQueryClient();
  const organisations = useOrganisations();
  const [draft, setDraft] = useState<PersonDraft>(() => {
    if (!person) return NEW_PERSON;
    const { name, title, organisationId, category, party, email } = person;
    return { name, title, organisationId, category, party, email: email ?? '' };
  });
  const save = useMutation({
    mutationFn: () => {
      const input = { ...draft, email: draft.email?.trim() || null };
      return person ? api.updatePerson(person.id, input) : api.addPerson(input);
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.people });
      onClose();
    },
  });
  const fields = save.error instanceof ApiFailure ? save.error.fields : {};
  return (
    <Dialog title={person ? person.name : t('newPerson')} onClose={onClose} wide>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {save.error && <Notice tone="refuse">{text(save.error)}</Notice>}
        <PersonFields
          draft={draft}
          organisations={organisations.data ?? []}
          errors={{
            name: fields.name && auth('fieldError.name'),
            email: fields.email && (fields.email === 'taken' ? text(save.error) : auth('fieldError.email')),
          }}
          onChange={setDraft}
        />
        <DialogActions>
          <Button type="submit" variant="primary" disabled={save.isPending}>
            {common(person ? 'save' : 'add')}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
