/**
 * Why this file exists: what networks do, message by message, between people with the shipping room client and a real
 * server process. After each fault nothing is lost, nothing stands twice, and nobody was told anything untrue.
 */
import { describe, expect, it } from 'vitest';
import { MESSAGE_PERSISTED } from '#shared/wire.ts';
import { random } from '../support/random.ts';
import { stagesOnOneServer } from './one-server.ts';
import { isUpdate, pause } from './stage.ts';

const stage = stagesOnOneServer();

describe.concurrent('one message is', () => {
  it('F25 lost on its way to the server, and nobody types any more: never called saved, there within 10 s', async ({
    onTestFinished,
  }) => {
    const s = await stage(onTestFinished);
    const [anna, bo] = await s.annaAndBo();
    const lost = s.once((message) => message.way === 'toServer' && isUpdate(message), 'drop');
    anna.write();
    await lost;
    await bo.until('told', () => bo.words().length === 1, 10_000);
    await s.judge();
  });

  it('lost on its way to the server, then more is typed: what follows does not cover it', async ({
    onTestFinished,
  }) => {
    const s = await stage(onTestFinished);
    const [anna] = await s.annaAndBo();
    const lost = s.once((message) => message.way === 'toServer' && isUpdate(message), 'drop');
    anna.write();
    await lost;
    for (let n = 0; n < 5; n++) anna.write();
    await s.judge();
  });

  it('lost on its way to the server, and it was a deletion: nobody is told it is gone before it is', async ({
    onTestFinished,
  }) => {
    const s = await stage(onTestFinished);
    const [anna, bo] = await s.annaAndBo();
    anna.write();
    await anna.saved();
    const lost = s.once((message) => message.way === 'toServer' && isUpdate(message), 'drop');
    anna.erase(random(1));
    await lost;
    await s.judge();
    expect(bo.words()).toEqual([]);
  });

  it.for(['twice', 'later'] as const)(
    'sent %s on its way to the server: there, once, for all',
    async (fate, { onTestFinished }) => {
      const s = await stage(onTestFinished);
      const [anna] = await s.annaAndBo();
      const hit = s.once((message) => message.way === 'toServer' && isUpdate(message), fate);
      for (let n = 0; n < 3; n++) anna.write();
      await hit;
      await s.judge();
    },
  );

  it('lost on its way back, and it was the answer "saved": it is asked for again', async ({ onTestFinished }) => {
    const s = await stage(onTestFinished);
    const [anna] = await s.annaAndBo();
    const lost = s.once((message) => message.way === 'toClient' && message.type === MESSAGE_PERSISTED, 'drop');
    anna.write();
    await lost;
    await s.judge();
  });

  it.for(['twice', 'later'] as const)(
    'sent %s on its way back: there, once, for all',
    async (fate, { onTestFinished }) => {
      const s = await stage(onTestFinished);
      const [, bo] = await s.annaAndBo();
      const hit = s.once((message) => message.way === 'toClient' && isUpdate(message), fate);
      for (let n = 0; n < 3; n++) bo.write();
      await hit;
      bo.write();
      await s.judge();
    },
  );

  it('F58 lost on its way to one receiver, in the middle: the same text there within 5 s of quiet', async ({
    onTestFinished,
  }) => {
    const s = await stage(onTestFinished);
    const [anna, bo] = await s.annaAndBo();
    bo.write();
    await bo.saved();
    await anna.until('told', () => anna.words().length === 1);
    const lost = s.once((message) => message.way === 'toClient' && isUpdate(message), 'drop');
    bo.write();
    await lost;
    // What comes after it cannot be placed without it.
    bo.write();
    await bo.saved();
    const from = performance.now();
    await anna.until('the same', () => anna.words().length === 3, 5_000);
    expect(performance.now() - from).toBeLessThan(5_000);
    await s.judge();
  });

  it('F58 lost on its way to one receiver, and it was a deletion: likewise', async ({ onTestFinished }) => {
    const s = await stage(onTestFinished);
    const [anna, bo] = await s.annaAndBo();
    bo.write();
    await bo.saved();
    await anna.until('told', () => anna.words().length === 1);
    const lost = s.once((message) => message.way === 'toClient' && isUpdate(message), 'drop');
    bo.erase(random(1));
    await lost;
    await anna.until('the same', () => anna.words().length === 0, 5_000);
    await s.judge();
  });

  it.for([
    ['the answer that brings the text', 'toClient', 1],
    ['the question for the text', 'toServer', 0],
  ] as const)('lost when one joins: %s', async ([, way, step], { onTestFinished }) => {
    const s = await stage(onTestFinished);
    const bo = s.open('bo', 1);
    await bo.synced();
    bo.write();
    await bo.saved();
    const lost = s.once((message) => message.way === way && message.type === 0 && message.step === step, 'drop');
    const anna = s.open('anna', 0, { address: s.proxy.address });
    await lost;
    await anna.synced(20_000);
    await s.judge();
  });

  it('lost when one comes back to a busy room: the server’s question and its answer, both', async ({
    onTestFinished,
  }) => {
    const s = await stage(onTestFinished);
    const [anna, bo] = await s.annaAndBo();
    anna.write();
    await s.judge();
    let lost = 0;
    s.proxy.decide = (message) => {
      if (message.link === 0 || message.way === 'toServer' || message.type !== 0 || message.step > 1) return 'pass';
      return lost++ < 2 ? 'drop' : 'pass';
    };
    bo.type(random(5), 200, 400);
    s.proxy.cut();
    anna.write();
    await anna.until('away', (state) => state.connection === 'offline');
    await anna.until('connected', (state) => state.connection === 'online');
    // Follows what the server has not been told of: it is put aside, and marks behind it wait for the answer to a
    // question that never arrived.
    while (lost < 2) await pause(10);
    anna.write();
    await anna.until('back', (state) => state.synced, 20_000);
    expect(lost).toBeGreaterThan(1);
    await s.judge();
  });

  it.for([
    ['rests', false, false],
    // What is typed now follows what never went up: it is put aside, and no mark behind it is answered.
    ['types on', true, false],
    // In a quiet room the server's silence is noticed; here something is heard from it all the time.
    ['types on while others write', true, true],
  ] as const)(
    'lost when one comes back with words and %s: the server’s question. They are not called saved before they are',
    async ([, typesOn, busy], { onTestFinished }) => {
      const s = await stage(onTestFinished);
      const [anna, bo] = await s.annaAndBo();
      s.proxy.accept(false);
      s.proxy.cut();
      await anna.until('away', (state) => state.connection === 'offline');
      anna.write();
      const lost = s.once((message) => message.way === 'toClient' && message.type === 0 && message.step === 0, 'drop');
      s.proxy.accept(true);
      await lost;
      if (typesOn) {
        await anna.until('back', (state) => state.synced);
        anna.write();
      }
      const others = busy ? setInterval(() => bo.write(), 500) : undefined;
      await anna.saved(20_000).finally(() => clearInterval(others));
      s.oracle.checkRead(await s.stored(), 'when anna was told');
      await s.judge();
    },
  );
});

