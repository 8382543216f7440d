/** Why this file exists: the item that is asked about: what it is, whose it is, how long is left, and what people write. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { lazy, type RefObject, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ITEM_KINDS, type ItemKind, patchItem, titleText } from '#shared/agenda.ts';
import { actualOf, planOf } from '#shared/agenda-time.ts';
import type { Agenda, AgendaNode } from '#shared/agenda-tree.ts';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { TitleField } from '../agenda/title-field.tsx';
import { api } from '../api/api.ts';
import type { PresentPerson, RoomClient } from '../collab/index.ts';
import { paths } from '../navigation.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { Skeleton } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { ItemClock } from './item-clock.tsx';
import { ItemLock } from './item-lock.tsx';
import styles from './item-view.module.css';
import { MergedNotes } from './merged-notes.tsx';
import { Presenters } from './presenters.tsx';

const WorkshopStrip = lazy(() => import('../workshop/workshop-strip.tsx').then((m) => ({ default: m.WorkshopStrip })));
const ItemRecord = lazy(() => import('../decisions/item-record.tsx').then((m) => ({ default: m.ItemRecord })));
const NotesEditor = lazy(() => import('../editor/index.ts').then((m) => ({ default: m.NotesEditor })));

export interface ItemViewProps {
  meeting: Meeting;
  agenda: Agenda;
  node: AgendaNode;
  /** What can be opened, in order. */
  rows: readonly AgendaNode[];
  room: RoomClient;
  itemRoom: RoomClient | null;
  people: readonly PresentPerson[];
  officer: boolean;
  /** May change the agenda: title, kind, presenters, minutes. */
  canWrite: boolean;
  canSetCurrent: boolean;
  ownId: Id;
  headingRef: RefObject<HTMLHeadingElement | null>;
  titleRef: RefObject<HTMLTextAreaElement | null>;
  onOpen(id: Id): void;
  onSetCurrent(id: Id | null): void;
  onTyping(typing: boolean): void;
  onSplit(): void;
}

export function ItemView(props: ItemViewProps) {
  const {
    meeting,
    agenda,
    node,
    rows,
    room,
    itemRoom,
    people,
    canWrite,
    ownId,
    headingRef,
    titleRef,
    onOpen,
    onTyping,
  } = props;
  const { t, i18n } = useTranslation('meeting');
  const { t: agendaWords } = useTranslation('agenda');
  const { item } = node;
  const title = titleText(room.doc, item.id);
  const { toast } = useToasts();
  const state = meeting.items.find((entry) => entry.itemId === item.id);
  const plan = useMemo(
    () => planOf(agenda, meeting.sittings, meeting.timeZone),
    [agenda, meeting.sittings, meeting.timeZone],
  );
  const planned = plan.rows.get(item.id);
  const time = (at: number) => clock(at, i18n.language, meeting.timeZone);
  const current = meeting.currentItemId === item.id;
  const opened = state ? actualOf(state.visits, 0).opened : null;

  const at = rows.findIndex((row) => row.item.id === item.id);
  const before = rows[at - 1];
  const after = rows[at + 1];
  const writers = people.filter((person) => person.typing && person.itemId === item.id).length;
  const mentions = useMemo(
    () => meeting.participants.map((person) => ({ id: person.personId, name: person.name, colour: person.colour })),
    [meeting.participants],
  );
  const originLabel = useMemo(() => {
    return (id: string) => {
      const source = agenda.byId.get(id);
      return source ? t('splitFrom', { item: source.number || source.item.title }) : null;
    };
  }, [agenda, t]);
  const name = node.number ? t('itemNumber', { number: node.number }) : item.title || t('untitled');

  return (
    <article className={styles.item} aria-labelledby="item-heading">
      <p className={styles.kicker}>
        {canWrite ? (
          <KindSelect kind={item.kind} onChange={(kind) => patchItem(room.doc, item.id, { kind })} />
        ) : (
          <b>{agendaWords(`kind.${item.kind}`)}</b>
        )}
        <span>{t('position', { at: at + 1, of: rows.length })}</span>
        {planned?.start != null && planned.end != null && (
          <span>
            {planned.minutes > 0
              ? t('plannedSpan', { from: time(planned.start), to: time(planned.end) })
              : t('plannedFrom', { from: time(planned.start) })}
          </span>
        )}
        {opened !== null && <span>{t('opened', { time: time(opened) })}</span>}
      </p>
      <div className={styles.title}>
        <span className={styles.number} aria-hidden="true">
          {node.number}
        </span>
        <h1 id="item-heading" ref={headingRef} tabIndex={-1}>
          <span className="sr">{node.number && `${node.number} `}</span>
          {canWrite && title ? (
            <TitleField
              ref={titleRef}
              text={title}
              label={t('titleLabel')}
              placeholder={t('untitled')}
              className={styles.titleField!}
              onDone={(how) => {
                if (how !== 'blur') headingRef.current?.focus();
              }}
            />
          ) : (
            item.title || t('untitled')
          )}
        </h1>
        <ItemClock
          visits={state?.visits ?? []}
          minutes={planned?.minutes ?? item.minutes}
          current={current}
          planned={planned}
        />
      </div>
      <div className={styles.about}>
        <Presenters meeting={meeting} item={item} doc={room.doc} canWrite={canWrite} />
        <Tools {...props} current={current} />
      </div>

      {item.outcome === 'nothing-to-report' && (
        <section className={styles.block}>
          <div className={styles.label}>
            <h2>{t('outcome')}</h2>
          </div>
          <p className={styles.outcome}>
            {t('nothingToReport')}
            {canWrite && (
              <Button variant="link" onClick={() => patchItem(room.doc, item.id, { outcome: '' })}>
                {t('takeBack')}
              </Button>
            )}
          </p>
        </section>
      )}

      {item.kind === 'dialogue' && (
        <Suspense fallback={null}>
          <WorkshopStrip meeting={meeting} itemId={item.id} ownId={ownId} />
        </Suspense>
      )}

      <section className={styles.block} aria-labelledby="notes-heading">
        <div className={styles.label}>
          <h2 id="notes-heading">{t('notes')}</h2>
          {writers > 0 && <p>{t('writers', { count: writers })}</p>}
          <p>
            <LinkButton variant="link" href={paths.versions(meeting.id, item.id)}>
              {t('versions.open')}
            </LinkButton>
          </p>
          {item.splitFrom && agenda.byId.get(item.splitFrom) && (
            <p>
              <Button variant="link" onClick={() => onOpen(item.splitFrom as Id)}>
                {t('splitFrom', {
                  item: agenda.byId.get(item.splitFrom)?.number || agenda.byId.get(item.splitFrom)?.item.title,
                })}
              </Button>
            </p>
          )}
        </div>
        <div data-notes>
          {itemRoom === null && room.state.connection === 'offline' && (
            <p className="muted" role="status">
              {t('notesWait')}
            </p>
          )}
          <Suspense fallback={<Skeleton label={t('loadingItem', { item: name })} />}>
            <NotesEditor
              key={itemRoom?.doc.guid ?? 'none'}
              room={itemRoom}
              fragment={NOTES_FRAGMENT}
              label={t('notesOf', { item: name })}
              locked={state?.locked ?? null}
              participants={mentions}
              originLabel={originLabel}
              loadAuthorship={() => api.authorship(meeting.id, item.id)}
              onLeave={() => headingRef.current?.focus()}
              onTyping={onTyping}
            />
          </Suspense>
        </div>
      </section>

      {node.merged.map((merged) => (
        <MergedNotes
          key={merged.id}
          meeting={meeting}
          item={merged}
          canWrite={canWrite}
          onTakeOut={() => {
            patchItem(room.doc, merged.id, { mergedInto: '' });
            toast({
              message: t('takenOut', { title: merged.title || t('untitled') }),
              undo: () => patchItem(room.doc, merged.id, { mergedInto: item.id }),
            });
          }}
        />
      ))}

      {item.kind !== 'section' && item.kind !== 'break' && (
        <Suspense fallback={null}>
          <ItemRecord key={item.id} meeting={meeting} itemId={item.id} number={node.number} ownId={ownId} />
        </Suspense>
      )}

      <nav className={styles.steps} aria-label={t('steps')}>
        {before ? (
          <Button variant="quiet" onClick={() => onOpen(before.item.id)}>
            <ChevronLeft size={18} strokeWidth={1.75} aria-hidden />
            <span className={styles.stepWord}>{before.item.title || t('untitled')}</span>
          </Button>
        ) : (
          <span />
        )}
        {after && (
          <Button variant="quiet" onClick={() => onOpen(after.item.id)}>
            <span className={styles.stepWord}>{after.item.title || t('untitled')}</span>
            <ChevronRight size={18} strokeWidth={1.75} aria-hidden />
          </Button>
        )}
      </nav>
    </article>
  );
}

