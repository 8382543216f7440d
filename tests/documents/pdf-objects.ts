/**
 * Why this file exists: whether a PDF is one for a screen reader stands in its objects, and not every reader tells. These
 * are read here without a library: packed streams unpacked, references followed.
 */
import { inflateSync } from 'node:zlib';

export interface PdfObjects {
  /** Everything that is no picture or font, as text. */
  text: string;
  /** The objects whose dictionary says this type. */
  ofType(type: string): string[];
}

/** The objects of a PDF, those in packed streams too. Throws on what is none. */
export function pdfObjects(bytes: Uint8Array): PdfObjects {
  const file = Buffer.from(bytes).toString('latin1');
  if (!file.startsWith('%PDF-1.')) throw new Error('no PDF');
  const packed: string[] = [];
  for (const found of file.matchAll(/\/Type\s*\/ObjStm[\s\S]*?stream\r?\n/g)) {
    const from = found.index + found[0].length;
    const to = file.indexOf('endstream', from);
    packed.push(inflateSync(Buffer.from(file.slice(from, to), 'latin1')).toString('latin1'));
  }
  const text = [file.replace(/stream\r?\n[\s\S]*?endstream/g, ''), ...packed].join('\n');
  return {
    text,
    ofType: (type) =>
      text.split(/\bendobj\b|(?<=>>)\s*(?=<<)/).filter((one) => new RegExp(`/Type\\s*/${type}\\b`).test(one)),
  };
}
