/** Why this file exists: what the groups' words have in common, as those who sort see it: the clusters and what lies in them. */
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { roomName } from '#shared/rooms.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { type Contribution, contributionsOf } from '#shared/workshop/contributions.ts';
import { arrange, type Harvest, readHarvest } from '#shared/workshop/harvest.ts';
import { groupMarks } from '../../harvest/group-marks.ts';
import { GroupSquare } from '../../harvest/group-square.tsx';
import { useDocuments, useRoomStates, useRooms } from '../../harvest/use-rooms.ts';
import styles from '../projector.module.css';
import type { ViewProps } from './frame.ts';

const MOST_CLUSTERS = 6;
const MOST_LINES = 4;

export function HarvestView({ meeting, workshop }: ViewProps & { workshop: WorkshopView }) {
  const { t } = useTranslation('projector');
  const { itemId } = workshop;
  const marks = useMemo(() => groupMarks(workshop), [workshop]);
  const groupIds = [...marks.keys()].join(' ');
  const promptIds = workshop.prompts.map(({ id }) => id).join(' ');
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
  const board = useRooms(
    useMemo(() => [roomName({ kind: 'harvest', meetingId: meeting.id, itemId })], [meeting.id, itemId]),
  );
  useRoomStates(board);
  const boardDocs = useMemo(() => board.map((room) => room?.doc ?? null), [board]);
  const [harvest] = useDocuments<Harvest>(boardDocs, readHarvest);
  const seen = harvest ? written.flatMap((list) => list ?? []).filter(({ key }) => !harvest.hidden.has(key)) : [];
  const { clusters, unsorted } = harvest ? arrange(harvest, seen) : { clusters: [], unsorted: [] };
  const shown = clusters.filter(({ cluster }) => !cluster.hidden);
  return (
    <div className={styles.wall}>
      <h1 className={styles.heading}>{t('harvest.title')}</h1>
      {shown.length === 0 && <p className={styles.lead}>{t('harvest.none')}</p>}
      <ul className={styles.clusters}>
        {shown.slice(0, MOST_CLUSTERS).map(({ cluster, contributions }) => (
          <li key={cluster.id}>
            <h2>
              {cluster.name || t('harvest.unnamed')}{' '}
              <small>{t('harvest.count', { count: contributions.length })}</small>
            </h2>
            <ul>
              {contributions.slice(0, MOST_LINES).map(({ key, groupId, text }) => {
                const mark = marks.get(groupId);
                return (
                  <li key={key}>
                    {mark && <GroupSquare mark={mark} />}
                    <span>{text}</span>
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
      {unsorted.length > 0 && <p className={styles.beyond}>{t('harvest.unsorted', { count: unsorted.length })}</p>}
    </div>
  );
}
