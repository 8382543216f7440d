/**
 * Why this file exists: what was harvested is put into the shared summary as ordinary text, with what it was made from as
 * an attribute. Nothing in the summary is moved or replaced, so it can be done while others write in it.
 */
import * as Y from 'yjs';
import type { Id } from '../ids.ts';
import { type ContributionKey, writeSources } from './contribution-keys.ts';
import { type Contribution, ownWords } from './contributions.ts';

/** As much of a contribution as is put into the summary. */
export type Promoted = Pick<Contribution, 'key' | 'text'>;

/** What was put in, so that it can be taken out again. */
export interface Insertion {
  readonly blocks: readonly { readonly element: Y.XmlElement; readonly said: string }[];
}

const LEAD_IN_LEVEL = 3;
const APPENDIX_LEVEL = 2;

function paragraph(text: string, sources: string | null = null): Y.XmlElement {
  const node = new Y.XmlElement('paragraph');
  if (sources !== null) node.setAttribute('sources', sources);
  node.insert(0, [new Y.XmlText(text)]);
  return node;
}

function heading(text: string, level: number): Y.XmlElement {
  const node = new Y.XmlElement('heading');
  // The editor's level is a number; only the types of Yjs say otherwise.
  node.setAttribute('level', level as unknown as string);
  node.insert(0, [new Y.XmlText(text)]);
  return node;
}

function list(contributions: readonly Promoted[]): Y.XmlElement {
  const node = new Y.XmlElement('bulletList');
  node.insert(
    0,
    contributions.map(({ key, text }) => {
      const entry = new Y.XmlElement('listItem');
      entry.setAttribute('sources', writeSources([key])!);
      entry.insert(0, [paragraph(text)]);
      return entry;
    }),
  );
  return node;
}

/** An empty paragraph, kept for writing in. */
const isOpen = (block: unknown): boolean =>
  block instanceof Y.XmlElement && block.nodeName === 'paragraph' && ownWords(block).text === '';

/** Puts blocks last under a prompt, ahead of the empty paragraph that is kept there for writing on. */
function append(doc: Y.Doc, promptId: Id, blocks: Y.XmlElement[]): Insertion {
  const fragment = doc.getXmlFragment(promptId);
  const last = fragment.length > 0 ? fragment.get(fragment.length - 1) : null;
  doc.transact(() => fragment.insert(fragment.length - (isOpen(last) ? 1 : 0), blocks));
  return { blocks: blocks.map((element) => ({ element, said: element.toString() })) };
}

/** Each contribution as a paragraph of its own under a prompt. */
export function promoteContributions(doc: Y.Doc, promptId: Id, contributions: readonly Promoted[]): Insertion {
  return append(
    doc,
    promptId,
    contributions.map(({ key, text }) => paragraph(text, writeSources([key]))),
  );
}

/**
 * Contributions as paragraphs behind a block that stands under a prompt, for who is writing there; ahead of the block while
 * it is an empty paragraph. Last under the prompt when the block is gone.
 */
export function promoteAfter(doc: Y.Doc, promptId: Id, block: unknown, contributions: readonly Promoted[]): Insertion {
  const fragment = doc.getXmlFragment(promptId);
  const at = fragment.toArray().findIndex((one) => one === block);
  if (at < 0) return promoteContributions(doc, promptId, contributions);
  const blocks = contributions.map(({ key, text }) => paragraph(text, writeSources([key])));
  doc.transact(() => fragment.insert(isOpen(fragment.get(at)) ? at : at + 1, blocks));
  return { blocks: blocks.map((element) => ({ element, said: element.toString() })) };
}

/** A cluster under a prompt: its name as lead-in (none for ''), and its contributions as a list. */
export function promoteCluster(doc: Y.Doc, promptId: Id, name: string, contributions: readonly Promoted[]): Insertion {
  if (contributions.length === 0) return { blocks: [] };
  const leadIn = name === '' ? [] : [heading(name, LEAD_IN_LEVEL)];
  return append(doc, promptId, [...leadIn, list(contributions)]);
}

/** An appendix under a prompt, the last one by rights: a heading, and under each part's own heading what belongs to it. */
export function promoteAppendix(
  doc: Y.Doc,
  promptId: Id,
  title: string,
  parts: readonly { heading: string; contributions: readonly Promoted[] }[],
): Insertion {
  const full = parts.filter(({ contributions }) => contributions.length > 0);
  if (full.length === 0) return { blocks: [] };
  const blocks = full.flatMap((part) => [
    ...(part.heading === '' ? [] : [heading(part.heading, LEAD_IN_LEVEL)]),
    list(part.contributions),
  ]);
  return append(doc, promptId, [heading(title, APPENDIX_LEVEL), ...blocks]);
}

/** Takes out what was put in, as far as nobody has written in it since. Says whether all of it is gone. */
export function takeBack(doc: Y.Doc, promptId: Id, { blocks }: Insertion): boolean {
  const fragment = doc.getXmlFragment(promptId);
  let all = true;
  doc.transact(() => {
    for (const { element, said } of blocks) {
      const at = fragment.toArray().indexOf(element);
      if (at < 0) continue;
      if (element.toString() === said) fragment.delete(at, 1);
      else all = false;
    }
  });
  return all;
}

/**
 * The prompt under which a cluster is put unless somebody says otherwise: the one most of its contributions answer, the
 * earliest of those that tie.
 */
export function promptOf(
  contributions: readonly Pick<Contribution, 'promptId'>[],
  promptIds: readonly Id[],
): Id | null {
  let most: Id | null = null;
  let count = 0;
  for (const id of promptIds) {
    const here = contributions.filter(({ promptId }) => promptId === id).length;
    if (here > count || most === null) {
      most = id;
      count = here;
    }
  }
  return most;
}

/** Those that are not in the summary yet, and how many already are. */
export function notYetUsed<One extends { key: ContributionKey }>(
  contributions: readonly One[],
  used: ReadonlyMap<ContributionKey, unknown>,
): { left: One[]; already: number } {
  const left = contributions.filter(({ key }) => !used.has(key));
  return { left, already: contributions.length - left.length };
}
