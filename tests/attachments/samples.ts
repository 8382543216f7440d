/** Why this file exists: small files of every kind a meeting takes, and of those it does not, made here and nobody's. */
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import { writeZip, type ZipEntry } from '../../server/documents/zip.ts';

const text = (words: string): Buffer => Buffer.from(words, 'utf8');

function pngPart(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([text(type), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, sum]);
}

/** A picture of one colour. */
export function png(width = 4, height = 3, colour: readonly [number, number, number] = [11, 92, 107]): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array.from({ length: width }, () => colour).flat())]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngPart('IHDR', head),
    pngPart('IDAT', deflateSync(rows)),
    pngPart('IEND', Buffer.alloc(0)),
  ]);
}

export const jpeg = (): Buffer =>
  Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    Buffer.alloc(40),
    Buffer.from('ffd9', 'hex'),
  ]);
export const gif = (): Buffer =>
  Buffer.concat([text('GIF89a'), Buffer.from('0100010080000000000000ffffff2c00000000010001000002024401003b', 'hex')]);
export const webp = (): Buffer => {
  const body = Buffer.concat([text('WEBPVP8L'), Buffer.from('0d0000002f00000010071011118888fe070000', 'hex')]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([text('RIFF'), size, body]);
};

/** A PDF of one empty page; `more` stands among its objects. */
export function pdf(more = '', catalog = ''): Buffer {
  return text(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${catalog} >>\nendobj\n` +
      '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n' +
      '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n' +
      `${more}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`,
  );
}

/** Objects packed in a stream, as PDFs since 2003 do. */
export function packed(objects: string, dictionary = '/Filter /FlateDecode'): string {
  const bytes = deflateSync(Buffer.from(objects, 'latin1'));
  return `9 0 obj\n<< /Type /ObjStm /N 1 /First 4 ${dictionary} /Length ${bytes.length} >>\nstream\n${bytes.toString('latin1')}\nendstream\nendobj\n`;
}
/** As {@link pdf}, with bytes that are no letters. */
export const pdfWith = (more: string, catalog = ''): Buffer =>
  Buffer.from(pdf('', catalog).toString('latin1').replace('\n\ntrailer', `\n${more}\ntrailer`), 'latin1');

const entry = (name: string, words: string): ZipEntry => ({ name, bytes: text(words) });
const officeType = (main: string, macros = false): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.${main}.main+xml"/>${macros ? '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>' : ''}</Types>`;

export const docx = (): Buffer =>
  Buffer.from(
    writeZip([
      entry('[Content_Types].xml', officeType('wordprocessingml.document')),
      entry('word/document.xml', '<w:document/>'),
    ]),
  );
export const xlsx = (): Buffer =>
  Buffer.from(
    writeZip([
      entry('[Content_Types].xml', officeType('spreadsheetml.sheet')),
      entry('xl/workbook.xml', '<workbook/>'),
    ]),
  );
export const pptx = (): Buffer =>
  Buffer.from(
    writeZip([
      entry('[Content_Types].xml', officeType('presentationml.presentation')),
      entry('ppt/presentation.xml', '<p/>'),
    ]),
  );
export const openDocument = (kind: 'text' | 'spreadsheet' | 'presentation'): Buffer =>
  Buffer.from(
    writeZip([entry('mimetype', `application/vnd.oasis.opendocument.${kind}`), entry('content.xml', '<c/>')]),
  );
export const docm = (): Buffer =>
  Buffer.from(
    writeZip([
      entry('[Content_Types].xml', officeType('wordprocessingml.document', true)),
      entry('word/vbaProject.bin', 'x'),
    ]),
  );
export const otherZip = (): Buffer => Buffer.from(writeZip([entry('a.txt', 'hej')]));

/** An archive whose entry that says the kind unpacks to gigabytes. */
export function bomb(): Buffer {
  const zeros = Buffer.alloc(64 * 1024 * 1024, 0x20);
  const packedZeros = deflateRawSync(zeros);
  const real = Buffer.from(writeZip([entry('[Content_Types].xml', 'x')]));
  // The same archive with other bytes in its one entry: sizes as they are, which is small.
  const name = Buffer.from('[Content_Types].xml');
  const local = Buffer.from(real.subarray(0, 30));
  local.writeUInt32LE(packedZeros.length, 18);
  local.writeUInt32LE(zeros.length, 22);
  const central = Buffer.from(real.subarray(real.indexOf(Buffer.from('PK\x01\x02', 'latin1')), -22));
  central.writeUInt32LE(packedZeros.length, 20);
  const end = Buffer.from(real.subarray(-22));
  const head = Buffer.concat([local, name, packedZeros]);
  end.writeUInt32LE(head.length, 16);
  return Buffer.concat([head, central, end]);
}

export const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><foreignObject/></svg>';
