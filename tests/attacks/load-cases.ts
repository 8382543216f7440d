/**
 * Why this file exists: the cases of load.alone.test.ts in which every message is honest and their number is not.
 */
import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { MESSAGE_PERSISTED } from '#shared/wire.ts';
import { type Case, type Expected, enter, harmless, type Outcome, outcomeOf } from './cases.ts';
import { accessOf, bytes, EMPTY_VECTOR, heard, mark, step1, syncBody, updateMessage } from './frames.ts';
import type { Place } from './protocol.ts';
import type { WireSocket } from './wire-socket.ts';
import type { World } from './world.ts';

const MIB = 1024 * 1024;
/** What somebody else's key takes to reach a third, at the 95th percentile, milliseconds. */
const ECHO_MS = 250;

const placeOf = (world: World): Promise<Place> =>
  world.ask('newPlace', 'ongoing', [
    [world.people.member.id, ['member']],
    [world.people.observer.id, ['observer']],
    [world.people.chair.id, ['chair']],
  ]);

/** A paragraph one types into; every change is sent. */
function typist(wire: WireSocket): { type(text: string): void; clear(): void } {
  const doc = new Y.Doc();
  doc.on('update', (update: Uint8Array) => wire.send(updateMessage(update)));
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  paragraph.insert(0, [text]);
  doc.getXmlFragment('notes').insert(0, [paragraph]);
  return { type: (more) => text.insert(text.length, more), clear: () => text.delete(0, text.length) };
}

async function persisted(wire: WireSocket, n: number): Promise<boolean> {
  const answer = Buffer.from(bytes(MESSAGE_PERSISTED, n));
  wire.send(mark(n));
  await wire.until(() => !wire.open || wire.frames.some((frame) => answer.equals(frame)), 20_000).catch(() => {});
  return wire.frames.some((frame) => answer.equals(frame));
}

/* A06 -------------------------------------------------------------------------------------------------------------- */

async function thousandSockets(world: World): Promise<Outcome> {
  const person = await world.ask('newPerson', 'Många Flikar', {});
  const place = await world.ask('newPlace', 'ongoing', [[person.id, ['member']]]);
  const wires: WireSocket[] = [];
  for (let n = 0; n < 1_000; n += 50)
    wires.push(
      ...(await Promise.all(
        Array.from({ length: 50 }, async () => {
          const wire = await world.dial({ room: place.open, as: person });
          await wire.until(() => wire.code !== null || wire.frames.length > 0);
          return wire;
        }),
      )),
    );
  const open = wires.filter((wire) => wire.open);
  const problems: string[] = [];
  if (open.length !== 200) problems.push(`${open.length} are open`);
  if (!wires.slice(0, 200).every((wire) => wire.open)) problems.push('the oldest are not among them');
  const codes = [...new Set(wires.filter((wire) => !wire.open).map((wire) => wire.code))];
  if (codes.join() !== '4429') problems.push(`the others were closed with ${codes.join()}`);
  if (wires.some((wire) => !wire.open && wire.frames.length > 0)) problems.push('some saw a frame first');
  await Promise.all(wires.map((wire) => wire.end()));
  return { problems };
}

/* A43 -------------------------------------------------------------------------------------------------------------- */

async function thousandQuestions(world: World): Promise<Outcome> {
  const place = await placeOf(world);
  const writer = await enter(world, world.people.chair, place.open);
  const keys = typist(writer);
  for (let n = 0; n < 5; n++) keys.type('å'.repeat(MIB / 2));
  await persisted(writer, 1);
  const asking = await enter(world, world.people.member, place.open);
  asking.frames.splice(0);
  for (let n = 0; n < 1_000; n++) asking.send(step1(EMPTY_VECTOR));
  const outcome = await outcomeOf(asking);
  const answers = asking.frames.filter((frame) => heard(frame).step === 1 && frame.byteLength > MIB).length;
  await Promise.all([writer.end(), asking.end()]);
  return { ...outcome, problems: answers <= 5 ? [] : [`${answers} whole answers`] };
}

/* A44 -------------------------------------------------------------------------------------------------------------- */

