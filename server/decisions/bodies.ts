/** Why this file exists: how a body keeps its records: everybody at its meetings sees it, who runs one of them says it. */
import { type BodyView, bodyPatch } from '#shared/decisions/api.ts';
import { type BodySettings, bodyKey } from '#shared/decisions/body.ts';
import { roomName } from '#shared/rooms.ts';
import type { MeetingStore } from '../meetings/ports.ts';
import { requireIn } from '../meetings/rights.ts';
import { notFound } from '../refusal.ts';
import type { Relay } from '../relay/ports.ts';
import type { Bodies } from '../services.ts';
import type { DecisionStore } from './ports.ts';

const viewOf = (name: string, body: BodySettings): BodyView => ({
  ...body,
  name,
  abbreviations: body.abbreviations.map((one) => ({ ...one })),
});

/** The use cases of bodies' settings. */
export function createBodies(deps: {
  store: DecisionStore;
  meetings: Pick<MeetingStore, 'get'>;
  relay: Pick<Relay, 'notice'>;
}): Bodies {
  const { store, meetings, relay } = deps;
  return {
    async get(caller, meetingId) {
      const meeting = await meetings.get(meetingId);
      if (!meeting) throw notFound();
      requireIn(meeting, caller.personId, 'read');
      return viewOf(meeting.body, await store.body(bodyKey(meeting)));
    },
    async update(caller, meetingId, raw) {
      const patch = bodyPatch.parse(raw);
      const done = await store.changeBody(meetingId, (meeting, body) => {
        requireIn(meeting, caller.personId, 'edit-header');
        const given = Object.entries(patch).filter(([, value]) => value !== undefined);
        return { ...body, ...(Object.fromEntries(given) as Partial<BodySettings>) };
      });
      if (!done) throw notFound();
      relay.notice(roomName({ kind: 'agenda', meetingId }), 'minutes');
      return viewOf(done.meeting.body, done.body);
    },
  };
}
