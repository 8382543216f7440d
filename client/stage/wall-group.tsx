/** Why this file exists: one group on the wall: whose it is, how it goes, and what it writes, as it is written. */
import { Hand, Maximize2, Minimize2, WifiOff } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { Group, Round } from '#shared/workshop/workshop.ts';
import { type RoomClient, serverNow, usePresence, useRoomState } from '../collab/index.ts';
import { useNow } from '../collab/use-now.ts';
import { colourClass } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { ShortClock, useGroupTime } from '../workshop/group/clock-view.tsx';
import { countWords, moodOf, Pace, type WordCount } from './pulse.ts';
import styles from './wall.module.css';
import { useFollowEnd, WallText } from './wall-text.tsx';

/** Words are counted again so long after a change, milliseconds: nobody reads a count faster. */
const COUNT_EVERY_MS = 1_000;

/** More people than this are counted, not named. */
const MOST_NAMES = 3;

export interface WallGroupProps {
  meeting: Meeting;
  workshop: WorkshopView;
  round: Round;
  group: Group;
  number: number;
  room: RoomClient | null;
  /** Only this question; all when `null`. */
  promptId: Id | null;
  enlarged: boolean;
  /** Nothing that is for the facilitator alone. */
  plain: boolean;
  onEnlarge(): void;
}

/** How much is written and how fast, following the room. */
function usePulse(room: RoomClient | null, promptIds: readonly Id[]): { count: WordCount | null; pace: Pace } {
  const pace = useMemo(() => new Pace(serverNow()), []);
  const [count, setCount] = useState<WordCount | null>(null);
  useEffect(() => {
    if (!room) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const recount = () => {
      timer = null;
      setCount(countWords(room.doc, promptIds));
    };
    recount();
    let synced = room.state.synced;
    const stop = room.subscribe(() => {
      // What arrives with the text as it was is no writing.
      if (room.state.synced) setTimeout(() => (synced = true));
      else synced = false;
    });
    const onUpdate = () => {
      if (synced) pace.note(serverNow());
      timer ??= setTimeout(recount, COUNT_EVERY_MS);
    };
    room.doc.on('update', onUpdate);
    return () => {
      stop();
      room.doc.off('update', onUpdate);
      if (timer) clearTimeout(timer);
    };
  }, [room, promptIds, pace]);
  return { count, pace };
}

