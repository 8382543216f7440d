/**
 * Why this file exists: the same text is not kept twice as a version. Two encodings of one Yjs document may differ in
 * how they cut its pieces, so what is compared is which clocks it holds and which of them are deleted: that decides the
 * content.
 */
import { createHash } from 'node:crypto';
import * as Y from 'yjs';

/** The same for two states exactly when they are the same document. Throws on what is not an update. */
export function contentKey(state: Uint8Array): string {
  const { structs, ds } = Y.decodeUpdate(state);
  const reached = new Map<number, number>();
  for (const { id, length } of structs)
    reached.set(id.client, Math.max(reached.get(id.client) ?? 0, id.clock + length));
  const hash = createHash('sha256');
  const byNumber = (a: number, b: number) => a - b;
  for (const client of [...reached.keys()].sort(byNumber)) hash.update(`${client}:${reached.get(client)};`);
  for (const client of [...ds.clients.keys()].sort(byNumber)) {
    hash.update(`-${client}`);
    let end = -1;
    for (const { clock, len } of [...(ds.clients.get(client) ?? [])].sort((a, b) => a.clock - b.clock)) {
      if (clock !== end) hash.update(`,${end},${clock}`);
      end = clock + len;
    }
    hash.update(`,${end};`);
  }
  return hash.digest('hex');
}
