/**
 * Why this file exists: which kinds of files a meeting takes, what each is called, and what may be shown in place. What is not
 * in this list is refused: pages, drawings that are pages (SVG), programs, archives.
 */

interface KindFacts {
  mediaType: string;
  /** Without the dot; the first is what a file without one gets. */
  endings: readonly string[];
  /** Whether one in which nothing can act may be shown in place. */
  shown: boolean;
}

const office = (tail: string): string => `application/vnd.openxmlformats-officedocument.${tail}`;
const open = (tail: string): string => `application/vnd.oasis.opendocument.${tail}`;

export const FILE_KINDS = {
  pdf: { mediaType: 'application/pdf', endings: ['pdf'], shown: true },
  docx: { mediaType: office('wordprocessingml.document'), endings: ['docx'], shown: false },
  xlsx: { mediaType: office('spreadsheetml.sheet'), endings: ['xlsx'], shown: false },
  pptx: { mediaType: office('presentationml.presentation'), endings: ['pptx'], shown: false },
  odt: { mediaType: open('text'), endings: ['odt'], shown: false },
  ods: { mediaType: open('spreadsheet'), endings: ['ods'], shown: false },
  odp: { mediaType: open('presentation'), endings: ['odp'], shown: false },
  png: { mediaType: 'image/png', endings: ['png'], shown: true },
  jpeg: { mediaType: 'image/jpeg', endings: ['jpg', 'jpeg'], shown: true },
  gif: { mediaType: 'image/gif', endings: ['gif'], shown: true },
  webp: { mediaType: 'image/webp', endings: ['webp'], shown: true },
  text: { mediaType: 'text/plain', endings: ['txt'], shown: false },
  csv: { mediaType: 'text/csv', endings: ['csv'], shown: false },
} as const satisfies Record<string, KindFacts>;

export type FileKind = keyof typeof FILE_KINDS;
export const FILE_KIND_NAMES = Object.keys(FILE_KINDS) as [FileKind, ...FileKind[]];

/** What a file dialog offers. */
export const ACCEPTED_ENDINGS: readonly string[] = FILE_KIND_NAMES.flatMap((kind) =>
  FILE_KINDS[kind].endings.map((ending) => `.${ending}`),
);

/** The ending of a name in small letters, without the dot; '' when it has none. */
export function endingOf(name: string): string {
  return /[^.]\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** Which kind a name claims to be; `null` for one we do not take, `''` for a name without an ending. */
export function claimedKind(name: string): FileKind | '' | null {
  const ending = endingOf(name);
  if (ending === '') return '';
  return FILE_KIND_NAMES.find((kind) => (FILE_KINDS[kind].endings as readonly string[]).includes(ending)) ?? null;
}

/** Whether a raster image; there are no others among the kinds. */
export function isImageType(mediaType: string): boolean {
  return mediaType.startsWith('image/');
}
