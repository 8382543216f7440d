/**
 * Why this file exists: what became of a wording, word by word, the same on the page, on the projector and in the minutes.
 * Computed from the two texts whenever it is shown, so it can never disagree with them.
 */
import { diffArrays } from 'diff';

export interface WordPart {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Words, the spaces between them, and every other sign by itself. */
const TOKENS = /[\p{L}\p{M}\p{N}]+(?:[-’'.:/][\p{L}\p{M}\p{N}]+)*|\s+|[^\s\p{L}\p{M}\p{N}]/gu;

function join(parts: readonly WordPart[]): WordPart[] {
  const joined: WordPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.text === '') continue;
    if (last?.kind === part.kind) last.text += part.text;
    else joined.push({ ...part });
  }
  return joined;
}

/**
 * How `before` became `after`. What is the same and removed is `before` exactly, what is the same and added is `after`.
 * A change that only a space interrupts is one change: removed words stand together before those that came instead.
 */
export function wordDiff(before: string, after: string): WordPart[] {
  const parts = diffArrays(before.match(TOKENS) ?? [], after.match(TOKENS) ?? []).map(
    ({ value, added, removed }): WordPart => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value.join(''),
    }),
  );
  const result: WordPart[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    // A space at the end of both has not changed.
    const space = /\s*$/u.exec(removed)?.[0] ?? '';
    const both = space !== '' && added.endsWith(space) ? space : '';
    const cut = (text: string): string => text.slice(0, text.length - both.length);
    result.push(
      { kind: 'removed', text: cut(removed) },
      { kind: 'added', text: cut(added) },
      { kind: 'same', text: both },
    );
    removed = '';
    added = '';
  };
  for (const [n, part] of parts.entries()) {
    if (part.kind === 'removed') removed += part.text;
    else if (part.kind === 'added') added += part.text;
    else if (/^\s+$/.test(part.text) && n > 0 && n < parts.length - 1) {
      removed += part.text;
      added += part.text;
    } else {
      flush();
      result.push(part);
    }
  }
  flush();
  return join(result);
}

/** Whether the words are others, whatever the spaces. */
export const isReworded = (before: string, after: string): boolean =>
  before.replace(/\s+/gu, ' ').trim() !== after.replace(/\s+/gu, ' ').trim();
