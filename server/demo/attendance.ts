/**
 * Why this file exists: who was there on the first day of the demo's retreat: all but those who had said so, one who came late,
 * one who left, a substitute, and somebody with a conflict of interest.
 */
import type { AttendanceInput } from '#shared/attendance/api.ts';
import type { Played, Stage, Step } from './play.ts';

const MINUTE = 60_000;
/** Who keeps the record. */
const SECRETARY = 'freja';
/** Came while the second point was treated. */
const LATE = 'henrik';

/** The steps of the record, by when the points were opened. Nothing of it lies after `until`. */
export function attendanceSteps(
  stage: Stage,
  played: Played,
  {
    startsAt,
    openings,
    people,
    until,
  }: {
    startsAt: number;
    openings: ReadonlyMap<string, number>;
    /** Keys of everybody who takes part. */
    people: readonly string[];
    until: number;
  },
): Step[] {
  const id = (key: string) => stage.mentioned(key).id;
  const opened = (key: string): number => openings.get(key) ?? startsAt;
  const firstDay = async () => {
    const { sittings } = await stage.server.services.meetings.get(stage.caller(SECRETARY), played.meetingId);
    return sittings[0]?.id ?? null;
  };
  const step = (at: number, input: () => AttendanceInput | Promise<AttendanceInput>): Step => ({
    at: Math.min(at, until),
    run: async () => {
      await stage.server.services.attendances.change(stage.caller(SECRETARY), played.meetingId, await input());
    },
  });
  const punctual = people.filter((key) => key !== LATE);
  return [
    step(startsAt + 2 * MINUTE, () => ({ do: 'all-here', personIds: punctual.map(id) })),
    step(opened('national'), () => ({ do: 'arrive', personId: id(LATE) })),
    // Had shown the bus on demand, and went back with it.
    step(opened('garage'), () => ({ do: 'leave', personId: id('oskar') })),
    step(opened('points'), () => ({ do: 'leave', personId: id('ville') })),
    step(opened('points') + MINUTE, async () => ({
      do: 'time',
      personId: id('agnes'),
      kind: 'substitute',
      sittingId: await firstDay(),
      from: opened('points'),
      forPersonId: id('ville'),
    })),
    step(opened('points') + 2 * MINUTE, () => ({
      do: 'item',
      personId: id('leif'),
      itemId: played.items.get('points') ?? '',
      kind: 'conflict',
      note: 'Sitter i styrelsen för handelsboden i Norrsele.',
    })),
  ];
}
