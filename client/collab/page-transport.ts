/**
 * Why this file exists: the page's one {@link Transport}: whether sockets get through is the same for all its rooms.
 */
import { lineSocketClass } from './line-socket.ts';
import { Transport } from './transport.ts';

const REACHES_MS = 8_000;

/** Whether the server answers plain requests. */
async function reaches(): Promise<boolean> {
  const response = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(REACHES_MS) });
  return response.ok;
}

/** What remembers as long as the tab lives; a browser may forbid it. */
function tabMemory(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

let transport: Transport | null = null;

/** Made at the first call; `null` where there is no page. */
export function pageTransport(): Transport | null {
  if (typeof window === 'undefined') return null;
  transport ??= new Transport({
    sockets: { socket: WebSocket, line: lineSocketClass((...request) => fetch(...request)) },
    reaches,
    memory: tabMemory(),
  });
  return transport;
}
