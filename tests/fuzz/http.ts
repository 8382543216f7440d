/**
 * Why this file exists: requests by the hundred thousand against the real server in a process of its own: no answer of
 * 500 and more, no crash, nothing that holds everybody up, and the memory comes back.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Person, Place } from '../attacks/protocol.ts';
import { openWorld, type World } from '../attacks/world.ts';
import { random } from '../support/random.ts';
import { type FuzzRequest, type OpenApi, RequestMaker } from './openapi-requests.ts';

export interface HttpFuzz {
  requests: number;
  statuses: Record<string, number>;
  /** What must not be. */
  wrong: string[];
  /** Longest stretch of work of the server's main thread, milliseconds, and the requests it was among. */
  worstLoopMs: number;
  /** What the server holds more than before, bytes, when all is over. */
  kept: number;
}

/** Answered after a password has been hashed, or after a wait that slows guessers down. */
const HASHES = /sign-in|password|links\/use/;
/** Wait on purpose after failures, or end the sessions that the rest of the round needs. */
const SELDOM = /sign-|password|links\/use/;
const AT_ONCE = 8;
/** Between two looks at the event loop. */
const ROUND = 200;

/** The largest body the server reads; of a larger one it need not hear the end before it hangs up. */
const READ_BYTES = 1024 * 1024;

async function one(world: World, request: FuzzRequest, as: Person | null): Promise<{ status: number; ms: number }> {
  const from = performance.now();
  const send = async (): Promise<number> => {
    const answer = await fetch(world.url + request.path, {
      method: request.method,
      redirect: 'manual',
      headers: { ...request.headers, origin: world.url, ...(as ? { cookie: as.cookie } : {}) },
      ...(request.body === undefined || request.method === 'GET' ? {} : { body: request.body }),
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  let status: number;
  try {
    status = await send();
  } catch (error) {
    if (Buffer.byteLength(request.body ?? '') > READ_BYTES) status = 413;
    // An idle connection that the server gave up in the moment it was used again is nobody's fault; twice would be.
    else
      status = await send().catch((again: unknown) => {
        throw new Error(`${request.method} ${request.path} is not answered: ${String(error)}, ${String(again)}`);
      });
  }
  return { status, ms: performance.now() - from };
}

/** People and a meeting of their own: what is made by a round is broken by the next. */
async function newCast(world: World): Promise<{ people: (Person | null)[]; place: Place }> {
  const people = await Promise.all(
    ['chair', 'member', 'observer'].map((name) => world.ask('newPerson', `Prov ${name}`, {})),
  );
  const admin = await world.ask('newPerson', 'Prov admin', { isAdmin: true });
  const [chair, member, observer] = people as [Person, Person, Person];
  const place = await world.ask('newPlace', 'ongoing', [
    [chair.id, ['chair']],
    [member.id, ['member']],
    [observer.id, ['observer']],
  ]);
  return { people: [null, admin, chair, chair, member, observer], place };
}

/**
 * Sends `count` requests drawn from `seed` to one server. `loopMs`: how long the main thread may work without turning,
 * in milliseconds of its own processor time.
 */
export async function fuzzHttp(seed: number, count: number, loopMs: number): Promise<HttpFuzz> {
  const world = await openWorld({ warmMs: 500 });
  const dice = random(seed);
  const result: HttpFuzz = { requests: 0, statuses: {}, wrong: [], worstLoopMs: 0, kept: 0 };
  const wrong = (what: string): void => void result.wrong.push(`SEED=${seed}: ${what}`);
  try {
    const document = (await (await fetch(`${world.url}/api/openapi.json`)).json()) as OpenApi;
    const maker = new RequestMaker(document, dice);
    await world.ask('vitals', true);
    const { used } = await world.ask('vitals', true);
    for (let sent = 0; sent < count; ) {
      const { people, place } = await newCast(world);
      const ids = {
        meetingId: [place.id, place.id, world.foreign.id],
        itemId: Object.values(place.items),
        personId: [...people.flatMap((person) => person?.id ?? []), world.people.stranger.id],
        organisationId: [world.organisationId],
        versionId: [place.id],
      };
      const round = Array.from({ length: Math.min(ROUND, count - sent) }, () => {
        let request = maker.next(ids);
        while (SELDOM.test(request.route) && dice.next() < 0.9) request = maker.next(ids);
        return { request, as: dice.pick(people) };
      });
      sent += round.length;
      await world.ask('vitals', false);
      let next = 0;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (let i = next++; i < round.length; i = next++) {
            const { request, as } = round[i] as (typeof round)[number];
            const { status, ms } = await one(world, request, as);
            result.requests += 1;
            result.statuses[status] = (result.statuses[status] ?? 0) + 1;
            if (status >= 500)
              wrong(
                `${status} for ${request.method} ${request.path} (${request.route}) ${request.body?.slice(0, 500)}`,
              );
            // The machine has other work too: this is about hanging. How long the server really works is asked below.
            if (ms > 5_000 && !HASHES.test(request.route)) wrong(`${Math.round(ms)} ms for ${request.route}`);
          }
        }),
      );
      const { loopCpuMs } = await world.ask('vitals', false);
      result.worstLoopMs = Math.max(result.worstLoopMs, loopCpuMs);
      if (loopCpuMs > loopMs)
        wrong(`${Math.round(loopCpuMs)} ms of work at a time, among requests ${sent - round.length} to ${sent}`);
    }
    // Rooms that nobody is in are let go after a while; what is left then stays.
    for (let look = 0; look < 40; look++) {
      result.kept = (await world.ask('vitals', true)).used - used;
      if (result.kept < 64 * 1024 * 1024) break;
      await wait(250);
    }
    if ((await fetch(`${world.url}/healthz`)).status !== 200) wrong('the server is not well afterwards');
  } finally {
    await world.close();
  }
  return result;
}
