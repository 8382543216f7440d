/**
 * Why this file exists: the tables in which rooms are kept, as SQL that the migrations run and the update store's tests
 * run too, so that there is one truth about their form. Portable subset: text ids, integer milliseconds, blobs.
 *
 * - `room` one row per room that was ever opened: its epoch, its compacted state, and the number the journal calls it by
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

/**
 * What came then: the journal calls a room by a number. A commit of many rooms writes a page of the index for nearly each
 * of them, and of names there are five times as many pages as of numbers. The numbers are drawn by lot and not counted,
 * so that one that was a room's never becomes another's.
 */
export const ROOM_NUMBERS: readonly string[] = [
  'alter table room add column number integer',
  'update room set number = random() & 0x7fffffffffff',
  'create unique index room_number on room (number)',
  `create table numbered_update (
    seq integer primary key autoincrement,
    room integer not null references room (number),
    data blob not null,
    person_id text not null,
    at integer not null
  )`,
  `insert into numbered_update (seq, room, data, person_id, at)
    select seq, number, data, person_id, at from room_update join room on room.name = room_update.room order by seq`,
  // Numbers of rows that are gone stay used.
  `insert into sqlite_sequence (name, seq)
    select 'numbered_update', 0 where not exists (select 1 from sqlite_sequence where name = 'numbered_update')`,
  `update sqlite_sequence set seq = max(seq, coalesce((select seq from sqlite_sequence where name = 'room_update'), 0))
    where name = 'numbered_update'`,
  'drop table room_update',
  'alter table numbered_update rename to room_update',
  'create index room_update_room on room_update (room, seq)',
];
