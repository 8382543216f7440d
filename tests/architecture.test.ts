/**
 * Why this file exists: who may import whom is what keeps the parts apart. The edges are those of the plan: everything
 * may use shared/, which does no I/O; use cases know no HTTP and no SQL; the relay knows no meeting.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

interface Import {
  from: string;
  /** A path in the repository, or a package's name. */
  to: string;
  typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

/** Static, dynamic and re-exporting imports, and those of types. */
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(IMPORT)].map((match) => {
    const target = match[2] ?? match[3] ?? match[4] ?? '';
    const to = target.startsWith('.')
      ? relative(ROOT, resolve(ROOT, dirname(file), target))
      : target.replace(/^#shared\//, 'shared/');
    return { from: file, to, typeOnly: match[1] !== undefined };
  });
}

const all = ['shared', 'client', 'server', 'tests'].flatMap(sources).flatMap(importsOf);
const inside = (folder: string) => (edge: Import) => edge.from.startsWith(`${folder}/`);
const goesTo =
  (...folders: string[]) =>
  (edge: Import) =>
    folders.some((folder) => edge.to.startsWith(folder));
const isPackage = (edge: Import) => !/^(shared|client|server|tests)\//.test(edge.to) && edge.to !== 'package.json';
const show = (edges: Import[]) => edges.map((edge) => `${edge.from} imports ${edge.to}`);

/** The composition, and those who may use it. */
const COMPOSITION = /^server\/(compose|main|demo|build)\.ts$|^server\/demo\//;

describe('who may import whom', () => {
  it('is read from real imports', () => {
    expect(all.length).toBeGreaterThan(300);
    expect(show(all)).toContain('server/compose.ts imports server/relay/relay.ts');
    expect(show(all)).toContain('server/main.ts imports server/compose.ts');
  });

  it('shared/ does no input or output and knows nobody', () => {
    const edges = all.filter(inside('shared'));
    expect(show(edges.filter(goesTo('server/', 'client/', 'tests/')))).toEqual([]);
    const forbidden = edges.filter((e) =>
      /^node:|^(react|hono|ws|kysely|pino|lucia|y-websocket|y-indexeddb)(\/|$)/.test(e.to),
    );
    expect(show(forbidden)).toEqual([]);
  });

  it('client/ uses shared/, and of the server one type', () => {
    const edges = all.filter(inside('client')).filter(goesTo('server/', 'tests/'));
    expect(show(edges.filter((edge) => !(edge.typeOnly && edge.to === 'server/http/app.ts')))).toEqual([]);
    expect(show(all.filter(inside('client')).filter((edge) => edge.to.startsWith('node:')))).toEqual([]);
  });

  it('server/relay/ knows rooms and bytes: no meeting, no storage, no HTTP', () => {
    const edges = all.filter(inside('server/relay')).filter((edge) => !goesTo('server/relay/', 'shared/')(edge));
    expect(show(edges.filter((edge) => !isPackage(edge)))).toEqual([]);
    expect(
      show(edges.filter((edge) => /^(hono|@hono|ws|kysely|lucia|pino|node:sqlite|node:http)/.test(edge.to))),
    ).toEqual([]);
  });

  it('server/people/ and server/meetings/ know no HTTP, no socket, no SQL', () => {
    for (const folder of ['server/people', 'server/meetings']) {
      const edges = all.filter(inside(folder));
      const allowed = goesTo(
        'shared/',
        'server/people/',
        'server/meetings/',
        'server/relay/ports.ts',
        'server/refusal.ts',
        'server/services.ts',
      );
      expect(show(edges.filter((edge) => !isPackage(edge) && !allowed(edge)))).toEqual([]);
      expect(
        show(edges.filter((edge) => /^(hono|@hono|ws|kysely|pino|node:(sqlite|http|fs|net))/.test(edge.to))),
      ).toEqual([]);
    }
    expect(show(all.filter(inside('server/people')).filter(goesTo('server/meetings/')))).toEqual([]);
  });

  it('server/storage/ implements ports and uses no use case', () => {
    const edges = all.filter(inside('server/storage')).filter((edge) => !isPackage(edge));
    const allowed = /^(shared\/|server\/storage\/|server\/relay\/[\w-]+\.ts$|server\/(people|meetings)\/ports\.ts$)/;
    expect(show(edges.filter((edge) => !allowed.test(edge.to)))).toEqual([]);
  });

  it('server/http/ asks use cases and the relay by their interfaces, and reaches no storage', () => {
    const edges = all.filter(inside('server/http')).filter((edge) => !isPackage(edge));
    expect(show(edges.filter(goesTo('server/storage/', 'server/compose.ts', 'server/demo')))).toEqual([]);
    expect(show(edges.filter(goesTo('server/relay/')).filter((edge) => edge.to !== 'server/relay/ports.ts'))).toEqual(
      [],
    );
  });

  it('only the composition and tests know storage', () => {
    const edges = all.filter(goesTo('server/storage/')).filter((edge) => !inside('server/storage')(edge));
    expect(show(edges.filter((edge) => !COMPOSITION.test(edge.from) && !edge.from.startsWith('tests/')))).toEqual([]);
  });

  it('only server/http/ and the composition know Hono', () => {
    const edges = all.filter(
      (edge) => /^(hono|@hono\/|hono-openapi)(\/|$)/.test(edge.to) && edge.from.startsWith('server/'),
    );
    expect(show(edges.filter((edge) => !inside('server/http')(edge) && !COMPOSITION.test(edge.from)))).toEqual([]);
  });

  it('lucia is known to one file', () => {
    const edges = all.filter((edge) => edge.to === 'lucia' && !edge.from.startsWith('tests/'));
    expect(show(edges)).toEqual(['server/people/sessions.ts imports lucia']);
  });

  it('nothing imports tests/, and nothing but the demo imports the demo', () => {
    expect(show(all.filter((edge) => edge.to.startsWith('tests/') && !edge.from.startsWith('tests/')))).toEqual([]);
    const demo = all.filter((edge) => /^server\/demo(\/|\.ts$)/.test(edge.to));
    expect(show(demo.filter((edge) => !/^server\/demo(\/|\.ts$)|^tests\//.test(edge.from)))).toEqual([]);
  });

  it('every import of ours names a file that is there, with its extension', () => {
    const ours = all.filter((edge) => !isPackage(edge) && edge.from.startsWith('server/'));
    const files = new Set(['shared', 'client', 'server', 'tests'].flatMap(sources));
    expect(show(ours.filter((edge) => edge.to !== 'package.json' && !files.has(edge.to)))).toEqual([]);
  });
});
