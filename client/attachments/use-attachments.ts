/**
 * Why this file exists: every part of a meeting's page shows the same attachments, as the server last said them, and asks again
 * when the server says that they are others. What is done is shown at once and can be taken back.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ATTACHMENTS_TOPIC,
  type AttachmentPatch,
  type AttachmentsView,
  type AttachmentView,
} from '#shared/attachments/api.ts';
import type { Id } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { attachmentApi } from '../api/attachments.ts';
import { useNotice, useRoom, useRoomState } from '../collab/index.ts';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';

/** Under which the list is remembered. */
export const attachmentsKey = (meetingId: Id) => ['attachments', meetingId] as const;
/** Numbers follow from the agenda, which is written without a word from the server. */
const TOPICS: readonly string[] = [ATTACHMENTS_TOPIC, 'meeting'];

/** `agendaKey` changes when numbers may be others: then it is asked again. */
export function useAttachments(meetingId: Id, agendaKey: string) {
  const queries = useQueryClient();
  const agenda = roomName({ kind: 'agenda', meetingId });
  const synced = useRoomState(useRoom(agenda))?.synced ?? false;
  const refresh = useCallback(
    () => void queries.invalidateQueries({ queryKey: attachmentsKey(meetingId) }),
    [queries, meetingId],
  );
  useNotice(agenda, (topic) => {
    if (TOPICS.includes(topic)) refresh();
  });
  const before = useRef({ synced, agendaKey });
  useEffect(() => {
    // What was told while the line was cut is gone: ask once it is back.
    if ((synced && !before.current.synced) || before.current.agendaKey !== agendaKey) refresh();
    before.current = { synced, agendaKey };
  }, [synced, agendaKey, refresh]);
  return useQuery<AttachmentsView>({
    queryKey: attachmentsKey(meetingId),
    queryFn: () => attachmentApi.list(meetingId),
    refetchInterval: 60_000,
  });
}

export interface AttachmentActions {
  rename(one: AttachmentView, name: string): void;
  move(one: AttachmentView, place: NonNullable<AttachmentPatch['place']>, said: string): void;
  remove(one: AttachmentView): void;
  takeBack(one: AttachmentView): void;
}

/** What can be done with the list. What is refused is said, and the list is shown as it is. */
export function useAttachmentActions(meetingId: Id): AttachmentActions {
  const { t } = useTranslation('attachments');
  const queries = useQueryClient();
  const text = useProblemText();
  const { toast } = useToasts();
  const { mutate } = useMutation({
    mutationFn: (deed: () => Promise<AttachmentsView>) => deed(),
    onSuccess: (answer) =>
      queries.setQueryData<AttachmentsView>(attachmentsKey(meetingId), (known) =>
        known && known.version > answer.version ? known : answer,
      ),
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: attachmentsKey(meetingId) });
      toast({ message: text(error) });
    },
  });
  return useMemo(() => {
    const of = ({ id, itemId }: AttachmentView) => ({ meetingId, itemId, attachmentId: id });
    const takeBack = (one: AttachmentView): void => mutate(() => attachmentApi.takeBack(of(one)));
    return {
      rename: (one, name) =>
        mutate(() => attachmentApi.change(of(one), { name }), {
          onSuccess: () =>
            toast({
              message: t('said.renamed'),
              undo: () => mutate(() => attachmentApi.change(of(one), { name: one.name })),
            }),
        }),
      move(one, place, said) {
        // Where it stood: before whatever came after it there.
        const known = queries.getQueryData<AttachmentsView>(attachmentsKey(meetingId))?.attachments ?? [];
        const siblings = known.filter(({ itemId }) => itemId === one.itemId);
        const after = siblings[siblings.findIndex(({ id }) => id === one.id) + 1];
        const back = { itemId: one.itemId, before: after?.id ?? null };
        mutate(() => attachmentApi.change(of(one), { place }), {
          onSuccess: () =>
            toast({
              message: said,
              undo: () => mutate(() => attachmentApi.change({ ...of(one), itemId: place.itemId }, { place: back })),
            }),
        });
      },
      remove: (one) =>
        mutate(() => attachmentApi.remove(of(one)), {
          onSuccess: () => toast({ message: t('said.removed', { name: one.name }), undo: () => takeBack(one) }),
        }),
      takeBack,
    };
  }, [meetingId, mutate, queries, t, toast]);
}