export function WallGroup(props: WallGroupProps) {
  const { meeting, workshop, round, group, number, room, promptId, enlarged, plain, onEnlarge } = props;
  const { t, i18n } = useTranslation('stage');
  const promptIds = useMemo(() => workshop.prompts.map(({ id }) => id), [workshop.prompts]);
  const { count, pace } = usePulse(room, promptIds);
  const present = usePresence(room);
  const state = useRoomState(room);
  const now = useNow(10_000);
  const since = useRef(now);
  const time = useGroupTime(round, group);
  const box = useFollowEnd<HTMLElement>();
  const people = new Map(meeting.participants.map((person) => [person.personId, person]));
  const here = new Map(present.map((person) => [person.user.id, person]));
  const members = group.members.flatMap((id) => people.get(id) ?? []);
  const away = members.filter(({ personId }) => !here.has(personId));
  const typing = present.filter((one) => one.typing && !one.hidden).map((one) => firstName(one.user.name));
  const mood = moodOf(typing, pace.last, since.current, now);
  const hand = workshop.hands.find(({ groupId }) => groupId === group.id) ?? null;
  const answered = count?.answers.filter((answer) => answer === 'answered').length ?? 0;
  const open = group.state === 'open' || group.state === 'ending';
  const prompts = workshop.prompts.filter(({ id }) => promptId === null || id === promptId);

  return (
    <article
      className={`${styles.group} ${colourClass(group.colour)} ${hand && !plain ? styles.raised : ''}`}
      aria-label={t('group', { number, name: group.name })}
      data-group={number}
    >
      <header className={styles.head}>
        <div className={styles.name}>
          <span className={styles.square} aria-hidden="true">
            {number}
          </span>
          <h3>{group.name}</h3>
          {open && (group.extraMs !== 0 || plain) && <ShortClock time={time} />}
          {!plain && (
            <>
              <Spark pace={pace.read(now)} />
              <IconButton
                size="small"
                label={t(enlarged ? 'shrink' : 'enlarge', { name: group.name })}
                aria-keyshortcuts={String(number)}
                onClick={onEnlarge}
              >
                {enlarged ? (
                  <Minimize2 size={16} strokeWidth={1.75} aria-hidden />
                ) : (
                  <Maximize2 size={16} strokeWidth={1.75} aria-hidden />
                )}
              </IconButton>
            </>
          )}
        </div>
        {(group.topic || group.place) && (
          <p className={styles.where}>{[group.topic, group.place].filter(Boolean).join(' · ')}</p>
        )}
        {!plain && (
          <>
            <p className={styles.pulse}>
              <span>
                <b>
                  {group.state === 'planned'
                    ? t('mood.planned')
                    : group.state === 'closed'
                      ? t('mood.closed')
                      : mood.kind === 'writing'
                        ? t('mood.writing', { names: mood.names.join(', '), count: mood.names.length })
                        : mood.kind === 'quiet'
                          ? t('mood.quiet', { count: mood.minutes })
                          : t('mood.still')}
                </b>
                {count && ` · ${t('words', { count: count.words })}`}
              </span>
              {count && (
                <span>
                  <span className={styles.answers} aria-hidden="true">
                    {count.answers.map((answer, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a mark is its place.
                      <i key={index} data-answer={answer} />
                    ))}
                  </span>
                  {t('answered', { answered, count: workshop.prompts.length })}
                </span>
              )}
            </p>
            <p className={styles.names}>
              {members.length === 0 ? t('nobody') : members.map(({ name }) => firstName(name)).join(', ')}
            </p>
            {open && away.length > 0 && (
              <p className={styles.trouble}>
                <WifiOff size={14} strokeWidth={1.75} aria-hidden />
                {away.length > MOST_NAMES
                  ? t('manyNotConnected', { away: away.length, count: members.length })
                  : t('notConnected', {
                      names: away.map(({ name }) => firstName(name)).join(', '),
                      count: away.length,
                    })}
              </p>
            )}
            {state?.connection === 'offline' && <p className={styles.trouble}>{t('offline')}</p>}
            {hand && (
              <p className={styles.hand}>
                <Hand size={16} strokeWidth={1.75} aria-hidden />
                <span>
                  {clock(hand.at, i18n.language, meeting.timeZone)} {hand.note ? `”${hand.note}”` : t('handUp')}
                </span>
              </p>
            )}
          </>
        )}
      </header>
      {/* A box that scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above. */}
      <section ref={box} className={styles.text} tabIndex={0} aria-label={t('text', { name: group.name })}>
        {prompts.map((prompt) => (
          <section key={prompt.id} className={styles.prompt}>
            <h4>
              <span aria-hidden="true">{workshop.prompts.indexOf(prompt) + 1}</span> {prompt.heading}
            </h4>
            {room && state?.known && (
              <WallText key={room.doc.guid} doc={room.doc} promptId={prompt.id} empty={t('nothingYet')} />
            )}
          </section>
        ))}
      </section>
    </article>
  );
}

const firstName = (name: string): string => name.split(' ')[0] ?? name;

/** The pace of the last minutes; said in words elsewhere, so hidden from screen readers. */
function Spark({ pace }: { pace: readonly number[] }) {
  const most = Math.max(12, ...pace);
  return (
    <svg className={styles.spark} viewBox={`0 0 ${pace.length * 9 - 3} 20`} aria-hidden="true">
      {pace.map((strokes, index) => {
        const height = Math.max(2, Math.round((strokes / most) * 18));
        // biome-ignore lint/suspicious/noArrayIndexKey: a minute is its place.
        return <rect key={index} x={index * 9} y={20 - height} width={6} height={height} />;
      })}
    </svg>
  );
}
