/**
 * Why this file exists: a judge that finds nothing proves nothing. Each thing the oracle must see is done to it here.
 */
import { describe, expect, it } from 'vitest';
import { Oracle, wordsIn } from './oracle.ts';

function twoPeople() {
  const oracle = new Oracle();
  const [anna, bo, rut] = [oracle.person('anna'), oracle.person('bo'), oracle.person('rut', { reader: true })];
  for (const ledger of [anna, bo, rut]) for (let n = 0; n < 2; n++) ledger.did({ typed: [ledger.nextWord()] });
  anna.toldSaved();
  return { oracle, anna, bo, rut };
}
const read = (text: string) => wordsIn(text);
const everybody = (...texts: string[]) => new Map(texts.map((text, n) => [`reader ${n}`, read(text)]));

describe('the oracle', () => {
  it('is content with what is true', () => {
    const { oracle, bo } = twoPeople();
    oracle.checkRead(read('anna0.anna1.'), 'now');
    oracle.checkRead(read('bo1.anna0.bo0.anna1.'), 'now');
    oracle.checkQuiet(everybody('anna0.bo0.anna1.bo1.', 'anna0.bo0.anna1.bo1.'), 'at the end');
    bo.toldSaved();
    oracle.checkAllSaved('at the end');
  });

  it('sees a saved word that is lost', () => {
    expect(() => twoPeople().oracle.checkRead(read('anna0.bo0.'), 'now')).toThrow('"anna1." was saved');
  });

  it('sees a word twice, whether it was saved or not', () => {
    expect(() => twoPeople().oracle.checkRead(read('anna0.anna1.bo0.bo0.'), 'now')).toThrow(
      '"bo0." stands there twice',
    );
  });

  it('sees half a word', () => {
    expect(() => read('anna0.na1.bo')).toThrow('belongs to no word');
  });

  it('sees a word of somebody who may not write', () => {
    expect(() => twoPeople().oracle.checkRead(read('anna0.anna1.rut1.'), 'now')).toThrow('a reader');
  });

  it('sees a deleted word that is back, once its deletion was said to be saved', () => {
    const { oracle, bo } = twoPeople();
    bo.did({ erased: ['anna0.'] });
    oracle.checkRead(read('anna0.anna1.'), 'before it is saved');
    oracle.checkRead(read('anna1.'), 'before it is saved');
    bo.toldSaved();
    expect(() => oracle.checkRead(read('anna0.anna1.bo0.bo1.'), 'now')).toThrow('was said to be gone');
  });

  it('sees people who read different things, also the same words in another order', () => {
    const { oracle } = twoPeople();
    expect(() => oracle.checkQuiet(everybody('anna0.anna1.bo0.bo1.', 'anna0.anna1.bo0.'), 'at the end')).toThrow(
      'missing: bo1.',
    );
    expect(() => oracle.checkQuiet(everybody('anna0.anna1.bo0.bo1.', 'bo1.anna0.anna1.bo0.'), 'at the end')).toThrow(
      'another order',
    );
  });

  it('sees a word that is neither there nor refused, and a refused one that is there', () => {
    const { oracle, bo } = twoPeople();
    expect(() => oracle.checkQuiet(everybody('anna0.anna1.bo0.'), 'at the end')).toThrow('neither there nor refused');
    bo.toldRefused('bo1.\n');
    oracle.checkQuiet(everybody('anna0.anna1.bo0.'), 'at the end');
    expect(() => oracle.checkQuiet(everybody('anna0.anna1.bo0.bo1.'), 'at the end')).toThrow('was told');
  });

  it('sees somebody who was never told', () => {
    expect(() => twoPeople().oracle.checkAllSaved('at the end')).toThrow('bo waits for 2');
  });
});
