/**
 * Why this file exists: the reference of the field. Hocuspocus with its Database extension, storing into `node:sqlite`
 * with the schema and the statements of its SQLite extension (which brings a module compiled for another Node). All
 * settings are its own; nobody is asked who they are.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Database } from '@hocuspocus/extension-database';
import { Server } from '@hocuspocus/server';
import { answerAsServer } from './questions.ts';

const [folder, port] = process.argv.slice(2);
if (!folder) throw new Error('usage: hocuspocus.ts FOLDER [PORT]');

const db = new DatabaseSync(join(folder, 'hocuspocus.sqlite'));
db.exec('CREATE TABLE IF NOT EXISTS "documents" ("name" varchar(255) NOT NULL, "data" blob NOT NULL, UNIQUE(name))');

const server = new Server({
  port: Number(port ?? 0),
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  extensions: [
    new Database({
      fetch: async ({ documentName }) => {
        const row = db
          .prepare('SELECT data FROM "documents" WHERE name = $name ORDER BY rowid DESC')
          .get({ name: documentName });
        return row?.data instanceof Uint8Array ? row.data : null;
      },
      store: async ({ documentName, state }) => {
        db.prepare(
          'INSERT INTO "documents" ("name", "data") VALUES ($name, $data) ON CONFLICT(name) DO UPDATE SET data = $data',
        ).run({ name: documentName, data: state });
      },
    }),
  ],
});

answerAsServer(
  async () => {
    await server.listen();
    return { url: `http://127.0.0.1:${server.address.port}`, cookies: [], rooms: [] };
  },
  async () => {
    await server.destroy();
    db.close();
  },
);
