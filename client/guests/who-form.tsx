/** Why this file exists: who one is, in two fields; what is kept of it is said in one line above the button. */
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuestDoor, GuestPlace } from '#shared/guests/api.ts';
import { foldName } from '#shared/guests/names.ts';
import { ApiFailure } from '../api/request.ts';
import { currentLanguage } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { door, joinKey } from './door.ts';
import styles from './join.module.css';
import { OrganisationField } from './organisation-field.tsx';
import { usePatience } from './use-patience.ts';

export interface WhoFormProps {
  code: string;
  opens: GuestDoor;
  onJoined(place: GuestPlace): void;
  /** The code has been changed meanwhile. */
  onDead(): void;
  /** Another code. */
  onBack(): void;
}

/** "Anna Berg" → "Anna K Berg": what a name can be made into when somebody here has it. */
function withInitial(name: string): string {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  return [first, 'K', ...rest].join(' ');
}

export function WhoForm({ code, opens, onJoined, onDead, onBack }: WhoFormProps) {
  const { t } = useTranslation('guest');
  const text = useProblemText();
  const id = useId();
  const [name, setName] = useState('');
  const [organisationId, setOrganisationId] = useState<string | null>(null);
  const [organisation, setOrganisation] = useState('');
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [nameError, setNameError] = useState<string | null>(null);
  const patience = usePatience();
  const form = useRef<HTMLFormElement>(null);

  const refuseName = (message: string) => {
    setNameError(message);
    form.current?.querySelector<HTMLInputElement>('input[name="name"]')?.focus();
  };

  async function join(): Promise<void> {
    if (working) return;
    if (foldName(name) === '') return refuseName(t('who.nameNeeded'));
    setWorking(true);
    setError(null);
    setNameError(null);
    try {
      onJoined(
        await door.join({ code, name, organisationId, organisation, key: joinKey(), language: currentLanguage() }),
      );
    } catch (failure) {
      setWorking(false);
      if (patience.later(failure, () => void join())) return;
      if (failure instanceof ApiFailure && failure.code === 'name-taken')
        return refuseName(t('who.nameTaken', { example: withInitial(name) }));
      if (failure instanceof ApiFailure && failure.code === 'not-found') return onDead();
      setError(failure);
    }
  }

  const signedIn = error instanceof ApiFailure && error.fields.session === 'signed-in';
  return (
    <form
      ref={form}
      className={styles.form}
      aria-labelledby={`${id}-t`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        patience.stop();
        void join();
      }}
    >
      <p className={styles.meeting}>
        <b>{opens.title}</b>
        <button type="button" className={styles.other} onClick={onBack}>
          {t('who.other')}
        </button>
      </p>
      <h1 id={`${id}-t`} tabIndex={-1}>
        {t('who.title')}
      </h1>
      <p className={styles.lead}>{t('who.hint')}</p>
      {patience.left !== null && <Notice tone="warm">{t('busy', { count: patience.left })}</Notice>}
      {signedIn ? (
        <Notice tone="refuse">
          {t('who.signedIn')}{' '}
          <button
            type="button"
            className={styles.other}
            onClick={() => void door.signOut().then(() => setError(null), setError)}
          >
            {t('who.signOut')}
          </button>
        </Notice>
      ) : (
        error !== null && <Notice tone="refuse">{text(error)}</Notice>
      )}
      <TextField
        label={t('who.name')}
        name="name"
        autoComplete="name"
        autoCapitalize="words"
        enterKeyHint="next"
        maxLength={80}
        required
        value={name}
        error={nameError}
        onChange={(event) => {
          setName(event.target.value);
          setNameError(null);
        }}
      />
      <OrganisationField
        organisations={opens.organisations}
        chosen={organisationId}
        words={organisation}
        onChoose={(chosen, words) => {
          setOrganisationId(chosen);
          setOrganisation(words);
        }}
      />
      <div className={styles.push}>
        <p className={styles.stored}>{t('who.stored')}</p>
        <Button
          type="submit"
          variant="primary"
          size="large"
          className={styles.wide ?? ''}
          aria-disabled={working || undefined}
        >
          {working ? t('who.working') : opens.lobby ? t('who.knock') : t('who.enter')}
        </Button>
      </div>
    </form>
  );
}
