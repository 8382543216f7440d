/**
 * Why this file exists: the one edge at which errors become answers. What the API's client gets is a code, a sentence
 * without anything of what was sent, and a number to ask about; the rest stays in the log.
 */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ZodError } from 'zod';
import type { ApiError, ErrorCode } from '#shared/api.ts';
import { Refusal, type RefusalDetails } from '../refusal.ts';
import type { AppEnv } from './env.ts';
import { fieldsOf } from './fields.ts';

/** The status each code is answered with. */
export const STATUS: Record<ErrorCode, ContentfulStatusCode> = {
  'bad-request': 400,
  'not-signed-in': 401,
  'wrong-password': 401,
  'too-many-attempts': 429,
  forbidden: 403,
  'wrong-origin': 403,
  'not-found': 404,
  conflict: 409,
  'email-taken': 409,
  'name-taken': 409,
  'link-used': 409,
  'too-large': 413,
  'not-allowed-now': 409,
  storage: 503,
  'not-ready': 503,
  internal: 500,
};

/** An answer in the API's error shape, with another status than the code's own where HTTP has a better one. */
export function errorResponse(
  c: Context<AppEnv>,
  code: ErrorCode,
  message: string,
  details: RefusalDetails = {},
  status: ContentfulStatusCode = STATUS[code],
): Response {
  if (details.retryAfter !== undefined) c.header('Retry-After', String(details.retryAfter));
  const body: ApiError = { error: { code, message, requestId: c.var.requestId, ...details } };
  return c.json(body, status);
}

/** What kind of failure this is: a refusal, a form that slipped past its route's validator, or our own mistake. */
export function toResponse(error: Error, c: Context<AppEnv>): Response {
  if (error instanceof Refusal) return errorResponse(c, error.code, error.message, error.details);
  if (error instanceof ZodError)
    return errorResponse(c, 'bad-request', 'The form is wrong.', { fields: fieldsOf(error.issues) });
  if (error instanceof HTTPException && error.status < 500)
    return errorResponse(c, error.status === 413 ? 'too-large' : 'bad-request', 'The request is wrong.');
  if (error.name === 'StorageUnavailable' || ('code' in error && error.code === 'ERR_SQLITE_ERROR'))
    return errorResponse(c, 'storage', 'The data could not be read or written.');
  if (error.name === 'RoomHeld') return errorResponse(c, 'not-allowed-now', 'The room may not be written in now.');
  return errorResponse(c, 'internal', 'Something went wrong here; the request id says what.');
}
