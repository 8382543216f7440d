/**
 * Why this file exists: six characters can be guessed by whoever may try without end, and a hall full of guests comes from
 * one address. So wrong codes are counted, right ones are not, and who has brought too many wrong ones waits in line.
 *
 * - An address has thirty wrong codes in ten minutes for nothing; when the whole house has heard sixty in a minute, three.
 *   Attempts under way count as wrong until they turn out right, so a crowd cannot slip past the count.
 * - Beyond that its attempts go one by one through a lane that all such addresses share, in turns. A wrong code holds the
 *   lane for a second, a right one does not: the line moves at sixty wrong codes a minute, however many guess.
 * - Nobody in line is refused because of others' guesses; who would wait too long is told when to come again. Addresses
 *   without wrong codes never see the lane.
 */
import { addressKey } from '../people/throttle.ts';
import { Refusal } from '../refusal.ts';

const FREE = 30;
const FREE_IN_A_STORM = 3;
const MEMORY_MS = 10 * 60_000;
const STORM = 60;
const STORM_MS = 60_000;
/** How long a wrong code holds the lane. */
const HOLD_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
/** Of one address; and of all, before one that has brought wrong codes is not let into the line any more. */
const MOST_WAITING = 300;
const MOST_WAITING_OF_ALL = 2_000;
/** So that a flood of addresses cannot fill the memory. */
const MOST_ADDRESSES = 20_000;
const COME_AGAIN_S = 5;

export interface CodeGate {
  /**
   * Tries a code for somebody at this address: `attempt` resolves to `null` for a wrong one. Resolves to what it
   * resolves to, when its turn has come; refuses with `too-many-attempts` and the seconds to wait.
   */
  attempt<T>(address: string, attempt: () => Promise<T | null>): Promise<T | null>;
}

export interface CodeGateClock {
  now(): number;
  /** Calls back after so many milliseconds; answers with the way to take it back. */
  later(ms: number, call: () => void): () => void;
}

const machineClock: CodeGateClock = {
  now: () => Date.now(),
  later(ms, call) {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

interface Address {
  /** When its wrong codes came, oldest first. */
  failures: number[];
  underWay: number;
  /** Those who wait, in the order they came. */
  line: ((lane: boolean) => void)[];
}

/** A gate that lives in memory: it starts afresh with the server. */
export function createCodeGate(clock: CodeGateClock = machineClock): CodeGate {
  const addresses = new Map<string, Address>();
  const storm: number[] = [];
  let underWay = 0;
  let waiting = 0;
  /** Somebody is at the lane's end, or their wrong code still holds it. */
  let held = false;
  /** Addresses in whose line somebody stands, in the order of their turns. */
  const lined = new Set<string>();

  const wrongOf = (address: Address): number => {
    const from = clock.now() - MEMORY_MS;
    while (address.failures.length > 0 && (address.failures[0] ?? 0) <= from) address.failures.shift();
    return address.failures.length;
  };
  const allowance = (): number => {
    const from = clock.now() - STORM_MS;
    while (storm.length > 0 && (storm[0] ?? 0) <= from) storm.shift();
    return storm.length + underWay >= STORM ? FREE_IN_A_STORM : FREE;
  };
  const find = (key: string): Address => {
    let address = addresses.get(key);
    if (!address) {
      address = { failures: [], underWay: 0, line: [] };
      addresses.set(key, address);
      forgetSome();
    }
    return address;
  };
  const forgetSome = (): void => {
    if (addresses.size <= MOST_ADDRESSES) return;
    for (const [key, address] of addresses) {
      if (address.underWay > 0 || address.line.length > 0) continue;
      addresses.delete(key);
      if (addresses.size <= MOST_ADDRESSES) break;
    }
  };
  const failed = (key: string, address: Address): void => {
    address.failures.push(clock.now());
    if (address.failures.length > FREE) address.failures.shift();
    storm.push(clock.now());
    if (storm.length > STORM) storm.shift();
    // Set anew, so that the map's order is by last failure and the oldest can go first.
    addresses.delete(key);
    addresses.set(key, address);
  };

  const letGo = (key: string, address: Address, lane: boolean): void => {
    address.line.shift()?.(lane);
    if (address.line.length === 0) lined.delete(key);
  };
  /** Lets go those of one address whose turn it is by its own count; whether it has to take the lane. */
  const serve = (key: string, address: Address): boolean => {
    const most = allowance();
    const wrong = wrongOf(address);
    if (wrong >= most) return address.line.length > 0;
    while (address.line.length > 0 && wrong + address.underWay < most) letGo(key, address, false);
    return false;
  };
  /** Lets the next one of the lane go, when nobody holds it. */
  function serveLane(): void {
    if (held) return;
    for (const key of [...lined]) {
      if (held) return;
      const address = addresses.get(key);
      if (!address || !serve(key, address)) continue;
      held = true;
      // To the end: the others have their turn before this address has another.
      lined.delete(key);
      lined.add(key);
      letGo(key, address, true);
    }
  }

  async function run<T>(key: string, address: Address, lane: boolean, attempt: () => Promise<T | null>) {
    address.underWay += 1;
    underWay += 1;
    let wrong = false;
    try {
      const result = await attempt();
      wrong = result === null;
      return result;
    } finally {
      address.underWay -= 1;
      underWay -= 1;
      if (wrong) failed(key, address);
      if (lane && wrong)
        clock.later(HOLD_MS, () => {
          held = false;
          serveLane();
        });
      else {
        if (lane) held = false;
        if (serve(key, address) || lane) serveLane();
      }
    }
  }

  return {
    attempt(from, attempt) {
      const key = addressKey(from);
      const address = find(key);
      if (address.line.length === 0 && wrongOf(address) + address.underWay < allowance())
        return run(key, address, false, attempt);
      const guilty = wrongOf(address) >= allowance();
      if (address.line.length >= MOST_WAITING || (guilty && waiting >= MOST_WAITING_OF_ALL))
        return Promise.reject(comeAgain());
      return new Promise((resolve, reject) => {
        const go = (lane: boolean): void => {
          forget();
          waiting -= 1;
          resolve(run(key, address, lane, attempt));
        };
        const forget = clock.later(LONGEST_WAIT_MS, () => {
          address.line.splice(address.line.indexOf(go), 1);
          if (address.line.length === 0) lined.delete(key);
          waiting -= 1;
          reject(comeAgain());
        });
        waiting += 1;
        address.line.push(go);
        lined.add(key);
        if (guilty && !held) serveLane();
      });
    },
  };
}

function comeAgain(): Refusal {
  return new Refusal('too-many-attempts', 'Too many wrong codes come from here; wait and try again.', {
    retryAfter: COME_AGAIN_S,
  });
}
