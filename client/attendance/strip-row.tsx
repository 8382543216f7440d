/** Why this file exists: one person on the strip: what is said of them along the sittings, its ends to take hold of. */
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttendanceEntry, EntryDraft } from '#shared/attendance/attendance.ts';
import { draftsWith, type Side, withEdgeAt } from '#shared/attendance/edges.ts';
import type { AttendanceFrame, SittingSpan } from '#shared/attendance/frame.ts';
import { lineOf, type Piece } from '#shared/attendance/line.ts';
import type { RollPerson } from '#shared/attendance/roll.ts';
import { clock } from '../ui/dates.ts';
import { Edge } from './edge.tsx';
import { axisOf, shareOf } from './scale.ts';
import styles from './strip.module.css';

export interface StripRowProps {
  frame: AttendanceFrame;
  /** Those of the sittings that are shown. */
  sittings: readonly SittingSpan[];
  person: RollPerson;
  /** What is said of this person. */
  said: readonly AttendanceEntry[];
  /** May be corrected. */
  canKeep: boolean;
  /** The keyboard is at this person. */
  active: boolean;
  busy: boolean;
  onMove(drafts: EntryDraft[]): void;
}

interface Held {
  piece: Piece;
  side: Side;
  at: number;
}

/** The tracks of a person, one a sitting. */
export function StripTracks(props: StripRowProps) {
  const { frame, said, busy, onMove } = props;
  const [held, setHeld] = useState<Held | null>(null);
  const [sent, setSent] = useState(false);
  const base = useMemo(() => lineOf(frame, said), [frame, said]);
  const line = held ? withEdgeAt(frame, base, held.piece, held.side, held.at) : base;
  useEffect(() => {
    // The server has answered, one way or the other: what is shown is what it said.
    if (busy || !sent) return;
    setHeld(null);
    setSent(false);
  }, [busy, sent]);

  const done = (piece: Piece, side: Side, at: number) => {
    const moved = withEdgeAt(frame, base, piece, side, at);
    if (JSON.stringify(moved) === JSON.stringify(base)) {
      setHeld(null);
      return;
    }
    setHeld({ piece, side, at });
    onMove(draftsWith(frame, said, moved));
    setSent(true);
  };
  return (
    <>
      {props.sittings.map((sitting) => (
        <Track
          key={sitting.id ?? ''}
          {...props}
          sitting={sitting}
          line={line}
          base={base}
          held={held}
          onHold={setHeld}
          onDone={done}
        />
      ))}
    </>
  );
}

interface TrackProps extends StripRowProps {
  sitting: SittingSpan;
  /** As it is shown, with what is being moved where it is. */
  line: readonly Piece[];
  /** As it is kept. */
  base: readonly Piece[];
  held: Held | null;
  onHold(held: Held | null): void;
  onDone(piece: Piece, side: Side, at: number): void;
}

