/**
 * Why this file exists: a browser names its origin and carries its cookie by itself; here a person's requests over a line
 * do, also when they go by way of a proxy on another port.
 */
import { request } from 'node:http';
import { lineSocketClass } from '../../client/collab/line-socket.ts';
import type { SignedIn } from './people.ts';

/** A fetch for a line that says who it is in the headers a browser would send. */
export function lineFetch(person: SignedIn, headers: Record<string, string> = {}): typeof fetch {
  return (input, init = {}) =>
    new Promise((resolve, reject) => {
      const sent = request(
        String(input),
        {
          method: init.method ?? 'GET',
          headers: {
            ...(init.headers as Record<string, string>),
            origin: person.url,
            // The server answers to its own name only.
            host: new URL(person.url).host,
            cookie: person.cookie,
            'content-length': String((init.body as Uint8Array | undefined)?.byteLength ?? 0),
            ...headers,
          },
        },
        (answer) => {
          const pieces: Buffer[] = [];
          answer.on('data', (piece: Buffer) => pieces.push(piece));
          answer.on('error', reject);
          answer.on('end', () => {
            const status = answer.statusCode ?? 0;
            const body = status === 204 ? null : Buffer.concat(pieces);
            const retry = answer.headers['retry-after'];
            resolve(new Response(body, { status, headers: retry ? { 'retry-after': retry } : {} }));
          });
        },
      );
      init.signal?.addEventListener('abort', () => sent.destroy(new Error('aborted')));
      sent.on('error', reject);
      sent.end(init.body as Uint8Array | undefined);
    });
}

/** A `WebSocket` class over a line, as {@link socketOf} is one over a socket. */
export const lineSocketOf = (person: SignedIn): typeof WebSocket => lineSocketClass(lineFetch(person));
