/**
 * Why this file exists: tests act as people who are signed in. The demo's links are the shortest honest way there.
 */

/** A signed-in person as the server sees them: a cookie, and the origin their requests come from. */
export interface SignedIn {
  url: string;
  cookie: string;
}

/** Opens a sign-in link of the demo and returns the cookie it sets, as `name=value`. Throws on any other answer. */
export async function signInByLink(link: string): Promise<SignedIn> {
  const answer = await fetch(link, { redirect: 'manual' });
  const set = answer.headers.getSetCookie();
  const cookie = set
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => pair !== '')
    .join('; ');
  if (answer.status !== 302 || cookie === '')
    throw new Error(`the link did not sign in: ${answer.status} ${await answer.text()}`);
  return { url: new URL(link).origin, cookie };
}

/** Calls the API as that person, with the Origin a browser would send. */
export function call(person: SignedIn, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(person.url + path, {
    method,
    redirect: 'manual',
    headers: {
      cookie: person.cookie,
      origin: person.url,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** Calls the API as that person and reads the answer's JSON. Throws on a refusal, with what it says. */
export async function ask<T>(person: SignedIn, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await call(person, method, path, body);
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
