/**
 * Why this file exists: "Sparat 13.32" is the server's clock, not that of a phone that is a day wrong. The offset comes
 * from the Date header of any HTTP answer; the header has whole seconds, which is enough for minutes.
 */

let offset = 0;
let measured = false;
let asked: Promise<void> | null = null;

/** Takes the `Date` header of an answer that was just received; unreadable values are ignored. */
export function noteServerDate(header: string | null, receivedAt: number = Date.now()): void {
  if (header === null) return;
  const at = Date.parse(header);
  if (Number.isNaN(at)) return;
  const difference = at + 500 - receivedAt;
  // Under two seconds the difference is the header's rounding and the way here.
  offset = Math.abs(difference) < 2_000 ? 0 : difference;
  measured = true;
}

/** The server's clock as well as it is known, milliseconds since 1970 UTC. */
export function serverNow(): number {
  return Date.now() + offset;
}

/** Asks the server for its time once, unless an answer has told it already. Never rejects. */
export function measureServerClock(fetcher: typeof fetch = fetch): Promise<void> {
  if (measured) return Promise.resolve();
  asked ??= fetcher('/healthz', { method: 'HEAD', cache: 'no-store' })
    .then((answer) => noteServerDate(answer.headers.get('date')))
    .catch(() => {
      asked = null;
    });
  return asked;
}
