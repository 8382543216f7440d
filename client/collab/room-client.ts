/**
 * Why this file exists: one room on this device. It holds the document, its socket, what the device remembers, and the
 * truth about saving; it knows nothing of React. A client that finds its copy refused or replaced keeps the author's
 * words as a refusal, ends, and leaves its place to a fresh client (see registry.ts).
 */
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { parseRoom } from '#shared/rooms.ts';
import { type Access, type AccessReason, CLOSE, EDITOR_SCHEMA_VERSION, WIRE_VERSION } from '#shared/wire.ts';
import { backOff, dialsAgain } from './back-off.ts';
import { serverNow } from './clock.ts';
import { ContentCheck } from './content-check.ts';
import type { RoomDevice, StoredOnDevice } from './device.ts';
import { DeviceCopy, type OwnWords } from './device-copy.ts';
import {
  askForMissing,
  countingSocket,
  filterEchoes,
  installFrames,
  sendHash,
  sendMark,
  steadyPresence,
} from './frames.ts';
import { Liveness } from './liveness.ts';
import { addRange, type IdRange, insertedBy, notCovered, rangesOf } from './ranges.ts';
import { hasUnsaved, reduceSaving, SAVING_START, type SavingEvent, type SavingState, savingStatus } from './saving.ts';
import { insertedText, plainText } from './text.ts';
import type { Transport } from './transport.ts';
import type { Refusal, RefusalReason, RoomState, SavingStatus } from './types.ts';

export interface RoomClientOptions {
  name: string;
  /** Address before `/<room>`, e.g. `wss://host/collab`. */
  url: string;
  /** What keeps text on this device; `null` for none. */
  device: RoomDevice | null;
  /** How this page names its person to itself; the server tells others what it knows instead. */
  user?: { id: string; name: string; colour: number; organisation: string };
  /** For tests: the shipping client runs over another socket. */
  WebSocket?: typeof WebSocket;
  /** Chooses what the next attempt is made of; without it, always a WebSocket. */
  transport?: Transport | null;
  /** Refusals the former client of this room handed over. */
  refused?: readonly Refusal[];
  /**
   * Called once, when this copy must be replaced by a fresh one. The client has stopped; destroy it. `strayed` when the
   * reason is that it showed something else than the server had.
   */
  onReplaced?: (refused: readonly Refusal[], strayed: boolean) => void;
  /** Made in place of a copy that had strayed: if it strays too, a third would be no better. */
  fresh?: boolean;
  /** Called for 126: something outside the document changed. */
  onNotice?: (topic: string) => void;
  /** Server's clock in milliseconds. */
  now?: () => number;
}

interface Pending {
  n: number;
  ranges: IdRange[];
}

/** How long answers on their way may take before an edit made around a change of rights counts as refused. */
const GRACE = 1_500;
/** Waiting for a slow or hanging device storage must not keep people from their text. */
const DEVICE_WAIT = 1_500;

/** Whether the server has still to say something about what was written. */
const owed = (status: SavingStatus): boolean => status === 'sending' || status === 'received';

const pendingCharacters = ({ pending }: SavingState): number =>
  pending.reduce((sum, { characters }) => sum + characters, 0);

export class RoomClient {
  readonly name: string;
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly device: RoomDevice | null;
  readonly #options: RoomClientOptions;
  readonly #copy: DeviceCopy | null;
  readonly #liveness: Liveness;
  readonly #check: ContentCheck;
  readonly #now: () => number;
  readonly #stopPresence: () => void;
  readonly #stopDevice: () => void;
  readonly #stopTransport: () => void;
  /** Another way is to be taken as soon as everything is saved. */
  #moving = false;
  #listeners = new Set<() => void>();
  #remoteListeners = new Set<(update: Uint8Array | null) => void>();
  #saving: SavingState = SAVING_START;
  #state: RoomState;
  #pending: Pending[] = [];
  #markQueued = false;
  #epoch: string | null = null;
  #serverState: Map<number, number> | null = null;
  #graceTimer: ReturnType<typeof setTimeout> | null = null;
  /** A mark has been asked about in this connection, and nothing answered since. */
  #asked = false;
  #everFailed = false;
  #strangeCloses = 0;
  #ended = false;
  #destroyed = false;

