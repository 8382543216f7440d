/**
 * What `npm start` promises whoever runs it: a first administrator, one address, an end without loss, and a clear word
 * about a wrong setting.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { openDoc } from '../support/light-client.ts';
import { call, signInByLink } from '../support/people.ts';
import {
  freePort,
  type ServerProcess,
  spawnServer,
  startDemo,
  startInstallation,
  temporaryFolder,
} from '../support/server-process.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

function folder(): string {
  const { path, remove } = temporaryFolder();
  cleanups.push(remove);
  return path;
}

async function start(dataDir: string, env: Record<string, string> = {}, port?: number): Promise<ServerProcess> {
  const server = await startInstallation({ dataDir, env, ...(port === undefined ? {} : { port }) });
  cleanups.push(() => server.end());
  return server;
}

/** The one-time link in what the server printed: its token stands in the fragment. */
function firstLink(server: ServerProcess): string | null {
  return /https?:\/\/\S+\/lank#([A-Za-z0-9_-]+)/.exec(server.stdout() + server.stderr())?.[1] ?? null;
}

describe('the first administrator', () => {
  it('is made with the link that an empty installation prints, once', async () => {
    const dataDir = folder();
    const server = await start(dataDir);
    await expect.poll(() => firstLink(server)).not.toBeNull();
    const token = firstLink(server);
    const nobody = { url: server.url, cookie: '' };
    const answer = await call(nobody, 'POST', '/api/links/use', {
      token,
      name: 'Inga Sjölund',
      email: 'inga@nordalven.example',
      password: 'en lång mening som lösenord',
    });
    expect(answer.status).toBe(200);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const session = await call({ url: server.url, cookie }, 'GET', '/api/session');
    expect(await session.json()).toMatchObject({ person: { name: 'Inga Sjölund', isAdmin: true } });
    const again = await call(nobody, 'POST', '/api/links/use', { token, password: 'en annan lång mening' });
    expect(again.status).toBeGreaterThanOrEqual(400);

    await server.end('SIGTERM');
    const later = await start(dataDir);
    expect(firstLink(later)).toBeNull();
  });
});

describe('the address', () => {
  it('sends other loopback names to the one that counts', async () => {
    const server = await start(folder());
    const answer = await fetch(`http://localhost:${server.port}/m/abc?x=1`, { redirect: 'manual' });
    expect(answer.status).toBeGreaterThanOrEqual(301);
    expect(answer.status).toBeLessThanOrEqual(308);
    expect(answer.headers.get('location')).toBe(`http://127.0.0.1:${server.port}/m/abc?x=1`);
  });

  it('takes requests that change something from PUBLIC_URL alone', async () => {
    const port = await freePort();
    const publicUrl = `http://localhost:${port}`;
    await start(folder(), { PUBLIC_URL: publicUrl }, port);
    const post = (origin: string): Promise<Response> =>
      fetch(`${publicUrl}/api/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ email: 'ingen@nordalven.example', password: 'fel lösenord' }),
      });
    expect((await post(publicUrl)).status).toBe(401);
    expect((await post('http://fel.example')).status).toBe(403);
  });
});

describe('the end', () => {
  it('comes within ten seconds of SIGTERM, with everything said to be saved on disk', async () => {
    const dataDir = folder();
    const demo = await startDemo({ dataDir });
    cleanups.push(() => demo.end());
    const room = demo.demo.rooms.find((name) => name.startsWith('item:')) ?? '';
    const member = await signInByLink(demo.demo.links.member1);
    const client = openDoc(member, room);
    cleanups.push(() => client.destroy());
    await client.synced();
    const closes: number[] = [];
    client.provider.on('connection-close', (event) => {
      if (event) closes.push(event.code);
    });
    const paragraph = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    paragraph.insert(0, [text]);
    client.doc.getXmlFragment(NOTES_FRAGMENT).insert(0, [paragraph]);
    for (let n = 0; n < 200; n++) text.insert(text.length, `${n} `);
    await client.settled();
    const wanted = text.toString();

    const exit = await demo.end('SIGTERM');
    expect(exit).toMatchObject({ code: 0, signal: null });
    expect(exit.ms).toBeLessThan(10_000);
    expect(closes[0]).toBe(1012);
    client.provider.disconnect();

    const server = await start(dataDir);
    const reader = openDoc({ ...member, url: server.url }, room);
    cleanups.push(() => reader.destroy());
    await reader.synced();
    expect(reader.doc.getXmlFragment(NOTES_FRAGMENT).get(0)?.toString()).toContain(wanted.trim());
  });
});

describe('npm', () => {
  it('takes the server with it when it is ended: its shell passes no signal on', async () => {
    const port = await freePort();
    const npm = spawn('npm', ['start'], {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, DATA_DIR: folder(), PORT: String(port), VITEST: '' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    cleanups.push(() => npm.kill('SIGKILL'));
    const url = `http://127.0.0.1:${port}/healthz`;
    const answers = (): Promise<boolean> =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(answers, { timeout: 15_000 }).toBe(true);
    npm.kill('SIGTERM');
    await expect.poll(answers, { timeout: 10_000 }).toBe(false);
  });
});

describe('a wrong setting', () => {
  it('is named in one line each, and the server does not start', async () => {
    const started = spawnServer(['server/main.ts'], {
      DATA_DIR: folder(),
      PORT: 'åtta',
      PUBLIC_URL: 'radslag.example/sida',
    });
    const { code } = await started.exit;
    expect(code).not.toBe(0);
    const said = started.output.stderr + started.output.stdout;
    expect(said).toMatch(/PORT must be/);
    expect(said).toMatch(/PUBLIC_URL must be/);
    expect(said).not.toContain('åtta');
    expect(said).not.toMatch(/\n\s+at /);
  });
});
