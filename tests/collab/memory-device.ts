/** Why this file exists: Node has no IndexedDB; room clients are tested over a device that keeps things in memory. */
import * as Y from 'yjs';
import type { RoomDevice, StoredOnDevice, Unsent } from '../../client/collab/device.ts';
import type { Refusal } from '../../client/collab/types.ts';

/** One device; `page` gives what a fresh page load on it sees. */
export class MemoryDevice {
  readonly updates = new Map<string, Uint8Array[]>();
  readonly epochs = new Map<string, string>();
  unsent: Unsent[] = [];
  refused: Refusal[] = [];

  page(tab: string = crypto.randomUUID()): RoomDevice {
    const device = this;
    return {
      available: true,
      tab,
      onUnavailable: () => () => {},
      async load(room): Promise<StoredOnDevice> {
        const updates = device.updates.get(room) ?? [];
        return {
          update: updates.length > 0 ? Y.mergeUpdates(updates) : null,
          epoch: device.epochs.get(room) ?? null,
          unsent: device.unsent.filter((entry) => entry.room === room),
          refused: device.refused.filter((refusal) => refusal.room === room),
        };
      },
      async append(room, updates, unsent) {
        device.updates.set(room, [...(device.updates.get(room) ?? []), ...updates]);
        if (unsent)
          device.unsent = [...device.unsent.filter((entry) => entry.room !== room || entry.tab !== unsent.tab), unsent];
      },
      async confirm(entries) {
        device.unsent = device.unsent.filter(
          (kept) =>
            !entries.some((done) => done.room === kept.room && done.tab === kept.tab && kept.version <= done.version),
        );
      },
      async setEpoch(room, epoch) {
        device.epochs.set(room, epoch);
      },
      async replaceByRefusal(room, refusal) {
        device.updates.delete(room);
        device.epochs.delete(room);
        device.unsent = device.unsent.filter((entry) => entry.room !== room);
        if (refusal) device.refused.push(refusal);
      },
      async forgetRefusal(id) {
        device.refused = device.refused.filter((refusal) => refusal.id !== id);
      },
    };
  }
}