  constructor(options: RoomClientOptions) {
    this.#options = options;
    this.name = options.name;
    this.device = options.device;
    this.#copy = options.device && new DeviceCopy(options.device, options.name, () => this.#ownWords());
    this.#now = options.now ?? serverNow;
    this.doc = new Y.Doc({ gc: true });
    this.provider = new WebsocketProvider(options.url, options.name, this.doc, {
      connect: false,
      disableBc: true,
      shouldReconnect: dialsAgain,
      params: { v: WIRE_VERSION, schema: String(EDITOR_SCHEMA_VERSION) },
      WebSocketPolyfill: countingSocket(options.WebSocket ?? WebSocket),
    });
    this.#stopTransport = this.#follow(options.WebSocket ? null : (options.transport ?? null));
    this.#state = {
      connection: 'connecting',
      synced: false,
      everSynced: false,
      deviceLoaded: options.device === null,
      known: false,
      access: 'none',
      accessReason: '',
      saving: 'sending',
      closedCode: null,
      lastSavedAt: null,
      pendingCharacters: 0,
      pendingSince: null,
      epochMismatch: false,
      deviceStorage: options.device?.available === false ? 'unavailable' : 'ok',
      refused: options.refused ?? [],
    };
    if (this.#state.refused.length > 0) this.#saving = reduceSaving(this.#saving, { type: 'refused' });
    filterEchoes(this.provider);
    if (options.user) this.provider.awareness.setLocalStateField('user', options.user);
    this.#stopPresence = steadyPresence(this.provider.awareness);
    const client = this;
    installFrames(this.provider, {
      get deaf() {
        return client.#ended || client.#state.epochMismatch;
      },
      alive: () => this.#liveness.heard(),
      epoch: (epoch) => this.#onEpoch(epoch),
      beforeRemote: (update) => {
        for (const listener of this.#remoteListeners) listener(update);
      },
      serverState: (state) => {
        this.#serverState = state;
        if (this.#state.epochMismatch) void this.#refuse('history-replaced');
        // Overtaken by its answer: ours follows now, and the mark behind it.
        else if (this.provider.synced) queueMicrotask(() => this.#markSync());
      },
      received: (n) => this.#onReceived(n),
      persisted: (n) => this.#onPersisted(n),
      access: (access, reason) => this.#onAccess(access, reason),
      notice: (topic) => this.#options.onNotice?.(topic),
      hash: (hash) => this.#check.told(hash),
    });
    this.#check = new ContentCheck({
      doc: this.doc,
      comparable: () => !this.#ended && this.#state.synced && !hasUnsaved(this.#saving),
      differs: (hash) => {
        sendHash(this.provider, hash);
        askForMissing(this.provider);
      },
      beyondHelp: (hash) => this.#onStrayed(hash),
    });
    // After the provider's own listener, so that a mark follows its update on the wire.
    this.doc.on('update', this.#onUpdate);
    this.provider.on('status', this.#onStatus);
    this.provider.on('sync', this.#onSync);
    this.provider.on('closed', this.#onClosed);
    this.provider.on('connection-close', this.#onConnectionClose);
    this.#liveness = new Liveness({
      now: () => performance.now(),
      ask: () => this.#ask(),
      waiting: () => this.provider.wsconnected && (!this.provider.synced || owed(savingStatus(this.#saving))),
      dead: () => this.#redial(),
      dial: () => this.#dial(),
      socket: () => (this.provider.wsconnected ? 'open' : this.provider.wsconnecting ? 'opening' : 'none'),
    });
    this.#stopDevice = this.device?.onUnavailable(() => this.#set({ deviceStorage: 'unavailable' })) ?? (() => {});
    if (this.#copy && typeof window !== 'undefined') window.addEventListener('pagehide', this.#copy.flush);
    void this.#start();
  }

  get awareness(): WebsocketProvider['awareness'] {
    return this.provider.awareness;
  }

  /** The same object until something changes. */
  get state(): RoomState {
    return this.#state;
  }

  /** Calls back after every change of {@link state}; returns what stops it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): RoomState => this.#state;

  /**
   * Calls back before others' changes are applied, outside any transaction: what a view has not read yet from its
   * screen must be read first, or the repaint loses it. `update` is what comes, as it came: what its author has deleted
   * can be told from what was deleted along with it. `null` when nothing comes but a question.
   */
  onBeforeRemote(listener: (update: Uint8Array | null) => void): () => void {
    this.#remoteListeners.add(listener);
    return () => this.#remoteListeners.delete(listener);
  }

  /** Whether words here are not known to be on the server. */
  get unsaved(): boolean {
    return hasUnsaved(this.#saving);
  }

  /** All words of the room as they are known here, for a copy to download. */
  text(): string {
    return plainText(this.doc);
  }

  /** The author has taken care of a refused text; it is forgotten on this device. */
  dismissRefusal(id: string): void {
    const refused = this.#state.refused.filter((refusal) => refusal.id !== id);
    if (refused.length === 0) this.#saving = reduceSaving(this.#saving, { type: 'refusals-seen' });
    this.#set({ refused });
    void this.device?.forgetRefusal(id);
  }

  /** Dials again at once, also after a final close code. */
  reconnect(): void {
    if (this.#ended) return;
    this.#set({ closedCode: null });
    this.#redial();
  }

  /** Closes the socket and frees everything; what is on the device stays. Idempotent. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#ended = true;
    if (this.#copy) {
      if (typeof window !== 'undefined') window.removeEventListener('pagehide', this.#copy.flush);
      this.#copy.flush();
      this.#copy.end();
    }
    if (this.#graceTimer) clearTimeout(this.#graceTimer);
    this.#liveness.destroy();
    this.#check.destroy();
    this.#stopPresence();
    this.#stopDevice();
    this.#stopTransport();
    this.doc.off('update', this.#onUpdate);
    this.provider.destroy();
    this.#listeners.clear();
    this.doc.destroy();
  }

  /* Opening ---------------------------------------------------------------------------------------------------- */

  async #start(): Promise<void> {
    if (this.device !== null) {
      const loading = this.device.load(this.name).then((stored) => {
        if (this.#ended) return;
        this.#copy?.opened(stored);
        if (stored.update !== null && this.#epoch !== null && stored.epoch !== null && stored.epoch !== this.#epoch) {
          // Came so late that the server has spoken already; this copy belongs to another history.
          void this.#refuse('history-replaced', stored);
          return;
        }
        if (stored.update !== null) Y.applyUpdate(this.doc, stored.update, this.device);
        const unsent = stored.unsent.length > 0;
        this.#save({ type: 'device-loaded', unsent });
        if (stored.refused.length > 0) {
          const known = new Set(this.#state.refused.map((refusal) => refusal.id));
          const refused = [...this.#state.refused, ...stored.refused.filter((refusal) => !known.has(refusal.id))];
          this.#save({ type: 'refused' });
          this.#set({ refused });
        }
        this.#set({ deviceLoaded: true, known: this.#state.known || stored.update !== null });
        this.#markSync();
      });
      await Promise.race([loading, new Promise((resolve) => setTimeout(resolve, DEVICE_WAIT))]);
      if (this.#ended) return;
      if (!this.device.available) this.#set({ deviceLoaded: true, deviceStorage: 'unavailable' });
    }
    this.provider.connect();
  }

  #redial(): void {
    if (this.#ended) return;
    this.provider.disconnect();
    this.provider.connect();
  }

  #dial(): void {
    if (!this.#ended && this.#state.closedCode === null && this.#state.deviceLoaded) this.provider.connect();
  }

  /** The provider asks for its class at every attempt; returns what stops this. */
  #follow(transport: Transport | null): () => void {
    if (transport === null) return () => {};
    Object.defineProperty(this.provider, '_WS', { get: () => countingSocket(transport.socketClass) });
    return transport.subscribe(() => {
      const { ws } = this.provider;
      this.#moving = false;
      if (ws === null) this.#dial();
      else if (transport.isCurrent(ws)) return;
      else if (!this.#state.synced) this.#redial();
      // A line that works is left only for a socket, and what is on its way is answered first. A socket that works stays.
      else if (transport.way === 'socket') {
        this.#moving = this.unsaved;
        if (!this.#moving) this.#redial();
      }
    });
  }

  /* What the provider and the server say ------------------------------------------------------------------------- */

  readonly #onStatus = ({ status }: { status: 'connected' | 'disconnected' | 'connecting' }): void => {
    if (this.#ended) return;
    if (status === 'connected') {
      this.#liveness.heard();
      this.#serverState = null;
      this.#asked = false;
      this.#save({ type: 'online' });
      this.#set({ connection: 'online', closedCode: null });
    } else if (status === 'disconnected') this.#lost();
  };

  readonly #onConnectionClose = (event: CloseEvent | null): void => {
    if (this.#ended) return;
    backOff(this.provider, event?.code ?? null);
    if (event !== null && (event.code === CLOSE.policy || event.code === CLOSE.protocol || event.code === CLOSE.tooBig))
      // The same text would be sent and refused for ever.
      this.#strangeCloses += this.#pending.length > 0 || this.#saving.unsureDevice ? 1 : 0;
    this.#lost();
    if (this.#strangeCloses >= 2) void this.#refuse('refused');
  };

  #lost(): void {
    this.#everFailed = true;
    if (this.#graceTimer) clearTimeout(this.#graceTimer);
    this.#graceTimer = null;
    this.#save({ type: 'offline' });
    this.#set({ connection: 'offline', synced: false });
  }

  readonly #onClosed = ({ code }: { code: number; reason: string }): void => {
    if (this.#ended) return;
    this.#set({ closedCode: code });
    if (code === CLOSE.noAccess) {
      this.#set({ access: 'none', accessReason: 'not-participant' });
      this.#save({ type: 'access', writable: false });
      // Nobody may keep what is no longer theirs to read; their own unsent words they may copy.
      void this.#refuse('not-participant');
    } else if (code === CLOSE.noSuchRoom)
      // To who has been moved, the group they were in is as none.
      void this.#refuse(parseRoom(this.name)?.kind === 'group' ? 'other-group' : 'not-participant');
  };

  readonly #onSync = (synced: boolean): void => {
    if (this.#ended) return;
    if (!synced) {
      this.#set({ synced: false });
      return;
    }
    if (this.#epoch !== null) this.#copy?.follow(this.#epoch);
    this.#set({ synced: true, everSynced: true, known: true });
    if (this.#state.access !== 'write' && this.#state.accessReason !== 'storage' && hasUnsaved(this.#saving)) {
      // Written while away, and the right is gone. What the server has already is not refused.
      void this.#refuse(this.#state.accessReason);
      return;
    }
    this.#markSync();
  };

  /** What was written while away goes up as the answer to the server's question: before that, no mark covers it. */
  #markSync(): void {
    if (this.#ended || !this.provider.synced || this.#serverState === null) return;
    const n = this.#saving.latest + 1;
    this.#save({ type: 'synced', n, at: this.#now() });
    sendMark(this.provider, n);
  }

  #onEpoch(epoch: string): void {
    const known = this.#epoch ?? this.#copy?.epoch ?? null;
    this.#epoch = epoch;
    // Sync step 1 follows: it says which of the words here the server's new history lacks.
    if (known !== null && known !== epoch) this.#set({ epochMismatch: true });
  }

  /** Makes the server say something, when it has been silent. */
  #ask(): boolean {
    if (this.#asked && this.#stuck) {
      // Asked some seconds ago on a living socket. The server's own question was lost on the way: it waits for what we
      // have, and answers no mark before.
      this.#redial();
      return false;
    }
    const asked = sendMark(this.provider, this.#saving.syncMark === null ? this.#saving.settled : this.#saving.latest);
    if (asked) this.#asked = true;
    return asked;
  }

  /** Nothing of what has come explains why the text, or the word that ours is safe, has not. */
  get #stuck(): boolean {
    if (!this.provider.synced) return true;
    return savingStatus(this.#saving) === 'sending' && this.#state.accessReason !== 'storage';
  }

  #onReceived(n: number): void {
    this.#save({ type: 'received', n });
    this.#answered();
  }

  /** Answers come in order: a text or a question that should have come first was lost, and nobody will send it again. */
  #answered(): void {
    if (this.#asked && (!this.provider.synced || this.#serverState === null)) this.#redial();
    this.#asked = false;
  }

  #onPersisted(n: number): void {
    this.#pending = this.#pending.filter((pending) => pending.n > n);
    const before = this.#saving;
    this.#save({ type: 'persisted', n, at: this.#now() });
    if (this.#pending.length === 0) this.#strangeCloses = 0;
    if (this.#moving && !hasUnsaved(this.#saving)) {
      this.#moving = false;
      this.#redial();
    }
    if (!hasUnsaved(this.#saving) && (hasUnsaved(before) || this.#copy?.owes)) this.#copy?.confirm();
    this.#answered();
  }

  /** This copy has everything the server has, and shows something else. */
  #onStrayed(hash: string): void {
    sendHash(this.provider, hash);
    if (this.#options.fresh) return;
    // What a view has not read from its screen yet would be lost with this copy.
    for (const listener of this.#remoteListeners) listener(null);
    if (!hasUnsaved(this.#saving)) void this.#refuse('history-replaced', undefined, true);
  }

  #onAccess(access: Access, reason: AccessReason): void {
    // "refused" and "full" are things that happened; why the right is what it is was said before.
    const refused = reason === 'refused' || reason === 'full';
    const why = refused ? this.#state.accessReason : reason;
    // What storage cannot take now it asks for again later: one may go on writing.
    const writable = access === 'write' || why === 'storage';
    this.#save({ type: 'access', writable });
    this.#set({ access, accessReason: why });
    if (writable && !refused) return;
    // Until sync it is not known what the server has; the check at sync sees to it.
    if (!this.#state.synced || !hasUnsaved(this.#saving) || this.#graceTimer) return;
    this.#graceTimer = setTimeout(() => {
      this.#graceTimer = null;
      const now = this.#state;
      if (!refused && (now.access === 'write' || now.accessReason === 'storage')) return;
      if (hasUnsaved(this.#saving)) void this.#refuse(now.accessReason || (refused ? reason : 'refused'));
    }, GRACE);
  }

  /* Own changes -------------------------------------------------------------------------------------------------- */

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this.device && this.device !== null) return;
    const own = origin !== this.provider;
    if (own) {
      const { ranges, characters } = insertedBy(update);
      const n = this.#saving.latest + 1;
      this.#pending.push({ n, ranges });
      this.#save({ type: 'edited', n, characters, at: this.#now() });
      if (!this.#markQueued) {
        this.#markQueued = true;
        // One mark behind all updates of this turn.
        queueMicrotask(() => {
          this.#markQueued = false;
          // Before sync, earlier changes have not been sent yet and must not be acknowledged with this one.
          if (!this.#ended && this.#saving.syncMark !== null) sendMark(this.provider, this.#saving.latest);
        });
      }
      // An edit that slips through while reading is refused at once, not at the next change of rights.
      if (this.#state.synced && this.#state.access !== 'write')
        this.#onAccess(this.#state.access, this.#state.accessReason);
    }
    this.#copy?.note(update, own);
  };

  #ownWords(): OwnWords | null {
    const first = this.#saving.pending[0];
    if (first === undefined) return null;
    const ranges: IdRange[] = [];
    for (const pending of this.#pending) for (const range of pending.ranges) addRange(ranges, range);
    return { ranges, characters: pendingCharacters(this.#saving), since: first.at };
  }

  /* Refusal ------------------------------------------------------------------------------------------------------ */

  /**
   * Ends this copy: keeps what the server did not take as a text to copy, forgets the copy on the device, and asks for a
   * fresh client. `late` is what the device held, when it was read after the server had spoken.
   */
  async #refuse(reason: RefusalReason, late?: StoredOnDevice, strayed = false): Promise<void> {
    if (this.#ended) return;
    const ranges = this.#copy?.ranges ?? [];
    for (const pending of this.#pending) for (const range of pending.ranges) addRange(ranges, range);
    if (late?.update) Y.applyUpdate(this.doc, late.update, this.device);
    const stored = this.#serverState;
    let left = stored === null ? ranges : notCovered(ranges, stored);
    if (reason === 'history-replaced' && !strayed) {
      // Words that were saved after the backup are nobody's unsent ones, and are lost if they are not shown. Equal
      // clocks say nothing here: what is one's own and unsent is kept whatever the new history has reached.
      left = [...ranges];
      const held = late?.update ? Y.encodeStateVectorFromUpdate(late.update) : Y.encodeStateVector(this.doc);
      for (const range of notCovered(rangesOf(held), stored ?? new Map())) addRange(left, range);
    }
    const text = insertedText(this.doc, left);
    const lostOnlyDeletions = text === '' && this.#pending.some((pending) => pending.ranges.length === 0);
    const refusal: Refusal | null =
      text !== '' || lostOnlyDeletions
        ? { id: crypto.randomUUID(), room: this.name, text, reason, at: this.#now() }
        : null;
    this.#ended = true;
    this.#copy?.end();
    this.provider.disconnect();
    const refused = refusal === null ? this.#state.refused : [...this.#state.refused, refusal];
    if (refused.length > 0) this.#saving = reduceSaving(this.#saving, { type: 'refused' });
    this.#pending = [];
    this.#set({ refused, connection: 'offline', synced: false });
    await this.device?.replaceByRefusal(this.name, refusal);
    this.#options.onReplaced?.(refused, strayed);
  }

  /* State -------------------------------------------------------------------------------------------------------- */

  #save(event: SavingEvent): void {
    const next = reduceSaving(this.#saving, event);
    if (next === this.#saving) return;
    this.#saving = next;
    this.#set({});
  }

  #set(patch: Partial<RoomState>): void {
    const saving = this.#saving;
    const next: RoomState = {
      ...this.#state,
      ...patch,
      saving: savingStatus(saving),
      lastSavedAt: saving.lastSavedAt,
      pendingCharacters: pendingCharacters(saving),
      pendingSince: saving.pending[0]?.at ?? null,
    };
    if (next.connection === 'offline' && !this.#everFailed) next.connection = 'connecting';
    const keys = Object.keys(next) as (keyof RoomState)[];
    if (keys.every((key) => next[key] === this.#state[key])) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener();
  }
}
