/**
 * Why this file exists: the demo's workshop in the middle of its time: three groups at work on the same three questions,
 * guests among them, a hand up, the clock running, some of it sorted, and a summary begun.
 */
import * as Y from 'yjs';
import { type Id, newId } from '#shared/ids.ts';
import { roomName } from '#shared/rooms.ts';
import { type Contribution, contributionsOf } from '#shared/workshop/contributions.ts';
import { addCluster, place } from '#shared/workshop/harvest.ts';
import { promoteCluster } from '#shared/workshop/promote.ts';
import type { DemoClock } from './clock.ts';
import type { Stage } from './play.ts';

const MINUTE = 60_000;
/** The round began so long ago, and lasts so long. */
const BEGAN = 14 * MINUTE;
const MINUTES = 40;

const PROMPTS = [
  { heading: 'Vad fungerar redan i dag?', help: 'Ge gärna exempel ur vardagen.', minutes: 10 },
  { heading: 'En vanlig tisdag 2035', help: 'Hur ser det ut när det har blivit som vi vill?', minutes: 14 },
  {
    heading: 'Vad måste vi välja?',
    help: 'Och vad får vi då avstå från? Tre skarpa hellre än tio runda.',
    minutes: 16,
  },
];

interface GroupScript {
  name: string;
  place: string;
  members: string[];
  /** Under each question: who wrote the line, and what it says. */
  lines: [by: string, text: string][][];
}

const GUESTS = [
  { name: 'Hjördis Nilsson', organisation: 'Ekforsa bygdegårdsförening' },
  { name: 'Yusuf Demir', organisation: 'Tallmo handel' },
];

const GROUPS: GroupScript[] = [
  {
    name: 'Älven',
    place: 'Stora salen, vid fönstret',
    members: ['elsa', 'kerstin', 'henrik', 'perolof', 'dag', 'birgitta', 'guest1'],
    lines: [
      [
        ['elsa', 'Bokbussen stannar där folk ändå möts: skolan på tisdagar, macken på torsdagar.'],
        ['perolof', 'Hemtjänsten i Ekforsa tar med medicin och paket. Det kostar nästan ingenting.'],
        ['guest1', 'Bygdegården är öppen fyra dagar i veckan och har kopiator, kaffe och någon som kan.'],
      ],
      [
        ['kerstin', 'Man går till en disk, inte till en myndighet. Den som sitter där vet vem man ska ringa.'],
        ['dag', 'Ingen över åttio har mer än en halvtimme till provtagning.'],
      ],
      [['elsa', 'Antingen bär vi kostnaden ihop, eller så slutar vi lova samma sak till']],
    ],
  },
  {
    name: 'Skogen',
    place: 'Biblioteket',
    members: ['rut', 'amina', 'jonas', 'torbjorn', 'leif', 'mirja', 'oskar'],
    lines: [
      [
        ['rut', 'Bussen på beställning fyller tre gånger fler stolar än linjen den ersatte.'],
        ['jonas', 'Lanthandlarna är redan ombud för allt utom det offentliga.'],
      ],
      [
        ['amina', 'Skolans matsal är byns matsal efter klockan tre.'],
        ['torbjorn', 'Vårdbussen och bokbussen delar garage, chaufför och kalender.'],
      ],
      [],
    ],
  },
  {
    name: 'Byn',
    place: 'Kaminrummet',
    members: ['lovisa', 'ville', 'majbritt', 'tomas', 'sigrid', 'guest2'],
    lines: [
      [
        ['lovisa', 'Fibern är utbyggd i nio byar av tio. Det som saknas är någon som hjälper grannen att logga in.'],
        ['guest2', 'Sommarens tält på torget gav fler samtal än hela enkäten.'],
      ],
      [
        ['sigrid', 'Distriktssköterskan finns på skärm varje dag och på plats varannan vecka.'],
        ['lovisa', 'Den som flyttar in får en timme med någon som kan byn'],
      ],
      [],
    ],
  },
];

const CLUSTERS: [name: string, beginnings: string[]][] = [
  ['Service där folk redan är', ['Bokbussen stannar', 'Lanthandlarna är', 'Bygdegården är']],
  ['Dela bilar, hus och människor', ['Hemtjänsten i Ekforsa', 'Vårdbussen och']],
];

/** What must be known to go on with the demo's workshop. */
export interface SeededWorkshop {
  workshopId: Id;
  itemId: Id;
  groupIds: Id[];
  /** The guests, and the group each is in. */
  guests: { personId: Id; groupId: Id }[];
}

