/**
 * Why this file exists: the wall as everybody in the room sees it: whose text it is, where they sit, and what they write,
 * big. Nothing that is for the facilitator alone, nothing to press, and its rooms are let go with it.
 */
import { type CSSProperties, useMemo } from 'react';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Round } from '#shared/workshop/workshop.ts';
import { groupColour } from '../harvest/group-square.tsx';
import { useRooms } from '../harvest/use-rooms.ts';
import { useQuietPresence } from '../presence/use-quiet-presence.ts';
import { GroupText } from './wall/group-text.tsx';
import { Painter } from './wall/painter.ts';
import styles from './wall/wall.module.css';

export interface BigWallProps {
  meeting: Meeting;
  workshop: WorkshopView;
  round: Round;
  /** Only these groups; all when `null`. */
  groupIds: readonly Id[] | null;
  /** Only this prompt; all when `null`. */
  promptId: Id | null;
}

export function BigWall({ meeting, workshop, round, groupIds, promptId }: BigWallProps) {
  const painter = useMemo(() => new Painter(), []);
  const shown = round.groups.filter(({ id }) => groupIds === null || groupIds.includes(id));
  const joined = shown.map(({ id }) => id).join(' ');
  const names = useMemo(
    () =>
      joined === ''
        ? []
        : joined.split(' ').map((groupId) => roomName({ kind: 'group', meetingId: meeting.id, groupId })),
    [joined, meeting.id],
  );
  const rooms = useRooms(names);
  useQuietPresence(rooms);
  const prompts = useMemo(
    () =>
      workshop.prompts
        .map(({ id, heading }, index) => ({ id, heading, number: index + 1 }))
        .filter(({ id }) => promptId === null || id === promptId),
    [workshop.prompts, promptId],
  );
  return (
    <div className={`${styles.groups} ${styles.big}`} data-count={Math.min(13, shown.length)}>
      {shown.map((group, index) => (
        <article
          key={group.id}
          className={styles.card}
          style={{ '--c': groupColour(group.colour) } as CSSProperties}
          aria-labelledby={`big-${group.id}`}
        >
          <header className={styles.head}>
            <div className={styles.name}>
              <span className={styles.square}>{round.groups.indexOf(group) + 1}</span>
              <h3 id={`big-${group.id}`}>{group.name}</h3>
            </div>
            {group.place && <p className={styles.place}>{group.place}</p>}
          </header>
          <GroupText room={rooms[index] ?? null} prompts={prompts} painter={painter} label={group.name} />
        </article>
      ))}
    </div>
  );
}
