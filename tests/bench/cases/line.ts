/**
 * Why this file exists: where no WebSocket gets through, rooms come over plain HTTP: what that costs the one who writes and
 * the one who reads, next door and across the country, beside a WebSocket.
 */
import { NOTES_FRAGMENT } from '#shared/rooms.ts';
import { RoomClient } from '../../../client/collab/room-client.ts';
import { paragraphOf, socketOf } from '../../faults/author.ts';
import { type InProcess, openInProcess } from '../../faults/in-process.ts';
import { createFarProxy } from '../../support/far-proxy.ts';
import { lineSocketOf } from '../../support/line-fetch.ts';
import type { Figures, Line } from '../lines.ts';
import { median } from '../stats.ts';
import type { Case } from './case.ts';

const ONE_WAY_MS = 20;
const PAUSE_MS = 60;

type Way = 'line' | 'socket';
const CLASS = { line: lineSocketOf, socket: socketOf };

/** Every wait, milliseconds. */
export interface Waits {
  others: number[];
  saved: number[];
}

function until(client: RoomClient, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!condition()) return;
      stop();
      client.doc.off('update', look);
      resolve();
    };
    const stop = client.subscribe(look);
    client.doc.on('update', look);
    look();
  });
}

/** One writes key after key, another reads, both by this way. */
export async function waitsOf(host: InProcess, way: Way, port: number, keys: number): Promise<Waits> {
  const room = await host.freshRoom();
  const [writer, reader] = [0, 1].map((n) => {
    const person = host.people[n]!;
    const url = `ws://127.0.0.1:${port}/collab`;
    return new RoomClient({ name: room, url, device: null, WebSocket: CLASS[way](person) });
  }) as [RoomClient, RoomClient];
  const text = (client: RoomClient): string => client.doc.getXmlFragment(NOTES_FRAGMENT).toString();
  try {
    for (const client of [writer, reader])
      await until(
        client,
        () => client.state.synced && client.state.saving === 'saved' && paragraphOf(client.doc) !== null,
      );
    const others: number[] = [];
    const saved: number[] = [];
    for (let n = 0; n < keys; n++) {
      const begun = performance.now();
      const before = text(reader).length;
      const seen = until(reader, () => text(reader).length > before);
      const paragraph = paragraphOf(writer.doc);
      paragraph?.insert(paragraph.length, 'x');
      await Promise.all([
        seen.then(() => others.push(performance.now() - begun)),
        until(writer, () => writer.state.saving === 'saved').then(() => saved.push(performance.now() - begun)),
      ]);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * Math.random()));
    }
    return { others, saved };
  } finally {
    writer.destroy();
    reader.destroy();
  }
}

export const lineCase: Case = {
  name: 'line',
  async run(plan, say) {
    const keys = plan.quick ? 60 : 200;
    const host = await openInProcess({ threaded: true });
    const far = await createFarProxy(host.port, ONE_WAY_MS);
    try {
      const lines: Line[] = [];
      for (const [where, port] of [
        ['next door', host.port],
        [`${2 * ONE_WAY_MS} ms away`, far.port],
      ] as const)
        for (const way of ['socket', 'line'] as const) {
          say(`${way}, ${where}`);
          const took = await waitsOf(host, way, port, keys);
          const line = (figure: string, ms: number): Line => ({
            case: `One key at a time, ${where}`,
            figure: `${figure}, over ${way === 'line' ? 'plain HTTP' : 'a WebSocket'}`,
            unit: 'ms',
            better: 'less',
            figures: { ours: [ms] } satisfies Figures,
          });
          lines.push(line('median key→other', median(took.others)), line('median key→saved', median(took.saved)));
        }
      return lines;
    } finally {
      await far.close();
      await host.close();
    }
  },
};
