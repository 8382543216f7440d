/**
 * Why this file exists: the account of what one connection may be told is safe. A mark covers everything sent before it,
 * so it is answered when all of that is committed, and not at all while something of it was refused or put aside: then
 * it waits until the client has sent all it has once more.
 */

export interface AcknowledgementEvents {
  /** Everything before the mark has been checked and waits for the disk. */
  received(mark: number): void;
  /** Everything before the mark is on the disk. */
  persisted(mark: number): void;
}

export class Acknowledgement {
  readonly #events: AcknowledgementEvents;
  /** The journal's ticket of this connection's last update. */
  #ticket = 0;
  #waiting: { mark: number; ticket: number }[] = [];
  /** The last mark that was answered with "received". */
  #received = 0;
  #broken = false;
  #heldMark: number | null = null;

  constructor(events: AcknowledgementEvents) {
    this.#events = events;
  }

  /** Something was refused or put aside, and has not come again since. */
  get broken(): boolean {
    return this.#broken;
  }

  accepted(ticket: number): void {
    this.#ticket = ticket;
  }

  /** From here on no mark is true. */
  refused(): void {
    this.#broken = true;
  }

  /** A mark has come; `committed` is how far the disk is. */
  mark(mark: number, committed: number): void {
    if (this.#broken) this.#heldMark = mark;
    else if (this.#ticket <= committed) this.#events.persisted(mark);
    else this.#waiting.push({ mark, ticket: this.#ticket });
  }

  /** The disk takes its time: what waits for it is at least told that it has come. */
  late(): void {
    const last = this.#waiting.at(-1);
    if (!last || last.mark === this.#received) return;
    this.#received = last.mark;
    this.#events.received(last.mark);
  }

  /** Everything up to this ticket is on the disk: the newest mark it covers, and with it those before, or `null`. */
  committed(ticket: number): number | null {
    let last: number | null = null;
    while (this.#waiting.length > 0 && this.#waiting[0]!.ticket <= ticket) last = this.#waiting.shift()!.mark;
    return last;
  }

  /** The client has sent everything we lack, and it was accepted or known: marks are true again, the held one too. */
  mended(committed: number): void {
    if (!this.#broken) return;
    this.#broken = false;
    const mark = this.#heldMark;
    this.#heldMark = null;
    if (mark !== null) this.mark(mark, committed);
  }
}
