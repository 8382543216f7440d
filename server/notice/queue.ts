/**
 * Why this file exists: mails go out one at a time beside everything else, and whoever waits for them waits for nobody. What
 * is queued is in the database: it survives a restart. A mail is marked as being sent before it is, so that a process that
 * dies in the middle leaves behind what may have been taken; the next one says so and does not send it again. The edge: a
 * crash between the mark and the first word to the mail server leaves a mail uncertain that was never sent.
 */
import type { Id } from '#shared/ids.ts';
import { MOST_ATTEMPTS, type OwnReason, retryAfter } from '#shared/notice/mail.ts';
import type { MailPort, MailStore, NoticeMail, RawMail } from './ports.ts';

export interface MailQueueDeps {
  store: MailStore;
  mail: MailPort;
  /** The bytes of a mail, or why it is not to be sent any more. */
  write(mail: NoticeMail): Promise<RawMail | { dropped: OwnReason }>;
  /** A mail of the meeting has come further. */
  told(meetingId: Id): void;
  failed(error: unknown): void;
  /** The machine's clock, milliseconds since 1970. */
  now?(): number;
}

export interface MailQueue {
  /** Says what became of what an earlier process left, then sends what is due. */
  start(): Promise<void>;
  /** Something was queued. Returns at once. */
  poke(): void;
  /** Breaks off what is being sent and resolves when its state is kept. */
  stop(): Promise<void>;
}

/** Longest sleep, milliseconds: a timer's own limit is 24 days. */
const LONGEST = 3600_000;
/** After a fault of our own (a disk, a full database), milliseconds. */
const FAULT = 60_000;

export function createMailQueue(deps: MailQueueDeps): MailQueue {
  const { store, mail } = deps;
  const now = deps.now ?? (() => Date.now());
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;

  async function one(): Promise<boolean> {
    const claimed = await store.claim(now());
    if (!claimed) return false;
    deps.told(claimed.meetingId);
    const attempts = claimed.attempts + 1;
    const settle = (state: 'queued' | 'handed' | 'refused' | 'uncertain', reason: string, nextAt = 0) =>
      store.settle(claimed.id, { state, reason, attempts, nextAt, at: now() });
    let raw: RawMail | { dropped: OwnReason };
    try {
      raw = await deps.write(claimed);
    } catch (error) {
      // Nothing was sent: ours to try again.
      await settle('queued', '@unwritten' satisfies OwnReason, now() + retryAfter(attempts));
      deps.told(claimed.meetingId);
      throw error;
    }
    if ('dropped' in raw) await settle('refused', raw.dropped);
    else {
      const { state, reason } = await mail.send(raw, stopping.signal);
      if (state !== 'later') await settle(state, reason);
      // Being stopped is no attempt of theirs.
      else if (stopping.signal.aborted)
        await store.settle(claimed.id, {
          state: 'queued',
          reason: '',
          attempts: claimed.attempts,
          nextAt: now(),
          at: now(),
        });
      else if (attempts >= MOST_ATTEMPTS) await settle('refused', reason);
      else await settle('queued', reason, now() + retryAfter(attempts));
    }
    deps.told(claimed.meetingId);
    return true;
  }

  async function drain(): Promise<void> {
    try {
      do {
        again = false;
        while (!stopping.signal.aborted && (await one())) {
          // The next one.
        }
      } while (again && !stopping.signal.aborted);
      if (stopping.signal.aborted) return;
      const due = await store.nextDue();
      if (due !== null) sleep(due - now());
    } catch (error) {
      deps.failed(error);
      sleep(FAULT);
    }
  }

  function sleep(ms: number): void {
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    timer = setTimeout(poke, Math.max(0, Math.min(LONGEST, ms)));
    timer.unref();
  }

  function poke(): void {
    if (stopping.signal.aborted) return;
    again = true;
    clearTimeout(timer);
    running ??= drain().finally(() => {
      running = null;
      if (again) poke();
    });
  }

  return {
    async start() {
      for (const meetingId of await store.abandoned(now(), '@stopped' satisfies OwnReason)) deps.told(meetingId);
      poke();
    },
    poke,
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
