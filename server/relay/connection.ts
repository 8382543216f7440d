/**
 * Why this file exists: one socket in one room. It holds the right the socket has now, handles its messages one after the
 * other without ever waiting in between, and keeps the account of what it was told is safe.
 *
 * Life: registered → access decided → room loaded → joined → closed. Before it has joined, and while its right is being
 * decided anew, messages wait in order.
 */
import { newId } from '#shared/ids.ts';
import type { AccessDecision } from '#shared/policy.ts';
import { CLOSE } from '#shared/wire.ts';
import { Acknowledgement } from './acknowledgement.ts';
import { type Admission, admit } from './admission.ts';
import { readClientMessage } from './client-messages.ts';
import { accessFrame, epochFrame, hashFrame, noticeFrame, persistedFrame, receivedFrame } from './frames.ts';
import type { RelayLimits } from './limits.ts';
import type { RelayLog } from './log.ts';
import { Outbox } from './outbox.ts';
import type { Parcel } from './parcel.ts';
import type { Authorize, Clock, ConnectRequest, Principal, RelayConnection, RelaySocket } from './ports.ts';
import { Bucket, Rate } from './rate.ts';
import { Right, type Verdict } from './right.ts';
import type { Room, RoomJournal, RoomLease } from './room.ts';
import { countBy, type RelayStats } from './stats.ts';
import { type InspectedUpdate, inspectUpdate, isEmpty } from './update-inspection.ts';
import { checkStateVector } from './update-reader.ts';

/** What a connection needs from the relay. */
export interface ConnectionHost {
  readonly limits: RelayLimits;
  readonly clock: Clock;
  readonly log: RelayLog;
  readonly stats: RelayStats;
  readonly authorize: Authorize;
  /** Opens the room and keeps it open until the lease is released; at once when it is loaded. */
  open(room: string): RoomLease | Promise<RoomLease>;
  readonly journal: Pick<RoomJournal, 'pressed'>;
  readonly heldBack: Set<Connection>;
  forget(connection: Connection): void;
}

/** A question that waits while the right is decided anew is looked at again after this long, milliseconds. */
const ASK_AGAIN_MS = 50;
const NONE: AccessDecision = { access: 'none', reason: '' };

export class Connection implements RelayConnection {
  readonly roomName: string;
  readonly principal: Principal;
  readonly extended: boolean;
  /** See awareness.ts. */
  ownId: number | null = null;
  readonly #host: ConnectionHost;
  readonly #socket: RelaySocket;
  #id: string | null;
  #lease: RoomLease | null = null;
  #opening = false;
  #joined = false;
  #frozen = false;
  #dead = false;

  #decision: AccessDecision = NONE;
  /** What the client was told last. */
  #told: AccessDecision = NONE;
  readonly #right: Right;

  /** Frames handled so far. */
  #handled = 0;
  #inbox: Uint8Array[] = [];
  #inboxBytes = 0;
  /** What the client is to be told of when it has joined. */
  #notices: Set<string> | null = null;

  readonly #account: Acknowledgement;
  /** The client has answered our sync step 1, so what it sends follows what we have. */
  #synced = false;

  /** It has said what it has at least once, so that a hash can be compared. */
  #compared = false;
  /** The hash it was told and has not answered. */
  #hashTold: string | null = null;
  /** Our hash when it last had something else. */
  #differedFrom: string | null = null;

  readonly #outbox: Outbox;
  readonly #rate: Rate;
  #drainTimer: NodeJS.Timeout | null = null;
  /** The state vector of a sync step 1 that waits for its answer. */
  #asked: Uint8Array | null = null;
  readonly #replies: Bucket;
  #answerTimer: NodeJS.Timeout | null = null;
  #refusals = 0;

  constructor(host: ConnectionHost, socket: RelaySocket, request: ConnectRequest) {
    this.#host = host;
    this.#socket = socket;
    this.#id = request.id ?? null;
    this.roomName = request.room;
    this.principal = request.principal;
    this.extended = request.extended;
    this.#rate = new Rate(host.limits, host.clock());
    this.#replies = new Bucket(host.limits.repliesPerTenSeconds / 10, host.limits.repliesAtOnce, host.clock());
    // They get the connection itself and no closures of their own: there is one of each for everybody who is here.
    this.#right = new Right(this);
    this.#outbox = new Outbox(socket, host.limits, host.clock, host.stats, this);
    this.#account = new Acknowledgement(this);
  }

