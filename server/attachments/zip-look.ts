/**
 * Why this file exists: an Office file is an archive, and what kind it is stands in it. Here only the directory and the one entry
 * that says so are looked at, with an end to everything: nothing is unpacked that is large, nothing is followed that points
 * elsewhere. The archive is anybody's.
 */
import { inflateRawSync } from 'node:zlib';
import type { FileKind } from '#shared/attachments/kinds.ts';

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const MOST_ENTRIES = 10_000;
/** What says the kind is some kilobytes. */
const MOST_TYPES_BYTES = 1024 * 1024;
const LONGEST_COMMENT = 65_535;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  name: string;
  method: number;
  /** Packed, bytes. */
  size: number;
  at: number;
}

/** What an archive is: one of the kinds we take, one with programs in it, another archive; `null` for a broken one. */
export type ZipLook = FileKind | 'macros' | 'other' | null;

const MAIN = 'application/vnd.openxmlformats-officedocument.';
const OFFICE: readonly (readonly [part: string, kind: FileKind])[] = [
  [`${MAIN}wordprocessingml.document.main+xml`, 'docx'],
  [`${MAIN}spreadsheetml.sheet.main+xml`, 'xlsx'],
  [`${MAIN}presentationml.presentation.main+xml`, 'pptx'],
];
const OPEN: ReadonlyMap<string, FileKind> = new Map([
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
  ['application/vnd.oasis.opendocument.presentation', 'odp'],
]);
const PROGRAMS = /vbaproject\.bin$|(^|\/)(basic|scripts)\//i;

/** Looks at an archive without unpacking it. Never throws. */
export function lookIntoZip(bytes: Buffer): ZipLook {
  try {
    const entries = entriesOf(bytes);
    if (!entries) return null;
    if (entries.some(({ name }) => PROGRAMS.test(name))) return 'macros';
    return openKind(bytes, entries) ?? officeKind(bytes, entries) ?? 'other';
  } catch {
    // Sizes that lie point outside the file.
    return null;
  }
}

function entriesOf(bytes: Buffer): Entry[] | null {
  const from = Math.max(0, bytes.length - LONGEST_COMMENT - 22);
  const end = bytes.subarray(from).lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || bytes.readUInt32LE(from + end) !== END) return null;
  // Behind its end something else could begin.
  if (from + end + 22 + bytes.readUInt16LE(from + end + 20) !== bytes.length) return null;
  const count = bytes.readUInt16LE(from + end + 10);
  if (count > MOST_ENTRIES) return null;
  let at = bytes.readUInt32LE(from + end + 16);
  const entries: Entry[] = [];
  for (let n = 0; n < count; n++) {
    if (bytes.readUInt32LE(at) !== DIRECTORY) return null;
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      size: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function read(bytes: Buffer, { at, method, size }: Entry): string | null {
  if (bytes.readUInt32LE(at) !== LOCAL || size > MOST_TYPES_BYTES) return null;
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const packed = bytes.subarray(from, from + size);
  if (method === STORED) return packed.toString('utf8');
  if (method !== DEFLATED) return null;
  return inflateRawSync(packed, { maxOutputLength: MOST_TYPES_BYTES }).toString('utf8');
}

function openKind(bytes: Buffer, entries: readonly Entry[]): FileKind | null {
  const entry = entries.find(({ name }) => name === 'mimetype');
  if (!entry) return null;
  return OPEN.get(read(bytes, entry)?.trim() ?? '') ?? null;
}

function officeKind(bytes: Buffer, entries: readonly Entry[]): ZipLook {
  const entry = entries.find(({ name }) => name === '[Content_Types].xml');
  const types = entry && read(bytes, entry);
  if (!types) return null;
  if (/macroEnabled/i.test(types)) return 'macros';
  return OFFICE.find(([part]) => types.includes(`"${part}"`))?.[1] ?? null;
}
