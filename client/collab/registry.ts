/**
 * Why this file exists: rooms live outside React. Components come and go (twice at once in StrictMode); a room stays
 * while anybody holds it and a moment longer, so that a quick change of pages does not close and open sockets.
 */
import { measureServerClock } from './clock.ts';
import { Device, removeDevice } from './device.ts';
import { forgetDrafts } from './drafts.ts';
import { pageTransport } from './page-transport.ts';
import { RoomClient, type RoomClientOptions } from './room-client.ts';
import type { Transport } from './transport.ts';
import type { Refusal } from './types.ts';

/** After the last holder has let go. */
const LINGER = 100;

interface Slot {
  client: RoomClient;
  holders: number;
  timer: ReturnType<typeof setTimeout> | null;
}

export interface RegistryOptions {
  personId: string;
  /** Lets the person see themselves in the list of who is here; others are told what the server knows. */
  user?: RoomClientOptions['user'];
  /** Address before `/<room>`; by default `/collab` at the page's own host. */
  url?: string;
  WebSocket?: typeof WebSocket;
  /** By default the page's own. */
  transport?: Transport;
  /** `null` keeps nothing on the device. */
  device?: Device | null;
}

export class RoomRegistry {
  readonly personId: string;
  readonly device: Device | null;
  readonly #options: RegistryOptions;
  readonly #slots = new Map<string, Slot>();
  readonly #listeners = new Set<() => void>();
  readonly #noticeListeners = new Set<(room: string, topic: string) => void>();

  constructor(options: RegistryOptions) {
    this.personId = options.personId;
    this.#options = options;
    this.device = options.device === undefined ? new Device(options.personId) : options.device;
  }

  /** Holds a room, opening it if needed. Pair with {@link release}. */
  acquire(name: string): RoomClient {
    const slot = this.#slots.get(name);
    if (slot) {
      if (slot.timer) clearTimeout(slot.timer);
      slot.timer = null;
      slot.holders += 1;
      return slot.client;
    }
    const client = this.#make(name, [], false);
    this.#slots.set(name, { client, holders: 1, timer: null });
    this.#emit();
    return client;
  }

  /** Lets go; the last one closes the room after a moment. */
  release(name: string): void {
    const slot = this.#slots.get(name);
    if (!slot) return;
    slot.holders -= 1;
    if (slot.holders > 0 || slot.timer) return;
    slot.timer = setTimeout(() => {
      this.#slots.delete(name);
      slot.client.destroy();
      this.#emit();
    }, LINGER);
  }

  /** The room's present client: after a refusal another one than {@link acquire} returned. */
  peek(name: string): RoomClient | null {
    return this.#slots.get(name)?.client ?? null;
  }

  /** Every open room. */
  clients(): RoomClient[] {
    return [...this.#slots.values()].map((slot) => slot.client);
  }

  /** Calls back when rooms open, close or are replaced. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls back for 126 in any room. */
  onNotice(listener: (room: string, topic: string) => void): () => void {
    this.#noticeListeners.add(listener);
    return () => this.#noticeListeners.delete(listener);
  }

  /** Closes every room and the device's storage; what is stored stays. */
  async destroy(): Promise<void> {
    for (const slot of this.#slots.values()) {
      if (slot.timer) clearTimeout(slot.timer);
      slot.client.destroy();
    }
    this.#slots.clear();
    this.#emit();
    await this.device?.close();
  }

  #make(name: string, refused: readonly Refusal[], fresh: boolean): RoomClient {
    const options: RoomClientOptions = {
      name,
      url: this.#options.url ?? pageUrl(),
      device: this.device,
      refused,
      fresh,
      onReplaced: (kept, strayed) => this.#replace(name, kept, strayed),
      onNotice: (topic) => {
        for (const listener of [...this.#noticeListeners]) listener(name, topic);
      },
      ...(this.#options.user ? { user: this.#options.user } : {}),
      ...(this.#options.WebSocket
        ? { WebSocket: this.#options.WebSocket }
        : { transport: this.#options.transport ?? pageTransport() }),
    };
    return new RoomClient(options);
  }

  #replace(name: string, refused: readonly Refusal[], strayed: boolean): void {
    const slot = this.#slots.get(name);
    if (!slot) return;
    const { closedCode } = slot.client.state;
    // After a final close there is nothing to come back to; the ended client stays and says so.
    if (closedCode !== null) return;
    const former = slot.client;
    slot.client = this.#make(name, refused, strayed);
    this.#emit();
    former.destroy();
  }

  #emit(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function pageUrl(): string {
  return `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/collab`;
}

/* The page's registry ---------------------------------------------------------------------------------------------- */

let current: RoomRegistry | null = null;
const currentListeners = new Set<() => void>();

/**
 * Says who is signed in on this page; `null` closes every room. Call it when the session is known and when it ends.
 * The same person again changes nothing.
 */
export function setCollabPerson(personId: string | null, options: Omit<RegistryOptions, 'personId'> = {}): void {
  if ((current?.personId ?? null) === personId) return;
  const former = current;
  current = personId === null ? null : new RoomRegistry({ ...options, personId });
  if (current && typeof window !== 'undefined') void measureServerClock();
  for (const listener of [...currentListeners]) listener();
  void former?.destroy();
}

/** The signed-in person's rooms; `null` when nobody is signed in. */
export function currentRegistry(): RoomRegistry | null {
  return current;
}

/** Calls back when another person signs in or out on this page. */
export function subscribeRegistry(listener: () => void): () => void {
  currentListeners.add(listener);
  return () => currentListeners.delete(listener);
}

/** Holds a room of the signed-in person. Throws when nobody is signed in. */
export function acquireRoom(name: string): RoomClient {
  if (current === null) throw new Error('setCollabPerson has not been called');
  return current.acquire(name);
}

/** Lets go of a room held by {@link acquireRoom}. */
export function releaseRoom(name: string): void {
  current?.release(name);
}

export interface UnsentRoom {
  room: string;
  characters: number;
  /** Milliseconds, when the oldest unsent change was made. */
  since: number;
}

/** Rooms with text of this person that only this device has, open or not. For the warning at signing out. */
export async function unsentRooms(personId: string): Promise<UnsentRoom[]> {
  const rooms = new Map<string, UnsentRoom>();
  const add = (room: string, characters: number, since: number) => {
    const known = rooms.get(room);
    rooms.set(room, {
      room,
      characters: (known?.characters ?? 0) + characters,
      since: Math.min(known?.since ?? since, since),
    });
  };
  const registry = current?.personId === personId ? current : null;
  const device = registry ? registry.device : new Device(personId);
  const stored = (await device?.unsent()) ?? [];
  const open = new Set<string>();
  for (const client of registry?.clients() ?? []) {
    open.add(client.name);
    if (client.unsaved) add(client.name, client.state.pendingCharacters, client.state.pendingSince ?? Date.now());
  }
  // An open room knows better than what its own tab wrote down.
  for (const entry of stored)
    if (!(open.has(entry.room) && entry.tab === device?.tab)) add(entry.room, entry.characters, entry.since);
  if (!registry) await device?.close();
  return [...rooms.values()];
}

/** Removes everything kept on this device for a person; closes their rooms first. Call it when signing out. */
export async function clearDevice(personId: string): Promise<void> {
  if (current?.personId === personId) {
    const former = current;
    current = null;
    for (const listener of [...currentListeners]) listener();
    await former.destroy();
  }
  forgetDrafts(personId);
  await removeDevice(personId);
}
