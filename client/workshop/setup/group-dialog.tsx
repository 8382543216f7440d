/** Why this file exists: a group's name, topic, place and colour are written in one place. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { colourClass } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import page from '../../ui/page.module.css';
import type { PlannedGroup } from './plan.ts';
import styles from './setup.module.css';

const COLOURS = Array.from({ length: 12 }, (_, colour) => colour);

export function GroupDialog({
  group,
  onSave,
  onClose,
}: {
  group: PlannedGroup;
  onSave(group: PlannedGroup): void;
  onClose(): void;
}) {
  const { t } = useTranslation('workshop');
  const { t: common } = useTranslation('common');
  const [draft, setDraft] = useState(group);
  const [missing, setMissing] = useState(false);
  return (
    <Dialog title={t('editGroup', { group: group.name })} onClose={onClose}>
      <form
        className={page.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (draft.name.trim() === '') return setMissing(true);
          // Whoever was moved meanwhile is where they were moved to.
          onSave({ ...draft, members: group.members, name: draft.name.trim() });
          onClose();
        }}
      >
        <TextField
          label={t('groupName')}
          data-autofocus
          maxLength={60}
          value={draft.name}
          error={missing && draft.name.trim() === '' ? t('groupNameMissing') : null}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
        <TextField
          label={t('topic')}
          maxLength={200}
          value={draft.topic}
          onChange={(event) => setDraft({ ...draft, topic: event.target.value })}
        />
        <TextField
          label={t('place')}
          hint={t('placeHint')}
          maxLength={120}
          value={draft.place}
          onChange={(event) => setDraft({ ...draft, place: event.target.value })}
        />
        <fieldset className={styles.colours}>
          <legend>{t('colour')}</legend>
          {COLOURS.map((colour) => (
            <label key={colour} className={colourClass(colour)}>
              <input
                type="radio"
                name="colour"
                checked={draft.colour === colour}
                onChange={() => setDraft({ ...draft, colour })}
              />
              <span className="sr">{t(`colourName.${colour}`)}</span>
              <span className={styles.swatch} aria-hidden="true" title={t(`colourName.${colour}`)} />
            </label>
          ))}
        </fieldset>
        <DialogActions>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" type="submit">
            {common('save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
