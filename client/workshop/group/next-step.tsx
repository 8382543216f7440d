/** Why this file exists: when a group is closed the page says so once, calmly, and what becomes of what they wrote. */
import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { paths } from '../../navigation.ts';
import { ButtonRow, LinkButton } from '../../ui/button.tsx';
import styles from './group.module.css';

export function NextStep({ workshop, officer }: { workshop: WorkshopView; officer: boolean }) {
  const { t } = useTranslation('group');
  const { meetingId, itemId, summary } = workshop;
  const harvest = officer || workshop.harvest !== 'officers';
  const readable = officer || summary.comments || summary.status === 'final';
  return (
    <section className={styles.closed} aria-labelledby="group-closed">
      <h2 id="group-closed">
        <Lock size={16} strokeWidth={1.75} aria-hidden />
        {t('closed.heading')}
      </h2>
      <p>
        {t('closed.text')} {t(summary.status === 'final' ? 'closed.nextFinal' : 'closed.next')}
      </p>
      {(harvest || readable) && (
        <ButtonRow>
          {harvest && (
            <LinkButton href={paths.harvest(meetingId, itemId)} variant={readable ? 'plain' : 'primary'}>
              {t('closed.harvest')}
            </LinkButton>
          )}
          {readable && (
            <LinkButton href={paths.summary(meetingId, itemId)} variant="primary">
              {t('closed.summary')}
            </LinkButton>
          )}
        </ButtonRow>
      )}
    </section>
  );
}
