/** Why this file exists: who does not lead sees which group they are in, and chooses one when the facilitator lets them. */
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import { paths } from '../../navigation.ts';
import { Button, ButtonRow, LinkButton } from '../../ui/button.tsx';
import { whereIs } from './plan.ts';
import styles from './setup.module.css';
import type { Setup } from './use-setup.ts';

export function OwnChoice({ setup, ownId }: { setup: Setup; ownId: Id }) {
  const { t } = useTranslation('workshop');
  const { workshop, round, groups } = setup;
  const mine = whereIs(groups, ownId);
  const cap = workshop.selfSelectCap;
  const mayChoose = cap > 0 && round.closedAt === null;
  return (
    <section className={styles.assign} aria-labelledby="own">
      <h2 id="own">{mine ? t('yourGroup', { group: mine.name }) : t('noGroupYet')}</h2>
      <div className={styles.deeds}>
        {mine && round.startedAt !== null && (
          <LinkButton variant="primary" href={paths.group(workshop.meetingId, workshop.itemId, mine.id)}>
            {t('toYourGroup')}
          </LinkButton>
        )}
        {mayChoose && (
          <ButtonRow>
            {groups
              .filter(({ id }) => id !== mine?.id)
              .map((group) => {
                const full = group.members.length >= cap;
                return (
                  <Button key={group.id} disabled={full || setup.busy} onClick={() => setup.move(ownId, group.id)}>
                    {t(full ? 'fullGroup' : 'join', { group: group.name, count: group.members.length, cap })}
                  </Button>
                );
              })}
          </ButtonRow>
        )}
      </div>
      {!mine && !mayChoose && <p className="muted">{t('waitForGroup')}</p>}
    </section>
  );
}
