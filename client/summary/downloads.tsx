/** Why this file exists: a summary is taken along as a file; with or without where each paragraph came from. */
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import { summaryFile } from '../api/summary.ts';
import type { WorkshopOf } from '../api/workshop.ts';
import { buttonClass } from '../ui/button.tsx';
import { CheckField } from '../ui/field.tsx';
import styles from './summary.module.css';

/** Of revision `n`, or of the text that is being written with `null`. */
export function Downloads({ of, n }: { of: WorkshopOf; n: number | null }) {
  const { t, i18n } = useTranslation('summary');
  const [origin, setOrigin] = useState(true);
  const lang = i18n.language === 'en' ? 'en' : 'sv';
  return (
    <section className={styles.panel} aria-label={t('download.title')}>
      <h2>{t('download.title')}</h2>
      {n === null && <p className={styles.hint}>{t('download.draft')}</p>}
      <CheckField label={t('download.origin')} checked={origin} onChange={(event) => setOrigin(event.target.checked)} />
      <ul className={styles.files}>
        {EXPORT_FORMATS.map((format) => (
          <li key={format}>
            <a className={buttonClass({ size: 'small' })} href={summaryFile(of, n, format, { origin, lang })} download>
              <Download size={16} strokeWidth={1.75} aria-hidden />
              {t(`download.${format}`)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
