/**
 * Why this file exists: a file's name is another machine's word. Here it becomes one that can be shown, sorted and put in a
 * header; nothing is ever stored under it.
 */
import { endingOf, FILE_KINDS, type FileKind } from './kinds.ts';
import { MAX_NAME_BYTES } from './limits.ts';

/** Control characters, line ends, what turns the writing around or is not seen, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const encoder = new TextEncoder();

/** The last part of a path in composed letters, without what is not seen, at most {@link MAX_NAME_BYTES} with its ending. */
export function cleanName(raw: string): string {
  const last = raw.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const seen = last
    .replace(UNSEEN, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  if (encoder.encode(seen).byteLength <= MAX_NAME_BYTES) return seen;
  const ending = endingOf(seen);
  const tail = ending === '' ? '' : `.${ending}`;
  let head = [...seen.slice(0, seen.length - tail.length)];
  while (encoder.encode(head.join('') + tail).byteLength > MAX_NAME_BYTES)
    head = head.slice(0, Math.max(0, head.length - 1));
  return head.join('').trim() + tail;
}

/** The name with an ending of its kind: added when it has none of them. */
export function withEnding(name: string, kind: FileKind): string {
  const { endings } = FILE_KINDS[kind];
  if ((endings as readonly string[]).includes(endingOf(name))) return name;
  return cleanName(`${name}.${endings[0]}`);
}

/** The name as people call the thing: without its ending. */
export function titleOf(name: string): string {
  const ending = endingOf(name);
  return ending === '' ? name : name.slice(0, name.length - ending.length - 1);
}
