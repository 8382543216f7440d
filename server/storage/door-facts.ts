/**
 * Why this file exists: who comes to a room's door is asked about at every connection and at every change of a right, by
 * hundreds at once after a restart. So these few facts are read at once, by statements prepared once, some microseconds
 * each; nothing is remembered, so nothing can be stale.
 *
 * A connection of its own: the other one may be in the middle of a transaction, and what is not committed yet must let
 * nobody in. In a write-ahead log a reader sees every commit that has returned and waits for nobody.
 */
import { DatabaseSync } from 'node:sqlite';
import type { Id } from '#shared/ids.ts';
import type { GroupFacts, Phase } from '#shared/policy.ts';
import type { GroupState, HarvestDoor } from '#shared/workshop/workshop.ts';
import type { AccessFacts, AccessReader, PersonAtDoor, WorkshopFacts } from '../meetings/ports.ts';
import type { SessionFacts, SessionReader } from '../people/ports.ts';
import { parseRoles } from './roles.ts';

type Row = Record<string, string | number | null>;

export interface DoorFacts extends SessionReader, AccessReader {
  close(): void;
}

/** Opens the database `file`, in which the tables must be, for reading. */
export function openDoorFacts(file: string): DoorFacts {
  const raw = new DatabaseSync(file, { readOnly: true });
  // The system has the file in its memory; what is kept here would be kept twice, for every room that was ever asked about.
  raw.exec('pragma cache_size = -512');
  const session = raw.prepare(
    `select s.user_id, s.expires_at, s.created_at, p.is_admin, p.guest_of, p.is_screen, p.disabled
     from session s join person p on p.id = s.user_id where s.id = ?`,
  );
  const unexpired = raw.prepare(
    `select id from session
     where id in (select value from json_each(?)) and expires_at > ? and created_at > ?`,
  );
  const access = raw.prepare(
    `select m.phase, m.agenda_open, m.cancelled_at, m.archived_at, m.guests_write, p.roles, l.locked_at,
       exists (select 1 from session where id = ? and user_id = ? and expires_at > ? and created_at > ?) as signed_in
     from meeting m
     left join participant p on p.meeting_id = m.id and p.person_id = ?
     left join item_lock l on l.meeting_id = m.id and l.item_id = ?
     where m.id = ?`,
  );
  const group = raw.prepare(
    `select g.state, w.opened,
       exists (select 1 from group_member where group_id = g.id and person_id = ?) as mine
     from breakout_group g join workshop w on w.id = g.workshop_id
     where g.id = ? and g.meeting_id = ?`,
  );
  const workshop = raw.prepare(
    `select harvest, summary_final, summary_comments,
       exists (select 1 from workshop_scribe where workshop_id = workshop.id and person_id = ?) as scribe
     from workshop where meeting_id = ? and item_id = ?`,
  );
  const person = raw.prepare(
    `select p.name, p.colour, p.disabled, p.guest_of, p.is_screen, t.roles, o.short_name
     from person p
     left join participant t on t.person_id = p.id and t.meeting_id = ?
     left join organisation o on o.id = t.organisation_id
     where p.id = ?`,
  );

  return {
    session(id): SessionFacts | null {
      const row = session.get(id) as Row | undefined;
      if (!row) return null;
      return {
        personId: String(row.user_id),
        isAdmin: row.is_admin === 1,
        isGuest: row.guest_of !== null,
        isScreen: row.is_screen === 1,
        disabled: row.disabled === 1,
        expiresAt: Number(row.expires_at),
        createdAt: Number(row.created_at),
      };
    },
    unexpired(ids, now, begunAfter) {
      const rows = unexpired.all(JSON.stringify(ids), now, begunAfter) as Row[];
      return new Set(rows.map((row) => String(row.id)));
    },
    access(meetingId: Id, itemId: Id | null, { personId, sessionId, now, begunAfter }): AccessFacts | null {
      const row = access.get(sessionId, personId, now, begunAfter, personId, itemId ?? '', meetingId) as
        | Row
        | undefined;
      if (!row) return null;
      return {
        state: {
          phase: row.phase as Phase,
          agendaOpen: row.agenda_open === 1,
          guestsWrite: row.guests_write === 1,
          cancelled: row.cancelled_at !== null,
          archived: row.archived_at !== null,
        },
        roles: row.roles === null ? null : parseRoles(String(row.roles)),
        locked: row.locked_at !== null,
        signedIn: row.signed_in === 1,
      };
    },
    group(meetingId: Id, groupId: Id, personId: Id): GroupFacts | null {
      const row = group.get(personId, groupId, meetingId) as Row | undefined;
      return row ? { state: row.state as GroupState, mine: row.mine === 1, opened: row.opened === 1 } : null;
    },
    workshop(meetingId: Id, itemId: Id, personId: Id): WorkshopFacts | null {
      const row = workshop.get(personId, meetingId, itemId) as Row | undefined;
      if (!row) return null;
      return {
        harvest: row.harvest as HarvestDoor,
        summary: {
          final: row.summary_final === 1,
          scribe: row.scribe === 1,
          comments: row.summary_comments === 1,
        },
      };
    },
    person(personId: Id, meetingId: Id | ''): PersonAtDoor | null {
      const row = person.get(meetingId, personId) as Row | undefined;
      if (!row) return null;
      return {
        name: String(row.name),
        colour: Number(row.colour),
        disabled: row.disabled === 1,
        organisation: row.short_name === null ? '' : String(row.short_name),
        guest: row.guest_of !== null || (row.roles !== null && parseRoles(String(row.roles)).includes('guest')),
        screen: row.is_screen === 1,
      };
    },
    close: () => raw.close(),
  };
}
