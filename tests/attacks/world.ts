/**
 * Why this file exists: what "refused" means is said here once. Around every case: the tables and the content of the
 * rooms are what they were, nobody else in the rooms has been sent anything, the server lives, its event loop has not
 * been held and its memory has not grown.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MESSAGE_AWARENESS, MESSAGE_PERSISTED, MESSAGE_RECEIVED } from '#shared/wire.ts';
import { spawnServer, temporaryFolder } from '../support/server-process.ts';
import { bytes, heard, mark, statesOf } from './frames.ts';
import type { Answer, Ask, Person, Place, Questions, Ready, Vitals } from './protocol.ts';
import { WireSocket } from './wire-socket.ts';

/** An honest person in a room, who notes what they are sent. */
interface Witness {
  room: string;
  wire: WireSocket;
  marks: number;
  /** Frames looked at so far. */
  seen: number;
}

/** What a case may have altered. */
export interface Before {
  data: string;
  journal: number;
  hashes: string[];
  rss: number;
  young: number;
  /** Only where it is asked for: a collection takes time. */
  used: number;
}

export interface Strain {
  loopCpuMs: number;
  loopWallMs: number;
  growth: number;
}

export interface World extends Ready {
  port: number;
  /** As in a Host header. */
  authority: string;
  ask<K extends keyof Questions>(ask: K, ...args: Parameters<Questions[K]>): ReturnType<Questions[K]>;
  /** Everything the server has logged. */
  log(): string;
  /** Headers of a request of our own page, as this person or nobody. */
  own(person: Person | null): [string, string][];
  /** Opens a room as raw bytes; headers replace those of our own page. */
  dial(options: { room: string; as: Person | null; query?: string; headers?: [string, string][] }): Promise<WireSocket>;
  /** Rows of the journal, read past the server. */
  journalRows(): number;
  /** The data file, for what only somebody with the file could do. */
  data<T>(write: boolean, use: (db: DatabaseSync) => T): T;
  before(kept?: boolean): Promise<Before>;
  /** Waits until what was written in meetings made for the case is on the disk. */
  settled(): Promise<void>;
  /** What others in the rooms have been sent since `before`, in words; heartbeats left out. */
  witnessed(): Promise<string[]>;
  /** What is no longer as it was; empty when nothing has changed. */
  changed(before: Before): Promise<string[]>;
  /**
   * How the server bore it; lets the memory settle when it has grown over `limit` bytes. `kept` looks at what is still
   * in use afterwards instead of at what the process has taken at most.
   */
  strain(before: Before, limit: number, kept: boolean): Promise<Strain>;
  close(): Promise<void>;
}

/** What a witness is told about its own marks: persisted and received. */
const OWN_ANSWERS: ReadonlySet<number> = new Set([MESSAGE_PERSISTED, MESSAGE_RECEIVED]);

/** Sessions are prolonged by being used; everything else in the data is what people have done. */
const NOT_COMPARED = new Set(['session', 'sqlite_sequence']);

