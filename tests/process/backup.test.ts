/**
 * Backups made and gone back to by the commands people use, on a server in which people write. A copy that only looks
 * like a backup must be refused, with nothing changed.
 */
import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { type DocClient, openDoc } from '../support/light-client.ts';
import { type SignedIn, signInByLink } from '../support/people.ts';
import {
  type ServerProcess,
  spawnServer,
  startDemo,
  startInstallation,
  temporaryFolder,
} from '../support/server-process.ts';

const folder = temporaryFolder();
const dataDir = join(folder.path, 'data');
const backup = join(folder.path, 'backups', 'one.sqlite');
let server: ServerProcess;
let room = '';
let people: SignedIn[] = [];

async function command(entry: 'backup' | 'restore', file: string): Promise<{ code: number | null; said: string }> {
  const { output, exit } = spawnServer([`server/${entry}.ts`, file], { DATA_DIR: dataDir });
  const { code } = await exit;
  return { code, said: output.stdout + output.stderr };
}

/** One person's own paragraph, with numbered words at its end. */
function startWriting(client: DocClient, name: string): { words: number; stop(): void } {
  const text = new Y.XmlText();
  client.doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [text]);
    client.doc.getXmlFragment(NOTES_FRAGMENT).insert(0, [paragraph]);
  });
  const writer = { words: 0, stop: () => clearInterval(timer) };
  const timer = setInterval(() => {
    text.insert(text.length, `${name}${writer.words} `);
    writer.words += 1;
  }, 4);
  return writer;
}

function wordsOf(doc: Y.Doc, name: string): string[] {
  const all = doc.getXmlFragment(NOTES_FRAGMENT).toString();
  return all.match(new RegExp(`\\b${name}\\d+\\b`, 'g')) ?? [];
}

beforeAll(async () => {
  const demo = await startDemo({ dataDir });
  room = demo.demo.rooms.find((name) => name.startsWith('item:')) ?? '';
  const { facilitator, chair, secretary, member1 } = demo.demo.links;
  people = await Promise.all([facilitator, chair, secretary, member1].map(signInByLink));
  server = demo;
}, 60_000);

afterAll(async () => {
  await server?.end();
  folder.remove();
});

const NAMES = ['alfa', 'beta', 'gamma', 'delta'];
let savedBefore: number[] = [];

it('a backup is made while four people write, and says that it was checked', async () => {
  const clients = people.map((person) => openDoc(person, room));
  await Promise.all(clients.map((client) => client.synced()));
  const writers = clients.map((client, n) => startWriting(client, NAMES[n] ?? ''));
  await expect.poll(() => Math.min(...writers.map(({ words }) => words))).toBeGreaterThan(50);
  const counted = writers.map(({ words }) => words);
  await Promise.all(clients.map((client) => client.settled()));
  savedBefore = counted;
  const { code, said } = await command('backup', backup);
  expect(said).toContain('Backup made and checked');
  expect(code).toBe(0);
  const during = writers.map(({ words }) => words);
  await expect.poll(() => writers.every(({ words }, n) => words > (during[n] ?? 0) + 20)).toBe(true);
  for (const writer of writers) writer.stop();
  await Promise.all(clients.map((client) => client.settled()));
  for (const client of clients) client.destroy();
});

it('a second one does not write over the first', async () => {
  const before = readFileSync(backup);
  const { code, said } = await command('backup', backup);
  expect(code).toBe(1);
  expect(said).toContain('exists already');
  expect(readFileSync(backup).equals(before)).toBe(true);
});

it('nothing is restored under a running server', async () => {
  const { code, said } = await command('restore', backup);
  expect(code).toBe(1);
  expect(said).toContain('Stop it first');
});

it('what only looks like a backup is refused and nothing is changed', async () => {
  const naive = join(folder.path, 'naive.sqlite');
  copyFileSync(join(dataDir, 'radslag.sqlite'), naive);
  await server.end('SIGTERM');
  const short = join(folder.path, 'short.sqlite');
  copyFileSync(backup, short);
  truncateSync(short, readFileSync(backup).length - 8192);
  const flipped = join(folder.path, 'flipped.sqlite');
  const bytes = readFileSync(backup);
  const at = bytes.indexOf('gamma1');
  expect(at).toBeGreaterThan(0);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(flipped, bytes);
  const data = readFileSync(join(dataDir, 'radslag.sqlite'));
  for (const [file, why] of [
    [naive, 'no seal'],
    [short, 'whole backup'],
    [flipped, 'not what it was'],
    [join(folder.path, 'nowhere.sqlite'), 'no such file'],
  ] as const) {
    const { code, said } = await command('restore', file);
    expect(said).toContain('Nothing was changed');
    expect(said).toContain(why);
    expect(code).toBe(1);
  }
  expect(readFileSync(join(dataDir, 'radslag.sqlite')).equals(data)).toBe(true);
});

it('the restored data is one moment: all that was saved before, nothing with a hole; the rest is kept beside it', async () => {
  const { code, said } = await command('restore', backup);
  expect(said).toContain('Restored the backup');
  expect(code).toBe(0);
  expect(readdirSync(dataDir).some((name) => name.includes('before-restore'))).toBe(true);
  server = await startInstallation({ dataDir });
  const [old] = people;
  if (!old) throw new Error('nobody');
  // Sessions from before do not live again.
  const answer = await fetch(`${server.url}/api/session`, { headers: { cookie: old.cookie } });
  expect(answer.status).toBe(401);
  await server.end('SIGTERM');

  const demo = await startDemo({ dataDir });
  server = demo;
  const reader = openDoc(await signInByLink(demo.demo.links.member1), room);
  await reader.synced();
  for (const [n, name] of NAMES.entries()) {
    const words = wordsOf(reader.doc, name);
    expect(words).toEqual(words.map((_, at) => `${name}${at}`));
    expect(words.length).toBeGreaterThanOrEqual(savedBefore[n] ?? Number.POSITIVE_INFINITY);
  }
  reader.destroy();
}, 60_000);
