/** Why this file exists: round is a person, a framed code is an organisation; a colour never stands alone. */
import styles from './avatar.module.css';

/** First letters of the first and the last name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toLocaleUpperCase('sv');
}

/** The class that sets `--c` to one of the twelve colours of people and groups. */
export function colourClass(colour: number): string {
  return styles[`c${((colour % 12) + 12) % 12}`] ?? '';
}

/** Filled while the person writes, ringed while they read, grey when away. Hidden from screen readers: the name stands beside it. */
export function Avatar({
  name,
  colour,
  state = 'reading',
  small = false,
}: {
  name: string;
  colour: number;
  state?: 'writing' | 'reading' | 'away';
  small?: boolean;
}) {
  const look = [
    styles.avatar,
    colourClass(colour),
    small && styles.small,
    state === 'writing' && styles.writing,
    state === 'away' && styles.away,
  ];
  return (
    // Drawn by the style: initials are a picture of a name, not words of a button they stand in.
    <span className={look.filter(Boolean).join(' ')} data-initials={initials(name)} aria-hidden="true" />
  );
}

/** An organisation's short name in its frame; the full name is for those who hear it. */
export function OrgCode({ shortName }: { shortName: string }) {
  return (
    <span className={styles.org} aria-hidden="true">
      {shortName}
    </span>
  );
}
