/**
 * Why this file exists: hono-openapi's validator answers a wrong form with the form itself, passwords included. Every
 * route uses these two instead, which say only which fields are wrong.
 */
import { validator } from 'hono-openapi';
import { z } from 'zod';
import { idSchema } from '#shared/api.ts';
import { notFound, Refusal } from '../refusal.ts';
import { type FormIssue, fieldsOf } from './fields.ts';

/** Validates the JSON body; `bad-request` with the fields. */
export function body<S extends z.ZodType>(schema: S) {
  return validator('json', schema, (result) => {
    if (!result.success)
      throw new Refusal('bad-request', 'The form is wrong.', {
        fields: fieldsOf(result.error as readonly FormIssue[]),
      });
  });
}

/** Validates ids in the path; what is not an id names nothing. */
export function ids<const Names extends readonly string[]>(...names: Names) {
  const shape = Object.fromEntries(names.map((name) => [name, idSchema])) as Record<Names[number], typeof idSchema>;
  return validator('param', z.object(shape), (result) => {
    if (!result.success) throw notFound();
  });
}
