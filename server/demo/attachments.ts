/**
 * Why this file exists: what people had with them to the demo's retreat: a table, the same as columns, some questions, a note.
 * Made here, byte by byte, from invented figures; each is uploaded as people upload.
 */
import { crc32, deflateSync } from 'node:zlib';
import * as Y from 'yjs';
import { PIECE_BYTES } from '#shared/attachments/limits.ts';
import { type Id, newId } from '#shared/ids.ts';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import { writeZip } from '../documents/zip.ts';
import type { Played, Stage, Step } from './play.ts';

interface DemoFile {
  key: string;
  by: string;
  name: string;
  bytes: () => Uint8Array;
  /** What the one who brought it wrote in the notes; the chip stands at the end. */
  words?: string;
}

const YEARS = [2020, 2021, 2022, 2023, 2024, 2025];
const CASES = [412, 405, 431, 438, 446, 452];

const cells = (row: readonly (string | number)[], n: number): string =>
  row
    .map((cell, column) => {
      const place = `${String.fromCharCode(65 + column)}${n + 1}`;
      return typeof cell === 'number'
        ? `<c r="${place}"><v>${cell}</v></c>`
        : `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`;
    })
    .join('');

/** A workbook of one sheet. */
function workbook(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const office = 'http://schemas.openxmlformats.org';
  const main = `${office}/spreadsheetml/2006/main`;
  const relations = `${office}/officeDocument/2006/relationships`;
  const packaged = `${office}/package/2006/relationships`;
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const part = (name: string, words: string) => ({
    name,
    bytes: Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${words}`, 'utf8'),
  });
  const sheet = rows.map((row, n) => `<row r="${n + 1}">${cells(row, n)}</row>`).join('');
  return writeZip([
    part(
      '[Content_Types].xml',
      `<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/></Types>`,
    ),
    part(
      '_rels/.rels',
      `<Relationships xmlns="${packaged}"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Servicepunkter" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packaged}"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    part('xl/worksheets/sheet1.xml', `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`),
  ]);
}

function pngPart(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const part = Buffer.alloc(named.length + 8);
  part.writeUInt32BE(data.length, 0);
  named.copy(part, 4);
  part.writeUInt32BE(crc32(named), named.length + 4);
  return part;
}

/** A column for each figure, on the paper of the house. */
function columns(figures: readonly number[]): Uint8Array {
  const [width, height, margin] = [720, 400, 40];
  const [paper, ink, line] = [
    [251, 250, 247],
    [11, 92, 107],
    [207, 201, 189],
  ] as const;
  const most = Math.max(...figures) * 1.1;
  const step = (width - 2 * margin) / figures.length;
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y++) {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x++) {
      const n = Math.floor((x - margin) / step);
      const inColumn = x >= margin && (x - margin) % step > step * 0.2 && (x - margin) % step < step * 0.8;
      const top = height - margin - ((figures[n] ?? 0) / most) * (height - 2 * margin);
      const base = height - margin;
      const colour =
        inColumn && n < figures.length && y >= top && y < base
          ? ink
          : y === base && x >= margin && x < width - margin
            ? line
            : paper;
      row.set(colour, 1 + x * 3);
    }
    rows.push(row);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngPart('IHDR', head),
    pngPart('IDAT', deflateSync(Buffer.concat(rows))),
    pngPart('IEND', Buffer.alloc(0)),
  ]);
}

/** A PDF of one page with some lines on it. */
function onePage(title: string, lines: readonly string[]): Uint8Array {
  const escaped = (words: string): string => words.replace(/[\\()]/g, (mark) => `\\${mark}`);
  const drawn = [
    `BT /F1 20 Tf 72 760 Td (${escaped(title)}) Tj ET`,
    ...lines.map((line, n) => `BT /F1 12 Tf 72 ${720 - n * 20} Td (${escaped(line)}) Tj ET`),
  ].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (sv) >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(drawn, 'latin1')} >>\nstream\n${drawn}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((object, n) => {
    const place = file.length;
    file += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = file.length;
  const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

const FILES: readonly DemoFile[] = [
  {
    key: 'points',
    by: 'jonas',
    name: 'Ärenden vid servicepunkterna.xlsx',
    bytes: () => workbook([['År', 'Ärenden per vecka'], ...YEARS.map((year, n) => [year, CASES[n] ?? 0])]),
    words: 'Ärendena vid de tre servicepunkterna har räknats varje vecka, se ',
  },
  { key: 'points', by: 'jonas', name: 'Ärenden per vecka 2020–2025.png', bytes: () => columns(CASES) },
  {
    key: 'points',
    by: 'freja',
    name: 'Frågor att ta ställning till.pdf',
    bytes: () =>
      onePage('Frågor att ta ställning till', [
        '1. Vilken service ska finnas inom tre mil från varje by?',
        '2. Vem svarar för lokalen, och vem för dem som arbetar där?',
        '3. Hur följer vi upp, och när?',
      ]),
  },
  {
    key: 'previous',
    by: 'freja',
    name: 'Uppdrag från september.txt',
    bytes: () =>
      Buffer.from(
        'Uppdrag från sammanträdet i september\n\nAlmvik: beräkning av skolskjutsarna (klar).\nRegionen: jämförelse av hyresavtal (december).\n',
        'utf8',
      ),
    words: 'Uppdragen står i ',
  },
];

/** Brings one file in as its owner would: begun, sent, finished. */
async function bring(stage: Stage, meetingId: Id, itemId: Id, { by, name, bytes }: DemoFile): Promise<Id> {
  const { uploads } = stage.server.services.attachments;
  const caller = stage.caller(by);
  const uploadId = newId();
  const file = bytes();
  await uploads.begin(caller, meetingId, itemId, { uploadId, name, size: file.byteLength, before: null });
  for (let at = 0; at < file.byteLength; at += PIECE_BYTES)
    await uploads.append(caller, meetingId, itemId, uploadId, at, file.subarray(at, at + PIECE_BYTES));
  const { attachmentId } = await uploads.finish(caller, meetingId, itemId, uploadId);
  if (attachmentId === null) throw new Error(`${name} did not become an attachment of the demo`);
  return attachmentId;
}

/** Points at an attachment in the notes, behind some words of whoever brought it. */
function pointAt(doc: Y.Doc, words: string, attachmentId: Id): void {
  const line = new Y.XmlElement('paragraph');
  const chip = new Y.XmlElement('attachment');
  chip.setAttribute('id', attachmentId);
  line.insert(0, [new Y.XmlText(words), chip, new Y.XmlText('.')]);
  const notes = doc.getXmlFragment(NOTES_FRAGMENT);
  notes.insert(notes.length, [line]);
}

/** The steps of what was brought, a moment after each item was opened. Nothing of it lies after `until`. */
export function attachmentSteps(
  stage: Stage,
  played: Played,
  { startsAt, openings, until }: { startsAt: number; openings: ReadonlyMap<string, number>; until: number },
): Step[] {
  return FILES.map((file, n) => ({
    at: Math.min((openings.get(file.key) ?? startsAt) + (n + 1) * 1_000, until),
    run: async () => {
      const itemId = played.items.get(file.key) ?? '';
      const id = await bring(stage, played.meetingId, itemId, file);
      const { words } = file;
      if (words === undefined) return;
      const room = roomName({ kind: 'item', meetingId: played.meetingId, itemId });
      await stage.server.relay.edit(room, stage.caller(file.by).personId, (doc) => pointAt(doc, words, id));
    },
  }));
}
