/** Why this file exists: the organisations of the house in one press each, and another one in one's own words. */
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuestDoor } from '#shared/guests/api.ts';
import { SelectField } from '../ui/field.tsx';
import styles from './join.module.css';

/** More than so many are found faster in the phone's own list. */
const MOST_PILLS = 14;
const OTHER = 'other';

export interface OrganisationFieldProps {
  organisations: GuestDoor['organisations'];
  chosen: string | null;
  /** One's own words, when it is none of the list. */
  words: string;
  onChoose(organisationId: string | null, words: string): void;
}

export function OrganisationField({ organisations, chosen, words, onChoose }: OrganisationFieldProps) {
  const { t } = useTranslation('guest');
  const id = useId();
  const [other, setOther] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const chooseOther = () => {
    setOther(true);
    onChoose(null, words);
  };
  const choose = (value: string) => {
    setOther(false);
    onChoose(value === '' ? null : value, '');
  };
  const own = (other || organisations.length === 0) && (
    <input
      ref={field}
      className={styles.own}
      // biome-ignore lint/a11y/noAutofocus: it appears because its writer asked for it.
      autoFocus={other}
      aria-label={t('who.otherName')}
      placeholder={t('who.otherName')}
      autoComplete="organization"
      enterKeyHint="go"
      maxLength={80}
      value={words}
      onChange={(event) => onChoose(null, event.target.value)}
    />
  );
  if (organisations.length > MOST_PILLS)
    return (
      <div className={styles.organisations}>
        <SelectField
          label={t('who.organisation')}
          value={other ? OTHER : (chosen ?? '')}
          onChange={(event) => (event.target.value === OTHER ? chooseOther() : choose(event.target.value))}
        >
          <option value="">{t('who.none')}</option>
          {organisations.map(({ id: value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
          <option value={OTHER}>{t('who.otherChoice')}</option>
        </SelectField>
        {own}
      </div>
    );
  return (
    <fieldset className={styles.organisations}>
      <legend>{t('who.organisation')}</legend>
      {organisations.length > 0 && (
        <div className={styles.pills}>
          {organisations.map(({ id: value, name }) => (
            <label key={value}>
              <input type="radio" name={id} checked={chosen === value} onChange={() => choose(value)} />
              <span>{name}</span>
            </label>
          ))}
          <label>
            <input type="radio" name={id} checked={other} onChange={chooseOther} />
            <span>{t('who.otherChoice')}</span>
          </label>
        </div>
      )}
      {own}
    </fieldset>
  );
}
