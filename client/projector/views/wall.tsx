/** Why this file exists: what the groups write, while they write it. The newest words stand at the bottom, where the eye is. */
import { type CSSProperties, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { roomName } from '#shared/rooms.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { type Contribution, contributionsOf } from '#shared/workshop/contributions.ts';
import { currentRound } from '#shared/workshop/workshop.ts';
import { groupColour } from '../../harvest/group-square.tsx';
import { useDocuments, useRoomStates, useRooms } from '../../harvest/use-rooms.ts';
import styles from '../projector.module.css';
import type { ViewProps } from './frame.ts';

/** More columns than these are too narrow to read. */
const MOST_GROUPS = 12;
const MOST_LINES = 12;

export function WallView({ meeting, shown, workshop }: ViewProps & { workshop: WorkshopView }) {
  const { t } = useTranslation('projector');
  const all = currentRound(workshop).groups.map((group, index) => ({ ...group, number: index + 1 }));
  const chosen = all.filter(({ id }) => shown.groupIds.includes(id));
  const groups = (chosen.length > 0 ? chosen : all).slice(0, MOST_GROUPS);
  const prompts = workshop.prompts.filter(({ id }) => shown.promptId === null || id === shown.promptId);
  const groupIds = groups.map(({ id }) => id).join(' ');
  const promptIds = (prompts.length > 0 ? prompts : workshop.prompts).map(({ id }) => id).join(' ');
  const names = useMemo(
    () =>
      (groupIds === '' ? [] : groupIds.split(' ')).map((groupId) =>
        roomName({ kind: 'group', meetingId: meeting.id, groupId }),
      ),
    [groupIds, meeting.id],
  );
  const rooms = useRooms(names);
  useRoomStates(rooms);
  const docs = useMemo(() => rooms.map((room) => room?.doc ?? null), [rooms]);
  const read = useCallback(
    (doc: Y.Doc, index: number) => contributionsOf(doc, groupIds.split(' ')[index] ?? '', promptIds.split(' ')),
    [groupIds, promptIds],
  );
  const written = useDocuments<readonly Contribution[]>(docs, read);
  const heading = prompts.length === 1 && prompts[0] ? prompts[0].heading : t('wall.title');
  return (
    <div className={styles.wall}>
      <h1 className={styles.heading}>{heading}</h1>
      <ul className={styles.columns} style={{ '--n': Math.min(groups.length, 4) } as CSSProperties}>
        {groups.map((group, index) => {
          const lines = written[index] ?? [];
          return (
            <li key={group.id} style={{ '--c': groupColour(group.colour) } as CSSProperties}>
              <p className={styles.groupHead}>
                <span className={styles.square} aria-hidden="true">
                  {group.number}
                </span>
                <b>{group.name}</b>
              </p>
              {lines.length === 0 ? (
                <p className={styles.nothing}>{t('wall.nothing')}</p>
              ) : (
                <ul className={styles.lines}>
                  {lines.slice(-MOST_LINES).map(({ key, text }) => (
                    <li key={key}>{text}</li>
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
