/** Why this file exists: one piece of a document: whether it is taken in, what it is called, what it becomes, what stands in it. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { blocksText } from '#shared/document/blocks.ts';
import type { Piece } from '#shared/imports/pieces.ts';
import { BlocksView } from '../document/blocks-view.tsx';
import { BECOMES, type Becomes, type Choice } from './choices.ts';
import styles from './imports.module.css';

interface PieceRowProps {
  piece: Piece;
  choice: Choice;
  onChange(patch: Partial<Choice>): void;
}

/** A row of the preview; set in when it goes under the one before. */
export function PieceRow({ piece, choice, onChange }: PieceRowProps) {
  const { t } = useTranslation('imports');
  const id = useId();
  const lines = blocksText(piece.blocks);
  const inner = choice.becomes === 'under' || choice.becomes === 'merge';
  return (
    <li className={styles.piece} data-out={!choice.taken || undefined} data-inner={inner || undefined}>
      <div className={styles.choice}>
        <input
          type="checkbox"
          id={`${id}-take`}
          checked={choice.taken}
          aria-label={t('takeOne', { title: choice.title })}
          onChange={({ target }) => onChange({ taken: target.checked })}
        />
        <label className="sr" htmlFor={`${id}-title`}>
          {t('name')}
        </label>
        <input
          id={`${id}-title`}
          className={styles.title}
          value={choice.title}
          required={choice.taken}
          maxLength={300}
          disabled={!choice.taken || choice.becomes === 'merge'}
          onChange={({ target }) => onChange({ title: target.value })}
        />
        <label className="sr" htmlFor={`${id}-becomes`}>
          {t('becomesOf', { title: choice.title })}
        </label>
        <select
          id={`${id}-becomes`}
          value={choice.becomes}
          disabled={!choice.taken}
          onChange={({ target }) => onChange({ becomes: target.value as Becomes })}
        >
          {BECOMES.map((one) => (
            <option key={one} value={one}>
              {t(`becomes.${one}`)}
            </option>
          ))}
        </select>
      </div>
      {lines.length > 0 && (
        <details className={styles.words}>
          <summary>
            <span>{lines.join(' ').slice(0, 110)}</span>
          </summary>
          <div className={styles.text}>
            <BlocksView blocks={piece.blocks} under={2} />
          </div>
        </details>
      )}
    </li>
  );
}