/** What others in another room feel meanwhile. */
async function echoes(world: World, stop: { now: boolean }): Promise<number[]> {
  const place = await placeOf(world);
  const writer = await enter(world, world.people.chair, place.open);
  const reader = await enter(world, world.people.observer, place.open);
  const keys = typist(writer);
  const times: number[] = [];
  while (!stop.now) {
    reader.frames.splice(0);
    const from = performance.now();
    keys.type('x');
    await reader.until(() => reader.frames.some((frame) => heard(frame).step === 2));
    times.push(performance.now() - from);
    await wait(20);
  }
  await Promise.all([writer.end(), reader.end()]);
  return times.toSorted((a, b) => a - b);
}

async function flood(world: World): Promise<Outcome> {
  const place = await placeOf(world);
  const wire = await enter(world, world.people.member, place.open);
  const stop = { now: false };
  const felt = echoes(world, stop);
  await wait(100);
  const keys = typist(wire);
  for (let n = 0; n < 20_000 && wire.open; n++) {
    keys.type('x');
    // A thousand in a breath, as fast as the network takes them.
    if (n % 1_000 === 999) await wire.flushed();
  }
  await wire.until(() => wire.code !== null, 15_000).catch(() => {});
  stop.now = true;
  const times = await felt;
  const p95 = times[Math.floor(times.length * 0.95)] ?? 0;
  const outcome = { code: wire.code, problems: p95 < ECHO_MS ? [] : [`others waited ${Math.round(p95)} ms`] };
  await wire.end();
  return outcome;
}

const shownOut: Expected = {
  words: 'closed with 1008 or 1013',
  judge: (o) => [
    // A peer that writes without reading may miss the close frame.
    ...([1008, 1013, 1006].includes(o.code ?? 0) ? [] : [`closed with ${o.code}`]),
    ...(o.problems ?? []),
  ],
};

/* A45 -------------------------------------------------------------------------------------------------------------- */

async function overfull(world: World): Promise<Outcome> {
  const place = await placeOf(world);
  const wire = await enter(world, world.people.member, place.open);
  const keys = typist(wire);
  const problems: string[] = [];
  let told = '';
  for (let n = 1; n <= 12 && told === ''; n++) {
    keys.type('x'.repeat(2 * MIB));
    await outcomeOf(wire);
    told = wire.frames.map((frame) => accessOf(frame) ?? '').find((access) => / (full|refused)$/.test(access)) ?? '';
  }
  if (told === '') problems.push('24 MiB were taken');
  else if (told !== 'write full') problems.push(`told ${told}`);
  // Somebody else empties it: what takes away always counts.
  const other = await enter(world, world.people.chair, place.open);
  const doc = new Y.Doc();
  other.send(step1(EMPTY_VECTOR));
  await other.until(() => other.frames.some((frame) => heard(frame).step === 1));
  const before = world.journalRows();
  const answer = other.frames.find((frame) => heard(frame).step === 1) ?? new Uint8Array();
  Y.applyUpdate(doc, syncBody(answer));
  doc.on('update', (update: Uint8Array) => other.send(updateMessage(update)));
  doc.getXmlFragment('notes').delete(0, doc.getXmlFragment('notes').length);
  if (!(await persisted(other, 1))) problems.push('emptying it was not kept');
  if (world.journalRows() === before) problems.push('emptying it was not written');
  await Promise.all([wire.end(), other.end()]);
  return { problems };
}

export const loadCases: readonly Case[] = [
  {
    id: 'A06',
    title: 'a thousand sockets of one session',
    send: thousandSockets,
    expect: harmless,
    allowed: true,
    crowd: true,
  },
  {
    id: 'A43',
    title: 'a thousand questions for a document of 5 MB',
    send: thousandQuestions,
    expect: harmless,
    allowed: true,
    // The document itself, and a few copies of it on their way.
    growth: 128,
  },
  { id: 'A44', title: '20,000 updates in a breath', send: flood, expect: shownOut, allowed: true, crowd: true },
  {
    id: 'A45',
    title: 'a document filled past its bound',
    send: overfull,
    expect: harmless,
    allowed: true,
    // Sixteen MiB of document, as it is stored, as it is sent and as it waits for the disk.
    growth: 256,
  },
];
