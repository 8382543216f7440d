/**
 * Why this file exists: what people do with attachments. The rules are pure (shared/attachments/); here they meet rights, the
 * agenda of now and what is kept. Whoever may write in an item may add to it and change what it has; whoever may read it may open.
 */
import { hasItem, readItems } from '#shared/agenda.ts';
import { type Agenda, arrange } from '#shared/agenda-tree.ts';
import { ATTACHMENTS_TOPIC, type AttachmentsView } from '#shared/attachments/api.ts';
import type { AttachmentEntry, Attachments } from '#shared/attachments/attachment.ts';
import { moved, removed, renamed, takenBack } from '#shared/attachments/changes.ts';
import { FILE_KINDS } from '#shared/attachments/kinds.ts';
import { cleanName, withEnding } from '#shared/attachments/names.ts';
import { frozen } from '#shared/attachments/numbers.ts';
import type { Id } from '#shared/ids.ts';
import { mayInMeeting } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import { participantIn, stateOf } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Attaching, AttachmentFile, Caller } from '../services.ts';
import type { AttachmentContext, AttachmentDeps } from './context.ts';
import type { AttachmentSituation } from './ports.ts';
import { requireAttach, requireReadable } from './rights.ts';
import { createUploads } from './uploads.ts';
import { attachmentsView } from './views.ts';

function contextOf(deps: AttachmentDeps): AttachmentContext {
  return {
    ...deps,
    async agendaOf(meetingId) {
      const items = await deps.relay.read(roomName({ kind: 'agenda', meetingId }), (doc) => readItems(doc));
      return (meeting) => arrange(items, meeting);
    },
    async read(caller, meetingId, itemId) {
      const situation = await deps.store.get(meetingId);
      if (!situation) throw notFound();
      requireReadable(situation.meeting, caller, itemId);
      const agenda = roomName({ kind: 'agenda', meetingId });
      if (!(await deps.relay.read(agenda, (doc) => hasItem(doc, itemId)))) throw notFound();
      return situation;
    },
    told(meetingId) {
      deps.relay.notice(roomName({ kind: 'agenda', meetingId }), ATTACHMENTS_TOPIC);
      deps.changed?.(meetingId);
    },
  };
}

/** The entry when it belongs to the item; `not-found` for all others, those taken away too unless `away`. */
function entryIn({ entries }: Attachments, itemId: Id, id: Id, away: boolean): AttachmentEntry {
  const entry = entries.find((one) => one.id === id && one.itemId === itemId);
  if (!entry || (entry.removed !== null) !== away) throw notFound();
  return entry;
}

/** The use cases of attachments. */
export function createAttachments(deps: AttachmentDeps): Attaching {
  const context = contextOf(deps);
  const { store, clock } = deps;

  function viewFor(caller: Caller, situation: AttachmentSituation, agenda: Agenda): AttachmentsView {
    const { meeting } = situation;
    const { roles } = participantIn(meeting, caller.personId);
    const may = mayInMeeting({ roles, isAdmin: false }, stateOf(meeting), 'attach');
    return attachmentsView(situation, agenda, () => may);
  }

  async function whole(caller: Caller, meetingId: Id): Promise<AttachmentSituation> {
    const situation = await store.get(meetingId);
    if (!situation) throw notFound();
    const { roles } = participantIn(situation.meeting, caller.personId);
    if (roles.includes('screen')) throw new Refusal('forbidden', 'A screen opens no files.');
    return situation;
  }

  async function change(
    caller: Caller,
    meetingId: Id,
    itemId: Id,
    decide: (situation: AttachmentSituation, agenda: Agenda) => Attachments,
  ): Promise<AttachmentsView> {
    await context.read(caller, meetingId, itemId);
    deps.pace(caller.personId);
    const agendaOf = await context.agendaOf(meetingId);
    const done = await store.change(meetingId, (situation) => {
      requireAttach(situation.meeting, caller, itemId);
      return decide(situation, agendaOf(situation.meeting));
    });
    if (!done) throw notFound();
    if (done.changed) context.told(meetingId);
    return viewFor(caller, done, agendaOf(done.meeting));
  }

  return {
    uploads: createUploads(context),
    async list(caller, meetingId) {
      const situation = await whole(caller, meetingId);
      return viewFor(caller, situation, (await context.agendaOf(meetingId))(situation.meeting));
    },
    async ofItem(caller, meetingId, itemId) {
      const situation = await context.read(caller, meetingId, itemId);
      const view = viewFor(caller, situation, (await context.agendaOf(meetingId))(situation.meeting));
      return {
        ...view,
        attachments: view.attachments.filter((one) => one.itemId === itemId),
        removed: view.removed.filter((one) => one.itemId === itemId),
      };
    },
    async update(caller, meetingId, itemId, id, { name, place }) {
      if (place && place.itemId !== itemId) await context.read(caller, meetingId, place.itemId);
      return change(caller, meetingId, itemId, ({ meeting, attachments }) => {
        const { kind } = entryIn(attachments, itemId, id, false);
        let after = attachments;
        if (place) {
          if (place.itemId !== itemId) requireAttach(meeting, caller, place.itemId);
          after = moved(after, id, place);
        }
        if (name !== undefined) {
          const cleaned = cleanName(name);
          if (cleaned === '') throw new Refusal('bad-request', 'The name is empty.', { fields: { name: 'empty' } });
          after = renamed(after, id, withEnding(cleaned, kind));
        }
        return after;
      });
    },
    remove: (caller, meetingId, itemId, id) =>
      change(caller, meetingId, itemId, ({ attachments }) => {
        entryIn(attachments, itemId, id, false);
        return removed(attachments, id, caller.personId, clock());
      }),
    takeBack: (caller, meetingId, itemId, id) =>
      change(caller, meetingId, itemId, ({ attachments }, agenda) => {
        if (entryIn(attachments, itemId, id, true).gone) throw notFound();
        return takenBack(attachments, agenda, id);
      }),
    async file(caller, meetingId, itemId, id): Promise<AttachmentFile> {
      const { attachments } = await context.read(caller, meetingId, itemId);
      const entry = entryIn(attachments, itemId, id, false);
      const size = entry.gone ? null : await store.sizeOf(id);
      if (size === null) throw notFound();
      return {
        name: entry.name,
        mediaType: FILE_KINDS[entry.kind].mediaType,
        plain: entry.plain && FILE_KINDS[entry.kind].shown,
        size,
        piece: (n) => store.piece(id, n),
      };
    },
    async freezeNumbers(meetingId) {
      const agendaOf = await context.agendaOf(meetingId);
      const done = await store.change(meetingId, ({ meeting, attachments }) =>
        frozen(attachments, agendaOf(meeting), clock()),
      );
      if (done?.changed) context.told(meetingId);
    },
  };
}
