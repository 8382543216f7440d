/** Codes as people type them, and names that look alike. */
import { describe, expect, it } from 'vitest';
import { cleanCode, readCode, showCode, strangeLetter } from '#shared/guests/code.ts';
import { foldName, nameStandsOut } from '#shared/guests/names.ts';
import { newCode } from '../../server/guests/codes.ts';

describe('a code', () => {
  it('is drawn from all its letters, and no two alike', () => {
    const codes = Array.from({ length: 2_000 }, newCode);
    expect(new Set(codes).size).toBe(2_000);
    expect(new Set(codes.join('')).size).toBe(31);
    for (const code of codes) expect(readCode(code)).toBe(code);
  });

  it('is read however it is typed', () => {
    for (const typed of ['h7kq4m', ' H7K Q4M ', 'H7K-Q4M', 'h7k–q4m', 'H 7 K_Q.4 M'])
      expect(readCode(typed)).toBe('H7KQ4M');
    for (const typed of ['', 'H7KQ4', 'H7KQ4MM', 'H7KQ40', 'HÖKQ4M', '______', 'ＨKQ4MM'])
      expect(readCode(typed), typed).toBeNull();
    expect(cleanCode('h7k q')).toBe('H7KQ');
    expect(showCode('H7KQ4M')).toBe('H7K Q4M');
  });

  it('names the letter that stands in no code', () => {
    expect(strangeLetter('h7k0')).toBe('0');
    expect(strangeLetter('h7 kq-4m')).toBeNull();
  });
});

describe('names', () => {
  it.each([
    ['Anna Berg', 'anna  BERG'],
    ['Anna Berg', 'Ánna Bérg'],
    ['Anna Berg', 'Аnnа Вerg'],
    ['Anna Berg', 'Anna\u200bBerg'],
    ['Anna Berg', 'Anna Berg (gäst)'],
    ['Anna Berg', 'Gäst: Anna Berg'],
    ['Bo Lind', 'Bo 1ind'],
    ['Ulla Öst', 'UIIa 0st'],
    ['Åsa Strøm', 'Asa Ström'],
    ['ﬁn', 'fin'],
  ])('%s looks like %s', (one, other) => {
    expect(foldName(one)).toBe(foldName(other));
    expect(nameStandsOut(other, [one])).toBe(false);
  });

  it('of others with an initial more, or none alike, stand', () => {
    expect(nameStandsOut('Anna B Berg', ['Anna Berg', 'Annika Berg'])).toBe(true);
    expect(nameStandsOut('Anna', ['Anna Berg'])).toBe(true);
    expect(nameStandsOut('Fatima بنت', ['Fatima'])).toBe(true);
  });

  it('without a letter stand nowhere', () => {
    for (const name of ['', '...', '🙂', '(gäst)', '42']) expect(nameStandsOut(name, []), name).toBe(false);
  });
});
