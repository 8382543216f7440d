/** Why this file exists: what the groups write, while they write it: the facilitator's wall, big, with what was picked out of it. */
import { useTranslation } from 'react-i18next';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { currentRound } from '#shared/workshop/workshop.ts';
import { BigWall } from '../../stage/big-wall.tsx';
import styles from '../projector.module.css';
import type { ViewProps } from './frame.ts';

export function WallView({ meeting, shown, workshop }: ViewProps & { workshop: WorkshopView }) {
  const { t } = useTranslation('projector');
  const round = currentRound(workshop);
  // A group of another round, or a question that is gone, is passed over.
  const chosen = shown.groupIds.filter((id) => round.groups.some((group) => group.id === id));
  const prompt = workshop.prompts.find(({ id }) => id === shown.promptId);
  return (
    <div className={styles.wall}>
      <h1 className={styles.heading}>{prompt ? prompt.heading : t('wall.title')}</h1>
      <div className={styles.fill}>
        <BigWall
          meeting={meeting}
          workshop={workshop}
          round={round}
          groupIds={chosen.length > 0 ? chosen : null}
          promptId={prompt?.id ?? null}
        />
      </div>
    </div>
  );
}
