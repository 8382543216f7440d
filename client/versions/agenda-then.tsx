/** Why this file exists: an agenda as it was, read like the agenda at the side of the page, and changed by nobody. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { titleText } from '#shared/agenda.ts';
import { readAgenda } from '#shared/agenda-tree.ts';
import type { Authorship, Meeting } from '#shared/api.ts';
import { Authors } from './authors.tsx';
import type { AgendaWords } from './lines.ts';
import styles from './versions.module.css';

interface AgendaThenProps {
  doc: Y.Doc;
  meeting: Meeting;
  words: AgendaWords;
  /** Who wrote the titles, when that is asked. */
  authorship: Authorship | null;
}

export function AgendaThen({ doc, meeting, words, authorship }: AgendaThenProps) {
  const { t } = useTranslation('versions');
  const { rows, byId } = useMemo(() => readAgenda(doc, meeting), [doc, meeting]);
  if (rows.length === 0) return <p className="muted">{t('blank')}</p>;
  return (
    <ol className={styles.agenda} aria-label={t('agendaText')}>
      {rows.map(({ item, number, parent }) => {
        const title = titleText(doc, item.id);
        const people = item.presenters.map((one) => (one.personId === null ? one.text : words.person(one.personId)));
        const about = [item.minutes > 0 ? words.minutes(item.minutes) : '', people.filter(Boolean).join(', ')];
        return (
          // A section is a heading over its items: only what hangs under an item is set in.
          <li key={item.id} className={parent && byId.get(parent)?.item.kind !== 'section' ? styles.sub : undefined}>
            {authorship && title && <Authors block={title} authorship={authorship} />}
            <span className={styles.number}>{number}</span>
            <span className={item.kind === 'section' ? styles.section : undefined}>{item.title || words.untitled}</span>
            <span className="muted">{about.filter(Boolean).join(' · ')}</span>
          </li>
        );
      })}
    </ol>
  );
}
