/**
 * Why this file exists: what the server can do, as plain objects of use cases. HTTP and the demo call these and nothing
 * below them; server/compose.ts makes them. Every method may reject with a Refusal (server/refusal.ts).
 */
import type { z } from 'zod';
import type {
  Authorship,
  accountPatch,
  changePasswordInput,
  LinkView,
  linkUseInput,
  lockInput,
  Meeting,
  MeetingSummary,
  meetingInput,
  meetingPatch,
  OperationsView,
  Organisation,
  organisationInput,
  organisationPatch,
  Person,
  participantInput,
  participantPatch,
  personInput,
  personPatch,
  phaseInput,
  SessionView,
  signInInput,
  splitInput,
  Version,
  VersionContent,
  versionInput,
} from '#shared/api.ts';
import type { AttachmentsView, attachmentPatch } from '#shared/attachments/api.ts';
import type { AttendanceView, attendanceInput, ownAttendanceInput } from '#shared/attendance/api.ts';
import type {
  ActionList,
  actionInput,
  actionLinePatch,
  actionPatch,
  BodyView,
  bodyPatch,
  decideInput,
  dissentInput,
  ItemDecisions,
  reopenItemInput,
} from '#shared/decisions/api.ts';
import type { ExportFormat } from '#shared/document/formats.ts';
import type { FloorView, floorPatch, moveInput, requestInput, stepInput } from '#shared/floor/api.ts';
import type { Turn } from '#shared/floor/floor.ts';
import type {
  GuestDoor,
  GuestPlace,
  Guests as GuestsView,
  guestClaimInput,
  guestJoinInput,
  guestLookInput,
  guestMergeInput,
  guestsPatch,
  guestsRotateInput,
} from '#shared/guests/api.ts';
import type { Id } from '#shared/ids.ts';
import type { Imported, ImportPreview, importInput } from '#shared/imports/api.ts';
import type { MinutesView, minutesPatch, minutesQuery } from '#shared/minutes/api.ts';
import type {
  AnswerView,
  answerInput,
  answerLookInput,
  NoticeFormat,
  NoticeView,
  noticePatch,
  noticeQuery,
  publishInput,
  ReplyInput,
} from '#shared/notice/api.ts';
import type {
  Projector as ProjectorView,
  projectorEnterInput,
  projectorInput,
  projectorLinkSchema,
} from '#shared/projector/api.ts';
import type {
  correctionInput,
  dispatchInput,
  Sealed,
  SignOffView,
  sealInput,
  signOffInput,
} from '#shared/signoff/api.ts';
import type {
  DraftContent,
  exportQuery,
  finaliseInput,
  RevisionContent,
  remarkInput,
  reopenInput,
  SummaryView,
  threadInput,
  threadPatch,
} from '#shared/summary/api.ts';
import type {
  clockInput,
  handInput,
  messageInput,
  placeInput,
  roundInput,
  roundPatch,
  WorkshopView,
  workshopInput,
  workshopPatch,
} from '#shared/workshop/api.ts';
import type { GroupSetList, groupSetInput } from '#shared/workshop/group-sets.ts';
import type { ballotInput, Vote, voteInput } from '#shared/workshop/harvest-api.ts';
import type { Uploads } from './attachments/uploads.ts';
import type { MadeFile } from './documents/files.ts';
import type { Authorize, Principal } from './relay/ports.ts';

/** Who asks. Comes from a session, never from a body. */
export interface Caller {
  personId: Id;
  isAdmin: boolean;
  /** Came by a meeting's code and belongs to that meeting alone. */
  isGuest?: boolean;
  /** A projector, which is nobody: reads some things of its meeting and changes nothing. */
  isScreen?: boolean;
  /** Empty for the server itself. */
  sessionId: string;
}

/** The server acting by itself (the demo, the first start): may manage the registers, takes part in no meeting. */
export const SYSTEM: Caller = { personId: '', isAdmin: true, sessionId: '' };

/** What a caller may leave out gets the schema's default. */
type In<S extends z.ZodType> = z.input<S>;
type Out<S extends z.ZodType> = z.output<S>;

export interface People {
  /** Everybody, by name; addresses only for administrators. */
  list(caller: Caller): Promise<Person[]>;
  create(caller: Caller, input: In<typeof personInput>): Promise<Person>;
  update(caller: Caller, personId: Id, patch: In<typeof personPatch>): Promise<Person>;
}

