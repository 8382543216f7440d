/**
 * Why this file exists: groups that worked well are used again: a set of groups with the people in them is kept under a
 * name, for another round or another workshop of the same meeting. See shared/api.ts for the conventions.
 */
import { z } from 'zod';
import { idSchema, name } from '../api.ts';
import { groupInput } from './api.ts';

/** How many a meeting may have. */
export const MOST_GROUP_SETS = 50;

const groups = z
  .array(groupInput.omit({ id: true }))
  .min(1)
  .max(60);

export const groupSetSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    at: z.int(),
    /** Members may have left the meeting since. */
    groups: z.array(
      z.object({
        name: z.string(),
        topic: z.string(),
        place: z.string(),
        colour: z.int().optional(),
        members: z.array(idSchema),
      }),
    ),
  })
  .meta({ ref: 'GroupSet' });
export type GroupSet = z.infer<typeof groupSetSchema>;
/** By name. */
export const groupSetListSchema = z.object({ sets: z.array(groupSetSchema) });
export type GroupSetList = z.infer<typeof groupSetListSchema>;
export const groupSetInput = z.strictObject({ name: name(60), groups });
