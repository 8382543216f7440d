/**
 * Why this file exists: behind a proxy every request comes from the proxy's address, and all that counts failures per
 * address would count a whole town as one. What a header says about it is believed only as far as somebody trusted wrote
 * it: it is read from the right, where the nearest proxy writes, and never past the first address that is not one of ours.
 */
import { BlockList, isIP } from 'node:net';

/** Who is believed: so many proxies in a row, or those with these addresses. */
export type TrustedProxy = { hops: number } | { addresses: BlockList };

const MOST_HOPS = 9;
const MOST_ADDRESSES = 100;

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** An IPv4 address that came in by a socket for both. */
const unmapped = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');

/**
 * Reads the setting: a number of proxies from 1 to 9, or addresses and networks (`10.0.0.0/8`) with commas between.
 * `null` when it is neither.
 */
export function parseTrustedProxy(value: string): TrustedProxy | null {
  if (/^\d+$/.test(value)) {
    const hops = Number(value);
    return hops >= 1 && hops <= MOST_HOPS ? { hops } : null;
  }
  const entries = value.split(',').map((entry) => entry.trim());
  if (entries.length > MOST_ADDRESSES) return null;
  const addresses = new BlockList();
  for (const entry of entries) {
    const [address = '', bits, ...more] = entry.split('/');
    if (isIP(address) === 0 || more.length > 0) return null;
    if (bits === undefined) addresses.addAddress(address, family(address));
    else {
      const most = isIP(address) === 6 ? 128 : 32;
      if (!/^\d{1,3}$/.test(bits) || Number(bits) > most) return null;
      addresses.addSubnet(address, Number(bits), family(address));
    }
  }
  return { addresses };
}

/** An entry of the header without the port some proxies write; '' when it is no address. */
function addressOf(entry: string): string {
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry;
  return isIP(bare) === 0 ? '' : unmapped(bare);
}

/**
 * The address of whoever asks: `peer`, the other end of the connection, or, as far as it is `trusted`, what it and the
 * proxies before it have written into `X-Forwarded-For`.
 */
export function clientAddress(peer: string, forwarded: string | undefined, trusted: TrustedProxy | null): string {
  if (trusted === null || forwarded === undefined) return peer;
  const entries = forwarded.split(',').reverse();
  let address = unmapped(peer);
  for (const [hop, entry] of entries.entries()) {
    const believed =
      'hops' in trusted ? hop < trusted.hops : isIP(address) !== 0 && trusted.addresses.check(address, family(address));
    const before = believed ? addressOf(entry.trim()) : '';
    // What stands further to the left could have been written by anybody.
    if (before === '') break;
    address = before;
  }
  return address;
}
