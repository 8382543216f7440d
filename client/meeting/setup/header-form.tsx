/** Why this file exists: what stands at the head of the notice and the protocol: name, body, registry number, days and places. */
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { api } from '../../api/api.ts';
import { useMeetingChange } from '../../api/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { dayText } from '../../ui/dates.ts';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useProblemText } from '../../ui/problem.tsx';
import { useToasts } from '../../ui/toast.tsx';
import styles from './setup.module.css';
import { SittingsForm } from './sittings-form.tsx';
import { useCheckedDays } from './use-checked-days.ts';
import { useDraft } from './use-draft.ts';

/** What one has typed stays until it is saved, also when somebody else changes the meeting meanwhile. */
export function HeaderForm({ meeting, canEdit }: { meeting: Meeting; canEdit: boolean }) {
  const { t, i18n } = useTranslation('setup');
  const text = useProblemText();
  const { toast } = useToasts();
  const title = useDraft(meeting.title);
  const body = useDraft(meeting.body);
  const registryNumber = useDraft(meeting.registryNumber);
  const sittings = useDraft(meeting.sittings);
  const drafts = [title, body, registryNumber, sittings];
  const overtaken = drafts.filter((draft) => draft.theirs !== undefined);
  const days = useCheckedDays(sittings.value);
  const save = useMeetingChange(() =>
    // Only what was touched here is sent: the rest may have been changed by others.
    api.updateMeeting(meeting.id, {
      ...(title.dirty && { title: title.value }),
      ...(body.dirty && { body: body.value }),
      ...(registryNumber.dirty && { registryNumber: registryNumber.value }),
      ...(sittings.dirty && { sittings: sittings.value }),
    }),
  );
  return (
    <section className={styles.section} aria-labelledby="header">
      <h2 id="header">{t('header')}</h2>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!days.pass(event.currentTarget)) return;
          save.mutate(undefined, {
            onSuccess: () => {
              for (const draft of drafts) draft.drop();
              toast({ message: t('saved') });
            },
          });
        }}
      >
        {save.error && <Notice tone="refuse">{text(save.error)}</Notice>}
        {overtaken.length > 0 && (
          <Notice tone="warm">
            <p>{t('overtaken')}</p>
            <ul>
              {title.theirs !== undefined && <li>{t('theirs', { field: t('title'), value: title.theirs })}</li>}
              {body.theirs !== undefined && <li>{t('theirs', { field: t('body'), value: body.theirs })}</li>}
              {registryNumber.theirs !== undefined && (
                <li>{t('theirs', { field: t('registryNumber'), value: registryNumber.theirs })}</li>
              )}
              {sittings.theirs !== undefined && (
                <li>
                  {t('theirs', {
                    field: t('days'),
                    value: sittings.theirs.map((sitting) => dayText(sitting.date, i18n.language)).join(', '),
                  })}
                </li>
              )}
            </ul>
            <Button
              onClick={() => {
                for (const draft of overtaken) draft.drop();
              }}
            >
              {t('takeTheirs')}
            </Button>
          </Notice>
        )}
        <TextField
          label={t('title')}
          required
          maxLength={200}
          readOnly={!canEdit}
          value={title.value}
          onChange={(event) => title.set(event.target.value)}
        />
        <div className={styles.two}>
          <TextField
            label={t('body')}
            hint={t('bodyHint')}
            maxLength={120}
            readOnly={!canEdit}
            value={body.value}
            onChange={(event) => body.set(event.target.value)}
          />
          <TextField
            label={t('registryNumber')}
            maxLength={60}
            readOnly={!canEdit}
            value={registryNumber.value}
            onChange={(event) => registryNumber.set(event.target.value)}
          />
        </div>
        <SittingsForm sittings={sittings.value} faults={days.faults} readOnly={!canEdit} onChange={sittings.set} />
        {canEdit && (
          <p>
            <Button type="submit" variant="primary" disabled={!drafts.some((draft) => draft.dirty) || save.isPending}>
              {t('saveHeader')}
            </Button>
          </p>
        )}
      </form>
    </section>
  );
}
