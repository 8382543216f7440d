/**
 * Why this file exists: the client is built once, by whoever starts first, and again only when its sources change.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockFolder } from './storage/folder-lock.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Where the built client is. */
export const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, '.stamp');
const SOURCES = ['client', 'shared', 'package-lock.json', 'vite.config.ts'];
/** How long one waits for another process that is building, in milliseconds. */
const PATIENCE_MS = 180_000;

function filesUnder(path: string): string[] {
  const full = join(ROOT, path);
  if (!existsSync(full)) return [];
  const entries = path.includes('.')
    ? [path]
    : readdirSync(full, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));
  return entries.sort();
}

/** Hash of everything the built client is made from. */
export function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesUnder))
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function isFresh(hash: string): boolean {
  return existsSync(join(DIST, 'index.html')) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash;
}

function vite(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
      {
        cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1' },
        // What the build says is no part of what the server or the demo prints.
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The client could not be built:\n${said}`))));
  });
}

/**
 * Resolves to the folder of a client built from the present sources, building it if need be; `building` is called first
 * in that case. Processes that start at once build one after the other, and the second finds it done.
 */
export async function ensureBuilt(building: () => void = () => {}): Promise<string> {
  const hash = sourcesHash();
  if (isFresh(hash)) return DIST;
  const unlock = lockFolder(join(ROOT, 'node_modules/.cache/radslag-build'), PATIENCE_MS);
  try {
    if (isFresh(hash)) return DIST;
    building();
    await vite();
    writeFileSync(STAMP, hash);
    return DIST;
  } finally {
    unlock();
  }
}
