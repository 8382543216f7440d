/**
 * Why this file exists: what a file is, is decided by what is in it. The name and what the sender says only have to agree with
 * that. A library knows the marks of kinds; Office archives, PDF and text are looked at here, because "some archive" and
 * "no known mark" are not answers.
 */
import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { FileProblem } from '#shared/attachments/api.ts';
import { claimedKind, FILE_KINDS, type FileKind } from '#shared/attachments/kinds.ts';
import { isPdf, isPlainPdf } from './pdf-look.ts';
import { lookIntoZip } from './zip-look.ts';

export interface Seen {
  kind: FileKind;
  plain: boolean;
  sha256: string;
}
export interface Refused {
  problem: Extract<FileProblem, 'kind' | 'mismatch' | 'broken' | 'macros' | 'empty'>;
}

const IMAGES: ReadonlyMap<string, FileKind> = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpeg'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
]);
const ZIP_FIRST = 0x04034b50;
/** As much as a browser looks at before it takes something for a page. */
const SNIFFED = 4096;
/** What begins like this is a page, a drawing or a program for one, whatever it is called. */
const MARKUP = /^[\s\ufeff\0]*<(?:[a-z!?/])/i;

/** What a file is and what it may, or why it is not taken. */
export async function look(bytes: Buffer, name: string): Promise<Seen | Refused> {
  if (bytes.length === 0) return { problem: 'empty' };
  const claimed = claimedKind(name);
  if (claimed === null) return { problem: 'kind' };
  const found = await kindOf(bytes, claimed);
  if (typeof found !== 'string') return found;
  if (claimed !== '' && claimed !== found) return { problem: 'mismatch' };
  const plain: boolean =
    FILE_KINDS[found].shown && (found === 'pdf' ? isPlainPdf(bytes) : endsWhereItEnds(bytes, found));
  return { kind: found, plain, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function kindOf(bytes: Buffer, claimed: FileKind | ''): Promise<FileKind | Refused> {
  if (bytes.length > 4 && bytes.readUInt32LE(0) === ZIP_FIRST) {
    const zip = lookIntoZip(bytes);
    if (zip === 'macros') return { problem: 'macros' };
    if (zip === null) return { problem: 'broken' };
    return zip === 'other' ? { problem: claimed === '' ? 'kind' : 'mismatch' } : zip;
  }
  if (isPdf(bytes)) return 'pdf';
  const marked = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const image = marked && IMAGES.get(marked.mime);
  if (image) return image;
  // It has the mark of something we do not take, or of something else than it is called.
  if (marked) return { problem: claimed === '' ? 'kind' : 'mismatch' };
  if (isText(bytes)) return claimed === 'csv' ? 'csv' : 'text';
  return { problem: claimed === '' ? 'kind' : claimed === 'text' || claimed === 'csv' ? 'mismatch' : 'broken' };
}

/** Words: in UTF-8, or in the letters of an older Windows; nothing a browser would take for a page. */
function isText(bytes: Buffer): boolean {
  const first = bytes
    .subarray(0, SNIFFED)
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)+/, '');
  if (MARKUP.test(first)) return false;
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (wide) return bytes.length % 2 === 0 && !MARKUP.test(first.replaceAll('\0', ''));
  for (const byte of bytes)
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) return false;
  return true;
}

/** Whether a picture ends with its own last mark: behind it something else could begin. */
function endsWhereItEnds(bytes: Buffer, kind: FileKind): boolean {
  switch (kind) {
    case 'png':
      return bytes.subarray(-8, -4).toString('latin1') === 'IEND';
    case 'jpeg':
      return bytes.subarray(-2).equals(Buffer.from([0xff, 0xd9]));
    case 'gif':
      return bytes.at(-1) === 0x3b;
    case 'webp':
      return bytes.readUInt32LE(4) + 8 === bytes.length;
    default:
      return false;
  }
}
