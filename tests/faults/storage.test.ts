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
  // Rooms nobody is in are let go at once, so that compactions can be waited for.
  host = await openInProcess({ limits: { warmMs: 100, heartbeatMs: 900 } });
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

describe('F06 a statement of the journal fails once', () => {
  it.each(JOURNAL.flatMap((statement) => (['full', 'io', 'busy'] as const).map((effect) => ({ statement, effect }))))(
    '$statement, $effect: tried again, nobody notices',
    async ({ statement, effect }) => {
      const [anna, bo] = await stage.annaAndBo();
      // A room's row is only asked for by a thread that has not written there yet.
      await host.restart();
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

describe('compaction fails', () => {
  const STATEMENTS = [
    'begin immediate',
    'delete from room_update',
    'update room set',
    'delete from room_span',
    'commit',
  ];
  it.each(STATEMENTS)('F06 at "%s": the rows stay, and the next one succeeds', async (statement) => {
    const [anna] = await stage.annaAndBo();
    for (let n = 0; n < 20; n++) anna.write(random(n));
    await stage.judge();
    host.store.decide = (call) => {
      if (call === 'compact') faultySqlite.arm({ match: new RegExp(`^${statement}`, 'i'), effect: 'io', times: 1 });
      return 'pass';
    };
    await stage.leaveAndRest(host);
    expect(faultySqlite.clear()).toBeGreaterThan(0);
    host.store.decide = () => 'pass';
    stage.oracle.checkRead(await stage.stored(), 'after the failure');
    await host.restart();
    stage.oracle.checkRead(await stage.stored(), 'after a restart');
  });
});

describe('F06 a reading fails at its end', () => {
  it('and the next commit is not refused for it', async () => {
    const [anna, bo] = await stage.annaAndBo();
    await host.restart();
    // The next room that is read has its transaction left open by the disk, once; so has the one after.
    faultySqlite.arm({ match: /^commit/i, effect: 'io', times: 2 });
    faultySqlite.arm({ match: /^rollback/i, effect: 'io', times: 1 });
    anna.write();
    bo.write();
    await stage.judge();
    expect(faultySqlite.clear()).toBe(3);
  });
});

describe('F07 the disk is full', () => {
  it('readers read, writers are told, all is saved without a reload when there is room again', async () => {
    const [anna, bo] = await stage.annaAndBo();
    const pages = [anna.client, bo.client];
    anna.write();
    await stage.judge();
    faultySqlite.fillUp();
    const lots = random(7);
    while (anna.state.accessReason !== 'storage') {
      for (let n = 0; n < 20; n++) anna.write(lots);
      await pause(25);
    }
    await readOnly(bo);
    expect(anna.state.saving).not.toBe('saved');
    expect(anna.state.refused).toEqual([]);
    // Newcomers read what is stored, and nothing else; what was said to be saved is in it.
    stage.oracle.checkRead(await stage.stored(), 'while the disk is full');
    bo.write();
    faultySqlite.makeRoom();
    await stage.judge();
    expect([anna.client, bo.client]).toEqual(pages);
    await host.restart();
    stage.oracle.checkRead(await stage.stored(), 'after a restart');
  });
});

describe('F09 the file cannot be written', () => {
  it.each(['io', 'full'] as const)('%s on every write: as when it is full, until it can', async (effect) => {
    const [anna, bo] = await stage.annaAndBo();
    faultySqlite.arm({ match: /^(insert|update|delete)/i, effect });
    anna.write();
    bo.write();
    await Promise.all([readOnly(anna), readOnly(bo)]);
    expect(stage.oracle.ledgers.map((ledger) => ledger.acknowledged)).toEqual([0, 0]);
    expect(await stage.stored()).toEqual([]);
    expect(faultySqlite.clear()).toBeGreaterThan(1);
    await stage.judge();
  });

  it('read-only: likewise', async () => {
    const [anna, bo] = await stage.annaAndBo();
    faultySqlite.pragma('query_only = on');
    anna.write();
    await Promise.all([readOnly(anna), readOnly(bo)]);
    faultySqlite.pragma('query_only = off');
    await stage.judge();
  });
});

describe('F10 a stored row is damaged', () => {
  it.each(['torn', 'emptied'] as const)('%s: the rest opens and can be written in, and it is logged', async (how) => {
    const [anna, bo] = await stage.annaAndBo();
    for (let n = 0; n < 6; n++) {
      bo.write();
      await bo.saved();
    }
    anna.write();
    await stage.judge();
    await host.server.stop();
    const db = new DatabaseSync(host.file);
    const rows = db
      .prepare('select seq from room_update where room = (select number from room where name = ?) order by seq')
      .all(stage.room);
    const { seq } = rows[rows.length - 3] as { seq: number };
    db.prepare(
      how === 'torn'
        ? 'update room_update set data = substr(data, 1, length(data) - 7) where seq = ?'
        : "update room_update set data = x'' where seq = ?",
    ).run(seq);
    db.close();
    anna.close();
    bo.client.provider.disconnect();
    await host.restart();
    // Words that stood on the lost one wait for it; the others are read, once each, and one goes on writing.
    const seen = await stage.stored();
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(new Set(seen).size).toBe(seen.length);
    expect(host.log.some((line) => line.msg === 'row-broken' && line.room === stage.room)).toBe(true);
    const cilla = stage.open('cilla', 2);
    await cilla.synced();
    const word = cilla.write();
    await cilla.saved();
    expect(await stage.stored()).toContain(word);
  });
});

describe('F11 a room cannot be read', () => {
  it('its people wait, nothing empty is shown or stored, and they are in when it can', async () => {
    const [anna] = await stage.annaAndBo();
    anna.write();
    await stage.judge();
    await host.restart();
    host.store.decide = (call) => (call === 'load' ? 'fail' : 'pass');
    const cilla = stage.open('cilla', 2);
    await pause(700);
    expect(cilla.state.synced).toBe(false);
    expect(cilla.client.doc.store.clients.size).toBe(0);
    host.store.decide = () => 'pass';
    await cilla.synced();
    cilla.write();
    await stage.judge();
  });
});

describe('the disk answers wrongly', () => {
  it('F24 stored, then said to have failed: tried again, and there once', async () => {
    const [anna, bo] = await stage.annaAndBo();
    let denied = 0;
    host.store.decide = (call) => (call === 'append' && denied++ === 0 ? 'denied' : 'pass');
    for (let n = 0; n < 3; n++) anna.write();
    bo.write();
    await stage.judge();
    expect(denied).toBeGreaterThan(1);
    await host.restart();
    stage.oracle.checkRead(await stage.stored(), 'after a restart');
  });
});

describe('the disk is slow', () => {
  it('F47 200 ms a commit: what is typed stands at once, answers come late, commits are few and large', async () => {
    const [anna, bo] = await stage.annaAndBo();
    const before = host.store.batches.length;
    const from = performance.now();
    host.store.decide = (call) => (call === 'append' ? { delay: 200 } : 'pass');
    for (const [n, author] of [anna, bo].entries()) author.type(random(n), 1, 6);
    await pause(1_500);
    for (const author of [anna, bo]) author.rest();
    expect(anna.state.access).toBe('write');
    await stage.judge();
    // One commit after the other, each with all that gathered meanwhile.
    expect(host.store.batches.length - before).toBeLessThanOrEqual((performance.now() - from) / 200 + 1);
  });

  it('F27 leaving and returning while the last commit runs: no text from before it', async () => {
    const gate = Promise.withResolvers<void>();
    const [anna, bo] = await stage.annaAndBo();
    host.store.decide = (call) => (call === 'append' ? { until: gate.promise } : 'pass');
    anna.write();
    bo.write();
    await pause(50);
    for (const author of [anna, bo]) author.client.provider.disconnect();
    await pause(50);
    const cilla = stage.open('cilla', 2);
    await cilla.synced();
    for (const author of [anna, bo]) author.client.reconnect();
    gate.resolve();
    await stage.judge();
  });

  it('F36 rooms that open and close while it is slow: one compaction at a time, and all is stored', async () => {
    host.store.decide = (call) => (call === 'compact' ? { delay: 300 } : 'pass');
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, host.store.running.compact);
    }, 5);
    try {
      for (let round = 0; round < 3; round++) {
        const anna = stage.open('anna', 0, stage.authors[0] ? { ledger: stage.authors[0].ledger } : {});
        await anna.synced();
        for (let n = 0; n < 5; n++) anna.write();
        await anna.saved();
        anna.close();
        await stage.leaveAndRest(host);
      }
    } finally {
      clearInterval(watch);
    }
    expect(most).toBe(1);
    stage.oracle.checkRead(await stage.stored(), 'at the end');
  });
});
