/**
 * Why this file exists: a page has several rooms open and one place that says whether everything is saved. The worst
 * room decides.
 */
import { CLOSE } from '#shared/wire.ts';
import type { RoomClient } from './room-client.ts';
import { worstStatus } from './saving.ts';
import type { Refusal, RoomState, SavingStatus } from './types.ts';

export interface SavingSummary {
  status: SavingStatus;
  /** Server's clock, milliseconds; the latest of the rooms' times, only meaningful with `saved`. */
  lastSavedAt: number | null;
  pendingCharacters: number;
  pendingSince: number | null;
  deviceStorage: 'ok' | 'unavailable';
  /** The server cannot store just now; nothing is lost, nothing is acknowledged. */
  storageTrouble: boolean;
  refused: readonly Refusal[];
  /** A new version of the program must be loaded (4426). */
  mustReload: boolean;
}

/** A room this person was never let into holds nothing of theirs: there is nothing to save there, and no line to wait for. */
function counts({ closedCode, everSynced, pendingCharacters, refused }: RoomState): boolean {
  const shut = closedCode === CLOSE.noAccess || closedCode === CLOSE.noSuchRoom;
  return !shut || everSynced || pendingCharacters > 0 || refused.length > 0;
}

/** One answer for several rooms. */
export function aggregateSaving(clients: Iterable<Pick<RoomClient, 'state'>>): SavingSummary {
  const states: RoomState[] = [...clients].map((client) => client.state).filter(counts);
  const times = states.map((state) => state.lastSavedAt).filter((at) => at !== null);
  const since = states.map((state) => state.pendingSince).filter((at) => at !== null);
  return {
    status: worstStatus(states.map((state) => state.saving)),
    lastSavedAt: times.length > 0 ? Math.max(...times) : null,
    pendingCharacters: states.reduce((sum, state) => sum + state.pendingCharacters, 0),
    pendingSince: since.length > 0 ? Math.min(...since) : null,
    deviceStorage: states.some((state) => state.deviceStorage === 'unavailable') ? 'unavailable' : 'ok',
    storageTrouble: states.some((state) => state.accessReason === 'storage'),
    refused: states.flatMap((state) => state.refused),
    mustReload: states.some((state) => state.closedCode === 4426),
  };
}

/** The words of rooms as one plain text file: a copy to keep when saving fails. `titles` names rooms. */
export function downloadCopy(
  clients: Iterable<Pick<RoomClient, 'name' | 'text'>>,
  titles: ReadonlyMap<string, string> = new Map(),
): string {
  const parts: string[] = [];
  for (const client of clients) {
    const text = client.text();
    if (text !== '') parts.push(`${titles.get(client.name) ?? client.name}\n\n${text}\n`);
  }
  return parts.join('\n');
}
