/**
 * Why this file exists: several people at once, each with a browser context of their own, and every complaint of their
 * consoles on record: a test that saw an error in the console has failed, whatever it was looking at.
 */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { createCuttableProxy } from './cuttable-proxy.ts';

export interface Person {
  page: Page;
  context: BrowserContext;
  /** Errors of the console and uncaught exceptions so far. */
  complaints: string[];
  /** Pulls the network cable; only for people who were let in with `cuttable`. */
  cut(): void;
  mend(): void;
  leave(): Promise<void>;
}

export interface LetIn {
  /** Where they go at once; without it, where the link leads. Saves the loading of a page that nobody looks at. */
  at?: string;
  language?: 'sv' | 'en';
  /** The person's network can be cut. */
  cuttable?: boolean;
  /** The person's network lets no WebSocket through. Can be cut, too. */
  withoutSockets?: boolean;
  context?: BrowserContextOptions;
}

/** What the browser itself says when the network is gone or a page is refused; not a fault of the page. */
const NETWORK = /net::ERR_|WebSocket connection to|Failed to load resource/;

/** Opens a context for one person; `link`, when given, signs them in. */
export async function letIn(browser: Browser, link: string | null, options: LetIn = {}): Promise<Person> {
  const proxy =
    options.cuttable || options.withoutSockets ? await createCuttableProxy({ sockets: !options.withoutSockets }) : null;
  const context = await browser.newContext({
    locale: options.language === 'en' ? 'en-GB' : 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...(proxy ? { proxy: { server: proxy.url } } : {}),
    ...options.context,
  });
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().stack ?? error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error' && !NETWORK.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  const page = await context.newPage();
  if (link && options.at !== undefined) {
    const answer = await context.request.get(link, { maxRedirects: 0 });
    if (answer.status() !== 302) throw new Error(`the link did not let them in: ${answer.status()}`);
    await page.goto(options.at);
  } else if (link) await page.goto(link);
  const uncut = (): never => {
    throw new Error('this person was not let in with `cuttable`');
  };
  return {
    page,
    context,
    complaints,
    cut: () => (proxy ? proxy.cut() : uncut()),
    mend: () => (proxy ? proxy.mend() : uncut()),
    async leave() {
      await context.close();
      await proxy?.close();
    },
  };
}
