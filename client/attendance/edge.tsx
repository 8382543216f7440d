/**
 * Why this file exists: the end of a time, to take hold of: with the pointer along the strip, or with the arrow keys minute by
 * minute. It says its clock time; nothing is sent until one lets go, or stops pressing keys.
 */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { type Axis, momentAt, shareOf } from './scale.ts';
import styles from './strip.module.css';

const MINUTE = 60_000;
/** A pause after the last key, milliseconds: then it is meant. */
const MEANT_MS = 900;

export interface EdgeProps {
  axis: Axis;
  at: number;
  label: string;
  valueText: string;
  /** Whether it is reached with Tab: the edges of one person at a time are. */
  reachable: boolean;
  side: 'from' | 'to';
  onMove(at: number): void;
  /** One has let go of it. */
  onDone(at: number): void;
  onCancel(): void;
}

export function Edge({ axis, at, label, valueText, reachable, side, onMove, onDone, onCancel }: EdgeProps) {
  const held = useRef<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const done = useRef(onDone);
  done.current = onDone;
  const finish = () => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    const moved = held.current;
    held.current = null;
    if (moved !== null) done.current(moved);
  };
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );

  const move = (to: number) => {
    held.current = Math.min(axis.to, Math.max(axis.from, to));
    onMove(held.current);
  };
  const onPointer = (event: PointerEvent<HTMLElement>) => {
    const track = event.currentTarget.parentElement?.getBoundingClientRect();
    if (track && track.width > 0) move(momentAt(axis, (event.clientX - track.left) / track.width));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const from = held.current ?? at;
    const step = event.shiftKey ? 15 * MINUTE : MINUTE;
    const to =
      event.key === 'ArrowLeft' || event.key === 'ArrowDown'
        ? from - step
        : event.key === 'ArrowRight' || event.key === 'ArrowUp'
          ? from + step
          : event.key === 'PageDown'
            ? from - 15 * MINUTE
            : event.key === 'PageUp'
              ? from + 15 * MINUTE
              : event.key === 'Home'
                ? axis.from
                : event.key === 'End'
                  ? axis.to
                  : null;
    if (event.key === 'Enter') finish();
    if (event.key === 'Escape' && held.current !== null) {
      event.stopPropagation();
      held.current = null;
      if (timer.current) clearTimeout(timer.current);
      onCancel();
    }
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    move(to);
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(finish, MEANT_MS);
  };

  const minutes = (moment: number) => Math.round((moment - axis.from) / MINUTE);
  return (
    <span
      role="slider"
      className={`${styles.edge} ${styles[side]}`}
      style={{ left: `${shareOf(axis, at) * 100}%` }}
      tabIndex={reachable ? 0 : -1}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={minutes(axis.to)}
      aria-valuenow={minutes(at)}
      aria-valuetext={valueText}
      onKeyDown={onKeyDown}
      onBlur={finish}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onPointer(event);
      }}
      onPointerUp={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) finish();
      }}
      onPointerCancel={() => {
        held.current = null;
        onCancel();
      }}
    />
  );
}
