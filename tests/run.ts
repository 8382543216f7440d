/**
 * Why this file exists: `npm test`. One command that sees to it that there is a browser, runs every test and ends with
 * one line a person or a script can read. Arguments go on to vitest: `npm test -- tests/shared -t order`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureChromium } from './support/chromium.ts';

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  success: boolean;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** Which of vitest's projects the arguments choose; all of them when they name none. */
function wantsBrowser(args: string[]): boolean {
  const projects = args.flatMap((arg, i) =>
    arg.startsWith('--project=') ? [arg.slice('--project='.length)] : arg === '--project' ? [args[i + 1] ?? ''] : [],
  );
  return projects.length === 0 || projects.includes('browser');
}

function vitest(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'run', ...args], { stdio: ['ignore', 'inherit', 'inherit'], env });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** A file that could not even be loaded has no failed test of its own; it counts as one. */
function summary(report: Report | null, code: number): { passed: number; failed: number; skipped: number } {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + unloadable;
  return {
    passed: report.numPassedTests,
    // An error outside every test (an unhandled rejection, say) fails the run too.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function readReport(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return null;
  }
}

const args = process.argv.slice(2);
const env = { ...process.env };
if (wantsBrowser(args)) {
  try {
    env.CHROMIUM_PATH = await ensureChromium();
  } catch (error) {
    // The browser tests will fail and say so one by one; everything else is still worth running.
    console.error(error instanceof Error ? error.message : error);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'radslag-test-'));
const file = join(folder, 'report.json');
try {
  const code = await vitest(['--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args], env);
  const { passed, failed, skipped } = summary(readReport(file), code);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 ? code || 1 : code;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
