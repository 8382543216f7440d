/**
 * Why this file exists: the tables as Kysely sees them. One portable subset so that PostgreSQL can take over: ids and
 * JSON are text, times integer milliseconds since 1970, truth values 0 or 1.
 */

import type { Generated } from 'kysely';
import type {
  AttachmentFileTable,
  AttachmentListTable,
  AttachmentPieceTable,
  AttachmentUploadTable,
} from './attachment-tables.ts';
import type { AttendanceTable } from './attendance-tables.ts';
import type {
  ActionItemTable,
  BodySettingTable,
  DecisionDissentTable,
  DecisionNumberTable,
  DecisionTable,
  ItemReopeningTable,
} from './decision-tables.ts';
import type { FloorRequestTable, FloorTable, FloorTurnTable } from './floor-tables.ts';
import type { GroupSetTable } from './group-set-store.ts';
import type { ImportedTable } from './imported-store.ts';
import type { MinutesTable } from './minutes-store.ts';
import type { NoticeLinkTable, NoticeMailTable, NoticeTable, NoticeVersionTable } from './notice-tables.ts';
import type {
  MinutesCorrectionTable,
  MinutesDispatchTable,
  MinutesEventTable,
  MinutesRevisionTable,
  SignOffTable,
} from './signoff-tables.ts';

export interface OrganisationTable {
  id: string;
  name: string;
  short_name: string;
  /** The short name folded, so that ALM and alm are one. Unique. */
  short_key: string;
  seats: number;
  position: number;
}

export interface PersonTable {
  id: string;
  name: string;
  title: string;
  organisation_id: string | null;
  category: string;
  party: string;
  colour: number;
  /** Lower case; unique. */
  email: string | null;
  is_admin: number;
  disabled: number;
  /** PHC-like string of server/people/passwords.ts, or null before the person has chosen one. */
  password: string | null;
  language: string;
  created_at: number;
  /** The meeting a guest belongs to; null for people of the house. */
  guest_of?: string | null;
  /** The person of the house a guest turned out to be. */
  claimed_by?: string | null;
  /** SHA-256, hexadecimal, of what the guest's browser chose when it joined. */
  guest_key?: string | null;
  /** It is no person but a projector. */
  is_screen?: number;
}

export interface SessionTable {
  /** SHA-256 of the token, hexadecimal. */
  id: string;
  user_id: string;
  expires_at: number;
  created_at: number;
}

export interface LinkTable {
  /** SHA-256 of the token, hexadecimal. */
  token_hash: string;
  kind: string;
  person_id: string | null;
  meeting_id: string | null;
  expires_at: number;
  created_at: number;
  used_at: number | null;
}

export interface MeetingTable {
  id: string;
  title: string;
  body: string;
  registry_number: string;
  time_zone: string;
  phase: string;
  agenda_open: number;
  cancelled_at: number | null;
  archived_at: number | null;
  current_item_id: string | null;
  version: number;
  created_at: number;
  guests_write: number;
  /** JSON: item → the number its notice gave it. */
  notice_numbers: string;
}

export interface SittingTable {
  meeting_id: string;
  id: string;
  position: number;
  date: string;
  start_time: string;
  end_time: string;
  venue: string;
  room: string;
  address: string;
  link: string;
}

export interface ParticipantTable {
  meeting_id: string;
  person_id: string;
  title: string;
  organisation_id: string | null;
  category: string;
  party: string;
  /** JSON array of roles. */
  roles: string;
  absence: string;
  capacity: string;
  position: number;
}

export interface ItemLockTable {
  meeting_id: string;
  item_id: string;
  locked_at: number;
  /** Name of the person, as it was. */
  locked_by: string;
  reason: string;
  /** Because it is decided. */
  decided: Generated<number>;
}

export interface ItemVisitTable {
  id: string;
  meeting_id: string;
  item_id: string;
  from_at: number;
  to_at: number | null;
}

export interface WorkshopTable {
  id: string;
  meeting_id: string;
  item_id: string;
  version: number;
  opened: number;
  harvest: string;
  summary_final: number;
  summary_comments: number;
  /** JSON of the whole workshop (shared/workshop/workshop.ts). */
  data: string;
}

export interface BreakoutGroupTable {
  id: string;
  meeting_id: string;
  workshop_id: string;
  state: string;
}

export interface GroupMemberTable {
  group_id: string;
  person_id: string;
}

export interface WorkshopScribeTable {
  workshop_id: string;
  person_id: string;
}

export interface WorkshopHandTable {
  workshop_id: string;
  group_id: string;
  person_id: string;
  at: number;
  note: string;
}

export interface WorkshopMessageTable {
  /** In the order they were said. */
  seq: Generated<number>;
  id: string;
  workshop_id: string;
  /** `null` to all groups. */
  group_id: string | null;
  text: string;
  at: number;
  person_id: string;
}

