/**
 * The backup that the README recommends, taken while somebody writes, must hold everything that was saved before it
 * began, and a server must start on it. (`sqlite3 … ".backup …"` is the same function of SQLite's as the one used here.)
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { openDoc } from '../support/light-client.ts';
import { signInByLink } from '../support/people.ts';
import { startDemo, startInstallation, temporaryFolder } from '../support/server-process.ts';

it('a backup taken while people write holds what was saved, and a server starts on it', async () => {
  const folder = temporaryFolder();
  const dataDir = join(folder.path, 'data');
  const copyDir = join(folder.path, 'copy');
  mkdirSync(copyDir);
  const demo = await startDemo({ dataDir });
  let restored: Awaited<ReturnType<typeof startInstallation>> | null = null;
  try {
    const member = await signInByLink(demo.demo.links.member1);
    const room = demo.demo.rooms.find((name) => name.startsWith('item:')) ?? '';
    const writer = openDoc(member, room);
    await writer.synced();
    const text = new Y.XmlText();
    writer.doc.transact(() => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [text]);
      writer.doc.getXmlFragment(NOTES_FRAGMENT).insert(0, [paragraph]);
    });
    for (let n = 0; n < 300; n++) text.insert(text.length, `före${n} `);
    await writer.settled();
    const before = text.toString();
    const timer = setInterval(() => text.insert(text.length, 'under '), 2);
    const source = new DatabaseSync(join(dataDir, 'radslag.sqlite'), { readOnly: true });
    // One page at a time, so that commits fall between them.
    await backup(source, join(copyDir, 'radslag.sqlite'), { rate: 1 });
    source.close();
    clearInterval(timer);
    await writer.settled();
    writer.destroy();

    restored = await startInstallation({ dataDir: copyDir });
    const reader = openDoc({ ...member, url: restored.url }, room);
    await reader.synced();
    const seen = reader.doc.getXmlFragment(NOTES_FRAGMENT).get(0)?.toString() ?? '';
    reader.destroy();
    expect(seen).toContain(before.trim());
  } finally {
    await restored?.end();
    await demo.end();
    folder.remove();
  }
});
