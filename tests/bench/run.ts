/**
 * Why this file exists: `npm run bench`. Measures, in one run on one machine, what Rådslag costs beside what cannot be
 * avoided (raw: frames forwarded unread) and beside the field's server (Hocuspocus), and prints it as it is. Only figures
 * of one run may be compared: machines differ, and so do their hours.
 *
 *   npm run bench                           everything, medians of rounds; some twenty minutes
 *   npm run bench -- --quick                short windows, one round
 *   npm run bench -- --only stage,workshop  some cases
 *   npm run bench -- --json FILE            the figures of every round as well
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { assignmentCase } from './cases/assignment.ts';
import { capacityCases } from './cases/capacity.ts';
import type { Case, Plan } from './cases/case.ts';
import { churnCase } from './cases/churn.ts';
import { cyclesCase, fiveHundredCase, quietCase, restartCase } from './cases/house.ts';
import { idleCase } from './cases/idle.ts';
import { lineCase } from './cases/line.ts';
import { loadCase } from './cases/load.ts';
import { pagesCase } from './cases/pages.ts';
import { silentCase } from './cases/silent.ts';
import { steadyCases } from './cases/steady.ts';
import { traceCase } from './cases/trace.ts';
import { wallCase } from './cases/wall.ts';
import { judge, type Line } from './lines.ts';
import { pinned } from './processes.ts';
import { table } from './table.ts';

const CASES: Case[] = [
  ...steadyCases,
  ...capacityCases,
  churnCase,
  idleCase,
  traceCase,
  silentCase,
  fiveHundredCase,
  loadCase,
  restartCase,
  cyclesCase,
  quietCase,
  lineCase,
  wallCase,
  pagesCase,
  assignmentCase,
];

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, json: { type: 'string' } },
});
const plan: Plan = options.quick
  ? { rounds: 1, windowMs: 3_000, warmMs: 1_000, quick: true }
  : { rounds: 3, windowMs: 8_000, warmMs: 3_000, quick: false };

const wanted = options.only?.split(',');
const unknown = wanted?.filter((name) => !CASES.some((one) => one.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(`No such case: ${unknown.join(', ')}. There are ${CASES.map((one) => one.name).join(', ')}.`);
  process.exit(1);
}

const say = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\x1b[2K\r${text}`);
};

const head = [
  `${new Date().toISOString().slice(0, 10)} · Node ${process.version} · ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}`,
  `${plan.rounds} round${plan.rounds > 1 ? 's' : ''} of ${plan.windowMs / 1000} s, the servers one after the other in each; ${
    pinned ? 'server and generator each on a core of its own' : 'not pinned to cores'
  }; loopback`,
];
console.log(`${head.join('\n')}\n`);

const begun = performance.now();
const lines: Line[] = [];
const failed: string[] = [];
for (const one of CASES) {
  if (wanted && !wanted.includes(one.name)) continue;
  const at = performance.now();
  try {
    const own = await one.run(plan, (text) => say(`${one.name}: ${text}`));
    say('');
    lines.push(...own);
    console.log(`${table(own)}\n  (${((performance.now() - at) / 1000).toFixed(0)} s)\n`);
  } catch (error) {
    say('');
    failed.push(one.name);
    console.error(`${one.name} could not be measured: ${error instanceof Error ? error.stack : String(error)}\n`);
  }
}

const judged = lines.map((line) => ({ ...line, ...judge(line) }));
const missed = judged.filter((line) => line.goal === 'MISSED');
const goals = judged.filter((line) => line.goal !== '');
if (CASES.some((one) => one.name !== wanted?.[0] && (!wanted || wanted.includes(one.name))))
  console.log(`${'='.repeat(20)} the whole table ${'='.repeat(20)}\n${table(lines)}\n`);
console.log(
  `${goals.length - missed.length} of ${goals.length} goals met, ${Math.round((performance.now() - begun) / 1000)} s${
    failed.length > 0 ? `; could not be measured: ${failed.join(', ')}` : ''
  }`,
);
if (options.json)
  writeFileSync(
    options.json,
    `${JSON.stringify({ head, lines: lines.map((line) => ({ ...line, judged: judge(line) })), failed }, null, 2)}\n`,
  );
process.exit(failed.length > 0 ? 1 : 0);