export interface Organisations {
  /** In the fixed order. */
  list(): Promise<Organisation[]>;
  create(caller: Caller, input: In<typeof organisationInput>): Promise<Organisation>;
  update(caller: Caller, id: Id, patch: In<typeof organisationPatch>): Promise<Organisation>;
  /** `ids` must be all of them, each once. */
  reorder(caller: Caller, ids: Id[]): Promise<Organisation[]>;
}

/** A session just begun: the token goes into the cookie and nowhere else. */
export interface NewSession {
  token: string;
  caller: Caller;
}

export interface CheckedSession {
  caller: Caller;
  /** Send the cookie again, made from the token it came with: the session was prolonged. */
  fresh: boolean;
}

export interface Sessions {
  /** Whose session this token is, prolonging it at half its life; `null` for anything else. */
  check(token: string): Promise<CheckedSession | null>;
  /** As {@link check} without prolonging: for sockets, whose answer cannot be relied on to renew a cookie. */
  peek(token: string): Caller | null;
  /** Which of these sessions still live. */
  alive(sessionIds: readonly string[]): Set<string>;
  /** Begins a session without a password, for a link already checked and for the demo. */
  begin(personId: Id): Promise<NewSession>;
  /** Ends one session; its sockets are dead when this resolves. */
  end(sessionId: string): Promise<void>;
  /** Ends all sessions of a person, or all but one; their sockets are dead when this resolves. */
  endAll(personId: Id, exceptSessionId?: string): Promise<void>;
  /** How many other devices are signed in as this person. */
  others(caller: Caller): Promise<number>;
  /** Deletes what has expired. */
  sweep(): Promise<void>;
}

export interface Accounts {
  view(caller: Caller): Promise<SessionView>;
  /** `address` is the peer's, for the throttle. */
  signIn(input: In<typeof signInInput>, address: string): Promise<NewSession>;
  changePassword(caller: Caller, input: In<typeof changePasswordInput>, address: string): Promise<void>;
  update(caller: Caller, patch: In<typeof accountPatch>): Promise<SessionView>;
}

export interface MadeLink {
  url: string;
  expiresAt: number;
}

export interface Links {
  /** A fresh link for the first administrator, or `null` when there is an administrator. Older ones die. */
  firstAdministrator(): Promise<MadeLink | null>;
  invite(caller: Caller, personId: Id): Promise<MadeLink>;
  password(caller: Caller, personId: Id): Promise<MadeLink>;
  /** By an officer of the meeting, for one of its participants. */
  inviteToMeeting(caller: Caller, meetingId: Id, personId: Id): Promise<MadeLink>;
  open(token: string): Promise<LinkView>;
  /** Uses the link up, sets the password and signs in. */
  use(input: In<typeof linkUseInput>): Promise<NewSession>;
}

export interface Meetings {
  mine(caller: Caller): Promise<MeetingSummary[]>;
  get(caller: Caller, meetingId: Id): Promise<Meeting>;
  /** The creator becomes facilitator and secretary; the template's standing items are in the agenda when it resolves. */
  create(caller: Caller, input: In<typeof meetingInput>): Promise<Meeting>;
  update(caller: Caller, meetingId: Id, patch: In<typeof meetingPatch>): Promise<Meeting>;
  changePhase(caller: Caller, meetingId: Id, input: In<typeof phaseInput>): Promise<Meeting>;
  /** A new meeting with the same agenda, participants and sittings, without notes. */
  copy(caller: Caller, meetingId: Id, title?: string): Promise<Meeting>;
  setCancelled(caller: Caller, meetingId: Id, cancelled: boolean): Promise<Meeting>;
  setArchived(caller: Caller, meetingId: Id, archived: boolean): Promise<Meeting>;
  addParticipant(caller: Caller, meetingId: Id, input: In<typeof participantInput>): Promise<Meeting>;
  updateParticipant(caller: Caller, meetingId: Id, personId: Id, patch: In<typeof participantPatch>): Promise<Meeting>;
  removeParticipant(caller: Caller, meetingId: Id, personId: Id): Promise<Meeting>;
  /** Ends the visit of the item that was current and begins one of the new; `null` ends only. */
  setCurrentItem(caller: Caller, meetingId: Id, itemId: Id | null): Promise<Meeting>;
  lockItem(caller: Caller, meetingId: Id, itemId: Id, input: In<typeof lockInput>): Promise<Meeting>;
  unlockItem(caller: Caller, meetingId: Id, itemId: Id): Promise<Meeting>;
  /** Copies chosen blocks of an item's notes into a new item right behind it; the source keeps its text. */
  splitItem(caller: Caller, meetingId: Id, itemId: Id, input: In<typeof splitInput>): Promise<{ itemId: Id }>;
  authorship(caller: Caller, meetingId: Id, itemId: Id): Promise<Authorship>;
}

