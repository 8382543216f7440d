/**
 * Why this file exists: the rules of signing and of leaving out, over protocols drawn by lot: an approval counts for one
 * content, one value has one text, and what is hidden is nowhere.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import { minutesSchema } from '#shared/minutes/schema.ts';
import { isReworded, wordDiff } from '#shared/proposals/word-diff.ts';
import { canonicalJson } from '#shared/signoff/canonical.ts';
import { extractOf } from '#shared/signoff/extract.ts';
import { replaced } from '#shared/signoff/hidden-words.ts';
import { HEAD, partsOf } from '#shared/signoff/parts.ts';
import { NO_REDACTION, redacted } from '#shared/signoff/redact.ts';
import { signersOf } from '#shared/signoff/signers.ts';
import { approved, isApproved, leftOf, NO_SIGN_OFF, signedAt, standingOf, withdrawn } from '#shared/signoff/signoff.ts';
import { measured } from '../../server/signoff/context.ts';
import { reword, wordsOf } from '../../server/signoff/paragraph.ts';
import { anyMinutes } from '../minutes/arbitrary.ts';

const proof = { service: 'workspace', reference: '' };
const approval = (part: string, personId: string, hash: string, at = 1) =>
  ({ part, personId, hash, at, immediate: false, proof }) as const;

describe('one value has one text', () => {
  it('whatever the order of its keys, and JSON reads it back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        const turned = (one: unknown): unknown =>
          Array.isArray(one)
            ? one.map(turned)
            : typeof one === 'object' && one !== null
              ? Object.fromEntries(
                  Object.entries(one)
                    .reverse()
                    .map(([key, inner]) => [key, turned(inner)]),
                )
              : one;
        expect(canonicalJson(turned(value))).toBe(text);
      }),
    );
    expect(canonicalJson({ b: 1, a: undefined, å: [null, 'x'] })).toBe('{"b":1,"å":[null,"x"]}');
    for (const wrong of [Number.NaN, () => 1, 1n]) expect(() => canonicalJson(wrong)).toThrow();
  });
});

describe('an approval', () => {
  it('counts as long as the part says what it said, for that person and that part', () => {
    const one = approved(NO_SIGN_OFF, approval('p', 'vera', 'a'));
    expect(standingOf(one, 'vera', { id: 'p', hash: 'a' })).toBe('approved');
    expect(standingOf(one, 'vera', { id: 'p', hash: 'b' })).toBe('outdated');
    expect(standingOf(one, 'olof', { id: 'p', hash: 'a' })).toBe('none');
    expect(standingOf(withdrawn(one, { part: 'p', personId: 'vera' }), 'vera', { id: 'p', hash: 'a' })).toBe('none');
    expect(approved(one, approval('p', 'vera', 'b')).approvals).toHaveLength(1);
  });

  it('is asked of everybody; of nobody it is never given', () => {
    const parts = [
      { id: 'p', hash: 'a' },
      { id: 'q', hash: 'b' },
    ];
    const signers = [{ personId: 'vera' }, { personId: 'olof' }];
    let signOff = NO_SIGN_OFF;
    expect(isApproved(signOff, [], { id: 'p', hash: 'a' })).toBe(false);
    for (const [n, { personId }] of signers.entries())
      for (const { id, hash } of parts) signOff = approved(signOff, approval(id, personId, hash, n + 1));
    expect(leftOf(signOff, signers, parts)).toEqual({ parts: [], suggestions: [] });
    expect(signedAt(signOff, 'olof', parts)).toBe(2);
    expect(signedAt(signOff, 'olof', [{ id: 'p', hash: 'annan' }])).toBeNull();
    expect(signedAt(signOff, 'olof', [])).toBeNull();
  });

  it('is given to what is seen: any change of the document is a change of some part', () => {
    fc.assert(
      fc.property(anyMinutes, anyMinutes, (one, two) => {
        const bare = (document: MinutesDocument) =>
          canonicalJson({ ...document, signatures: [], language: 'sv', meeting: 0 });
        const hashes = (document: MinutesDocument) =>
          canonicalJson(partsOf(document).map(({ id, content }) => [id, content]));
        expect(hashes(one) === hashes(two)).toBe(bare(one) === bare(two));
      }),
      { numRuns: 40 },
    );
  });

  it('of an item is not touched by the words of another', () => {
    fc.assert(
      fc.property(
        anyMinutes.filter(({ items }) => items.filter(({ kind }) => kind !== 'section').length > 1),
        (document) => {
          const at = document.items.findIndex(({ kind }) => kind !== 'section');
          const items = document.items.map((item, n) => (n === at ? { ...item, title: `${item.title}!` } : item));
          const [before, after] = [measured(document), measured({ ...document, items })];
          const changed = before.parts.filter(({ hash }, n) => hash !== after.parts[n]?.hash).map(({ id }) => id);
          expect(changed).toEqual([document.items[at]?.id]);
          expect(after.hash).not.toBe(before.hash);
        },
      ),
      { numRuns: 40 },
    );
  });
});

it('is asked of the chair, else the vice chair, and of the verifiers, each once', () => {
  const person = (name: string, ...roles: ('chair' | 'viceChair' | 'verifier' | 'secretary' | 'member')[]) => ({
    personId: name,
    name,
    roles,
  });
  const people = [
    person('Vera', 'verifier', 'member'),
    person('Vide', 'viceChair'),
    person('Olof', 'chair', 'verifier'),
  ];
  expect(signersOf(people).map(({ name, role }) => `${name} ${role}`)).toEqual(['Olof chair', 'Vera verifier']);
  expect(signersOf(people.slice(0, 2)).map(({ name }) => name)).toEqual(['Vide', 'Vera']);
  expect(signersOf([person('Sara', 'secretary')])).toEqual([]);
});

describe('an accepted suggestion', () => {
  it('makes the paragraph say what was suggested and leaves the words that are the same', () => {
    const sentence = fc.array(fc.constantFrom('samrådet', 'beslutar', 'Åsö', '𝒳', 'att', ',', ' '), { maxLength: 12 });
    fc.assert(
      fc.property(sentence, sentence, fc.nat(6), (one, two, cut) => {
        const [before, after] = [one.join(''), two.join('')];
        const doc = new Y.Doc();
        const paragraph = new Y.XmlElement('paragraph');
        doc.getXmlFragment('notes').insert(0, [paragraph]);
        const at = [...before].slice(0, cut).join('').length;
        paragraph.insert(0, [new Y.XmlText(before.slice(0, at)), new Y.XmlText(before.slice(at))]);
        expect(reword(paragraph, `${before}.`, after)).toBe(false);
        expect(wordsOf(paragraph)).toBe(before);
        const deleted = new Set<string>();
        doc.on('afterTransaction', (transaction) => {
          for (const [client, ranges] of transaction.deleteSet.clients)
            for (const { clock, len } of ranges) deleted.add(`${client}:${clock}:${len}`);
        });
        expect(doc.transact(() => reword(paragraph, before, after))).toBe(true);
        expect(wordsOf(paragraph)).toBe(after);
        if (!wordDiff(before, after).some(({ kind }) => kind === 'removed')) expect(deleted.size).toBe(0);
      }),
    );
    expect(isReworded('a  b', 'a b')).toBe(false);
  });
});

describe('an extract', () => {
  it('holds the chosen items and no words of the others', () => {
    fc.assert(
      fc.property(anyMinutes, (document) => {
        const chosen = document.items.filter((_, n) => n % 2 === 0).map(({ id }) => id);
        const extract = extractOf(document, chosen);
        expect(extract.items.every(({ id }) => chosen.includes(id))).toBe(true);
        expect(extract.attachments).toEqual([]);
        expect(() => minutesSchema.parse(extract)).not.toThrow();
        expect(extractOf(document, null)).toBe(document);
      }),
      { numRuns: 40 },
    );
  });
});

describe('what is hidden', () => {
  const all = { ...NO_REDACTION, email: true, phone: true, guests: true };
  const hidden = { email: '[e]', phone: '[t]', names: ['Rut Lind', 'Ann-Marie Å'], name: '[n]' };

  it.each([
    ['rut.lind@exempel.se', '[e]'],
    ['skriv till Rut.Lind+mote@exempel.co.se nu', 'skriv till [e] nu'],
    ['rut.lind＠exempel.se', '[e]'],
    ['rut.lind (at) exempel.se', '[e]'],
    ['r\u00adut\u200b@exempel\u2060.se', '[e]'],
    ['ring 070-123 45 67', 'ring [t]'],
    ['+46 (0)70 123 45 67', '[t]'],
    ['0910/123 45', '[t]'],
    ['070\u2011123\u00a045\u00a067', '[t]'],
    ['Rut Linds fråga', '[n]s fråga'],
    ['RUT\u00a0LIND', '[n]'],
    ['Ann‑Marie A\u030a', '[n]'],
  ])('%s', (text, shown) => expect(replaced(text, hidden)).toBe(shown));

  it.each([
    'torsdag 12 november 2026, kl. 08.30–16.50',
    '2026-11-12',
    '§ 130',
    'RN 2026/118',
    '1 250 000 kronor',
    '08.30–16.50',
    'Strut Lindgren',
    '640 000 kr/år',
  ])('leaves %s', (text) => expect(replaced(text, hidden)).toBe(text));

  it('is in no field of no protocol, whoever wrote it where', () => {
    const canaries = ['kanarie@exempel.se', '070-123 45 67', 'Kanarie Fågel'];
    fc.assert(
      fc.property(anyMinutes, fc.constantFrom(...canaries), (given, canary) => {
        // In every text field there is, by the walk of another hand than the one that takes it out.
        const spread = (one: unknown, key: string): unknown => {
          if (typeof one === 'string') return isText(key) ? `${one} ${canary} slut` : one;
          if (Array.isArray(one)) return one.map((inner) => spread(inner, key));
          if (typeof one !== 'object' || one === null) return one;
          return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, spread(inner, name)]));
        };
        const document = spread(given, '') as MinutesDocument;
        expect(canonicalJson(document)).toContain(canary);
        const shown = redacted(document, all, ['Kanarie Fågel']);
        expect(canonicalJson(shown)).not.toContain(canary);
        expect(() => minutesSchema.parse(shown)).not.toThrow();
        expect(partsOf(shown)[0]?.id).toBe(HEAD);
      }),
      { numRuns: 60 },
    );
  });

  it('may be half bold, in a link, over a line’s end', () => {
    const [document] = fc.sample(
      anyMinutes.filter(({ items }) => items.length > 0),
      1,
    );
    if (!document?.items[0]) throw new Error('no sample');
    const blocks = [
      {
        id: '1:1',
        kind: 'paragraph' as const,
        sources: [],
        inlines: [
          { text: 'Rut ' },
          { text: 'Li', bold: true as const },
          { text: 'nd, rut@ex' },
          { text: 'empel.se', italic: true as const },
        ],
      },
      {
        id: '1:2',
        kind: 'paragraph' as const,
        sources: ['Rut Lind'],
        inlines: [
          { text: 'skriv', href: 'mailto:rut%40exempel.se' },
          { text: 'här', href: 'https://exempel.se/%52ut-Lind' },
        ],
      },
      {
        id: '1:3',
        kind: 'paragraph' as const,
        sources: [],
        inlines: [{ text: 'Rut' }, { break: true as const }, { text: 'Lind' }],
      },
      { id: '1:4', kind: 'paragraph' as const, sources: [], inlines: [{ text: 'Hela stycket.' }] },
    ];
    const items = [{ ...document.items[0], blocks }];
    const shown = redacted({ ...document, language: 'sv', items }, { ...all, blocks: ['1:4'] }, ['Rut Lind']);
    const text = canonicalJson(shown.items[0]?.blocks);
    for (const trace of ['Lind', 'Rut', 'exempel', 'empel', 'Hela', 'rut']) expect(text).not.toContain(trace);
    expect(text).toContain('Stycket är utelämnat');
  });

  it('is nothing unless asked for', () => {
    const [document] = fc.sample(anyMinutes, 1);
    if (!document) throw new Error('no sample');
    expect(redacted(document, NO_REDACTION, ['x'])).toBe(document);
  });
});

/** Fields in which people's words stand; the others are names of things and kinds. */
function isText(key: string): boolean {
  return ![
    ...['id', 'itemId', 'personId', 'sittingId', 'sha256', 'date', 'start', 'end', 'format', 'language', 'style'],
    ...['kind', 'role', 'outcome', 'method', 'mediaType', 'timeZone', 'sources', 'href'],
  ].includes(key);
}
