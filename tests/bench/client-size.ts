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
  goal: number;
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

/** Sizes of pages, each named with the source file its route loads; a page that is not in the build throws. */
export function pageSizes(dist: string, pages: { page: string; source: string; goal: number }[]): PageSize[] {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Manifest;
  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  return pages.map(({ page, source, goal }) => {
    const own = Object.keys(manifest).find((key) => manifest[key]?.src === source);
    if (!own) throw new Error(`no chunk of its own for ${source} in the build`);
    const files = [...closure(manifest, [...entries, own])].map((key) => manifest[key]?.file ?? '');
    const scripts = files.filter((file) => file.endsWith('.js'));
    const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0);
    return { page, bytes, files: scripts.length, goal };
  });
}
