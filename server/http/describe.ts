/**
 * Why this file exists: every route says what it is for and what it answers in one short line; the OpenAPI document is
 * made from these and from the validators.
 */
import { describeRoute, resolver } from 'hono-openapi';
import type { z } from 'zod';
import { type ErrorCode, errorSchema } from '#shared/api.ts';
import { STATUS } from './errors.ts';

/** `answer` is the schema of the 200 body, or `null` for 204. The errors every route can give need not be named. */
export function describe(
  tag: string,
  operationId: string,
  summary: string,
  answer: z.ZodType | null,
  ...errors: ErrorCode[]
) {
  return describeAs(
    tag,
    operationId,
    summary,
    answer === null
      ? { 204: { description: 'Done' } }
      : { 200: { description: 'OK', content: { 'application/json': { schema: resolver(answer) } } } },
    errors,
  );
}

type Responses = NonNullable<Parameters<typeof describeRoute>[0]['responses']>;

function describeAs(
  tag: string,
  operationId: string,
  summary: string,
  answers: Responses,
  errors: readonly ErrorCode[],
) {
  const failures: Record<number, ErrorCode[]> = {};
  for (const code of errors) {
    const status = STATUS[code];
    failures[status] = [...(failures[status] ?? []), code];
  }
  const error = { 'application/json': { schema: resolver(errorSchema) } };
  return describeRoute({
    tags: [tag],
    operationId,
    summary,
    responses: {
      ...answers,
      ...Object.fromEntries(
        Object.entries(failures).map(([status, codes]) => [status, { description: codes.join(', '), content: error }]),
      ),
    },
  });
}

/** As {@link describe}, for a route that answers with a file of one of these types. */
export function describeFile(
  tag: string,
  operationId: string,
  summary: string,
  types: readonly string[],
  ...errors: ErrorCode[]
) {
  return describeAs(
    tag,
    operationId,
    summary,
    { 200: { description: 'The file', content: Object.fromEntries(types.map((type) => [type, {}])) } },
    errors,
  );
}
