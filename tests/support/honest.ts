/**
 * Why this file exists: what the relay refuses as no update an honest client makes, it must never refuse of an honest
 * client. So every server a test starts keeps account of what it refused, and a test that does not attack fails when
 * there is anything: all traffic of the suite is replayed through the checks by being sent through them.
 *
 * What is refused because somebody may only read is honest, and not among these.
 */
const NEVER_HONEST = new Set(['owner', 'count', 'subdocument', 'key', 'depth', 'content', 'order', 'full']);

/** An event of the relay's log. */
interface Logged {
  event: string;
  reason: unknown;
  room?: unknown;
}

function suspicious({ event, reason }: Logged): boolean {
  if (event === 'malformed' || event === 'too-fast') return true;
  return event === 'refused' && typeof reason === 'string' && NEVER_HONEST.has(reason);
}

function check(logged: readonly Logged[]): void {
  const found = logged.filter(suspicious);
  if (found.length > 0) throw new Error(`honest traffic was refused: ${JSON.stringify(found.slice(0, 5))}`);
}

/** Throws when a relay's events tell of honest traffic refused. */
export function expectNothingRefused(events: readonly { event: string; fields: Record<string, unknown> }[]): void {
  check(events.map(({ event, fields }) => ({ event, reason: fields.reason, room: fields.room })));
}

/**
 * Throws when a relay's events tell of a browser that showed something else than the server had. Where no frame is lost
 * on purpose that is a word gone astray, or an alarm that is none.
 */
export function expectNothingStrayed(events: readonly { event: string }[]): void {
  const strayed = events.filter(({ event }) => event === 'content-differs');
  if (strayed.length > 0) throw new Error(`somebody showed something else than the server: ${JSON.stringify(strayed)}`);
}

/** {@link expectNothingStrayed} for lines of a server's log. */
export function expectNothingStrayedIn(lines: readonly string[]): void {
  expectNothingStrayed(
    lines.filter((line) => line.includes('"content-differs"')).map(() => ({ event: 'content-differs' })),
  );
}

/** {@link expectNothingRefused} for lines of a server's log; what is not JSON is passed over. */
export function expectNothingRefusedIn(lines: readonly string[]): void {
  check(
    lines
      .filter((line) => /"msg":"(refused|malformed|too-fast)"/.test(line))
      .map((line) => JSON.parse(line) as { msg: string; reason?: unknown; room?: unknown })
      .map(({ msg, reason, room }) => ({ event: msg, reason, room })),
  );
}
