/** Why this file exists: an address that leads nowhere says so and shows the way home. */
import { useTranslation } from 'react-i18next';
import { LinkButton } from './button.tsx';
import styles from './page.module.css';
import { Screen } from './screen.tsx';

export function NotFound() {
  const { t } = useTranslation('common');
  return (
    <Screen title={t('notFound.title')} width="reading">
      <div className={styles.stack}>
        <h1 className={styles.title}>{t('notFound.title')}</h1>
        <p className={styles.lead}>{t('notFound.text')}</p>
        <p>
          <LinkButton href="/" variant="primary">
            {t('notFound.home')}
          </LinkButton>
        </p>
      </div>
    </Screen>
  );
}