  /** Names it in the log, and in no frame. */
  get id(): string {
    this.#id ??= newId();
    return this.#id;
  }

  /** The room it has joined. */
  get room(): Room | null {
    return this.#joined && this.#lease ? this.#lease.room : null;
  }

  /* Rights ---------------------------------------------------------------------------------------------------- */

  /**
   * Decides this connection's right anew. Its messages wait from this call on. Resolves when the newest decision holds;
   * an older one that answers late counts for nothing. Never rejects.
   */
  decide(): Promise<void> {
    return this.#dead ? Promise.resolve() : this.#right.decide();
  }

  /** See {@link Right}. */
  ask(): Verdict | Promise<Verdict> {
    const failed = (error: unknown): Verdict => {
      this.#host.log('authorize-failed', { connection: this.id, room: this.roomName, error: String(error) });
      return 'failed';
    };
    try {
      const asked = this.#host.authorize(this.principal, this.roomName);
      return asked instanceof Promise ? asked.catch(failed) : asked;
    } catch (error) {
      return failed(error);
    }
  }

  /** See {@link Right}. */
  decided(verdict: Verdict): void {
    if (this.#dead) return;
    if (verdict === 'failed') this.close(CLOSE.internal, 'access could not be decided');
    else if (verdict === 'missing') this.close(CLOSE.noSuchRoom, 'no such room');
    else if (verdict.access === 'none') this.close(CLOSE.noAccess, 'no access');
    else this.#allow(verdict);
  }

  #allow(decision: AccessDecision): void {
    const changed = this.#decision.access !== decision.access;
    this.#decision = decision;
    if (!this.#lease) {
      if (!this.#opening) this.#open();
      return;
    }
    if (!this.#joined) {
      this.#join(this.#lease.room);
      return;
    }
    if (changed && !this.extended) {
      this.close(CLOSE.rightsChanged, 'rights changed');
      return;
    }
    this.tellAccess();
    this.#drain();
  }

  #open(): void {
    this.#opening = true;
    const opening = this.#host.open(this.roomName);
    if (!(opening instanceof Promise)) this.#opened(opening);
    else
      opening.then(
        (lease) => this.#opened(lease),
        () => this.close(CLOSE.internal, 'the room could not be opened'),
      );
  }

  #opened(lease: RoomLease): void {
    if (this.#dead) {
      lease.release();
      return;
    }
    this.#lease = lease;
    // The right may have come into question while the room was loading; then the new decision lets it in, or does not.
    if (!this.#right.inQuestion) this.#join(lease.room);
  }

