/**
 * Why this file exists: a calendar that gets a time in a zone must be told what that zone is (RFC 5545 3.6.5). The zone's
 * changes of the years in question are read from the machine's own time zone data and said one by one, so that no
 * calendar needs to know the zone by name.
 */

const HOUR = 3600_000;
const DAY = 24 * HOUR;

interface Observance {
  /** When it begins, milliseconds since 1970. */
  at: number;
  /** Minutes east of Greenwich before and from then on. */
  from: number;
  to: number;
  name: string;
  daylight: boolean;
}

const formats = new Map<string, { offset: Intl.DateTimeFormat; name: Intl.DateTimeFormat }>();

function formatsOf(timeZone: string) {
  let known = formats.get(timeZone);
  if (!known) {
    known = {
      offset: new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }),
      name: new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'short' }),
    };
    formats.set(timeZone, known);
  }
  return known;
}

const zoneName = (format: Intl.DateTimeFormat, at: number): string =>
  format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';

/** Minutes east of Greenwich at a moment. */
export function offsetAt(timeZone: string, at: number): number {
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(zoneName(formatsOf(timeZone).offset, at));
  if (!match?.[1]) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** Every change between two moments, found to the minute. */
function changesIn(timeZone: string, from: number, to: number): Observance[] {
  const found: Observance[] = [];
  let before = offsetAt(timeZone, from);
  for (let day = from; day < to; day += DAY) {
    const after = offsetAt(timeZone, day + DAY);
    if (after === before) continue;
    let [low, high] = [day, day + DAY];
    while (high - low > 60_000) {
      const middle = low + Math.floor((high - low) / 120_000) * 60_000;
      if (offsetAt(timeZone, middle) === before) low = middle;
      else high = middle;
    }
    found.push({
      at: high,
      from: before,
      to: after,
      name: zoneName(formatsOf(timeZone).name, high),
      daylight: after > before,
    });
    before = after;
  }
  return found;
}

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** "20261112T083000" of a moment, as a clock shows it that is so many minutes east of Greenwich. */
export function wallClock(at: number, offset: number): string {
  const there = new Date(at + offset * 60_000);
  const date = `${pad(there.getUTCFullYear(), 4)}${pad(there.getUTCMonth() + 1)}${pad(there.getUTCDate())}`;
  return `${date}T${pad(there.getUTCHours())}${pad(there.getUTCMinutes())}${pad(there.getUTCSeconds())}`;
}

const utcOffset = (minutes: number): string =>
  `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}${pad(Math.abs(minutes) % 60)}`;

/** The lines of a VTIMEZONE that holds from a year before `from` to a year after `to`. */
export function timeZoneLines(timeZone: string, from: number, to: number): string[] {
  const begin = Date.UTC(new Date(from).getUTCFullYear() - 1, 0, 1);
  const end = Date.UTC(new Date(to).getUTCFullYear() + 2, 0, 1);
  const changes = changesIn(timeZone, begin, end);
  const offset = offsetAt(timeZone, begin);
  // What holds at the beginning is said too: a zone without changes has at least this one.
  const first: Observance = {
    at: begin,
    from: offset,
    to: offset,
    name: zoneName(formatsOf(timeZone).name, begin),
    daylight: changes[0] !== undefined && !changes[0].daylight,
  };
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${timeZone}`,
    ...[first, ...changes].flatMap((one) => {
      const kind = one.daylight ? 'DAYLIGHT' : 'STANDARD';
      return [
        `BEGIN:${kind}`,
        // In the clock time that held until then.
        `DTSTART:${wallClock(one.at, one.from)}`,
        `TZOFFSETFROM:${utcOffset(one.from)}`,
        `TZOFFSETTO:${utcOffset(one.to)}`,
        `TZNAME:${one.name}`,
        `END:${kind}`,
      ];
    }),
    'END:VTIMEZONE',
  ];
}
