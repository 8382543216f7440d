/**
 * Why this file exists: what the page of an item knows of attachments: its own list, what is on its way, what the text may ask. It says
 * nothing itself, so the page need not wait for its sentences.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agenda, AgendaNode } from '#shared/agenda-tree.ts';
import type { Meeting } from '#shared/api.ts';
import type { AttachmentView } from '#shared/attachments/api.ts';
import type { Id } from '#shared/ids.ts';
import type { Language } from '#shared/terms.ts';
import type { AttachmentSource } from '../editor/attachment-source.ts';
import { may } from '../meeting/may.ts';
import { attachmentsKey, useAttachments } from './use-attachments.ts';
import { useAttachmentSource } from './use-source.ts';
import { type Uploads, useUploads } from './use-uploads.ts';

export interface ItemAttachments {
  meetingId: Id;
  itemId: Id;
  /** For the texts of the page. */
  source: AttachmentSource;
  /** Under the item and what is merged into it, in order. */
  shown: readonly AttachmentView[];
  removed: readonly AttachmentView[];
  rows: readonly AgendaNode[];
  canChange: boolean;
  uploads: Uploads;
  /** The one that is being looked at. */
  opened: AttachmentView | null;
  open(id: Id | null): void;
}

/** What numbers follow from: the order of the rows and what is merged where. */
const keyOf = (agenda: Agenda): string =>
  agenda.rows.map(({ item, number, merged }) => [item.id, number, ...merged.map(({ id }) => id)].join(':')).join(' ');

/** Everything about the attachments of the page of an item. */
export function useItemAttachments(meeting: Meeting, agenda: Agenda, node: AgendaNode): ItemAttachments {
  const { i18n } = useTranslation('common');
  const queries = useQueryClient();
  const meetingId = meeting.id;
  const itemId = node.item.id;
  const { data: view } = useAttachments(meetingId, keyOf(agenda));
  const refresh = useCallback(
    () => void queries.invalidateQueries({ queryKey: attachmentsKey(meetingId) }),
    [queries, meetingId],
  );
  const uploads = useUploads(meetingId, itemId, refresh);
  const [opened, open] = useState<Id | null>(null);
  const mine = new Set<Id>([itemId, ...node.merged.map(({ id }) => id)]);
  const shown = (view?.attachments ?? []).filter((one) => mine.has(one.itemId));
  const locked = meeting.items.some((entry) => entry.itemId === itemId && entry.locked !== null);
  const canChange = may(meeting, 'attach') && !locked;
  const source = useAttachmentSource({
    view,
    near: new Set(shown.map(({ id }) => id)),
    language: i18n.language as Language,
    mayAdd: canChange,
    add: (files, added) => uploads.add(files, null, added),
    open,
  });
  return {
    meetingId,
    itemId,
    source,
    shown,
    removed: (view?.removed ?? []).filter((one) => mine.has(one.itemId)),
    rows: agenda.rows,
    canChange,
    uploads,
    opened: view?.attachments.find(({ id }) => id === opened) ?? null,
    open,
  };
}
