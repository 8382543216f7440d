/**
 * Why this file exists: every page of a meeting shows the same presence, as the server last said it, and asks again when the
 * server says that it is another. What the server answers to a change is shown at once, and every change can be taken back.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agenda } from '#shared/agenda-tree.ts';
import type { Meeting } from '#shared/api.ts';
import type { AttendanceInput, AttendanceView } from '#shared/attendance/api.ts';
import type { AttendanceEntry } from '#shared/attendance/attendance.ts';
import { draftOf } from '#shared/attendance/edges.ts';
import { type AttendanceFrame, frameOf } from '#shared/attendance/frame.ts';
import { saidOf } from '#shared/attendance/line.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { attendanceApi } from '../api/attendance.ts';
import { ApiFailure } from '../api/request.ts';
import { useNotice, useRoom, useRoomState } from '../collab/index.ts';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';

const keyOf = (meetingId: Id) => ['attendance', meetingId] as const;
/** What else changes it: who takes part and what they announced; a guest who becomes somebody. */
const TOPICS: readonly string[] = ['attendance', 'meeting', 'guests'];
/** How often the line's end is where the clock is, in milliseconds. */
const TICK_MS = 20_000;

/** Holds the agenda's room while mounted: changes are told there. The interval is for networks that swallow notices. */
export function useAttendance(meetingId: Id, enabled = true) {
  const queries = useQueryClient();
  const agenda = roomName({ kind: 'agenda', meetingId });
  const synced = useRoomState(useRoom(agenda))?.synced ?? false;
  useNotice(agenda, (topic) => {
    if (TOPICS.includes(topic)) void queries.invalidateQueries({ queryKey: keyOf(meetingId) });
  });
  const before = useRef(synced);
  useEffect(() => {
    // What was told while the line was cut is gone: ask once it is back.
    if (synced && !before.current) void queries.invalidateQueries({ queryKey: keyOf(meetingId) });
    before.current = synced;
  }, [synced, queries, meetingId]);
  return useQuery<AttendanceView>({
    queryKey: keyOf(meetingId),
    queryFn: () => attendanceApi.get(meetingId),
    refetchInterval: 60_000,
    enabled,
  });
}

/** The meeting as presence sees it, now by the server's clock. */
export function useFrame(meeting: Meeting, agenda: Agenda, view: AttendanceView | undefined): AttendanceFrame {
  const [here, setHere] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setHere(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const said = view?.now;
  // How far this device's clock is from the server's, as of the last answer.
  const offset = useMemo(() => (said === undefined ? 0 : said - Date.now()), [said]);
  const now = Math.max(here + offset, said ?? 0);
  return useMemo(() => frameOf(meeting, agenda, now), [meeting, agenda, now]);
}

export interface AttendanceActions {
  pending: boolean;
  /** Makes a change; `said` is told with a way back. `done` is called when the server has it. */
  change(input: AttendanceInput, said: string, done?: () => void): void;
  /** What one says of oneself. */
  say(here: boolean, said: string): void;
}

const personsOf = (input: AttendanceInput): Id[] => {
  if (input.do === 'all-here') return input.personIds;
  return input.do === 'rewrite' ? input.people.map(({ personId }) => personId) : [input.personId];
};

/** Only what somebody recorded: what was announced comes back by itself. */
const recorded = (entries: readonly AttendanceEntry[], personId: Id): AttendanceEntry[] =>
  saidOf(entries, personId).filter(({ id }) => id !== '');

/** What takes a change back: everything said of those it concerned, as it was. */
function backTo(before: AttendanceView, after: AttendanceView, people: readonly Id[]): AttendanceInput {
  return {
    do: 'rewrite',
    people: people.map((personId) => ({
      personId,
      was: recorded(after.entries, personId).flatMap(({ id }) => (id === '' ? [] : [id])),
      entries: recorded(before.entries, personId).map(draftOf),
    })),
  };
}

/** What can be done with the presence as it is shown. What is refused is said. */
export function useAttendanceActions(meetingId: Id): AttendanceActions {
  const { t } = useTranslation('attendance');
  const queries = useQueryClient();
  const text = useProblemText();
  const { toast } = useToasts();
  const { mutate, isPending } = useMutation({
    mutationFn: (deed: () => Promise<AttendanceView>) => deed(),
    onSuccess: (answer) =>
      queries.setQueryData<AttendanceView>(keyOf(meetingId), (known) =>
        known && known.version > answer.version ? known : answer,
      ),
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: keyOf(meetingId) });
      const meanwhile = error instanceof ApiFailure && error.code === 'conflict' && error.fields.was === 'changed';
      toast({ message: meanwhile ? t('refused.changed') : text(error) });
    },
  });
  const change = useCallback<AttendanceActions['change']>(
    (input, said, done) => {
      const before = queries.getQueryData<AttendanceView>(keyOf(meetingId));
      mutate(() => attendanceApi.change(meetingId, input), {
        onSuccess: (after) => {
          done?.();
          if (!before || before.version === after.version) return;
          const undo = () => mutate(() => attendanceApi.change(meetingId, backTo(before, after, personsOf(input))));
          toast({ message: said, undo });
        },
      });
    },
    [meetingId, mutate, queries, toast],
  );
  const say = useCallback<AttendanceActions['say']>(
    (here, said) => mutate(() => attendanceApi.say(meetingId, here), { onSuccess: () => toast({ message: said }) }),
    [meetingId, mutate, toast],
  );
  return useMemo(() => ({ pending: isPending, change, say }), [isPending, change, say]);
}
