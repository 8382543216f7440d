/**
 * Why this file exists: going back to an older text is an edit like any other, made forwards in the document people are
 * in. What is the same in both stays untouched, so carets there do not move and its authors remain its authors; a
 * paragraph that was rewritten gets its words back in place.
 */
import * as Y from 'yjs';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { alignBlocks, saying } from '#shared/versions/blocks.ts';

/** Makes the notes of `now` say what those of `then` say. To be called in a transaction on `now`. */
export function restoreNotes(now: Y.Doc, then: Y.Doc): void {
  restoreChildren(now.getXmlFragment(NOTES_FRAGMENT), then.getXmlFragment(NOTES_FRAGMENT));
}

function restoreChildren(now: Y.XmlFragment, then: Y.XmlFragment): void {
  const here = now.toArray();
  const wanted = then.toArray();
  const pairs = alignBlocks(here, wanted);
  // From the end, so that the places before stay what they are.
  let { length: hereEnd } = here;
  let { length: wantedEnd } = wanted;
  for (const pair of [...pairs, { before: -1, after: -1, changed: false }].sort((a, b) => b.before - a.before)) {
    const first = pair.before + 1;
    if (hereEnd > first) now.delete(first, hereEnd - first);
    const missing = wanted.slice(pair.after + 1, wantedEnd).map((block) => block.clone());
    if (missing.length > 0) now.insert(first, missing as (Y.XmlElement | Y.XmlText)[]);
    if (pair.changed) restoreBlock(here[pair.before], wanted[pair.after]);
    hereEnd = pair.before;
    wantedEnd = pair.after;
  }
}

function restoreBlock(now: unknown, then: unknown): void {
  if (now instanceof Y.XmlText && then instanceof Y.XmlText) restoreText(now, then);
  if (!(now instanceof Y.XmlElement) || !(then instanceof Y.XmlElement)) return;
  const had = then.getAttributes() as Record<string, unknown>;
  const has = now.getAttributes() as Record<string, unknown>;
  for (const name of Object.keys(has)) if (!(name in had)) now.removeAttribute(name);
  // Attributes hold plain values of any kind, whatever the types of Yjs say.
  for (const [name, value] of Object.entries(had))
    if (JSON.stringify(has[name]) !== JSON.stringify(value)) now.setAttribute(name, value as string);
  restoreChildren(now, then);
}

interface Unit {
  insert: string | object;
  attributes: Record<string, unknown>;
  /** What decides whether two are the same. */
  key: string;
  length: number;
}

/** Letters with their formatting, whole ones: half of a surrogate pair would be lost. */
function unitsOf(text: Y.Text): Unit[] {
  const units: Unit[] = [];
  for (const { insert, attributes = {} } of text.toDelta() as {
    insert: string | object;
    attributes?: Record<string, unknown>;
  }[]) {
    const format = JSON.stringify(attributes);
    for (const piece of typeof insert === 'string' ? insert : [insert])
      units.push({
        insert: piece,
        attributes,
        key: `${format}${JSON.stringify(piece)}`,
        length: typeof piece === 'string' ? piece.length : 1,
      });
  }
  return units;
}

/** Makes one shared text say what another says: equal beginnings and ends are left alone. */
export function restoreText(now: Y.Text, then: Y.Text): void {
  if (saying(now) === saying(then)) return;
  const here = unitsOf(now);
  const wanted = unitsOf(then);
  const shorter = Math.min(here.length, wanted.length);
  let start = 0;
  while (start < shorter && here[start]?.key === wanted[start]?.key) start++;
  let end = 0;
  while (end < shorter - start && here.at(-1 - end)?.key === wanted.at(-1 - end)?.key) end++;
  const size = (units: readonly Unit[]) => units.reduce((sum, unit) => sum + unit.length, 0);
  let at = size(here.slice(0, start));
  const going = size(here.slice(start, here.length - end));
  if (going > 0) now.delete(at, going);
  let run = '';
  const middle = wanted.slice(start, wanted.length - end);
  middle.forEach((unit, index) => {
    if (typeof unit.insert !== 'string') {
      now.insertEmbed(at, unit.insert, unit.attributes);
      at += 1;
      return;
    }
    run += unit.insert;
    const next = middle[index + 1];
    if (next && typeof next.insert === 'string' && next.attributes === unit.attributes) return;
    now.insert(at, run, unit.attributes);
    at += run.length;
    run = '';
  });
}
