/**
 * Why this file exists: the browser tests need a Chromium on whatever machine they are started on. It is found where
 * people usually have one, else installed, so that `npm test` is one command and not a page of instructions.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

// The one without a window of its own draws the same pages for three quarters of the work.
const NAMES = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];
/** How long a download or a package installation may take, in milliseconds. */
const INSTALL_TIMEOUT = 8 * 60_000;
const HELP =
  'No Chromium or Chrome was found, and none could be installed: install one, or set CHROMIUM_PATH to its executable.';

function usualPaths(): string[] {
  if (process.platform === 'darwin') {
    const apps = ['/Applications', join(process.env.HOME ?? '', 'Applications')];
    return apps.flatMap((folder) => [
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      join(folder, 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'),
    ]);
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return roots
      .filter((root): root is string => root !== undefined)
      .flatMap((root) => [
        join(root, 'Google\\Chrome\\Application\\chrome.exe'),
        join(root, 'Chromium\\Application\\chrome.exe'),
        join(root, 'Microsoft\\Edge\\Application\\msedge.exe'),
      ]);
  }
  const folders = [
    ...(process.env.PATH ?? '').split(':'),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
    '/opt/google/chrome',
  ];
  return folders.filter((folder) => folder !== '').flatMap((folder) => NAMES.map((name) => join(folder, name)));
}

/** Whether the file is there and starts: a downloaded Chromium on a bare machine lacks its libraries and does not. */
function starts(path: string): boolean {
  if (!existsSync(path)) return false;
  // On Windows `--version` opens a window instead of answering.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0;
}

/** Path of a Chromium or Chrome that starts, or `null`. A `CHROMIUM_PATH` that is set is the only one tried. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named) return starts(named) ? named : null;
  const tried = new Set<string>();
  for (const path of [...usualPaths(), chromium.executablePath()]) {
    if (path === '' || tried.has(path)) continue;
    tried.add(path);
    if (starts(path)) return path;
  }
  return null;
}

/** Runs a command to its end; false when it fails, is missing or takes longer than {@link INSTALL_TIMEOUT}. */
function runs(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  return new Promise((resolve) => {
    // What an installer says goes to stderr: stdout belongs to whoever is asking for a browser.
    const child = spawn(command, args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, ...env },
      timeout: INSTALL_TIMEOUT,
      killSignal: 'SIGKILL',
    });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

function isDebianRoot(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/**
 * Path of a Chromium that starts; installs one when there is none: Playwright's own download, else, as root on Debian
 * or Ubuntu, the distribution's package. Throws with one line that says what to do when nothing works.
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (process.env.CHROMIUM_PATH)
    throw new Error(`CHROMIUM_PATH names no Chromium that starts: ${process.env.CHROMIUM_PATH}`);

  process.stderr.write('No Chromium or Chrome on this machine: installing one for the browser tests.\n');
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  await runs(process.execPath, [cli, 'install', '--no-shell', 'chromium']);
  const downloaded = findChromium();
  if (downloaded) return downloaded;

  if (isDebianRoot()) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await runs('apt-get', ['update', '-q'], env);
    for (const name of ['chromium-headless-shell', 'chromium']) {
      await runs('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], env);
      const installed = findChromium();
      if (installed) return installed;
    }
  }
  throw new Error(HELP);
}

/** Quiet and alone: no updates, no sync, nothing fetched behind the tests' back. The sandbox refuses root. */
export function chromiumArgs(): string[] {
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    // A page lives for seconds here: what the optimising compilers make is hardly used and costs a tenth of the suite.
    '--js-flags=--no-turbofan --no-maglev',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
}

/** Starts a headless Chromium; `options` win over ours, extra `args` are added. The caller closes it. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(HELP);
  return chromium.launch({ executablePath, ...options, args: [...chromiumArgs(), ...(options.args ?? [])] });
}
