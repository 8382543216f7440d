/** Why this file exists: protocols drawn by lot, with everything a protocol may hold, for round trips and renderers. */
import fc from 'fast-check';
import type { Block, Inline, ListItem } from '#shared/document/blocks.ts';
import {
  DECISION_METHODS,
  DECISION_OUTCOMES,
  DISSENT_KINDS,
  MINUTES_STYLES,
  type MinutesDocument,
} from '#shared/minutes/document.ts';

const id = fc.uuid({ version: 4 }).map((uuid) => uuid.replaceAll('-', '').slice(0, 20));
/** Words as people write them, and the letters that mean something to Typst, HTML, Markdown and XML. */
export const words = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abcåäö ÅÄÖ–#*_`$<>&"\'[]{}\\@|=~/'), maxLength: 30 }),
  fc.constantFrom('Samrådet noterar', 'SG', '#read("/etc/passwd")', '1. inte en lista', '§ 12', 'مرحبا', '日本', '𝒳'),
);
const filled = words.map((text) => `x${text}`);

const inline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ text: filled }) },
  { weight: 1, arbitrary: fc.record({ text: filled, bold: fc.constant(true as const) }) },
  { weight: 1, arbitrary: fc.record({ text: filled, italic: fc.constant(true as const) }) },
  { weight: 1, arbitrary: fc.record({ text: filled, href: fc.constant('https://exempel.se/a?b=1&c=%22') }) },
  { weight: 1, arbitrary: fc.record({ break: fc.constant(true as const) }) },
);
const inlines = fc.array(inline, { maxLength: 4 });
const sources = fc.constant<string[]>([]);
const blockId = fc.nat(9_999).map((n) => `7:${n}`);

const paragraph = fc.record({ id: blockId, kind: fc.constant('paragraph' as const), inlines, sources });
const heading = fc.record({
  id: blockId,
  kind: fc.constant('heading' as const),
  level: fc.constantFrom(2 as const, 3 as const, 4 as const),
  inlines: fc.array(inline, { minLength: 1, maxLength: 3 }),
  sources,
});
const { block } = fc.letrec<{ block: Block; item: ListItem }>((tie) => ({
  item: fc.record({
    id: blockId,
    checked: fc.constant(null),
    blocks: fc.tuple(paragraph, fc.array(tie('block'), { maxLength: 1 })).map(([first, more]) => [first, ...more]),
    sources,
  }),
  block: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    paragraph,
    heading,
    fc.record({
      id: blockId,
      kind: fc.constant('list' as const),
      style: fc.constantFrom('bullet' as const, 'ordered' as const),
      start: fc.constant(1),
      items: fc.array(tie('item'), { minLength: 1, maxLength: 3 }),
      sources,
    }),
    fc.record({
      id: blockId,
      kind: fc.constant('quote' as const),
      blocks: fc.array(paragraph, { minLength: 1, maxLength: 2 }),
      sources,
    }),
    fc.record({
      id: blockId,
      kind: fc.constant('table' as const),
      rows: fc.array(
        fc.record({
          id: blockId,
          cells: fc.array(fc.record({ header: fc.boolean(), blocks: fc.array(paragraph, { maxLength: 2 }) }), {
            minLength: 1,
            maxLength: 3,
          }),
          sources,
        }),
        { minLength: 1, maxLength: 3 },
      ),
      sources,
    }),
  ),
}));
const blocks = fc.array(block, { maxLength: 4 });
export const anyBlocks = blocks;

const sha = fc.constant('a'.repeat(64));
const at = fc.integer({ min: 0, max: 4e12 });
const attachment = fc.record({
  id,
  label: fc.constant('Bilaga 2.1'),
  name: words,
  mediaType: fc.constant('application/pdf'),
  size: fc.nat(),
  sha256: sha,
});
const some = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 2 });

const decision = fc.record({
  id,
  label: fc.constantFrom('Beslut 2026-11-12 nr 1', '§ 130'),
  outcome: fc.constantFrom(...DECISION_OUTCOMES),
  lead: words,
  clauses: some(fc.record({ id, text: words, original: fc.option(words), reason: words })),
  motivation: words,
  method: fc.constantFrom(...DECISION_METHODS),
  counts: words,
  dissents: some(fc.record({ kind: fc.constantFrom(...DISSENT_KINDS), who: words, text: words })),
  present: words,
  at,
});

const item = fc.record({
  id,
  number: fc.constantFrom('1', '2.1', ''),
  level: fc.integer({ min: 0, max: 2 }),
  kind: fc.constantFrom('information' as const, 'decision' as const, 'section' as const),
  title: words,
  sittingId: fc.constant('' as const),
  treatment: fc.option(fc.integer({ min: 1, max: 99 })),
  presenters: some(fc.record({ name: words, title: words, organisation: words })),
  blocks,
  summary: fc.option(
    fc.record({
      revision: fc.integer({ min: 1, max: 9 }),
      at,
      by: words,
      sha256: sha,
      sections: some(fc.record({ heading: words, blocks })),
    }),
  ),
  nothingToReport: fc.boolean(),
  decisions: some(decision),
  reopenings: some(fc.record({ at, when: words, by: words, reason: words })),
  actions: some(
    fc.record({ id, text: words, owner: words, due: words, done: fc.boolean(), source: fc.constantFrom('', '7:12') }),
  ),
  attachments: some(attachment),
});

/** Any protocol. */
export const anyMinutes: fc.Arbitrary<MinutesDocument> = fc.record({
  format: fc.constant('radslag-minutes' as const),
  version: fc.constant(1 as const),
  language: fc.constantFrom('sv' as const, 'en' as const),
  style: fc.constantFrom(...MINUTES_STYLES),
  meeting: fc.record({ id, timeZone: fc.constant('Europe/Stockholm') }),
  header: fc.record({
    body: words,
    title: words,
    registryNumber: words,
    sittings: some(
      fc.record({
        id,
        label: words,
        date: fc.constant('2026-11-12'),
        start: fc.constant('08:30'),
        end: fc.constant('16:50'),
        when: fc.constant('torsdag 12 november 2026, kl. 08.30–16.50'),
        place: words,
      }),
    ),
    place: words,
    officers: some(fc.record({ role: words, name: words })),
  }),
  attendance: some(
    fc.record({
      title: words,
      by: words,
      groups: some(
        fc.record({
          label: words,
          people: some(fc.record({ personId: fc.option(id), name: words, title: words, phrase: words })),
        }),
      ),
    }),
  ),
  items: fc.array(item, { maxLength: 4 }),
  attachments: some(attachment),
  signatures: some(
    fc.record({
      personId: id,
      name: words,
      title: words,
      role: fc.constantFrom('chair' as const, 'secretary' as const, 'verifier' as const),
      capacity: words,
      signedAt: fc.option(at),
    }),
  ),
  abbreviations: some(fc.record({ short: fc.constantFrom('SG', 'ÖK'), long: words })),
  appendix: some(fc.record({ title: words, blocks })),
});