/** Which room of a meeting: an item's, or the agenda's with `null`. */
export interface RoomOf {
  meetingId: Id;
  itemId: Id | null;
}

export interface Versions {
  /** Newest first. */
  list(caller: Caller, room: RoomOf): Promise<Version[]>;
  /** One with its whole text and who wrote it. */
  get(caller: Caller, room: RoomOf, versionId: Id): Promise<VersionContent>;
  /** Keeps the room as it is now, under a name; it is never thinned out. */
  keep(caller: Caller, room: RoomOf, input: In<typeof versionInput>): Promise<Version[]>;
  /**
   * Makes the room say again what it said then, as an edit of the caller that everybody in the room sees arrive. What it
   * said until now is kept as a version in the same commit.
   */
  restore(caller: Caller, room: RoomOf, versionId: Id): Promise<{ changed: boolean }>;
  /** Takes a version away for good, by an officer: what was deleted because nobody may see it lives on in versions. */
  remove(caller: Caller, room: RoomOf, versionId: Id): Promise<void>;
}

/** Every change answers with the workshop as the caller sees it. */
export interface Workshops {
  /** `null` for an item that has none. */
  get(caller: Caller, meetingId: Id, itemId: Id): Promise<WorkshopView | null>;
  /** By an officer, on an item of kind dialogue. Its groups' rooms and the summary's are seeded when it resolves. */
  create(caller: Caller, meetingId: Id, itemId: Id, input: In<typeof workshopInput>): Promise<WorkshopView>;
  /** `conflict` when a prompt is left out under which something is written. */
  update(caller: Caller, meetingId: Id, itemId: Id, patch: In<typeof workshopPatch>): Promise<WorkshopView>;
  /** `conflict` when something has been written in it. */
  remove(caller: Caller, meetingId: Id, itemId: Id): Promise<void>;
  addRound(caller: Caller, meetingId: Id, itemId: Id, input: In<typeof roundInput>): Promise<WorkshopView>;
  /** Groups replace all of the round's groups; `conflict` when one is left out in which something is written. */
  updateRound(
    caller: Caller,
    meetingId: Id,
    itemId: Id,
    roundId: Id,
    patch: In<typeof roundPatch>,
  ): Promise<WorkshopView>;
  removeRound(caller: Caller, meetingId: Id, itemId: Id, roundId: Id): Promise<WorkshopView>;
  /** Makes it the round that people are shown. */
  showRound(caller: Caller, meetingId: Id, itemId: Id, roundId: Id): Promise<WorkshopView>;
  /** When it resolves, nobody writes any more in a group that is closed. */
  clock(caller: Caller, meetingId: Id, itemId: Id, roundId: Id, input: In<typeof clockInput>): Promise<WorkshopView>;
  /** An officer places anybody, participants themselves where they may. Resolves when the rights are the new ones. */
  place(caller: Caller, meetingId: Id, itemId: Id, roundId: Id, input: In<typeof placeInput>): Promise<WorkshopView>;
  /** Raised by one of the group, lowered by any of them; one hand a group. */
  hand(caller: Caller, meetingId: Id, itemId: Id, groupId: Id, input: In<typeof handInput>): Promise<WorkshopView>;
  /** By an officer. */
  lowerHand(caller: Caller, meetingId: Id, itemId: Id, groupId: Id): Promise<WorkshopView>;
  /** A message from an officer to all groups or to one. */
  say(caller: Caller, meetingId: Id, itemId: Id, input: In<typeof messageInput>): Promise<WorkshopView>;
  /** For those who may read the group's room. */
  groupAuthorship(caller: Caller, meetingId: Id, groupId: Id): Promise<Authorship>;
}

export interface Harvesting {
  /** Who wrote which part of each group's room that the caller may read. */
  authorship(caller: Caller, meetingId: Id, itemId: Id): Promise<{ groups: Record<Id, Authorship> }>;
}

