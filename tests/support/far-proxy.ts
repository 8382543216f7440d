/**
 * Why this file exists: a server on the other side of the country, on loopback: everything takes as long as one says, in
 * each direction, in order and whole.
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface FarProxy {
  port: number;
  close(): Promise<void>;
}

/** `oneWayMs`: half of a round trip. Connections that are already made; the handshake of a new one takes no time. */
export async function createFarProxy(target: number, oneWayMs: number): Promise<FarProxy> {
  const open = new Set<Socket>();
  const late = (from: Socket, to: Socket): void => {
    from.setNoDelay(true);
    from.on('data', (bytes: Buffer) => setTimeout(() => to.writable && to.write(bytes), oneWayMs));
    from.on('error', () => {});
    open.add(from);
    from.on('close', () => {
      open.delete(from);
      setTimeout(() => to.destroy(), oneWayMs);
    });
  };
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    late(upstream, client);
    late(client, upstream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return {
    port: address.port,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
