/** A file on its way, as the page sees it: what is shown as sent has been kept; a cut line costs a piece; nothing is asked twice. */
import { expect, it } from 'vitest';
import type { UploadView } from '#shared/attachments/api.ts';
import { MAX_FILE_BYTES, PIECE_BYTES } from '#shared/attachments/limits.ts';
import { newId } from '#shared/ids.ts';
import { ApiFailure } from '../../client/api/request.ts';
import { startUpload, type UploadState, type UploadWire } from '../../client/attachments/upload.ts';

const SIZE = PIECE_BYTES * 3 + 5;
const file = (size = SIZE, name = 'Underlag.txt'): File => new File([new Uint8Array(size)], name);

/** A server of one upload; `trouble` may throw instead of answering, before or after what was asked is done. */
function server(trouble: (what: string, when: 'before' | 'after') => void = () => {}) {
  const held = { received: 0, attachmentId: null as string | null, abandoned: 0, pauses: 0, pieces: [] as number[] };
  const view = (uploadId: string): UploadView => ({
    uploadId,
    size: SIZE,
    received: held.received,
    attachmentId: held.attachmentId,
  });
  const ask = async <T>(what: string, does: () => T): Promise<T> => {
    trouble(what, 'before');
    const answer = does();
    trouble(what, 'after');
    return answer;
  };
  const wire: UploadWire = {
    begin: ({ uploadId }) => ask('begin', () => view(uploadId)),
    piece: (uploadId, at, bytes) =>
      ask('piece', () => {
        held.pieces.push(at);
        if (at === held.received) held.received += bytes.size;
        return view(uploadId);
      }),
    finish: (uploadId) =>
      ask('finish', () => {
        held.attachmentId ??= newId();
        return view(uploadId);
      }),
    async abandon() {
      held.abandoned++;
    },
    async pause() {
      held.pauses++;
    },
  };
  return { held, wire };
}

function sent(wire: UploadWire, of = file()) {
  const seen: UploadState[] = [];
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const upload = startUpload(
    of,
    null,
    wire,
    (state) => {
      seen.push(state);
      if (state.step === 'failed') resolve(null);
    },
    resolve,
  );
  return { upload, seen, ended: promise };
}

it('shows only what has been kept, and ends with what it became', async () => {
  const { held, wire } = server();
  const { ended, seen } = sent(wire);
  expect(await ended).toBe(held.attachmentId);
  expect(seen.map(({ step, received }) => `${step} ${received}`)).toEqual([
    'sending 0',
    ...[1, 2, 3].map((n) => `sending ${n * PIECE_BYTES}`),
    `sending ${SIZE}`,
    `looking ${SIZE}`,
    `done ${SIZE}`,
  ]);
});

it.each(['begin', 'piece', 'finish'])(
  'goes on where it was when the line is cut at every %s, before and after',
  async (what) => {
    for (const when of ['before', 'after'] as const) {
      let cuts = 0;
      const { held, wire } = server((asked, moment) => {
        if (asked === what && moment === when && cuts++ % 2 === 0) throw new ApiFailure('offline');
      });
      const { ended, seen } = sent(wire);
      expect(await ended).toBe(held.attachmentId);
      expect(held.pauses).toBeGreaterThan(0);
      expect(seen.some(({ step }) => step === 'waiting')).toBe(true);
      // Kept once each: what had come was not sent again.
      expect(held.pieces).toEqual([0, 1, 2, 3].map((n) => n * PIECE_BYTES));
    }
  },
);

it('says what the server says, and can be tried once more', async () => {
  let refusals = 1;
  const { held, wire } = server((what) => {
    if (what === 'finish' && refusals-- > 0) throw new ApiFailure('conflict', { fields: { file: 'too-many' } });
  });
  const { upload, ended } = sent(wire);
  expect(await ended).toBeNull();
  expect(upload.state).toMatchObject({ step: 'failed', problem: 'too-many' });
  upload.retry();
  await expect.poll(() => upload.state.step).toBe('done');
  expect(held.attachmentId).not.toBeNull();
});

it('given up is given up on the server too, and says nothing more', async () => {
  const { held, wire } = server();
  const { upload, seen } = sent(wire);
  upload.cancel();
  await expect.poll(() => held.abandoned).toBe(1);
  const said = seen.length;
  await new Promise((resolve) => setImmediate(resolve));
  expect([seen.length, held.attachmentId]).toEqual([said, null]);
});

it.each([
  ['empty', file(0)],
  ['kind', file(3, 'sida.html')],
  ['too-large', { name: 'a.pdf', size: MAX_FILE_BYTES + 1 } as File],
] as const)('sends nothing that would be refused: %s', (problem, of) => {
  const asked: string[] = [];
  const { wire } = server((what) => void asked.push(what));
  const { upload } = sent(wire, of);
  expect([upload.state.step, upload.state.problem, asked]).toEqual(['failed', problem, []]);
});
