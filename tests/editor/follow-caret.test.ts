/** Somebody divides or joins the line in which another stands: their caret goes along with the letter it stood behind. */
import { expect, test } from 'vitest';
import { keepWordsPlugin } from '../../client/editor/keep-words.ts';
import { oneTextPlugin } from '../../client/editor/one-text.ts';
import { syncGuardPlugin } from '../../client/editor/sync-guard.ts';
import { room, settle, type Writer } from './headless.ts';

/** One does something in their notes, then the other writes an `x` where their caret was: at `at` of the given line. */
function whileStanding(lines: string[], line: number, at: number, act: (one: Writer) => void): string[] {
  const writers = room(2, (onBeforeRemote) => [
    syncGuardPlugin(onBeforeRemote),
    oneTextPlugin(),
    keepWordsPlugin(onBeforeRemote),
  ]);
  const [one, other] = writers;
  if (!one || !other) throw new Error('nobody');
  for (const [n, words] of lines.entries()) {
    if (n > 0) one.enter();
    one.type(words);
  }
  settle(writers);
  other.place(line, at);
  act(one);
  settle(writers);
  other.type('x');
  settle(writers);
  expect(one.paragraphs).toEqual(other.paragraphs);
  return one.paragraphs;
}

test('a line that is divided: at its end, in its second half, and in its first', () => {
  const divide = (one: Writer) => {
    one.place(0, 0.5);
    one.enter();
  };
  expect(whileStanding(['skolanmacken'], 0, 1, divide)).toEqual(['skolan', 'mackenx']);
  expect(whileStanding(['skolanmacken'], 0, 0.75, divide)).toEqual(['skolan', 'macxken']);
  expect(whileStanding(['skolanmacken'], 0, 0.25, divide)).toEqual(['skoxlan', 'macken']);
});

test('who stands where the line is divided stays at the end of what is before it', () => {
  const divide = (one: Writer) => {
    one.place(0, 0.5);
    one.enter();
  };
  expect(whileStanding(['skolanmacken'], 0, 0.5, divide)).toEqual(['skolanx', 'macken']);
});

test('a line that is joined to the one before it: at its beginning, within it and at its end', () => {
  const join = (one: Writer) => {
    one.place(1, 0);
    one.join();
  };
  expect(whileStanding(['skolan', 'macken'], 1, 0, join)).toEqual(['skolanxmacken']);
  expect(whileStanding(['skolan', 'macken'], 1, 0.5, join)).toEqual(['skolanmacxken']);
  expect(whileStanding(['skolan', 'macken'], 1, 1, join)).toEqual(['skolanmackenx']);
});