function Track({ frame, sitting, person, said, canKeep, active, line, base, held, onHold, onDone }: TrackProps) {
  const { t, i18n } = useTranslation('attendance');
  const axis = axisOf(sitting);
  const { items, timeZone } = frame;
  const day = sitting.id === null ? t('strip.whole') : t('strip.day', { day: sitting.day });
  const time = (at: number) => clock(at, i18n.language, timeZone);
  const inHere = (piece: Piece) => piece.sittingId === sitting.id;
  const from = (piece: Piece) => (piece.from <= sitting.begins ? t('strip.fromStart') : time(piece.from));
  const to = (piece: Piece) => (piece.to >= sitting.ends ? t('strip.untilEnd') : time(piece.to));
  const mine = base.filter(inHere);
  const here = line.filter(inHere);
  const conflicts = said.flatMap(({ kind, itemId }) => {
    const item = itemId === null ? undefined : items.get(itemId);
    const visits = (item?.visits ?? []).filter((visit) => visit.from >= sitting.begins && visit.from < sitting.ends);
    if (!item || kind !== 'conflict') return [];
    return visits.map((visit) => ({ item, from: visit.from, to: visit.to ?? frame.now }));
  });
  return (
    <div className={styles.track} data-sitting={sitting.day}>
      {boundaries(frame, sitting).map((at) => (
        <i key={at} className={styles.boundary} style={{ left: `${shareOf(axis, at) * 100}%` }} />
      ))}
      {frame.now > axis.from && frame.now < axis.to && (
        <i className={styles.now} style={{ left: `${shareOf(axis, frame.now) * 100}%` }} />
      )}
      {here.length === 0 && <span className="sr">{`${day}: ${t('status.unsaid')}`}</span>}
      {here.map((piece) => {
        const [left, right] = [shareOf(axis, piece.from), shareOf(axis, piece.to)];
        const status = t(`status.${piece.kind}`);
        return (
          <span
            key={piece.from}
            className={styles.piece}
            data-kind={piece.kind}
            style={{ left: `${left * 100}%`, width: `${(right - left) * 100}%` }}
            title={t('strip.piece', { day, status, from: from(piece), to: to(piece) })}
          >
            <span className="sr">{t('strip.piece', { day, status, from: from(piece), to: to(piece) })}</span>
            {piece.kind !== 'present' && (
              <span aria-hidden="true" className={styles.word}>
                {status}
              </span>
            )}
          </span>
        );
      })}
      {frame.now > axis.from && frame.now < axis.to && (
        <i className={styles.ahead} style={{ left: `${shareOf(axis, frame.now) * 100}%` }} />
      )}
      {conflicts.map(({ item, ...visit }) => (
        <span
          key={`${item.id}-${visit.from}`}
          className={styles.conflict}
          style={{
            left: `${shareOf(axis, visit.from) * 100}%`,
            width: `${(shareOf(axis, visit.to) - shareOf(axis, visit.from)) * 100}%`,
          }}
          title={t('strip.conflict', { number: item.number })}
        >
          <span className="sr">{t('strip.conflict', { number: item.number })}</span>
          <span aria-hidden="true">{t('status.conflict')}</span>
        </span>
      ))}
      {canKeep &&
        mine.flatMap((piece, index) => {
          const touches = mine[index - 1]?.to === piece.from;
          const sides: Side[] = touches ? ['to'] : ['from', 'to'];
          return sides.map((side) => {
            const moving = held?.piece === piece && held.side === side;
            const at = moving ? held.at : side === 'from' ? piece.from : piece.to;
            const shown = Math.min(axis.to, Math.max(axis.from, at));
            const label = t(side === 'from' ? 'strip.start' : 'strip.end', {
              name: person.name,
              day,
              status: t(`status.${piece.kind}`),
            });
            const edge = side === 'from' ? sitting.begins : sitting.ends;
            const word = side === 'from' ? t('strip.fromStart') : t('strip.untilEnd');
            return (
              <Edge
                // biome-ignore lint/suspicious/noArrayIndexKey: an end keeps its focus when its time is another.
                key={`${side}-${index}`}
                axis={axis}
                at={shown}
                side={side}
                label={label}
                valueText={!moving && at === edge ? word : time(shown)}
                reachable={active}
                onMove={(moment) => onHold({ piece, side, at: moment })}
                onDone={(moment) => onDone(piece, side, moment)}
                onCancel={() => onHold(null)}
              />
            );
          });
        })}
    </div>
  );
}

/** When items began in a sitting: the lines behind everybody's times. */
export function boundaries(frame: AttendanceFrame, sitting: SittingSpan): number[] {
  const axis = axisOf(sitting);
  const starts = [...frame.items.values()].flatMap(({ visits }) => visits.map((visit) => visit.from));
  return [...new Set(starts)].filter((at) => at > axis.from && at < axis.to).sort((a, b) => a - b);
}
