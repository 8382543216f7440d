/** Why this file exists: everybody in the room finds their group from here: where it sits, who is in it, what it is to answer, how long is left. */
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { currentRound, type Group } from '#shared/workshop/workshop.ts';
import { useNow } from '../../collab/use-now.ts';
import { groupColour } from '../../harvest/group-square.tsx';
import { clock } from '../../ui/dates.ts';
import { clockFace, groupTime, minutesAndSeconds } from '../../workshop/group/group-time.ts';
import styles from '../projector.module.css';
import type { ViewProps } from './frame.ts';
import { TimeBar } from './item.tsx';

type Round = ReturnType<typeof currentRound>;

export function GroupsView({ meeting, agenda, itemId, workshop }: ViewProps & { workshop: WorkshopView }) {
  const { t } = useTranslation('projector');
  const round = currentRound(workshop);
  const node = itemId === null ? undefined : agenda.byId.get(itemId);
  const names = new Map(meeting.participants.map(({ personId, name }) => [personId, name]));
  const many = round.groups.length > 6;
  return (
    <>
      <div className={styles.split}>
        <div>
          {node?.number && <p className={styles.number}>{node.number}</p>}
          <h1 className={many ? `${styles.title} ${styles.smaller}` : styles.title}>
            {node?.item.title.trim() || t('untitled')}
          </h1>
          {!many && (
            <ol className={styles.prompts}>
              {workshop.prompts.map(({ id, heading }) => (
                <li key={id}>{heading}</li>
              ))}
            </ol>
          )}
        </div>
        <RoundTime round={round} timeZone={meeting.timeZone} />
      </div>
      <ul className={many ? `${styles.groups} ${styles.many}` : styles.groups}>
        {round.groups.map((group, index) => (
          <li key={group.id} style={{ '--c': groupColour(group.colour) } as CSSProperties}>
            <p className={styles.groupHead}>
              <span className={styles.square}>
                <span className="sr">{t('groups.group', { number: index + 1 })}</span>
                <span aria-hidden="true">{index + 1}</span>
              </span>
              <span>
                <b>{group.name}</b>
                {group.place && <small>{group.place}</small>}
              </span>
            </p>
            <p className={styles.members}>
              {group.members.flatMap((id) => names.get(id) ?? []).join(', ') || t('groups.nobody')}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The group whose time ends last speaks for the round: what one group got on top stands in that group. */
function lastGroup(round: Round): Group | undefined {
  return (
    [...round.groups].sort((a, b) => b.extraMs - a.extraMs).find(({ state }) => state !== 'closed') ?? round.groups[0]
  );
}

function RoundTime({ round, timeZone }: { round: Round; timeZone: string }) {
  const { t, i18n } = useTranslation('projector');
  const now = useNow(1000);
  const group = lastGroup(round);
  if (!group) return null;
  const time = groupTime(round, group, now);
  if (time.kind === 'running' || time.kind === 'last-minute') {
    return (
      <div
        className={time.kind === 'last-minute' ? `${styles.time} ${styles.late}` : styles.time}
        role="timer"
        aria-label={t('groups.spoken', { count: minutesAndSeconds(time.left).minutes })}
      >
        <p className={styles.figure}>{clockFace(time.left)}</p>
        <p className={styles.timeWords}>{t('groups.left', { time: clock(time.endsAt, i18n.language, timeZone) })}</p>
        <TimeBar part={time.part} />
      </div>
    );
  }
  return (
    <div className={time.kind === 'ending' ? `${styles.time} ${styles.late}` : styles.time}>
      {time.kind === 'paused' && <p className={styles.figure}>{clockFace(time.left)}</p>}
      <p className={time.kind === 'paused' ? styles.timeWords : styles.state}>{t(`groups.${time.kind}`)}</p>
    </div>
  );
}
