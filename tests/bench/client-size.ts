/**
 * Why this file exists: how much JavaScript a page makes a phone fetch before it can be used, from the build's manifest:
 * the page's own chunk, the entry, and everything they import at once. What is imported later is listed apart.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  file: string;
  src?: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
}
type Manifest = Record<string, Chunk>;

export interface PageSize {
  page: string;
  /** Bytes after gzip. */
  bytes: number;
  files: number;
  /** Bytes; `null` where none is set. */
  goal: number | null;
}

export interface Page {
  page: string;
  /** The page it is loaded by; `index.html` when nothing is said. */
  entry?: string;
  /** Source files of what the page loads by name beyond the entry: its route, its sentences. */
  sources: string[];
  goal: number | null;
}

/** The chunks a browser needs before a chunk runs, itself included. */
function closure(manifest: Manifest, keys: string[], found = new Set<string>()): Set<string> {
  for (const key of keys) {
    if (found.has(key)) continue;
    found.add(key);
    closure(manifest, manifest[key]?.imports ?? [], found);
  }
  return found;
}

/** Sizes of pages; a source that is no chunk of its own in the build throws. */
export function pageSizes(dist: string, pages: Page[]): PageSize[] {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Manifest;
  return pages.map(({ page, entry = 'index.html', sources, goal }) => {
    for (const source of [entry, ...sources])
      if (!manifest[source]) throw new Error(`no chunk of its own for ${source} in the build`);
    const files = [...closure(manifest, [entry, ...sources])].map((key) => manifest[key]?.file ?? '');
    const scripts = files.filter((file) => file.endsWith('.js'));
    const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0);
    return { page, bytes, files: scripts.length, goal };
  });
}
