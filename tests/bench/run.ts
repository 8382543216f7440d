/**
 * Why this file exists: `npm run bench`. Measures, in one run on one machine, what Rådslag costs beside what cannot be
 * avoided, and prints it as it is. Only figures of one run may be compared: machines differ, and so do their hours.
 *
 *   npm run bench                 three rounds of ten seconds, the median of each figure
 *   npm run bench -- --quick      one round of four seconds
 */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../server/build.ts';
import { type Page, pageSizes } from './client-size.ts';
import {
  answer,
  type Cpu,
  type FromGenerator,
  type Job,
  type Measured,
  percentiles,
  pinned,
  type Ready,
  startPinned,
} from './protocol.ts';

const SERVER_CORE = 0;
const GENERATOR_CORE = 1;
const sentences = (...parts: string[]): string[] => parts.map((part) => `i18n/sv/${part}.ts`);
const MEETING = [
  'account/device-rooms.tsx',
  'meeting/page.tsx',
  ...sentences('common', 'error', 'meeting', 'agenda', 'presence', 'saving'),
];
const PAGES: Page[] = [
  { page: 'sign-in page', sources: sentences('common', 'error', 'auth'), goal: 130_000 },
  { page: 'meeting page', sources: MEETING, goal: 420_000 },
  {
    page: 'meeting page with its editor, a lazy part',
    sources: [...MEETING, 'editor/index.ts', ...sentences('editor')],
    goal: null,
  },
];

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const rounds = options.quick ? 1 : 3;
const windowMs = options.quick ? 4000 : 10_000;
const warmMs = options.quick ? 1000 : 2500;

type Scenario = Pick<Job, 'rooms' | 'clientsPerRoom' | 'writersPerRoom' | 'editsPerSecond'> & { name: string };
const SCENARIOS: Scenario[] = [
  {
    name: '1 room × 100 clients, 10 writers × 5 edits/s',
    rooms: 1,
    clientsPerRoom: 100,
    writersPerRoom: 10,
    editsPerSecond: 5,
  },
  {
    name: '100 rooms × 4 clients, 2 writers × 2 edits/s',
    rooms: 100,
    clientsPerRoom: 4,
    writersPerRoom: 2,
    editsPerSecond: 2,
  },
];

interface Row extends Measured {
  /** Server CPU, microseconds per delivered edit. */
  perDelivery: number;
  serverCpu: number;
  rss: number;
}

async function cpuOf(server: ChildProcess): Promise<Cpu> {
  const asked = answer<Cpu>(server);
  server.send('cpu');
  return asked;
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.send('stop');
  await gone;
}

async function round(scenario: Scenario, file: string, args: string[], bare: boolean): Promise<Row> {
  const server = startPinned(file, SERVER_CORE, args);
  const target = await answer<Ready>(server);
  const generator = startPinned('generator.ts', GENERATOR_CORE);
  const { name: _name, ...shape } = scenario;
  generator.send({ job: { target, bare, ...shape, warmMs, windowMs } satisfies Job });
  await answer<FromGenerator>(generator);
  const before = await cpuOf(server);
  generator.send('go-on');
  await answer<FromGenerator>(generator);
  const after = await cpuOf(server);
  generator.send('go-on');
  const last = await answer<FromGenerator>(generator);
  if (!('result' in last)) throw new Error('the generator gave no result');
  await end(generator);
  await end(server);
  const used = after.cpu - before.cpu;
  return {
    ...last.result,
    perDelivery: used / last.result.delivered,
    serverCpu: used / 1000 / last.result.windowMs,
    rss: after.rss,
  };
}

function median(rows: Row[], pick: (row: Row) => number): number {
  return percentiles(rows.map(pick)).p50;
}

const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

function printTable(rows: string[][]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(
      `  ${row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join('   ')}`,
    );
  console.log('');
}

function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'radslag-bench-'));
  return work(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}

