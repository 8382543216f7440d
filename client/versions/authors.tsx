/** Why this file exists: who wrote a block of a version, said in words above it: colour alone says nothing. */
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import type { Authorship } from '#shared/api.ts';
import { authorsOf } from '../editor/authorship.ts';
import { colourClass } from '../ui/avatar.tsx';
import styles from './versions.module.css';

export function Authors({ block, authorship }: { block: Y.XmlElement | Y.Text; authorship: Authorship }) {
  const { t } = useTranslation('versions');
  const authors = authorsOf(block, authorship);
  return (
    <p className={styles.authors}>
      {authors.length === 0
        ? t('nobody')
        : authors.map((author) => (
            <span key={author.personId}>
              <i className={colourClass(author.colour)} aria-hidden="true" />
              {author.name}
            </span>
          ))}
    </p>
  );
}
