/**
 * Why this file exists: everything the board shows, from where it is: contributions in the groups' rooms, where they lie in
 * the harvest's, what was made of them in the summary's. Each is read live; together they are one picture.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type * as Y from 'yjs';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { ContributionKey } from '#shared/workshop/contribution-keys.ts';
import { type Contribution, contributionsOf } from '#shared/workshop/contributions.ts';
import { type Coverage, coverageOf, type SourcedBlock, sourcedBlocks } from '#shared/workshop/coverage.ts';
import { type Harvest, readHarvest } from '#shared/workshop/harvest.ts';
import { api } from '../api/api.ts';
import { useMeeting, useSession } from '../api/hooks.ts';
import type { RoomClient } from '../collab/index.ts';
import { useQuietPresence } from '../presence/use-quiet-presence.ts';
import { authorsIn, type Written } from './authors.ts';
import { readableRooms } from './readable-rooms.ts';
import { useDocuments, useRoomStates, useRooms } from './use-rooms.ts';

export interface HarvestData {
  /** Everything that can be read has been. */
  ready: boolean;
  contributions: readonly Contribution[];
  byKey: ReadonlyMap<ContributionKey, Contribution>;
  harvest: Harvest;
  /** `null` while nothing is known of the summary: it is not open to this person, or not here yet. */
  coverage: Coverage<Contribution> | null;
  blocks: readonly SourcedBlock[];
  /** Who wrote a contribution and when, as far as it is known. */
  written(contribution: Contribution): Written;
  harvestRoom: RoomClient | null;
  summaryRoom: RoomClient | null;
  /** This person may sort. */
  maySort: boolean;
  /** This person may write in the summary. */
  mayPromote: boolean;
  /** The harvest is not open to this person. */
  closed: boolean;
  /** Groups whose words this person may not read. */
  hiddenGroups: number;
}

/** How often authorship is asked for while the board is open, and how soon after something new was written. */
const AUTHORS_EVERY_MS = 20_000;
const AUTHORS_SOON_MS = 1_500;

const same = (a: Contribution, b: Contribution): boolean =>
  a.text === b.text && a.promptId === b.promptId && a.kind === b.kind;

/** Keeps every contribution that says what it said, and the list when all of them do. */
function keepSame(now: Contribution[], before: readonly Contribution[] | null): readonly Contribution[] {
  if (!before) return now;
  const known = new Map(before.map((one) => [one.key, one]));
  const next = now.map((one) => {
    const old = known.get(one.key);
    return old && same(old, one) ? old : one;
  });
  return next.length === before.length && next.every((one, i) => one === before[i]) ? before : next;
}

const writable = (room: RoomClient | null): boolean =>
  room !== null && room.state.everSynced && room.state.access === 'write' && room.state.closedCode === null;
const open = (room: RoomClient | null): boolean => room !== null && room.state.closedCode === null;

