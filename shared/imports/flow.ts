/**
 * Why this file exists: what was read out of somebody's document, before it is known what becomes an item: blocks as the
 * house has them, and headings at the level the document had them.
 */
import type { Block, Inline } from '../document/blocks.ts';

/** A heading, 1 the outermost. */
export interface FlowHeading {
  kind: 'heading';
  level: number;
  inlines: Inline[];
}

/** Something that stands between headings. */
export interface FlowBlock {
  kind: 'block';
  block: Exclude<Block, { kind: 'heading' }>;
}

export type Flow = FlowHeading | FlowBlock;

/** What a document had that has no place in notes: how many of each were left out. */
export interface LeftOut {
  pictures: number;
  footnotes: number;
  comments: number;
}

/** A document as read. */
export interface ReadDocument {
  /** What its first heading or its title paragraph says; '' when it has none. */
  title: string;
  flow: Flow[];
  left: LeftOut;
}
