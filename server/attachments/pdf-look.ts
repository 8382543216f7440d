/**
 * Why this file exists: a PDF can hold programs, start others, carry files and send what is typed into it. One that holds nothing
 * of the kind may be shown in place; of every other the reader gets the file. What cannot be read here (encrypted, packed in a
 * way we do not know, too much of it) counts as able to act: the answer errs to one side only.
 */
import { inflateSync } from 'node:zlib';

/** Names of what can act, or carries something that can: long enough that packed bytes do not spell them by chance. */
const LONG =
  'JavaScript|Launch|EmbeddedFiles?|Filespec|FileAttachment|RichMedia|AcroForm|SubmitForm|ImportData|GoTo[RE]|Rendition|' +
  'Movie|Sound|Screen|Encrypt|Collection';
/** And those that they may spell. */
const SHORT = 'JS|AA|XFA|3D|OpenAction';
const names = (list: string): RegExp => new RegExp(`/(?:${list})(?![A-Za-z0-9_.-])`);
const LONG_NAMES = names(LONG);
const ALL_NAMES = names(`${LONG}|${SHORT}`);
/** Going to a page when it is opened does nothing. */
const HARMLESS_OPENING = /\/OpenAction\s*(?:\[|<<\s*(?:\/Type\s*\/Action\s*)?(?:\/S\s*\/GoTo\s*)?\/D\s*\[)/g;
/** All that is unpacked of one file, bytes. */
const MOST_UNPACKED = 64 * 1024 * 1024;
const FIRST_BYTES = 1024;
const WINDOW = 1024 * 1024;
/** Longer than any name we look for, however it is written. */
const OVERLAP = 128;
/** What is said of a stream stands right before it. */
const DICTIONARY_BYTES = 16 * 1024;

/** Whether the bytes begin as a PDF does, and end as one. */
export function isPdf(bytes: Buffer): boolean {
  return bytes.subarray(0, 5).toString('latin1') === '%PDF-' && bytes.subarray(-FIRST_BYTES).includes('%%EOF');
}

/** Letters in names may be written as numbers: /J#61vaScript. */
const plainNames = (text: string): string =>
  text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function acts(text: string): boolean {
  return ALL_NAMES.test(plainNames(text).replace(HARMLESS_OPENING, ' '));
}

/** Whether nothing in it can act. */
export function isPlainPdf(bytes: Buffer): boolean {
  return !namesAnywhere(bytes) && !actsOutsideStreams(bytes) && objectStreamsArePlain(bytes);
}

/** Long names are looked for in every byte: what looks like a stream may be words in a text, and hide what follows. */
function namesAnywhere(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += WINDOW)
    if (LONG_NAMES.test(plainNames(bytes.toString('latin1', at, at + WINDOW + OVERLAP)))) return true;
  return false;
}

function actsOutsideStreams(bytes: Buffer): boolean {
  for (let at = 0; ; ) {
    const stream = bytes.indexOf('stream', at, 'latin1');
    if (acts(bytes.toString('latin1', at, stream < 0 ? bytes.length : stream))) return true;
    if (stream < 0) return false;
    const end = bytes.indexOf('endstream', stream, 'latin1');
    if (end < 0) return true;
    at = end + 9;
  }
}

/** Objects lie packed in streams that say where the first one begins; nothing else in a stream is an object. */
function objectStreamsArePlain(bytes: Buffer): boolean {
  let left = MOST_UNPACKED;
  for (let at = bytes.indexOf('stream', 0, 'latin1'); at >= 0; at = bytes.indexOf('stream', at + 6, 'latin1')) {
    if (bytes.toString('latin1', at - 3, at) === 'end') continue;
    const words = plainNames(bytes.toString('latin1', Math.max(0, at - DICTIONARY_BYTES), at));
    const dictionary = words.slice(Math.max(0, words.lastIndexOf('obj')));
    if (!/\/(?:First|ObjStm)(?![A-Za-z])/.test(dictionary)) continue;
    const end = bytes.indexOf('endstream', at, 'latin1');
    const unpacked = end < 0 ? null : unpack(bytes.subarray(afterLine(bytes, at + 6), end), dictionary, left);
    if (unpacked === null || acts(unpacked)) return false;
    left -= unpacked.length;
  }
  return true;
}

const afterLine = (bytes: Buffer, at: number): number =>
  bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? at + 2 : bytes[at] === 0x0a || bytes[at] === 0x0d ? at + 1 : at;

/** What is in a stream of objects; `null` when that cannot be said. */
function unpack(packed: Buffer, dictionary: string, most: number): string | null {
  const filter = /\/Filter\s*(\[[^\]]*\]|\/\w+|\d+ \d+ R)?/.exec(dictionary);
  if (!filter) return packed.length <= most ? packed.toString('latin1') : null;
  // Predictors turn the bytes around; nobody needs them for objects.
  if (!/^(?:\/FlateDecode|\[\s*\/FlateDecode\s*\])$/.test(filter[1] ?? '') || /\/Predictor/.test(dictionary))
    return null;
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, most) }).toString('latin1');
  } catch {
    return null;
  }
}
