/**
 * Why this file exists: the library that writes Word files puts the moment of making and counted ids into them. What is
 * handed out says the document's own date, and the same document gives the same bytes.
 */
import { readZip, writeZip, type ZipEntry } from './zip.ts';

const CORE = 'docProps/core.xml';

/** The same file with the date `at` (milliseconds since 1970 UTC) where it says when it was made. */
export function settledDocx(file: Uint8Array, at: number): Uint8Array {
  const stamp = `${new Date(at).toISOString().slice(0, 19)}Z`;
  const settled = ({ name, bytes }: ZipEntry): ZipEntry => {
    if (name !== CORE) return { name, bytes };
    const xml = Buffer.from(bytes).toString('utf8');
    const dated = xml.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${stamp}`);
    return { name, bytes: Buffer.from(dated, 'utf8') };
  };
  return writeZip(readZip(file).map(settled));
}
