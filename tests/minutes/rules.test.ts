/** Why this file exists: the rules a protocol follows, apart from any server: abbreviations, marks, who is told when. */
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { type Block, blocksText, readBlocks } from '#shared/document/blocks.ts';
import { newId } from '#shared/ids.ts';
import { expandAbbreviations } from '#shared/minutes/abbreviations.ts';
import { type Aspect, checksOf, completenessOf, type Mark } from '#shared/minutes/completeness.ts';
import { clockWords, dayWords, spanWords } from '#shared/minutes/words.ts';
import { createMinutesWatch, LOOKED_MS } from '../../server/minutes/watch.ts';
import { bareItem, sampleMinutes } from '../documents/sample.ts';

const words = (text: string): Block => ({ id: '1:1', kind: 'paragraph', inlines: [{ text }], sources: [] });

describe('abbreviations', () => {
  const of = (...texts: string[]) => ({
    ...sampleMinutes(),
    items: texts.map((text, n) => bareItem(String(n + 1), 'SG:s ärende', { blocks: [words(text)] })),
    abbreviations: [
      { short: 'SG', long: 'strategisk grupp' },
      { short: 'SGU', long: 'samrådets gemensamma utskott' },
      { short: 'ÖK', long: 'överenskommelse' },
    ],
  });
  const said = (...texts: string[]) =>
    expandAbbreviations(of(...texts)).document.items.map(({ blocks }) => JSON.stringify(blocks));

  it('are explained once, where they first stand in running text, as whole words', () => {
    const [first, second] = said('I SG och i SGU. SG igen.', 'SG en gång till');
    expect(first).toContain('I strategisk grupp (SG) och i samrådets gemensamma utskott (SGU). SG igen.');
    expect(second).toContain('"SG en gång till"');
    expect(said('MSG och SGs')[0]).toContain('MSG och SGs');
  });
  it('begin a sentence as a sentence begins, and are not explained twice', () => {
    expect(said('Klart. ÖK gäller.')[0]).toContain('Klart. Överenskommelse (ÖK) gäller.');
    expect(said('Strategisk grupp (SG) möts. SG sitter.')[0]).toContain('Strategisk grupp (SG) möts. SG sitter.');
  });
  it('are explained at the next place when they first stand as a part of a longer word', () => {
    expect(said('SG-mötet ställs in. SG beslutar.')[0]).toContain(
      'SG-mötet ställs in. Strategisk grupp (SG) beslutar.',
    );
  });
  it('are listed when they only stand where nothing may be added, and the document itself is left alone', () => {
    const document = of('Inget här');
    const before = JSON.stringify(document);
    expect(expandAbbreviations(document).listed.map(({ short }) => short)).toEqual(['SG']);
    expect(JSON.stringify(document)).toBe(before);
  });
  it('may hold any sign there is', () => {
    for (const short of ['e-post', 'o.s.v.', 'A/B (C)', '#read("x")', '\\d+', '[a]', '^$'])
      expect(
        expandAbbreviations({ ...of(`Vi skriver ${short} här.`), abbreviations: [{ short, long: 'med hela ord' }] })
          .document.items[0]?.blocks,
      ).toMatchObject([{ inlines: [{ text: `Vi skriver med hela ord (${short}) här.` }] }]);
  });
  it('never touch the wording of a decision', () => {
    const document = sampleMinutes();
    document.abbreviations = [{ short: 'sju', long: 'siffran 7' }];
    expect(expandAbbreviations(document).document.items.map(({ decisions }) => decisions)).toEqual(
      document.items.map(({ decisions }) => decisions),
    );
  });
});

