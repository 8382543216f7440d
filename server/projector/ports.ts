/**
 * Why this file exists: what the projector needs kept, said without saying where. Tested with the use cases, over HTTP:
 * tests/http/projector.test.ts.
 */
import type { Id } from '#shared/ids.ts';
import type { ProjectorView } from '#shared/projector/api.ts';
import type { MeetingRecord } from '../meetings/ports.ts';

/** What is shown. */
export interface ProjectorState {
  view: ProjectorView;
  itemId: Id | null;
  groupIds: readonly Id[];
  promptId: Id | null;
  until: number | null;
  version: number;
}

/** The one link of a meeting that opens its projector. */
export interface ProjectorLinkRecord {
  meetingId: Id;
  /** The person row its sessions are of: nobody, named as it is shown. */
  personId: Id;
  tokenHash: string;
  madeAt: number;
}

/** What is decided on. */
export interface ProjectorSituation {
  meeting: MeetingRecord;
  /** Before anybody has chosen, the welcome. */
  state: ProjectorState;
  link: Pick<ProjectorLinkRecord, 'personId' | 'madeAt'> | null;
  /** The meeting's code, while guests are let in. */
  code: string | null;
}

export interface ProjectorStore {
  situation(meetingId: Id): Promise<ProjectorSituation | null>;
  /** Reads, asks `decide` and writes what it answers, in one transaction. `decide` may throw to change nothing. */
  show(meetingId: Id, decide: (situation: ProjectorSituation) => ProjectorState): Promise<ProjectorSituation | null>;
  /**
   * Puts a link into the place of the one before, whose sessions end in the same commit; `null` puts none. The first link
   * makes the screen's person with the id `newPersonId` and puts it among the participants; later ones are the same
   * screen. `check` sees the meeting first and may throw. Resolves to the screen's person, if there is one.
   */
  relink(
    meetingId: Id,
    link: { tokenHash: string; madeAt: number; newPersonId: Id } | null,
    check: (meeting: MeetingRecord) => void,
  ): Promise<{ personId: Id | null } | null>;
  /** The link in use that has this token. */
  byToken(tokenHash: string): Promise<ProjectorLinkRecord | null>;
}
