/**
 * Why this file exists: the tables in which rooms are kept, as SQL that the migrations run and the update store's tests
 * run too, so that there is one truth about their form. Portable subset: text ids, integer milliseconds, blobs.
 *
 * - `room` one row per room that was ever opened: its epoch and its compacted state
 * - `room_update` the append-only journal behind the snapshot; `seq` is never used twice, compaction relies on it
 * - `room_client` which person owns which Yjs client id
 * - `room_checkpoint` the room as it was at moments worth going back to (a later step than the others, see below)
 * - `room_span` who wrote which clocks of what the snapshot holds, and in which minute
 */

/** Statements that make the tables, in order, each to be run alone. */
export const ROOM_TABLES: readonly string[] = [
  `create table room (
    name text not null primary key,
    epoch text not null,
    snapshot blob
  )`,
  `create table room_update (
    seq integer primary key autoincrement,
    room text not null references room (name),
    data blob not null,
    person_id text not null,
    at integer not null
  )`,
  'create index room_update_room on room_update (room, seq)',
  `create table room_client (
    room text not null references room (name),
    client integer not null,
    person_id text not null,
    primary key (room, client)
  ) without rowid`,
  `create table room_span (
    room text not null references room (name),
    client integer not null,
    clock_from integer not null,
    clock_to integer not null,
    person_id text not null,
    at integer not null,
    primary key (room, client, clock_from)
  ) without rowid`,
];

/** What came after {@link ROOM_TABLES}: the versions of a room. `content` is the same for equal texts. */
export const CHECKPOINT_TABLES: readonly string[] = [
  `create table room_checkpoint (
    id text not null primary key,
    room text not null references room (name),
    at integer not null,
    kind text not null,
    name text not null,
    person_id text not null,
    phase text not null,
    content text not null,
    bytes integer not null,
    state blob not null
  )`,
  'create index room_checkpoint_room on room_checkpoint (room, at)',
];
