/**
 * Why this file exists: where rooms come over plain HTTP, what goes wrong goes wrong request by request: one is lost, its
 * answer is lost, a box sends it twice or once more a while later. The half of the fault proxy that reads requests.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A request of a line as it passes. */
export interface PassingRequest {
  kind: 'open' | 'up' | 'down' | 'other';
  /** How many of its kind have passed before it. */
  index: number;
  bytes: number;
}

/**
 * What becomes of a request: `lose` before it reaches the server, `unanswered` behind it, `twice` at once, `again` once
 * more a while later.
 */
export type RequestFate = 'pass' | 'lose' | 'unanswered' | 'twice' | 'again' | { delay: number };

export interface RequestFaults {
  decide: (request: PassingRequest) => RequestFate;
  /** Takes over a connection that speaks plain HTTP. */
  take(socket: Socket): void;
  /** Kills every connection. */
  cut(): void;
}

/** How much later a copy comes, in milliseconds: behind requests that were made after it. */
const LATER_MS = 150;

/** `target` says the server's port. */
export function createRequestFaults(target: () => number): RequestFaults {
  const open = new Set<Socket>();
  const count = { open: 0, up: 0, down: 0, other: 0 };

  interface Answered {
    status: number;
    headers: string[];
    body: Buffer;
  }

  const forward = (incoming: IncomingMessage, body: Buffer): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const sent = request(
        { port: target(), method: incoming.method, path: incoming.url, headers: incoming.headers, agent: false },
        (answer) => {
          const pieces: Buffer[] = [];
          answer.on('data', (piece: Buffer) => pieces.push(piece));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 502,
              headers: answer.rawHeaders.filter(
                (_, i, all) => !/^(transfer-encoding|connection|keep-alive)$/i.test(all[i - (i % 2)] ?? ''),
              ),
              body: Buffer.concat(pieces),
            }),
          );
        },
      );
      const hungUp = (): void => void sent.destroy();
      incoming.socket.on('close', hungUp);
      sent.on('close', () => incoming.socket.off('close', hungUp));
      sent.on('error', reject);
      sent.end(body);
    });

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const kind = kindOf(incoming.url ?? '');
    const fate = faults.decide({ kind, index: count[kind]++, bytes: body.byteLength });
    const breakOff = (): void => void incoming.socket.destroy();
    if (fate === 'lose') return breakOff();
    if (typeof fate === 'object') await new Promise((resolve) => setTimeout(resolve, fate.delay));
    if (fate === 'again') setTimeout(() => forward(incoming, body).catch(() => {}), LATER_MS);
    const first = forward(incoming, body);
    const answers = fate === 'twice' ? [first, forward(incoming, body)] : [first];
    const answer = (await Promise.all(answers)).at(-1)!;
    if (fate === 'unanswered') return breakOff();
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.end(answer.body);
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });

  const faults: RequestFaults = {
    decide: () => 'pass',
    take(socket) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      server.emit('connection', socket);
    },
    cut() {
      for (const socket of open) socket.destroy();
    },
  };
  return faults;
}

function kindOf(path: string): PassingRequest['kind'] {
  const [, , last] = /^\/collab-line(\/[^/]+\/(up|down)\?)?/.exec(path) ?? [];
  if (last === 'up' || last === 'down') return last;
  return path.startsWith('/collab-line') ? 'open' : 'other';
}