/** Every change answers with the item's votes as the caller sees them, newest first. */
export interface Votes {
  list(caller: Caller, meetingId: Id, itemId: Id): Promise<Vote[]>;
  /** By an officer, one at a time on an item. */
  open(caller: Caller, meetingId: Id, itemId: Id, input: In<typeof voteInput>): Promise<Vote[]>;
  /** Replaces the ballot the caller cast before. */
  cast(caller: Caller, meetingId: Id, itemId: Id, voteId: Id, input: In<typeof ballotInput>): Promise<Vote[]>;
  /** By an officer, for good: the counts are kept, the ballots and all that could tell whose they were are not. */
  close(caller: Caller, meetingId: Id, itemId: Id, voteId: Id): Promise<Vote[]>;
}

/** Groups kept under a name, for those who run the meeting. Every answer is all of the meeting's, by name. */
export interface GroupSets {
  list(caller: Caller, meetingId: Id): Promise<GroupSetList>;
  /** `conflict` when the name is taken, when there are too many, or when somebody does not take part. */
  save(caller: Caller, meetingId: Id, input: In<typeof groupSetInput>): Promise<GroupSetList>;
  remove(caller: Caller, meetingId: Id, setId: Id): Promise<GroupSetList>;
}

/** Shared summaries. What they answer with is how the summary stands, as the caller sees it. */
export interface Summaries {
  get(caller: Caller, meetingId: Id, itemId: Id): Promise<SummaryView>;
  /** By the chair. Resolves when nobody can write in it any more and what it says is kept. */
  finalise(caller: Caller, meetingId: Id, itemId: Id, input: In<typeof finaliseInput>): Promise<SummaryView>;
  /** By the chair, for a reason; the revision stays. */
  reopen(caller: Caller, meetingId: Id, itemId: Id, input: In<typeof reopenInput>): Promise<SummaryView>;
  /** One revision, for everybody who takes part. */
  revision(caller: Caller, meetingId: Id, itemId: Id, n: number): Promise<RevisionContent>;
  /** The text as it is being written, for those who may read it. */
  draft(caller: Caller, meetingId: Id, itemId: Id): Promise<DraftContent>;
  /** A file of a revision, or of the text that is being written with `null`. */
  file(
    caller: Caller,
    of: { meetingId: Id; itemId: Id; n: number | null },
    format: ExportFormat,
    options: z.output<typeof exportQuery>,
  ): Promise<MadeFile>;
  comment(caller: Caller, meetingId: Id, itemId: Id, input: In<typeof threadInput>): Promise<SummaryView>;
  reply(caller: Caller, meetingId: Id, itemId: Id, threadId: Id, input: In<typeof remarkInput>): Promise<SummaryView>;
  resolve(caller: Caller, meetingId: Id, itemId: Id, threadId: Id, input: In<typeof threadPatch>): Promise<SummaryView>;
}

/** The protocol of a meeting, composed anew at every call. For those the policy lets take it along. */
export interface Minutes {
  /** For a page that stays open: its meeting is told of changes for a while. */
  get(caller: Caller, meetingId: Id, query: z.output<typeof minutesQuery>): Promise<MinutesView>;
  /** The same, for whoever asks once. */
  compose(caller: Caller, meetingId: Id, query: z.output<typeof minutesQuery>): Promise<MinutesView>;
  /** By chair and secretary. */
  change(
    caller: Caller,
    meetingId: Id,
    input: In<typeof minutesPatch>,
    query: z.output<typeof minutesQuery>,
  ): Promise<MinutesView>;
  file(caller: Caller, meetingId: Id, format: ExportFormat, query: z.output<typeof minutesQuery>): Promise<MadeFile>;
}

/** A protocol's file becomes a meeting. By administrators and whoever may make meetings. */
export interface MinutesImport {
  /** Throws when the caller may not; asked before the file is read. */
  require(caller: Caller): void;
  take(caller: Caller, bytes: Uint8Array): Promise<Meeting>;
}

/** A Word file becomes points of an agenda, in two steps. By officers, where they may write. */
export interface DocumentImports {
  /** Throws when the caller may not; asked before the file is read. */
  require(caller: Caller, meetingId: Id): Promise<void>;
  preview(caller: Caller, meetingId: Id, bytes: Uint8Array): Promise<ImportPreview>;
  take(caller: Caller, meetingId: Id, previewId: Id, input: In<typeof importInput>): Promise<Imported>;
  undo(caller: Caller, meetingId: Id, previewId: Id): Promise<void>;
}

