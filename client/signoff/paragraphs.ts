/** Why this file exists: a suggestion is about one paragraph, so a signer chooses among those that hold nothing but words. */
import { type Block, inlineText } from '#shared/document/blocks.ts';

export interface Paragraph {
  id: string;
  text: string;
}

/** The paragraphs and headings in blocks, in order, at any depth; those with a line break are left out. */
export function paragraphsOf(blocks: readonly Block[]): Paragraph[] {
  return blocks.flatMap(inBlock);
}

function inBlock(block: Block): Paragraph[] {
  switch (block.kind) {
    case 'paragraph':
    case 'heading': {
      const text = inlineText(block.inlines);
      return text.trim() === '' || text.includes('\n') ? [] : [{ id: block.id, text }];
    }
    case 'quote':
      return paragraphsOf(block.blocks);
    case 'list':
      return block.items.flatMap((item) => paragraphsOf(item.blocks));
    case 'table':
      return block.rows.flatMap(({ cells }) => cells.flatMap((cell) => paragraphsOf(cell.blocks)));
  }
}
