/**
 * Why this file exists: builds the notes' page once, serves it with the program's Content-Security-Policy beside a real
 * relay in memory, and opens people's browsers that fail the test on any word in their console.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { WebSocketServer } from 'ws';
import type { AccessDecision } from '#shared/policy.ts';
import { wireSocket } from '../../../server/http/wire-socket.ts';
import { NOTES_SHAPE } from '../../../server/meetings/room-shapes.ts';
import type { Relay } from '../../../server/relay/ports.ts';
import { createRelay } from '../../../server/relay/relay.ts';
import { MemoryUpdateStore } from '../../../server/storage/update-store-memory.ts';
import { launchChromium } from '../../support/chromium.ts';
import { expectNothingRefused, expectNothingStrayed } from '../../support/honest.ts';

export const ROOM = 'item:vinterm0te0000000000:punkt000000000000001';
export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** What a page said or asked for that it should not have. */
export interface Trouble {
  kind: 'console' | 'error' | 'dialog' | 'request';
  text: string;
}

export interface Visitor {
  page: Page;
  context: BrowserContext;
  trouble: Trouble[];
}

export class Harness {
  readonly relay: Relay;
  readonly rights = new Map<string, AccessDecision>();
  readonly browser: Browser;
  readonly url: string;
  readonly #server: Server;
  readonly #folder: string;
  readonly #contexts: BrowserContext[] = [];
  /** While true nobody gets a socket. */
  down = false;
  /** What the relay logged. */
  readonly logged: { event: string; fields: Record<string, string | number> }[];
  /** Open sockets by person. */
  readonly sockets = new Map<string, Set<{ terminate(): void }>>();

  private constructor(
    relay: Relay,
    browser: Browser,
    server: Server,
    folder: string,
    url: string,
    logged: Harness['logged'],
  ) {
    this.logged = logged;
    this.relay = relay;
    this.browser = browser;
    this.#server = server;
    this.#folder = folder;
    this.url = url;
  }

  static async start(): Promise<Harness> {
    const folder = await mkdtemp(join(tmpdir(), 'notes-'));
    await build({
      configFile: false,
      root: join(import.meta.dirname, 'page'),
      plugins: [react()],
      logLevel: 'warn',
      build: { outDir: folder, emptyOutDir: true, target: 'es2023', minify: false, chunkSizeWarningLimit: 10_000 },
    });
    const sockets: Harness['sockets'] = new Map();
    const rights: Harness['rights'] = new Map();
    const logged: Harness['logged'] = [];
    const relay = createRelay({
      store: new MemoryUpdateStore(),
      // The notes' own shape: whatever an editor does must pass it.
      shapeOf: () => NOTES_SHAPE,
      // Tests drive the editor faster than people type, some of them by thousands of commands in one turn.
      limits: {
        updatesPerSecond: Number.POSITIVE_INFINITY,
        messagesPerSecond: Number.POSITIVE_INFINITY,
        framesPerSecond: Number.POSITIVE_INFINITY,
      },
      log: (event, fields) => logged.push({ event, fields }),
      authorize: async (principal) => rights.get(principal.personId) ?? { access: 'write', reason: '' },
    });
    const upgrades = new WebSocketServer({ noServer: true });
    let harness: Harness | null = null;
    const server = createServer((request, answer) => {
      const path = new URL(request.url ?? '/', 'http://x').pathname;
      if (path.startsWith('/authorship/')) {
        void relay.authorship(decodeURIComponent(path.slice('/authorship/'.length))).then((spans) => {
          const people = Object.fromEntries(
            spans.map((span) => [span.personId, { name: nameOf(span.personId), colour: colourOf(span.personId) }]),
          );
          answer.setHeader('content-type', 'application/json');
          answer.end(JSON.stringify({ people, spans }));
        });
        return;
      }
      // A server that is away is not a network that lets no sockets through: then the page would take another way.
      if (path.startsWith('/collab-line') || (path === '/healthz' && harness?.down)) {
        request.socket.destroy();
        return;
      }
      const file = path === '/' ? 'index.html' : path.slice(1);
      readFile(join(folder, file)).then(
        (bytes) => {
          answer.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
          answer.setHeader('content-security-policy', CSP);
          answer.end(bytes);
        },
        () => {
          // /healthz among others: its Date header is what the page wants.
          answer.statusCode = 204;
          answer.end();
        },
      );
    });
    server.on('upgrade', (request, socket, head) => {
      if (harness?.down) {
        socket.destroy();
        return;
      }
      const url = new URL(request.url ?? '/', 'http://x');
      const personId = /person=([a-z]+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'astrid';
      upgrades.handleUpgrade(request, socket, head, (ws) => {
        const open = sockets.get(personId) ?? new Set();
        sockets.set(personId, open.add(ws));
        const connection = relay.connect(wireSocket(ws, socket), {
          room: decodeURIComponent(url.pathname.slice('/collab/'.length)),
          principal: {
            personId,
            sessionId: `session-${personId}`,
            user: { id: personId, name: nameOf(personId), colour: colourOf(personId), organisation: 'Almvik' },
          },
          extended: url.searchParams.get('v') === '1',
        });
        ws.on('message', (data: Buffer) => connection.message(new Uint8Array(data)));
        ws.on('close', () => {
          open.delete(ws);
          connection.closed();
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await launchChromium();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    harness = new Harness(relay, browser, server, folder, url, logged);
    // The maps the server writes to are the ones the tests see.
    (harness as { sockets: Harness['sockets'] }).sockets = sockets;
    (harness as { rights: Harness['rights'] }).rights = rights;
    return harness;
  }

  /** A browser of one's own, signed in as `person`. */
  async context(person: string, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      locale: 'sv-SE',
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    await context.addCookies([{ name: 'person', value: person, url: this.url }]);
    this.#contexts.push(context);
    return context;
  }

  /** Opens the notes; everything unexpected is gathered in `trouble`. */
  async visit(person: string, room: string, context?: BrowserContext): Promise<Visitor> {
    const own = context ?? (await this.context(person));
    const page = await own.newPage();
    const trouble: Trouble[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        trouble.push({ kind: 'console', text: message.text() });
    });
    page.on('pageerror', (error) => trouble.push({ kind: 'error', text: String(error.stack ?? error) }));
    page.on('dialog', (dialog) => {
      trouble.push({ kind: 'dialog', text: dialog.message() });
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(this.url)) trouble.push({ kind: 'request', text: request.url() });
    });
    await page.goto(`${this.url}/?person=${person}&room=${encodeURIComponent(room)}`);
    return { page, context: own, trouble };
  }

  /** Breaks every socket of a person. */
  cut(person: string): void {
    for (const socket of this.sockets.get(person) ?? []) socket.terminate();
  }

  async stop(): Promise<void> {
    for (const context of this.#contexts) await context.close();
    await this.browser.close();
    await this.relay.stop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true, force: true });
    expectNothingRefused(this.logged);
    expectNothingStrayed(this.logged);
  }
}

const NAMES: Record<string, string> = { astrid: 'Astrid Mo', bo: 'Bo Härd', cilla: 'Cilla Rask' };
const nameOf = (id: string) => NAMES[id] ?? id;
const colourOf = (id: string) => Object.keys(NAMES).indexOf(id) + 1;

let rooms = 0;
/** A room of the test's own. */
export function freshRoom(): string {
  rooms += 1;
  return `item:vinterm0te0000000000:punkt${String(rooms).padStart(15, '0')}`;
}

export const EDITOR = '.ProseMirror';
