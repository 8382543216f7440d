// Typing in a title must survive everybody else: their letters, their moves of the row, and the field's own oddities.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { editBetween, moved } from '../../client/agenda/text-edit.ts';
import { bindTitle, shownTitle } from '../../client/agenda/title-binding.ts';

/** As much of an input as the binding uses. */
class Field extends EventTarget {
  selectionStart: number | null = 0;
  selectionEnd: number | null = 0;
  selectionDirection: 'forward' | 'backward' | 'none' | null = 'none';
  #value = '';
  get value(): string {
    return this.#value;
  }
  set value(next: string) {
    this.#value = next;
    this.selectionStart = next.length;
    this.selectionEnd = next.length;
  }
  setSelectionRange(start: number | null, end: number | null): void {
    this.selectionStart = Math.min(start ?? 0, this.#value.length);
    this.selectionEnd = Math.min(end ?? 0, this.#value.length);
  }
  /** Replaces the selection, as a key does. */
  type(words: string): void {
    const start = this.selectionStart ?? 0;
    const end = this.selectionEnd ?? 0;
    this.value = this.#value.slice(0, start) + words + this.#value.slice(end);
    this.setSelectionRange(start + words.length, start + words.length);
    this.dispatchEvent(new Event('input'));
  }
  caret(): number | null {
    return this.selectionEnd;
  }
}

function pair(words = '') {
  const mine = new Y.Doc();
  const theirs = new Y.Doc();
  mine.getText('t').insert(0, words);
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
  mine.on('update', (update: Uint8Array) => Y.applyUpdate(theirs, update, 'net'));
  theirs.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'net') Y.applyUpdate(mine, update, 'net');
  });
  const field = new Field();
  const text = mine.getText('t');
  const element = field as unknown as HTMLInputElement;
  return { field, text, other: theirs.getText('t'), binding: bindTitle(element, text) };
}

describe('a bound title', () => {
  test('sends each letter and keeps the caret while somebody else types before it', () => {
    const { field, text, other } = pair('Driftavtal');
    field.setSelectionRange(5, 5);
    field.type('s');
    expect(text.toString()).toBe('Driftsavtal');
    other.insert(0, 'Nytt ');
    expect(field.value).toBe('Nytt Driftsavtal');
    expect(field.caret()).toBe(11);
    field.type('-');
    expect(other.toString()).toBe('Nytt Drifts-avtal');
  });

  test('keeps the selection, shrinking it only by what is gone', () => {
    const { field, other } = pair('Mål och medel');
    field.setSelectionRange(4, 13);
    other.delete(0, 6);
    other.insert(0, 'x');
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, 8]);
  });

  test('leaves a composition alone, then merges it with what others did meanwhile', () => {
    const { field, text, other } = pair('Buss');
    field.setSelectionRange(4, 4);
    field.dispatchEvent(new Event('compositionstart'));
    field.type('ko');
    other.insert(0, 'Ny ');
    expect(field.value).toBe('Bussko');
    expect(text.toString()).toBe('Ny Buss');
    field.setSelectionRange(4, 6);
    field.type('linje');
    field.dispatchEvent(new Event('compositionend'));
    expect(text.toString()).toBe('Ny Busslinje');
    expect(field.value).toBe('Ny Busslinje');
    expect(field.caret()).toBe(12);
  });

  test('a composition over a selection takes away only what was selected', () => {
    const { field, text, other } = pair('abcdef');
    field.setSelectionRange(1, 5);
    field.dispatchEvent(new Event('compositionstart'));
    field.type('Z');
    other.insert(3, 'NYTT');
    field.dispatchEvent(new Event('compositionend'));
    expect([...text.toString()].toSorted().join('')).toBe([...'aZNYTTf'].toSorted().join(''));
    expect(field.value).toBe(text.toString());
  });

  test('undo takes back one’s own only', () => {
    const { field, text, other, binding } = pair('Plan');
    field.setSelectionRange(4, 4);
    field.type(' A');
    other.insert(0, 'Ny ');
    binding.undo();
    expect(text.toString()).toBe('Ny Plan');
    expect(field.value).toBe('Ny Plan');
    binding.redo();
    expect(field.value).toBe('Ny Plan A');
    expect(field.caret()).toBe(9);
  });

  test('line breaks become spaces and foreign things take one place', () => {
    const { field, text } = pair('en\ntvå');
    expect(field.value).toBe('en två');
    text.insertEmbed(0, { picture: 1 });
    expect(field.value).toBe('\ufffcen två');
    field.setSelectionRange(7, 7);
    field.type(' tre');
    expect(shownTitle(text)).toBe('\ufffcen två tre');
  });

  test('two fields on one text in one page follow each other, and destroying hands over what is typed', () => {
    const { field, text, binding } = pair('A');
    const second = new Field();
    const other = bindTitle(second as unknown as HTMLInputElement, text);
    field.setSelectionRange(1, 1);
    field.type('B');
    expect(second.value).toBe('AB');
    second.dispatchEvent(new Event('compositionstart'));
    second.setSelectionRange(2, 2);
    second.type('C');
    other.destroy();
    expect(text.toString()).toBe('ABC');
    expect(field.value).toBe('ABC');
    binding.destroy();
  });
});

describe('whatever is typed', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', 'å', ' ', '😀', '😁', '👩‍🚀'), maxLength: 8 });

  test('the edit leads from one text to the other and halves no letter', () => {
    fc.assert(
      fc.property(words, words, words, words, (head, old, next, tail) => {
        const before = head + old + tail;
        const after = head + next + tail;
        const edit = editBetween(before, after, head.length + next.length);
        if (edit === null) {
          expect(before).toBe(after);
          return;
        }
        expect(before.slice(0, edit.index) + edit.insert + before.slice(edit.index + edit.remove)).toBe(after);
        expect(edit.insert.isWellFormed()).toBe(true);
        expect(before.slice(edit.index, edit.index + edit.remove).isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('field, shared text and the other person’s copy agree after every change', () => {
    const change = fc.record({
      mine: fc.boolean(),
      at: fc.nat(12),
      length: fc.nat(3),
      insert: fc.string({ unit: fc.constantFrom('a', 'b', 'å', ' '), maxLength: 3 }),
      composing: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        const { field, text, other } = pair('Förslag');
        for (const { mine, at, length, insert, composing } of changes) {
          if (mine) {
            const start = Math.min(at, field.value.length);
            field.setSelectionRange(start, Math.min(start + length, field.value.length));
            if (composing) field.dispatchEvent(new Event('compositionstart'));
            field.type(insert);
            if (composing) {
              other.insert(Math.min(at, other.length), 'x');
              field.dispatchEvent(new Event('compositionend'));
            }
          } else {
            const start = Math.min(at, other.length);
            other.delete(start, Math.min(length, other.length - start));
            other.insert(start, insert);
          }
          expect(field.value).toBe(text.toString());
          expect(other.toString()).toBe(text.toString());
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a position never leaves the text', () => {
    expect(moved(3, [{ retain: 3 }, { insert: 'x' }])).toBe(3);
    expect(moved(3, [{ retain: 2 }, { insert: 'x' }])).toBe(4);
    expect(moved(3, [{ retain: 1 }, { delete: 9 }])).toBe(1);
  });
});
