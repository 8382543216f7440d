/**
 * Why this file exists: an editor deletes nodes it does not know, for everybody. The schema must not change without its
 * version: when the snapshot fails, raise EDITOR_SCHEMA_VERSION in shared/wire.ts and update the snapshot with it.
 */
import { getSchema } from '@tiptap/core';
import { expect, test } from 'vitest';
import { hardenSchema, MARK_ATTRIBUTES, NODE_ATTRIBUTES, safeHref, typedHref } from '#shared/editor/attributes.ts';
import { notesSchema } from '#shared/editor/schema.ts';
import { EDITOR_SCHEMA_VERSION } from '#shared/wire.ts';
import { GOOD_LINKS, LINKS } from './corpus.ts';

const schema = getSchema(notesSchema());

function described() {
  const nodes = Object.entries(schema.nodes).map(([name, { spec }]) => [
    name,
    {
      content: spec.content ?? '',
      group: spec.group ?? '',
      marks: spec.marks ?? null,
      attributes: Object.fromEntries(Object.entries(spec.attrs ?? {}).map(([key, value]) => [key, value.default])),
    },
  ]);
  const marks = Object.entries(schema.marks).map(([name, { spec }]) => [
    name,
    Object.fromEntries(Object.entries(spec.attrs ?? {}).map(([key, value]) => [key, value.default])),
  ]);
  return { version: EDITOR_SCHEMA_VERSION, nodes: Object.fromEntries(nodes), marks: Object.fromEntries(marks) };
}

test('VER the schema is what its version says', async () => {
  await expect(`${JSON.stringify(described(), null, 2)}\n`).toMatchFileSnapshot(
    `./schema-v${EDITOR_SCHEMA_VERSION}.json`,
  );
});

test('every attribute of the schema has a cleaner, and every cleaner an attribute', () => {
  for (const [name, { spec }] of Object.entries(schema.nodes))
    expect(Object.keys(spec.attrs ?? {}).sort(), name).toEqual(Object.keys(NODE_ATTRIBUTES[name] ?? {}).sort());
  for (const [name, { spec }] of Object.entries(schema.marks))
    expect(Object.keys(spec.attrs ?? {}).sort(), name).toEqual(Object.keys(MARK_ATTRIBUTES[name] ?? {}).sort());
});

test('A47 no dangerous address passes, plain ones do', () => {
  expect(LINKS.length).toBeGreaterThanOrEqual(60);
  for (const link of LINKS) expect(safeHref(link), JSON.stringify(link)).toBeNull();
  for (const link of GOOD_LINKS) expect(safeHref(link)).toBe(link);
  for (const value of [null, undefined, 1, {}, [], ['https://example.se'], { toString: () => 'https://example.se' }])
    expect(safeHref(value)).toBeNull();
});

test('a typed address becomes https or mailto, never anything else', () => {
  expect(typedHref('example.se/x')).toBe('https://example.se/x');
  expect(typedHref('maj@example.se')).toBe('mailto:maj@example.se');
  for (const link of LINKS) {
    const typed = typedHref(link);
    expect(typed === null || /^(https:\/\/|mailto:)/i.test(typed), JSON.stringify(link)).toBe(true);
  }
});

test('A49, A50 attributes of any other type never get into a node or mark', () => {
  const hardened = getSchema(notesSchema());
  hardenSchema(hardened);
  const evil: unknown[] = [
    {},
    [],
    ['onclick', 'alert(1)'],
    { onclick: 'alert(1)' },
    JSON.parse('{"__proto__": {"onclick": "alert(1)"}}'),
    1e308,
    Number.NaN,
    () => 'x',
    'onclick="alert(1)"',
    null,
  ];
  for (const [name, cleaners] of Object.entries(NODE_ATTRIBUTES))
    for (const value of evil) {
      const given = Object.fromEntries(Object.keys(cleaners).map((key) => [key, value]));
      const { attrs } = hardened.nodes[name]!.create({ ...given, onclick: 'alert(1)', style: 'x' }, null);
      expect(Object.keys(attrs).sort()).toEqual(Object.keys(cleaners).sort());
      for (const cleaned of Object.values(attrs))
        expect(cleaned === null || ['string', 'number', 'boolean'].includes(typeof cleaned)).toBe(true);
      if ('colspan' in attrs) expect(attrs).toEqual({ colspan: 1, rowspan: 1 });
    }
  for (const value of evil) expect(hardened.marks.link!.create({ href: value }).attrs).toEqual({ href: null });
});
