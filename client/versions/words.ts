/** Why this file exists: when a version was kept and why, in the reader's words, said alike in the list and beside the text. */
import { useTranslation } from 'react-i18next';
import type { Version } from '#shared/api.ts';
import { clock, dateAt, dayText } from '../ui/dates.ts';

export interface VersionWords {
  /** "torsdag 6 februari". */
  day(version: Version): string;
  /** "kl. 10.14". */
  time(version: Version): string;
  /** The name it was given, or why it kept itself. */
  why(version: Version): string;
  /** Who was behind it; empty when nobody knows any more. */
  who(version: Version): string;
}

/** In the meeting's time zone and the reader's language. */
export function useVersionWords(timeZone: string): VersionWords {
  const { t, i18n } = useTranslation('versions');
  const { t: common } = useTranslation('common');
  return {
    day: ({ at }) => dayText(dateAt(at, timeZone), i18n.language),
    time: ({ at }) => t('time', { time: clock(at, i18n.language, timeZone) }),
    why({ kind, name, phase }) {
      switch (kind) {
        case 'named':
          return name;
        case 'phase':
          return phase ? t('kind.phase', { phase: common(`phase.${phase}`) }) : '';
        case 'locked':
          return t('kind.locked');
        case 'large-deletion':
          return t('kind.largeDeletion');
        case 'before-restore':
          return t('kind.beforeRestore');
      }
    },
    who: ({ kind, person }) => (person ? t(`by.${kind}`, { name: person.name }) : ''),
  };
}
