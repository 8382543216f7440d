/** Why this file exists: what everything done with attachments needs: the store, rights, the agenda for numbers, whom to tell. */
import type { Agenda } from '#shared/agenda-tree.ts';
import type { Id } from '#shared/ids.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import type { Pace } from '../pace.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import type { Caller } from '../services.ts';
import type { Look } from './look-thread.ts';
import type { AttachmentSituation, AttachmentStore } from './ports.ts';

export interface AttachmentDeps {
  store: AttachmentStore;
  relay: Pick<Relay, 'read' | 'notice'>;
  pace: Pace;
  look: Look;
  clock: Clock;
  /** Called when the protocol of a meeting says something else now. */
  changed?(meetingId: Id): void;
}

export interface AttachmentContext extends AttachmentDeps {
  /** The agenda as it is now; a function of the meeting, because its days come from there. */
  agendaOf(meetingId: Id): Promise<(meeting: MeetingRecord) => Agenda>;
  /** What the meeting has, for somebody who may read this item of it; `not-found` for all others. */
  read(caller: Caller, meetingId: Id, itemId: Id): Promise<AttachmentSituation>;
  /** Everybody who looks asks again. */
  told(meetingId: Id): void;
}
