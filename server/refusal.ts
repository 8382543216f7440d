/**
 * Why this file exists: a use case that says no says it in one way, with one of the API's codes. HTTP translates it at
 * its edge; nothing below knows status codes.
 */
import type { ErrorCode } from '#shared/api.ts';

export interface RefusalDetails {
  /** Which fields are wrong: path → code. Never their values. */
  fields?: Record<string, string>;
  /** Seconds to wait. */
  retryAfter?: number;
}

/** An expected "no". The message is for logs and API readers and must never hold what a user wrote. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly details: RefusalDetails;

  constructor(code: ErrorCode, message: string, details: RefusalDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** The answer for what does not exist and for what the caller may not know exists: they must be the same. */
export function notFound(): Refusal {
  return new Refusal('not-found', 'There is no such thing here.');
}
