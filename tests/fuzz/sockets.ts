/**
 * Why this file exists: the same frames through a real server and real sockets: whatever stands between a frame and the
 * relay must hold too.
 */
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import WebSocket from 'ws';
import { contentHash } from '#shared/content-hash.ts';
import { roomName } from '#shared/rooms.ts';
import { EDITOR_SCHEMA_VERSION, WIRE_VERSION } from '#shared/wire.ts';
import { openHouse } from '../http/house.ts';
import { Writers } from '../support/edits.ts';
import { random } from '../support/random.ts';
import { mutatedFrame } from './frames.ts';

/** Frames sent before a socket is given a moment. */
const AT_ONCE = 3;

/** Sends `count` mutated frames over sockets of one who may write and one who may read. Says what became of them. */
export async function fuzzSockets(seed: number, count: number): Promise<Record<string, number>> {
  const r = random(seed);
  const house = await openHouse({}, { attacked: true });
  const outcomes: Record<string, number> = {};
  const note = (outcome: string): void => {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  };
  try {
    const owner = await house.add('Astrid Almgren');
    const [writer, observer] = [await house.add('Bo Boman'), await house.add('Cilla Ceder')];
    const { meeting, items } = await house.meeting(owner, [
      [writer, ['member']],
      [observer, ['observer']],
    ]);
    const room = roomName({ kind: 'item', meetingId: meeting.id, itemId: items[0]! });
    const agenda = roomName({ kind: 'agenda', meetingId: meeting.id });
    const before = await house.server.relay.read(agenda, contentHash);
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const writers = [new Writers(r, 2), new Writers(r, 2)];
    for (let sent = 0; sent < count; ) {
      const at = r.int(0, 1);
      const who = [writer, observer][at]!;
      const path = `/collab/${at === 0 ? room : agenda}?v=${WIRE_VERSION}&schema=${EDITOR_SCHEMA_VERSION}`;
      const socket = house.socket(path, { cookie: who.cookie, origin: house.url });
      const closed = once(socket, 'close') as Promise<[number]>;
      let closedByServer = true;
      socket.on('error', () => {});
      await once(socket, 'open');
      while (sent < count && socket.readyState === WebSocket.OPEN) {
        for (let i = 0; i < AT_ONCE && sent < count; i++, sent++) socket.send(mutatedFrame(r, writers[at]!));
        // Its answer, if it has one, comes within this.
        await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1))]);
      }
      if (socket.readyState === WebSocket.OPEN) {
        closedByServer = false;
        socket.close();
      }
      const [code] = await closed;
      note(closedByServer ? `closed ${code}` : 'open to the end');
    }
    delay.disable();
    outcomes['longest pause of the loop, ms'] = Math.round(delay.max / 1e6);
    if ((await house.fetch('/healthz')).status !== 200) throw new Error(`SEED=${seed}: the server is not well`);
    if ((await house.server.relay.read(agenda, contentHash)) !== before)
      throw new Error(`SEED=${seed}: an observer changed the agenda`);
    return outcomes;
  } finally {
    await house.close();
  }
}
