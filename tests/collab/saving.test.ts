/** Why this file exists: "Sparat" must never be said of what the server has not committed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hasUnsaved,
  reduceSaving,
  SAVING_START,
  type SavingEvent,
  type SavingState,
  savingStatus,
  worstStatus,
} from '../../client/collab/saving.ts';

const run = (...events: SavingEvent[]): SavingState => events.reduce(reduceSaving, SAVING_START);
const status = (...events: SavingEvent[]) => savingStatus(run(...events));

const WRITER: SavingEvent = { type: 'access', writable: true };
const ONLINE: SavingEvent = { type: 'online' };
const edited = (n: number, characters = 1): SavingEvent => ({ type: 'edited', n, characters, at: n });
const synced = (n: number): SavingEvent => ({ type: 'synced', n, at: n });
const received = (n: number): SavingEvent => ({ type: 'received', n });
const persisted = (n: number): SavingEvent => ({ type: 'persisted', n, at: 1000 + n });

describe('saving', () => {
  test('before sync nothing is saved, nor before the mark of the sync is answered', () => {
    expect(status(WRITER)).toBe('offline');
    expect(status(WRITER, ONLINE)).toBe('sending');
    expect(status(WRITER, ONLINE, synced(1))).toBe('sending');
    expect(status(WRITER, ONLINE, synced(1), received(1))).toBe('received');
    expect(status(WRITER, ONLINE, synced(1), received(1), persisted(1))).toBe('saved');
  });

  test('an edit goes through the three states; an older answer does not save a newer edit', () => {
    const ready = [WRITER, ONLINE, synced(1), persisted(1)];
    expect(status(...ready, edited(2))).toBe('sending');
    expect(status(...ready, edited(2), received(2))).toBe('received');
    expect(status(...ready, edited(2), edited(3), received(2), persisted(2))).toBe('sending');
    expect(status(...ready, edited(2), edited(3), received(3), persisted(3))).toBe('saved');
  });

  test('what the socket lost is unsaved until the mark after the next sync is answered', () => {
    const lost = [WRITER, ONLINE, synced(1), persisted(1), edited(2), received(2), { type: 'offline' } as const];
    expect(status(...lost)).toBe('offline');
    expect(status(...lost, ONLINE)).toBe('sending');
    expect(status(...lost, ONLINE, synced(3))).toBe('sending');
    expect(status(...lost, ONLINE, synced(3), persisted(3))).toBe('saved');
  });

  test('text from the device counts as unsaved until a mark sent after sync is answered', () => {
    const state = run(WRITER, { type: 'device-loaded', unsent: true }, ONLINE, synced(1));
    expect(hasUnsaved(state)).toBe(true);
    expect(savingStatus(state)).toBe('sending');
    expect(hasUnsaved(reduceSaving(state, persisted(1)))).toBe(false);
  });

  test('a reader without changes waits for no answer; one with changes is not told they are saved', () => {
    expect(status(ONLINE, synced(1))).toBe('saved');
    expect(status(ONLINE, edited(1), synced(2))).toBe('sending');
  });

  test('the time is that of the commit, and stays while a new edit is on its way', () => {
    const state = run(WRITER, ONLINE, synced(1), persisted(1));
    expect(state.lastSavedAt).toBe(1001);
    expect(reduceSaving(state, edited(2)).lastSavedAt).toBe(1001);
  });

  test('refused stands above everything until it is dismissed', () => {
    const ready: SavingEvent[] = [WRITER, ONLINE, synced(1), persisted(1), { type: 'refused' }];
    expect(status(...ready)).toBe('refused');
    expect(status(...ready, { type: 'refusals-seen' })).toBe('saved');
  });

  test('several rooms: the worst wins', () => {
    expect(worstStatus([])).toBe('saved');
    expect(worstStatus(['saved', 'received'])).toBe('received');
    expect(worstStatus(['sending', 'received', 'offline', 'saved'])).toBe('offline');
    expect(worstStatus(['offline', 'refused'])).toBe('refused');
  });

  test('property: saved means the latest change and the mark of this connection have been committed', () => {
    const event = fc.oneof(
      fc.constant('edit'),
      fc.constant('online'),
      fc.constant('offline'),
      fc.constant('sync'),
      fc.constant('device'),
      fc.nat(40).map((n) => ({ answer: n })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (steps) => {
        let state = reduceSaving(SAVING_START, WRITER);
        let n = 0;
        // The model: what the server has committed of this connection's marks, and what must be in it.
        let sent = new Set<number>();
        let committed = 0;
        let online = false;
        let isSynced = false;
        let unsure = false;
        for (const step of steps) {
          if (step === 'edit') {
            state = reduceSaving(state, edited(++n));
            if (isSynced) sent.add(n);
          } else if (step === 'online' && !online) {
            online = true;
            sent = new Set();
            committed = 0;
            state = reduceSaving(state, ONLINE);
          } else if (step === 'offline') {
            online = false;
            isSynced = false;
            state = reduceSaving(state, { type: 'offline' });
          } else if (step === 'sync' && online && !isSynced) {
            isSynced = true;
            sent.add(++n);
            state = reduceSaving(state, synced(n));
          } else if (step === 'device' && !isSynced) {
            unsure = true;
            state = reduceSaving(state, { type: 'device-loaded', unsent: true });
          } else if (typeof step === 'object' && sent.has(step.answer)) {
            committed = Math.max(committed, step.answer);
            unsure = false;
            state = reduceSaving(state, persisted(step.answer));
          }
          if (savingStatus(state) === 'saved') {
            expect(isSynced).toBe(true);
            expect(committed).toBe(n);
            expect(unsure).toBe(false);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
