/**
 * Why this file exists: what the demo's meeting comes to in the item under discussion: an agreement in principle, a proposal
 * that is being worded with reasons, and what is to be done afterwards, some of it done already.
 */
import * as Y from 'yjs';
import { type Id, newId } from '#shared/ids.ts';
import { addClause, addProposal, patchClause } from '#shared/proposals/proposals.ts';
import { roomName } from '#shared/rooms.ts';
import { SEATS } from './cast.ts';
import type { DemoClock } from './clock.ts';
import { paragraphOf } from './outcomes.ts';
import type { Stage } from './play.ts';

const MINUTE = 60_000;

interface ClauseScript {
  original: string;
  /** What stood there, what stands there now; who said why, so many minutes ago. */
  change?: { from: string; to: string; by: string; reason: string; minutesAgo: number };
}

const CLAUSES: ClauseScript[] = [
  {
    original: 'inrätta bemannade servicepunkter i sex byar senast under 2028,',
    change: {
      from: 'sex byar senast under 2028',
      to: 'sju byar senast den 1 september 2028',
      by: 'rut',
      reason: 'Norrsele har prövat i ett år och vill fortsätta. Ett datum går att följa upp.',
      minutesAgo: 6,
    },
  },
  {
    original: 'fördela driftkostnaden lika mellan parterna, samt',
    change: {
      from: 'lika mellan parterna',
      to: 'efter invånarantal, med ett golv på 150\u00a0000 kronor',
      by: 'lovisa',
      reason: 'Lika delar slår hårdast mot de minsta.',
      minutesAgo: 3,
    },
  },
  { original: 'följa upp öppettider och besökstal en gång om året.' },
];
const ALTERNATIVE = 'låta regionen bära driftkostnaden de första två åren, samt';

export interface DecisionScene {
  meetingId: Id;
  /** The item under discussion. */
  itemId: Id;
}

/** Plays it as it stands at `now`; the item under discussion is left open. */
export async function seedDecisions(stage: Stage, scene: DecisionScene, clock: DemoClock, now: number): Promise<void> {
  const { meetingId, itemId } = scene;
  const { services, relay } = stage.server;
  const { decisions, actions } = services;
  const chair = stage.caller(SEATS.chair);
  const room = roomName({ kind: 'proposal', meetingId, itemId });
  const nothingSeen = Buffer.from(Y.encodeStateVector(new Y.Doc())).toString('base64');

  clock.set(now - 8 * MINUTE);
  await decisions.decide(chair, meetingId, itemId, {
    outcome: 'decided',
    text: 'Samrådet ställer sig bakom att service i byarna är en gemensam uppgift för kommunerna och regionen.',
    stateVector: nothingSeen,
    seen: 0,
    method: 'acclamation',
    close: false,
  });

  const proposal = newId();
  await relay.edit(room, chair.personId, (doc) => {
    const at = now - 20 * MINUTE;
    const common = { proposal, personId: chair.personId, at };
    addProposal(doc, {
      id: proposal,
      title: 'Samrådet föreslås besluta',
      by: 'Ordförandens',
      personId: chair.personId,
      at,
    });
    const ids = CLAUSES.map(({ original }) => {
      const id = newId();
      addClause(doc, { id, wording: original, ...common });
      return id;
    });
    addClause(doc, { id: newId(), wording: ALTERNATIVE, alternativeTo: ids[1] ?? '', ...common });
    for (const [n, { original, change }] of CLAUSES.entries()) {
      if (!change) continue;
      const text = (doc.getXmlFragment(ids[n] ?? '').get(0) as Y.XmlElement).get(0) as Y.XmlText;
      const from = original.indexOf(change.from);
      text.delete(from, change.from.length);
      text.insert(from, change.to);
      patchClause(doc, ids[n] ?? '', {
        reason: change.reason,
        reasonBy: stage.caller(change.by).personId,
        reasonAt: now - change.minutesAgo * MINUTE,
      });
    }
  });

  clock.set(now - 2 * MINUTE);
  const secretary = stage.caller(SEATS.secretary);
  const person = stage.caller('tomas').personId;
  await actions.create(secretary, meetingId, itemId, {
    title: 'Stäm av Granvågs lokal',
    owner: { kind: 'person', personId: person },
    due: { precision: 'day', date: new Date(now).toISOString().slice(0, 10) },
    source: await paragraphOf(stage, meetingId, itemId, 'stämmer av Granvågs lokal'),
  });
  const { actions: all } = await actions.create(secretary, meetingId, itemId, {
    title: 'Utse kontaktperson och lämna driftkostnad per plats',
    owner: { kind: 'organisations' },
    due: { precision: 'week', year: new Date(now).getUTCFullYear(), week: 49 },
    source: await paragraphOf(stage, meetingId, itemId, 'Varje organisation utser'),
  });
  const homework = all.find(({ owner }) => owner === 'organisations');
  const answers = [
    ['jonas', 'done'],
    ['elsa', 'started'],
    ['perolof', 'done'],
    [null, 'open'],
    ['henrik', 'open'],
  ] as const;
  for (const [n, [key, status]] of answers.entries()) {
    const line = homework?.lines[n];
    if (homework && line && key)
      await actions.updateLine(secretary, meetingId, itemId, homework.id, line.id, {
        personId: stage.caller(key).personId,
        status,
      });
  }
}
