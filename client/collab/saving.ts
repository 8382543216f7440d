/**
 * Why this file exists: the truth about saving, as a pure reducer. Every own change raises `latest`; the server answers
 * marks with `received` and, after its commit, `persisted`. Nothing is called saved before the answer to the latest mark
 * in this very connection: what lies in IndexedDB, or was on its way when a socket died, counts as unsaved until then.
 */
import type { SavingStatus } from './types.ts';

export interface SavingState {
  /** Number of the latest own change; marks carry it. */
  latest: number;
  /** Highest mark answered with 123. */
  received: number;
  /** Highest mark answered with 121. */
  persisted: number;
  /** Changes known to be behind a commit, over all connections. */
  settled: number;
  online: boolean;
  /** The mark sent at sync in this connection; `null` before sync. */
  syncMark: number | null;
  /** This person may write here, so the server answers marks. */
  writable: boolean;
  /** Changes not yet committed, oldest first. */
  pending: readonly PendingChange[];
  lastSavedAt: number | null;
  refused: boolean;
  /** The device holds text of which it is not known whether the server has it. */
  unsureDevice: boolean;
}

export interface PendingChange {
  n: number;
  characters: number;
  at: number;
}

export type SavingEvent =
  | { type: 'edited'; n: number; characters: number; at: number }
  | { type: 'device-loaded'; unsent: boolean }
  | { type: 'online' }
  | { type: 'offline' }
  /** The document is in step and mark `n` has been sent behind everything. */
  | { type: 'synced'; n: number; at: number }
  | { type: 'received'; n: number }
  | { type: 'persisted'; n: number; at: number }
  | { type: 'access'; writable: boolean }
  | { type: 'refused' }
  | { type: 'refusals-seen' };

export const SAVING_START: SavingState = {
  latest: 0,
  received: 0,
  persisted: 0,
  settled: 0,
  online: false,
  syncMark: null,
  writable: false,
  pending: [],
  lastSavedAt: null,
  refused: false,
  unsureDevice: false,
};

/** The next state; the same object when nothing changes. */
export function reduceSaving(state: SavingState, event: SavingEvent): SavingState {
  switch (event.type) {
    case 'edited':
      return {
        ...state,
        latest: event.n,
        pending: [...state.pending, { n: event.n, characters: event.characters, at: event.at }],
      };
    case 'device-loaded':
      return event.unsent && !state.unsureDevice ? { ...state, unsureDevice: true } : state;
    case 'online':
      return state.online ? state : { ...state, online: true, syncMark: null, received: state.settled };
    case 'offline':
      return !state.online && state.syncMark === null
        ? state
        : { ...state, online: false, syncMark: null, received: state.settled };
    case 'synced': {
      const next = { ...state, latest: Math.max(state.latest, event.n), syncMark: event.n };
      // A reader's marks are not answered; without own changes there is nothing to wait for.
      return !state.writable && state.pending.length === 0 && !state.unsureDevice
        ? { ...next, lastSavedAt: event.at }
        : next;
    }
    case 'received':
      return event.n > state.received && event.n <= state.latest ? { ...state, received: event.n } : state;
    case 'persisted': {
      if (event.n > state.latest) return state;
      const settled = Math.max(state.settled, event.n);
      const next: SavingState = {
        ...state,
        received: Math.max(state.received, event.n),
        persisted: Math.max(state.persisted, event.n),
        settled,
        pending: state.pending.filter((change) => change.n > settled),
        unsureDevice: state.unsureDevice && !(state.syncMark !== null && event.n >= state.syncMark),
      };
      return savingStatus({ ...next, refused: false }) === 'saved' ? { ...next, lastSavedAt: event.at } : next;
    }
    case 'access':
      return state.writable === event.writable ? state : { ...state, writable: event.writable };
    case 'refused':
      return state.refused ? state : { ...state, refused: true };
    case 'refusals-seen':
      return state.refused ? { ...state, refused: false } : state;
  }
}

/** What to say. The worst that is true comes first. */
export function savingStatus(state: SavingState): SavingStatus {
  if (state.refused) return 'refused';
  if (!state.online) return 'offline';
  if (state.syncMark === null) return 'sending';
  if (!state.writable && state.pending.length === 0 && !state.unsureDevice) return 'saved';
  if (state.persisted >= state.latest && state.persisted >= state.syncMark) return 'saved';
  return state.received >= state.latest ? 'received' : 'sending';
}

/** Whether closing the page now could leave words on this device only. */
export function hasUnsaved(state: SavingState): boolean {
  return state.pending.length > 0 || state.unsureDevice;
}

const ORDER: readonly SavingStatus[] = ['refused', 'offline', 'sending', 'received', 'saved'];

/** The worst of several; `saved` when there are none. */
export function worstStatus(statuses: Iterable<SavingStatus>): SavingStatus {
  let worst: SavingStatus = 'saved';
  for (const status of statuses) if (ORDER.indexOf(status) < ORDER.indexOf(worst)) worst = status;
  return worst;
}