describe.concurrent('a line', () => {
  it('F23 goes silent without closing: shown as offline within 15 s, what was typed meanwhile is there after', async ({
    onTestFinished,
  }) => {
    const s = await stage(onTestFinished);
    const [anna, bo] = await s.annaAndBo();
    s.proxy.silence('both');
    anna.write();
    await anna.until('offline', (state) => state.connection === 'offline' || state.saving === 'offline', 15_000);
    expect(anna.ledger.acknowledged).toBe(0);
    anna.write();
    bo.write();
    await s.judge();
  });

  it.for(['toServer', 'toClient'] as const)(
    'goes silent %s only, and comes back with all it held',
    async (way, { onTestFinished }) => {
      const s = await stage(onTestFinished);
      const [anna, bo] = await s.annaAndBo();
      s.proxy.silence(way);
      for (let n = 0; n < 3; n++) {
        anna.write();
        bo.write();
      }
      await pause(300);
      s.proxy.heal();
      await s.judge();
    },
  );

  it('is cut between an edit and its answer, thirty times', async ({ onTestFinished }) => {
    const s = await stage(onTestFinished);
    const [anna, bo] = await s.annaAndBo();
    for (let run = 0; run < 30; run++) {
      const mark = s.once((message) => message.way === 'toClient' && message.type === MESSAGE_PERSISTED, 'cut');
      anna.write();
      bo.write();
      await mark;
      await anna.until('back', (state) => state.connection === 'online' && state.synced);
    }
    await s.judge();
  });

  it('F26 is remade before the old one is known to be dead: the new one lives, presence too', async ({
    onTestFinished,
  }) => {
    const s = await stage(onTestFinished);
    const [anna, bo] = await s.annaAndBo();
    anna.write();
    await anna.saved();
    const old = s.proxy.links - 1;
    // The server will hear of the old line's end late: the client's goodbye and its close are held back.
    s.proxy.silence('toServer', old);
    const id = anna.doc.clientID;
    anna.client.reconnect();
    await anna.until('back', (state) => state.synced);
    expect(s.proxy.links).toBe(old + 2);
    await bo.until('aware', () => bo.client.awareness.getStates().has(id));
    anna.write();
    await anna.saved();
    s.proxy.heal();
    anna.write();
    await s.judge();
    expect(bo.client.awareness.getStates().has(id)).toBe(true);
  });

  it('delays everything, each message by its own lot', async ({ onTestFinished }) => {
    const s = await stage(onTestFinished);
    const lots = random(7);
    const [anna, bo] = await s.annaAndBo();
    s.proxy.decide = () => ({ delay: lots.int(0, 20) });
    for (const author of [anna, bo]) author.type(lots, 1, 15);
    await pause(1_000);
    s.proxy.decide = () => 'pass';
    await s.judge();
  });
});
