/** Why this file exists: who a person is, in the same fields wherever somebody is written down. */
import { useTranslation } from 'react-i18next';
import type { Organisation } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { CATEGORIES, type Category } from '#shared/terms.ts';
import styles from '../meeting/setup/setup.module.css';
import { SelectField, TextField } from '../ui/field.tsx';

export interface PersonDraft {
  name: string;
  title: string;
  organisationId: Id | null;
  category: Category;
  party: string;
  /** `undefined` where addresses are not asked for. */
  email?: string;
}

export const NEW_PERSON: PersonDraft = {
  name: '',
  title: '',
  organisationId: null,
  category: 'official',
  party: '',
  email: '',
};

export interface PersonFieldsProps {
  draft: PersonDraft;
  organisations: readonly Organisation[];
  /** Names of the fields the server refused, with the sentence to show. */
  errors?: Readonly<Record<string, string | undefined>>;
  /** In a meeting the name is fixed: it belongs to the register. */
  fixedName?: boolean;
  onChange(draft: PersonDraft): void;
}

export function PersonFields({ draft, organisations, errors = {}, fixedName = false, onChange }: PersonFieldsProps) {
  const { t } = useTranslation('setup');
  const { t: common } = useTranslation('common');
  const set = (patch: Partial<PersonDraft>) => onChange({ ...draft, ...patch });
  return (
    <>
      {!fixedName && (
        <TextField
          label={t('name')}
          required
          maxLength={120}
          data-autofocus
          value={draft.name}
          error={errors.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      )}
      <TextField
        label={t('personTitle')}
        maxLength={120}
        value={draft.title}
        error={errors.title}
        onChange={(event) => set({ title: event.target.value })}
      />
      <div className={styles.two}>
        <SelectField
          label={t('organisation')}
          value={draft.organisationId ?? ''}
          onChange={(event) => set({ organisationId: event.target.value || null })}
        >
          <option value="">{t('noOrganisation')}</option>
          {organisations.map((organisation) => (
            <option key={organisation.id} value={organisation.id}>
              {organisation.name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('category')}
          value={draft.category}
          onChange={(event) =>
            set({ category: CATEGORIES.find((category) => category === event.target.value) ?? 'official' })
          }
        >
          {CATEGORIES.map((category) => (
            <option key={category} value={category}>
              {common(`category.${category}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('party')}
          maxLength={8}
          value={draft.party}
          error={errors.party}
          onChange={(event) => set({ party: event.target.value })}
        />
        {draft.email !== undefined && (
          <TextField
            label={t('email')}
            hint={t('emailHint')}
            type="email"
            maxLength={254}
            value={draft.email}
            error={errors.email}
            onChange={(event) => set({ email: event.target.value })}
          />
        )}
      </div>
    </>
  );
}
