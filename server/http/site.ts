/**
 * Why this file exists: the public address is the one thing that links, cookies, origins and policies are made from,
 * and it may be known only once the server listens. Nothing is ever made from a request's own headers.
 */
export interface Site {
  /** Without a slash at the end. */
  origin: string;
  /** As in a Host header. */
  host: string;
  secure: boolean;
}

/** From an origin such as `https://radslag.example.se`. */
export function siteFrom(origin: string): Site {
  const url = new URL(origin);
  return { origin: url.origin, host: url.host, secure: url.protocol === 'https:' };
}

/** The origin for somebody who listens on `host` and says nothing else: names that mean "everywhere" become localhost. */
export function defaultOrigin(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return new URL(`http://${name}:${port}`).origin;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a Host header names this machine to itself, with any port. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host.toLowerCase().replace(/:\d+$/, ''));
}
