/**
 * Why this file exists: when a page gives up on sockets and when it must not, moment by moment, without a network.
 */
import { describe, expect, it } from 'vitest';
import { Transport, type Way } from '../../client/collab/transport.ts';

/** Sockets that do what the test says. */
function scene(times: { patience?: number; pause?: number } = {}) {
  const made: Record<Way, Fake[]> = { socket: [], line: [] };
  const asked: ((reached: boolean) => void)[] = [];
  class Fake extends EventTarget {
    onmessage: (() => void) | null = null;
    onclose: ((event: CloseEvent) => void) | null = null;
    close(): void {
      this.end(1005);
    }
    say(): void {
      this.onmessage?.();
      this.dispatchEvent(new Event('message'));
    }
    end(code: number): void {
      const event = new CloseEvent('close', { code });
      this.onclose?.(event);
      this.dispatchEvent(event);
    }
  }
  const classFor = (way: Way): typeof WebSocket =>
    class extends Fake {
      constructor() {
        super();
        made[way].push(this);
      }
    } as unknown as typeof WebSocket;
  const transport = new Transport({
    sockets: { socket: classFor('socket'), line: classFor('line') },
    reaches: () => new Promise((resolve) => asked.push(resolve)),
    memory: null,
    times: { patience: 60_000, pause: 60_000, ...times },
  });
  const dial = (): Fake => {
    new transport.socketClass('ws://host/collab/room');
    return made[transport.way].at(-1)!;
  };
  /** HTTP answers everything it was asked. */
  const http = async (reached: boolean): Promise<void> => {
    for (const answer of asked.splice(0)) answer(reached);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { transport, dial, http, made, asked };
}

describe('a page gives up on sockets', () => {
  it('when two attempts have failed that began after HTTP had reached the server', async () => {
    const { transport, dial, http } = scene();
    dial().end(1006);
    await http(true);
    dial().end(1006);
    await http(true);
    expect(transport.way).toBe('socket');
    dial().end(1006);
    expect(transport.way).toBe('line');
    transport.destroy();
  });

  it('not when all its rooms fail in one moment, before HTTP has said anything', async () => {
    const { transport, dial, http } = scene();
    for (const socket of Array.from({ length: 12 }, dial)) socket.end(1006);
    expect(transport.way).toBe('socket');
    await http(false);
    for (const socket of Array.from({ length: 12 }, dial)) socket.end(1006);
    expect(transport.way).toBe('socket');
    transport.destroy();
  });

  it('not for what only our server says, for a room that was left at once, or for one that had worked', async () => {
    const { transport, dial, http } = scene();
    dial().end(1006);
    await http(true);
    for (const code of [1011, 1012, 4401, 4404, 4429]) dial().end(code);
    for (let n = 0; n < 5; n++) dial().close();
    for (let n = 0; n < 5; n++) {
      const socket = dial();
      socket.say();
      socket.end(1006);
    }
    expect(transport.way).toBe('socket');
    transport.destroy();
  });

  it('when one hangs that was begun before HTTP was asked and answered', async () => {
    const { transport, dial, http, asked } = scene({ patience: 1 });
    const changed = new Promise<void>((resolve) => transport.subscribe(resolve));
    dial();
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await http(true);
    await changed;
    expect(transport.way).toBe('line');
    transport.destroy();
  });

  it('and goes back when a trial beside the line hears something, not before', async () => {
    const { transport, dial, http, made, asked } = scene({ patience: 1, pause: 1 });
    dial();
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await http(true);
    const changed = new Promise<void>((resolve) => transport.subscribe(resolve));
    const trial = async (): Promise<void> => {
      const before = made.socket.length;
      while (made.socket.length === before) await new Promise((resolve) => setTimeout(resolve, 1));
    };
    await trial();
    made.socket.at(-1)?.end(1006);
    await trial();
    expect(transport.way).toBe('line');
    made.socket.at(-1)?.say();
    await changed;
    expect(transport.way).toBe('socket');
    transport.destroy();
  });
});
