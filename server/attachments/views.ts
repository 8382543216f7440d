/** Why this file exists: what is answered about a meeting's attachments: in the order of the agenda, with the numbers of now. */
import type { Agenda } from '#shared/agenda-tree.ts';
import type { AttachmentsView, AttachmentView } from '#shared/attachments/api.ts';
import type { AttachmentEntry } from '#shared/attachments/attachment.ts';
import { FILE_KINDS } from '#shared/attachments/kinds.ts';
import { numbersOf, shelvesOf } from '#shared/attachments/numbers.ts';
import type { Id } from '#shared/ids.ts';
import type { AttachmentSituation } from './ports.ts';

/** `removedToo` when the asker may take back. */
export function attachmentsView(
  { meeting, attachments }: AttachmentSituation,
  agenda: Agenda,
  removedToo: (entry: AttachmentEntry) => boolean,
): AttachmentsView {
  const { entries } = attachments;
  const numbers = numbersOf(attachments, agenda);
  const names = new Map(meeting.participants.map(({ personId, name }) => [personId, name]));
  const viewOf = (entry: AttachmentEntry): AttachmentView => ({
    id: entry.id,
    itemId: entry.itemId,
    number: numbers.get(entry.id) ?? entry.number ?? '',
    fixed: entry.number !== null,
    name: entry.name,
    kind: entry.kind,
    mediaType: FILE_KINDS[entry.kind].mediaType,
    plain: entry.plain,
    size: entry.size,
    sha256: entry.sha256,
    at: entry.at,
    by: entry.by,
    byName: names.get(entry.by) ?? '',
    gone: entry.gone,
  });
  const shown = shelvesOf(entries, agenda).flatMap((shelf) => shelf.entries);
  const onShelf = new Set<Id>(shown.map(({ id }) => id));
  const away = entries.filter(({ id, removed }) => removed === null && !onShelf.has(id));
  return {
    meetingId: meeting.id,
    version: attachments.version,
    frozen: attachments.frozenAt !== null,
    attachments: [...shown, ...away].map(viewOf),
    removed: entries
      .flatMap((entry) =>
        entry.removed && !entry.gone && removedToo(entry) ? [{ ...viewOf(entry), removedAt: entry.removed.at }] : [],
      )
      .sort((a, b) => b.removedAt - a.removedAt),
  };
}
