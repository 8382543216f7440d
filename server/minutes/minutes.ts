/**
 * Why this file exists: the protocol as the rest of the server sees it: composed anew whenever somebody asks, because it
 * is what the meeting says now and nothing that is kept. What is sealed is another matter, and not here.
 */
import { checksOf, completenessOf } from '#shared/minutes/completeness.ts';
import { inStyle } from '#shared/minutes/document.ts';
import { minutesWords } from '#shared/minutes/words.ts';
import { mayInMeeting } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import type { FileThreads } from '../documents/file-thread.ts';
import { FILE_TYPES, fileName } from '../documents/files.ts';
import type { MeetingStore } from '../meetings/ports.ts';
import { requireIn, stateOf } from '../meetings/rights.ts';
import { notFound } from '../refusal.ts';
import type { Relay } from '../relay/ports.ts';
import type { Minutes } from '../services.ts';
import { type ComposeDeps, compose } from './compose.ts';
import type { MinutesStore } from './ports.ts';
import type { MinutesWatch } from './watch.ts';

export interface MinutesDeps extends ComposeDeps {
  store: MinutesStore;
  meetings: Pick<MeetingStore, 'get'>;
  relay: Pick<Relay, 'read' | 'notice'>;
  files: FileThreads;
  watch: Pick<MinutesWatch, 'looked'>;
}

/** Told in the agenda's room when the protocol says something else. */
export const MINUTES_TOPIC = 'minutes';

/** The use cases of protocols. */
export function createMinutes(deps: MinutesDeps): Minutes {
  const { store, meetings } = deps;

  const composed: Minutes['compose'] = async (caller, meetingId, { style, lang }) => {
    const meeting = await meetings.get(meetingId);
    if (!meeting) throw notFound();
    const me = requireIn(meeting, caller.personId, 'export-minutes');
    const { style: chosen } = await store.get(meetingId);
    const { full, facts } = await compose(deps, { meeting, language: lang }, style ?? chosen);
    return {
      document: inStyle(full, full.style),
      chosen,
      completeness: completenessOf(full, facts),
      checks: checksOf(full, facts),
      warnings: [...(facts.warnings ?? [])],
      mayEdit: mayInMeeting({ roles: me.roles, isAdmin: false }, stateOf(meeting), 'edit-minutes'),
    };
  };

  return {
    compose: composed,
    async get(caller, meetingId, query) {
      const view = await composed(caller, meetingId, query);
      deps.watch.looked(meetingId);
      return view;
    },
    async change(caller, meetingId, { style }, query) {
      const changed = await store.change(meetingId, (setting, meeting) => {
        requireIn(meeting, caller.personId, 'edit-minutes');
        return { ...setting, style };
      });
      if (!changed) throw notFound();
      deps.relay.notice(roomName({ kind: 'agenda', meetingId }), MINUTES_TOPIC);
      return composed(caller, meetingId, query);
    },
    async file(caller, meetingId, format, query) {
      const { document } = await composed(caller, meetingId, query);
      const bytes = await deps.files.make({ of: 'minutes', format, document }, caller.personId);
      const { body, title, sittings } = document.header;
      const [first] = sittings;
      const parts = [minutesWords(query.lang).style[document.style], first?.date ?? '', title || body];
      const name = fileName(
        parts.filter((part) => part !== ''),
        format,
      );
      return { name, type: FILE_TYPES[format], bytes: new Uint8Array(bytes) };
    },
  };
}
