/**
 * Why this file exists: the relay as the rest of the server sees it, put together. Rooms are loaded once and shared,
 * connections are registered before their right is decided, one journal serves all rooms, one wheel turns for all timers.
 */
import type { Doc } from 'yjs';
import { CLOSE } from '#shared/wire.ts';
import { mergeAuthorship } from './authorship.ts';
import { batched } from './batch.ts';
import { CatchUp } from './catch-up.ts';
import { Compactor } from './compaction.ts';
import { Connection, type ConnectionHost } from './connection.ts';
import { Crowd } from './crowd.ts';
import { HEARTBEAT_FRAME } from './frames.ts';
import { Holds } from './hold.ts';
import { Journal, StorageUnavailable } from './journal.ts';
import { DEFAULT_LIMITS, type RelayLimits } from './limits.ts';
import { noLog, type RelayLog } from './log.ts';
import { Pace } from './pace.ts';
import type { Authorize, Clock, Relay, RoomShape, StoredRoom, UpdateStore } from './ports.ts';
import { QuietHash } from './quiet-hash.ts';
import { replay } from './replay.ts';
import { Room, type RoomHost, type RoomJournal, type RoomLease } from './room.ts';
import { createStats, observe, type RelayStats } from './stats.ts';
import { steadyClock } from './steady-clock.ts';
import { type StoredState, storedState } from './stored-state.ts';

export interface RelayDeps {
  /** Where updates are kept. The relay does not close it; whoever made it does, after {@link Relay.stop}. */
  store: UpdateStore;
  authorize: Authorize;
  /** Defaults to the system's clock. */
  clock?: Clock;
  log?: RelayLog;
  /** What a room of this name may hold; anything by default. */
  shapeOf?: (room: string) => RoomShape;
  /** Overrides for tests and small machines. */
  limits?: Partial<RelayLimits>;
  /** Told of every room in which something was committed. */
  written?: (room: string) => void;
  /** Counted into from now on; see stats.ts. */
  stats?: RelayStats;
}

/** How often the wheel turns: heartbeats, resting documents and evictions happen this exactly, milliseconds. */
const WHEEL_MS = 5_000;
const ANYTHING: RoomShape = { allows: () => true };

interface Slot {
  /** While it is being loaded. */
  opening: Promise<Room> | null;
  room: Room | null;
  leases: number;
  emptySince: number;
}

class Lease implements RoomLease {
  readonly room: Room;
  readonly #slot: Slot;
  readonly #clock: Clock;
  #released = false;

  constructor(room: Room, slot: Slot, clock: Clock) {
    this.room = room;
    this.#slot = slot;
    this.#clock = clock;
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#slot.leases--;
    this.#slot.emptySince = this.#clock();
  }
}

