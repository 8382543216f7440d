/** Why this file exists: a protocol comes back from its JSON as it was, and what is not one does not come in. */
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inStyle, MINUTES_STYLES, outOfOrder } from '#shared/minutes/document.ts';
import { minutesFromJson, minutesJsonSchema, minutesToJson } from '#shared/minutes/schema.ts';
import { anyMinutes } from './arbitrary.ts';

const SCHEMA = new URL('../../docs/minutes.schema.json', import.meta.url);

describe('the JSON of a protocol', () => {
  it('comes back without loss', () => {
    fc.assert(
      fc.property(anyMinutes, (document) => {
        const file = minutesToJson(document);
        expect(minutesFromJson(file)).toEqual(document);
        expect(minutesToJson(minutesFromJson(file))).toBe(file);
      }),
      { numRuns: 150 },
    );
  });

  it('has the schema that is published', () => {
    const made = `${JSON.stringify(minutesJsonSchema(), null, 2)}\n`;
    // `UPDATE_SCHEMA=1 npm test` writes it anew, for whoever changed the form on purpose.
    if (process.env.UPDATE_SCHEMA) writeFileSync(SCHEMA, made);
    expect(made).toBe(readFileSync(SCHEMA, 'utf8'));
  });

  it('is refused when a field is missing, unknown or harmful', () => {
    const [one] = fc.sample(
      anyMinutes.filter(({ items }) => items.length > 0),
      { numRuns: 1, seed: 7 },
    );
    const wrong = (change: (value: Record<string, never>) => void) => {
      const value = JSON.parse(minutesToJson(one!)) as Record<string, never>;
      change(value);
      return () => minutesFromJson(JSON.stringify(value));
    };
    expect(wrong((value) => Reflect.deleteProperty(value, 'attendance'))).toThrow();
    expect(wrong((value) => Object.assign(value, { more: 1 }))).toThrow();
    expect(wrong((value) => Object.assign(value, { version: 2 }))).toThrow();
    const link = (href: string) =>
      wrong((value) =>
        Object.assign(value, {
          appendix: [
            { title: '', blocks: [{ id: '1:1', kind: 'paragraph', inlines: [{ text: 'x', href }], sources: [] }] },
          ],
        }),
      );
    expect(link('https://exempel.se')).not.toThrow();
    expect(link('javascript:alert(1)')).toThrow();
  });

  it('is refused when it nests deeper than a text may, without costing a stack', () => {
    const deep = `${'{"blocks":['.repeat(50_000)}${']}'.repeat(50_000)}`;
    expect(() => minutesFromJson(deep)).toThrow(/too deep/);
  });
});

describe('a style', () => {
  it('leaves out what it does not show, and says so once', () => {
    fc.assert(
      fc.property(anyMinutes, fc.constantFrom(...MINUTES_STYLES), (full, style) => {
        const shown = inStyle(full, style);
        expect(inStyle(shown, style)).toEqual(shown);
        expect(shown.style).toBe(style);
        expect(shown.items).toHaveLength(full.items.length);
        if (style === 'decisions')
          for (const item of shown.items) {
            expect([item.blocks, item.summary]).toEqual([[], null]);
            expect(item.decisions.every(({ motivation }) => motivation === '')).toBe(true);
          }
        if (style === 'notes') expect(shown.signatures).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('knows when items were dealt with in another order than they stand in', () => {
    const of = (...order: (number | null)[]) => order.map((treatment) => ({ treatment }));
    expect(outOfOrder(of(1, null, 2, 3))).toBe(false);
    expect(outOfOrder(of(1, 3, 2))).toBe(true);
    expect(outOfOrder([])).toBe(false);
  });
});
