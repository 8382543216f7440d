/** Why this file exists: an ongoing meeting with a list of speakers, on a real server, for the tests of the list. */
import { DatabaseSync } from 'node:sqlite';
import type { FloorView } from '#shared/floor/api.ts';
import type { TurnKind } from '#shared/floor/floor.ts';
import type { House, Visitor } from '../http/house.ts';
import { openWorkshopHouse, type WorkshopHouse } from '../workshops/house.ts';

export interface FloorHouse extends Omit<WorkshopHouse, 'house'> {
  house: House;
  /** What the list's clock says, milliseconds; to be set by the test. */
  time: { now: number };
  root: string;
  /** A change under the list's address, or a look at it. Throws Refused. */
  floor(as: Visitor, method?: string, path?: string, json?: unknown): Promise<FloorView>;
  request(as: Visitor, kind?: TurnKind, more?: object): Promise<FloorView>;
  /** By the facilitator, as they see it now. */
  next(as?: Visitor): Promise<FloorView>;
  end(as?: Visitor): Promise<FloorView>;
  /** As if nobody had touched it. */
  empty(): void;
}

/** Close `house` afterwards. */
export async function openFloorHouse(): Promise<FloorHouse> {
  const time = { now: Date.now() };
  const at = await openWorkshopHouse({ clock: () => time.now });
  const root = `/api/meetings/${at.meetingId}/floor`;
  const floor: FloorHouse['floor'] = (as, method = 'GET', path = '', json) =>
    at.ask<FloorView>(as, method, root + path, json);
  const step = async (as: Visitor, path: string) =>
    floor(as, 'POST', path, { step: (await floor(at.facilitator)).step });
  const { meetings } = at.house.server.services;
  const { version } = await meetings.get(at.facilitator.caller, at.meetingId);
  await meetings.changePhase(at.facilitator.caller, at.meetingId, { phase: 'ongoing', version });
  await meetings.setCurrentItem(at.facilitator.caller, at.meetingId, at.itemId);
  return {
    ...at,
    time,
    root,
    floor,
    request: (as, kind = 'speech', more = {}) => floor(as, 'POST', '/requests', { kind, ...more }),
    next: (as = at.facilitator) => step(as, '/next'),
    end: (as = at.facilitator) => step(as, '/end'),
    empty() {
      // Past all use cases: they count how often somebody presses.
      const db = new DatabaseSync(at.house.file, { timeout: 5_000 });
      for (const table of ['floor_request', 'floor_turn', 'floor']) db.exec(`delete from ${table}`);
      db.close();
    },
  };
}
