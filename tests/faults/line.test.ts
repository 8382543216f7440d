/**
 * Why this file exists: F50, a network that lets no WebSocket through. People write over plain HTTP with the room client
 * that ships, beside others on sockets, and requests and answers go wrong on the way. Judged as everything else here.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lineSocketClass } from '../../client/collab/line-socket.ts';
import { Transport } from '../../client/collab/transport.ts';
import type { PassingRequest, RequestFate } from '../support/fault-requests.ts';
import { lineFetch, lineSocketOf } from '../support/line-fetch.ts';
import { random } from '../support/random.ts';
import { socketOf } from './author.ts';
import { type InProcess, openInProcess } from './in-process.ts';
import { stagesOnOneServer } from './one-server.ts';
import { pause, Stage } from './stage.ts';

const stage = stagesOnOneServer();

/** Does something to the first request that is meant, and resolves when it has happened. */
function once(
  s: Stage,
  kind: PassingRequest['kind'],
  fate: RequestFate,
  more: (r: PassingRequest) => boolean = () => true,
) {
  return new Promise<void>((resolve) => {
    s.proxy.decideRequest = (request) => {
      if (request.kind !== kind || !more(request)) return 'pass';
      s.proxy.decideRequest = () => 'pass';
      resolve();
      return fate;
    };
  });
}

const overLine = { socketClass: lineSocketOf };

describe.concurrent('F50 over plain HTTP', () => {
  it('two write together, one by each way', async ({ onTestFinished }) => {
    const s = await stage(onTestFinished);
    const [anna, bo] = await s.annaAndBo(overLine);
    for (let n = 0; n < 10; n++) {
      anna.write();
      bo.write();
    }
    await s.judge();
  });

  it.for(['lose', 'unanswered', 'twice', 'again', { delay: 400 }] as const)(
    'a request that carries words is %j: there, once, for all',
    async (fate, { onTestFinished }) => {
      const s = await stage(onTestFinished);
      const [anna] = await s.annaAndBo(overLine);
      const hit = once(s, 'up', fate);
      for (let n = 0; n < 3; n++) {
        anna.write();
        await pause(20);
      }
      await hit;
      anna.write();
      await s.judge();
    },
  );

  it.for(['lose', 'unanswered', 'twice', 'again', { delay: 400 }] as const)(
    'an answer with news is %j: there, once, for all',
    async (fate, { onTestFinished }) => {
      const s = await stage(onTestFinished);
      const [anna, bo] = await s.annaAndBo(overLine);
      const hit = once(s, 'down', fate);
      for (let n = 0; n < 3; n++) {
        bo.write();
        await pause(20);
      }
      await hit;
      anna.write();
      await s.judge();
    },
  );

  it('every third request or answer is lost, doubled or late while both type', async ({ onTestFinished }) => {
    const s = await stage(onTestFinished);
    const [anna, bo] = await s.annaAndBo(overLine);
    const lots = random(50);
    s.proxy.decideRequest = () =>
      lots.int(1, 3) > 1 ? 'pass' : lots.pick<RequestFate>(['lose', 'unanswered', 'twice', 'again', { delay: 120 }]);
    anna.type(lots, 20, 120);
    bo.type(lots, 20, 120);
    await pause(4_000);
    anna.rest();
    bo.rest();
    s.proxy.decideRequest = () => 'pass';
    await s.judge();
  });

  it('the network is away for a while: nothing is called saved meanwhile, all is there afterwards', async ({
    onTestFinished,
  }) => {
    const s = await stage(onTestFinished);
    const [anna] = await s.annaAndBo(overLine);
    s.proxy.accept(false);
    s.proxy.cut();
    anna.write();
    await pause(1_000);
    expect(anna.state.saving).not.toBe('saved');
    s.proxy.accept(true);
    await s.judge();
  });
});

describe('F50 the server restarts', () => {
  let host: InProcess;
  beforeAll(async () => {
    host = await openInProcess();
  });
  afterAll(() => host.close());

  it('while somebody on a line types: they come back, and nothing is lost or there twice', async ({
    onTestFinished,
  }) => {
    const s = await Stage.set(host);
    onTestFinished(() => s.close());
    const [anna, bo] = await s.annaAndBo(overLine);
    const lots = random(7);
    anna.type(lots, 10, 40);
    bo.type(lots, 10, 40);
    await pause(500);
    await host.restart();
    await pause(500);
    anna.rest();
    bo.rest();
    await s.judge();
    expect(host.server.lineStats.channels).toBe(1);
  });
});

describe('F50 the way is chosen by itself', () => {
  const chosen = (s: Stage, memory: Map<string, string> = new Map(), patience = 600) => {
    const person = s.server.people[0]!;
    const reach = lineFetch(person);
    return new Transport({
      sockets: { socket: socketOf(person), line: lineSocketClass(lineFetch(person)) },
      reaches: async () => (await reach(`http://127.0.0.1:${s.proxy.port}/healthz`)).ok,
      memory: {
        getItem: (key) => memory.get(key) ?? null,
        setItem: (key, value) => void memory.set(key, value),
        removeItem: (key) => void memory.delete(key),
      },
      times: { patience, pause: 500, longestPause: 2_000, trial: 1_000 },
    });
  };

  it.for(['refuse', 'swallow'] as const)(
    'upgrades: %s. The line is taken, remembered, and left when sockets get through again',
    async (upgrades, { onTestFinished }) => {
      const s = await stage(onTestFinished);
      s.proxy.upgrades = upgrades;
      const memory = new Map<string, string>();
      const transport = chosen(s, memory);
      onTestFinished(() => transport.destroy());
      const [anna] = await s.annaAndBo({ transport });
      expect([transport.way, memory.size]).toEqual(['line', 1]);
      anna.write();
      await anna.saved();
      const other = chosen(s, memory);
      onTestFinished(() => other.destroy());
      expect(other.way).toBe('line');
      // The words that are on their way are answered first; then the room moves.
      s.proxy.upgrades = 'pass';
      const moved = new Promise<void>((resolve) => transport.subscribe(resolve));
      anna.write();
      await moved;
      expect([transport.way, memory.size]).toEqual(['socket', 0]);
      anna.write();
      await s.judge();
      expect(transport.isCurrent(anna.client.provider.ws!)).toBe(true);
    },
  );

  it('a server that is away for everybody makes nobody take the line', async ({ onTestFinished }) => {
    const s = await stage(onTestFinished);
    const transport = chosen(s, new Map(), 5_000);
    onTestFinished(() => transport.destroy());
    const [anna] = await s.annaAndBo({ transport });
    s.proxy.accept(false);
    s.proxy.cut();
    anna.write();
    await pause(2_500);
    s.proxy.accept(true);
    await s.judge();
    expect(transport.way).toBe('socket');
  });

  it('a line that works no more is left for sockets', async ({ onTestFinished }) => {
    const s = await stage(onTestFinished);
    const transport = chosen(s, new Map([['radslag.way', 'line']]));
    onTestFinished(() => transport.destroy());
    expect(transport.way).toBe('line');
    s.proxy.decideRequest = (request) => (request.kind === 'other' ? 'pass' : 'lose');
    await s.annaAndBo({ transport });
    expect(transport.way).toBe('socket');
    await s.judge();
  });
});