/** The notice (kallelse) of a meeting. Every change answers with the whole of it, as the caller sees it. See server/notice/. */
export interface Notices {
  /** For everybody who takes part; what is prepared and who answered only for those who may publish. */
  get(caller: Caller, meetingId: Id, query: z.output<typeof noticeQuery>): Promise<NoticeView>;
  /** What the next version says and whom it calls. */
  change(
    caller: Caller,
    meetingId: Id,
    input: In<typeof noticePatch>,
    query: z.output<typeof noticeQuery>,
  ): Promise<NoticeView>;
  /** Keeps another version, in the language of the query, and queues its mails when that is asked for. */
  publish(
    caller: Caller,
    meetingId: Id,
    input: In<typeof publishInput>,
    query: z.output<typeof noticeQuery>,
  ): Promise<NoticeView>;
  /** Puts the last version's mail to somebody back into the queue, when it was refused or nobody knows. */
  sendAgain(caller: Caller, meetingId: Id, personId: Id, query: z.output<typeof noticeQuery>): Promise<NoticeView>;
  /** One's own answer. */
  reply(caller: Caller, meetingId: Id, input: ReplyInput, query: z.output<typeof noticeQuery>): Promise<NoticeView>;
  /** Somebody else's, by those who run the meeting. */
  replyFor(
    caller: Caller,
    meetingId: Id,
    personId: Id,
    input: ReplyInput,
    query: z.output<typeof noticeQuery>,
  ): Promise<NoticeView>;
  file(caller: Caller, meetingId: Id, number: number, format: NoticeFormat): Promise<MadeFile>;
  /** What a personal link is for. Answers nothing. */
  look(input: In<typeof answerLookInput>): Promise<AnswerView>;
  /** An answer by a personal link. */
  answer(input: In<typeof answerInput>): Promise<AnswerView>;
}

/** Signing, sealing, correcting and handing out a protocol. Every step answers with the whole of it. See server/signoff/. */
export interface SignOffs {
  get(caller: Caller, meetingId: Id): Promise<SignOffView>;
  /** Approve, suggest: those who sign. Accept, answer: chair and secretary. */
  step(caller: Caller, meetingId: Id, input: In<typeof signOffInput>): Promise<SignOffView>;
  /** Once, by chair or secretary, when everybody who signs has approved every part as it is. */
  seal(caller: Caller, meetingId: Id, input: In<typeof sealInput>): Promise<SignOffView>;
  sealed(caller: Caller, meetingId: Id, n: number): Promise<Sealed>;
  /** The sealed protocol as a file, or all of it in an archive. */
  file(caller: Caller, meetingId: Id, n: number, format: ExportFormat | 'zip'): Promise<MadeFile>;
  correct(caller: Caller, meetingId: Id, input: In<typeof correctionInput>): Promise<SignOffView>;
  /** Makes what is handed out, and logs it. */
  dispatch(caller: Caller, meetingId: Id, input: In<typeof dispatchInput>): Promise<SignOffView>;
  /** The very bytes that were handed out. */
  dispatched(caller: Caller, meetingId: Id, dispatchId: Id): Promise<MadeFile>;
}

/** What the relay and the socket's door ask. */
export interface RoomAccess {
  authorize: Authorize;
  /** The person behind a socket as shown to others in this room; `null` when the person may not sign in. */
  principal(caller: Caller, room: string): Principal | null;
}

export interface Operations {
  /** How the server is now and was during the last ten minutes. For administrators. */
  live(caller: Caller): Promise<OperationsView>;
}

/** What items decide; every change answers with the item's as the caller sees it. See server/decisions/. */
export interface Decisions {
  get(caller: Caller, meetingId: Id, itemId: Id): Promise<ItemDecisions>;
  /** `conflict` when something was decided or changed that the caller has not seen. */
  decide(caller: Caller, meetingId: Id, itemId: Id, input: In<typeof decideInput>): Promise<ItemDecisions>;
  /** By the desk; the reason stands in the record. */
  reopen(caller: Caller, meetingId: Id, itemId: Id, input: In<typeof reopenItemInput>): Promise<ItemDecisions>;
  dissent(
    caller: Caller,
    meetingId: Id,
    itemId: Id,
    decisionId: Id,
    input: In<typeof dissentInput>,
  ): Promise<ItemDecisions>;
}

