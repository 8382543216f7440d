/** Why this file exists: one group on the wall: which it is, how it is doing, what it has written so far. */
import { EllipsisVertical, Hand, Maximize2, Minimize2, Unplug } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { RoomClient } from '../../collab/index.ts';
import { useNow } from '../../collab/use-now.ts';
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
import { usePulse, usePulsePart } from './use-pulses.ts';
import styles from './wall.module.css';

export interface GroupCardProps {
  one: WallGroup;
  room: RoomClient | null;
  pulse: GroupPulse | null;
  prompts: readonly ShownPrompt[];
  painter: Painter;
  large: boolean;
  onEnlarge(): void;
  onGo(): void;
  onLower(): void;
  /** What else can be done with the group; none when nothing can. */
  actions: (MenuAction | null)[];
}

/**
 * What moves in it (the seconds, the pulse) is in parts that are drawn by themselves: buttons and menus are dear, and twelve
 * groups have a pulse twice a second each.
 */
export function GroupCard({
  one,
  room,
  pulse,
  prompts,
  painter,
  large,
  onEnlarge,
  onGo,
  onLower,
  actions,
}: GroupCardProps) {
  const { t, i18n } = useTranslation('stage');
  const { group, number, hand } = one;
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
          <State one={one} />
          <span className={styles.tools}>
            <PaceOf pulse={pulse} />
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
        <Doing one={one} pulse={pulse} />
        <Names one={one} pulse={pulse} />
        <Trouble pulse={pulse} />
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

interface PartProps {
  one: WallGroup;
  pulse: GroupPulse | null;
}

const isLive = ({ group }: WallGroup): boolean => group.state === 'open' || group.state === 'ending';

/** Where it stands in its time, when that is not where all stand. */
const State = memo(function State({ one }: Pick<PartProps, 'one'>) {
  const { t } = useTranslation('stage');
  const time = groupTime(one.round, one.group, useNow(1000));
  if (time.kind === 'ending' || time.kind === 'closed')
    return <span className={styles.state}>{t(`wall.${time.kind}`)}</span>;
  if (!one.ownTime || (time.kind !== 'running' && time.kind !== 'last-minute')) return null;
  return <span className={styles.state}>{t('wall.own', { time: clockFace(time.left) })}</span>;
});

const PaceOf = memo(function PaceOf({ pulse }: Pick<PartProps, 'pulse'>) {
  const pace = usePulsePart(pulse, (now) => now?.pace.join(' ') ?? '');
  return pace === '' ? null : <Pace pace={pace.split(' ').map(Number)} />;
});

const Doing = memo(function Doing({ one, pulse: source }: PartProps) {
  const now = useNow(1000);
  const pulse = usePulse(source);
  return pulse && <PulseLine pulse={pulse} now={now} live={isLive(one)} />;
});

const Names = memo(function Names({ one, pulse }: PartProps) {
  const { t } = useTranslation('stage');
  const { people } = one;
  const away = usePulsePart(pulse, (now) =>
    isLive(one) && now?.known
      ? missingFrom(one, now)
          .map(({ id }) => id)
          .join(' ')
      : '',
  ).split(' ');
  return (
    <p className={styles.names}>
      {people.length === 0
        ? t('wall.empty')
        : people.map(({ first, id }) => (away.includes(id) ? t('wall.notHere', { name: first }) : first)).join(', ')}
    </p>
  );
});

const Trouble = memo(function Trouble({ pulse }: Pick<PartProps, 'pulse'>) {
  const { t } = useTranslation('stage');
  if (!usePulsePart(pulse, (now) => now?.cut ?? false)) return null;
  return (
    <p className={styles.trouble}>
      <Unplug size={15} strokeWidth={1.75} aria-hidden />
      {t('need.noContact')}
    </p>
  );
});
