/**
 * Why this file exists: what the wall of the room shows, and the link by which a screen that belongs to nobody shows it. The
 * link opens a session that reads what everybody in the meeting may see and writes nowhere; there is one at a time, and
 * another one ends it with its sessions and sockets.
 */
import { type Id, newId } from '#shared/ids.ts';
import { mayInMeeting } from '#shared/policy.ts';
import { type Projector as ProjectorView, projectorEnterInput, projectorInput } from '#shared/projector/api.ts';
import { roomName } from '#shared/rooms.ts';
import { CLOSE } from '#shared/wire.ts';
import { participantIn, requireIn, stateOf } from '../meetings/rights.ts';
import { hashToken, newToken } from '../people/tokens.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import type { Caller, Projector, Sessions } from '../services.ts';
import type { ProjectorSituation, ProjectorStore } from './ports.ts';

export interface ProjectorDeps {
  store: ProjectorStore;
  sessions: Pick<Sessions, 'begin' | 'end'>;
  relay: Pick<Relay, 'notice' | 'disconnect'>;
  clock: Clock;
  /** The public origin; links are made from it and never from a request. */
  origin(): string;
  /** Whether somebody takes part in a meeting. */
  takesPart(meetingId: Id, personId: Id): Promise<boolean>;
}

/** What is told to who looks at a meeting when the projector shows something else. */
export const PROJECTOR_TOPIC = 'projector';

/** The use cases of the projector. */
export function createProjector(deps: ProjectorDeps): Projector {
  const { store, sessions, relay, clock } = deps;

  const tell = (meetingId: Id): void => relay.notice(roomName({ kind: 'agenda', meetingId }), PROJECTOR_TOPIC);

  function view({ meeting, state, link, code }: ProjectorSituation, caller: Caller): ProjectorView {
    const { roles } = participantIn(meeting, caller.personId);
    const runs = mayInMeeting({ roles, isAdmin: false }, stateOf(meeting), 'run-projector');
    return {
      ...state,
      groupIds: [...state.groupIds],
      join: code === null ? null : { code, url: `${deps.origin()}/g/${code}` },
      linkedAt: runs ? (link?.madeAt ?? null) : null,
    };
  }

  async function get(caller: Caller, meetingId: Id): Promise<ProjectorView> {
    const situation = await store.situation(meetingId);
    if (!situation) throw notFound();
    return view(situation, caller);
  }

  /** The older link is dead before anybody is answered: its token, its sessions and its sockets. */
  async function relink(caller: Caller, meetingId: Id, link: Parameters<ProjectorStore['relink']>[1]): Promise<void> {
    const done = await store.relink(
      meetingId,
      link,
      (meeting) => void requireIn(meeting, caller.personId, 'run-projector'),
    );
    if (!done) throw notFound();
    if (done.personId !== null)
      relay.disconnect({ personId: done.personId }, CLOSE.notSignedIn, 'the projector has another link');
    tell(meetingId);
  }

  return {
    get,
    async show(caller, meetingId, raw) {
      const input = projectorInput.parse(raw);
      const after = await store.show(meetingId, ({ meeting, state }) => {
        requireIn(meeting, caller.personId, 'run-projector');
        return { ...input, groupIds: [...new Set(input.groupIds)], version: state.version + 1 };
      });
      if (!after) throw notFound();
      tell(meetingId);
      return view(after, caller);
    },
    async makeLink(caller, meetingId) {
      const token = newToken();
      await relink(caller, meetingId, { tokenHash: hashToken(token), madeAt: clock(), newPersonId: newId() });
      return { url: `${deps.origin()}/storbild#${token}` };
    },
    async endLink(caller, meetingId) {
      await relink(caller, meetingId, null);
      return get(caller, meetingId);
    },
    async enter(caller, raw) {
      const tokenHash = hashToken(projectorEnterInput.parse(raw).token);
      const link = await store.byToken(tokenHash);
      if (!link) throw new Refusal('not-found', 'This link opens nothing.', { fields: { token: 'unknown' } });
      const { meetingId, personId } = link;
      if (caller && caller.personId !== personId && caller.isScreen !== true) {
        // Who takes part already looks on as who they are: their own session is not taken away by a link.
        if (await deps.takesPart(meetingId, caller.personId)) return { begun: null, meetingId };
        throw new Refusal('conflict', 'Sign out first: a screen is nobody.', { fields: { session: 'signed-in' } });
      }
      if (caller?.personId === personId) return { begun: null, meetingId };
      const begun = await sessions.begin(personId);
      // Replaced in the same moment: what was just begun was begun too late to be ended with the others.
      if ((await store.byToken(tokenHash)) === null) {
        await sessions.end(begun.caller.sessionId);
        throw new Refusal('not-found', 'This link opens nothing.', { fields: { token: 'unknown' } });
      }
      return { begun, meetingId };
    },
  };
}
