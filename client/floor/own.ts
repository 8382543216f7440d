/** Why this file exists: what the list of speakers is to the one who reads it, and how long who speaks has left. */
import type { FloorView } from '#shared/floor/api.ts';
import type { Turn } from '#shared/floor/floor.ts';
import { endOf } from '#shared/floor/turns.ts';
import type { Id } from '#shared/ids.ts';

export interface OwnPlace {
  requestId: Id;
  /** From 1, as the list is shown. */
  n: number;
}

export interface OwnFloor {
  speaking: boolean;
  speech: OwnPlace | null;
  rejoinder: OwnPlace | null;
  /** May ask for a rejoinder now. */
  mayReply: boolean;
  /** May ask for a speech now. */
  mayAsk: boolean;
}

export function ownFloor(floor: FloorView, ownId: Id): OwnFloor {
  const placeFor = (kind: Turn['kind']): OwnPlace | null => {
    const at = floor.waiting.findIndex((one) => one.personId === ownId && one.kind === kind);
    const request = floor.waiting[at];
    return request ? { requestId: request.id, n: at + 1 } : null;
  };
  const speaking = floor.speaker?.personId === ownId;
  const [speech, rejoinder] = [placeFor('speech'), placeFor('rejoinder')];
  return {
    speaking,
    speech,
    rejoinder,
    mayReply: floor.maySpeak && floor.speaker !== null && !speaking && rejoinder === null,
    mayAsk: floor.maySpeak && !floor.drawn && speech === null,
  };
}

/** left: counts down · over: counts up again, the time is out · gone: counts up, there is no limit. */
export interface SpeakerTime {
  kind: 'left' | 'over' | 'gone';
  /** Milliseconds, never negative. */
  ms: number;
  /** How much of the time is gone, 0–1; `null` without a limit. */
  part: number | null;
}

/** The time of a turn at `now`, the server's clock. */
export function speakerTime(turn: Pick<Turn, 'from' | 'seconds'>, now: number): SpeakerTime {
  const end = endOf(turn);
  const gone = Math.max(0, now - turn.from);
  if (end === null) return { kind: 'gone', ms: gone, part: null };
  const part = Math.min(1, gone / (end - turn.from));
  return now < end ? { kind: 'left', ms: end - now, part } : { kind: 'over', ms: now - end, part };
}

/** "1:05". What is left is rounded up and what has gone is rounded down: 0:00 is said when it is so. */
export function speakerFigures({ kind, ms }: SpeakerTime): { minutes: number; seconds: number; face: string } {
  const all = kind === 'left' ? Math.ceil(ms / 1000) : Math.floor(ms / 1000);
  const [minutes, seconds] = [Math.floor(all / 60), all % 60];
  return { minutes, seconds, face: `${minutes}:${String(seconds).padStart(2, '0')}` };
}
