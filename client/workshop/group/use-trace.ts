/**
 * Why this file exists: a group whose time is up sees what became of what it wrote: which sentences of the summary it went
 * into, in which cluster it lies. Read from the rooms themselves, and only from those that this reader may enter: who may
 * not know yet is told nothing.
 */
import { useCallback, useMemo } from 'react';
import type * as Y from 'yjs';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { type ContributionKey, contributionKey } from '#shared/workshop/contribution-keys.ts';
import { contributionsOf } from '#shared/workshop/contributions.ts';
import { coverageOf, type SourcedBlock, sourcedBlocks } from '#shared/workshop/coverage.ts';
import { clusterOf, readHarvest } from '#shared/workshop/harvest.ts';
import { readableRooms } from '../../harvest/readable-rooms.ts';
import { useDocuments, useRoomStates, useRooms } from '../../harvest/use-rooms.ts';

/** What became of one contribution, as far as this reader may know. */
export interface Fate {
  /** The sentences it went into, in the order of the text. */
  blocks: readonly SourcedBlock[];
  /** Name of the cluster it lies in; '' for none. */
  cluster: string;
  /** It went nowhere: into what is final, or into what is still being written. `null` where that cannot be said. */
  unused: 'final' | 'so-far' | null;
}

/** What to say of an element of the group's room, or `null` for one of which there is nothing to say. */
export type Trace = (element: Y.XmlElement) => Fate | null;

/** The trace of a group's words; `null` while its time is not up, and while nothing may be known of them. */
export function useTrace(
  meeting: Meeting,
  workshop: WorkshopView,
  group: { id: Id; state: string },
  ownId: Id,
  doc: Y.Doc | null,
): Trace | null {
  const { meetingId, itemId } = workshop;
  const closed = group.state === 'closed';
  const readable = useMemo(() => readableRooms(workshop, meeting, ownId), [workshop, meeting, ownId]);
  const harvestOpen = closed && readable.harvest;
  const summaryOpen = closed && readable.summary;
  const names = useMemo(
    () => [
      ...(harvestOpen ? [roomName({ kind: 'harvest', meetingId, itemId })] : []),
      ...(summaryOpen ? [roomName({ kind: 'summary', meetingId, itemId })] : []),
    ],
    [harvestOpen, summaryOpen, meetingId, itemId],
  );
  const rooms = useRooms(names);
  useRoomStates(rooms);
  const known = (open: boolean, at: number): Y.Doc | null => {
    const room = open ? (rooms[at] ?? null) : null;
    return room?.state.known && room.state.closedCode === null ? room.doc : null;
  };
  const harvestDoc = known(harvestOpen, 0);
  const summaryDoc = known(summaryOpen, harvestOpen ? 1 : 0);

  const promptIds = workshop.prompts.map(({ id }) => id).join(' ');
  const readSummary = useCallback((one: Y.Doc) => sourcedBlocks(one, promptIds.split(' ')), [promptIds]);
  const readGroup = useCallback(
    (one: Y.Doc) => contributionsOf(one, group.id, promptIds.split(' ')),
    [group.id, promptIds],
  );
  const [harvest] = useDocuments(
    useMemo(() => [harvestDoc], [harvestDoc]),
    readHarvest,
  );
  const [blocks] = useDocuments(
    useMemo(() => [summaryDoc], [summaryDoc]),
    readSummary,
  );
  const groupDoc = closed ? doc : null;
  const [contributions] = useDocuments(
    useMemo(() => [groupDoc], [groupDoc]),
    readGroup,
  );
  const final = workshop.summary.status === 'final';

  return useMemo(() => {
    if (!contributions || (!harvest && !blocks)) return null;
    const { used } = coverageOf(contributions, blocks ?? []);
    // Before anything has been taken from anybody, nothing was left out.
    const begun = blocks !== null && blocks !== undefined && (final || blocks.length > 0);
    const fates = new Map<ContributionKey, Fate>();
    for (const { key } of contributions) {
      const lies = harvest && !harvest.hidden.has(key) ? harvest.byId.get(clusterOf(harvest, key)) : undefined;
      const cluster = lies && !lies.hidden ? lies.name : '';
      const where = used.get(key) ?? [];
      const unused = begun && where.length === 0 ? (final ? 'final' : 'so-far') : null;
      if (where.length > 0 || cluster !== '' || unused) fates.set(key, { blocks: where, cluster, unused });
    }
    return (element) => {
      const id = element._item?.id;
      return (id && fates.get(contributionKey(group.id, id.client, id.clock))) ?? null;
    };
  }, [contributions, harvest, blocks, final, group.id]);
}
