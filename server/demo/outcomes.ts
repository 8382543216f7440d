/**
 * Why this file exists: what the demo's meeting came to before the item under discussion: minutes put to the record, a
 * report noted, a question sent on, an agreement; and what is to be done because of them, by when people said it.
 */
import * as Y from 'yjs';
import type { Due } from '#shared/decisions/due.ts';
import { blocksText, readBlocks } from '#shared/document/blocks.ts';
import type { Id } from '#shared/ids.ts';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import type { Decisions } from '../services.ts';
import { SEATS } from './cast.ts';
import type { DemoClock } from './clock.ts';
import type { Stage } from './play.ts';

const MINUTE = 60_000;
type Decided = Pick<Parameters<Decisions['decide']>[3], 'outcome' | 'text' | 'detail' | 'close'>;

interface OutcomeScript {
  key: string;
  /** Minutes after the item was opened. */
  after: number;
  decided: Decided;
}

const OUTCOMES: OutcomeScript[] = [
  {
    key: 'previous',
    after: 4,
    decided: { outcome: 'filed', text: 'Protokollet från mötet i maj läggs till handlingarna.', close: true },
  },
  {
    key: 'bus',
    after: 9,
    decided: { outcome: 'noted', text: 'Samrådet noterar rapporten om försöket mellan Tallmo och Norrsele.' },
  },
  {
    key: 'garage',
    after: 8,
    decided: { outcome: 'referred', detail: 'regionens it-råd, med önskemål om svar före årsskiftet' },
  },
  {
    key: 'picture',
    after: 12,
    decided: {
      outcome: 'agreed',
      text: 'Parterna är överens om att räkna avstånd i körtid efter vinterväghållning i alla underlag.',
    },
  },
];

interface ActionScript {
  key: string;
  title: string;
  owner: string;
  due: (year: number) => Due;
  /** Words of the paragraph it comes from. */
  from: string;
}

const ACTIONS: ActionScript[] = [
  {
    key: 'bus',
    title: 'Lämna underlag om vägarna norr om sjön till trafiknämnden',
    owner: 'tomas',
    due: (year) => ({ precision: 'month', year: year + 1, month: 2, before: true }),
    from: 'Trafiknämnden tar upp',
  },
  {
    key: 'garage',
    title: 'Ordna uppkopplingen vid de tre hållplatserna',
    owner: 'elsa',
    due: (year) => ({ precision: 'season', year: year + 1, season: 'spring', before: false }),
    from: 'Kvar att lösa',
  },
];

export interface OutcomeScene {
  meetingId: Id;
  /** The item with this key. */
  idOf(key: string): Id;
  /** When it was treated. */
  openedAt(key: string): number;
}

/** The paragraph of an item's notes in which `words` stand, as whatever comes from it names it. Throws when there is none. */
export async function paragraphOf({ server }: Stage, meetingId: Id, itemId: Id, words: string) {
  const blocks = await server.relay.read(roomName({ kind: 'item', meetingId, itemId }), (doc) =>
    readBlocks(doc.getXmlFragment(NOTES_FRAGMENT)),
  );
  for (const block of blocks) {
    const text = blocksText([block]).find((line) => line.includes(words));
    if (text) return { block: block.id, text };
  }
  throw new Error(`nobody wrote ${words} in the demo`);
}

/** Plays it, each at its time. All but the minutes that were put to the record stay open to those who go on writing. */
export async function seedOutcomes(stage: Stage, scene: OutcomeScene, clock: DemoClock, now: number): Promise<void> {
  const { decisions, actions } = stage.server.services;
  const { meetingId, idOf, openedAt } = scene;
  const nothingSeen = Buffer.from(Y.encodeStateVector(new Y.Doc())).toString('base64');
  const timed = OUTCOMES.map((one) => ({ ...one, at: openedAt(one.key) + one.after * MINUTE }));
  for (const { key, at, decided } of timed.sort((a, b) => a.at - b.at)) {
    clock.set(Math.min(at, now));
    await decisions.decide(stage.caller(SEATS.chair), meetingId, idOf(key), {
      text: '',
      close: false,
      ...decided,
      stateVector: nothingSeen,
      seen: 0,
      method: 'acclamation',
    });
  }
  for (const { key, title, owner, due, from } of ACTIONS)
    await actions.create(stage.caller(SEATS.secretary), meetingId, idOf(key), {
      title,
      owner: { kind: 'person', personId: stage.mentioned(owner).id },
      due: due(new Date(now).getUTCFullYear()),
      source: await paragraphOf(stage, meetingId, idOf(key), from),
    });
}
