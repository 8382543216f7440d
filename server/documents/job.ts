/** Why this file exists: what the thread that makes files is told: what of, and of which kind. Plain values. */

import type { ExportFormat } from '#shared/document/formats.ts';
import type { Print } from '#shared/document/print.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import { minutesPrint } from '#shared/minutes/print.ts';
import { minutesToJson } from '#shared/minutes/schema.ts';
import type { NoticeDocument } from '#shared/notice/document.ts';
import { noticePrint } from '#shared/notice/print.ts';
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
  | { of: 'notice'; document: NoticeDocument }
  /** The JSON is the very text whose hash the others have at their foot. */
  | { of: 'sealed'; document: MinutesDocument; seal: Seal }
);

/** Makes the file. Each renderer is loaded when it is needed: two of them are several megabytes. */
export async function fileOf(job: Job): Promise<Uint8Array> {
  if (job.of === 'package') return packageFile(job.input, fileOf);
  const text = (whole: string): Uint8Array => new TextEncoder().encode(whole);
  const print = (): Print => {
    switch (job.of) {
      case 'summary':
        return summaryPrint(job.input);
      case 'minutes':
        return minutesPrint(job.document);
      case 'sealed':
        return sealedPrint(job.document, job.seal);
      case 'notice':
        return noticePrint(job.document);
    }
  };
  const json = (): string => {
    switch (job.of) {
      case 'summary':
        return summaryJson(job.input);
      case 'minutes':
        return minutesToJson(job.document);
      case 'sealed':
        return canonicalJson(job.document);
      case 'notice':
        return `${JSON.stringify(job.document, null, 2)}\n`;
    }
  };
  switch (job.format) {
    case 'json':
      return text(json());
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
