/**
 * Why this file exists: a comment hangs on words, in the editor and in the reading view alike. Both draw a fragment's
 * blocks in order, so a place on the page is a block and so many letters into it, and that is a place in the room's
 * document that moves with the words.
 */
import * as Y from 'yjs';
import type { ContributionKey } from '#shared/workshop/contribution-keys.ts';
import { sourcesOf } from '#shared/workshop/coverage.ts';

/** A place in the text: before the letter at `index`. */
export interface Place {
  text: Y.XmlText;
  index: number;
}

/** What is drawn among the words and is none of them: squares, others' carets, names of mentioned people, boxes. */
const BESIDE = '[contenteditable="false"], .rs-sources, [data-type="mention"], label';

/** What a line of words stands in. */
const BLOCK = 'p, h2, h3, h4, h5';

function letterNodes(block: Node): Text[] {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(BESIDE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node as Text);
  return nodes;
}

/** The texts under a block, in the order they are read. */
function textsOf(block: unknown): Y.XmlText[] {
  if (block instanceof Y.XmlText) return [block];
  return block instanceof Y.XmlElement ? block.toArray().flatMap(textsOf) : [];
}

/** Its letters; what is embedded among them is not counted. */
const lettersIn = (text: Y.XmlText): number =>
  (text.toDelta() as { insert: unknown }[]).reduce(
    (sum, { insert }) => sum + (typeof insert === 'string' ? insert.length : 0),
    0,
  );

/** The place of a point on the page, or `null` when it is in none of the blocks drawn in `root`. */
export function placeAt(root: Element, fragment: Y.XmlFragment, node: Node, offset: number): Place | null {
  const block = [...root.children].findIndex((child) => child.contains(node));
  const element = root.children[block];
  if (!element) return null;
  const until = document.createRange();
  until.setStart(element, 0);
  until.setEnd(node, offset);
  let letters = 0;
  for (const one of letterNodes(element)) {
    if (one === node) {
      letters += offset;
      break;
    }
    if (!until.intersectsNode(one) || until.comparePoint(one, one.length) > 0) break;
    letters += one.length;
  }
  return placeOf(fragment.get(block), letters);
}

/** The ends and the words of a selection within `root`, or `null` when none of its letters stand there. */
export function placesOf(
  root: Element,
  fragment: Y.XmlFragment,
  range: Range,
): { from: Place; to: Place; words: string } | null {
  // A selection by three clicks ends before the first letter of what follows, which may be outside.
  const parts = letterNodes(root)
    .filter((node) => range.intersectsNode(node))
    .map((node) => ({
      node,
      from: node === range.startContainer ? range.startOffset : 0,
      to: node === range.endContainer ? range.endOffset : node.length,
    }))
    .filter(({ from, to }) => from < to);
  const [first, last] = [parts[0], parts.at(-1)];
  const from = first && placeAt(root, fragment, first.node, first.from);
  const to = last && placeAt(root, fragment, last.node, last.to);
  if (!from || !to) return null;
  const words = parts.map(({ node, from: start, to: end }, i) => {
    const before = parts[i - 1]?.node.parentElement?.closest(BLOCK);
    const apart = before && before !== node.parentElement?.closest(BLOCK) ? ' ' : '';
    return apart + node.data.slice(start, end);
  });
  return { from, to, words: words.join('').replace(/\s+/g, ' ').trim() };
}

function placeOf(block: unknown, letters: number): Place | null {
  const texts = textsOf(block);
  for (const [i, text] of texts.entries()) {
    const length = lettersIn(text);
    if (letters <= length || i === texts.length - 1) return { text, index: Math.min(letters, length) };
    letters -= length;
  }
  return null;
}

/** An anchor of a comment, as it is kept. `end` belongs to the letter before it, a beginning to the one behind it. */
export function anchorOf({ text, index }: Place, end: boolean): string {
  const position = Y.createRelativePositionFromTypeIndex(text, index, end ? -1 : 0);
  return btoa(String.fromCharCode(...Y.encodeRelativePosition(position)));
}

/** Where an anchor is now; `null` when its words are gone or it is not one. */
function placeOfAnchor(doc: Y.Doc, anchor: string): Place | null {
  try {
    const bytes = Uint8Array.from(atob(anchor), (letter) => letter.charCodeAt(0));
    const place = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(bytes), doc);
    return place && place.type instanceof Y.XmlText ? { text: place.type, index: place.index } : null;
  } catch {
    return null;
  }
}

/** The words between two anchors as they are drawn in `root` now, or `null` when none of them are left. */
export function rangeOf(root: Element, fragment: Y.XmlFragment, from: string, to: string): Range | null {
  const { doc } = fragment;
  const start = doc && placeOfAnchor(doc, from);
  const end = doc && placeOfAnchor(doc, to);
  const first = start && pointOf(root, fragment, start);
  const last = end && pointOf(root, fragment, end);
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(...first);
  range.setEnd(...last);
  return range.collapsed ? null : range;
}

function pointOf(root: Element, fragment: Y.XmlFragment, place: Place): [Node, number] | null {
  const blocks = fragment.toArray();
  for (const [i, block] of blocks.entries()) {
    const texts = textsOf(block);
    const at = texts.indexOf(place.text);
    const element = root.children[i];
    if (at < 0 || !element) continue;
    let letters = texts.slice(0, at).reduce((sum, text) => sum + lettersIn(text), 0) + place.index;
    for (const node of letterNodes(element)) {
      if (letters <= node.length) return [node, letters];
      letters -= node.length;
    }
  }
  return null;
}

/** The contributions behind the words at a place: of its block and of what that stands in. */
export function sourcesAtPlace({ text }: Place): ContributionKey[] {
  const keys = new Set<ContributionKey>();
  for (let node = text.parent; node instanceof Y.XmlElement; node = node.parent as Y.XmlElement | null)
    for (const key of sourcesOf(node)) keys.add(key);
  return [...keys];
}
