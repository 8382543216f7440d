/**
 * Why this file exists: the agenda at the side of the meeting, live: everybody sees every row where it is, moves it by
 * mouse, finger or keys, and types in titles while others move them.
 */
import { History } from 'lucide-react';
import { type DragEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type * as Y from 'yjs';
import type { ItemKind } from '#shared/agenda.ts';
import { actualOf, clockText, driftOf, planOf } from '#shared/agenda-time.ts';
import type { Agenda, AgendaNode } from '#shared/agenda-tree.ts';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { useNow } from '../collab/use-now.ts';
import { paths } from '../navigation.ts';
import { buttonClass } from '../ui/button.tsx';
import { dayText } from '../ui/dates.ts';
import { useAgendaActions } from './actions.ts';
import styles from './agenda.module.css';
import { AgendaRow, type ItemPresence } from './agenda-row.tsx';
import { DayHeading } from './day-heading.tsx';
import { dayKey, itemOfKey, useAgendaDrag } from './drag.ts';
import { Drift } from './drift.tsx';
import { HiddenList } from './hidden-list.tsx';
import { EmptyAgenda, NewItem } from './new-item.tsx';
import { focusRow, usePanelKeys } from './panel-keys.ts';
import type { AgendaAction } from './row-menu.tsx';
import { useAgenda } from './use-agenda.ts';

export interface AgendaPanelProps {
  /** The document of the room `agenda:<meeting>`. */
  doc: Y.Doc;
  meeting: Meeting;
  /** Whether this person's changes would be taken. */
  canWrite: boolean;
  canSetCurrent: boolean;
  openItemId: Id | null;
  onOpen(itemId: Id): void;
  presenceByItem?: ReadonlyMap<Id, readonly ItemPresence[]>;
  onAction(action: AgendaAction): void;
}

/** A day's row is a place to drop, not a thing to drag. */
function keepDays(event: DragEvent): void {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="row"]') : null;
  if (!row || itemOfKey(row.dataset.key) !== null) return;
  event.preventDefault();
  event.stopPropagation();
}

const NOBODY: readonly ItemPresence[] = [];

