/** Why this file exists: the two languages, one press away before anybody has signed in. */
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '#shared/terms.ts';
import { setLanguage } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import styles from './account.module.css';

export function LanguageSwitch() {
  const { t, i18n } = useTranslation('common');
  return (
    <fieldset className={styles.languages}>
      <legend className="sr">{t('language.label')}</legend>
      {LANGUAGES.map((language) => (
        <Button
          key={language}
          lang={language}
          size="small"
          variant="quiet"
          aria-pressed={i18n.language === language}
          onClick={() => void setLanguage(language)}
        >
          {t(`language.${language}`)}
        </Button>
      ))}
    </fieldset>
  );
}
