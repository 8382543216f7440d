/** Others write in the line in which one stands: one's caret stays in it, whatever the other lines say. */
import { expect, test } from 'vitest';
import { oneTextPlugin } from '../../client/editor/one-text.ts';
import { syncGuardPlugin } from '../../client/editor/sync-guard.ts';
import { room, settle } from './headless.ts';

/** Two stand in the same line; one writes `!` at its end, then the other an `x` where the caret is. */
function both(lines: string[], line: number, at: number): string[] {
  const writers = room(2, (onBeforeRemote) => [syncGuardPlugin(onBeforeRemote), oneTextPlugin()]);
  const [one, other] = writers;
  if (!one || !other) throw new Error('nobody');
  for (const [n, words] of lines.entries()) {
    if (n > 0) one.enter();
    if (words !== '') one.type(words);
  }
  settle(writers);
  one.place(line, 1);
  other.place(line, at);
  one.type('!');
  settle(writers);
  other.type('x');
  settle(writers);
  expect(one.paragraphs).toEqual(other.paragraphs);
  return one.paragraphs;
}

test('in an empty line above another empty one', () => {
  expect(both(['Punkt', '', '', 'Slut'], 1, 1)).toEqual(['Punkt', 'x!', '', 'Slut']);
});

test('in the first of two lines with the same word', () => {
  expect(both(['ja', 'ja', 'nej'], 0, 1)).toEqual(['jax!', 'ja', 'nej']);
  expect(both(['ja', 'ja', 'nej'], 0, 0)).toEqual(['xja!', 'ja', 'nej']);
  expect(both(['ja', 'ja', 'nej'], 0, 0.5)).toEqual(['jxa!', 'ja', 'nej']);
});
