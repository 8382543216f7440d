/**
 * Why this file exists: faults come when they like, and two at a time. One run is one seed: four people type through a
 * faulty network at a server whose process and disk fail at moments the seed chooses; then all is quiet, and judged. The
 * suite plays some, `npm run test:soak` many. The same seed draws the same lots; what the machine does between them is
 * its own, so a seed makes a failure likely again, not certain.
 */
import type { Fate, Passing } from '../support/fault-proxy.ts';
import { type FaultyProcess, startFaulty } from '../support/faulty-process.ts';
import { type Random, random } from '../support/random.ts';
import { freePort, temporaryFolder } from '../support/server-process.ts';
import { pause, Stage } from './stage.ts';

const NAMES = ['anna', 'bo', 'cilla', 'david'];

/** One kind of fault: begins it, and resolves when it is over. */
type Fault = (run: Run) => Promise<void>;

interface Run {
  lots: Random;
  stage: Stage;
  runs: RandomRuns;
  say(what: string): void;
}

/** Something happens to some messages of a kind, as many as the lot says. */
function someMessages(name: string, fate: (lots: Random) => Fate, which: (message: Passing) => boolean): Fault {
  return async ({ stage, lots, say }) => {
    let left = lots.int(1, 3);
    say(`${name}, ${left} messages`);
    stage.proxy.decide = (message) => {
      if (left === 0 || !which(message) || lots.int(1, 3) > 1) return 'pass';
      left -= 1;
      return fate(lots);
    };
    await pause(lots.int(100, 400));
    stage.proxy.decide = () => 'pass';
  };
}

const ANY = (): boolean => true;
const TO_SERVER = (message: Passing): boolean => message.way === 'toServer';

const FAULTS: Record<string, Fault> = {
  kill: async ({ runs, lots, say }) => {
    say('SIGKILL');
    await runs.server.end('SIGKILL');
    await pause(lots.int(0, 200));
    await runs.start();
  },
  term: async ({ runs, say }) => {
    say('SIGTERM');
    await runs.server.end('SIGTERM');
    await runs.start();
  },
  stop: async ({ runs, lots, say }) => {
    const ms = lots.int(50, 700);
    say(`SIGSTOP for ${ms} ms`);
    runs.server.signal('SIGSTOP');
    await pause(ms);
    runs.server.signal('SIGCONT');
  },
  cut: async ({ stage, lots, say }) => {
    say('all lines cut');
    stage.proxy.accept(false);
    stage.proxy.cut();
    await pause(lots.int(0, 300));
    stage.proxy.accept(true);
  },
  silence: async ({ stage, lots, say }) => {
    const way = lots.pick(['both', 'toServer', 'toClient'] as const);
    say(`silence, ${way}`);
    stage.proxy.silence(way);
    await pause(lots.int(50, 800));
    stage.proxy.heal();
  },
  drop: someMessages('lost on the way to the server', () => 'drop', TO_SERVER),
  dropBack: someMessages(
    'lost on the way back',
    () => 'drop',
    (message) => message.way === 'toClient',
  ),
  twice: someMessages('twice', () => 'twice', ANY),
  later: someMessages('overtaken', () => 'later', ANY),
  delay: someMessages('late', (lots) => ({ delay: lots.int(5, 150) }), ANY),
  cutAt: someMessages('cut at a message', () => 'cut', ANY),
  disk: async ({ runs, lots, say }) => {
    const effect = lots.pick(['io', 'full', 'busy'] as const);
    const match = lots.pick(['insert into room_update', 'begin immediate', 'commit', 'insert into room_client']);
    const times = lots.int(1, 5);
    say(`${match} fails ${times} times: ${effect}`);
    await runs.server.tell({ do: 'arm', fault: { match: `^${match}`, effect, times, after: lots.int(0, 5) } });
    await pause(lots.int(50, 500));
    await runs.server.tell({ do: 'clear' });
  },
  slow: async ({ runs, lots, say }) => {
    const ms = lots.int(5, 60);
    say(`commits take ${ms} ms more`);
    await runs.server.tell({ do: 'arm', fault: { match: '^commit', effect: 'slow', ms } });
    await pause(lots.int(100, 500));
    await runs.server.tell({ do: 'clear' });
  },
  killInCommit: async ({ runs, lots, say }) => {
    const effect = lots.pick(['kill-before', 'kill-after'] as const);
    say(`killed at a commit: ${effect}`);
    await runs.server.tell({ do: 'arm', fault: { match: '^commit', effect, after: lots.int(0, 10) } });
    await Promise.race([runs.server.ended, pause(1_000)]);
    if (runs.server.alive) await runs.server.end('SIGKILL');
    await runs.start();
  },
};

/** A server on its own folder on which runs follow one another. */
export class RandomRuns {
  server!: FaultyProcess;
  readonly #folder = temporaryFolder();
  readonly #port: number;

  private constructor(port: number) {
    this.#port = port;
  }

  static async open(): Promise<RandomRuns> {
    const runs = new RandomRuns(await freePort());
    await runs.start();
    return runs;
  }

  async start(): Promise<void> {
    this.server = await startFaulty({
      dataDir: this.#folder.path,
      port: this.#port,
      journalHere: true,
      // Small enough that compactions, evictions and resting documents happen in a run.
      limits: { warmMs: 300, heartbeatMs: 1_500, restMs: 300, lazyUpdates: 16, compactRows: 40 },
    });
  }

  /** Plays one seed. Throws with what was done when something is lost, double or untrue. */
  async run(seed: number): Promise<string[]> {
    const lots = random(seed);
    const said: string[] = [];
    const from = performance.now();
    const say = (what: string): void => void said.push(`${Math.round(performance.now() - from)} ms ${what}`);
    const stage = await Stage.set(this.server);
    try {
      for (const [n, name] of NAMES.entries()) stage.open(name, n, { address: stage.proxy.address });
      await Promise.all(stage.authors.map((author) => author.saved()));
      for (const author of stage.authors) author.type(random(lots.int(0, 2 ** 31)), 3, lots.int(10, 60));
      for (let left = lots.int(1, 3); left > 0; left--) {
        await pause(lots.int(20, 400));
        await FAULTS[lots.pick(Object.keys(FAULTS))]!({ lots, stage, runs: this, say });
        stage.server = this.server;
        // At any moment, what was said to be saved is there for who comes in.
        const acknowledged = stage.oracle.ledgers.map((ledger) => ledger.acknowledged);
        const seen = await stage.stored();
        stage.oracle.checkRead(seen, said.at(-1) ?? '', acknowledged);
      }
      await pause(lots.int(0, 200));
      say('quiet');
      // What a receiver lost is noticed when the room is quiet.
      await stage.judge(stage.authors, said.some((what) => what.includes('lost on the way back')) ? 8_000 : 2_000);
      stage.oracle.checkRead(await stage.stored(), 'read by somebody new at the end');
      return said;
    } catch (error) {
      throw new Error(
        `SEED=${seed}: ${error instanceof Error ? error.message : String(error)}\n${said.join('\n')}\n${this.server.stderr().slice(-3_000)}`,
        { cause: error },
      );
    } finally {
      await stage.close();
      if (!this.server.alive) await this.start();
      await this.server.tell({ do: 'clear' });
    }
  }

  async close(): Promise<void> {
    await this.server.end();
    this.#folder.remove();
  }
}
