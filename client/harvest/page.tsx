/**
 * Why this file exists: the harvest of an item. At the left what nobody has sorted, in the middle the clusters, at the
 * right how much of it is in the summary. Everybody who may look sees the same, live.
 */
import { Plus } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { DropZone } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { readItem } from '#shared/agenda.ts';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { isOfficer } from '#shared/policy.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { arrange } from '#shared/workshop/harvest.ts';
import { useAgenda } from '../agenda/use-agenda.ts';
import { useMeeting, useSession } from '../api/hooks.ts';
import { ApiFailure } from '../api/request.ts';
import type { RoomClient } from '../collab/index.ts';
import { MeetingBar } from '../meeting/meeting-bar.tsx';
import { SavingTrouble } from '../meeting/saving-trouble.tsx';
import { useAgendaRoom } from '../meeting/use-meeting-room.ts';
import { useMedia } from '../meeting/use-width.ts';
import { paths } from '../navigation.ts';
import { Button } from '../ui/button.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem, Skeleton } from '../ui/problem.tsx';
import { Screen, SkipLink, useTitle } from '../ui/screen.tsx';
import { useWorkshop } from '../workshop/use-workshop.ts';
import { useBoardActions } from './actions.ts';
import styles from './board.module.css';
import { type Asking, type Board, BoardContext, useBoard } from './board-context.ts';
import { useBoardKeys } from './board-keys.ts';
import { ClusterSection } from './cluster-section.tsx';
import { CoveragePanel } from './coverage-panel.tsx';
import { BoardDialog } from './dialogs.tsx';
import { type Filters, NO_FILTERS, passes, type View } from './filters.ts';
import { groupMarks } from './group-marks.ts';
import { ListView } from './list-view.tsx';
import { droppedKeys, SLIP_TYPE, SlipList } from './slip-list.tsx';
import { Strip } from './strip.tsx';
import { useHarvest } from './use-harvest.ts';
import { useVotes } from './use-votes.ts';

export function HarvestPage({ meetingId, itemId }: { meetingId: Id; itemId: Id }) {
  const { t } = useTranslation('harvest');
  const meeting = useMeeting(meetingId);
  const session = useSession();
  const room = useAgendaRoom(meetingId);
  const workshop = useWorkshop(meetingId, itemId);
  const error = meeting.error ?? workshop.error;
  if (meeting.error instanceof ApiFailure && meeting.error.code === 'not-found' && !meeting.data) return <NotFound />;
  if (!meeting.data || !session.data || !room || workshop.data === undefined)
    return (
      <Screen title="">
        {error ? (
          <Problem error={error} onRetry={() => void Promise.all([meeting.refetch(), workshop.refetch()])} />
        ) : (
          <Skeleton label={t('loading')} lines={9} />
        )}
      </Screen>
    );
  if (workshop.data === null)
    return (
      <Screen title={t('none.title')}>
        <h1>{t('none.title')}</h1>
        <p>{t('none.text')}</p>
        <Link href={paths.item(meetingId, itemId)}>{t('back')}</Link>
      </Screen>
    );
  return (
    <Harvesting
      key={room.doc.guid}
      meeting={meeting.data}
      workshop={workshop.data}
      agendaRoom={room}
      ownId={session.data.person.id}
    />
  );
}

interface HarvestingProps {
  meeting: Meeting;
  workshop: WorkshopView;
  agendaRoom: RoomClient;
  ownId: Id;
}

function Harvesting({ meeting, workshop, agendaRoom, ownId }: HarvestingProps) {
  const { t } = useTranslation('harvest');
  const data = useHarvest(workshop);
  const agenda = useAgenda(agendaRoom.doc, meeting);
  const node = agenda.byId.get(workshop.itemId);
  const title = node?.item.title.trim() || readItem(agendaRoom.doc, workshop.itemId)?.title || '';
  useTitle(t('title', { name: title }));

  const narrow = useMedia('(max-width: 719px)');
  const [chosenView, setView] = useState<View | null>(null);
  const view = chosenView ?? (narrow ? 'list' : 'clusters');
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const [selected, select] = useState<ReadonlySet<string>>(new Set());
  const unselect = useCallback(() => select(new Set()), []);
  const [asking, ask] = useState<Asking | null>(null);
  const panel = useRef<HTMLElement>(null);

  const votes = useVotes(workshop.meetingId, workshop.itemId);
  const results = votes.data?.votes[0]?.results ?? null;
  const marks = useMemo(() => groupMarks(workshop), [workshop]);
  const clusterName = useCallback(
    (id: Id | '') => (id === '' ? t('tray') : data.harvest.byId.get(id)?.name || t('unnamed')),
    [data.harvest, t],
  );
  const promptName = useCallback(
    (id: Id) => workshop.prompts.find((prompt) => prompt.id === id)?.heading ?? '',
    [workshop.prompts],
  );
  const act = useBoardActions({ data, workshop, ownId, ask, unselect, clusterName, promptName });
  const { unsorted, clusters } = useMemo(() => {
    const lying = arrange(
      data.harvest,
      data.contributions.filter((one) => passes(filters, data, one)),
    );
    return { ...lying, clusters: lying.clusters.filter(({ cluster }) => filters.hidden || !cluster.hidden) };
  }, [data, filters]);
  const digitOf = useMemo(
    () => new Map(clusters.slice(0, 9).map(({ cluster }, index) => [cluster.id, String(index + 1)])),
    [clusters],
  );
  const board = useMemo(
    (): Board => ({
      meeting,
      workshop,
      data,
      marks,
      unsorted,
      clusters,
      digitOf,
      clusterName,
      promptName,
      dotsOf: (id) => results?.[id] ?? null,
      selected,
      select,
      act,
      ask,
    }),
    [meeting, workshop, data, marks, unsorted, clusters, digitOf, clusterName, promptName, results, selected, act],
  );
  const onKeyDownCapture = useBoardKeys(board, panel);

  return (
    <BoardContext value={board}>
      <div className={styles.page}>
        <SkipLink />
        <MeetingBar meeting={meeting} officer={isOfficer(meeting.myRoles)} />
        <SavingTrouble />
        <Strip
          number={node?.number ?? ''}
          title={title}
          view={view}
          onView={setView}
          filters={filters}
          onFilters={setFilters}
        />
        <main id="content" ref={panel} onKeyDownCapture={onKeyDownCapture}>
          {data.closed ? (
            <Notice>{t('closed')}</Notice>
          ) : (
            <>
              {data.hiddenGroups > 0 && <Notice>{t('hiddenGroups', { count: data.hiddenGroups })}</Notice>}
              {data.ready &&
                data.contributions.length > 0 &&
                unsorted.length === 0 &&
                clusters.every((shown) => shown.contributions.length === 0) && <Notice>{t('filter.nothing')}</Notice>}
              {data.ready ? <Body view={view} /> : <Skeleton label={t('loading')} lines={9} />}
            </>
          )}
        </main>
      </div>
      {asking && <BoardDialog key={JSON.stringify(asking)} asking={asking} />}
    </BoardContext>
  );
}

