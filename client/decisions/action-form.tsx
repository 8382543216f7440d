/** Why this file exists: something to be done is written as people say it: what, whose, and by when in their own words. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { dueText, latestDay, parseDue } from '#shared/decisions/due.ts';
import { type DecisionsOf, decisionsApi } from '../api/decisions.ts';
import { serverNow } from '../collab/index.ts';
import { Button, ButtonRow } from '../ui/button.tsx';
import { dateAt, dayText } from '../ui/dates.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import styles from './decisions.module.css';
import type { Source } from './source.ts';
import { useActionChange } from './use-decisions.ts';

const EVERYBODY = 'organisations';
type Input = Parameters<typeof decisionsApi.addAction>[1];

interface ActionFormProps {
  meeting: Meeting;
  of: DecisionsOf;
  /** The paragraph that was marked in the notes. */
  from: Source | null;
  onClose(): void;
}

export function ActionForm({ meeting, of, from, onClose }: ActionFormProps) {
  const { t, i18n } = useTranslation('decisions');
  const { t: common } = useTranslation('common');
  const problem = useProblemText();
  const language = i18n.language === 'en' ? 'en' : 'sv';
  const [title, setTitle] = useState('');
  const [owner, setOwner] = useState(EVERYBODY);
  const [said, setSaid] = useState('');
  const [source, setSource] = useState(from);
  const add = useActionChange(meeting.id, (input: Input) => decisionsApi.addAction(of, input));
  const due = said.trim() === '' ? null : parseDue(said, dateAt(serverNow(), meeting.timeZone));
  const unclear = said.trim() !== '' && due === null;
  return (
    <form
      className={styles.form}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!title.trim() || unclear) return;
        add.mutate(
          {
            title,
            owner: owner === EVERYBODY ? { kind: 'organisations' } : { kind: 'person', personId: owner },
            due,
            source,
          },
          { onSuccess: onClose },
        );
      }}
    >
      {add.error && <Notice tone="refuse">{problem(add.error)}</Notice>}
      <TextField
        label={t('action.title')}
        maxLength={300}
        autoFocus
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <div className={styles.pair}>
        <SelectField label={t('action.owner')} value={owner} onChange={(event) => setOwner(event.target.value)}>
          <option value={EVERYBODY}>{t('action.everyOrganisation')}</option>
          {meeting.participants.map((one) => (
            <option key={one.personId} value={one.personId}>
              {one.name}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('action.when')}
          hint={
            due
              ? t('action.whenMeans', { due: dueText(due, language), day: dayText(latestDay(due), i18n.language) })
              : t('action.whenHint')
          }
          error={unclear ? t('action.whenUnclear') : null}
          value={said}
          onChange={(event) => setSaid(event.target.value)}
        />
      </div>
      {source && (
        <p className={styles.source}>
          {t('action.source', { text: source.text })}{' '}
          <Button variant="link" onClick={() => setSource(null)}>
            {t('action.sourceOff')}
          </Button>
        </p>
      )}
      <ButtonRow>
        <Button type="submit" disabled={!title.trim() || unclear || add.isPending}>
          {t('action.addDone')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {common('cancel')}
        </Button>
      </ButtonRow>
    </form>
  );
}
