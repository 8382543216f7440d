/**
 * Why this file exists: what happens to the server as a process: killed inside a compaction, ended by the system, stopped
 * and woken again, its file locked by another program, its limits reached. Each fault on a real process of its own.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { type FaultyOptions, type FaultyProcess, startFaulty } from '../support/faulty-process.ts';
import { openRaw } from '../support/light-client.ts';
import { random } from '../support/random.ts';
import { freePort, startInstallation, temporaryFolder } from '../support/server-process.ts';
import { untilSame } from './author.ts';
import { pause, Stage } from './stage.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** A server on its own folder; the port stays the same over restarts. */
async function start(options: Partial<FaultyOptions> & { dataDir?: string } = {}): Promise<FaultyProcess> {
  let { dataDir } = options;
  if (dataDir === undefined) {
    const folder = temporaryFolder();
    cleanups.push(() => folder.remove());
    dataDir = folder.path;
  }
  const server = await startFaulty({ port: await freePort(), ...options, dataDir });
  cleanups.push(() => server.end());
  return server;
}

async function set(server: FaultyProcess): Promise<Stage> {
  const stage = await Stage.set(server);
  cleanups.push(() => stage.close());
  return stage;
}

describe('F02 the process is killed inside a compaction', () => {
  const MOMENTS = [
    ['delete from room_update', 'kill-before'],
    ['delete from room_update', 'kill-after'],
    ['update room set', 'kill-before'],
    ['update room set', 'kill-after'],
    ['delete from room_span', 'kill-after'],
    ['insert into room_span', 'kill-after'],
    ['commit', 'kill-before'],
    ['commit', 'kill-after'],
  ] as const;
  it.each(MOMENTS)('at "%s", %s: the old form or the new, never neither', async (match, effect) => {
    const folder = temporaryFolder();
    cleanups.push(() => folder.remove());
    const options = {
      dataDir: folder.path,
      port: await freePort(),
      journalHere: true,
      limits: { warmMs: 100, heartbeatMs: 900 },
    };
    const server = await start(options);
    const stage = await set(server);
    const [anna, bo] = await stage.annaAndBo();
    const lots = random(2);
    for (let n = 0; n < 30; n++) {
      if (n % 6 === 5) anna.erase(lots);
      else anna.write(lots);
      bo.write(lots);
    }
    await stage.judge();
    // A commit is the compaction's when the statements before it were: nobody writes any more.
    await server.tell({ do: 'arm', fault: { match: `^${match}`, effect } });
    for (const author of stage.authors) author.client.provider.disconnect();
    expect((await server.ended).signal).toBe('SIGKILL');
    stage.server = await start(options);
    stage.oracle.checkRead(await stage.stored(), 'after the restart');
    for (const author of stage.authors) author.client.reconnect();
    await stage.judge();
  });
});

