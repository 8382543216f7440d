/** Why this file exists: calendars take the file: what RFC 5545 and 5546 demand, read by another program's parser (ical.js). */
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { momentOf } from '#shared/agenda-time.ts';
import type { NoticeDocument } from '#shared/notice/document.ts';
import { icsOf } from '#shared/notice/ics.ts';
import { offsetAt } from '#shared/notice/time-zone.ts';
import { idOf, item, notice, sitting } from './world.ts';

const AT = Date.UTC(2026, 9, 1, 12, 0, 5);
const ics = (document: NoticeDocument, more: Partial<Parameters<typeof icsOf>[0]> = {}) =>
  icsOf({
    document,
    at: AT,
    host: 'rad.exempel.se',
    url: 'https://rad.exempel.se/m/x',
    mailFrom: 'moten@exempel.se',
    ...more,
  });

function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file) as [string, unknown[], unknown[]]);
  const zone = calendar.getFirstSubcomponent('vtimezone');
  if (!zone) throw new Error('no zone');
  // The file's own zone and no other: a parser that knows the name already would hide what is wrong.
  const zoneIn = new ICAL.Timezone(zone);
  const events = calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component, { strictExceptions: true });
    const at = (wall: ICAL.Time) => {
      const time = wall.clone();
      time.zone = zoneIn;
      return time.toUnixTime() * 1000;
    };
    const text = (name: string) => String(component.getFirstPropertyValue(name) ?? '');
    return { component, event, from: at(event.startDate), to: at(event.endDate), text };
  });
  return { calendar, zone, events };
}

