/**
 * Why this file exists: two people in a room must not carry names that look alike when one of them came without an account.
 * Names are compared by how they look, not by which characters they are made of.
 */

/** Letters of other alphabets, and digits, that look like a Latin letter; after lower case and without accents. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  // Cyrillic
  а: 'a',
  в: 'b',
  е: 'e',
  ѕ: 's',
  і: 'i',
  ј: 'j',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
  ԁ: 'd',
  һ: 'h',
  ӏ: 'l',
  // Greek
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  μ: 'm',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ζ: 'z',
  // Latin letters that have no accent to take away
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ɑ: 'a',
  ɡ: 'g',
  // Digits among letters
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '5': 's',
};

/**
 * A name as it is compared: without case, accents, spaces, punctuation and what says that somebody is a guest. Empty when
 * nothing of it is a letter.
 */
export function foldName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\b(gast|guest)\b/gu, '');
  return (
    [...plain]
      .map((letter) => LOOKS_LIKE[letter] ?? letter)
      .filter((letter) => /\p{L}/u.test(letter))
      .join('')
      // An l and an i are one stroke each in many typefaces.
      .replaceAll('l', 'i')
  );
}

/** Whether a name can stand beside the others: it holds letters of its own and looks like none of them. */
export function nameStandsOut(name: string, others: Iterable<string>): boolean {
  const folded = foldName(name);
  if (folded === '') return false;
  for (const other of others) if (foldName(other) === folded) return false;
  return true;
}