/** What is to be done; every change answers with all of the meeting's, by the last day they can be done on. */
export interface Actions {
  list(caller: Caller, meetingId: Id): Promise<ActionList>;
  create(caller: Caller, meetingId: Id, itemId: Id, input: In<typeof actionInput>): Promise<ActionList>;
  update(caller: Caller, meetingId: Id, itemId: Id, actionId: Id, patch: In<typeof actionPatch>): Promise<ActionList>;
  updateLine(
    caller: Caller,
    meetingId: Id,
    itemId: Id,
    actionId: Id,
    lineId: Id,
    patch: In<typeof actionLinePatch>,
  ): Promise<ActionList>;
  remove(caller: Caller, meetingId: Id, itemId: Id, actionId: Id): Promise<ActionList>;
}

/** How the body of a meeting keeps its records. */
export interface Bodies {
  get(caller: Caller, meetingId: Id): Promise<BodyView>;
  update(caller: Caller, meetingId: Id, patch: In<typeof bodyPatch>): Promise<BodyView>;
}

/** Who was there, and when. Every change answers with the whole of it. See server/attendance/. */
export interface Attendances {
  get(caller: Caller, meetingId: Id): Promise<AttendanceView>;
  /** One change of the record, by those who run the meeting. */
  change(caller: Caller, meetingId: Id, input: In<typeof attendanceInput>): Promise<AttendanceView>;
  /** The caller has come, or goes; while the meeting goes on. */
  say(caller: Caller, meetingId: Id, input: In<typeof ownAttendanceInput>): Promise<AttendanceView>;
}

/** A file to hand out. */
export interface AttachmentFile {
  name: string;
  mediaType: string;
  /** May be shown in place. */
  plain: boolean;
  /** Bytes. */
  size: number;
  /** From 0; `null` behind the last one, and when the file is cleared away meanwhile. */
  piece(n: number): Promise<Uint8Array | null>;
}

/** Attachments. Every change of the list answers with the whole of it, as the caller sees it. See server/attachments/. */
export interface Attaching {
  uploads: Uploads;
  list(caller: Caller, meetingId: Id): Promise<AttachmentsView>;
  ofItem(caller: Caller, meetingId: Id, itemId: Id): Promise<AttachmentsView>;
  update(
    caller: Caller,
    meetingId: Id,
    itemId: Id,
    attachmentId: Id,
    input: Out<typeof attachmentPatch>,
  ): Promise<AttachmentsView>;
  remove(caller: Caller, meetingId: Id, itemId: Id, attachmentId: Id): Promise<AttachmentsView>;
  takeBack(caller: Caller, meetingId: Id, itemId: Id, attachmentId: Id): Promise<AttachmentsView>;
  /** For whoever may read the item; asked anew each time. */
  file(caller: Caller, meetingId: Id, itemId: Id, attachmentId: Id): Promise<AttachmentFile>;
  /** Fixes the numbers there are; what comes later gets one of its own that stays. For who publishes the notice. */
  freezeNumbers(meetingId: Id): Promise<void>;
}

/** The list of speakers. Every change answers with the whole of it, as the caller sees it. See server/floor/. */
export interface Floors {
  /** For everybody who takes part, screens included. */
  get(caller: Caller, meetingId: Id): Promise<FloorView>;
  /** Who has had the floor in the meeting, in order. */
  turns(caller: Caller, meetingId: Id): Promise<Turn[]>;
  /** For oneself, or by those who run the meeting for somebody else. */
  request(caller: Caller, meetingId: Id, input: In<typeof requestInput>): Promise<FloorView>;
  /** One's own, or anybody's by those who run the meeting, as all below. */
  withdraw(caller: Caller, meetingId: Id, requestId: Id): Promise<FloorView>;
  move(caller: Caller, meetingId: Id, requestId: Id, input: In<typeof moveInput>): Promise<FloorView>;
  /** A step that somebody else has taken already changes nothing. */
  next(caller: Caller, meetingId: Id, input: In<typeof stepInput>): Promise<FloorView>;
  give(caller: Caller, meetingId: Id, requestId: Id, input: In<typeof stepInput>): Promise<FloorView>;
  end(caller: Caller, meetingId: Id, input: In<typeof stepInput>): Promise<FloorView>;
  update(caller: Caller, meetingId: Id, input: In<typeof floorPatch>): Promise<FloorView>;
}

