/**
 * Why this file exists: puts own letters back that were taken away unseen, and takes one of two copies of the same letters
 * away. See keep-words.ts.
 */
import * as Y from 'yjs';
import type { Doubled, LetterId, Move, Rescue } from './moved-letters.ts';

/** What may hold a paragraph. */
const HOLDERS: ReadonlySet<string> = new Set(['listItem', 'taskItem', 'blockquote', 'tableCell', 'tableHeader']);

/** Where a letter stands in its text now; `null` when it has been deleted. */
export function placeOf(doc: Y.Doc, { client, clock }: LetterId): { text: Y.XmlText; index: number } | null {
  const item = Y.getItem(doc.store, Y.createID(client, clock));
  if (!(item instanceof Y.Item) || item.deleted || !(item.parent instanceof Y.XmlText)) return null;
  let index = clock - item.id.clock;
  for (let left = item.left; left !== null; left = left.left) if (!left.deleted && left.countable) index += left.length;
  return { text: item.parent, index };
}

/** Rescued letters stand somewhere now: the place behind the last, and what was moved thereby. */
export interface BroughtBack {
  text: Y.XmlText;
  index: number;
  move: Move;
}

/** Puts rescued letters where their line went, or into a paragraph where it was. */
export function bringBack(
  doc: Y.Doc,
  fragment: Y.XmlFragment,
  { block, text, pieces, to, alive }: Rescue,
): BroughtBack {
  const own = doc.clientID;
  const move: Move = { by: own, from: text, text: '', ids: [], copies: [] };
  const insert = (into: Y.XmlText, index: number, { clock, words }: Rescue['pieces'][number]): void => {
    const first = Y.getState(doc.store, own);
    into.insert(index, words);
    move.text += words;
    for (let n = 0; n < words.length; n++) {
      move.ids.push({ client: own, clock: clock + n });
      move.copies.push({ client: own, clock: first + n });
    }
  };
  if (alive)
    for (const { clock, words } of pieces)
      for (let n = 0; n < words.length; n++) {
        const place = placeOf(doc, { client: doc.clientID, clock: clock + n });
        if (place?.text === text) text.delete(place.index, 1);
      }
  const start = to && placeOf(doc, to.first);
  if (start) {
    let before = 0;
    let end = start.index;
    for (const piece of pieces) {
      const index = Math.min(start.index + piece.at + before, start.text.length);
      insert(start.text, index, piece);
      before += piece.words.length;
      end = index + piece.words.length;
    }
    return { text: start.text, index: end, move };
  }
  const paragraph = new Y.XmlElement('paragraph');
  const again = new Y.XmlText();
  paragraph.insert(0, [again]);
  insertWhere(fragment, block, paragraph);
  for (const piece of pieces) insert(again, again.length, piece);
  return { text: again, index: again.length, move };
}

/** Inserts an element where a deleted one stood, as near as an element of its kind may stand. */
function insertWhere(fragment: Y.XmlFragment, gone: Y.XmlElement, element: Y.XmlElement): void {
  let child: Y.XmlElement = gone;
  while (true) {
    const parent = child.parent;
    if (parent === fragment || !(parent instanceof Y.XmlElement)) break;
    if (!parent._item?.deleted && HOLDERS.has(parent.nodeName)) break;
    child = parent;
  }
  const parent = child.parent;
  if (!(parent instanceof Y.XmlFragment)) return;
  let index = 0;
  for (let item = child._item?.left ?? null; item !== null; item = item.left)
    if (!item.deleted && item.countable) index += item.length;
  parent.insert(child._item?.deleted ? index : index + 1, [element]);
}

/**
 * Deletes one of two copies of the same letters: that of whoever has the higher client id, so that everybody who sees it
 * deletes the same. A block that is left empty by it goes too.
 */
export function takeBack(doc: Y.Doc, { move, letters, theirs }: Doubled, now: (id: LetterId) => LetterId): void {
  const blocks = new Set<Y.XmlElement>();
  const remove = (id: LetterId | undefined): boolean => {
    const place = id && placeOf(doc, id);
    if (!place) return false;
    place.text.delete(place.index, 1);
    if (place.text.parent instanceof Y.XmlElement) blocks.add(place.text.parent);
    return true;
  };
  const earlierStays = move.by < (theirs[0]?.client ?? 0);
  for (const [n, index] of letters.entries()) {
    const [ours, other] = [move.copies[index], theirs[n]];
    if (!ours || !other) continue;
    const [stays, goes] = earlierStays ? [now(ours), now(other)] : [now(other), now(ours)];
    // Never the last one: they may have been brought together again, or the one that is to stay is gone.
    const same = stays.client === goes.client && stays.clock === goes.clock;
    if (!same && placeOf(doc, stays) !== null) remove(goes);
  }
  if (!earlierStays && move.by === doc.clientID) {
    const taken = new Set(letters);
    const rest = [...move.ids.keys()].filter((n) => !taken.has(n));
    const [block] = blocks;
    // What the other left where it was goes back there, if it is all that this line has.
    if (block && rest.length > 0 && move.from._item?.deleted === false && wordsOf(block) === rest.length)
      if (move.from !== block.get(0)) {
        const back = rest.map((n) => (remove(move.copies[n]) ? move.text[n] : '')).join('');
        move.from.insert(move.from.length, back);
      }
  }
  for (const made of blocks) {
    const parent = made.parent;
    if (!made._item || made._item.deleted || wordsOf(made) > 0 || !(parent instanceof Y.XmlFragment)) continue;
    if (parent.length > 1) parent.delete(parent.toArray().indexOf(made), 1);
  }
}

/** Letters and elements in a block of text. */
function wordsOf(block: Y.XmlElement): number {
  return block.toArray().reduce((sum, child) => sum + (child instanceof Y.XmlText ? child.length : 1), 0);
}
