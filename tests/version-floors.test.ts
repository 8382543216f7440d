/**
 * Why this file exists: below these versions each package has a known hole. The lock file
 * says what is really installed, however it came there. And two copies of Yjs would silently not understand each other.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Lock {
  packages: Record<string, { version?: string }>;
}

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as Lock;
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;

/** Every installed copy, nested ones too. */
const installed = Object.entries(lock.packages)
  .filter(([path]) => path.includes('node_modules/'))
  .map(([path, { version = '' }]) => ({ path, name: path.slice(path.lastIndexOf('node_modules/') + 13), version }));

function atLeast(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((v) => v.split(/[.-]/).slice(0, 3).map(Number)) as [number[], number[]];
  for (let i = 0; i < 3; i += 1) if (a[i] !== b[i]) return (a[i] ?? 0) > (b[i] ?? 0);
  return !version.includes('-');
}

/** Name → floor; a floor may differ by major where fixes were carried back. */
const FLOORS: Record<string, string[]> = {
  'prosemirror-view': ['1.42.3'],
  'prosemirror-model': ['1.22.1'],
  linkifyjs: ['4.3.2'],
  ws: ['8.21.1'],
  hono: ['4.12.21'],
  '@hono/node-server': ['1.19.15', '2.0.10'],
  mammoth: ['1.11.0'],
  jszip: ['3.8.0'],
  '@xmldom/xmldom': ['0.8.12', '0.9.9'],
};

function aboveFloor(version: string, floors: string[]): boolean {
  // The floor of the version's own line when there is one, else the highest.
  const line = (v: string) =>
    v
      .split('.')
      .slice(0, v.startsWith('0.') ? 2 : 1)
      .join('.');
  const own = floors.find((floor) => line(floor) === line(version));
  return atLeast(version, own ?? floors.at(-1) ?? '0.0.0');
}

describe('installed versions', () => {
  it('are compared rightly', () => {
    expect([atLeast('1.2.3', '1.2.3'), atLeast('1.10.0', '1.9.9'), atLeast('2.0.0', '1.9.9')]).toEqual([
      true,
      true,
      true,
    ]);
    expect([atLeast('1.2.2', '1.2.3'), atLeast('1.2.3-rc.1', '1.2.3')]).toEqual([false, false]);
    expect([aboveFloor('1.19.14', ['1.19.15', '2.0.10']), aboveFloor('2.0.9', ['1.19.15', '2.0.10'])]).toEqual([
      false,
      false,
    ]);
  });

  it.each(Object.entries(FLOORS))('of %s are not below %s', (name, floors) => {
    const below = installed.filter((one) => one.name === name && !aboveFloor(one.version, floors));
    expect(below).toEqual([]);
  });

  it('of the packages that the floors are about are there at all', () => {
    for (const name of ['prosemirror-view', 'prosemirror-model', 'linkifyjs', 'ws', 'hono', '@hono/node-server'])
      expect(installed.map((one) => one.name)).toContain(name);
  });

  it('of Tiptap are one, at the version that resolves and is safe', () => {
    const tiptap = installed.filter((one) => one.name.startsWith('@tiptap/') && one.name !== '@tiptap/y-tiptap');
    expect(tiptap.length).toBeGreaterThan(10);
    expect(tiptap.filter((one) => one.version !== '3.31.3')).toEqual([]);
  });

  it('of Yjs and its protocol are one', () => {
    for (const name of ['yjs', 'y-protocols', 'lib0'])
      expect(installed.filter((one) => one.name === name).map((one) => one.path)).toEqual([`node_modules/${name}`]);
    expect(installed.find((one) => one.name === 'yjs')?.version).toMatch(/^13\./);
  });

  it('are exact in the manifest, so that an older npm cannot choose others', () => {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });
});
