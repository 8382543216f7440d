/** What is installed: nothing older than the repairs we rely on, one version of what must be one, no open ranges. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string }>;
};
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;

/** Oldest version that may be in the tree, wherever it is there: a security repair or a fix of lost text. */
const FLOORS: Record<string, string> = {
  '@tiptap/core': '3.31.3',
  'prosemirror-view': '1.42.3',
  'prosemirror-model': '1.22.1',
  linkifyjs: '4.3.2',
  ws: '8.21.1',
  hono: '4.12.21',
  '@hono/node-server': '2.0.10',
  mammoth: '1.11.0',
  jszip: '3.8.0',
};

const installed = Object.entries(lock.packages)
  .filter(([path]) => path.includes('node_modules/'))
  .map(([path, { version = '' }]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 13), version }));

function isOlder(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) => text.split(/[.-]/).map(Number));
  for (let n = 0; n < 3; n++) if ((a?.[n] ?? 0) !== (b?.[n] ?? 0)) return (a?.[n] ?? 0) < (b?.[n] ?? 0);
  return false;
}

describe('what is installed', () => {
  it('is nowhere older than its floor', () => {
    const old = installed.filter(({ name, version }) => FLOORS[name] !== undefined && isOlder(version, FLOORS[name]));
    expect(old).toEqual([]);
  });

  it.each(['yjs', 'lib0', 'y-protocols', 'prosemirror-model', 'react'])('has one %s', (name) => {
    expect(installed.filter((one) => one.name === name)).toHaveLength(1);
  });

  it('has every part of Tiptap in one version', () => {
    const parts = installed.filter(({ name }) => name.startsWith('@tiptap/') && name !== '@tiptap/y-tiptap');
    expect(new Set(parts.map(({ version }) => version)).size).toBe(1);
  });

  it('is named exactly, without ranges', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