function KindSelect({ kind, onChange }: { kind: ItemKind; onChange(kind: ItemKind): void }) {
  const { t } = useTranslation('meeting');
  const { t: agendaWords } = useTranslation('agenda');
  return (
    <select
      className={styles.kind}
      aria-label={t('kindLabel')}
      value={kind}
      onChange={(event) => {
        const chosen = ITEM_KINDS.find((name) => name === event.target.value);
        if (chosen) onChange(chosen);
      }}
    >
      {ITEM_KINDS.map((name) => (
        <option key={name} value={name}>
          {agendaWords(`kind.${name}`)}
        </option>
      ))}
    </select>
  );
}

/** What one can do with the item, quietly, under its heading. */
function Tools({
  meeting,
  node,
  room,
  officer,
  canWrite,
  canSetCurrent,
  current,
  onSetCurrent,
  onSplit,
}: ItemViewProps & { current: boolean }) {
  const { t } = useTranslation('meeting');
  const { item } = node;
  const { toast } = useToasts();
  return (
    <div className={styles.tools}>
      {canSetCurrent && (
        <Button
          variant={current ? 'plain' : 'primary'}
          size="small"
          aria-pressed={current}
          onClick={() => onSetCurrent(current ? null : item.id)}
        >
          {t(current ? 'isCurrent' : 'makeCurrent')}
        </Button>
      )}
      {canWrite && (
        <label className={styles.minutes}>
          <input
            type="number"
            min={0}
            max={1440}
            step={5}
            inputMode="numeric"
            value={item.minutes || ''}
            placeholder="0"
            onChange={(event) =>
              patchItem(room.doc, item.id, {
                minutes: Math.max(0, Math.min(1440, Math.round(Number(event.target.value) || 0))),
              })
            }
          />
          {t('minutes')}
        </label>
      )}
      {canWrite && item.outcome === '' && (
        <Button
          size="small"
          variant="quiet"
          onClick={() => {
            patchItem(room.doc, item.id, { outcome: 'nothing-to-report' });
            toast({ message: t('nothingNoted'), undo: () => patchItem(room.doc, item.id, { outcome: '' }) });
          }}
        >
          {t('nothingToReport')}
        </Button>
      )}
      {canWrite && (
        <Button size="small" variant="quiet" onClick={onSplit}>
          {t('split.open')}
        </Button>
      )}
      <ItemLock meeting={meeting} itemId={item.id} officer={officer} />
    </div>
  );
}
