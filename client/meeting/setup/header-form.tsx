/** Why this file exists: what stands at the head of the notice and the protocol: name, body, registry number, days and places. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { api } from '../../api/api.ts';
import { useMeetingChange } from '../../api/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useProblemText } from '../../ui/problem.tsx';
import { useToasts } from '../../ui/toast.tsx';
import styles from './setup.module.css';
import { SittingsForm } from './sittings-form.tsx';

/** What one has typed stays until it is saved, also when somebody else changes the meeting meanwhile. */
export function HeaderForm({ meeting, canEdit }: { meeting: Meeting; canEdit: boolean }) {
  const { t } = useTranslation('setup');
  const text = useProblemText();
  const { toast } = useToasts();
  const [title, setTitle] = useState<string | null>(null);
  const [body, setBody] = useState<string | null>(null);
  const [registryNumber, setRegistryNumber] = useState<string | null>(null);
  const [sittings, setSittings] = useState<Meeting['sittings'] | null>(null);
  const dirty = title !== null || body !== null || registryNumber !== null || sittings !== null;
  const save = useMeetingChange(() =>
    // Only what was touched here is sent: the rest may have been changed by others.
    api.updateMeeting(meeting.id, {
      ...(title !== null && { title }),
      ...(body !== null && { body }),
      ...(registryNumber !== null && { registryNumber }),
      ...(sittings !== null && { sittings }),
    }),
  );
  return (
    <section className={styles.section} aria-labelledby="header">
      <h2 id="header">{t('header')}</h2>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined, {
            onSuccess: () => {
              setTitle(null);
              setBody(null);
              setRegistryNumber(null);
              setSittings(null);
              toast({ message: t('saved') });
            },
          });
        }}
      >
        {save.error && <Notice tone="refuse">{text(save.error)}</Notice>}
        <TextField
          label={t('title')}
          required
          maxLength={200}
          readOnly={!canEdit}
          value={title ?? meeting.title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <div className={styles.two}>
          <TextField
            label={t('body')}
            hint={t('bodyHint')}
            maxLength={120}
            readOnly={!canEdit}
            value={body ?? meeting.body}
            onChange={(event) => setBody(event.target.value)}
          />
          <TextField
            label={t('registryNumber')}
            maxLength={60}
            readOnly={!canEdit}
            value={registryNumber ?? meeting.registryNumber}
            onChange={(event) => setRegistryNumber(event.target.value)}
          />
        </div>
        <SittingsForm sittings={sittings ?? meeting.sittings} onChange={setSittings} readOnly={!canEdit} />
        {canEdit && (
          <p>
            <Button type="submit" variant="primary" disabled={!dirty || save.isPending}>
              {t('saveHeader')}
            </Button>
          </p>
        )}
      </form>
    </section>
  );
}
