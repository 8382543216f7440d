/**
 * What goes wrong on people's own devices: a tab closed too soon, a browser that dies while offline, a device that keeps
 * nothing. What was typed must be there afterwards, once.
 */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { letIn } from '../support/browser.ts';
import { launchChromium } from '../support/chromium.ts';
import { createCuttableProxy } from '../support/cuttable-proxy.ts';
import { expect } from '../support/expect.ts';
import { startKillable } from '../support/killable-chromium.ts';
import { openDoc } from '../support/light-client.ts';
import { itemAddress, newParagraph, notes, untilSaved } from '../support/meeting-page.ts';
import { signInByLink } from '../support/people.ts';
import { type DemoLine, type ServerProcess, startDemo, temporaryFolder } from '../support/server-process.ts';

let browser: Browser;
let server: ServerProcess & { demo: DemoLine };
let room = '';

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startDemo()]);
  room = server.demo.rooms.find((name) => name.startsWith('item:')) ?? '';
});
afterAll(async () => {
  await browser?.close();
  await server?.end('SIGTERM');
});

/** How often a word stands in the notes as the server has them. */
async function count(word: string): Promise<number> {
  const reader = openDoc(await signInByLink(server.demo.links.observer), room);
  await reader.synced();
  const text = reader.doc.getXmlFragment(NOTES_FRAGMENT).toString();
  reader.destroy();
  return text.split(word).length - 1;
}

/** Whether a word is in what the page has stored: a reading transaction sees nothing that is not. */
function onDevice(page: Page, word: string): Promise<boolean> {
  return page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ''));
      try {
        for (const store of database.objectStoreNames)
          for (const row of await done(database.transaction(store).objectStore(store).getAll()))
            if (row?.update instanceof Uint8Array && new TextDecoder().decode(row.update).includes(wanted)) return true;
      } finally {
        database.close();
      }
    }
    return false;
  }, word);
}

async function openNotes(page: Page): Promise<void> {
  await page.goto(itemAddress(server.url, room));
  await expect(notes(page)).toBeVisible({ timeout: 15_000 });
}

describe('F37 a tab closed 50 ms after a key', () => {
  it('leaves the key with the server', async () => {
    const person = await letIn(browser, server.demo.links.member1);
    await openNotes(person.page);
    await newParagraph(person.page);
    await person.page.keyboard.insertText('stängdförtidig');
    await person.page.waitForTimeout(50);
    await person.page.close();
    await expect.poll(() => count('stängdförtidig'), { timeout: 5000 }).toBe(1);
    await person.leave();
    expect(person.complaints).toEqual([]);
  });
});

describe('F38 a browser killed with text typed offline', () => {
  it('has the text when it comes back, and sends it once', async () => {
    const profile = temporaryFolder();
    const proxy = await createCuttableProxy();
    let chrome = await startKillable(profile.path, proxy.url);
    try {
      const page = await chrome.context.newPage();
      await page.goto(server.demo.links.member2);
      await openNotes(page);
      await newParagraph(page);
      await page.keyboard.insertText('medanvivaruppkopplade');
      await untilSaved(page);
      proxy.cut();
      await page.keyboard.insertText(' menintesen');
      await expect(page.getByText(/Frånkopplad – sparas på den här enheten/).first()).toBeVisible({ timeout: 15_000 });
      await expect.poll(() => onDevice(page, 'menintesen')).toBe(true);
      await chrome.kill();
      expect(await count('menintesen')).toBe(0);

      proxy.mend();
      chrome = await startKillable(profile.path, proxy.url);
      const again = await chrome.context.newPage();
      await again.goto(server.demo.links.member2);
      await openNotes(again);
      await expect(notes(again)).toContainText('medanvivaruppkopplade menintesen');
      await expect.poll(() => count('menintesen'), { timeout: 10_000 }).toBe(1);
      expect(await count('medanvivaruppkopplade')).toBe(1);
    } finally {
      await chrome.kill();
      await proxy.close();
      profile.remove();
    }
  });
});

describe('F39 a device that keeps nothing', () => {
  it('works while connected, and says so when IndexedDB is blocked', async () => {
    const person = await letIn(browser, null);
    await person.context.addInitScript(() => {
      const refuse = (): never => {
        throw new DOMException('blocked', 'SecurityError');
      };
      Object.defineProperty(IDBFactory.prototype, 'open', { value: refuse });
      Object.defineProperty(IDBFactory.prototype, 'databases', {
        value: () => Promise.reject(new DOMException('', 'SecurityError')),
      });
    });
    await person.page.goto(server.demo.links.member1);
    await openNotes(person.page);
    await expect(person.page.getByText(/låter inte Rådslag spara på den här enheten/)).toBeVisible();
    await newParagraph(person.page);
    await person.page.keyboard.insertText('utanminne');
    await untilSaved(person.page);
    await expect.poll(() => count('utanminne')).toBe(1);
    await person.leave();
    expect(person.complaints).toEqual([]);
  });

  it('works while connected, and says so when the disk is full', async () => {
    const person = await letIn(browser, server.demo.links.secretary);
    const devtools = await person.context.newCDPSession(person.page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize: 1 });
    await openNotes(person.page);
    await newParagraph(person.page);
    await person.page.keyboard.insertText('fulldisk');
    await untilSaved(person.page);
    await expect(person.page.getByText(/låter inte Rådslag spara på den här enheten/)).toBeVisible();
    await expect.poll(() => count('fulldisk')).toBe(1);
    await person.leave();
    expect(person.complaints).toEqual([]);
  });
});
