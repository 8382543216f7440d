/**
 * Why this file exists: what every update store promises the relay, run on each implementation. A new implementation
 * joins by calling {@link updateStoreContract} with a way to open it twice over the same data.
 */
import { afterEach, expect, test } from 'vitest';
import type { JournalRow, UpdateStore } from '../../server/relay/ports.ts';

export interface StoreUnderTest {
  store: UpdateStore;
  /** Closes the store and opens another over the same data; `null` when nothing outlives the object. */
  reopen: (() => Promise<UpdateStore>) | null;
  dispose(): Promise<void>;
}

const ROOM = 'item:one';
const row = (text: string, more: Partial<JournalRow> = {}): JournalRow => ({
  room: ROOM,
  update: new TextEncoder().encode(text),
  personId: 'astrid',
  at: 1_000,
  newClients: [],
  ...more,
});
const words = (rows: { update: Uint8Array }[]) => rows.map((r) => new TextDecoder().decode(r.update));

/** Registers the contract's tests for one implementation. */
export function updateStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  let current: StoreUnderTest | null = null;
  const start = async () => {
    current = await open();
    return current;
  };
  afterEach(async () => {
    await current?.dispose();
    current = null;
  });

  test(`STORE-1 ${name}: a room nobody wrote in is empty and keeps its epoch`, async () => {
    const { store } = await start();
    const first = await store.load(ROOM);
    expect(first).toMatchObject({ snapshot: null, rows: [], spans: [] });
    expect(first.owners.size).toBe(0);
    expect(first.epoch).not.toBe('');
    expect((await store.load(ROOM)).epoch).toBe(first.epoch);
    expect((await store.load('item:two')).epoch).not.toBe(first.epoch);
  });

  test(`STORE-2 ${name}: rows come back in the order they were appended, with their person and time`, async () => {
    const { store } = await start();
    await Promise.all([
      store.append([row('a'), row('elsewhere', { room: 'item:two' }), row('b', { personId: 'bo', at: 2_000 })]),
      store.append([row('c')]),
    ]);
    const { rows } = await store.load(ROOM);
    expect(words(rows)).toEqual(['a', 'b', 'c']);
    expect(rows[1]).toMatchObject({ personId: 'bo', at: 2_000 });
    expect(new Set(rows.map((r) => r.seq)).size).toBe(3);
  });

  test(`STORE-3 ${name}: the first owner of a client id stays its owner`, async () => {
    const { store } = await start();
    await store.append([row('a', { newClients: [7, 4_294_967_295] })]);
    await store.append([row('b', { personId: 'bo', newClients: [7, 8] })]);
    expect([...(await store.load(ROOM)).owners].sort((a, b) => a[0] - b[0])).toEqual([
      [7, 'astrid'],
      [8, 'bo'],
      [4_294_967_295, 'astrid'],
    ]);
    expect((await store.load('item:two')).owners.size).toBe(0);
  });

  test(`STORE-4 ${name}: compaction replaces snapshot and spans and deletes exactly the rows it names`, async () => {
    const { store } = await start();
    await store.append([row('a'), row('b'), row('c')]);
    const before = await store.load(ROOM);
    await store.append([row('d')]);
    const span = { client: 7, from: 0, to: 3, personId: 'astrid', at: 60_000 };
    await store.compact(ROOM, new Uint8Array([1]), [span], [before.rows[0]!.seq, before.rows[2]!.seq]);
    const after = await store.load(ROOM);
    expect(words(after.rows)).toEqual(['b', 'd']);
    expect(Array.from(after.snapshot ?? [])).toEqual([1]);
    expect(after.spans).toEqual([span]);
    expect(after.epoch).toBe(before.epoch);
    await store.compact(ROOM, new Uint8Array([2]), [], [after.rows[0]!.seq]);
    const last = await store.load(ROOM);
    expect(Array.from(last.snapshot ?? [])).toEqual([2]);
    expect(last.spans).toEqual([]);
  });

  test(`STORE-5 ${name}: a compaction over rows that are gone changes nothing`, async () => {
    const { store } = await start();
    await store.append([row('a'), row('b')]);
    const [a, b] = (await store.load(ROOM)).rows;
    await store.compact(ROOM, new Uint8Array([1, 1]), [], [a!.seq, b!.seq]);
    await store.append([row('c')]);
    const c = (await store.load(ROOM)).rows[0]!;
    expect(c.seq).toBeGreaterThan(b!.seq);
    await expect(store.compact(ROOM, new Uint8Array([9]), [], [c.seq, b!.seq])).rejects.toThrow(
      expect.objectContaining({ name: 'CompactionConflict' }),
    );
    const after = await store.load(ROOM);
    expect(words(after.rows)).toEqual(['c']);
    expect(Array.from(after.snapshot ?? [])).toEqual([1, 1]);
  });

  test(`STORE-6 ${name}: a row that is a view into a larger buffer is stored alone`, async () => {
    const { store } = await start();
    const large = new Uint8Array(1_000_000).fill(65);
    await store.append([row('', { update: large.subarray(5, 8) })]);
    expect(words((await store.load(ROOM)).rows)).toEqual(['AAA']);
  });

  test(`STORE-7 ${name}: close ends after what was asked before it, and refuses what comes after`, async () => {
    const { store, reopen } = await start();
    const appended = [1, 2, 3, 4, 5].map((n) => store.append([row(String(n))]));
    const closed = store.close();
    await expect(store.append([row('late')])).rejects.toThrow(expect.objectContaining({ name: 'StoreClosed' }));
    await Promise.all([...appended, closed]);
    if (!reopen) return;
    const again = await reopen();
    expect(words((await again.load(ROOM)).rows)).toEqual(['1', '2', '3', '4', '5']);
  });
}
