/**
 * Why this file exists: who is refused is told so by a closing handshake, and whoever does not answer it would hold a
 * socket meanwhile. Nobody of them has shown who they are, so there is room for few: beyond that the one waited for
 * longest is cut off.
 */
import type { WebSocket } from 'ws';

/** Closing handshakes of refused peers that are waited for at the same time. */
const AT_ONCE = 256;

export class ShownOut {
  readonly #waiting = new Set<WebSocket>();

  /** Closes a socket that nothing else listens to. */
  close(socket: WebSocket, code: number, reason: string): void {
    this.#waiting.add(socket);
    socket.on('close', () => this.#waiting.delete(socket));
    socket.close(code, reason);
    if (this.#waiting.size <= AT_ONCE) return;
    const [oldest] = this.#waiting;
    oldest?.terminate();
  }

  /** Cuts off everybody who is still waited for. */
  terminate(): void {
    for (const socket of this.#waiting) socket.terminate();
  }
}
