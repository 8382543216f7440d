/**
 * Why this file exists: what is sealed is handed out whole, in extracts or with something left out, and a log says to whom
 * and what. What is left out is taken out of the document before anything is drawn from it. A file that was handed out can
 * be made again from what the log keeps, and must then have the hash the log says.
 */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { ExportFormat } from '#shared/document/formats.ts';
import { type Id, newId } from '#shared/ids.ts';
import type { MinutesAttachment, MinutesDocument } from '#shared/minutes/document.ts';
import { dispatchInput } from '#shared/signoff/api.ts';
import { canonicalJson } from '#shared/signoff/canonical.ts';
import { extractOf } from '#shared/signoff/extract.ts';
import type { Seal } from '#shared/signoff/print.ts';
import { isRedaction, NO_REDACTION, type Redaction, redacted, redactedText } from '#shared/signoff/redact.ts';
import { FILE_TYPES, fileName, type MadeFile } from '../documents/files.ts';
import type { PackageInput } from '../documents/package.ts';
import { participantIn, requireIn } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller } from '../services.ts';
import { sha256 } from '../summaries/frozen.ts';
import type { SignOffContext } from './context.ts';
import type { Correction, MinutesRevision } from './ports.ts';

export type PackageFormat = ExportFormat | 'zip';
const ZIP_TYPE = 'application/zip';

/** What of a sealed protocol goes into a file. */
interface Wanted {
  format: PackageFormat;
  itemIds: readonly Id[] | null;
  redaction: Redaction;
  attachments: boolean;
  /** The first so many corrections. */
  corrections: number;
}

/** The only revision there is, or `not-found`. */
export async function sealedOf({ store }: SignOffContext, meetingId: Id, n = 1): Promise<MinutesRevision> {
  const revision = await store.revision(meetingId, n);
  if (!revision) throw notFound();
  return revision;
}

/** A file of the whole sealed protocol, for everybody who may take a protocol along. */
export async function sealedFile(
  context: SignOffContext,
  caller: Caller,
  meetingId: Id,
  n: number,
  format: PackageFormat,
): Promise<MadeFile> {
  requireIn(await context.meeting(meetingId), caller.personId, 'export-minutes');
  const revision = await sealedOf(context, meetingId, n);
  const corrections = await context.store.corrections(meetingId);
  const all = { itemIds: null, redaction: NO_REDACTION, attachments: true, corrections: corrections.length };
  return made(context, meetingId, revision, corrections, { format, ...all }, caller.personId);
}

async function made(
  context: SignOffContext,
  meetingId: Id,
  revision: MinutesRevision,
  corrections: readonly Correction[],
  { format, itemIds, redaction, attachments, corrections: most }: Wanted,
  by: Id,
): Promise<MadeFile> {
  const whole = JSON.parse(revision.json) as MinutesDocument;
  const extract = extractOf(whole, itemIds);
  const document = redacted(extract, redaction, revision.guests);
  const published = isRedaction(redaction);
  const of: Seal['of'] =
    itemIds === null ? (published ? 'published' : 'whole') : published ? 'published-extract' : 'extract';
  // Never the hash of the whole in what is published: with it somebody could try what was left out.
  const seal: Seal = { sha256: sha256(canonicalJson(document)), of };
  const name = nameOf(document, of, format);
  if (format !== 'zip') {
    const bytes = await context.files.make({ of: 'sealed', format, document, seal }, by);
    return { name, type: FILE_TYPES[format], bytes: new Uint8Array(bytes) };
  }
  const shown = (text: string): string => redactedText(text, redaction, revision.guests, document.language);
  const numbers = new Map(whole.items.map(({ id, number }) => [id, number]));
  const chosen = itemIds === null ? null : new Set<Id>(itemIds);
  const input = async (): Promise<PackageInput> => ({
    document,
    seal,
    sealed: { at: revision.at, by: shown(revision.person) },
    corrections: corrections
      .slice(0, most)
      .filter(({ itemId }) => chosen === null || itemId === null || chosen.has(itemId))
      .map(({ n, at, person, itemId, text, reason }) => ({
        n,
        at,
        person: shown(person),
        item: itemId === null ? '' : (numbers.get(itemId) ?? ''),
        text: shown(text),
        reason: shown(reason),
      })),
    // Nothing can be taken out of an attachment, so what is published has none.
    attachments: attachments && !published ? await bytesOf(context, meetingId, attachmentsOf(document)) : [],
  });
  // The attachments may be large: they are read when its turn has come, and not while it waits.
  const bytes = await context.files.make(async () => ({ of: 'package', format: 'zip', input: await input() }), by);
  return { name, type: ZIP_TYPE, bytes: new Uint8Array(bytes) };
}