/** Fills its container and scrolls with it; the page decides whether that is a column or a sheet. */
export function AgendaPanel(props: AgendaPanelProps) {
  const { doc, meeting, canWrite, canSetCurrent, openItemId, onOpen, presenceByItem, onAction } = props;
  const { t, i18n } = useTranslation('agenda');
  const panel = useRef<HTMLElement>(null);
  const live = useAgenda(doc, meeting);
  // A field that moves in the page ends a composition: while there is one, the rows stay where they are.
  const [held, setHeld] = useState<Agenda | null>(null);
  const agenda = held ?? live;
  const actions = useAgendaActions(doc, meeting);
  const [editing, setEditing] = useState<Id | null>(null);
  const lastAdded = useRef<{ id: Id; openItemId: Id | null } | null>(null);

  useEffect(() => {
    if (editing !== null && !agenda.byId.has(editing)) setEditing(null);
  }, [editing, agenda]);

  const titleOf = useCallback(
    (id: Id) => {
      const item = agenda.byId.get(id)?.item ?? agenda.hidden.find((one) => one.item.id === id)?.item;
      return item?.title.trim() || t('untitled');
    },
    [agenda, t],
  );
  useEffect(() => {
    // What is open is in sight, also when one came to it by another way. The tree draws its rows after this effect.
    const frame = requestAnimationFrame(() => {
      const rows = panel.current?.querySelectorAll<HTMLElement>('[role="row"][data-key]') ?? [];
      for (const row of rows) if (row.dataset.key === openItemId) row.scrollIntoView({ block: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
  }, [openItemId]);
  const drag = useAgendaDrag(agenda, !canWrite || editing !== null, titleOf, actions.move);
  const onKeyDownCapture = usePanelKeys({
    panel,
    canWrite,
    home: openItemId !== null && agenda.byId.has(openItemId) ? openItemId : meeting.currentItemId,
    onStep: actions.step,
    onRename: setEditing,
  });

  const add = (kind: ItemKind, title = '') => {
    // Several in a row come in the order they are added.
    const last = lastAdded.current;
    const anchor = last && last.openItemId === openItemId && agenda.byId.has(last.id) ? last.id : openItemId;
    const id = actions.add(kind, title, anchor);
    lastAdded.current = { id, openItemId };
    if (title === '') setEditing(id);
  };

  const now = useNow(10_000);
  const plan = useMemo(
    () => planOf(agenda, meeting.sittings, meeting.timeZone),
    [agenda, meeting.sittings, meeting.timeZone],
  );
  const visits = useMemo(() => new Map(meeting.items.map((state) => [state.itemId, state.visits])), [meeting.items]);
  const names = useMemo(
    () => new Map(meeting.participants.map((person) => [person.personId, person.name])),
    [meeting.participants],
  );
  const current = meeting.currentItemId === null ? undefined : agenda.byId.get(meeting.currentItemId);
  const days = agenda.groups.length > 1;

  const row = (node: AgendaNode) => {
    const { item } = node;
    const isCurrent = node === current;
    const planned = plan.rows.get(item.id);
    const actual = actualOf(visits.get(item.id) ?? [], now);
    const done = !isCurrent && (actual.opened !== null || item.outcome !== '');
    const title = item.title.trim() || t('untitled');
    const words = [
      node.number && t('item', { number: node.number }),
      title,
      isCurrent && t('current'),
      done && t('done'),
      planned?.start != null && t('planned', { time: clockText(planned.start, meeting.timeZone, i18n.language) }),
    ];
    const look = [
      styles.row,
      styles[item.kind],
      isCurrent && styles.current,
      done && styles.done,
      item.id === openItemId && styles.open,
      node.parent !== '' && agenda.byId.get(node.parent)!.item.kind !== 'section' && styles.sub,
    ];
    return (
      <TreeItem
        key={item.id}
        id={item.id}
        textValue={title}
        aria-label={words.filter(Boolean).join(', ')}
        className={look.filter(Boolean).join(' ')}
      >
        <AgendaRow
          agenda={agenda}
          doc={doc}
          node={node}
          title={title}
          planned={planned}
          actual={actual}
          timeZone={meeting.timeZone}
          presenters={item.presenters
            .map((one) => (one.personId === null ? one.text : (names.get(one.personId) ?? one.text)))
            .filter(Boolean)
            .join(', ')}
          people={presenceByItem?.get(item.id) ?? NOBODY}
          current={isCurrent}
          canWrite={canWrite}
          canSetCurrent={canSetCurrent}
          actions={actions}
          editing={canWrite && editing === item.id}
          onRename={setEditing}
          onEdited={(id, how) => {
            if (how !== 'blur') focusRow(panel.current, id);
            setEditing((open) => (open === id ? null : open));
          }}
          onComposing={(composing) => setHeld(composing ? agenda : null)}
          onAction={onAction}
        />
        {node.children.map(row)}
      </TreeItem>
    );
  };

  const rows = agenda.groups.flatMap((group) => {
    const sitting = meeting.sittings.find((one) => one.id === group.sitting);
    const heading = days && sitting && (
      <TreeItem
        key={dayKey(group.sitting)}
        id={dayKey(group.sitting)}
        textValue={dayText(sitting.date, i18n.language)}
        className={styles.dayRow!}
      >
        <TreeItemContent>
          <DayHeading sitting={sitting} plan={plan} />
        </TreeItemContent>
      </TreeItem>
    );
    return [heading, ...group.nodes.map(row)].filter((one) => one !== undefined && one !== false);
  });
  const only = days ? undefined : meeting.sittings[0];
  const drift = current
    ? driftOf(plan.rows.get(current.item.id), actualOf(visits.get(current.item.id) ?? [], now), now)
    : null;

  return (
    <section
      ref={panel}
      className={styles.panel}
      aria-label={t('title')}
      onKeyDownCapture={onKeyDownCapture}
      onDragStartCapture={keepDays}
    >
      <div className={styles.head}>
        <h2>{t('title')}</h2>
        <span className={styles.headEnd}>
          <Link
            className={buttonClass({ variant: 'quiet' }, true)}
            href={paths.versions(meeting.id, null)}
            aria-label={t('versions')}
            title={t('versions')}
          >
            <History size={18} strokeWidth={1.75} aria-hidden />
          </Link>
          {canWrite && <NewItem onAdd={(kind) => add(kind)} />}
        </span>
      </div>
      {only && <DayHeading sitting={only} plan={plan} />}
      {agenda.rows.length === 0 && <EmptyAgenda onAdd={canWrite ? add : null} />}
      {(agenda.rows.length > 0 || days) && (
        <Tree
          aria-label={t('title')}
          className={styles.tree!}
          selectionMode="none"
          keyboardNavigationBehavior="tab"
          expandedKeys={agenda.rows.map((node) => node.item.id)}
          dragAndDropHooks={drag}
          onAction={(key) => {
            const id = itemOfKey(key);
            if (id !== null) onOpen(id);
          }}
        >
          {rows}
        </Tree>
      )}
      <Drift drift={drift} sitting={current?.sitting ?? only?.id ?? ''} plan={plan} timeZone={meeting.timeZone} />
      <HiddenList hidden={agenda.hidden} titleOf={titleOf} onRestore={canWrite ? actions.restore : null} />
    </section>
  );
}
