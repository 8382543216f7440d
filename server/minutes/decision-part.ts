/**
 * Why this file exists: what was decided and what is to be done, as a protocol says it. What is verbatim stays so; the
 * sentences around it are the protocol's own, in its own language.
 */
import { clockText } from '#shared/agenda-time.ts';
import { type ActionItem, isDone } from '#shared/decisions/action.ts';
import type { Decision, DissentKind, Outcome } from '#shared/decisions/decision.ts';
import { dueText } from '#shared/decisions/due.ts';
import type { Id } from '#shared/ids.ts';
import type {
  MinutesAction,
  MinutesDecision,
  DissentKind as MinutesDissentKind,
  DecisionOutcome as MinutesOutcome,
  MinutesReopening,
} from '#shared/minutes/document.ts';
import { minutesWords, momentWords } from '#shared/minutes/words.ts';
import type { Language } from '#shared/terms.ts';
import type { ActionStore, DecisionStore } from '../decisions/ports.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import type { DecisionPort } from './ports.ts';

const OUTCOME: Record<Outcome, MinutesOutcome> = {
  decided: 'decision',
  agreed: 'agreement',
  noted: 'noted',
  tabled: 'tabled',
  remitted: 'remitted',
  referred: 'referred',
  spunOff: 'spunOff',
  filed: 'filed',
  withdrawn: 'withdrawn',
};
const DISSENT: Record<DissentKind, MinutesDissentKind> = {
  reservation: 'reservation',
  dissentingOpinion: 'dissent',
  statement: 'note',
};

/** Reads decisions and actions for a protocol. */
export function createDecisionPart(deps: {
  store: Pick<DecisionStore, 'ofMeeting' | 'reopeningsOf'>;
  actions: Pick<ActionStore, 'ofMeeting'>;
}): DecisionPort {
  return {
    async decisions({ meeting, language }) {
      const all = await deps.store.ofMeeting(meeting.id);
      return byItem(all, (decision) => [decisionOf(decision, all, meeting, language)]);
    },
    async actions({ meeting, language }) {
      const all = [...(await deps.actions.ofMeeting(meeting.id))].sort(
        (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
      );
      return byItem(all, (action) => actionsOf(action, language));
    },
    async reopenings({ meeting, language }) {
      return byItem(await deps.store.reopeningsOf(meeting.id), ({ at, person, reason }): MinutesReopening[] => [
        { at, when: momentOf(at, meeting, language), by: person, reason },
      ]);
    },
  };
}

function byItem<T extends { itemId: Id }, R>(all: readonly T[], of: (one: T) => R[]): ReadonlyMap<Id, R[]> {
  const found = new Map<Id, R[]>();
  for (const one of all) found.set(one.itemId, [...(found.get(one.itemId) ?? []), ...of(one)]);
  return found;
}

/** "13 november 2026, kl. 14.02" where the meeting is. */
function momentOf(at: number, { timeZone }: MeetingRecord, language: Language): string {
  const clock = clockText(at, timeZone, language);
  return `${momentWords(at, language, timeZone)}, ${language === 'sv' ? 'kl. ' : ''}${clock}`;
}

/** One decision; `all` are the meeting's, to say which it stands instead of. Pure. */
export function decisionOf(
  decision: Decision,
  all: readonly Decision[],
  meeting: MeetingRecord,
  language: Language,
): MinutesDecision {
  const words = minutesWords(language);
  const { outcome, proposal, detail, counts, present, unrepresented } = decision;
  const nameOf = (id: Id | null): string => {
    const one = all.find((other) => other.id === id);
    return one ? (one.number?.label ?? words.outcome[OUTCOME[one.outcome]].toLowerCase()) : '';
  };
  const kind = OUTCOME[outcome];
  const replaced = nameOf(decision.replaces);
  const replacedBy = nameOf(decision.replacedBy);
  const body = meeting.body || words.meetingItself;
  const said =
    kind === 'decision' || kind === 'agreement'
      ? proposal
        ? words.decides[kind](body)
        : ''
      : decision.wording.length > 0 && (kind === 'noted' || kind === 'filed')
        ? ''
        : words.settled[kind](detail.replace(/\.$/, ''));
  const clause = (text: string): string =>
    proposal && text !== '' && !/^att /i.test(text) ? `${words.clause} ${text}` : text;
  return {
    id: decision.id,
    label: decision.number?.label ?? '',
    outcome: kind,
    lead: [replacedBy && words.replacedBy(replacedBy), replaced && words.replaces(replaced), said]
      .filter(Boolean)
      .join(' '),
    clauses: decision.wording.map(({ id, text, original, reason }) => ({
      id,
      text: clause(text),
      original: original !== '' && original !== text ? clause(original) : null,
      reason,
    })),
    motivation: decision.motivation,
    method: decision.method ?? '',
    counts: counts ? words.counts(counts) : '',
    dissents: decision.dissents.map((one) => ({
      kind: DISSENT[one.kind],
      who: [one.person, one.organisation].filter(Boolean).join(', '),
      text: one.text,
    })),
    present: [
      words.presentCount(present.length),
      unrepresented.length > 0 ? words.nobodyFrom(unrepresented.map(({ organisation }) => organisation)) : '',
    ]
      .filter(Boolean)
      .join(' '),
    at: decision.at,
  };
}

/** A person's is one row; every organisation's a row for each of them, with its own state. */
function actionsOf(action: ActionItem, language: Language): MinutesAction[] {
  const due = action.due ? dueText(action.due, language) : '';
  const source = action.source?.block ?? '';
  if (action.owner === 'person') {
    const [line] = action.lines;
    const owner = [line?.person, line?.organisation].filter(Boolean).join(', ');
    return [{ id: action.id, text: action.title, owner, due, done: isDone(action), source }];
  }
  return action.lines.map(({ id, organisation, person, status }) => ({
    id,
    text: action.title,
    owner: [organisation, person].filter(Boolean).join(', '),
    due,
    done: status === 'done',
    source,
  }));
}