/** The whole harvest of a workshop, live. */
export function useHarvest(workshop: WorkshopView): HarvestData {
  const { meetingId, itemId } = workshop;
  const meeting = useMeeting(meetingId).data;
  const ownId = useSession().data?.person.id;
  const readable = useMemo(
    () => (meeting && ownId ? readableRooms(workshop, meeting, ownId) : null),
    [workshop, meeting, ownId],
  );
  const groupIds = readable?.groups.join(' ') ?? '';
  const harvestOpen = readable?.harvest ?? false;
  const summaryOpen = readable?.summary ?? false;
  const promptIds = workshop.prompts.map(({ id }) => id).join(' ');
  const names = useMemo(
    () => [
      ...(groupIds === '' ? [] : groupIds.split(' ').map((groupId) => roomName({ kind: 'group', meetingId, groupId }))),
      ...(harvestOpen ? [roomName({ kind: 'harvest', meetingId, itemId })] : []),
      ...(summaryOpen ? [roomName({ kind: 'summary', meetingId, itemId })] : []),
    ],
    [groupIds, harvestOpen, summaryOpen, meetingId, itemId],
  );
  const rooms = useRooms(names);
  useRoomStates(rooms);
  const count = groupIds === '' ? 0 : groupIds.split(' ').length;
  const groupRooms = useMemo(() => rooms.slice(0, count), [rooms, count]);
  useQuietPresence(groupRooms);
  const harvestRoom = harvestOpen ? (rooms[count] ?? null) : null;
  const summaryRoom = summaryOpen ? (rooms[count + (harvestOpen ? 1 : 0)] ?? null) : null;

  const groupDocs = useMemo(() => groupRooms.map((room) => room?.doc ?? null), [groupRooms]);
  const readGroup = useCallback(
    (doc: Y.Doc, index: number, before: readonly Contribution[] | null) =>
      keepSame(contributionsOf(doc, groupIds.split(' ')[index]!, promptIds.split(' ')), before),
    [groupIds, promptIds],
  );
  const byGroup = useDocuments(groupDocs, readGroup);
  const contributions = useMemo(() => byGroup.flatMap((list) => list ?? []), [byGroup]);
  const byKey = useMemo(() => new Map(contributions.map((one) => [one.key, one])), [contributions]);

  const harvestDocs = useMemo(() => [harvestRoom?.doc ?? null], [harvestRoom]);
  const [read] = useDocuments(harvestDocs, readHarvest);
  const harvest = read ?? EMPTY;

  const summaryDocs = useMemo(() => [summaryRoom?.doc ?? null], [summaryRoom]);
  const readSummary = useCallback((doc: Y.Doc) => sourcedBlocks(doc, promptIds.split(' ')), [promptIds]);
  const [blocks] = useDocuments(summaryDocs, readSummary);
  const summaryKnown = open(summaryRoom) && summaryRoom?.state.known === true;
  const coverage = useMemo(
    () => (summaryKnown && blocks ? coverageOf(contributions, blocks) : null),
    [summaryKnown, blocks, contributions],
  );

  const written = useWritten(meetingId, itemId, contributions);
  const ready =
    readable !== null &&
    rooms.length === names.length &&
    rooms.every((room) => room !== null && (room.state.known || room.state.closedCode !== null));
  const maySort = writable(harvestRoom);
  const mayPromote = writable(summaryRoom);
  const closed = readable !== null && (!harvestOpen || (harvestRoom !== null && harvestRoom.state.closedCode !== null));
  const hiddenGroups = readable?.hiddenGroups ?? 0;
  return useMemo(
    () => ({
      ready,
      contributions,
      byKey,
      harvest,
      coverage,
      blocks: blocks ?? NO_BLOCKS,
      written,
      harvestRoom,
      summaryRoom,
      maySort,
      mayPromote,
      closed,
      hiddenGroups,
    }),
    [
      ready,
      contributions,
      byKey,
      harvest,
      coverage,
      blocks,
      written,
      harvestRoom,
      summaryRoom,
      maySort,
      mayPromote,
      closed,
      hiddenGroups,
    ],
  );
}

const NO_BLOCKS: readonly SourcedBlock[] = [];
const EMPTY: Harvest = {
  clusters: [],
  byId: new Map(),
  placements: new Map(),
  hidden: new Set(),
  tags: new Map(),
  home: new Map(),
};
const UNKNOWN: Written = { names: [], at: 0 };

function useWritten(
  meetingId: Id,
  itemId: Id,
  contributions: readonly Contribution[],
): (contribution: Contribution) => Written {
  const { data, refetch } = useQuery({
    queryKey: ['workshop-authorship', meetingId, itemId],
    queryFn: () => api.harvest.authorship({ meetingId, itemId }),
    refetchInterval: AUTHORS_EVERY_MS,
    placeholderData: keepPreviousData,
  });
  const seen = useRef(contributions.length);
  useEffect(() => {
    if (contributions.length === seen.current) return;
    seen.current = contributions.length;
    const timer = setTimeout(() => void refetch(), AUTHORS_SOON_MS);
    return () => clearTimeout(timer);
  }, [contributions.length, refetch]);
  const readers = useMemo(
    () => new Map(Object.entries(data?.groups ?? {}).map(([groupId, authorship]) => [groupId, authorsIn(authorship)])),
    [data],
  );
  return useCallback(({ groupId, letters }) => readers.get(groupId)?.(letters) ?? UNKNOWN, [readers]);
}
