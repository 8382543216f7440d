/**
 * Why this file exists: a browser that dies as browsers die, by SIGKILL, and comes back with the same profile on disk.
 * Playwright keeps the process of a persistent profile to itself, so this starts Chromium and connects to it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { chromiumArgs, findChromium } from './chromium.ts';

export interface KillableChromium {
  browser: Browser;
  /** The context of the profile on disk. */
  context: BrowserContext;
  /** SIGKILL, to all of it; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts a headless Chromium on a profile folder, behind a proxy. */
export async function startKillable(profile: string, proxy: string): Promise<KillableChromium> {
  const path = findChromium();
  if (!path) throw new Error('no Chromium');
  const child = spawn(
    path,
    [
      ...chromiumArgs(),
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      `--proxy-server=${proxy}`,
      '--proxy-bypass-list=<-loopback>',
      '--lang=sv',
      'about:blank',
    ],
    // A group of its own: its helpers die with it.
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const gone = once(child, 'exit');
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    void gone.then(() => reject(new Error(`Chromium ended: ${said}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0];
  if (!context) throw new Error('Chromium has no context');
  return {
    browser,
    context,
    async kill() {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGKILL');
      await gone;
    },
  };
}