/** What the projector shows, and the link that opens one. See server/projector/. */
export interface Projector {
  /** For everybody who takes part, screens included. */
  get(caller: Caller, meetingId: Id): Promise<ProjectorView>;
  /** By those who run the meeting, as the two below. */
  show(caller: Caller, meetingId: Id, input: In<typeof projectorInput>): Promise<ProjectorView>;
  /** The address is given this once. The older link, its sessions and sockets are dead when this resolves. */
  makeLink(caller: Caller, meetingId: Id): Promise<z.output<typeof projectorLinkSchema>>;
  endLink(caller: Caller, meetingId: Id): Promise<ProjectorView>;
  /** By whoever has the link. `begun` is the session to hand out; `null` when the browser has one that is right. */
  enter(
    caller: Caller | null,
    input: In<typeof projectorEnterInput>,
  ): Promise<{ begun: NewSession | null; meetingId: Id }>;
}

/** The code by which a meeting lets guests in, and the guests. See server/guests/. */
export interface Guests {
  /** For those who run the meeting, as all up to `merge`: the code, who waits, who is here. */
  view(caller: Caller, meetingId: Id): Promise<GuestsView>;
  /** Opens, closes, lobby or not. Who is in stays in. */
  update(caller: Caller, meetingId: Id, patch: In<typeof guestsPatch>): Promise<GuestsView>;
  /** Another code. Who waits has to come again; with `endGuests` those who are in as well. */
  rotate(caller: Caller, meetingId: Id, input: In<typeof guestsRotateInput>): Promise<GuestsView>;
  /** Nobody comes in any more, and no guest is left; their sockets are dead when this resolves. */
  endAll(caller: Caller, meetingId: Id): Promise<GuestsView>;
  /** Lets somebody in from the lobby. */
  admit(caller: Caller, meetingId: Id, personId: Id): Promise<GuestsView>;
  admitAll(caller: Caller, meetingId: Id): Promise<GuestsView>;
  /** Shows a guest out, or turns one away who waits; their sockets are dead when this resolves. */
  remove(caller: Caller, meetingId: Id, personId: Id): Promise<GuestsView>;
  /** The guest is somebody who takes part already: place, groups and what was written are that person's. */
  merge(caller: Caller, meetingId: Id, guestId: Id, input: In<typeof guestMergeInput>): Promise<GuestsView>;

  /** What whoever has the code sees of the meeting. `address` is the peer's, for the count of wrong codes. */
  look(input: In<typeof guestLookInput>, address: string): Promise<GuestDoor>;
  /**
   * Comes in, or into the lobby. `begun` is the session to hand out; `null` when the browser has one that is right: it
   * is a guest of this meeting already, or signed in and a participant.
   */
  join(
    caller: Caller | null,
    input: In<typeof guestJoinInput>,
    address: string,
  ): Promise<{ begun: NewSession | null; place: GuestPlace }>;
  /** Where this guest is to go; `not-found` when shown out. */
  place(caller: Caller): Promise<GuestPlace>;
  /** The guest has an account: signs in, and takes over what the guest was. */
  claim(
    caller: Caller,
    input: In<typeof guestClaimInput>,
    address: string,
  ): Promise<{ begun: NewSession; meetingId: Id }>;
}

export interface Backups {
  /** The last backup made of this data, by hand or by night; `null` when there is none. */
  last(): { at: number; bytes: number } | null;
  /** Whether one is made every night. */
  nightly: boolean;
}

export interface Services {
  backups: Backups;
  operations: Operations;
  people: People;
  organisations: Organisations;
  sessions: Sessions;
  accounts: Accounts;
  links: Links;
  meetings: Meetings;
  versions: Versions;
  workshops: Workshops;
  groupSets: GroupSets;
  summaries: Summaries;
  minutes: Minutes;
  minutesImport: MinutesImport;
  documentImports: DocumentImports;
  notices: Notices;
  signOffs: SignOffs;
  harvest: Harvesting;
  votes: Votes;
  access: RoomAccess;
  guests: Guests;
  projector: Projector;
  floors: Floors;
  decisions: Decisions;
  actions: Actions;
  bodies: Bodies;
  attendances: Attendances;
  attachments: Attaching;
}
