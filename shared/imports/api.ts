/** Why this file exists: what page and server say to each other about taking documents in. */
import { z } from 'zod';
import { idSchema } from '../api.ts';
import { blocksSchema } from '../document/schema.ts';

/** A person decides at most so many rows. */
export const MOST_ROWS = 500;
const idOrNone = z.union([z.literal(''), idSchema]);

export const pieceSchema = z
  .object({
    number: z.string(),
    title: z.string(),
    depth: z.union([z.literal(0), z.literal(1)]),
    blocks: blocksSchema,
  })
  .meta({ ref: 'ImportPiece' });

/** What a document would become. It is kept for a while, under its id; nothing of it is in the meeting yet. */
export const importPreviewSchema = z
  .object({
    id: idSchema,
    title: z.string(),
    pieces: z.array(pieceSchema),
    /** What has no place in notes and is left out. */
    left: z.object({ pictures: z.int(), footnotes: z.int(), comments: z.int() }),
  })
  .meta({ ref: 'ImportPreview' });
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** punkt, avsnitt, underpunkt */
export const ROW_KINDS = ['item', 'section', 'under'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** What is to become of it, in order. A piece is named by its place in the preview; those not named are left out. */
export const importInput = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        title: z.string().trim().min(1).max(300),
        kind: z.enum(ROW_KINDS),
        pieces: z.array(z.int().min(0)).min(1).max(MOST_ROWS),
      }),
    )
    .min(1)
    .max(MOST_ROWS),
  /** In which sitting, in which section ('' at the top), right behind which of its rows ('' last). */
  place: z.strictObject({ sitting: idOrNone, section: idOrNone, after: idOrNone }),
});
export type ImportInput = z.infer<typeof importInput>;

/** The items that were made, in order. */
export const importedSchema = z.object({ items: z.array(idSchema) }).meta({ ref: 'Imported' });
export type Imported = z.infer<typeof importedSchema>;
