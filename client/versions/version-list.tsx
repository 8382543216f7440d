/** Why this file exists: a room's history as a line of moments, day by day: when, why, whose doing. */
import { Bookmark, Eraser, Lock, Milestone, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Version } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { capitalised } from '../ui/dates.ts';
import styles from './versions.module.css';
import { useVersionWords } from './words.ts';

const ICONS = {
  named: Bookmark,
  phase: Milestone,
  locked: Lock,
  'large-deletion': Eraser,
  'before-restore': Undo2,
} as const;

interface VersionListProps {
  versions: readonly Version[];
  chosen: Id | null;
  timeZone: string;
  onChoose(id: Id): void;
}

export function VersionList({ versions, chosen, timeZone, onChoose }: VersionListProps) {
  const { t } = useTranslation('versions');
  const words = useVersionWords(timeZone);
  const days: { day: string; versions: Version[] }[] = [];
  for (const version of versions) {
    const day = words.day(version);
    const last = days.at(-1);
    if (last?.day === day) last.versions.push(version);
    else days.push({ day, versions: [version] });
  }
  return (
    <nav aria-label={t('list')}>
      {days.map(({ day, versions: some }) => (
        <section key={day}>
          <h2 className={styles.day}>{capitalised(day)}</h2>
          <ol className={styles.list}>
            {some.map((version) => {
              const Icon = ICONS[version.kind];
              return (
                <li key={version.id}>
                  <button
                    type="button"
                    className={styles.moment}
                    aria-current={version.id === chosen ? 'true' : undefined}
                    data-version={version.kind}
                    onClick={() => onChoose(version.id)}
                  >
                    <Icon size={16} strokeWidth={1.75} aria-hidden />
                    <span className={styles.momentWords}>
                      <b>{words.why(version)}</b>
                      <span>
                        {words.time(version)}
                        {version.person && ` · ${words.who(version)}`}
                      </span>
                    </span>
                  </button>
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </nav>
  );
}
