/**
 * Why this file exists: what surrounds every answer: which host is served, the policies the browser is given, the built
 * client, the document of the API, and a log that holds nothing of what people wrote.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../server/http/security-headers.ts';
import { siteFrom } from '../../server/http/site.ts';
import { ending, firstFrame, type House, openHouse, type Visitor } from './house.ts';

interface Raw {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
}

/** A request whose Host and Accept-Encoding are ours, not fetch's. */
function raw(url: string, path: string, headers: Record<string, string>, method = 'GET'): Promise<Raw> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

const SCRIPT = `console.log(${'"rådslag",'.repeat(500)} 1);`;
let house: House;
let dist: string;
let visitor: Visitor;

beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'radslag-dist-'));
  mkdirSync(join(dist, 'assets'));
  mkdirSync(join(dist, '.vite'));
  writeFileSync(
    join(dist, 'index.html'),
    '<!doctype html><html lang="sv"><head><title>Rådslag</title></head><body></body></html>',
  );
  writeFileSync(join(dist, 'assets/app-abc123.js'), SCRIPT);
  writeFileSync(join(dist, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(dist, '.stamp'), 'hemlig');
  writeFileSync(join(dist, '.vite/manifest.json'), '{}');
  house = await openHouse({ dist });
  visitor = await house.add('Bo Sund', { isAdmin: true });
});
afterAll(async () => {
  await house.close();
  rmSync(dist, { recursive: true });
});

describe('another name of this machine', () => {
  const port = () => new URL(house.url).port;

  it('leads whoever reads to the public address, path and query kept', async () => {
    for (const host of [`localhost:${port()}`, `LOCALHOST:${port()}`, `[::1]:${port()}`, 'localhost']) {
      const response = await raw(house.url, '/m/abc?x=1', { host });
      expect([response.status, response.headers.location], host).toEqual([308, `${house.url}/m/abc?x=1`]);
    }
    const tricky = await raw(house.url, '//ond.example/x', { host: 'localhost' });
    expect(String(tricky.headers.location ?? house.url)).toMatch(new RegExp(`^${house.url}(/|$)`));
  });

  it('that is not of this machine, or asks for more than reading, is misdirected', async () => {
    for (const host of ['ond.example', `127.0.0.1.ond.example:${port()}`, `127.0.0.1:1${port()}`.slice(0, 14)]) {
      const response = await raw(house.url, '/', { host });
      if (response.status === 308) continue;
      expect(response.status, host).toBe(421);
      expect(JSON.parse(response.bytes.toString())).toMatchObject({ error: { code: 'bad-request' } });
    }
    const post = await raw(house.url, '/api/sign-out', { host: 'localhost', origin: house.url }, 'POST');
    expect(post.status).toBe(421);
    expect((await raw(house.url, '/healthz', { host: 'vakt.intern' })).status).toBe(200);
  });

  it('never ends up in a link: they are made from the configuration', async () => {
    const { person } = await house.add('Ny Vän');
    const made = await house.fetch(`/api/people/${person.id}/invitation`, {
      method: 'POST',
      as: visitor,
      headers: { 'x-forwarded-host': 'ond.example', forwarded: 'host=ond.example', 'x-forwarded-proto': 'https' },
    });
    expect(((await made.json()) as { url: string }).url.startsWith(`${house.url}/lank#`)).toBe(true);
  });
});

/** Directive → sources; throws on what the grammar of a policy does not allow. */
function parsePolicy(header: string): Map<string, string[]> {
  const policy = new Map<string, string[]>();
  for (const part of header.split(';')) {
    const [name = '', ...sources] = part.trim().split(/ +/);
    if (!/^[a-z-]+$/.test(name) || policy.has(name)) throw new Error(`bad directive ${name}`);
    for (const source of sources)
      if (!/^('none'|'self'|'nonce-[\w+/]+=*'|data:|blob:|wss?:\/\/[\w.[\]:-]+)$/.test(source))
        throw new Error(`bad source ${source}`);
    if (sources.includes("'none'") && sources.length > 1) throw new Error(`none with others in ${name}`);
    policy.set(name, sources);
  }
  return policy;
}

describe('the content security policy', () => {
  it('is valid and strict, and follows the public address', () => {
    const policy = parsePolicy(contentSecurityPolicy(siteFrom('https://radslag.exempel.se'), 'abc='));
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", "'nonce-abc='"],
      'img-src': ["'self'", 'data:', 'blob:'],
      'font-src': ["'self'"],
      'connect-src': ["'self'", 'wss://radslag.exempel.se'],
      'manifest-src': ["'self'"],
      'frame-src': ["'self'"],
      'worker-src': ["'self'"],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    });
  });

  it('lets the page have the nonce of its own answer, a new one each time', async () => {
    const nonces = [];
    for (let i = 0; i < 2; i += 1) {
      const response = await house.fetch('/');
      const policy = parsePolicy(response.headers.get('content-security-policy') ?? '');
      const nonce = /nonce="([^"]+)"/.exec(await response.text())?.[1];
      expect(policy.get('style-src')).toEqual(["'self'", `'nonce-${nonce}'`]);
      nonces.push(nonce);
    }
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('comes with HSTS over https only', async () => {
    const secure = await openHouse({ env: { PUBLIC_URL: 'https://radslag.exempel.se' } });
    const address = secure.address;
    const response = await raw(address, '/healthz', { host: 'radslag.exempel.se' });
    expect(response.headers['strict-transport-security']).toBe('max-age=31536000');
    expect(secure.log.join('')).not.toContain('plain http');
    expect(house.log.join('')).toContain('plain http');
    await secure.close();
  });
});

