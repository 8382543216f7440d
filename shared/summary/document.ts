/**
 * Why this file exists: what a shared summary says, as plain values: made from the room's document once, when it is
 * final, and from then on the same for the page, the comparison and every file that can be downloaded.
 */
import type * as Y from 'yjs';
import { type Block, blocksText, type References, readBlocks } from '../document/blocks.ts';
import type { Id } from '../ids.ts';
import type { Prompt } from '../workshop/workshop.ts';

/** What stands under one prompt. */
export interface Section {
  promptId: Id;
  heading: string;
  blocks: Block[];
}

/** What a summary's room says, a section per prompt; `references` as in {@link readBlocks}. */
export function readSections(
  doc: Y.Doc,
  prompts: readonly Pick<Prompt, 'id' | 'heading'>[],
  references?: References,
): Section[] {
  return prompts.map(({ id, heading }) => ({
    promptId: id,
    heading,
    blocks: readBlocks(doc.getXmlFragment(id), references),
  }));
}

/** The whole summary as plain text: what is read aloud, searched and compared with older ones by eye. */
export function sectionsText(sections: readonly Section[]): string {
  return sections.map(({ heading, blocks }) => [heading, ...blocksText(blocks)].join('\n')).join('\n\n');
}

/** Every source some block names, in the order of the text, each once. */
export function sourcesIn(sections: readonly Section[]): string[] {
  const keys = new Set<string>();
  const visit = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      for (const key of block.sources) keys.add(key);
      if (block.kind === 'quote') visit(block.blocks);
      if (block.kind === 'table')
        for (const row of block.rows) {
          for (const key of row.sources) keys.add(key);
          for (const cell of row.cells) visit(cell.blocks);
        }
      if (block.kind === 'list')
        for (const item of block.items) {
          for (const key of item.sources) keys.add(key);
          visit(item.blocks);
        }
    }
  };
  for (const section of sections) visit(section.blocks);
  return [...keys];
}

/** Where a contribution came from, as everybody may know it. */
export interface Origin {
  key: string;
  group: string;
  colour: number;
  prompt: string;
}

/** A contribution as it was when the summary became final. */
export interface Source extends Origin {
  groupId: Id;
  text: string;
  /** Names of those who wrote it, as they were. */
  authors: string[];
}

/** A whole summary as it is kept; see docs/summary-json.md for what is promised about it. */
export interface SummaryDocument {
  format: 'radslag-summary';
  version: 1;
  meeting: { id: Id; title: string; body: string; timeZone: string };
  item: { id: Id; title: string };
  /** 0 for a text that is still being written. */
  revision: number;
  /** When it became final or was read, milliseconds since 1970 UTC. */
  at: number;
  /** Who made it final; empty for a draft. */
  by: string;
  sections: Section[];
  origins: Origin[];
  /** SHA-256 of the contributions' words and authors, which not everybody may read. */
  sourcesSha256: string;
}