describe('the marks of an item', () => {
  const none = { attended: new Set<string>(), warnings: null, workshops: new Set<string>(), broken: new Set<string>() };
  const marks = (
    more: Parameters<typeof bareItem>[2],
    style: 'decisions' | 'discussion' | 'notes' = 'discussion',
    facts: (id: string) => Partial<typeof none> = () => ({}),
  ): Record<Aspect, Mark> => {
    const item = bareItem('1', 'Ärende', more);
    const full = { ...sampleMinutes(), style, items: [item] };
    return completenessOf(full, { ...none, ...facts(item.id) })[0]!.marks;
  };

  it('follow its kind and the style', () => {
    expect(marks({ kind: 'decision' })).toEqual({
      attendance: 'missing',
      presenters: 'missing',
      outcome: 'missing',
      summary: 'missing',
      attachments: 'none',
    });
    expect(marks({ kind: 'checkIn' })).toMatchObject({ presenters: 'none', outcome: 'none', summary: 'none' });
    expect(marks({ kind: 'information' }, 'notes').outcome).toBe('none');
    expect(marks({ kind: 'information' }, 'decisions').summary).toBe('none');
    expect(marks({ nothingToReport: true })).toMatchObject({ outcome: 'done', summary: 'none' });
    expect(marks({ blocks: [words('Text')] }).summary).toBe('done');
  });
  it('ask a workshop for its summary, a reference for its end, and presence for the item', () => {
    expect(marks({ blocks: [words('Text')] }, 'discussion', (id) => ({ workshops: new Set([id]) })).summary).toBe(
      'missing',
    );
    expect(marks({}, 'discussion', (id) => ({ broken: new Set([id]) })).attachments).toBe('missing');
    expect(marks({}, 'discussion', (id) => ({ attended: new Set([id]) })).attendance).toBe('done');
  });
  it('do not ask what only holds other items, and leave sections out', () => {
    const full = {
      ...sampleMinutes(),
      items: [
        bareItem('', 'Avsnitt', { kind: 'section' }),
        bareItem('1', 'Rubrik', { level: 1 }),
        bareItem('1.1', 'Under', { level: 2 }),
      ],
    };
    const [holder, held, ...more] = completenessOf(full, none);
    expect(more).toEqual([]);
    expect(holder?.marks).toMatchObject({ presenters: 'none', outcome: 'none', summary: 'none' });
    expect(held?.marks).toMatchObject({ presenters: 'missing', outcome: 'missing' });
  });
  it('add up to the closing checklist; what nobody owns or has no day is open until it is done', () => {
    const action = { id: newId(), text: 'Ring', owner: '', due: 'v. 5', done: false, source: '' };
    const check = (done: boolean) => {
      const full = { ...sampleMinutes(), items: [bareItem('1', 'Ärende', { actions: [{ ...action, done }] })] };
      return checksOf(full, none).find(({ check: name }) => name === 'actions')?.ok;
    };
    expect([check(false), check(true)]).toEqual([false, true]);
    const checks = checksOf({ ...sampleMinutes(), style: 'notes', signatures: [] }, none).map(
      ({ check: name }) => name,
    );
    expect(checks).not.toContain('verifiers');
  });
});

describe('what a text points at', () => {
  it('is said as it is now: a person by name, an attachment by number, or that it is missing', () => {
    const doc = new Y.Doc();
    const node = (name: string, attributes: Record<string, string>) => {
      const element = new Y.XmlElement(name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    };
    const [person, attachment, gone] = [newId(), newId(), newId()];
    const line = new Y.XmlElement('paragraph');
    line.insert(0, [
      node('mention', { id: person, label: 'Maj' }),
      new Y.XmlText(', se '),
      node('attachment', { id: attachment }),
      new Y.XmlText(' och '),
      node('attachment', { id: gone }),
    ]);
    doc.getXmlFragment('notes').insert(0, [line]);
    const broken: string[] = [];
    const blocks = readBlocks(doc.getXmlFragment('notes'), {
      mention: (id, label) => (id === person ? 'Maj Norell' : label),
      attachment(id) {
        if (id === attachment) return 'Bilaga 2.1';
        broken.push(id);
        return '(bilaga saknas)';
      },
    });
    expect(blocksText(blocks)).toEqual(['Maj Norell, se Bilaga 2.1 och (bilaga saknas)']);
    expect(broken).toEqual([gone]);
    expect(blocksText(readBlocks(doc.getXmlFragment('notes')))).toEqual(['@Maj, se  och ']);
  });
});

describe('days and times', () => {
  it('are said the Swedish and the English way', () => {
    expect(dayWords('2026-11-12', 'sv')).toBe('torsdag 12 november 2026');
    expect(dayWords('2026-11-12', 'en')).toMatch(/^Thursday,? 12 November 2026$/);
    expect([clockWords('08:30', 'sv'), clockWords('08:30', 'en')]).toEqual(['08.30', '08:30']);
    expect([spanWords(['2026-11-13', '2026-11-12']), spanWords(['2026-11-30', '2026-12-01']), spanWords([])]).toEqual([
      '2026-11-12–13',
      '2026-11-30 – 2026-12-01',
      '',
    ]);
  });
});

describe('who is told that a protocol says something else', () => {
  it('are those of meetings that are looked at, once for many changes, and never for the words of groups', () => {
    vi.useFakeTimers();
    let now = 0;
    const told: string[] = [];
    const watch = createMinutesWatch((id) => told.push(id), { everyMs: 1_500, now: () => now });
    const [seen, unseen, item] = [newId(), newId(), newId()];
    watch.looked(seen);
    for (const room of [`item:${seen}:${item}`, `agenda:${seen}`, `item:${unseen}:${item}`]) watch.written(room);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1_500);
    expect(told).toEqual([seen]);
    watch.written(`group:${seen}:${item}`);
    watch.written(`harvest:${seen}:${item}`);
    watch.written('no-room');
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual([seen]);
    watch.written(`summary:${seen}:${item}`);
    vi.advanceTimersByTime(1_500);
    expect(told).toHaveLength(2);
    now = LOOKED_MS + 1;
    watch.written(`item:${seen}:${item}`);
    vi.advanceTimersByTime(5_000);
    expect(told).toHaveLength(2);
    watch.stop();
    vi.useRealTimers();
  });
});
