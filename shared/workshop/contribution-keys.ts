/**
 * Why this file exists: a contribution is a paragraph, an entry of a list or a row of a table that a group wrote. Its
 * words are never copied, so everything that is said of it (where it lies, what was made from it) names it by a key.
 */
import { type Id, isId } from '../ids.ts';

/** `<group>:<client>:<clock>`: the group, and the Yjs id of the element in the group's room. */
export type ContributionKey = string;

/** The most contributions one block may be made from; whatever is said of more is not read. */
export const MAX_SOURCES = 50;
/** The longest key: a group's id and two whole numbers. */
export const MAX_KEY = 20 + 1 + 16 + 1 + 16;

const WHOLE = /^(0|[1-9]\d{0,15})$/;

/** The key of an element. `client` and `clock` are whole numbers from 0 up, at most 2^53 − 1. */
export function contributionKey(groupId: Id, client: number, clock: number): ContributionKey {
  return `${groupId}:${client}:${clock}`;
}

/** What a key names, or `null` for what is no key: each contribution has exactly one spelling. */
export function parseKey(value: unknown): { groupId: Id; client: number; clock: number } | null {
  if (typeof value !== 'string' || value.length > MAX_KEY) return null;
  const [groupId, client = '', clock = '', ...more] = value.split(':');
  if (!isId(groupId) || more.length > 0 || !WHOLE.test(client) || !WHOLE.test(clock)) return null;
  const parsed = { groupId, client: Number(client), clock: Number(clock) };
  return Number.isSafeInteger(parsed.client) && Number.isSafeInteger(parsed.clock) ? parsed : null;
}

/** Whether a value from outside has the form of a key; says nothing about whether anybody wrote it. */
export function isContributionKey(value: unknown): value is ContributionKey {
  return parseKey(value) !== null;
}

/** The keys that a `sources` attribute names, each once, in its order; what is no key is passed over. */
export function readSources(value: unknown): ContributionKey[] {
  if (typeof value !== 'string') return [];
  const keys = new Set<ContributionKey>();
  // Longer than the longest honest value is not worth taking apart.
  for (const part of value.slice(0, MAX_SOURCES * (MAX_KEY + 1)).split(',')) {
    if (keys.size === MAX_SOURCES) break;
    if (isContributionKey(part)) keys.add(part);
  }
  return [...keys];
}

/** The `sources` attribute for these keys, `null` for none: the first fifty of them, each once. */
export function writeSources(keys: Iterable<ContributionKey>): string | null {
  const kept = new Set<ContributionKey>();
  for (const key of keys) {
    if (kept.size === MAX_SOURCES) break;
    if (isContributionKey(key)) kept.add(key);
  }
  return kept.size === 0 ? null : [...kept].join(',');
}

/** Any value as a harmless `sources` attribute: at most fifty keys, or `null`. */
export function cleanSources(value: unknown): string | null {
  return writeSources(readSources(value));
}
