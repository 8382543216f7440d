/**
 * Why this file exists: requests as a script would make them: any method, any headers, any body, as anybody.
 */
import type { Person } from './protocol.ts';
import type { World } from './world.ts';

export interface Called {
  status: number;
  /** The error's code, or '' when there is none. */
  error: string;
  text: string;
  headers: Headers;
}

/** Calls as our own page would; headers given win, and an empty value takes one away. */
export async function call(
  world: World,
  as: Person | null,
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
): Promise<Called> {
  const headers = new Headers({ origin: world.url, ...(as ? { cookie: as.cookie } : {}) });
  if (body !== undefined) headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(more)) {
    if (value === '') headers.delete(name);
    else headers.set(name, value);
  }
  const response = await fetch(world.url + path, {
    method,
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const code = /^\{"error":\{"code":"([a-z-]+)"/.exec(text)?.[1] ?? '';
  return { status: response.status, error: code, text, headers: response.headers };
}
