/**
 * Why this file exists: every group's text at once, live. One key enlarges a group, Escape brings the others back, and one
 * question can be read across all groups.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Round } from '#shared/workshop/workshop.ts';
import { useRooms } from '../harvest/use-rooms.ts';
import { useShortcuts } from '../ui/keyboard.ts';
import { wallColumns } from './layout.ts';
import styles from './wall.module.css';
import { WallGroup } from './wall-group.tsx';

export interface WallProps {
  meeting: Meeting;
  workshop: WorkshopView;
  round: Round;
  /** Only these groups; all when `null`. */
  groupIds?: readonly Id[] | null;
  /** Only this question; when left out the reader chooses. */
  promptId?: Id | null;
  /** For the projector: big, and nothing that is for the facilitator alone. */
  big?: boolean;
}

export function Wall({ meeting, workshop, round, groupIds = null, promptId, big = false }: WallProps) {
  const { t } = useTranslation('stage');
  const groups = useMemo(
    () => round.groups.filter(({ id }) => groupIds === null || groupIds.includes(id)),
    [round.groups, groupIds],
  );
  const names = useMemo(
    () => groups.map(({ id }) => roomName({ kind: 'group', meetingId: meeting.id, groupId: id })),
    [groups, meeting.id],
  );
  const rooms = useRooms(names);
  const [enlarged, setEnlarged] = useState<Id | null>(null);
  const [chosen, setChosen] = useState<Id | null>(null);
  const prompt = promptId === undefined ? chosen : promptId;
  const [width, setWidth] = useState(1200);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const shown = groups.some(({ id }) => id === enlarged) ? enlarged : null;
  useShortcuts(
    useMemo(() => {
      if (big) return [];
      const next = () =>
        setChosen((now) => {
          const index = workshop.prompts.findIndex(({ id }) => id === now);
          return workshop.prompts[index + 1]?.id ?? null;
        });
      return [
        ...groups.slice(0, 9).map((group, index) => ({
          key: String(index + 1),
          label: t('enlarge', { name: group.name }),
          run: () => setEnlarged((now) => (now === group.id ? null : group.id)),
        })),
        { key: 'Escape', label: t('showAll'), run: () => setEnlarged(null) },
        { key: 'f', label: t('nextPrompt'), run: next },
      ];
    }, [groups, big, t, workshop.prompts]),
  );

  const visible = shown === null ? groups : groups.filter(({ id }) => id === shown);
  return (
    <section className={big ? `${styles.wall} ${styles.big}` : styles.wall} aria-label={t('wall')}>
      {!big && (
        <div className={styles.bar}>
          <h2>
            {t('wall')}{' '}
            <span>
              {t('groupsCount', { count: groups.length })},{' '}
              {t('peopleCount', { count: groups.reduce((sum, { members }) => sum + members.length, 0) })}
            </span>
          </h2>
          {workshop.prompts.length > 1 && (
            <fieldset className={styles.filter}>
              <legend className="sr">{t('filter')}</legend>
              {[null, ...workshop.prompts].map((one, index) => (
                <button
                  key={one?.id ?? ''}
                  type="button"
                  aria-pressed={prompt === (one?.id ?? null)}
                  title={one?.heading ?? t('allPrompts')}
                  onClick={() => setChosen(one?.id ?? null)}
                >
                  {one === null ? t('allPrompts') : index}
                  {one !== null && <span className="sr"> {one.heading}</span>}
                </button>
              ))}
            </fieldset>
          )}
        </div>
      )}
      <div
        ref={box}
        className={styles.groups}
        data-dense={visible.length > 6}
        style={{ '--columns': wallColumns(visible.length, width) } as React.CSSProperties}
      >
        {visible.map((group) => {
          const index = groups.indexOf(group);
          return (
            <WallGroup
              key={group.id}
              meeting={meeting}
              workshop={workshop}
              round={round}
              group={group}
              number={round.groups.indexOf(group) + 1}
              room={rooms[index] ?? null}
              promptId={prompt ?? null}
              enlarged={shown === group.id}
              plain={big}
              onEnlarge={() => setEnlarged(shown === group.id ? null : group.id)}
            />
          );
        })}
      </div>
    </section>
  );
}
