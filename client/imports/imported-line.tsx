/**
 * Why this file exists: a meeting that was taken in from a file says so where one comes in: what stands in it as decided and
 * signed is the file's word, and nobody here gave it.
 */
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { dateAt, dayText } from '../ui/dates.ts';
import styles from './imports.module.css';

/** One line, for everybody; nothing for a meeting that was made here. */
export function ImportedLine({ meeting: { imported, timeZone } }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation('imports');
  if (!imported) return null;
  const when = dayText(dateAt(imported.at, timeZone), i18n.language, { year: true });
  return <p className={styles.imported}>{t('imported', { when, by: imported.by })}</p>;
}