describe('the calendar file', () => {
  it('is one event a sitting, with all that an invitation to look at must have', () => {
    const { calendar, events, zone } = read(ics(notice()));
    const of = (name: string) => calendar.getFirstPropertyValue(name);
    expect([of('version'), of('method'), of('calscale')]).toEqual(['2.0', 'PUBLISH', 'GREGORIAN']);
    expect(of('prodid')).toMatch(/^-\/\/Radslag\/\//);
    expect(zone.getFirstPropertyValue('tzid')).toBe('Europe/Stockholm');
    expect(events.map(({ event }) => event.uid)).toEqual(
      [1, 2].map((n) => `${idOf('d', n)}.${idOf('o', 1)}@rad.exempel.se`),
    );
    for (const { component, text, event } of events) {
      // Exactly once each (RFC 5545 3.6.1, RFC 5546 3.2.1).
      for (const name of ['uid', 'dtstamp', 'dtstart', 'dtend', 'organizer', 'summary', 'sequence', 'status'])
        expect(component.getAllProperties(name), name).toHaveLength(1);
      expect(component.getAllProperties('attendee')).toEqual([]);
      expect(component.getFirstProperty('dtstart')?.getParameter('tzid')).toBe('Europe/Stockholm');
      expect(text('organizer')).toBe('mailto:moten@exempel.se');
      expect(event.location).toBe('Åsgården, Norrsele');
      expect(event.sequence).toBe(0);
    }
    expect(events.map(({ event }) => event.summary)).toEqual(['Vägen vidare, dag 1', 'Vägen vidare, dag 2']);
    // The stamp is a moment, not a clock on somebody's wall.
    expect(ics(notice())).toContain('\r\nDTSTAMP:20261001T120005Z\r\n');
  });

  it('names the sittings the same in every version, with a sequence that rises', () => {
    const [one, three] = [read(ics(notice())), read(ics(notice({ number: 3 })))];
    expect(three.events.map(({ event }) => event.uid)).toEqual(one.events.map(({ event }) => event.uid));
    expect(three.events.map(({ event }) => event.sequence)).toEqual([2, 2]);
  });

  it('tells calendars to forget what is withdrawn', () => {
    const { events } = read(ics(notice({ number: 2, withdrawn: [sitting(2)] }, { sittings: [sitting(1)] })));
    expect(events.map(({ text, event }) => [event.uid.slice(0, 20), text('status')])).toEqual([
      [idOf('d', 1), 'CONFIRMED'],
      [idOf('d', 2), 'CANCELLED'],
    ]);
  });

  it('has an organiser also in a house without mail', () => {
    expect(read(ics(notice(), { mailFrom: null })).events[0]?.text('organizer')).toBe('https://rad.exempel.se/m/x');
  });

  it('is of lines of at most 75 octets that end in CRLF, whatever is in them', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(anything, anything, anything, (title, body, place) => {
        const file = ics(notice({ items: [item(1, { title })] }, { title, body, place }));
        expect(file.endsWith('\r\n')).toBe(true);
        for (const line of file.slice(0, -2).split('\r\n')) {
          // Nothing that is no letter, but tabs.
          expect(line).not.toMatch(/[^\P{Cc}\t]/u);
          expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
        }
        expect(new TextDecoder('utf-8', { fatal: true }).decode(new TextEncoder().encode(file))).toBe(
          file.toWellFormed(),
        );
      }),
    );
  });

  it('says what was written, and what was written becomes nothing else', () => {
    const letter = fc.constantFrom(
      ',',
      ';',
      ':',
      '\\',
      '"',
      '\n',
      'n',
      'å',
      '😀',
      ' ',
      'BEGIN:VEVENT',
      '\r\nUID:x',
      'ATTENDEE:mailto:x@y.se',
      '\t',
    );
    const words = fc.array(letter, { maxLength: 40 }).map((all) => all.join(''));
    fc.assert(
      fc.property(words, words, (title, place) => {
        const { events } = read(
          ics(
            notice(
              { items: [] },
              { title: `a${title}`, body: title, place: `b${place}`, sittings: [sitting(1, { label: '' })] },
            ),
          ),
        );
        expect(events).toHaveLength(1);
        expect(events[0]?.event.summary).toBe(`a${title}`.replaceAll('\r\n', '\n'));
        expect(events[0]?.event.location).toBe(`b${place}`.replaceAll('\r\n', '\n'));
        expect(events[0]?.component.getAllProperties('attendee')).toEqual([]);
        expect(events[0]?.component.getAllProperties('uid')).toHaveLength(1);
      }),
    );
  });

  it('is at the moments that the meeting means, by the zone that is in the file', () => {
    const zones = [
      'Europe/Stockholm',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'America/St_Johns',
      'Pacific/Auckland',
      'UTC',
      'Africa/Casablanca',
    ];
    const day = fc
      .integer({ min: 0, max: 1500 })
      .map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));
    const clock = fc
      .integer({ min: 0, max: 95 })
      .map((n) => `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`);
    fc.assert(
      fc.property(fc.constantFrom(...zones), day, clock, (timeZone, date, start) => {
        const document = notice(
          { meeting: { id: idOf('o', 1), timeZone } },
          { sittings: [sitting(1, { date, start, end: '23:59' })] },
        );
        const { events } = read(ics(document));
        const moment = momentOf(date, start, timeZone)!;
        // Where the clock is put back, a clock time is twice: a calendar may take the second of them.
        const twice =
          offsetAt(timeZone, moment) !== offsetAt(timeZone, moment + 3 * 3600_000) ||
          offsetAt(timeZone, moment - 3 * 3600_000) !== offsetAt(timeZone, moment);
        if (!twice) expect(events[0]?.from).toBe(moment);
      }),
      { numRuns: 300 },
    );
  });

  it('says when the zone changes, in the clock time that held until then', () => {
    const file = ics(notice());
    const observance = (kind: string, start: string, from: string, to: string) =>
      [`BEGIN:${kind}`, `DTSTART:${start}`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`].join('\r\n');
    expect(file).toContain(observance('DAYLIGHT', '20260329T020000', '+0100', '+0200'));
    expect(file).toContain(observance('STANDARD', '20261025T030000', '+0200', '+0100'));
    // A zone without changes is said too, and one that is put forward by half an hour.
    const of = (timeZone: string) => ics(notice({ meeting: { id: idOf('o', 1), timeZone } }));
    expect(of('Asia/Kolkata')).toContain('TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530');
    expect(of('Australia/Lord_Howe')).toContain('TZOFFSETFROM:+1030\r\nTZOFFSETTO:+1100');
  });

  it('ends after midnight where it ends earlier than it starts', () => {
    const { events } = read(ics(notice({}, { sittings: [sitting(1, { start: '22:00', end: '01:30' })] })));
    expect((events[0]?.to ?? 0) - (events[0]?.from ?? 0)).toBe(3.5 * 3600_000);
  });
});
