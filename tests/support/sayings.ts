/**
 * Why this file exists: many people write at once, and afterwards every sentence must be found, once, where it was written.
 * So each says something that nobody else says: whose it is and which one in order stands in it.
 */
import type { Random } from './random.ts';

const WHO = [
  'Bokbussen',
  'Vårdcentralen',
  'Lanthandeln',
  'Skolans matsal',
  'Biblioteket',
  'Hemtjänsten',
  'Fritidsgården',
  'Apoteket',
];
const DOES = [
  'håller öppet',
  'svarar i telefon',
  'samlar grannarna',
  'lånar ut sin lokal',
  'tar emot besök',
  'hjälper till',
];
const WHEN = [
  'varje tisdag',
  'efter klockan tre',
  'även på sommaren',
  'en kväll i veckan',
  'när sista bussen har gått',
  'utan att man bokar',
];

/** What marks a sentence: the writer's letter and a number, as `c04`. */
const MARK = /\(([a-z]\d\d)\)/gu;

/** Somebody's `n`th sentence, drawn by lot and like no other. */
export function saying(writer: string, n: number, lots: Random): string {
  return `${lots.pick(WHO)} ${lots.pick(DOES)} ${lots.pick(WHEN)} (${writer}${String(n).padStart(2, '0')}).`;
}

/** The marks in a text, in their order. */
export function marksIn(text: string): string[] {
  return [...text.matchAll(MARK)].map((match) => match[1] ?? '');
}
