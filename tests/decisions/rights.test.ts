/** Why this file exists: a right that changes with a decision changes for those who sit in the rooms, not only for who comes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocClient, openDoc } from '../support/light-client.ts';
import { type DecisionHouse, openDecisionHouse } from './house.ts';

let at: DecisionHouse;
const open: DocClient[] = [];
beforeAll(async () => {
  at = await openDecisionHouse();
});
afterAll(async () => {
  for (const client of open) client.destroy();
  await at.house.close();
});

/** A member with the item's notes and its proposals open. */
async function sitting(itemId: string): Promise<DocClient[]> {
  const person = { url: at.house.url, cookie: at.members[0].cookie };
  const clients = ['item', 'proposal'].map((kind) => openDoc(person, `${kind}:${at.meetingId}:${itemId}`));
  open.push(...clients);
  await Promise.all(clients.map((client) => client.synced()));
  return clients;
}

const told = (clients: readonly DocClient[], access: string) =>
  expect.poll(() => clients.map((client) => client.access())).toEqual(clients.map(() => access));

describe('who sits in an item’s rooms', () => {
  it('may write no more once it is decided, and again once the desk has opened it', async () => {
    const itemId = await at.item();
    const clients = await sitting(itemId);
    await told(clients, 'write');
    await at.decide(at.chair, itemId);
    await told(clients, 'read');
    await at.decisions(at.chair, itemId, 'POST', '/reopen', { reason: 'Fel ort.' });
    await told(clients, 'write');
    // On the same connections: nobody had to come again to be told.
    for (const client of clients) expect(client.provider.wsconnected).toBe(true);
  });

  it('may write no more while the item is locked by hand', async () => {
    const itemId = await at.item();
    const clients = await sitting(itemId);
    const lock = `${at.root}/items/${itemId}/lock`;
    await at.ask(at.chair, 'POST', lock, { reason: 'Texten är klar.' });
    await told(clients, 'read');
    await at.ask(at.chair, 'DELETE', lock);
    await told(clients, 'write');
  });
});
