/** Why this file exists: a small mail server on this machine, and one that misbehaves, for the tests of notices' mails. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Taken {
  from: string;
  to: string[];
  raw: string;
}

export interface PostOffice {
  url: string;
  taken: Taken[];
  /** Resolves when so many mails have been taken. */
  got(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A mail server that takes everything, but for what `options` say. */
export async function openPostOffice(options: SMTPServerOptions = {}): Promise<PostOffice> {
  const taken: Taken[] = [];
  const waiting: { count: number; resolve(): void }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, done) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(pieces).toString('utf8'),
        });
        done();
        for (const { count, resolve } of waiting) if (taken.length >= count) resolve();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    taken,
    got: (count) =>
      taken.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve })),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export type Script = (line: string, socket: Socket, mail: { body: boolean }) => void;

/** A server that says exactly what the script says, line by line; the greeting is the line ''. */
export async function openScripted(script: Script): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const mail = { body: false };
    let rest = '';
    script('', socket, mail);
    socket.on('data', (piece) => {
      rest += piece.toString('latin1');
      const lines = rest.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) script(line, socket, mail);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Everything goes well, up to and without the answer to the whole mail. */
export const upToTheEnd =
  (atEnd: (socket: Socket) => void, atData?: (socket: Socket) => void): Script =>
  (line, socket, mail) => {
    if (mail.body) {
      if (line === '.') {
        mail.body = false;
        atEnd(socket);
      } else atData?.(socket);
    } else if (line === '') socket.write('220 post.exempel.se\r\n');
    else if (/^(EHLO|HELO)/i.test(line)) socket.write('250 post.exempel.se\r\n');
    else if (/^DATA/i.test(line)) {
      mail.body = true;
      socket.write('354 Skriv\r\n');
    } else socket.write('250 OK\r\n');
  };
