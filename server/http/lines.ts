/**
 * Why this file exists: all lines of one server, what one person may have of them, and the way of a channel through the
 * same door as a socket (collab.ts).
 */
import { randomBytes } from 'node:crypto';
import { CLOSE } from '#shared/wire.ts';
import type { Relay } from '../relay/ports.ts';
import { admit, type CollabDeps } from './collab.ts';
import { Line, type LineHost, type LineOwner } from './line.ts';
import type { LineChannel } from './line-channel.ts';
import type { SocketWatch } from './socket-watch.ts';
import { roomIn } from './upgrade.ts';

/** What is counted of the lines. `lines` and `channels` are now; the others only rise. */
export interface LineStats {
  lines: number;
  linesOpened: number;
  channels: number;
  channelsOpened: number;
  /** Requests that brought what had been taken before. */
  repeated: number;
}

export function createLineStats(): LineStats {
  return { lines: 0, linesOpened: 0, channels: 0, channelsOpened: 0, repeated: 0 };
}

export interface LinesDeps extends Pick<CollabDeps, 'services' | 'cookies' | 'failed'> {
  relay: Pick<Relay, 'connect'>;
  watch: Pick<SocketWatch, 'add' | 'remove'>;
  stats: LineStats;
  /** There is no room for one more. */
  full(): boolean;
  limits?: Partial<LineLimits>;
}

export interface LineLimits {
  /** Lines of one person at the same time: pages that are open, and those that vanished without a word a while ago. */
  perPerson: number;
  /** Requests of one session that wait for news at the same time: a browser has six connections for all its pages. */
  hanging: number;
}

const LIMITS: LineLimits = { perPerson: 32, hanging: 3 };

export interface Lines {
  /** A new line of theirs; `full` and `too-many` when there is none to be had. */
  open(owner: LineOwner): Line | 'full' | 'too-many';
  /** `null` also for a line of another session: nobody learns that there is one. */
  find(id: string, sessionId: string): Line | null;
  /** Lets nobody in any more. */
  close(): void;
  readonly stopping: boolean;
}

/** Random bytes in a line's id. Whoever knows one needs its session too. */
const ID_BYTES = 24;

export function createLines(deps: LinesDeps): Lines {
  const { relay, watch, stats } = deps;
  const limits = { ...LIMITS, ...deps.limits };
  const lines = new Map<string, Line>();
  const ofPerson = new Map<string, number>();
  /** By session, those whose requests wait, the longest-waiting first. */
  const waiting = new Map<string, Set<Line>>();
  let stopping = false;

  function letIn(channel: LineChannel, asked: string, cookie: string | undefined): void {
    try {
      const query = asked.indexOf('?');
      const room = roomIn(`/collab/${query < 0 ? asked : asked.slice(0, query)}`);
      if (stopping) channel.close(CLOSE.restart, 'the server stops');
      else if (room === null) channel.close(CLOSE.noSuchRoom, 'no such room');
      else {
        const admitted = admit(
          { room, query: new URLSearchParams(query < 0 ? '' : asked.slice(query)), cookie, requestId: null },
          deps,
        );
        if ('code' in admitted) channel.close(admitted.code, admitted.reason);
        else channel.begin(relay.connect(channel, admitted));
      }
    } catch (error) {
      deps.failed(error);
      channel.close(CLOSE.internal, 'access could not be decided');
    }
  }

  const host: LineHost = {
    admit: letIn,
    hangs(line, hanging) {
      const { sessionId } = line;
      const those = waiting.get(sessionId) ?? new Set();
      if (!hanging) {
        those.delete(line);
        if (those.size === 0) waiting.delete(sessionId);
        return;
      }
      those.add(line);
      waiting.set(sessionId, those);
      const [longest] = those;
      if (those.size > limits.hanging) longest?.sendAway();
    },
    ended(line) {
      lines.delete(line.id);
      watch.remove(line);
      const left = (ofPerson.get(line.personId) ?? 1) - 1;
      if (left > 0) ofPerson.set(line.personId, left);
      else ofPerson.delete(line.personId);
      stats.lines--;
    },
    get stopping() {
      return stopping;
    },
    now: () => performance.now(),
    stats,
  };

  return {
    open(owner) {
      if (stopping || deps.full()) return 'full';
      const has = ofPerson.get(owner.personId) ?? 0;
      if (has >= limits.perPerson) return 'too-many';
      const line = new Line(randomBytes(ID_BYTES).toString('base64url'), owner, host);
      lines.set(line.id, line);
      ofPerson.set(owner.personId, has + 1);
      watch.add(line);
      stats.lines++;
      stats.linesOpened++;
      return line;
    },
    find(id, sessionId) {
      const line = lines.get(id);
      return line?.sessionId === sessionId ? line : null;
    },
    close() {
      stopping = true;
    },
    get stopping() {
      return stopping;
    },
  };
}
