/**
 * Why this file exists: the parts of a Word file are XML, and XML can name other files, grow without end and nest until a
 * stack is gone. No document of Word's needs any of it, so a part that has it is refused before a parser sees it.
 */

/** What was wrong with a part. */
export type XmlFault = 'doctype' | 'too-deep' | 'too-many-elements' | 'encoding';

export class BadXml extends Error {
  readonly fault: XmlFault;
  constructor(fault: XmlFault) {
    super(fault);
    this.fault = fault;
  }
}

/** Word nests a table in a table in a text box some sixty deep; the readers of it recurse. */
export const MAX_XML_DEPTH = 256;
/** A thousand pages. Each becomes some objects in memory. */
export const MAX_XML_ELEMENTS = 400_000;

const SKIPPED: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

/**
 * The words of a part of a Word file. Throws {@link BadXml} when it is not UTF-8, declares a document type or entities,
 * nests too deep or holds too many elements. Whether it is well formed is the parser's matter.
 */
export function checkedXml(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadXml('encoding');
  }
  // Another encoding could hide what is looked for here from us, and not from a parser that believes the declaration.
  const declared = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)["']/i.exec(text)?.[1];
  if (text.includes('\0') || (declared !== undefined && !/^(utf-?8|us-ascii)$/i.test(declared)))
    throw new BadXml('encoding');
  if (/<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)) throw new BadXml('doctype');
  countElements(text);
  return text;
}

/** Walks over the tags without building anything. */
function countElements(text: string): void {
  let depth = 0;
  let count = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const skipped = SKIPPED.find(([open]) => text.startsWith(open, at));
    if (skipped) {
      const end = text.indexOf(skipped[1], at + skipped[0].length);
      if (end < 0) return;
      at = end + skipped[1].length;
      continue;
    }
    if (text[at + 1] === '/') {
      depth = Math.max(0, depth - 1);
      at += 2;
      continue;
    }
    const end = endOfTag(text, at + 1);
    if (end < 0) return;
    count += 1;
    if (count > MAX_XML_ELEMENTS) throw new BadXml('too-many-elements');
    if (text[end - 1] !== '/') depth += 1;
    if (depth > MAX_XML_DEPTH) throw new BadXml('too-deep');
    at = end + 1;
  }
}

/** Where the tag's `>` is; one within a quoted value is none. */
function endOfTag(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const one = text[at];
    if (one === '>') return at;
    if (one !== '"' && one !== "'") continue;
    at = text.indexOf(one, at + 1);
    if (at < 0) return -1;
  }
  return -1;
}