/** In the order in which they stand: those of the items, then the meeting's own. */
const attachmentsOf = ({ items, attachments }: MinutesDocument): MinutesAttachment[] => [
  ...items.flatMap((item) => item.attachments),
  ...attachments,
];

async function bytesOf(
  { attachments }: SignOffContext,
  meetingId: Id,
  wanted: readonly MinutesAttachment[],
): Promise<PackageInput['attachments']> {
  const found: PackageInput['attachments'] = [];
  for (const { id, label, name, mediaType, sha256: hash } of wanted) {
    const bytes = await attachments.bytes(meetingId, id);
    // What was sealed is what is handed out, or nothing is.
    const same = bytes !== null && createHash('sha256').update(bytes).digest('hex') === hash;
    found.push({ label, name, mediaType, bytes: same ? bytes : null });
  }
  return found;
}

function nameOf({ header, language }: MinutesDocument, of: Seal['of'], format: PackageFormat): string {
  const sv = { whole: 'Protokoll', extract: 'Protokollsutdrag' };
  const en = { whole: 'Minutes', extract: 'Extract' };
  const words = language === 'sv' ? sv : en;
  const what = of === 'extract' || of === 'published-extract' ? words.extract : words.whole;
  const published = of.startsWith('published') ? (language === 'sv' ? 'publicerat' : 'published') : '';
  const parts = [what, published, header.sittings[0]?.date ?? '', header.title || header.body];
  return fileName(
    parts.filter((part) => part !== ''),
    format,
  );
}

type Asked = z.output<typeof dispatchInput>;

/** Hands something out: makes it, and logs who got it. By chair and secretary. */
export async function dispatch(context: SignOffContext, caller: Caller, meetingId: Id, asked: Asked): Promise<void> {
  requireIn(await context.meeting(meetingId), caller.personId, 'dispatch-minutes');
  const revision = await sealedOf(context, meetingId);
  const document = JSON.parse(revision.json) as MinutesDocument;
  const known = new Set(document.items.map(({ id }) => id));
  if (asked.itemIds?.some((id) => !known.has(id)))
    throw new Refusal('bad-request', 'There is no such item.', { fields: { itemIds: 'missing' } });
  const corrections = await context.store.corrections(meetingId);
  const wanted = { ...asked, corrections: corrections.length };
  const file = await made(context, meetingId, revision, corrections, wanted, caller.personId);
  const done = await context.store.dispatch(meetingId, (meeting, sealed) => {
    const { name, personId } = requireIn(meeting, caller.personId, 'dispatch-minutes');
    if (!sealed) throw new Refusal('not-allowed-now', 'Nothing is sealed.');
    return {
      id: newId(),
      at: context.clock(),
      personId,
      person: name,
      to: asked.to,
      asked: JSON.stringify(asked),
      name: file.name,
      size: file.bytes.byteLength,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      corrections: corrections.length,
    };
  });
  if (!done) throw notFound();
  context.told(meetingId);
}

/** What was handed out, once more. Refuses when it can no longer be made as it was. */
export async function dispatchedFile(
  context: SignOffContext,
  caller: Caller,
  meetingId: Id,
  dispatchId: Id,
): Promise<MadeFile> {
  const meeting = await context.meeting(meetingId);
  participantIn(meeting, caller.personId);
  // What is not of this meeting is not there, whatever may be done in it now.
  const found = (await context.store.dispatches(meetingId)).find(({ id }) => id === dispatchId);
  if (!found) throw notFound();
  requireIn(meeting, caller.personId, 'dispatch-minutes');
  const asked = dispatchInput.parse(JSON.parse(found.asked));
  const [revision, corrections] = [await sealedOf(context, meetingId), await context.store.corrections(meetingId)];
  const wanted = { ...asked, corrections: found.corrections };
  const file = await made(context, meetingId, revision, corrections, wanted, caller.personId);
  if (createHash('sha256').update(file.bytes).digest('hex') !== found.sha256)
    throw new Refusal('conflict', 'It cannot be made as it was.', { fields: { sha256: 'changed' } });
  return { ...file, name: found.name };
}
