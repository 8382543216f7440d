/**
 * Why this file exists: which contributions a shared summary is made of, and which it leaves out. It is read from what the
 * summary's blocks say they were made from, so there is no second book that could tell another story.
 */
import * as Y from 'yjs';
import type { Id } from '../ids.ts';
import { type ContributionKey, readSources } from './contribution-keys.ts';
import { ownWords } from './contributions.ts';

/** A block of the summary that was made from contributions. */
export interface SourcedBlock {
  /** `client:clock` of the element: the same as long as it stands there. */
  id: string;
  promptId: Id;
  kind: string;
  /** Its own words on one line; those of lists in it are other blocks'. */
  text: string;
  sources: readonly ContributionKey[];
}

const MAX_DEPTH = 32;
/** What holds blocks and says nothing itself. */
const FRAMES: ReadonlySet<string> = new Set(['bulletList', 'orderedList', 'taskList', 'table']);
/** What is read as one block, with the paragraphs in it. */
const WHOLE: ReadonlySet<string> = new Set(['paragraph', 'heading', 'blockquote', 'listItem', 'taskItem', 'tableRow']);

/** What an element itself was made from. */
export function sourcesOf(element: Y.XmlElement): ContributionKey[] {
  return readSources(element.getAttribute('sources'));
}

/**
 * The summary's blocks that were made from something, in the order of the text. A block is made from what it and what
 * frames it says; one without words is made from nothing, whatever it says.
 */
export function sourcedBlocks(doc: Y.Doc, promptIds: readonly Id[]): SourcedBlock[] {
  const found: SourcedBlock[] = [];
  const visit = (node: unknown, promptId: Id, around: readonly ContributionKey[], depth: number): void => {
    if (!(node instanceof Y.XmlElement) || depth > MAX_DEPTH) return;
    const own = sourcesOf(node);
    if (FRAMES.has(node.nodeName)) {
      for (const child of node.toArray()) visit(child, promptId, [...around, ...own], depth + 1);
      return;
    }
    if (!WHOLE.has(node.nodeName)) return;
    const sources = new Set([...around, ...own]);
    const children = node.toArray();
    for (const child of children)
      if (child instanceof Y.XmlElement && !FRAMES.has(child.nodeName))
        for (const key of sourcesOf(child)) sources.add(key);
    const { text } = ownWords(node);
    const id = node._item?.id;
    if (id && text !== '' && sources.size > 0)
      found.push({ id: `${id.client}:${id.clock}`, promptId, kind: node.nodeName, text, sources: [...sources] });
    for (const child of children)
      if (child instanceof Y.XmlElement && FRAMES.has(child.nodeName)) visit(child, promptId, [], depth + 1);
  };
  for (const promptId of promptIds)
    for (const block of doc.getXmlFragment(promptId).toArray()) visit(block, promptId, [], 0);
  return found;
}

/** Which contributions are used, where, and which are not. */
export interface Coverage<One> {
  /** The blocks that a used contribution went into, in the order of the text. */
  used: ReadonlyMap<ContributionKey, readonly SourcedBlock[]>;
  unused: readonly One[];
  /** Named by some block, but no longer there: taken away or made into another kind by those who wrote it. */
  gone: ReadonlySet<ContributionKey>;
}

/** Holds the contributions against the summary's blocks. Each contribution is either used or unused. */
export function coverageOf<One extends { key: ContributionKey }>(
  contributions: readonly One[],
  blocks: readonly SourcedBlock[],
): Coverage<One> {
  const there = new Set(contributions.map(({ key }) => key));
  const used = new Map<ContributionKey, SourcedBlock[]>();
  const gone = new Set<ContributionKey>();
  for (const block of blocks)
    for (const key of block.sources) {
      if (!there.has(key)) gone.add(key);
      const known = used.get(key);
      if (known) known.push(block);
      else used.set(key, [block]);
    }
  for (const key of gone) used.delete(key);
  return { used, unused: contributions.filter(({ key }) => !used.has(key)), gone };
}