/** Seeds the workshop on one item of a meeting that goes on, as it would stand at `now`. */
export async function seedWorkshop(
  stage: Stage,
  { meetingId, itemId }: { meetingId: Id; itemId: Id },
  clock: DemoClock,
  now: number,
): Promise<SeededWorkshop> {
  const { guests, workshops } = stage.server.services;
  const { relay } = stage.server;
  const leader = stage.caller('samir');
  clock.set(now - BEGAN - 6 * MINUTE);
  const { code } = await guests.update(leader, meetingId, { open: true });
  const people = new Map<string, Id>();
  for (const [index, guest] of GUESTS.entries()) {
    const { begun } = await guests.join(null, { ...guest, code: code ?? '', key: newId() + newId() }, '127.0.0.1');
    if (!begun) throw new Error('a guest of the demo was not let in');
    people.set(`guest${index + 1}`, begun.caller.personId);
  }
  const personId = (key: string): Id => people.get(key) ?? stage.mentioned(key).id;

  const made = await workshops.create(leader, meetingId, itemId, { prompts: PROMPTS, groups: 3, minutes: MINUTES });
  const round = made.rounds[0]!;
  await workshops.updateRound(leader, meetingId, itemId, round.id, {
    groups: GROUPS.map(({ name, place: where, members }, index) => ({
      id: round.groups[index]!.id,
      name,
      place: where,
      members: members.map(personId),
    })),
  });
  clock.set(now - BEGAN);
  await workshops.clock(leader, meetingId, itemId, round.id, { do: 'start' });

  const lines = GROUPS.flatMap((group, index) =>
    group.lines.flatMap((under, prompt) =>
      under.map(([by, text], line) => ({ groupId: round.groups[index]!.id, prompt, by, text, at: prompt * 4 + line })),
    ),
  ).sort((a, b) => a.at - b.at);
  for (const { groupId, prompt, by, text, at } of lines) {
    clock.set(now - BEGAN + (at + 1) * MINUTE);
    const promptId = made.prompts[prompt]!.id;
    await relay.edit(roomName({ kind: 'group', meetingId, groupId }), personId(by), (doc) =>
      write(doc, promptId, text),
    );
  }
  clock.set(now - 3 * MINUTE);
  await workshops.say(leader, meetingId, itemId, {
    groupId: null,
    text: 'Skriv en mening per vägval. Hellre tre skarpa än tio runda.',
  });
  clock.set(now - 2 * MINUTE);
  await workshops.hand(stage.caller('rut'), meetingId, itemId, round.groups[1]!.id, {
    raised: true,
    note: 'Räknas skolskjutsen?',
  });

  const promptIds = made.prompts.map(({ id }) => id);
  const contributions: Contribution[] = [];
  for (const { id: groupId } of round.groups)
    contributions.push(
      ...(await relay.read(roomName({ kind: 'group', meetingId, groupId }), (doc) =>
        contributionsOf(doc, groupId, promptIds),
      )),
    );
  const sorted = CLUSTERS.map(([name, beginnings]) => ({
    name,
    id: newId(),
    of: beginnings.flatMap((words) => contributions.find(({ text }) => text.startsWith(words)) ?? []),
  }));
  await relay.edit(roomName({ kind: 'harvest', meetingId, itemId }), leader.personId, (doc) => {
    for (const { id, name, of } of sorted) {
      addCluster(doc, { id, name, at: now - MINUTE, by: leader.personId });
      place(
        doc,
        of.map(({ key }) => key),
        id,
      );
    }
  });
  await relay.edit(roomName({ kind: 'summary', meetingId, itemId }), stage.caller('gunvor').personId, (doc) => {
    const [first] = sorted;
    if (first) promoteCluster(doc, promptIds[0]!, first.name, first.of);
  });
  return {
    workshopId: made.id,
    itemId,
    groupIds: round.groups.map(({ id }) => id),
    guests: [...people].map(([key, id]) => ({
      personId: id,
      groupId: round.groups[GROUPS.findIndex(({ members }) => members.includes(key))]!.id,
    })),
  };
}

/** A line as a phone's composer writes it: a paragraph at the end; the empty one a new group begins with is used first. */
function write(doc: Y.Doc, promptId: Id, words: string): void {
  const fragment = doc.getXmlFragment(promptId);
  const text = new Y.XmlText(words);
  const last = fragment.length > 0 ? fragment.get(fragment.length - 1) : null;
  if (last instanceof Y.XmlElement && last.nodeName === 'paragraph' && last.length === 0) {
    last.insert(0, [text]);
    return;
  }
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [text]);
  fragment.insert(fragment.length, [paragraph]);
}
