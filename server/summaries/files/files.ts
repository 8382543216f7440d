/** Why this file exists: one way from a summary to each kind of file, with the name and the type it is sent under. */
import type { ExportFormat } from '#shared/summary/api.ts';
import { type FileInput, fileName } from './file.ts';
import type { FileThreads } from './file-thread.ts';
import { htmlFile } from './html.ts';
import { jsonFile } from './json.ts';
import { markdownFile } from './markdown.ts';
import { wordsIn } from './words.ts';

export interface MadeFile {
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The media type of each format. */
export const FILE_TYPES: Record<ExportFormat, string> = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/** Makes a file of a summary. */
export async function makeFile(threads: FileThreads, format: ExportFormat, input: FileInput): Promise<MadeFile> {
  const { file } = wordsIn(input.language);
  const { revision, item } = input.document;
  const standing = revision === 0 ? file.draft : `revision-${revision}`;
  const name = fileName([file.summary, item.title.slice(0, 60), standing], format);
  return { name, type: FILE_TYPES[format], bytes: new Uint8Array(await bytesOf(threads, format, input)) };
}

async function bytesOf(threads: FileThreads, format: ExportFormat, input: FileInput): Promise<Uint8Array> {
  const text = (whole: string): Uint8Array => new TextEncoder().encode(whole);
  switch (format) {
    case 'html':
      return text(htmlFile(input));
    case 'md':
      return text(markdownFile(input));
    case 'json':
      return text(jsonFile(input));
    case 'docx':
    case 'pdf':
      return threads.make(format, input);
  }
}
