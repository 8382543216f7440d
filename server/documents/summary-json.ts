/** Why this file exists: a summary for programs; docs/summary-json.md says what is promised of it. */
import { withSources } from '#shared/document/blocks.ts';
import type { SummaryInput } from './summary-file.ts';

/**
 * The document as it was kept, so that its SHA-256 can be worked out again from `JSON.stringify(document)`, and the
 * contributions as this reader may see them. Without origin neither sources nor that promise.
 */
export function summaryJson({ document, sources, sha256 }: SummaryInput): string {
  const bare = document.sections.map((section) => ({
    ...section,
    blocks: section.blocks.map((block) => withSources(block, () => [])),
  }));
  const file =
    sources === null
      ? { document: { ...document, sections: bare, origins: [] }, sha256: null, sources: [] }
      : { document, sha256, sources };
  return `${JSON.stringify(file, null, 2)}\n`;
}