/** Makes a relay. Its rules are in README.md beside this file. */
export function createRelay(deps: RelayDeps): Relay {
  const { store, authorize } = deps;
  // What is written down is in the server's time; what is waited for must not run backwards with it.
  const wall = deps.clock ?? (() => Date.now());
  const clock = steadyClock(wall);
  const log = deps.log ?? noLog;
  const limits: RelayLimits = { ...DEFAULT_LIMITS, ...deps.limits };
  const stats = deps.stats ?? createStats();
  const slots = new Map<string, Slot>();
  const connections = new Set<Connection>();
  /** So many loaded rooms call for letting go of the empty ones at once. */
  let crowded = limits.warmRooms;
  /** Those whose bytes are held back while the disk catches up. */
  const heldBack = new Set<Connection>();
  const crowd = new Crowd(limits.connectionsPerPerson);
  let wheel: NodeJS.Timeout | null = null;
  let stopping: Promise<void> | null = null;

  const pace = new Pace(limits);
  const journal: RoomJournal = new Journal(store, limits, pace, log, stats, {
    batched,
    committed({ accepted, rooms }) {
      const now = wall();
      stats.commits++;
      stats.rows += accepted.length;
      for (const { at } of accepted) observe(stats.persistMs, now - at);
      for (const { room, contributions } of rooms) {
        try {
          room.committed(contributions);
          deps.written?.(room.name);
        } catch (error) {
          // What is committed is safe whatever happens to its delivery; the journal must go on.
          log('fan-out-failed', { room: room.name, error: String(error) });
        }
      }
    },
    slow() {
      for (const connection of connections) connection.commitIsSlow();
      for (const { room } of slots.values()) room?.flushPresence();
    },
    relieved() {
      for (const connection of heldBack) connection.comeOn();
      heldBack.clear();
    },
    availability(available) {
      stats.storageUnavailableSince = available ? null : wall();
      for (const { room } of slots.values()) {
        try {
          room?.availabilityChanged();
        } catch (error) {
          log('availability-failed', { room: room?.name ?? '', error: String(error) });
        }
      }
    },
  });
  const compactor = new Compactor(store, log, stats);
  const catchUp = new CatchUp(limits.sliceMs, clock);
  const shapeOf = deps.shapeOf ?? (() => ANYTHING);
  const quietHash = new QuietHash(limits, clock);
  const holds = new Holds((room) => {
    for (const connection of [...connections]) if (connection.roomName === room) connection.tellAccess();
  });
  const roomHost: RoomHost = {
    heldFor: (room) => holds.reason(room),
    limits,
    clock,
    wall,
    log,
    stats,
    journal,
    pace,
    catchUp,
    compactor,
    shapeOf,
    quietHash,
  };

  /** The whole state of a stored room: as bytes where that can be, else worked out by a document. */
  async function stateOf(stored: StoredRoom, name: string): Promise<StoredState | Doc> {
    return storedState(stored) ?? (await replay(stored, name, log)).doc;
  }

  async function load(name: string): Promise<Room> {
    try {
      const stored = await store.load(name);
      return new Room(roomHost, name, {
        epoch: stored.epoch,
        owners: stored.owners,
        rows: stored.rows.length,
        bytes: stored.rows.reduce((sum, row) => sum + row.update.byteLength, stored.snapshot?.byteLength ?? 0),
        state: await stateOf(stored, name),
      });
    } catch (error) {
      stats.loadErrors++;
      log('load-failed', { room: name, error: String(error) });
      throw error;
    }
  }

  /** A hold on a room: at once when it is loaded. */
  function open(name: string): RoomLease | Promise<RoomLease> {
    const slot = slots.get(name) ?? newSlot(name);
    slot.leases++;
    turnWheel();
    if (slot.room) return new Lease(slot.room, slot, clock);
    return slot.opening!.then(
      (room) => new Lease(room, slot, clock),
      (error: unknown) => {
        slot.leases--;
        throw error;
      },
    );
  }

  function newSlot(name: string): Slot {
    // Somebody goes through the house room by room: what they have left is not worth its memory. Counted up again from
    // what is in use, so that a full house is not looked through at every door.
    if (slots.size >= crowded) letGo(clock());
    const opening = load(name);
    const slot: Slot = { opening, room: null, leases: 0, emptySince: 0 };
    slots.set(name, slot);
    stats.rooms = slots.size;
    opening.then(
      (room) => {
        slot.room = room;
        slot.opening = null;
      },
      // An error is not remembered: the next opener tries again.
      () => {
        slots.delete(name);
        stats.rooms = slots.size;
      },
    );
    return slot;
  }

  async function withRoom<T>(name: string, work: (room: Room) => Promise<T>): Promise<T> {
    if (stopping) throw new StorageUnavailable('the relay is stopping');
    const lease = await open(name);
    try {
      return await work(lease.room);
    } finally {
      lease.release();
    }
  }

  function turnWheel(): void {
    if (wheel || stopping) return;
    wheel = setInterval(onWheel, Math.min(WHEEL_MS, limits.heartbeatMs / 3));
    wheel.unref();
  }

  /** Lets go of the rooms that are empty since `before` or longer, and on the disk. */
  function letGo(before: number): void {
    for (const [name, { room, leases, emptySince }] of slots) {
      if (!room || leases > 0 || emptySince > before || !room.settled) continue;
      slots.delete(name);
      room.destroy();
      if (room.rows > 0) compactor.request(name);
    }
    stats.rooms = slots.size;
    crowded = Math.max(limits.warmRooms, slots.size * 1.25);
  }

  function onWheel(): void {
    const now = clock();
    // One turn early rather than one late.
    const silence = limits.heartbeatMs - Math.min(WHEEL_MS, limits.heartbeatMs / 3);
    for (const connection of [...connections]) connection.tick(now, silence, HEARTBEAT_FRAME);
    for (const { room } of slots.values()) room?.document.rest(now - limits.restMs);
    letGo(now - limits.warmMs);
    if (connections.size > 0 || slots.size > 0 || !wheel) return;
    clearInterval(wheel);
    wheel = null;
  }

  const connectionHost: ConnectionHost = {
    limits,
    clock,
    log,
    stats,
    authorize,
    open,
    journal,
    heldBack,
    forget(connection) {
      if (!connections.delete(connection)) return;
      crowd.leave(connection.principal.personId);
      stats.connections = connections.size;
    },
  };

  async function stop(): Promise<void> {
    if (wheel) clearInterval(wheel);
    wheel = null;
    let failure: unknown = null;
    for (const connection of connections) connection.freeze();
    try {
      await journal.drain();
    } catch (error) {
      failure = error;
    }
    for (const connection of [...connections]) connection.close(CLOSE.restart, 'restart');
    await compactor.stop();
    for (const slot of slots.values()) slot.room?.destroy();
    slots.clear();
    stats.rooms = 0;
    if (failure) throw failure;
  }

  return {
    connect(socket, request) {
      const connection = new Connection(connectionHost, socket, request);
      if (!crowd.enter(request.principal.personId)) {
        connection.close(CLOSE.tooMany, 'too many connections');
        return connection;
      }
      // Before the decision: a right that changes while it is being decided must find this connection.
      connections.add(connection);
      stats.connections = connections.size;
      stats.connectionsOpened++;
      if (stopping) connection.close(CLOSE.restart, 'restart');
      else void connection.decide();
      return connection;
    },

    async reauthorize({ personId, roomPrefix, room }) {
      const deciding: Promise<void>[] = [];
      for (const connection of [...connections]) {
        if (personId !== undefined && connection.principal.personId !== personId) continue;
        if (room !== undefined && connection.roomName !== room) continue;
        if (roomPrefix !== undefined && !connection.roomName.startsWith(roomPrefix)) continue;
        deciding.push(connection.decide());
      }
      await Promise.all(deciding);
    },

    disconnect({ sessionId, personId, exceptSessionId }, code, reason) {
      if (sessionId === undefined && personId === undefined) return;
      for (const connection of [...connections]) {
        const { principal } = connection;
        if (sessionId !== undefined && principal.sessionId !== sessionId) continue;
        if (personId !== undefined && principal.personId !== personId) continue;
        if (exceptSessionId !== undefined && principal.sessionId === exceptSessionId) continue;
        connection.close(code, reason);
      }
    },

    hold: (room, reason) => holds.take(room, reason),

    read: (name, fn) => withRoom(name, (room) => room.read(fn)),
    edit: (name, personId, fn, before) => withRoom(name, (room) => room.edit(personId, fn, before)),
    readNow(name, fn) {
      const slot = slots.get(name);
      if (!slot?.room?.settled) return null;
      slot.emptySince = clock();
      return { value: fn(slot.room.document.current(clock())) };
    },

    notice(room, topic) {
      for (const connection of connections) if (connection.roomName === room) connection.notice(topic);
    },

    authorship: (name) =>
      withRoom(name, async (room) => {
        await room.read(() => undefined);
        const stored = await store.load(name);
        return mergeAuthorship(stored.spans, stored.rows);
      }),

    occupancy() {
      const rooms = new Map<string, { people: Set<string>; connections: number }>();
      for (const connection of connections) {
        if (!connection.room) continue;
        const known = rooms.get(connection.roomName) ?? { people: new Set(), connections: 0 };
        known.people.add(connection.principal.personId);
        known.connections++;
        rooms.set(connection.roomName, known);
      }
      return rooms;
    },

    present(roomPrefix) {
      const people = new Set<string>();
      for (const connection of connections)
        if (connection.room && !connection.principal.unseen && connection.roomName.startsWith(roomPrefix))
          people.add(connection.principal.personId);
      return people;
    },

    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
