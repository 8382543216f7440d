/** Why this file exists: what the thread that makes files is told: what of, and of which kind. Plain values. */

import type { ExportFormat } from '#shared/document/formats.ts';
import type { Print } from '#shared/document/print.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import { minutesPrint } from '#shared/minutes/print.ts';
import { minutesToJson } from '#shared/minutes/schema.ts';
import { canonicalJson } from '#shared/signoff/canonical.ts';
import { type Seal, sealedPrint } from '#shared/signoff/print.ts';
import { type PackageInput, packageFile } from './package.ts';
import type { SummaryInput } from './summary-file.ts';
import { summaryJson } from './summary-json.ts';
import { summaryPrint } from './summary-print.ts';

export type Job = { of: 'package'; format: 'zip'; input: PackageInput } | FileJob;

type FileJob = { format: ExportFormat } & (
  | { of: 'summary'; input: SummaryInput }
  | { of: 'minutes'; document: MinutesDocument }
  /** The JSON is the very text whose hash the others have at their foot. */
  | { of: 'sealed'; document: MinutesDocument; seal: Seal }
);

/** Makes the file. Each renderer is loaded when it is needed: two of them are several megabytes. */
export async function fileOf(job: Job): Promise<Uint8Array> {
  if (job.of === 'package') return packageFile(job.input, fileOf);
  const text = (whole: string): Uint8Array => new TextEncoder().encode(whole);
  const print = (): Print => {
    if (job.of === 'summary') return summaryPrint(job.input);
    return job.of === 'sealed' ? sealedPrint(job.document, job.seal) : minutesPrint(job.document);
  };
  switch (job.format) {
    case 'json':
      if (job.of === 'sealed') return text(canonicalJson(job.document));
      return text(job.of === 'summary' ? summaryJson(job.input) : minutesToJson(job.document));
    case 'html':
      return text((await import('./html.ts')).htmlFile(print()));
    case 'md':
      return text((await import('./markdown.ts')).markdownFile(print()));
    case 'docx':
      return (await import('./docx.ts')).docxFile(print());
    case 'pdf':
      return (await import('./pdf.ts')).pdfFile(print());
  }
}
