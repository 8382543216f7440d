/** Why this file exists: one way to call the API, and one kind of error for everything that can go wrong on the way. */
import { hc } from 'hono/client';
import type { ApiError, ErrorCode } from '#shared/api.ts';
import type { AppType } from '../../server/http/app.ts';

/** The API, typed by the server's own routes. */
export const http = hc<AppType>('/');

/** `offline` means that no answer came: nothing is known about what the server did. */
export type FailureCode = ErrorCode | 'offline';

export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly code: FailureCode;
  /** Which fields are wrong: path → code. */
  readonly fields: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Seconds to wait, with `too-many-attempts`. */
  readonly retryAfter: number | undefined;

  constructor(code: FailureCode, details: Partial<ApiError['error']> = {}) {
    super(details.message ?? code);
    this.code = code;
    this.fields = details.fields ?? {};
    this.requestId = details.requestId ?? '';
    this.retryAfter = details.retryAfter;
  }
}

interface Answer<T> {
  ok: boolean;
  status: number;
  json(): Promise<T>;
}

/** Anything but an `ErrorBody`: what is left of an endpoint's answers when it succeeded. */
type Success<T> = Exclude<T, ApiError>;

async function settle<T>(call: Promise<Answer<T>>): Promise<Answer<T>> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch {
    throw new ApiFailure('offline');
  }
  if (answer.ok) return answer;
  const body = (await answer.json().catch(() => null)) as Partial<ApiError> | null;
  throw new ApiFailure(body?.error?.code ?? 'internal', body?.error ?? {});
}

/** The body of a successful answer; throws {@link ApiFailure} otherwise. */
export async function json<T>(call: Promise<Answer<T>>): Promise<Success<T>> {
  const answer = await settle(call);
  return (await answer.json()) as Success<T>;
}

/** For answers without a body. */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  await settle(call);
}
