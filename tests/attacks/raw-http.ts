/**
 * Why this file exists: HTTP as bytes over TCP, because every client library refuses to send what an attacker sends.
 */
import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 when the connection ended without an answer. */
  status: number;
  /** Names in lower case; of a name that comes twice the last. */
  headers: Record<string, string>;
  body: string;
  /** How many answers came on this connection. */
  answers: number;
  /** Everything that came, as Latin-1. */
  text: string;
}

const NONE: RawAnswer = { status: 0, headers: {}, body: '', answers: 0, text: '' };

function parse(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return { ...NONE, text };
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return {
    status: Number(first.split(' ')[1]),
    headers,
    body: Buffer.from(text.slice(end + 4), 'latin1').toString('utf8'),
    answers: text.match(/HTTP\/1\.1 (?!100)\d{3} /g)?.length ?? 0,
    text,
  };
}

function complete(answer: RawAnswer): boolean {
  if (answer.status === 0) return false;
  const length = answer.headers['content-length'];
  if (length !== undefined) return Buffer.byteLength(answer.body) >= Number(length);
  if (answer.headers['transfer-encoding'] === 'chunked') return answer.text.endsWith('0\r\n\r\n');
  return answer.status === 101 || answer.status === 204 || answer.status === 304;
}

/**
 * Sends the chunks one after the other and resolves with the answer when it is whole, when the server closes, or after
 * `patience` milliseconds with what came until then. With `toEnd` it waits for the server to close, to count answers.
 */
export async function rawHttp(
  port: number,
  chunks: string | Uint8Array | readonly (string | Uint8Array)[],
  options: { patience?: number; toEnd?: boolean } = {},
): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let answer = NONE;
  socket.on('error', () => {});
  const done = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      answer = parse(text);
      if (!options.toEnd && complete(answer)) resolve();
    });
    socket.on('close', () => resolve());
    socket.setTimeout(options.patience ?? 25_000, () => resolve());
  });
  await Promise.race([once(socket, 'connect'), done]);
  for (const chunk of Array.isArray(chunks) ? chunks : [chunks]) {
    if (socket.destroyed) break;
    socket.write(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : (chunk as Uint8Array));
  }
  await done;
  socket.destroy();
  return answer;
}

/** A whole request: method and path as given, these headers and no others, and a body as it is. */
export function request(
  method: string,
  path: string,
  headers: readonly (readonly [string, string])[],
  body: string | Uint8Array = '',
): Uint8Array {
  const head = [`${method} ${path} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\r\n');
  return Buffer.concat([
    Buffer.from(`${head}\r\n\r\n`, 'latin1'),
    typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
  ]);
}
