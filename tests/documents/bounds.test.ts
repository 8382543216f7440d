/**
 * Why this file exists: A66 and A68, what one file may take of the machine, and what becomes of those who come when too many
 * are being made: a file that would take too long or too much memory is given up with a clear word and the next one is
 * made; who asks for many waits behind those who ask for one, and is told when to come again.
 */
import { describe, expect, it } from 'vitest';
import { newId } from '#shared/ids.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import { createFileThreads } from '../../server/documents/file-thread.ts';
import { createTurns } from '../../server/documents/turns.ts';
import { boundedWasm } from '../../server/documents/wasm-bound.ts';
import { Refusal } from '../../server/refusal.ts';
import { pagesOfMinutes, sampleMinutes } from './sample.ts';

const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
  const said = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(said).toBeInstanceOf(Refusal);
  return said as Refusal;
};
const mib = 1024 * 1024;
const sample = sampleMinutes();

/** A paragraph so long that the typesetter has no room for its lines. */
const endless: MinutesDocument = {
  ...sample,
  items: [
    {
      ...sample.items[1]!,
      level: 0,
      blocks: [{ id: '', kind: 'paragraph', inlines: [{ text: 'ord '.repeat(1_000_000) }], sources: [] }],
    },
  ],
};

describe('A66 one file', () => {
  it('that needs more memory than there is for it is given up, the house keeps its own, and the next is made', async () => {
    const threads = createFileThreads({ atOnce: 1, mostCpuMs: 60_000 });
    let most = 0;
    const before = process.memoryUsage.rss();
    const look = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss() - before);
    }, 20);
    const large = threads.make({ of: 'minutes', format: 'pdf', document: endless }, null);
    const after = threads.make({ of: 'minutes', format: 'pdf', document: sample }, null);
    expect(await refusal(large)).toMatchObject({ code: 'too-large' });
    clearInterval(look);
    expect(Buffer.from((await after).subarray(0, 5)).toString()).toBe('%PDF-');
    expect(most).toBeLessThan(512 * mib);
  }, 120_000);

  it('that takes more of a core than it may is given up while it is at it', async () => {
    const threads = createFileThreads({ mostCpuMs: 400, atOnce: 1 });
    const long = threads.make({ of: 'minutes', format: 'pdf', document: pagesOfMinutes(300) }, null);
    const after = threads.make({ of: 'minutes', format: 'md', document: sample }, null);
    expect(await refusal(long)).toMatchObject({ code: 'too-large' });
    expect((await after).byteLength).toBeGreaterThan(1_000);
  }, 60_000);

  it('whose own thread has no heap left is given up, and nothing else falls', async () => {
    const threads = createFileThreads({ mostHeapMb: 16 });
    const document = pagesOfMinutes(800);
    expect(await refusal(threads.make({ of: 'minutes', format: 'docx', document }, null))).toMatchObject({
      code: 'too-large',
    });
  }, 60_000);
});

describe('A66 a module of the typesetter’s kind', () => {
  // (module (memory 1) (func (export "grow") (param i32) (result i32) local.get 0 memory.grow))
  const wasm = Uint8Array.from([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 1, 127, 1, 127, 3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 8, 1, 4, 103, 114, 111, 119,
    0, 0, 10, 8, 1, 6, 0, 32, 0, 64, 0, 11,
  ]);
  const grow = (bytes: Uint8Array): ((pages: number) => number) =>
    new WebAssembly.Instance(new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>)).exports.grow as (
      pages: number,
    ) => number;

  it('grows as far as it may and no further', () => {
    expect(grow(wasm)(400)).toBe(1);
    const bounded = grow(boundedWasm(wasm, 20 * mib));
    expect(bounded(319)).toBe(1);
    expect(bounded(1)).toBe(-1);
  });

  it('is not run when it cannot be bounded', () => {
    expect(() => boundedWasm(wasm.subarray(0, 8), mib)).toThrow('without a memory');
    expect(() => boundedWasm(wasm, 1_000)).toThrow('begins with more');
    const shared = wasm.slice();
    shared[23] = 3;
    expect(() => boundedWasm(shared, mib)).toThrow('cannot be bounded');
  });
});

describe('A68 many at once', () => {
  /** Work that ends when it is told to. */
  function works(turns: ReturnType<typeof createTurns>) {
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const ask = (name: string, by: string | null) =>
      turns.take(by as never, async () => {
        begun.push(name);
        await new Promise<void>((resolve) => ends.push(resolve));
        return name;
      });
    return { begun, ends, ask };
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('of twenty from one person some are made, the others are told to come again; nobody else waits for them', async () => {
    const { begun, ends, ask } = works(createTurns({ atOnce: 2, mostWaiting: 20, mostOfOne: 6 }));
    const [eager, other] = [newId(), newId()];
    const asked = Array.from({ length: 20 }, (_, n) => ask(`eager ${n}`, eager));
    const refused = asked.slice(6).map(refusal);
    const last = ask('other', other);
    for (const one of await Promise.all(refused))
      expect(one).toMatchObject({ code: 'too-many-attempts', details: { retryAfter: 10 } });
    await settled();
    expect(begun).toEqual(['eager 0', 'eager 1']);
    ends.shift()?.();
    await settled();
    expect(begun.at(-1)).toBe('other');
    while (begun.length < 7 || ends.length > 0) {
      ends.shift()?.();
      await settled();
    }
    expect(await Promise.all([...asked.slice(0, 6), last])).toEqual([
      ...Array.from({ length: 6 }, (_, n) => `eager ${n}`),
      'other',
    ]);
    // Their turn over, the person may ask again.
    const again = ask('again', eager);
    await settled();
    ends.shift()?.();
    expect(await again).toBe('again');
  });

  it('the line has an end for all together, and what fails gives its turn on', async () => {
    const turns = createTurns({ atOnce: 1, mostWaiting: 2 });
    const { ends, ask } = works(turns);
    const failing = turns.take(newId(), async () => {
      await settled();
      throw new Error('broken');
    });
    const two = [ask('a', newId()), ask('b', null)];
    expect(await refusal(ask('c', newId()))).toMatchObject({ code: 'too-many-attempts' });
    expect(await refusal(ask('d', null))).toMatchObject({ code: 'too-many-attempts' });
    await expect(failing).rejects.toThrow('broken');
    for (let n = 0; n < 2; n++) {
      await settled();
      ends.shift()?.();
    }
    expect(await Promise.all(two)).toEqual(['a', 'b']);
  });
});
