/** Why this file exists: what was taken out of a file must not be in it in any way: here all that can be read in one is read. */
import { inflateSync } from 'node:zlib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { readZip } from '../../server/documents/zip.ts';

/** What a reader shows of a PDF, its metadata first. */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  let words = JSON.stringify(await pdf.getMetadata());
  for (let n = 1; n <= pdf.numPages; n++) {
    const { items } = await (await pdf.getPage(n)).getTextContent();
    words += `${items.map((item) => ('str' in item ? item.str : '')).join('')}\n`;
  }
  return words;
}

/** All that can be read in a file: its raw bytes, what its archive and its streams hold, what a reader shows. */
export async function everythingIn(bytes: Uint8Array, format: string): Promise<string> {
  const raw = Buffer.from(bytes);
  let said = raw.toString('latin1') + raw.toString('utf8');
  if (format === 'zip' || format === 'docx')
    for (const entry of readZip(bytes)) {
      const inner = entry.name.endsWith('.docx') ? 'docx' : entry.name.endsWith('.pdf') ? 'pdf' : '';
      said += entry.name + (await everythingIn(new Uint8Array(entry.bytes), inner));
    }
  if (format === 'pdf') {
    for (let at = raw.indexOf('stream'); at >= 0; at = raw.indexOf('stream', at + 6)) {
      const from = raw[at + 6] === 13 ? at + 8 : at + 7;
      const end = raw.indexOf('endstream', from);
      if (end < 0) break;
      try {
        said += inflateSync(raw.subarray(from, end)).toString('latin1');
      } catch {
        // A stream that is not packed has been read with the raw bytes.
      }
    }
    said += await pdfText(bytes);
  }
  // Marks of a file format between the words are no words.
  return `${said}\n${said.replace(/<[^>]*>/g, '')}`;
}
