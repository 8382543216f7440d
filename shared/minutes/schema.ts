/**
 * Why this file exists: a protocol comes back from its JSON without loss, and only if it is one. The same schema is
 * published (docs/minutes.schema.json); tests compare both.
 */
import { z } from 'zod';
import { ITEM_KINDS, type ItemKind } from '../agenda.ts';
import { idSchema } from '../api.ts';
import { blocksSchema, depthOf, MAX_FILE_DEPTH } from '../document/schema.ts';
import { LANGUAGES } from '../terms.ts';
import {
  DECISION_METHODS,
  DECISION_OUTCOMES,
  DISSENT_KINDS,
  MINUTES_STYLES,
  type MinutesDocument,
} from './document.ts';

const text = z.string().max(20_000);
const idOrNone = z.union([z.literal(''), idSchema]);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const moment = z.int();
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const sitting = z
  .strictObject({
    id: idSchema,
    label: text,
    date: z.iso.date(),
    start: clock,
    end: clock,
    when: text,
    place: text,
  })
  .meta({ id: 'Sitting' });

const person = z
  .strictObject({ personId: idSchema.nullable(), name: text, title: text, phrase: text })
  .meta({ id: 'Person' });
const list = z
  .strictObject({
    title: text,
    by: text,
    groups: z.array(z.strictObject({ label: text, people: z.array(person) })),
  })
  .meta({ id: 'List' });

const summary = z
  .strictObject({
    revision: z.int().min(1),
    at: moment,
    by: text,
    sha256,
    sections: z.array(z.strictObject({ heading: text, blocks: blocksSchema })),
  })
  .meta({ id: 'Summary' });

const decision = z
  .strictObject({
    id: idSchema,
    label: text,
    outcome: z.enum(DECISION_OUTCOMES),
    lead: text,
    clauses: z.array(z.strictObject({ id: idSchema, text, original: text.nullable(), reason: text })),
    motivation: text,
    method: z.enum(DECISION_METHODS),
    counts: text,
    dissents: z.array(z.strictObject({ kind: z.enum(DISSENT_KINDS), who: text, text })),
    present: text,
    at: moment,
  })
  .meta({ id: 'Decision' });

const attachment = z
  .strictObject({ id: idSchema, label: text, name: text, mediaType: text, size: z.int().min(0), sha256 })
  .meta({ id: 'Attachment' });

const kinds = ITEM_KINDS.filter((kind): kind is Exclude<ItemKind, 'break'> => kind !== 'break');
const item = z
  .strictObject({
    id: idSchema,
    number: text,
    level: z.int().min(0).max(2),
    kind: z.enum(kinds as [Exclude<ItemKind, 'break'>]),
    title: text,
    sittingId: idOrNone,
    treatment: z.int().min(1).nullable(),
    presenters: z.array(z.strictObject({ name: text, title: text, organisation: text })),
    blocks: blocksSchema,
    summary: summary.nullable(),
    nothingToReport: z.boolean(),
    decisions: z.array(decision),
    reopenings: z.array(z.strictObject({ at: moment, when: text, by: text, reason: text })),
    actions: z.array(z.strictObject({ id: idSchema, text, owner: text, due: text, done: z.boolean(), source: text })),
    attachments: z.array(attachment),
  })
  .meta({ id: 'Item' });

const signature = z
  .strictObject({
    personId: idSchema,
    name: text,
    title: text,
    role: z.enum(['chair', 'viceChair', 'secretary', 'verifier']),
    capacity: text,
    signedAt: moment.nullable(),
  })
  .meta({ id: 'Signature' });

/** A whole protocol, exactly. */
export const minutesSchema = z.strictObject({
  format: z.literal('radslag-minutes'),
  version: z.literal(1),
  language: z.enum(LANGUAGES),
  style: z.enum(MINUTES_STYLES),
  meeting: z.strictObject({ id: idSchema, timeZone: text }),
  header: z.strictObject({
    body: text,
    title: text,
    registryNumber: text,
    sittings: z.array(sitting),
    place: text,
    officers: z.array(z.strictObject({ role: text, name: text })),
  }),
  attendance: z.array(list),
  items: z.array(item),
  attachments: z.array(attachment),
  signatures: z.array(signature),
  abbreviations: z.array(z.strictObject({ short: text, long: text })),
  appendix: z.array(z.strictObject({ title: text, blocks: blocksSchema })),
  imported: z.strictObject({ at: moment, by: text, signatures: z.boolean() }).optional(),
}) satisfies z.ZodType<MinutesDocument>;

/** What is published as docs/minutes.schema.json. */
export function minutesJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(minutesSchema, { target: 'draft-2020-12', io: 'input' }),
    $id: 'radslag-minutes-1',
    title: 'Rådslag: a protocol, version 1',
  };
}

/** The file of a protocol; {@link minutesFromJson} gives back exactly what went in. */
export const minutesToJson = (document: MinutesDocument): string => `${JSON.stringify(document, null, 2)}\n`;

/** A protocol from its file. Throws when it is not exactly one. */
export function minutesFromJson(file: string): MinutesDocument {
  const value: unknown = JSON.parse(file);
  if (depthOf(value) >= MAX_FILE_DEPTH) throw new Error('The file nests too deep.');
  return minutesSchema.parse(value);
}
