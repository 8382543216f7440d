/** Why this file exists: every page of a meeting shows the same notice and answers, as the server last said them. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import type { NoticeView } from '#shared/notice/api.ts';
import { roomName } from '#shared/rooms.ts';
import type { Language } from '#shared/terms.ts';
import { noticeApi } from '../api/notice.ts';
import { ApiFailure } from '../api/request.ts';
import { useRoom, useRoomState, useNotice as useTold } from '../collab/index.ts';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';

const keyOf = (meetingId: Id) => ['notice', meetingId] as const;
/** What else a notice says: the meeting's data and who takes part, its attachments. */
const TOPICS: readonly string[] = ['notice', 'meeting', 'attachments'];

/** The language the page is read in. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'sv';
}

/** Holds the agenda's room while mounted: changes are told there. The interval is for networks that swallow notices. */
export function useNoticeView(meetingId: Id, enabled = true) {
  const queries = useQueryClient();
  const lang = useLanguage();
  const agenda = roomName({ kind: 'agenda', meetingId });
  const synced = useRoomState(useRoom(agenda))?.synced ?? false;
  const again = useCallback(() => void queries.invalidateQueries({ queryKey: keyOf(meetingId) }), [queries, meetingId]);
  useTold(agenda, (topic) => {
    if (TOPICS.includes(topic)) again();
  });
  const before = useRef(synced);
  useEffect(() => {
    // What was told while the line was cut is gone: ask once it is back.
    if (synced && !before.current) again();
    before.current = synced;
  }, [synced, again]);
  return useQuery<NoticeView>({
    queryKey: [...keyOf(meetingId), lang],
    queryFn: () => noticeApi.get(meetingId, lang),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** How long after a change of the agenda the draft is composed anew, milliseconds. */
const GATHER_MS = 600;

/** Asks again when `agenda` is another: the draft is made from it. */
export function useDraftOf(meetingId: Id, agenda: unknown): void {
  const queries = useQueryClient();
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    // Read here so that a change of it is what this waits for.
    void agenda;
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: keyOf(meetingId) }), GATHER_MS);
    return () => clearTimeout(timer);
  }, [agenda, queries, meetingId]);
}

export interface NoticeActions {
  pending: boolean;
  /** Does something, shows what the server answers and says `said`; what is refused is said. */
  run(deed: (lang: Language) => Promise<NoticeView>, said: string | null, done?: () => void): void;
}

/** What can be done with a notice. */
export function useNoticeActions(meetingId: Id): NoticeActions {
  const { t } = useTranslation('notice');
  const queries = useQueryClient();
  const lang = useLanguage();
  const text = useProblemText();
  const { toast } = useToasts();
  const { mutate, isPending } = useMutation({
    mutationFn: (deed: (lang: Language) => Promise<NoticeView>) => deed(lang),
    onSuccess: (answer) => queries.setQueryData([...keyOf(meetingId), lang], answer),
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: keyOf(meetingId) });
      const field =
        error instanceof ApiFailure && error.code === 'conflict' ? Object.entries(error.fields)[0] : undefined;
      const known = field ? REFUSED.get(`${field[0]}.${field[1]}`) : undefined;
      toast({ message: known ? t(`refused.${known}`) : text(error) });
    },
  });
  const run = useCallback<NoticeActions['run']>(
    (deed, said, done) =>
      mutate(deed, {
        onSuccess: () => {
          done?.();
          if (said !== null) toast({ message: said });
        },
      }),
    [mutate, toast],
  );
  return { pending: isPending, run };
}

/** Conflicts that can be said in words of their own: field and code → name of the sentence. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['after.changed', 'changed'],
  ['sittings.missing', 'noSitting'],
  ['leftOut.nobody-left', 'nobodyLeft'],
  ['substitute.required', 'noSubstitute'],
  ['mail.no-address', 'noAddress'],
]);
