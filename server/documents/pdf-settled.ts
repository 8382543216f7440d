/**
 * Why this file exists: a reader's window and a screen reader should say a document's title, not the name of its file.
 * The typesetter has no word for that, so it is added the way PDF has for additions: a newer catalog at the end of the
 * file, and nothing before it touched.
 */

/** The file, which now asks to be shown under its title. Throws on a file that is not as the typesetter writes them. */
export function withTitleShown(file: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  // One character a byte: offsets in this text are offsets in the file.
  const text = bytes.toString('latin1');
  const last = (pattern: RegExp): string => {
    const found = [...text.matchAll(pattern)].at(-1)?.[1];
    if (found === undefined) throw new Error(`no ${pattern.source} in the PDF`);
    return found;
  };
  const trailer = text.slice(text.lastIndexOf('trailer'));
  const root = /\/Root (\d+) 0 R/.exec(trailer)?.[1];
  const id = /\/ID \[[^\]]*\]/.exec(trailer)?.[0];
  const info = /\/Info \d+ 0 R/.exec(trailer)?.[0];
  const size = /\/Size (\d+)/.exec(trailer)?.[1];
  if (!root || !id || !info || !size) throw new Error('an unknown trailer in the PDF');
  const catalog = last(new RegExp(`\\n${root} 0 obj\\s*(<<[\\s\\S]*?)endobj`, 'g'));
  const shown = catalog.replace(/\/ViewerPreferences\s*<</, '/ViewerPreferences <<\n    /DisplayDocTitle true');
  if (shown === catalog) throw new Error('no viewer preferences in the PDF');
  const from = bytes.byteLength + 1;
  const object = `${root} 0 obj\n${shown}endobj\n`;
  const xref = `xref\n${root} 1\n${String(from).padStart(10, '0')} 00000 n \n`;
  const end = `trailer\n<<\n  /Size ${size}\n  /Root ${root} 0 R\n  ${info}\n  ${id}\n  /Prev ${last(/startxref\s+(\d+)/g)}\n>>\nstartxref\n${from + object.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.concat([bytes, Buffer.from(`\n${object}${xref}${end}`, 'latin1')]));
}
