/**
 * Parcels are put together byte by byte; what they say is what lib0's encoder says.
 */
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { numbersParcel, parcel } from '../../server/relay/parcel.ts';

/** As y-protocols would make it. */
function encoded(numbers: readonly number[], body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of numbers) encoding.writeVarUint(encoder, number);
  encoding.writeUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}

describe('FAN numbers and bytes on the wire', () => {
  const numbers = [0, 1, 127, 128, 129, 16_383, 16_384, 2 ** 31 - 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER];

  it.each(numbers)('writes %d as lib0 does', (number) => {
    const message = encoded([number], new Uint8Array());
    expect(numbersParcel([number]).messages).toEqual([message]);
    expect(numbersParcel([number]).wire).toEqual(parcel(message).wire);
  });

  it.each([0, 1, 122, 123, 125, 126, 65_531, 65_532, 70_000])('puts %d bytes behind the numbers', (length) => {
    const body = Uint8Array.from({ length }, (_, n) => n);
    const message = encoded([0, 2, length], body);
    expect(numbersParcel([0, 2, length], body).wire).toEqual(parcel(message).wire);
  });
});
