/**
 * Why this file exists: what disks do to a room while people write in it: each single statement failing once, a full disk,
 * errors, a lock held by somebody else, slowness, a row that was torn, a room that cannot be read. People write on,
 * are told "not saved" while it is so, and everything is saved without a reload when the disk is well again.
 */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { random } from '../support/random.ts';
import type { Author } from './author.ts';
import { faultySqlite, type InProcess, openInProcess } from './in-process.ts';
import { pause, Stage } from './stage.ts';

let host: InProcess;
let stage: Stage;

/** Statements of the journal's commit, as they come. */
const JOURNAL = [
  'begin immediate',
  'insert into room ',
  'insert into room_update',
  'insert into room_client',
  'commit',
];

beforeAll(async () => {
  host = await openInProcess();
});
beforeEach(async () => {
  stage = await Stage.set(host);
});
afterEach(async () => {
  faultySqlite.clear();
  faultySqlite.makeRoom();
  host.store.decide = () => 'pass';
  await stage.close();
});
afterAll(() => host.close());

const readOnly = (author: Author): Promise<void> =>
  author.until('told that storage fails', (state) => state.access === 'read' && state.accessReason === 'storage');
const health = async (): Promise<number> => (await fetch(`${host.server.url}/healthz`)).status;

describe('F06 a statement of the journal fails once', () => {
  it.each(JOURNAL.flatMap((statement) => (['full', 'io', 'busy'] as const).map((effect) => ({ statement, effect }))))(
    '$statement, $effect: tried again, nobody notices',
    async ({ statement, effect }) => {
      const [anna, bo] = await stage.annaAndBo();
      faultySqlite.arm({ match: new RegExp(`^${statement}`, 'i'), effect, times: 1 });
      for (let n = 0; n < 3; n++) {
        anna.write();
        bo.write();
      }
      await stage.judge();
      expect(faultySqlite.clear()).toBe(1);
      expect(await stage.stored()).toEqual(anna.words());
    },
  );
});
