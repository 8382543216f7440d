/** Why this file exists: a square with a number is a group; the colour never stands alone. */
import { useTranslation } from 'react-i18next';
import type { GroupMark } from './group-marks.ts';
import styles from './group-square.module.css';

/** The colour of one of the twelve. */
export const groupColour = (colour: number): string => `var(--p${(colour % 12) + 1})`;

export function GroupSquare({ mark }: { mark: GroupMark }) {
  const { t } = useTranslation('harvest');
  return (
    <span
      className={styles.square}
      style={{ '--c': groupColour(mark.colour) } as React.CSSProperties}
      title={mark.name}
    >
      <span className="sr">{t('group', { name: mark.name })}</span>
      <span aria-hidden="true">{mark.number}</span>
    </span>
  );
}
