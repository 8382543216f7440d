/** Why this file exists: whether the groups may read each other, and the ways on from here. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { api } from '../api/api.ts';
import { paths } from '../navigation.ts';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { useWorkshopChange } from '../workshop/use-workshop.ts';
import styles from './stage.module.css';

export function Openness({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('stage');
  const text = useProblemText();
  const { toast } = useToasts();
  const { meetingId, itemId } = workshop;
  const change = useWorkshopChange((opened: boolean) => api.workshop.update({ meetingId, itemId }, { opened }));
  return (
    <section className={styles.open} aria-labelledby="openness">
      <h2 id="openness">{t('further')}</h2>
      <label>
        <input
          type="checkbox"
          checked={workshop.opened}
          disabled={change.isPending}
          onChange={(event) =>
            change.mutate(event.target.checked, { onError: (error) => toast({ message: text(error) }) })
          }
        />
        <span>
          {t('opened')}
          <small>{t('openedHint')}</small>
        </span>
      </label>
      <ul className={styles.links}>
        <li>
          <Link href={paths.groups(meetingId, itemId)}>{t('toGroups')}</Link>
        </li>
        <li>
          <Link href={paths.harvest(meetingId, itemId)}>{t('toHarvest')}</Link>
        </li>
        <li>
          <Link href={paths.summary(meetingId, itemId)}>{t('toSummary')}</Link>
        </li>
        <li>
          <Link href={paths.item(meetingId, itemId)}>{t('toItem')}</Link>
        </li>
      </ul>
    </section>
  );
}
