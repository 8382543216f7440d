/** Why this file exists: a summary for programs; docs/summary-json.md says what is promised of it. */
import type { Block } from '#shared/document/blocks.ts';
import type { SummaryDocument } from '#shared/summary/document.ts';
import type { FileInput } from './file.ts';

/**
 * The document as it was kept, so that its SHA-256 can be worked out again from `JSON.stringify(document)`, and the
 * contributions as this reader may see them. Without origin neither sources nor that promise.
 */
export function jsonFile({ document, sources, sha256 }: FileInput): string {
  const file =
    sources === null
      ? { document: { ...document, sections: withoutSources(document), origins: [] }, sha256: null, sources: [] }
      : { document, sha256, sources };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function withoutSources({ sections }: SummaryDocument): SummaryDocument['sections'] {
  return sections.map((section) => ({ ...section, blocks: section.blocks.map(bare) }));
}

function bare(block: Block): Block {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return { ...block, sources: [] };
    case 'quote':
      return { ...block, sources: [], blocks: block.blocks.map(bare) };
    case 'list':
      return {
        ...block,
        sources: [],
        items: block.items.map((item) => ({ ...item, sources: [], blocks: item.blocks.map(bare) })),
      };
    case 'table':
      return {
        ...block,
        sources: [],
        rows: block.rows.map((row) => ({
          ...row,
          sources: [],
          cells: row.cells.map((cell) => ({ ...cell, blocks: cell.blocks.map(bare) })),
        })),
      };
  }
}
