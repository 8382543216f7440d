/** Why this file exists: repairing tables by rule, without a browser: rectangular afterwards, no word lost, nothing twice. */
import { getSchema } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { addRowAfter } from '@tiptap/pm/tables';
import { describe, expect, test } from 'vitest';
import { notesSchema } from '#shared/editor/schema.ts';
import { isElected, repairTables, straightenHere, targetWidth } from '../../client/editor/tables.ts';

const schema = getSchema(notesSchema());

/** A table from rows of words; '' is an empty cell. */
function state(rows: string[][]): EditorState {
  const table = schema.nodes.table!.create(
    null,
    rows.map((row) =>
      schema.nodes.tableRow!.create(
        null,
        row.map((text) =>
          schema.nodes.tableCell!.create(
            null,
            schema.nodes.paragraph!.create(null, text === '' ? null : schema.text(text)),
          ),
        ),
      ),
    ),
  );
  return EditorState.create({ doc: schema.nodes.doc!.create(null, [schema.nodes.paragraph!.create(), table]) });
}

const words = (doc: Node): string[][] => {
  const rows: string[][] = [];
  doc.child(1).forEach((row) => {
    const cells: string[] = [];
    row.forEach((cell) => {
      cells.push(cell.textContent);
    });
    rows.push(cells);
  });
  return rows;
};
const repaired = (rows: string[][]) => {
  const before = state(rows);
  const tr = repairTables(before);
  return tr ? words(before.apply(tr).doc) : null;
};

describe('repair', () => {
  test('a rectangular table is left alone', () => {
    expect(
      repaired([
        ['a', 'b'],
        ['', 'd'],
      ]),
    ).toBeNull();
  });

  test('a row added beside a column gets its missing cell', () => {
    expect(
      repaired([
        ['a', '', 'b'],
        ['', ''],
        ['c', '', 'd'],
      ]),
    ).toEqual([
      ['a', '', 'b'],
      ['', '', ''],
      ['c', '', 'd'],
    ]);
  });

  test('an empty row added beside a deleted column loses its surplus cell instead of bringing the column back', () => {
    expect(repaired([['a'], ['', ''], ['b']])).toEqual([['a'], [''], ['b']]);
  });

  test('a row with words is never cut', () => {
    expect(repaired([['a'], ['x', 'y'], ['b']])).toEqual([
      ['a', ''],
      ['x', 'y'],
      ['b', ''],
    ]);
  });

  test('a row without cells is filled; the repair of a repair is nothing', () => {
    const before = state([['a', 'b'], []]);
    const after = before.apply(repairTables(before)!);
    expect(words(after.doc)).toEqual([
      ['a', 'b'],
      ['', ''],
    ]);
    expect(repairTables(after)).toBeNull();
    expect(targetWidth(after.doc.child(1))).toBe(2);
  });
});

test('the lowest client id among open editors of this fragment is elected', () => {
  const states = new Map<number, Record<string, unknown>>([
    [1, {}],
    [2, { editors: ['other'] }],
    [5, { editors: ['other', 'notes'] }],
    [9, { editors: ['notes'] }],
  ]);
  expect(isElected(states, 5, 'notes')).toBe(true);
  expect(isElected(states, 9, 'notes')).toBe(false);
  expect(isElected(states, 1, 'notes')).toBe(false);
});

describe('a command in a table that somebody else has left uneven', () => {
  test('makes it even first, so that no row ends up in a row', () => {
    const uneven = state([
      ['Åtgärd', 'Ansvarig', 'Klart'],
      ['Bron', 'Anna'],
    ]);
    const standing = uneven.apply(
      uneven.tr.setSelection(TextSelection.create(uneven.doc, uneven.doc.content.size - 6)),
    );
    const { tr } = standing;
    straightenHere(tr);
    let after = standing.apply(tr);
    expect(addRowAfter(after, (made) => (after = after.apply(made)))).toBe(true);
    expect(words(after.doc)).toEqual([
      ['Åtgärd', 'Ansvarig', 'Klart'],
      ['Bron', 'Anna', ''],
      ['', '', ''],
    ]);
    after.doc.check();
  });

  test('leaves other tables alone', () => {
    const uneven = state([['a', 'b'], ['c']]);
    const { tr } = uneven.apply(uneven.tr.setSelection(TextSelection.create(uneven.doc, 1)));
    straightenHere(tr);
    expect(tr.docChanged).toBe(false);
  });
});