describe('F04 the system ends the process', () => {
  it('SIGTERM with people typing: all is written, everybody is sent away to come again, the end comes in time', async () => {
    const folder = temporaryFolder();
    cleanups.push(() => folder.remove());
    const first = await start({ dataDir: folder.path });
    const room = await first.freshRoom();
    const { house, port } = first;
    await first.end('SIGTERM');
    const server = await startInstallation({ dataDir: folder.path, port });
    cleanups.push(() => server.end());
    const people = house.cookies.map((cookie) => ({ url: server.url, cookie }));
    const stage = await Stage.set({ port, people, alive: true, freshRoom: async () => room });
    cleanups.push(() => stage.close());
    const codes: number[] = [];
    for (let n = 0; n < 10; n++) {
      const raw = await openRaw(people[n % people.length]!, room, {}, { query: '?v=1' });
      void raw.closed.then(({ code }) => codes.push(code));
    }
    const [anna, bo] = await stage.annaAndBo();
    for (const [n, author] of [anna, bo].entries()) author.type(random(n), 1, 4);
    await pause(500);
    const { code, ms } = await server.end('SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
    expect(codes.sort()).toEqual(Array(10).fill(1012));
    expect(server.stderr()).not.toMatch(/"level":(50|60)/);
    for (const author of [anna, bo]) author.rest();
    const again = await startInstallation({ dataDir: folder.path, port });
    cleanups.push(() => again.end());
    stage.oracle.checkRead(await stage.stored(), 'right after the restart');
    await stage.judge();
  });
});

describe('F05 the power may fail', () => {
  const strace =
    spawnSync('strace', ['-V']).status === 0 && spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
  it(
    strace
      ? 'every "saved" has a sync of the disk before it (counted with strace)'
      : 'the journal asks for full durability (there is no strace here to count its syncs)',
    async () => {
      if (!strace) {
        const server = await start();
        const db = new DatabaseSync(join(server.dataDir, 'radslag.sqlite'));
        expect(db.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
        db.close();
        return;
      }
      const folder = temporaryFolder();
      cleanups.push(() => folder.remove());
      const trace = join(folder.path, 'trace');
      const server = await start({
        dataDir: join(folder.path, 'data'),
        // The tracer is our grandchild: what is killed is the server.
        through: ['strace', '-D', '-f', '-qq', '-e', 'trace=fdatasync,fsync', '-o', trace],
        timeout: 60_000,
      });
      const stage = await set(server);
      const [anna] = await stage.annaAndBo();
      const syncs = (): number =>
        readFileSync(trace, 'utf8').match(/(fdatasync|fsync)\(.*= 0|resumed.*= 0/g)?.length ?? 0;
      const before = syncs();
      for (let n = 0; n < 25; n++) {
        anna.write();
        await anna.saved();
      }
      expect(syncs() - before).toBeGreaterThanOrEqual(25);
    },
  );
});

describe('F08 another program locks the file', () => {
  it('ten seconds: people type on, nobody is told "saved", the rest of the server answers, then all is saved', async () => {
    const server = await start();
    const stage = await set(server);
    const [anna, bo] = await stage.annaAndBo();
    const secretary = server.people[0]!;
    const other = new DatabaseSync(join(server.dataDir, 'radslag.sqlite'), { timeout: 10_000 });
    cleanups.push(() => other.close());
    other.exec('begin immediate');
    const saved = stage.oracle.ledgers.map((ledger) => ledger.acknowledged);
    for (const [n, author] of [anna, bo].entries()) author.type(random(n), 20, 60);
    await pause(200);
    // Somebody changes the meeting meanwhile: that waits, and nothing else waits for it.
    const change = fetch(`${server.url}/api/meetings/${server.house.meetingId}`, {
      method: 'PATCH',
      headers: { cookie: secretary.cookie, origin: server.url, 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Nytt namn' }),
    });
    const slowest = { ms: 0 };
    const asking = (async () => {
      for (let n = 0; n < 60; n++) {
        const from = performance.now();
        await fetch(`${server.url}/healthz`);
        slowest.ms = Math.max(slowest.ms, performance.now() - from);
        await pause(150);
      }
    })();
    await pause(9_500);
    expect(stage.oracle.ledgers.map((ledger) => ledger.acknowledged)).toEqual(saved);
    other.exec('rollback');
    await asking;
    expect(slowest.ms, 'the slowest answer').toBeLessThan(1_000);
    expect([200, 503]).toContain((await change).status);
    await stage.judge();
    stage.oracle.checkRead(await stage.stored(), 'at the end');
  });
});

describe('F30 the process stands still', () => {
  it('five seconds: nobody is signed out, nobody has to come again, and what was typed meanwhile is there', async () => {
    const server = await start();
    const stage = await set(server);
    const authors = server.people.map((_, n) => stage.open(['anna', 'bo', 'cilla', 'david', 'elsa', 'frida'][n]!, n));
    await Promise.all(authors.map((author) => author.saved()));
    const clients = authors.map((author) => author.client);
    server.signal('SIGSTOP');
    for (const [n, author] of authors.entries()) author.type(random(n), 20, 80);
    await pause(5_000);
    server.signal('SIGCONT');
    await stage.judge();
    expect(authors.flatMap((author) => author.finalCloses)).toEqual([]);
    expect(authors.map((author) => author.client)).toEqual(clients);
  });
});

describe('F20 the server is restarted under a hundred clients', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    '%s: all are back in step within ten seconds, nothing twice',
    async (signal) => {
      const folder = temporaryFolder();
      cleanups.push(() => folder.remove());
      const options = { dataDir: folder.path, port: await freePort() };
      const server = await start(options);
      const stage = await set(server);
      const authors = Array.from({ length: 100 }, (_, n) => stage.open(`p${letters(n)}q`, n % server.people.length));
      await Promise.all(authors.map((author) => author.saved(30_000)));
      for (const [n, author] of authors.slice(0, 10).entries()) author.type(random(n), 50, 150);
      await pause(500);
      await server.end(signal);
      await pause(300);
      for (const author of authors) author.rest();
      await start(options);
      stage.oracle.checkRead(await stage.stored(), 'right after the restart');
      const from = performance.now();
      await Promise.all(authors.map((author) => author.saved(20_000)));
      expect(performance.now() - from).toBeLessThan(10_000);
      await untilSame(authors);
      stage.oracle.checkQuiet(new Map(authors.map((author) => [author.ledger.name, author.words()])), 'at the end');
    },
  );
});

describe('F48 the process may open no more files', () => {
  it('who is in stays in and goes on; newcomers come in when there is room', async () => {
    const server = await start({ through: ['prlimit', '--nofile=60:60'] });
    const stage = await set(server);
    const [anna, bo] = await stage.annaAndBo();
    const crowd: Awaited<ReturnType<typeof openRaw>>[] = [];
    let refused = 0;
    for (let n = 0; n < 60; n++) {
      const came = await Promise.race([
        openRaw(server.people[n % 6]!, stage.room, {}, { query: '?v=1' }).catch(() => null),
        pause(250).then(() => null),
      ]);
      if (came) crowd.push(came);
      else refused += 1;
      if (refused > 3) break;
    }
    expect(refused).toBeGreaterThan(0);
    for (let n = 0; n < 5; n++) {
      anna.write();
      bo.write();
    }
    await stage.judge();
    for (const client of crowd) client.socket.terminate();
    const cilla = stage.open('cilla', 2);
    await cilla.synced(20_000);
    cilla.write();
    await stage.judge();
  });
});

function letters(n: number): string {
  return n < 26 ? String.fromCharCode(97 + n) : letters(Math.floor(n / 26) - 1) + String.fromCharCode(97 + (n % 26));
}
