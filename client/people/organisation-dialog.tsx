/** Why this file exists: an organisation has a name, a short name in a frame, and seats. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '#shared/api.ts';
import { api } from '../api/api.ts';
import { keys } from '../api/hooks.ts';
import styles from '../meeting/setup/setup.module.css';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';

export function OrganisationDialog({ organisation, onClose }: { organisation: Organisation | null; onClose(): void }) {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const queries = useQueryClient();
  const [name, setName] = useState(organisation?.name ?? '');
  const [shortName, setShortName] = useState(organisation?.shortName ?? '');
  const [seats, setSeats] = useState(String(organisation?.seats ?? 2));
  const save = useMutation({
    mutationFn: () => {
      const input = { name, shortName, seats: Number.parseInt(seats, 10) || 0 };
      return organisation ? api.updateOrganisation(organisation.id, input) : api.addOrganisation(input);
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.organisations });
      onClose();
    },
  });
  return (
    <Dialog title={organisation?.name ?? t('newOrganisation')} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {save.error && <Notice tone="refuse">{text(save.error)}</Notice>}
        <TextField
          label={t('name')}
          required
          maxLength={120}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <div className={styles.two}>
          <TextField
            label={t('shortName')}
            hint={t('shortNameHint')}
            required
            maxLength={5}
            value={shortName}
            onChange={(event) => setShortName(event.target.value.toLocaleUpperCase('sv'))}
          />
          <TextField
            label={t('seatsLabel')}
            type="number"
            min={0}
            max={999}
            inputMode="numeric"
            value={seats}
            onChange={(event) => setSeats(event.target.value)}
          />
        </div>
        <DialogActions>
          <Button type="submit" variant="primary" disabled={save.isPending}>
            {common(organisation ? 'save' : 'add')}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