/** Starts the server, whose empty rooms stay loaded for `warmMs` (an hour), and seats a witness in each watched room. */
export async function openWorld(options: { warmMs?: number } = {}): Promise<World> {
  const folder = temporaryFolder();
  const started = spawnServer(
    [
      '--expose-gc',
      join(import.meta.dirname, 'house-process.ts'),
      folder.path,
      // Rooms stay loaded, so that no compaction changes a table in the middle of a case.
      String(options.warmMs ?? 3_600_000),
    ],
    {},
    { ipc: true },
  );
  const { child } = started;
  const ended = started.exit.then(({ code, signal }): never => {
    throw new Error(`the server ended (${code ?? signal}): ${started.output.stderr.slice(-4_000)}`);
  });
  ended.catch(() => {});
  const [ready] = (await Promise.race([once(child, 'message'), ended])) as [Ready];
  const url = new URL(ready.url);
  const port = Number(url.port);

  let questions = 0;
  /** Meetings made since the last case began. */
  const fresh: Place[] = [];
  const open = new Map<number, (answer: Answer) => void>();
  child.on('message', (answer: Answer) => {
    open.get(answer.n)?.(answer);
    open.delete(answer.n);
  });
  const ask = (async (name: keyof Questions, ...args: unknown[]) => {
    const n = ++questions;
    const answered = new Promise<Answer>((resolve) => open.set(n, resolve));
    child.send({ n, ask: name, with: args } as Ask);
    const answer = await Promise.race([answered, ended]);
    if ('failed' in answer) throw new Error(`${name}: ${answer.failed}`);
    if (name === 'newPlace') fresh.push(answer.value as Place);
    return answer.value;
  }) as World['ask'];

  const own: World['own'] = (person) => [
    ['Host', url.host],
    ['Origin', ready.url],
    ...(person ? [['Cookie', person.cookie] as [string, string]] : []),
  ];
  const dial: World['dial'] = ({ room, as, query = '?v=1', headers }) =>
    WireSocket.open({ port, path: `/collab/${room}${query}`, headers: headers ?? own(as) });

  const database = new DatabaseSync(ready.file, { readOnly: true, timeout: 5_000 });
  const tables = database
    .prepare("select name from sqlite_master where type = 'table'")
    .all()
    .map((row) => String(row.name))
    .filter((name) => !NOT_COMPARED.has(name));
  let version: unknown = null;
  let digest = '';
  const data = (): string => {
    const now = database.prepare('pragma data_version').get()?.data_version;
    if (now === version) return digest;
    version = now;
    const hash = createHash('sha256');
    for (const table of tables)
      for (const row of database.prepare(`select * from ${table}`).iterate())
        hash.update(
          JSON.stringify(row, (_, value: unknown) =>
            value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
          ),
        );
    digest = hash.digest('hex');
    return digest;
  };
  const journalRows = (): number => Number(database.prepare('select count(*) as n from room_update').get()?.n);

  const { places, foreign } = ready;
  const watched = [
    ...Object.values(places).flatMap((place) => [place.agenda, place.open, place.locked]),
    foreign.agenda,
    foreign.open,
  ];
  const inWatchedRooms = async (room: string): Promise<Witness> => {
    const as = room.includes(foreign.id) ? ready.people.stranger : ready.host;
    const wire = await dial({ room, as });
    await wire.until(() => wire.frames.some((frame) => heard(frame).type === 122));
    return { room, wire, marks: 0, seen: wire.frames.length };
  };
  // One room of each kind that attacks are aimed at: the rest is watched through its content.
  const witnesses = await Promise.all(
    [places.ongoing.agenda, places.ongoing.open, places.ongoing.locked, places.verified.open, foreign.open].map(
      inWatchedRooms,
    ),
  );

  /** Answers come in order: when a mark is answered, everything sent before it has come. */
  async function caughtUp(witness: Witness): Promise<Uint8Array[]> {
    const { wire } = witness;
    const answer = Buffer.from(bytes(MESSAGE_PERSISTED, ++witness.marks));
    wire.send(mark(witness.marks));
    await wire.until(() => !wire.open || wire.frames.some((frame) => answer.equals(frame)));
    const fresh = wire.frames.slice(witness.seen).filter((frame) => !OWN_ANSWERS.has(heard(frame).type));
    wire.frames.splice(0);
    witness.seen = 0;
    return fresh;
  }

  const world: World = {
    ...ready,
    port,
    authority: url.host,
    ask,
    own,
    dial,
    journalRows,
    log: () => started.output.stderr,
    data(write, use) {
      const db = new DatabaseSync(ready.file, { readOnly: !write, timeout: 5_000 });
      try {
        return use(db);
      } finally {
        db.close();
      }
    },
    async before(kept = false) {
      const hashes = await ask('hashes', watched);
      await Promise.all(witnesses.map(caughtUp));
      const { rss, young, used } = await ask('vitals', kept);
      return { data: data(), journal: journalRows(), hashes, rss, young, used };
    },
    async settled() {
      await ask(
        'hashes',
        fresh.splice(0).flatMap((place) => [place.agenda, place.open, place.locked]),
      );
    },
    async witnessed() {
      const said: string[] = [];
      for (const witness of witnesses) {
        for (const frame of await caughtUp(witness)) {
          const { type, step } = heard(frame);
          if (type === MESSAGE_AWARENESS && statesOf(frame).size === 0) continue;
          said.push(`${witness.room}: type ${type}${step === null ? '' : ` step ${step}`}`);
        }
        if (!witness.wire.open) said.push(`${witness.room}: closed with ${witness.wire.code}`);
      }
      return said;
    },
    async changed(before) {
      const hashes = await ask('hashes', watched);
      const changed = watched.filter((_, n) => hashes[n] !== before.hashes[n]).map((room) => `content of ${room}`);
      if (data() !== before.data) changed.push('the tables');
      if (journalRows() !== before.journal) changed.push(`journal rows: ${before.journal} to ${journalRows()}`);
      return changed;
    },
    async strain(before, limit, kept) {
      const first = await ask('vitals', kept);
      const growthOf = ({ rss, used }: Vitals, young: number): number =>
        kept ? used - before.used : rss - before.rss - young;
      let growth = growthOf(first, 0);
      // Garbage is not growth, nor is the room where new objects are made: it is looked at again when the one has been
      // taken away and the other is empty. What leaks is in every reading, so the smallest tells.
      for (let look = 0; look < 10 && growth > limit; look++) {
        const settled = await ask('vitals', true);
        growth = Math.min(growth, growthOf(settled, settled.young - before.young));
      }
      return { ...first, growth };
    },
    async close() {
      await Promise.all(witnesses.map(({ wire }) => wire.end()));
      database.close();
      child.kill('SIGKILL');
      await started.exit;
      folder.remove();
    },
  };
  return world;
}
