/**
 * Why this file exists: guessing passwords must become slow, without telling which accounts exist and without locking
 * anybody out of their own. Only failures count, so a room full of people signing in from one address is no attack.
 *
 * Three counts: of an account from one address (what a guesser repeats), of an address (a list tried against many
 * accounts), and of everything (many addresses at once), which delays and never refuses.
 */
import { Refusal } from '../refusal.ts';

/** Failures free of charge, then seconds doubling from 1 up to the most. */
const ACCOUNT = { free: 5, most: 15 * 60 };
const ADDRESS = { free: 30, most: 60 };
/** A count is forgotten this long after its last failure, in milliseconds. */
const MEMORY_MS = 30 * 60_000;
const TOTAL_WINDOW_MS = 60_000;
const TOTAL_FREE = 60;
const TOTAL_STEP_MS = 50;
const TOTAL_MOST_MS = 3_000;
/** So that a flood of made-up names cannot fill the memory. */
const MOST_KEYS = 20_000;

interface Count {
  failures: number;
  last: number;
}

export interface Throttle {
  /** Refuses with `too-many-attempts` and the seconds to wait. An attempt that is refused does not count. */
  check(account: string, address: string): void;
  failed(account: string, address: string): void;
  /** Forgets the failures of this account from this address; the address keeps its count of others. */
  succeeded(account: string, address: string): void;
  /** Milliseconds every attempt must wait because of all recent failures together. */
  delay(): number;
}

/** One household or office usually has a /64: an attacker must not count as 2^64 addresses. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().replace(/%.*$/, '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':');
}

/** A throttle that lives in memory: it starts afresh with the server. */
export function createThrottle(now: () => number = () => Date.now()): Throttle {
  const counts = new Map<string, Count>();
  let total: number[] = [];

  const get = (key: string): Count | undefined => {
    const count = counts.get(key);
    if (count && now() - count.last > MEMORY_MS) {
      counts.delete(key);
      return undefined;
    }
    return count;
  };
  const add = (key: string): void => {
    const failures = (get(key)?.failures ?? 0) + 1;
    // Set anew, so that the map's order is by last failure and the oldest can go first.
    counts.delete(key);
    counts.set(key, { failures, last: now() });
    for (const oldest of counts.keys()) {
      if (counts.size <= MOST_KEYS) break;
      counts.delete(oldest);
    }
  };
  const wait = (key: string, rule: { free: number; most: number }): number => {
    const count = get(key);
    if (!count || count.failures < rule.free) return 0;
    const seconds = Math.min(rule.most, 2 ** Math.min(20, count.failures - rule.free));
    return Math.max(0, count.last + seconds * 1000 - now());
  };
  const keys = (account: string, address: string) => {
    const from = addressKey(address);
    return { account: `account ${from} ${account}`, address: `address ${from}` };
  };

  return {
    check(account, address) {
      const key = keys(account, address);
      const ms = Math.max(wait(key.account, ACCOUNT), wait(key.address, ADDRESS));
      if (ms > 0)
        throw new Refusal('too-many-attempts', 'Too many failed attempts; wait and try again.', {
          retryAfter: Math.ceil(ms / 1000),
        });
    },
    failed(account, address) {
      const key = keys(account, address);
      add(key.account);
      add(key.address);
      total = [...total.filter((at) => now() - at < TOTAL_WINDOW_MS), now()].slice(-10 * TOTAL_FREE);
    },
    succeeded(account, address) {
      counts.delete(keys(account, address).account);
    },
    delay() {
      const recent = total.filter((at) => now() - at < TOTAL_WINDOW_MS).length;
      return Math.min(TOTAL_MOST_MS, Math.max(0, recent - TOTAL_FREE) * TOTAL_STEP_MS);
    },
  };
}
