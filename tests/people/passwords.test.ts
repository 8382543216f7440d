/**
 * Why this file exists: a password is stored so that it can be checked and not read, at whatever cost it was stored with.
 */
import { describe, expect, it } from 'vitest';
import { createPasswords } from '../../server/people/passwords.ts';

const cheap = createPasswords({ ln: 4, r: 8, p: 1 });

describe('passwords', () => {
  it('are told from others, and stored differently each time', async () => {
    const [a, b] = [await cheap.hash('granarna vid ån'), await cheap.hash('granarna vid ån')];
    expect(a).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
    expect(a).not.toBe(b);
    expect(await cheap.verify(a, 'granarna vid ån')).toBe(true);
    expect(await cheap.verify(a, 'granarna vid ån ')).toBe(false);
    expect(await cheap.verify(a, '')).toBe(false);
  });

  it('are the same however the letters were composed', async () => {
    expect(await cheap.verify(await cheap.hash('a\u030angerman'), 'ångerman')).toBe(true);
  });

  it('of an older cost still work', async () => {
    const old = await createPasswords({ ln: 3, r: 8, p: 1 }).hash('gammalt');
    expect(await cheap.verify(old, 'gammalt')).toBe(true);
  });

  it('of nobody, and strings that are none, are never right', async () => {
    for (const stored of [null, '', 'x', '$scrypt$ln=99,r=8,p=1$aa$bb', '$scrypt$ln=4,r=0,p=1$aa$bb', '$argon2id$x'])
      expect(await cheap.verify(stored, '')).toBe(false);
  });
});
