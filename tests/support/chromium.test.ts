import { afterEach, describe, expect, it } from 'vitest';
import { chromiumArgs, ensureChromium, findChromium } from './chromium.ts';

const before = process.env.CHROMIUM_PATH;
afterEach(() => {
  if (before === undefined) delete process.env.CHROMIUM_PATH;
  else process.env.CHROMIUM_PATH = before;
});

describe('finding a Chromium', () => {
  it('tries nothing else when CHROMIUM_PATH names one, and says which when it does not start', async () => {
    process.env.CHROMIUM_PATH = '/nowhere/chromium';
    expect(findChromium()).toBeNull();
    await expect(ensureChromium()).rejects.toThrow('/nowhere/chromium');
  });

  it('takes an executable that starts, whatever it is called', () => {
    process.env.CHROMIUM_PATH = process.execPath;
    expect(findChromium()).toBe(process.execPath);
  });

  it('gives up the sandbox only as root, where Chromium refuses to start with it', () => {
    expect(chromiumArgs().includes('--no-sandbox')).toBe(process.getuid?.() === 0);
  });
});
