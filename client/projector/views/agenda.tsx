/** Why this file exists: where the meeting is in its day. A long agenda is cut to what can be read from the back row, around the current item. */
import { useTranslation } from 'react-i18next';
import { clockText } from '#shared/agenda-time.ts';
import styles from '../projector.module.css';
import type { ViewProps } from './frame.ts';
import { windowAround } from './window.ts';

/** More rows than these are too small to read. */
const MOST_ROWS = 9;

export function AgendaView({ meeting, agenda, plan, itemId }: ViewProps) {
  const { t, i18n } = useTranslation('projector');
  const current = itemId === null ? undefined : agenda.byId.get(itemId);
  const day = agenda.groups.find(({ sitting }) => sitting === current?.sitting) ?? agenda.groups[0];
  const rows = agenda.rows.filter((row) => row.sitting === (day?.sitting ?? '') && row.item.kind !== 'section');
  const at = rows.findIndex((row) => row.item.id === itemId);
  const { from, to } = windowAround(rows.length, at, MOST_ROWS);
  const done = new Set(
    meeting.items
      .filter(({ visits }) => visits.length > 0 && visits.every((visit) => visit.to !== null))
      .map((item) => item.itemId),
  );
  return (
    <div className={styles.listing}>
      <h1 className={styles.heading}>{t('agenda.title')}</h1>
      {rows.length === 0 && <p className={styles.lead}>{t('agenda.empty')}</p>}
      {from > 0 && <p className={styles.beyond}>{t('agenda.before', { count: from })}</p>}
      <ol className={styles.rows}>
        {rows.slice(from, to).map((row) => {
          const now = row.item.id === itemId;
          const start = plan.rows.get(row.item.id)?.start ?? null;
          const past = !now && done.has(row.item.id);
          return (
            <li
              key={row.item.id}
              className={[now && styles.rowNow, past && styles.rowDone].filter(Boolean).join(' ') || undefined}
              aria-current={now ? 'step' : undefined}
            >
              <span className={styles.rowTime}>
                {start === null ? '' : clockText(start, meeting.timeZone, i18n.language)}
              </span>
              <span className={styles.rowNumber}>{row.number}</span>
              <span className={styles.rowTitle}>{row.item.title.trim() || t('untitled')}</span>
              <span className={styles.rowNote}>
                {now
                  ? t('agenda.now')
                  : past
                    ? t('agenda.done')
                    : row.item.minutes > 0
                      ? t('minutes', { count: row.item.minutes })
                      : ''}
              </span>
            </li>
          );
        })}
      </ol>
      {to < rows.length && <p className={styles.beyond}>{t('agenda.after', { count: rows.length - to })}</p>}
    </div>
  );
}
