/**
 * Why this file exists: whose address counts behind a proxy. Who forges the header must not become somebody else, and who
 * comes through the proxy must not pay for the others' wrong passwords and codes.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../server/config.ts';
import { clientAddress, parseTrustedProxy } from '../../server/http/client-address.ts';
import { type House, openHouse } from './house.ts';

const PEER = '10.0.0.2';
/** peer, header, setting → the address that counts. */
const TABLE: readonly (readonly [setting: string, peer: string, header: string | undefined, counts: string])[] = [
  // Nobody is trusted: the header is nothing.
  ['', PEER, '203.0.113.7', PEER],
  ['', '::ffff:10.0.0.2', '203.0.113.7', '::ffff:10.0.0.2'],
  // One proxy: what it wrote, the last entry, whatever stands before it.
  ['1', PEER, undefined, PEER],
  ['1', PEER, '', PEER],
  ['1', PEER, '203.0.113.7', '203.0.113.7'],
  ['1', PEER, '198.51.100.1, 198.51.100.2,203.0.113.7', '203.0.113.7'],
  ['1', PEER, '203.0.113.7:51234', '203.0.113.7'],
  ['1', PEER, '[2001:db8::7]:51234', '2001:db8::7'],
  ['1', PEER, '2001:db8::7', '2001:db8::7'],
  ['1', PEER, '::ffff:203.0.113.7', '203.0.113.7'],
  ['1', PEER, '203.0.113.7, unknown', PEER],
  ['1', PEER, '203.0.113.7, <script>', PEER],
  // Two in a row; who reached the inner one directly is at least who it saw.
  ['2', PEER, '198.51.100.1, 203.0.113.7, 10.0.0.1', '203.0.113.7'],
  ['2', PEER, '203.0.113.7', '203.0.113.7'],
  ['2', PEER, 'unknown, 203.0.113.7', '203.0.113.7'],
  // By address: past all of ours, and not one further.
  ['10.0.0.2', PEER, '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  ['10.0.0.2', '::ffff:10.0.0.2', '203.0.113.7', '203.0.113.7'],
  ['10.0.0.2', '203.0.113.99', '198.51.100.1', '203.0.113.99'],
  ['10.0.0.0/8, 2001:db8:1::/48', PEER, '198.51.100.1, 203.0.113.7, 2001:db8:1::5, 10.9.9.9', '203.0.113.7'],
  ['10.0.0.0/8', PEER, '10.0.0.9', '10.0.0.9'],
  ['10.0.0.0/8', '', '203.0.113.7', ''],
];

describe('the address that counts', () => {
  it.each(TABLE)('with TRUSTED_PROXY "%s", from %s with "%s", is %s', (setting, peer, header, counts) => {
    const trusted = setting === '' ? null : parseTrustedProxy(setting);
    expect(trusted === null).toBe(setting === '');
    expect(clientAddress(peer, header, trusted)).toBe(counts);
  });

  it.each(['0', '10', '-1', '1.5', 'yes', 'proxy.exempel.se', '10.0.0.0/33', '10.0.0.0/', '10.0.0.1,', '::/129', '*'])(
    'cannot be set by "%s"',
    (TRUSTED_PROXY) => {
      expect(parseTrustedProxy(TRUSTED_PROXY)).toBeNull();
      expect(() => parseConfig({ TRUSTED_PROXY })).toThrow(ConfigError);
    },
  );

  it('is set from the environment, and by default nobody is believed', () => {
    expect(parseConfig({}).trustedProxy).toBeNull();
    expect(parseConfig({ TRUSTED_PROXY: '2' }).trustedProxy).toEqual({ hops: 2 });
  });
});

const houses: House[] = [];
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
});

/** More wrong answers than an address has for nothing. */
const MANY = 40;

describe('behind a proxy', () => {
  async function scene(env: Record<string, string>): Promise<House> {
    const house = await openHouse({ env }, { attacked: true });
    houses.push(house);
    return house;
  }
  const signIn = (house: House, from: string, n: number): Promise<number> =>
    house
      .fetch('/api/sign-in', {
        method: 'POST',
        json: { email: `ingen${n}@exempel.se`, password: 'fel lösenord' },
        headers: { 'x-forwarded-for': from },
      })
      .then(({ status }) => status);
  async function guess(house: House, from: (n: number) => string): Promise<number[]> {
    const heard: number[] = [];
    for (let n = 0; n < MANY; n++) heard.push(await signIn(house, from(n), n));
    return heard;
  }

  it('one who guesses waits, and the others who come through it do not', async () => {
    const house = await scene({ TRUSTED_PROXY: '1' });
    expect((await guess(house, () => '203.0.113.7')).at(-1)).toBe(429);
    expect(await signIn(house, '203.0.113.8', MANY)).toBe(401);
    // Forging what stands further left changes nothing.
    expect(await signIn(house, '203.0.113.8, 203.0.113.7', MANY)).toBe(429);
  });

  it('that nobody said is there, a forged address is nothing', async () => {
    const house = await scene({});
    expect((await guess(house, (n) => `203.0.113.${n}`)).at(-1)).toBe(429);
  });

  it('that stands elsewhere, a forged address is nothing either', async () => {
    const house = await scene({ TRUSTED_PROXY: '192.0.2.1' });
    expect((await guess(house, (n) => `203.0.113.${n}`)).at(-1)).toBe(429);
  });
});
