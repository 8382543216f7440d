/**
 * Why this file exists: how the server is, for its administrators: counts and times, and no word anybody wrote. An
 * administrator is no participant: of meetings they are not in they see that there is one, and not what it is called.
 */
import type { OperationsView } from '#shared/api.ts';
import { parseRoom } from '#shared/rooms.ts';
import { requireInHouse } from '../people/people.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import type { RelayStats } from '../relay/stats.ts';
import type { Backups, Meetings, Operations } from '../services.ts';
import type { History } from './history.ts';

export interface OperationsDeps {
  stats: RelayStats;
  relay: Pick<Relay, 'occupancy'>;
  meetings: Pick<Meetings, 'mine'>;
  backups: Backups;
  history: History;
  version: string;
  /** The relay's clock, which its `storageUnavailableSince` is told by. */
  clock: Clock;
  startedAt: number;
}

/** Most meetings listed. */
const LISTED = 50;

interface Occupied {
  people: Set<string>;
  connections: number;
}

export function createOperations(deps: OperationsDeps): Operations {
  const { stats, history } = deps;

  /** Who is where, by meeting: a person in the agenda and three items is one person there. */
  function occupied(): { meetings: Map<string, Occupied>; people: number } {
    const meetings = new Map<string, Occupied>();
    const everybody = new Set<string>();
    for (const [name, { people, connections }] of deps.relay.occupancy()) {
      const meetingId = parseRoom(name)?.meetingId;
      if (meetingId === undefined) continue;
      const known = meetings.get(meetingId) ?? { people: new Set(), connections: 0 };
      for (const person of people) {
        known.people.add(person);
        everybody.add(person);
      }
      known.connections += connections;
      meetings.set(meetingId, known);
    }
    return { meetings, people: everybody.size };
  }

  return {
    async live(caller): Promise<OperationsView> {
      requireInHouse(caller, 'see-operations');
      const mine = new Map((await deps.meetings.mine(caller)).map(({ id, title }) => [id, title]));
      const { meetings, people } = occupied();
      const last = deps.backups.last();
      const since = stats.storageUnavailableSince;
      return {
        at: Date.now(),
        startedAt: deps.startedAt,
        version: deps.version,
        now: {
          rooms: stats.rooms,
          people,
          connections: stats.connections,
          memory: process.memoryUsage.rss(),
          storageUnavailable: since === null ? null : Math.max(0, deps.clock() - since),
        },
        lastMinute: history.lastMinute(),
        counts: {
          refused: { ...stats.refused },
          resyncs: stats.resyncs,
          hashDifferences: stats.hashDifferences,
          hashReplacements: stats.hashReplacements,
          slowPeers: stats.slowPeers,
          malformed: stats.malformed,
          commitFailures: stats.commitFailures,
          loadErrors: stats.loadErrors,
          compactions: stats.compactions,
          compactionFailures: stats.compactionFailures,
        },
        backup: { nightly: deps.backups.nightly, last: last && { at: last.at, bytes: last.bytes } },
        meetings: [...meetings]
          .map(([meetingId, at]) => ({
            meetingId,
            title: mine.get(meetingId) ?? null,
            people: at.people.size,
            connections: at.connections,
          }))
          .sort((a, b) => b.people - a.people || (a.meetingId < b.meetingId ? -1 : 1))
          .slice(0, LISTED),
        stepMs: history.stepMs,
        samples: history.samples(),
      };
    },
  };
}
