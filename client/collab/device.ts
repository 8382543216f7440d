/**
 * Why this file exists: what is typed offline, or in the moment before a tab is closed, must be here when the page comes
 * back. One IndexedDB database per person holds the updates of every room that person has open on this device, which of
 * them the server has not confirmed, and the texts it refused. y-indexeddb keeps updates too, but says nothing when the
 * storage is blocked or full and cannot tell confirmed from unconfirmed.
 *
 * Every method settles: a storage that fails makes `available` false and answers as if it were empty.
 */
import * as Y from 'yjs';
import type { IdRange } from './ranges.ts';
import type { Refusal } from './types.ts';

/** What one tab has written in a room and the server has not confirmed. */
export interface Unsent {
  room: string;
  tab: string;
  /** Raised with every write, so that a confirmation of an older state does not remove a newer one. */
  version: number;
  ranges: IdRange[];
  characters: number;
  /** The device's clock. */
  since: number;
}

export interface StoredOnDevice {
  /** The room's words as last known here, merged; `null` when nothing is kept. */
  update: Uint8Array | null;
  epoch: string | null;
  unsent: Unsent[];
  refused: Refusal[];
}

const NOTHING: StoredOnDevice = { update: null, epoch: null, unsent: [], refused: [] };
const COMPACT_AT = 200;
const OPEN_TIMEOUT = 3_000;

interface Row {
  seq?: number;
  room: string;
  update: Uint8Array;
}

/** The name of a person's database. */
export function deviceName(personId: string): string {
  return `radslag:${personId}`;
}

export class Device {
  readonly personId: string;
  /** This page load: two tabs of one person do not confirm each other's text. */
  readonly tab: string = crypto.randomUUID();
  #available = true;
  #database: Promise<IDBDatabase | null>;
  #listeners = new Set<() => void>();
  #written = new Map<string, number>();

  constructor(personId: string, factory: IDBFactory | undefined = globalThis.indexedDB) {
    this.personId = personId;
    this.#database = this.#open(factory);
  }

  /** Whether words are kept on this device. */
  get available(): boolean {
    return this.#available;
  }