function Body({ view }: { view: View }) {
  if (view === 'list')
    return (
      <div className={styles.listColumns}>
        <ListView />
        <CoveragePanel />
      </div>
    );
  return (
    <div className={styles.columns}>
      <Tray />
      {view === 'clusters' ? <Clusters /> : <Prompts />}
      <CoveragePanel />
    </div>
  );
}

function Tray() {
  const { t } = useTranslation('harvest');
  const { unsorted, data } = useBoard();
  return (
    <section className={styles.tray} aria-labelledby="h-tray">
      <div className={styles.columnHead}>
        <h2 id="h-tray">
          {t('tray')} <span>{t('ofAll', { count: unsorted.length, total: data.contributions.length })}</span>
        </h2>
      </div>
      <SlipList
        label={t('tray')}
        slips={unsorted}
        into=""
        empty={t(data.contributions.length > 0 ? 'emptyTray' : 'emptyGroups')}
      />
    </section>
  );
}

function Clusters() {
  const { t } = useTranslation('harvest');
  const { clusters, data, ask } = useBoard();
  return (
    <section className={styles.board} aria-labelledby="h-board">
      <div className={styles.columnHead}>
        <h2 id="h-board">
          {t('clusters')} <span>{clusters.length}</span>
        </h2>
        {data.maySort && (
          <Button size="small" variant="quiet" onClick={() => ask({ what: 'name', cluster: null, keys: [] })}>
            <Plus size={15} strokeWidth={1.75} aria-hidden />
            {t('newCluster')}
          </Button>
        )}
      </div>
      {clusters.length === 0 && <p className={styles.offer}>{t('emptyClusters.text')}</p>}
      <div className={styles.clusters}>
        {clusters.map((shown) => (
          <ClusterSection key={shown.cluster.id} shown={shown} />
        ))}
        {data.maySort && (
          <DropZone
            className={styles.newDrop!}
            aria-label={t('newClusterHere')}
            getDropOperation={(types) => (types.has(SLIP_TYPE) ? 'move' : 'cancel')}
            onDrop={(event) =>
              void droppedKeys(event.items).then((keys) => {
                if (keys.length > 0) ask({ what: 'name', cluster: null, keys });
              })
            }
          >
            {t('newClusterHere')}
          </DropZone>
        )}
      </div>
    </section>
  );
}

/** Contributions as they were asked for; sorting goes on by key and menu. */
function Prompts() {
  const { t } = useTranslation('harvest');
  const { workshop, unsorted, clusters } = useBoard();
  const all = [...unsorted, ...clusters.flatMap((shown) => shown.contributions)];
  return (
    <section className={styles.board} aria-labelledby="h-board">
      <div className={styles.columnHead}>
        <h2 id="h-board">{t('view.prompts')}</h2>
      </div>
      <div className={styles.clusters}>
        {workshop.prompts.map((prompt) => {
          const slips = all.filter(({ promptId }) => promptId === prompt.id);
          return (
            <section key={prompt.id} className={styles.cluster} aria-labelledby={`h-${prompt.id}`}>
              <header>
                <div className={styles.clusterHead}>
                  <h3 id={`h-${prompt.id}`}>{prompt.heading}</h3>
                </div>
                <p className={styles.meta}>{t('contributions', { count: slips.length })}</p>
              </header>
              <SlipList label={prompt.heading} slips={slips} into={null} empty={t('emptyGroups')} />
            </section>
          );
        })}
      </div>
    </section>
  );
}