  #join(room: Room): void {
    try {
      this.#enter(room);
    } catch (error) {
      this.#host.log('join-failed', { connection: this.id, room: this.roomName, error: String(error) });
      this.close(CLOSE.internal, 'the room could not be opened');
      return;
    }
    this.#drain();
  }

  #enter(room: Room): void {
    this.#joined = true;
    room.join(this);
    if (this.extended) this.send(epochFrame(room.epoch));
    this.#askForAll(room);
    this.tellAccess();
    const others = room.othersPresent(this.principal.personId);
    if (others) this.send(others);
    for (const topic of this.#notices ?? []) this.notice(topic);
    this.#notices = null;
  }

  /** What the client may do now: its right, unless the room is held or storage does not take updates. */
  #effective(): AccessDecision {
    if (this.#decision.access !== 'write' || !this.room) return this.#decision;
    const { held } = this.room;
    if (held !== null) return { access: 'read', reason: held };
    return this.room.storable ? this.#decision : { access: 'read', reason: 'storage' };
  }

  /** Tells an extended client its access when it is not what it was told; asks for what was refused when it may write again. */
  tellAccess(): void {
    const room = this.room;
    if (!room || this.#dead) return;
    const now = this.#effective();
    if (now.access === this.#told.access && now.reason === this.#told.reason) return;
    const gained = now.access === 'write' && this.#told.access === 'read';
    this.#told = now;
    if (this.extended) this.send(accessFrame(now.access, now.reason));
    if (!gained || !this.#account.broken) return;
    this.#host.stats.resyncs++;
    this.#askForAll(room);
  }

  /* From the socket -------------------------------------------------------------------------------------------- */

  message(bytes: Uint8Array): void {
    if (this.#dead) return;
    this.#host.stats.framesIn++;
    this.#host.stats.bytesIn += bytes.byteLength;
    if (bytes.byteLength > this.#host.limits.frameBytes) {
      this.close(CLOSE.tooBig, 'frame too big');
      return;
    }
    const room = this.#listening();
    const wait = room && this.#inbox.length === 0 ? this.#rate.wait(bytes, this.ownId, this.#host.clock()) : null;
    if (room && wait === 0) {
      this.#handle(bytes, room);
      return;
    }
    // A view into the socket's buffer, which is somebody else's by the time it is handled.
    this.#inbox.push(bytes.slice());
    this.#inboxBytes += bytes.byteLength;
    if (wait !== null) this.#drainLater(wait);
    const { inboxBytes, waitingMessages } = this.#host.limits;
    if (this.#inboxBytes <= inboxBytes && this.#inbox.length <= waitingMessages) return;
    if (room) this.#host.log('too-fast', { connection: this.id, room: this.roomName, waiting: this.#inbox.length });
    if (room) this.close(CLOSE.policy, 'too many messages');
    else this.close(CLOSE.tooSlow, 'too much before the room was open');
  }

  #holdBack(): void {
    if (this.#dead || this.#host.heldBack.has(this)) return;
    this.#host.heldBack.add(this);
    this.#socket.pause();
  }

  /** The disk has caught up. */
  comeOn(): void {
    this.#socket.resume();
  }

  text(): void {
    this.close(CLOSE.unsupported, 'binary frames only');
  }

  closed(): void {
    this.#end();
  }

  /** The server stops: nothing more is handled, and what is accepted is still acknowledged. */
  freeze(): void {
    this.#frozen = true;
  }

  /** The room, when messages are handled now and need not wait. */
  #listening(): Room | null {
    return this.#right.inQuestion || this.#dead || this.#frozen ? null : this.room;
  }

  #drain(): void {
    for (let room = this.#listening(); room; room = this.#listening()) {
      const bytes = this.#inbox[0];
      if (!bytes) break;
      const wait = this.#rate.wait(bytes, this.ownId, this.#host.clock());
      if (wait > 0) {
        this.#drainLater(wait);
        break;
      }
      this.#inbox.shift();
      this.#inboxBytes -= bytes.byteLength;
      this.#handle(bytes, room);
    }
  }

  /** Messages that came too fast are handled when it is their turn, in order. */
  #drainLater(wait: number): void {
    this.#drainTimer ??= setTimeout(() => {
      this.#drainTimer = null;
      this.#drain();
    }, wait);
  }

  #handle(bytes: Uint8Array, room: Room): void {
    const before = this.#handled++;
    try {
      const message = readClientMessage(bytes);
      switch (message.kind) {
        case 'step1':
          this.#reply(message.stateVector, room);
          break;
        case 'step2':
        case 'update':
          this.#handleUpdate(message.update, message.kind === 'step2', room);
          if (message.kind === 'step2') this.#compare(room);
          break;
        case 'awareness':
          this.#handleAwareness(message.body, room);
          break;
        case 'query-awareness':
          this.send(room.presence.all());
          break;
        case 'mark':
          if (message.sent !== null && message.sent !== before) this.#framesLost(message.sent, before);
          else this.#account.mark(message.mark, room.committedTicket);
          if (room.slowDisk) this.#account.late();
          break;
        case 'hash':
          this.#handleHash(message.hash, room);
          break;
        case 'unknown':
          this.close(CLOSE.unsupported, 'unknown message type');
      }
    } catch (error) {
      this.#host.stats.malformed++;
      this.#host.log('malformed', {
        connection: this.id,
        room: this.roomName,
        bytes: bytes.byteLength,
        error: String(error),
      });
      this.close(CLOSE.policy, 'malformed message');
    }
  }

  #reply(stateVector: Uint8Array, room: Room): void {
    checkStateVector(stateVector, this.#host.limits.stateVectorClients);
    const ready = room.document.readyReply(stateVector);
    if (ready && ready.wire.byteLength <= this.#host.limits.smallReplyBytes) {
      this.#outbox.sendReply(ready);
      return;
    }
    // The last question is the one that counts: its answer holds what those before it would have got.
    this.#asked = stateVector.slice();
    this.#answer();
  }

  /** Answers the last sync step 1, now or when it is this connection's turn again. */
  #answer(): void {
    const room = this.#listening();
    if (!this.#asked || this.#answerTimer || this.#dead) return;
    const wait = room ? this.#replies.wait(1, this.#host.clock()) : ASK_AGAIN_MS;
    if (!room || wait > 0) {
      this.#answerTimer = setTimeout(() => {
        this.#answerTimer = null;
        this.#answer();
      }, wait);
      return;
    }
    this.#replies.take(1);
    const frame = room.document.reply(this.#asked, this.#host.clock());
    this.#asked = null;
    this.#outbox.sendReply(frame);
  }

  #handleUpdate(update: Uint8Array, isStep2: boolean, room: Room): void {
    const inspected = inspectUpdate(update);
    const mayWrite = this.#effective().access === 'write';
    // A reply to our step 1 says again what is known, and so may a reader. A writer's update is news by itself.
    const nothingNew =
      isEmpty(inspected) || ((isStep2 || !mayWrite) && room.document.knows(inspected, this.#host.clock()));
    if (!nothingNew && !this.#admit(update, inspected, isStep2, mayWrite, room)) return;
    if (!isStep2) return;
    this.#synced = true;
    this.#account.mended(room.committedTicket);
  }

  /** Whether everything the update says counts now: it was accepted, or was known. */
  #admit(update: Uint8Array, inspected: InspectedUpdate, isStep2: boolean, mayWrite: boolean, room: Room): boolean {
    const { personId } = this.principal;
    const admission: Admission = mayWrite
      ? admit(update, inspected, room, { personId, whole: isStep2, at: this.#host.clock() }, this.#host.limits)
      : { kind: 'refuse', reason: 'access' };
    switch (admission.kind) {
      case 'accept':
        this.#account.accepted(room.accept(this, admission, personId));
        if (this.#host.journal.pressed) this.#holdBack();
        return true;
      case 'known':
        this.#account.accepted(room.awaitAccepted(this));
        return true;
      case 'aside':
        this.#awaitAll(room);
        return false;
      case 'refuse':
        this.#refuse(admission.reason === 'access' ? this.#effective().reason || 'read' : admission.reason);
        return false;
    }
  }

  /**
   * Something between the client and us lost, doubled or reordered frames: what the mark covers is not all here. Over a
   * new connection everything is said again.
   */
  #framesLost(sent: number, came: number): void {
    this.#host.log('frames-lost', { connection: this.id, room: this.roomName, sent, came });
    this.close(CLOSE.internal, 'frames were lost on the way');
  }

  /** See {@link Acknowledgement}. */
  received(mark: number): void {
    if (this.extended) this.send(receivedFrame(mark));
  }

  /** See {@link Acknowledgement}. */
  persisted(mark: number): void {
    this.send(persistedFrame(mark));
  }

  #handleAwareness(body: Uint8Array, room: Room): void {
    this.#host.stats.presenceIn++;
    const unknown = this.ownId === null;
    if (room.presence.receive(this, body)) room.flushPresenceSoon();
    if (!unknown || this.ownId === null) return;
    const siblings = room.presence.siblings(this);
    if (siblings) this.send(siblings);
  }

  /** Everything up to `ticket` is on the disk: the answer to the marks that waited for it, or `null`. */
  answerUpTo(ticket: number): Parcel | null {
    const mark = this.#account.committed(ticket);
    return mark === null ? null : persistedFrame(mark);
  }

  #compare(room: Room): void {
    this.#compared = true;
    room.compareWith(this);
  }

  /** The client shows something else than we have: it is told what it lacks (it asks for that) and asked for all it has. */
  #handleHash(hash: string, room: Room): void {
    if (!this.extended) {
      this.close(CLOSE.unsupported, 'unknown message type');
      return;
    }
    const told = this.#hashTold;
    this.#hashTold = null;
    if (told === null || told === hash) return;
    const again = this.#differedFrom === told;
    this.#differedFrom = told;
    this.#host.log('content-differs', { connection: this.id, room: this.roomName, after: again ? 'resync' : 'quiet' });
    if (again) {
      // It had everything and still shows something else; it takes a fresh copy now.
      this.#host.stats.hashReplacements++;
      return;
    }
    this.#host.stats.hashDifferences++;
    this.#host.stats.resyncs++;
    this.#askForAll(room);
  }

  /** Tells an extended client the hash of what it should show. */
  tellHash(hash: string): void {
    if (!this.extended || !this.#compared || this.#dead) return;
    this.#hashTold = hash;
    this.send(hashFrame(hash));
  }

  /** The commit that runs takes long: marks that wait are told that they have come. */
  commitIsSlow(): void {
    this.#account.late();
  }

  #refuse(reason: string): void {
    this.#account.refused();
    countBy(this.#host.stats.refused, reason);
    // The first, the tenth, the hundredth: a flood of them must not become a flood of lines.
    this.#refusals++;
    if (Number.isInteger(Math.log10(this.#refusals)))
      this.#host.log('refused', { connection: this.id, room: this.roomName, reason, times: this.#refusals });
    if (!this.extended) return;
    const now = this.#effective();
    // What storage refused is fetched again when it recovers; it is not lost and nobody has to copy it.
    if (now.reason === 'storage') this.tellAccess();
    else this.send(accessFrame(now.access, reason === 'full' ? 'full' : 'refused'));
  }

  /**
   * An update whose predecessors are not here would wait in everybody's document. It is put aside instead: the client's
   * answer to our sync step 1, which is on its way or asked for now, holds it and what it follows.
   */
  #awaitAll(room: Room): void {
    this.#account.refused();
    countBy(this.#host.stats.refused, 'gap');
    if (!this.#synced) return;
    this.#host.stats.resyncs++;
    this.#askForAll(room);
  }

  #askForAll(room: Room): void {
    this.#synced = false;
    this.send(room.document.step1(this.#host.clock()));
  }

  /* To the socket ---------------------------------------------------------------------------------------------- */

  /** Queues messages; a peer that does not read is closed instead. */
  send(parcel: Parcel): void {
    if (!this.#dead) this.#outbox.send(parcel);
  }

  /** See {@link Outbox}. */
  lost(code: number, reason: string): void {
    this.#host.log('peer-lost', { connection: this.id, room: this.roomName, code, reason });
    this.close(code, reason);
  }

  /** See Outbox.tick. */
  tick(now: number, silenceMs: number, heartbeat: Parcel): void {
    if (!this.#dead && this.#joined) this.#outbox.tick(now, silenceMs, heartbeat);
  }

  /** Type 126; kept for the moment of joining when it is too early. */
  notice(topic: string): void {
    if (!this.extended) return;
    if (this.#joined) this.send(noticeFrame(topic));
    else {
      this.#notices ??= new Set();
      this.#notices.add(topic);
    }
  }

  /** Closes the socket; nothing it says counts from now on, and nothing more is said to it. */
  close(code: number, reason: string): void {
    if (this.#dead) return;
    countBy(this.#host.stats.closed, code);
    this.#end();
    try {
      this.#socket.close(code, reason);
    } catch (error) {
      // Whoever closes many at once must not stop at one that is broken.
      this.#host.log('close-failed', { room: this.roomName, error: String(error) });
      this.#socket.terminate();
    }
  }

  #end(): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#inbox = [];
    if (this.#drainTimer) clearTimeout(this.#drainTimer);
    if (this.#answerTimer) clearTimeout(this.#answerTimer);
    // Or its answer to our goodbye would never be read.
    if (this.#host.heldBack.delete(this)) this.#socket.resume();
    this.#host.forget(this);
    if (!this.#lease) return;
    this.#lease.room.leave(this);
    this.#lease.release();
  }
}