describe('the built client', () => {
  it('is the page for every path of its own, never kept', async () => {
    for (const path of ['/', '/logga-in', '/m/abc/p/def', '/lank']) {
      const response = await house.fetch(path);
      expect([response.status, response.headers.get('cache-control')], path).toEqual([200, 'no-store']);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(await response.text()).toContain('<title>Rådslag</title>');
    }
  });

  it('has files that are kept for ever, compressed as the browser likes', async () => {
    const path = '/assets/app-abc123.js';
    const host = new URL(house.url).host;
    const get = (encoding: string) => raw(house.url, path, { host, 'accept-encoding': encoding });
    const plain = await get('identity');
    expect(plain.bytes.toString()).toBe(SCRIPT);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['content-type']).toMatch(/^text\/javascript/);
    const br = await get('gzip, deflate, br');
    expect([br.headers['content-encoding'], brotliDecompressSync(br.bytes).toString()]).toEqual(['br', SCRIPT]);
    const gz = await get('gzip, br;q=0');
    expect([gz.headers['content-encoding'], gunzipSync(gz.bytes).toString()]).toEqual(['gzip', SCRIPT]);
    const cached = await house.fetch('/icon.svg', { headers: { 'if-none-match': '"x"' } });
    expect(cached.headers.get('cache-control')).toBe('no-cache');
    const etag = cached.headers.get('etag') ?? '';
    expect((await house.fetch('/icon.svg', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it('gives nothing else, however it is spelled', async () => {
    for (const path of [
      '/.stamp',
      '/.vite/manifest.json',
      '/assets/nothing.js',
      '/assets/',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/assets/..%2f..%2fserver%2fmain.ts',
      '/assets/%5c..%5cx.js',
      '//etc/passwd.txt',
    ]) {
      const response = await raw(house.url, path, { host: new URL(house.url).host });
      expect(response.status, path).toBe(404);
    }
  });
});

describe('the document of the API', () => {
  it('names every route under /api, and a page of ours shows it without foreign or inline scripts', async () => {
    const response = await house.fetch('/api/openapi.json');
    const text = await response.text();
    const document = JSON.parse(text) as { openapi: string; paths: Record<string, Record<string, unknown>> };
    expect(document.openapi).toMatch(/^3\.1/);
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    // Metrics are Prometheus' text, a line carries what a socket would; neither is part of the API.
    const served = house.server.routes.filter(
      (route) => !/\/api\/(openapi|docs)|\/collab(-line)?\b|\/metrics$/.test(route),
    );
    expect(documented.toSorted()).toEqual(served.toSorted());
    const page = await (await house.fetch('/api/docs')).text();
    expect(page).not.toMatch(/https?:|<script>|style=|\son\w+=/);
    for (const path of ['/api/docs.js', '/api/docs.css']) expect((await house.fetch(path)).status).toBe(200);
  });
});

describe('the log', () => {
  it('holds ids, templates and times, and nothing of what was sent', async () => {
    const secret = 'KANARIE-9c41';
    const { meeting } = await house.meeting(visitor);
    await house.fetch(`/api/meetings/${meeting.id}?q=${secret}`, {
      as: visitor,
      headers: { 'user-agent': secret, referer: secret },
    });
    await house.fetch(`/${secret}`, { as: visitor });
    await house.fetch(`/api/${secret}`, { as: visitor });
    await house.fetch('/api/sign-in', { method: 'POST', json: { email: `${secret}@exempel.se`, password: secret } });
    await house.fetch('/api/sign-in', { method: 'POST', json: { [secret]: secret } });
    await house.fetch('/api/links/open', { method: 'POST', json: { token: secret.repeat(3) } });
    await house.fetch('/api/people', { method: 'POST', as: visitor, json: { name: `\u001b[31m${secret}\r\n` } });
    await house.fetch(`/api/meetings/${meeting.id}`, { method: 'PATCH', as: visitor, json: { title: secret } });
    await house.server.relay.edit(`agenda:${meeting.id}`, visitor.person.id, (doc) =>
      doc.getText('x').insert(0, secret),
    );
    const link = await house.server.services.links.invite(visitor.caller, (await house.add('Ny')).person.id);
    await house.fetch(`/lank?t=${link.url.split('#')[1]}`);
    const headers = { origin: house.url, cookie: visitor.cookie };
    await firstFrame(house.socket(`/collab/agenda:${meeting.id}?x=${secret}`, headers));
    await ending(house.socket(`/collab/${secret}`, headers));
    const log = house.log.join('');
    expect(log).toContain('"/api/meetings/:meetingId"');
    for (const found of [secret, visitor.cookie.split('=')[1] ?? '', link.url.split('#')[1] ?? '', meeting.title])
      expect(log).not.toContain(found);
    for (const line of house.log) expect(() => JSON.parse(line)).not.toThrow();
  });
});
