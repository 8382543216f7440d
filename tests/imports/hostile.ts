/** Why this file exists: Word files nobody's Word ever wrote: archives that lie, XML that grows, relations that lead away. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface Part {
  name: string;
  bytes: Uint8Array | string;
  /** What the archive says it is, when that is a lie. */
  says?: { size?: number; crc?: number };
  /** Bytes that are already deflated. */
  packed?: Buffer;
  flags?: number;
}

/** An archive, exactly as told. */
export function archive(parts: readonly Part[], entries = parts.length): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, says = {}, packed: given, flags = 0x0800 } of parts) {
    const whole = Buffer.from(bytes as string);
    const packed = given ?? deflateRawSync(whole);
    const named = Buffer.from(name, 'utf8');
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(flags, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(says.crc ?? crc32(whole), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(says.size ?? whole.length, 18);
    facts.writeUInt16LE(named.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, tail, named]));
    const file = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, named, packed]);
    files.push(file);
    at += file.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries & 0xffff, 8);
  end.writeUInt16LE(entries & 0xffff, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, index, end]);
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const TYPES = `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const ROOT = `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATION}/officeDocument" Target="word/document.xml"/></Relationships>`;

export const heading = (text: string, level = 1): string =>
  `<w:p><w:pPr><w:pStyle w:val="Heading${level}"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
export const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

/** A whole document.xml around what stands in its body. */
export const documentXml = (body: string, prolog = ''): string =>
  `${HEAD}${prolog}<w:document ${W} ${R} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${body}</w:body></w:document>`;

/** A Word file with this document.xml and whatever else. */
export function word(document: string | Part, more: readonly Part[] = [], entries?: number): Buffer {
  const main = typeof document === 'string' ? { name: 'word/document.xml', bytes: document } : document;
  const parts = [
    { name: '[Content_Types].xml', bytes: TYPES },
    { name: '_rels/.rels', bytes: ROOT },
    main,
    ...more.filter(({ name }) => name !== main.name),
  ];
  return archive(parts, entries ?? parts.length);
}

/** A file whose picture is linked and not embedded; `target` is where. */
export function linkedPicture(target: string): Buffer {
  const picture = `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="x"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:link="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
  const rels = `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="${RELATION}/image" Target="${target}" TargetMode="External"/></Relationships>`;
  return word(documentXml(heading('Punkt') + picture + paragraph('Ord.')), [
    { name: 'word/_rels/document.xml.rels', bytes: rels },
  ]);
}
