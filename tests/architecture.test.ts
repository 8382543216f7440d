/**
 * Who may import whom. The direction of these edges is what lets the relay be tested without a meeting, the use cases
 * without a socket, and the policy be the same on both sides.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

interface Edge {
  /** Path from the root, with forward slashes. */
  from: string;
  /** The same for a file of ours, or the name of a package. */
  to: string;
  typeOnly: boolean;
}

const IMPORT =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

function edgesOf(file: string): Edge[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => {
    const name = match[2] ?? match[3] ?? '';
    const to = name.startsWith('.')
      ? relative(ROOT, join(ROOT, dirname(file), name)).replaceAll('\\', '/')
      : name.replace(/^#shared\//, 'shared/');
    // `import('x').T` in a type names no module at run time, but the edge is there all the same.
    return { from: file, to, typeOnly: match[1] !== undefined };
  });
}

const files = ['client', 'server', 'shared', 'tests'].flatMap(sources);
const edges = files.flatMap(edgesOf);

const ours = (to: string): boolean => /^(client|server|shared|tests)\//.test(to);
const inside = (path: string, ...folders: string[]): boolean => folders.some((folder) => path.startsWith(`${folder}/`));
const isPackage = (to: string, ...names: string[]): boolean =>
  !ours(to) && names.some((name) => to === name || to.startsWith(`${name}/`) || to.startsWith(`${name}:`));

/** The edges out of `folder` that `allowed` does not take. */
function strangers(folder: string, allowed: (edge: Edge) => boolean): string[] {
  return edges
    .filter((edge) => inside(edge.from, folder) && !allowed(edge))
    .map((edge) => `${edge.from} imports ${edge.to}`);
}

describe('who may import whom', () => {
  it('sees the imports it judges', () => {
    expect(edges.length).toBeGreaterThan(200);
    expect(edges).toContainEqual({ from: 'shared/agenda.ts', to: 'shared/ids.ts', typeOnly: false });
    expect(edges).toContainEqual({ from: 'server/relay/ports.ts', to: 'shared/policy.ts', typeOnly: true });
  });

  it('shared/ imports only itself, and nothing that does input or output', () => {
    const doesIo = ['node', 'react', 'react-dom', 'hono', 'ws', 'kysely', 'pino', 'y-websocket', '@tiptap/react'];
    expect(strangers('shared', ({ to }) => (ours(to) ? inside(to, 'shared') : !isPackage(to, ...doesIo)))).toEqual([]);
  });

  it('client/ imports shared/ and no more than one type of the server', () => {
    expect(
      strangers(
        'client',
        ({ to, typeOnly }) =>
          (!ours(to) && !isPackage(to, 'node')) || inside(to, 'client', 'shared') || (inside(to, 'server') && typeOnly),
      ),
    ).toEqual([]);
    const fromServer = edges.filter(({ from, to }) => inside(from, 'client') && inside(to, 'server'));
    expect(new Set(fromServer.map(({ to }) => to)).size).toBeLessThanOrEqual(1);
  });

  it('the network part of client/collab/ knows no React', () => {
    const network = sources('client/collab').filter((file) => !/\/(use-[^/]*|index)\.ts$|\.tsx$/.test(file));
    const wrong = edges.filter(
      ({ from, to }) => network.includes(from) && isPackage(to, 'react', 'react-dom', 'react-i18next'),
    );
    expect(wrong).toEqual([]);
  });

  it('server/relay/ knows rooms and bytes: no HTTP, no storage, no meeting', () => {
    expect(
      strangers('server/relay', ({ to }) =>
        ours(to) ? inside(to, 'server/relay', 'shared') : isPackage(to, 'yjs', 'lib0', 'y-protocols'),
      ),
    ).toEqual([]);
  });

  it('server/meetings/ and server/people/ know no socket, no Hono and no database', () => {
    const never = ['hono', '@hono', 'ws', 'kysely', 'node:http', 'node:sqlite', 'node:net'];
    const allowed = ({ to }: Edge): boolean =>
      ours(to)
        ? inside(to, 'server/meetings', 'server/people', 'shared') ||
          ['server/services.ts', 'server/refusal.ts', 'server/relay/ports.ts'].includes(to)
        : !isPackage(to, ...never);
    expect(strangers('server/meetings', allowed)).toEqual([]);
    expect(strangers('server/people', allowed)).toEqual([]);
  });

  it('only what composes imports server/storage/', () => {
    const composes = [
      'server/compose.ts',
      'server/build.ts',
      'server/demo.ts',
      'server/backup.ts',
      'server/restore.ts',
    ];
    const wrong = edges.filter(
      ({ from, to }) =>
        inside(to, 'server/storage') && !inside(from, 'server/storage', 'tests') && !composes.includes(from),
    );
    expect(wrong).toEqual([]);
  });

  it('only server/http/ knows Hono (the client its typed calls), and only one file knows lucia', () => {
    const hono = edges.filter(
      ({ from, to }) => isPackage(to, 'hono', '@hono', 'hono-openapi') && !inside(from, 'tests'),
    );
    expect(
      [...new Set(hono.map(({ from }) => from))].filter((from) => !inside(from, 'server/http', 'client/api')),
    ).toEqual([]);
    // The client's calls are typed from the server's routes; that is Hono's client and nothing else of it.
    expect(hono.filter(({ from, to }) => inside(from, 'client') && to !== 'hono/client')).toEqual([]);
    const lucia = edges.filter(({ from, to }) => isPackage(to, 'lucia') && !inside(from, 'tests'));
    expect([...new Set(lucia.map(({ from }) => from))]).toEqual(['server/people/sessions.ts']);
  });

  it('nothing imports tests/', () => {
    expect(edges.filter(({ from, to }) => inside(to, 'tests') && !inside(from, 'tests'))).toEqual([]);
  });
});
