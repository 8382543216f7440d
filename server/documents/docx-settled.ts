/**
 * Why this file exists: the library that writes Word files puts the moment of making into them, and ids that are drawn by lot. What is
 * handed out says the document's own date, and the same document gives the same bytes.
 */
import { readZip, writeZip, type ZipEntry } from './zip.ts';

const CORE = 'docProps/core.xml';
const LINKS = 'word/_rels/document.xml.rels';
const LINKING = /^word\/(?:_rels\/)?document\.xml(?:\.rels)?$/;

const wordsOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** The same file with the date `at` (milliseconds since 1970 UTC) where it says when it was made. */
export function settledDocx(file: Uint8Array, at: number): Uint8Array {
  const stamp = `${new Date(at).toISOString().slice(0, 19)}Z`;
  const settled = ({ name, bytes }: ZipEntry): ZipEntry => {
    if (name !== CORE) return { name, bytes };
    const dated = wordsOf(bytes).replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${stamp}`);
    return { name, bytes: Buffer.from(dated, 'utf8') };
  };
  const entries = readZip(file).map(settled);
  const links = linkIds(entries);
  if (links.size === 0) return writeZip(entries);
  const drawn = [...links.keys()].map((id) => id.replaceAll('-', '\\-')).join('|');
  // Only as an attribute: what people wrote is left alone.
  const pattern = new RegExp(`((?:\\s|:)[iI]d=")(${drawn})(?=")`, 'g');
  return writeZip(
    entries.map(({ name, bytes }) => {
      if (!LINKING.test(name)) return { name, bytes };
      const counted = wordsOf(bytes).replace(
        pattern,
        (_, before: string, id: string) => before + (links.get(id) ?? id),
      );
      return { name, bytes: Buffer.from(counted, 'utf8') };
    }),
  );
}

/** The ids of links that were drawn by lot, counted in the order in which they stand. */
function linkIds(entries: readonly ZipEntry[]): Map<string, string> {
  const file = entries.find(({ name }) => name === LINKS);
  const found = file ? wordsOf(file.bytes).matchAll(/\bId="(rId[a-z0-9_-]*[a-z_-][a-z0-9_-]*)"/g) : [];
  return new Map([...found].map(([, id = ''], n) => [id, `rIdLink${n + 1}`]));
}
