/**
 * Why this file exists: a line's streams come in pieces that some box on the way may cut anywhere; what is read must be
 * the same however it was cut.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messagesIn, RECORD_CLOSE, RECORD_MESSAGE, RECORD_OPEN, RecordReader, recordHead } from '#shared/line.ts';
import { joined, parcel } from '../../server/relay/parcel.ts';

type Heard = [number, number, string] | ['too large', number];

const MOST = 64;

/** What a reader makes of the pieces. */
function read(pieces: Uint8Array[]): Heard[] {
  const heard: Heard[] = [];
  const reader = new RecordReader(MOST);
  for (const piece of pieces)
    reader.push(piece, {
      record: (kind, channel, body) => heard.push([kind, channel, Buffer.from(body).toString('hex')]),
      tooLarge: (channel) => heard.push(['too large', channel]),
    });
  return heard;
}

const record = fc.record({
  kind: fc.constantFrom(RECORD_OPEN, RECORD_MESSAGE, RECORD_CLOSE),
  channel: fc.nat({ max: 2 ** 32 - 1 }),
  body: fc.uint8Array({ maxLength: MOST + 8 }),
});

describe('the records of a line', () => {
  it('are the same however the stream was cut', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), fc.array(fc.nat({ max: 100 })), (records, cuts) => {
        const stream = Buffer.concat(
          records.flatMap(({ kind, channel, body }) => [recordHead(kind, channel, body.byteLength), body]),
        );
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (const cut of cuts) {
          pieces.push(stream.subarray(at, at + cut));
          at += cut;
        }
        pieces.push(stream.subarray(at));
        const expected = records.map(
          ({ kind, channel, body }): Heard =>
            body.byteLength > MOST ? ['too large', channel] : [kind, channel, Buffer.from(body).toString('hex')],
        );
        expect(read(pieces)).toEqual(expected);
      }),
    );
  });

  it('of no known kind make no sense', () => {
    expect(() => read([recordHead(9, 1, 0)])).toThrow('kind 9');
    expect(() => read([new Uint8Array(30)])).toThrow('kind 0');
  });

  it('carry messages of every length as a WebSocket does', () => {
    const sizes = [0, 1, 125, 126, 65_535, 65_536];
    const whole = joined(sizes.map((size) => parcel(new Uint8Array(size).fill(size % 251))));
    const messages = messagesIn(whole.wire);
    expect(messages.map((message) => message.byteLength)).toEqual(sizes);
    expect(messages.every((message, i) => message.every((byte) => byte === sizes[i]! % 251))).toBe(true);
    expect(() => messagesIn(whole.wire.subarray(0, whole.wire.byteLength - 1))).toThrow();
  });
});
