/** Why this file exists: one group on the wall: which it is, how it is doing, what it has written so far. */
import { EllipsisVertical, Hand, Maximize2, Minimize2, Unplug } from 'lucide-react';
import type { CSSProperties } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { RoomClient } from '../../collab/index.ts';
import { groupColour } from '../../harvest/group-square.tsx';
import { buttonClass, IconButton } from '../../ui/button.tsx';
import { clock } from '../../ui/dates.ts';
import { Menu, type MenuAction } from '../../ui/menu.tsx';
import { clockFace, groupTime } from '../../workshop/group/group-time.ts';
import { missingFrom, type WallGroup } from '../wall-group.ts';
import { GroupText, type ShownPrompt } from './group-text.tsx';
import type { Painter } from './painter.ts';
import type { GroupPulse } from './pulse.ts';
import { Pace, PulseLine } from './pulse-line.tsx';
import { usePulse } from './use-pulses.ts';
import styles from './wall.module.css';

export interface GroupCardProps {
  one: WallGroup;
  room: RoomClient | null;
  pulse: GroupPulse | null;
  prompts: readonly ShownPrompt[];
  painter: Painter;
  now: number;
  large: boolean;
  onEnlarge(): void;
  onGo(): void;
  onLower(): void;
  /** What else can be done with the group; none when nothing can. */
  actions: (MenuAction | null)[];
}

export function GroupCard({
  one,
  room,
  pulse: source,
  prompts,
  painter,
  now,
  large,
  onEnlarge,
  onGo,
  onLower,
  actions,
}: GroupCardProps) {
  const { t, i18n } = useTranslation('stage');
  const pulse = usePulse(source);
  const { group, number, round, hand, people } = one;
  const time = groupTime(round, group, now);
  const live = group.state === 'open' || group.state === 'ending';
  const away = live && pulse?.known ? missingFrom(one, pulse) : [];
  return (
    <article
      className={styles.card}
      style={{ '--c': groupColour(group.colour) } as CSSProperties}
      aria-labelledby={`wall-${group.id}`}
      data-large={large ? '' : undefined}
    >
      <header className={styles.head}>
        <div className={styles.name}>
          <span className={styles.square}>
            <span className="sr">{t('wall.group', { number })}</span>
            <span aria-hidden="true">{number}</span>
          </span>
          <h3 id={`wall-${group.id}`}>{group.name}</h3>
          {(time.kind === 'ending' || time.kind === 'closed') && (
            <span className={styles.state}>{t(`wall.${time.kind}`)}</span>
          )}
          {one.ownTime && (time.kind === 'running' || time.kind === 'last-minute') && (
            <span className={styles.state}>{t('wall.own', { time: clockFace(time.left) })}</span>
          )}
          <span className={styles.tools}>
            {pulse && <Pace pace={pulse.pace} />}
            <IconButton
              size="small"
              label={large ? t('wall.shrink') : t('wall.enlarge', { group: group.name })}
              onClick={onEnlarge}
            >
              {large ? (
                <Minimize2 size={15} strokeWidth={1.75} aria-hidden />
              ) : (
                <Maximize2 size={15} strokeWidth={1.75} aria-hidden />
              )}
            </IconButton>
            {actions.length > 0 && (
              <Menu
                label={t('wall.more', { group: group.name })}
                button={
                  <AriaButton
                    className={buttonClass({ variant: 'quiet', size: 'small' }, true)}
                    aria-label={t('wall.more', { group: group.name })}
                  >
                    <EllipsisVertical size={15} strokeWidth={1.75} aria-hidden />
                  </AriaButton>
                }
                actions={actions}
              />
            )}
          </span>
        </div>
        {pulse && <PulseLine pulse={pulse} now={now} live={live} />}
        <p className={styles.names}>
          {people.length === 0
            ? t('wall.empty')
            : people
                .map(({ first, id }) =>
                  away.some((person) => person.id === id) ? t('wall.notHere', { name: first }) : first,
                )
                .join(', ')}
        </p>
        {pulse?.cut && (
          <p className={styles.trouble}>
            <Unplug size={15} strokeWidth={1.75} aria-hidden />
            {t('need.noContact')}
          </p>
        )}
        {hand && (
          <p className={styles.hand}>
            <Hand size={18} strokeWidth={1.75} aria-hidden />
            <span>
              {clock(hand.at, i18n.language)} {hand.note && `”${hand.note}”`}
            </span>
            <button
              type="button"
              className={buttonClass({ size: 'small' })}
              aria-label={t('need.lowerLabel', { group: group.name })}
              onClick={onLower}
            >
              {t('need.lower')}
            </button>
            <button
              type="button"
              className={buttonClass({ size: 'small' })}
              aria-label={t('need.goLabel', { group: group.name })}
              onClick={onGo}
            >
              {t('need.go')}
            </button>
          </p>
        )}
      </header>
      <GroupText room={room} prompts={prompts} painter={painter} label={group.name} />
    </article>
  );
}