  /** Calls back when the storage stops working. */
  onUnavailable(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async load(room: string): Promise<StoredOnDevice> {
    const result: StoredOnDevice = { ...NOTHING };
    const done = await this.#run('readonly', (store) => {
      const rows = store('updates').index('room').getAll(room) as IDBRequest<Row[]>;
      rows.onsuccess = () => {
        if (rows.result.length > 0) result.update = Y.mergeUpdates(rows.result.map((row) => row.update));
        this.#written.set(room, rows.result.length);
      };
      const meta = store('rooms').get(room) as IDBRequest<{ epoch: string } | undefined>;
      meta.onsuccess = () => {
        result.epoch = meta.result?.epoch ?? null;
      };
      const unsent = store('unsent').index('room').getAll(room) as IDBRequest<Unsent[]>;
      unsent.onsuccess = () => {
        result.unsent = unsent.result;
      };
      const refused = store('refused').index('room').getAll(room) as IDBRequest<Refusal[]>;
      refused.onsuccess = () => {
        result.refused = refused.result;
      };
    });
    return done ? result : NOTHING;
  }

  /** Keeps updates, and in the same transaction which of them are unsent. */
  async append(room: string, updates: readonly Uint8Array[], unsent: Unsent | null): Promise<void> {
    await this.#run('readwrite', (store) => {
      for (const update of updates) store('updates').add({ room, update } satisfies Row);
      if (unsent !== null) store('unsent').put(unsent);
      // Committed without waiting for the requests' answers: the tab may be closing.
      return 'commit';
    });
    const written = (this.#written.get(room) ?? 0) + updates.length;
    this.#written.set(room, written);
    if (written >= COMPACT_AT) await this.#compact(room);
  }

  /** Forgets that these were unsent; an entry that has been raised meanwhile stays. */
  async confirm(entries: readonly Unsent[]): Promise<void> {
    if (entries.length === 0) return;
    await this.#run('readwrite', (store) => {
      for (const { room, tab, version } of entries) {
        const request = store('unsent').get([room, tab]) as IDBRequest<Unsent | undefined>;
        request.onsuccess = () => {
          if (request.result && request.result.version <= version) store('unsent').delete([room, tab]);
        };
      }
    });
  }

  async setEpoch(room: string, epoch: string): Promise<void> {
    await this.#run('readwrite', (store) => {
      store('rooms').put({ room, epoch });
    });
  }

  /** Drops what is kept of a room and keeps the refusal in its stead, in one transaction. */
  async replaceByRefusal(room: string, refusal: Refusal | null): Promise<void> {
    await this.#run('readwrite', (store) => {
      for (const name of ['updates', 'unsent'] as const) {
        const keys = store(name).index('room').getAllKeys(room);
        keys.onsuccess = () => {
          for (const key of keys.result) store(name).delete(key);
        };
      }
      store('rooms').delete(room);
      if (refusal !== null) store('refused').put(refusal);
    });
    this.#written.delete(room);
  }

  async forgetRefusal(id: string): Promise<void> {
    await this.#run('readwrite', (store) => {
      store('refused').delete(id);
    });
  }

  /** Everything unsent on this device, open rooms or not. */
  async unsent(): Promise<Unsent[]> {
    const found: Unsent[] = [];
    await this.#run('readonly', (store) => {
      const request = store('unsent').getAll() as IDBRequest<Unsent[]>;
      request.onsuccess = () => found.push(...request.result);
    });
    return found;
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    (await this.#database)?.close();
  }

  async #compact(room: string): Promise<void> {
    this.#written.set(room, 0);
    await this.#run('readwrite', (store) => {
      const rows = store('updates').index('room').getAll(room) as IDBRequest<Row[]>;
      rows.onsuccess = () => {
        const doc = new Y.Doc();
        for (const row of rows.result) Y.applyUpdate(doc, row.update);
        store('updates').add({ room, update: Y.encodeStateAsUpdate(doc) } satisfies Row);
        for (const row of rows.result) if (row.seq !== undefined) store('updates').delete(row.seq);
        doc.destroy();
      };
    });
  }

  #fail(): void {
    if (!this.#available) return;
    this.#available = false;
    for (const listener of this.#listeners) listener();
  }

  #open(factory: IDBFactory | undefined): Promise<IDBDatabase | null> {
    return new Promise((resolve) => {
      const fail = () => {
        this.#fail();
        resolve(null);
      };
      const timer = setTimeout(fail, OPEN_TIMEOUT);
      try {
        if (!factory) throw new Error('no IndexedDB');
        const request = factory.open(deviceName(this.personId), 1);
        request.onupgradeneeded = () => {
          const database = request.result;
          const updates = database.createObjectStore('updates', { keyPath: 'seq', autoIncrement: true });
          updates.createIndex('room', 'room');
          database.createObjectStore('rooms', { keyPath: 'room' });
          database.createObjectStore('unsent', { keyPath: ['room', 'tab'] }).createIndex('room', 'room');
          database.createObjectStore('refused', { keyPath: 'id' }).createIndex('room', 'room');
        };
        request.onerror = (event) => {
          event.preventDefault();
          clearTimeout(timer);
          fail();
        };
        request.onsuccess = () => {
          clearTimeout(timer);
          const database = request.result;
          // Signing out in another tab removes the database.
          database.onversionchange = () => {
            database.close();
            this.#fail();
          };
          database.onclose = () => this.#fail();
          resolve(database);
        };
      } catch {
        clearTimeout(timer);
        fail();
      }
    });
  }

  /** Runs one transaction; `true` when it was committed. */
  async #run(
    mode: IDBTransactionMode,
    work: (store: (name: 'updates' | 'rooms' | 'unsent' | 'refused') => IDBObjectStore) => 'commit' | undefined,
  ): Promise<boolean> {
    const database = await this.#database;
    if (database === null || !this.#available) return false;
    return new Promise((resolve) => {
      try {
        const transaction = database.transaction(['updates', 'rooms', 'unsent', 'refused'], mode);
        transaction.oncomplete = () => resolve(true);
        transaction.onabort = (event) => {
          event.preventDefault();
          this.#fail();
          resolve(false);
        };
        // A failing request aborts its transaction; without this the page's console would see it as uncaught.
        transaction.onerror = (event) => event.preventDefault();
        if (work((name) => transaction.objectStore(name)) === 'commit') transaction.commit();
      } catch {
        this.#fail();
        resolve(false);
      }
    });
  }
}

/** What a room client uses of the device. */
export type RoomDevice = Pick<
  Device,
  | 'available'
  | 'tab'
  | 'onUnavailable'
  | 'load'
  | 'append'
  | 'confirm'
  | 'setEpoch'
  | 'replaceByRefusal'
  | 'forgetRefusal'
>;

/** Removes everything kept on this device for a person; resolves also when there is nothing or no storage. */
export function removeDevice(personId: string, factory: IDBFactory | undefined = globalThis.indexedDB): Promise<void> {
  return new Promise((resolve) => {
    try {
      if (!factory) return resolve();
      const request = factory.deleteDatabase(deviceName(personId));
      request.onsuccess = () => resolve();
      request.onerror = () => resolve();
      request.onblocked = () => resolve();
    } catch {
      resolve();
    }
  });
}
