/**
 * Why this file exists: a Word file from elsewhere is an archive that anybody made. It is read here, strictly and with
 * bounds, before any library sees it: only the parts we need are unpacked, and nothing is believed that can be counted.
 */
import { crc32, inflateRawSync } from 'node:zlib';

/** What was wrong; a fixed set of words, never of the file's own. */
export type ArchiveFault = 'not-docx' | 'too-many-entries' | 'too-large-unpacked' | 'unsafe-name' | 'broken';

export class BadArchive extends Error {
  readonly fault: ArchiveFault;
  constructor(fault: ArchiveFault) {
    super(fault);
    this.fault = fault;
  }
}

export interface ArchiveLimits {
  entries: number;
  /** Of all entries together as the archive says, bytes. */
  unpacked: number;
  /** Of one part that is read, bytes. */
  part: number;
}
/** Word writes a few dozen parts and a picture each; a document's text of a thousand pages is some megabytes. */
export const ARCHIVE_LIMITS: ArchiveLimits = { entries: 2_000, unpacked: 128 * 1024 * 1024, part: 16 * 1024 * 1024 };

interface Listed {
  name: string;
  method: number;
  crc: number;
  packed: number;
  size: number;
  at: number;
}

const END = Buffer.from('PK\x05\x06', 'latin1');
const ENCRYPTED = 0x0001;
/** Property names that would reach into objects, whatever library keeps names as keys. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/** The directory of an archive, every name checked. Throws {@link BadArchive}. */
function directoryOf(file: Buffer, limits: ArchiveLimits): Listed[] {
  const end = file.lastIndexOf(END);
  if (end < 0 || end + 22 > file.length) throw new BadArchive('not-docx');
  const count = file.readUInt16LE(end + 10);
  // 0xffff says that the number stands elsewhere: an archive of more entries than any document has.
  if (count > limits.entries) throw new BadArchive('too-many-entries');
  const entries: Listed[] = [];
  const names = new Set<string>();
  let at = file.readUInt32LE(end + 16);
  let unpacked = 0;
  for (let left = count; left > 0; left--) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) throw new BadArchive('broken');
    const flags = file.readUInt16LE(at + 8);
    const nameLength = file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    requireSafeName(name);
    // Two parts of one name: which of them a reader takes is a matter of taste.
    const key = name.toLowerCase();
    if (names.has(key) || flags & ENCRYPTED) throw new BadArchive('broken');
    names.add(key);
    const entry: Listed = {
      name,
      method: file.readUInt16LE(at + 10),
      crc: file.readUInt32LE(at + 16),
      packed: file.readUInt32LE(at + 20),
      size: file.readUInt32LE(at + 24),
      at: file.readUInt32LE(at + 42),
    };
    unpacked += entry.size;
    if (unpacked > limits.unpacked) throw new BadArchive('too-large-unpacked');
    entries.push(entry);
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

/** A name is a path below the archive's own root, in plain letters, and no property of objects. */
function requireSafeName(name: string): void {
  const parts = name.split('/');
  const last = parts.at(-1) === '' ? parts.slice(0, -1) : parts;
  if (name === '' || name.length > 260 || /[\\:\p{Cc}\p{Cs}\ufffd]/u.test(name)) throw new BadArchive('unsafe-name');
  for (const part of last)
    if (part === '' || part === '.' || part === '..' || RESERVED.has(part)) throw new BadArchive('unsafe-name');
}

/**
 * The parts of an archive that `wanted` knows, by name; the others are listed, counted and never unpacked. Throws
 * {@link BadArchive}; a part that is not as long as it says, or another than it says, makes the whole archive wrong.
 */
export function partsOf(
  archive: Uint8Array,
  wanted: (name: string) => boolean,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Map<string, Buffer> {
  const file = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const parts = new Map<string, Buffer>();
  for (const entry of directoryOf(file, limits))
    if (wanted(entry.name)) parts.set(entry.name, unpack(file, entry, limits));
  return parts;
}

function unpack(file: Buffer, { method, crc, packed, size, at }: Listed, limits: ArchiveLimits): Buffer {
  if (size > limits.part) throw new BadArchive('too-large-unpacked');
  if (at + 30 > file.length || file.readUInt32LE(at) !== 0x04034b50) throw new BadArchive('broken');
  const from = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
  if (from + packed > file.length || (method !== 0 && method !== 8)) throw new BadArchive('broken');
  const bytes = file.subarray(from, from + packed);
  if (method === 0) {
    if (packed !== size || crc32(bytes) !== crc) throw new BadArchive('broken');
    return bytes;
  }
  let whole: Buffer;
  try {
    // One byte more than it says it is: whoever lies is found out there, and not after two gigabytes.
    whole = inflateRawSync(bytes, { maxOutputLength: size + 1 });
  } catch {
    throw new BadArchive('broken');
  }
  if (whole.byteLength !== size || crc32(whole) !== crc) throw new BadArchive('broken');
  return whole;
}