export interface SummaryRevisionTable {
  meeting_id: string;
  item_id: string;
  n: number;
  at: number;
  person_id: string;
  /** As the name was. */
  person: string;
  /** The room's document as a Yjs update (V1). */
  state: Uint8Array;
  json: string;
  sources: string;
  text: string;
  /** Of `json`, hexadecimal. */
  sha256: string;
}

export interface SummaryEventTable {
  id: string;
  meeting_id: string;
  item_id: string;
  at: number;
  person_id: string;
  person: string;
  kind: string;
  revision: number;
  reason: string;
}

export interface SummaryThreadTable {
  id: string;
  meeting_id: string;
  item_id: string;
  prompt_id: string;
  range_from: string;
  range_to: string;
  quote: string;
  at: number;
  resolved_at: number | null;
  resolved_by: string | null;
}

export interface SummaryRemarkTable {
  id: string;
  thread_id: string;
  at: number;
  person_id: string;
  person: string;
  text: string;
}

export interface GuestAccessTable {
  meeting_id: string;
  /** Unique among those that are open. */
  code: string;
  open: number;
  lobby: number;
  rotated_at: number;
}

export interface GuestLobbyTable {
  person_id: string;
  meeting_id: string;
  organisation_id: string | null;
  organisation: string;
  at: number;
}

export interface VoteTable {
  id: string;
  meeting_id: string;
  item_id: string;
  title: string;
  dots: number;
  /** 'live' or 'hidden'. */
  counts: string;
  guests: number;
  /** JSON: what can be voted for. */
  choices: string;
  /** Hides the voters of an open vote; null once it is closed. */
  secret: string | null;
  opened_at: number;
  closed_at: number | null;
  /** From here on: null while it is open. */
  voted: number | null;
  voters: number | null;
  results: string | null;
}

/** Of open votes only. */
export interface BallotTable {
  vote_id: string;
  /** The person under the vote's secret. */
  voter: string;
  /** JSON: choice → dots. */
  dots: string;
}

export interface WorkshopHandTable {
  workshop_id: string;
  group_id: string;
  person_id: string;
  at: number;
  note: string;
}

export interface WorkshopMessageTable {
  /** In the order they were said. */
  seq: Generated<number>;
  id: string;
  workshop_id: string;
  /** `null` to all groups. */
  group_id: string | null;
  text: string;
  at: number;
  person_id: string;
}

export interface ProjectorTable {
  meeting_id: string;
  view: string;
  /** null: the current one. */
  item_id: string | null;
  /** JSON array of ids. */
  group_ids: string;
  prompt_id: string | null;
  until: number | null;
  version: number;
}

export interface ProjectorLinkTable {
  meeting_id: string;
  person_id: string;
  /** SHA-256 of the token, hexadecimal; null when the link was ended. */
  token_hash: string | null;
  made_at: number;
}

export interface Schema {
  attendance: AttendanceTable;
  attachment_list: AttachmentListTable;
  attachment_file: AttachmentFileTable;
  attachment_piece: AttachmentPieceTable;
  attachment_upload: AttachmentUploadTable;
  organisation: OrganisationTable;
  person: PersonTable;
  session: SessionTable;
  link: LinkTable;
  meeting: MeetingTable;
  sitting: SittingTable;
  participant: ParticipantTable;
  item_lock: ItemLockTable;
  item_visit: ItemVisitTable;
  workshop: WorkshopTable;
  breakout_group: BreakoutGroupTable;
  group_member: GroupMemberTable;
  workshop_scribe: WorkshopScribeTable;
  workshop_hand: WorkshopHandTable;
  workshop_message: WorkshopMessageTable;
  group_set: GroupSetTable;
  vote: VoteTable;
  ballot: BallotTable;
  summary_revision: SummaryRevisionTable;
  summary_event: SummaryEventTable;
  summary_thread: SummaryThreadTable;
  summary_remark: SummaryRemarkTable;
  guest_access: GuestAccessTable;
  guest_lobby: GuestLobbyTable;
  projector: ProjectorTable;
  projector_link: ProjectorLinkTable;
  minutes: MinutesTable;
  imported: ImportedTable;
  signoff: SignOffTable;
  minutes_revision: MinutesRevisionTable;
  minutes_correction: MinutesCorrectionTable;
  minutes_dispatch: MinutesDispatchTable;
  minutes_event: MinutesEventTable;
  body_setting: BodySettingTable;
  decision: DecisionTable;
  decision_number: DecisionNumberTable;
  decision_dissent: DecisionDissentTable;
  item_reopening: ItemReopeningTable;
  action_item: ActionItemTable;
  notice: NoticeTable;
  notice_version: NoticeVersionTable;
  notice_mail: NoticeMailTable;
  notice_link: NoticeLinkTable;
  floor: FloorTable;
  floor_request: FloorRequestTable;
  floor_turn: FloorTurnTable;
}
