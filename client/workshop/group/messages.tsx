/** Why this file exists: what the facilitator says reaches the table: the newest line stands at the top, the others behind it. */
import { Megaphone } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { Button } from '../../ui/button.tsx';
import { clock } from '../../ui/dates.ts';
import styles from './group.module.css';

export function Messages({ workshop, groupId, meeting }: { workshop: WorkshopView; groupId: Id; meeting: Meeting }) {
  const { t, i18n } = useTranslation('group');
  const [all, setAll] = useState(false);
  const mine = workshop.messages.filter((message) => message.groupId === null || message.groupId === groupId);
  const newest = mine.at(-1);
  const earlier = mine.slice(0, -1).slice(-20).reverse();
  if (!newest) return <div role="status" />;
  const line = (message: typeof newest) => (
    <p>
      <b>
        {t('message.from', {
          name: meeting.participants.find((person) => person.personId === message.personId)?.name ?? '',
        })}
      </b>{' '}
      {message.text} <span className={styles.messageTime}>{clock(message.at, i18n.language, meeting.timeZone)}</span>
    </p>
  );
  return (
    <section className={styles.message} aria-label={t('message.label')}>
      <Megaphone size={18} strokeWidth={1.75} aria-hidden />
      <div>
        <div role="status">{line(newest)}</div>
        {all && (
          <ul>
            {earlier.map((message) => (
              <li key={message.id}>{line(message)}</li>
            ))}
          </ul>
        )}
      </div>
      {earlier.length > 0 && (
        <Button variant="link" aria-expanded={all} onClick={() => setAll((shown) => !shown)}>
          {all ? t('message.hide') : t('message.earlier', { count: earlier.length })}
        </Button>
      )}
    </section>
  );
}
