/**
 * Why this file exists: the protocol lists attachments and points at them by number. It gets them here, numbered as everybody sees
 * them; one whose bytes are lost is listed all the same, because the meeting had it.
 */
import { readAgenda } from '#shared/agenda-tree.ts';
import { FILE_KINDS } from '#shared/attachments/kinds.ts';
import { numbersOf, shelvesOf } from '#shared/attachments/numbers.ts';
import { attachmentLabel } from '#shared/attachments/words.ts';
import type { Id } from '#shared/ids.ts';
import type { MinutesAttachment } from '#shared/minutes/document.ts';
import { minutesWords } from '#shared/minutes/words.ts';
import { roomName } from '#shared/rooms.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import type { AttachmentPort } from '../minutes/ports.ts';
import type { Relay } from '../relay/ports.ts';
import type { AttachmentBytes } from '../signoff/ports.ts';
import type { AttachmentStore } from './ports.ts';

/**
 * What a summary says where it points at one of the meeting's: it is written once, in the language of the house, and says the number
 * of that moment.
 */
export async function labelsForSummaries(
  port: AttachmentPort,
  meeting: MeetingRecord | null,
): Promise<(attachmentId: Id | '') => string> {
  const lists = meeting
    ? await port.attachments({ meeting, language: 'sv' }, () => '')
    : new Map<Id | '', MinutesAttachment[]>();
  const labels = new Map([...lists.values()].flat().map(({ id, label }) => [id, label]));
  return (id) => labels.get(id) ?? minutesWords('sv').missingAttachment;
}

/** What the protocol asks. */
export function attachmentsForMinutes(store: Pick<AttachmentStore, 'get'>, relay: Pick<Relay, 'read'>): AttachmentPort {
  return {
    async attachments({ meeting, language }) {
      const situation = await store.get(meeting.id);
      const lists = new Map<Id | '', MinutesAttachment[]>();
      if (!situation || situation.attachments.entries.length === 0) return lists;
      const agenda = await relay.read(roomName({ kind: 'agenda', meetingId: meeting.id }), (doc) =>
        readAgenda(doc, meeting),
      );
      const numbers = numbersOf(situation.attachments, agenda);
      for (const { holder, entries } of shelvesOf(situation.attachments.entries, agenda))
        if (entries.length > 0)
          lists.set(
            holder,
            entries.map(({ id, name, kind, size, sha256 }) => ({
              id,
              label: attachmentLabel(numbers.get(id) ?? '', language),
              name,
              mediaType: FILE_KINDS[kind].mediaType,
              size,
              sha256,
            })),
          );
      return lists;
    },
  };
}

/** The whole file of an attachment, for whoever packs it. */
export function attachmentBytes(store: Pick<AttachmentStore, 'piece'>): AttachmentBytes {
  return {
    async bytes(_, attachmentId) {
      const pieces: Uint8Array[] = [];
      for (let n = 0; ; n++) {
        const piece = await store.piece(attachmentId, n);
        if (!piece) break;
        pieces.push(piece);
      }
      return pieces.length === 0 ? null : Buffer.concat(pieces);
    },
  };
}
