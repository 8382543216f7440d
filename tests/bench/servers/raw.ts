/**
 * Why this file exists: the limit. A bare `ws` server that hands every frame unread to the others in the room: no
 * accounts, no checks, nothing kept. What Rådslag costs is told beside what cannot be avoided.
 */
import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerAsServer, type Target } from './questions.ts';

const rooms = new Map<string, Set<WebSocket>>();
const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false });

sockets.on('connection', (socket, request) => {
  const name = request.url ?? '';
  const room = rooms.get(name) ?? new Set();
  rooms.set(name, room.add(socket));
  socket.on('message', (frame: Buffer) => {
    for (const other of room) if (other !== socket) other.send(frame);
  });
  socket.on('close', () => {
    room.delete(socket);
    if (room.size === 0 && rooms.get(name) === room) rooms.delete(name);
  });
  socket.on('error', () => socket.terminate());
});

function listening(): Promise<Target> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(process.argv[3] ?? 0), '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no address');
      resolve({ url: `http://127.0.0.1:${address.port}`, cookies: [], rooms: [] });
    });
  });
}

answerAsServer(listening, async () => {
  server.closeAllConnections();
  server.close();
});
