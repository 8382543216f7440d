/**
 * Why this file exists: all that an archive or a receiver wants of a protocol in one file: every kind of it, its
 * attachments in order, corrections, and a manifest that says what is there and what each part's hash is. It is made in
 * the thread that makes files; the same protocol gives the same bytes.
 */
import { createHash } from 'node:crypto';
import { EXPORT_FORMATS } from '#shared/document/formats.ts';
import type { MinutesDocument } from '#shared/minutes/document.ts';
import type { Seal } from '#shared/signoff/print.ts';
import { FILE_TYPES, fileName } from './files.ts';
import type { Job } from './job.ts';
import { writeZip, type ZipEntry } from './zip.ts';

export interface PackageCorrection {
  n: number;
  at: number;
  person: string;
  /** Number of the item; '' for the whole. */
  item: string;
  text: string;
  reason: string;
}

/** Plain values: it goes to another thread. */
export interface PackageInput {
  /** What is handed out, after items and words were left out. */
  document: MinutesDocument;
  seal: Seal;
  /** Who sealed it and when; the name as it may be shown. */
  sealed: { at: number; by: string };
  corrections: PackageCorrection[];
  /** In order; `bytes` is `null` for one that is not there any more. */
  attachments: { label: string; name: string; mediaType: string; bytes: Uint8Array | null }[];
}

/** What the PDF of this build is; the README says the same. */
export const PDF_KIND = { version: '1.7', tagged: true, pdfa: null, pdfua: null } as const;

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const text = (whole: string): Uint8Array => new TextEncoder().encode(whole);

/** The attachments' names in the archive, in order; nothing in a name can lead out of its folder. */
function attachmentName({ label, name }: { label: string; name: string }, n: number): string {
  const dot = name.lastIndexOf('.');
  const ending =
    dot > 0
      ? name
          .slice(dot + 1)
          .toLowerCase()
          .replace(/[^a-z0-9]/g, '')
          .slice(0, 8)
      : '';
  const stem = ending === '' ? name : name.slice(0, dot);
  return `bilagor/${String(n + 1).padStart(2, '0')}-${fileName([label, stem], ending || 'bin')}`;
}

function correctionsText(corrections: readonly PackageCorrection[], { language }: MinutesDocument): string {
  const words =
    language === 'sv'
      ? { title: 'Rättelser', n: 'Rättelse', item: 'Punkt', why: 'Skäl' }
      : { title: 'Corrections', n: 'Correction', item: 'Item', why: 'Reason' };
  const plain = (line: string): string =>
    line.replace(/\s+/gu, ' ').replace(/[\\`*_{}[\]<>|~#]/g, (sign) => `\\${sign}`);
  const parts = corrections.map(({ n, at, person, item, text: said, reason }) =>
    [
      `## ${words.n} ${n}, ${new Date(at).toISOString().slice(0, 10)}, ${plain(person)}`,
      ...(item === '' ? [] : [`${words.item} ${plain(item)}`]),
      plain(said),
      `${words.why}: ${plain(reason)}`,
    ].join('\n\n'),
  );
  return `# ${words.title}\n\n${parts.join('\n\n')}\n`;
}

/** The archive. `make` makes one of its files. */
export async function packageFile(
  { document, seal, sealed, corrections, attachments }: PackageInput,
  make: (job: Job) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const files: (ZipEntry & { mediaType: string })[] = [];
  for (const format of EXPORT_FORMATS)
    files.push({
      name: `protokoll.${format}`,
      mediaType: FILE_TYPES[format],
      bytes: await make({ of: 'sealed', format, document, seal }),
    });
  if (corrections.length > 0)
    files.push(
      { name: 'rattelser.json', mediaType: FILE_TYPES.json, bytes: text(`${JSON.stringify(corrections, null, 2)}\n`) },
      { name: 'rattelser.md', mediaType: FILE_TYPES.md, bytes: text(correctionsText(corrections, document)) },
    );
  const missing: string[] = [];
  for (const [n, one] of attachments.entries()) {
    if (one.bytes === null) missing.push(one.label);
    else files.push({ name: attachmentName(one, n), mediaType: one.mediaType, bytes: one.bytes });
  }
  const { header, language, style, meeting, signatures, imported } = document;
  const manifest = {
    format: 'radslag-package',
    version: 1,
    body: header.body,
    title: header.title,
    registryNumber: header.registryNumber,
    dates: header.sittings.map(({ date }) => date),
    meeting: meeting.id,
    language,
    style,
    ...(imported ? { imported: { at: new Date(imported.at).toISOString(), by: imported.by } } : {}),
    of: seal.of,
    sealed: {
      at: new Date(sealed.at).toISOString(),
      by: sealed.by,
      signatures: signatures.map(({ name, role, signedAt }) => ({
        name,
        role,
        // What only a file claims is nobody's signature here.
        at: signedAt === null || imported?.signatures ? null : new Date(signedAt).toISOString(),
      })),
    },
    document: { file: 'protokoll.json', sha256: seal.sha256, canonical: 'RFC 8785', schema: 'radslag-minutes-1' },
    pdf: PDF_KIND,
    corrections: corrections.length,
    missingAttachments: missing,
    files: files.map(({ name, mediaType, bytes }) => ({
      name,
      mediaType,
      size: bytes.byteLength,
      sha256: hashOf(bytes),
    })),
  };
  const first = { name: 'manifest.json', bytes: text(`${JSON.stringify(manifest, null, 2)}\n`) };
  return writeZip([first, ...files.map(({ name, bytes }) => ({ name, bytes }))]);
}
