/**
 * Why this file exists: passwords are kept so that a stolen database costs as much as possible to try. Node's own
 * scrypt, off the event loop, with its cost in the stored string so that it can be raised later.
 *
 * Stored form: `$scrypt$ln=15,r=8,p=3$<salt>$<hash>`, base64url.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

export interface PasswordCost {
  /** log2 of N. */
  ln: number;
  r: number;
  p: number;
}

/** 32 MiB and some tenths of a second: OWASP's equivalent of N=2^17 with a quarter of the memory. */
export const DEFAULT_COST: PasswordCost = { ln: 15, r: 8, p: 3 };

const HASH_BYTES = 32;
/** A stored string from a damaged or foreign database must not make us allocate gigabytes. */
const MAX_LN = 20;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** `null` stands for nobody: as much work, always false. */
  verify(stored: string | null, password: string): Promise<boolean>;
}

function derive(password: string, salt: Buffer, length: number, cost: PasswordCost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** cost.ln, r: cost.r, p: cost.p, maxmem: 256 * 2 ** cost.ln * cost.r };
  return new Promise((resolve, reject) => {
    // The same letters typed on different keyboards are the same password.
    scrypt(password.normalize('NFKC'), salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

const STORED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/;

function parse(stored: string): { cost: PasswordCost; salt: Buffer; hash: Buffer } | null {
  const match = STORED.exec(stored);
  if (!match) return null;
  const cost = { ln: Number(match[1]), r: Number(match[2]), p: Number(match[3]) };
  if (cost.ln < 1 || cost.ln > MAX_LN || cost.r < 1 || cost.p < 1) return null;
  return { cost, salt: Buffer.from(match[4] ?? '', 'base64url'), hash: Buffer.from(match[5] ?? '', 'base64url') };
}

/** Hashes at `cost`; verifies at whatever cost a stored string names. */
export function createPasswords(cost: PasswordCost = DEFAULT_COST): Passwords {
  const nobodysSalt = randomBytes(16);
  return {
    async hash(password) {
      const salt = randomBytes(16);
      const key = await derive(password, salt, HASH_BYTES, cost);
      return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
    },
    async verify(stored, password) {
      const parsed = stored === null ? null : parse(stored);
      if (!parsed) {
        await derive(password, nobodysSalt, HASH_BYTES, cost);
        return false;
      }
      const key = await derive(password, parsed.salt, parsed.hash.length, parsed.cost);
      return timingSafeEqual(key, parsed.hash);
    },
  };
}