async function compare(scenario: Scenario): Promise<void> {
  const raw: Row[] = [];
  const ours: Row[] = [];
  // One after the other, round by round, so that the hour's noise falls on both.
  for (let n = 0; n < rounds; n++) {
    raw.push(await round(scenario, 'raw-relay.ts', [], true));
    ours.push(await withFolder((folder) => round(scenario, 'server.ts', [folder], false)));
  }
  const line = (name: string, rows: Row[], base: Row[]): string[] => {
    const cost = median(rows, (row) => row.perDelivery);
    const saved = rows.every((row) => row.persisted !== null);
    return [
      name,
      `${cost.toFixed(1)} µs`,
      `${(cost / median(base, (row) => row.perDelivery)).toFixed(2)}×`,
      percent(median(rows, (row) => row.serverCpu)),
      ms(median(rows, (row) => row.latency.p50)),
      ms(median(rows, (row) => row.latency.p99)),
      saved ? ms(median(rows, (row) => row.persisted?.p50 ?? 0)) : '–',
      saved ? ms(median(rows, (row) => row.persisted?.p99 ?? 0)) : '–',
      `${rows.reduce((sum, row) => sum + row.delivered, 0)} of ${rows.reduce((sum, row) => sum + row.expected, 0)}`,
      percent(median(rows, (row) => row.generatorCpu)),
      `${(median(rows, (row) => row.rss) / 1_048_576).toFixed(0)} MB`,
    ];
  };
  console.log(scenario.name);
  printTable([
    [
      '',
      'CPU/delivery',
      'ratio',
      'server CPU',
      'key→others p50',
      'p99',
      'key→saved p50',
      'p99',
      'delivered',
      'generator CPU',
      'RSS',
    ],
    line('bare ws relay', raw, raw),
    line('Rådslag', ours, raw),
  ]);
}

async function openTimes(): Promise<void> {
  const edits = 10_000;
  await withFolder(async (folder) => {
    let server = startPinned('server.ts', SERVER_CORE, [folder]);
    let target = await answer<Ready>(server);
    const generator = startPinned('generator.ts', GENERATOR_CORE);
    const room = target.rooms[0] ?? '';
    const open = async (): Promise<number> => {
      generator.send({ open: { target, room } });
      const message = await answer<FromGenerator>(generator);
      return 'opened' in message ? message.opened : Number.NaN;
    };
    generator.send({ fill: { target, room, edits } });
    await answer<FromGenerator>(generator);
    const warm: number[] = [];
    for (let n = 0; n < 10; n++) warm.push(await open());
    await end(server);
    const cold: number[] = [];
    for (let n = 0; n < (options.quick ? 1 : 3); n++) {
      server = startPinned('server.ts', SERVER_CORE, [folder]);
      target = await answer<Ready>(server);
      cold.push(await open());
      await end(server);
    }
    await end(generator);
    console.log(`Opening a room with ${edits} edits`);
    printTable([
      ['', 'median', 'slowest'],
      ['room in memory', ms(percentiles(warm).p50), ms(Math.max(...warm))],
      ['first after a restart', ms(percentiles(cold).p50), ms(Math.max(...cold))],
    ]);
  });
}

async function sizes(): Promise<void> {
  const dist = await ensureBuilt();
  console.log('JavaScript a page fetches, gzip');
  printTable([
    ['', 'size', 'files', 'goal'],
    ...pageSizes(dist, PAGES).map(({ page, bytes, files, goal }) => [
      page,
      `${(bytes / 1000).toFixed(1)} kB`,
      String(files),
      goal === null ? '–' : `${bytes <= goal ? 'within' : 'OVER'} ${goal / 1000} kB`,
    ]),
  ]);
}

console.log(
  `${new Date().toISOString().slice(0, 10)} · Node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
);
console.log(
  `${rounds} round${rounds > 1 ? 's' : ''} of ${windowMs / 1000} s, ${pinned ? 'server and generator each on a core of its own' : 'not pinned to cores'}, loopback\n`,
);
for (const scenario of SCENARIOS) await compare(scenario);
await openTimes();
await sizes();
