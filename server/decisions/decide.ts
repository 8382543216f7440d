/**
 * Why this file exists: deciding, so that what is decided is what everybody saw. The order is that of a summary made final
 * (server/summaries/finalise.ts): hold the proposals' room, read it with everything accepted before, then one transaction
 * that looks again at who may, who is there and what stands and writes the decision, its number and the lock; then the rights of both
 * rooms are decided anew, and the hold is let go.
 */
import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import type { Organisation } from '#shared/api.ts';
import { decideInput } from '#shared/decisions/api.ts';
import { bodyKey } from '#shared/decisions/body.ts';
import {
  type DecidedClause,
  type DecisionNumber,
  type FrozenDecision,
  METHODS,
  NEEDS_DETAIL,
  numberLabel,
  type PresentPerson,
  seriesOf,
  takesNumber,
  WORDED,
} from '#shared/decisions/decision.ts';
import { type Id, newId } from '#shared/ids.ts';
import {
  type Clause,
  clausesOf,
  oneLine,
  type Proposal,
  readClauses,
  readProposals,
  wordingOf,
} from '#shared/proposals/proposals.ts';
import { roomName } from '#shared/rooms.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { requireIn } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller } from '../services.ts';
import type { DecisionContext } from './context.ts';
import type { Deciding, ItemRecord } from './ports.ts';
import { presentFor } from './present.ts';

type Input = ReturnType<typeof decideInput.parse>;
type Read = { vector: Map<number, number>; proposals: Proposal[]; clauses: (Clause & { text: string })[] };

const conflict = (message: string, fields: Record<string, string>) => new Refusal('conflict', message, { fields });
const wrong = (fields: Record<string, string>) => new Refusal('bad-request', 'The form is wrong.', { fields });

function vectorOf(base64: string): Map<number, number> {
  try {
    return Y.decodeStateVector(Buffer.from(base64, 'base64'));
  } catch {
    throw wrong({ stateVector: 'malformed' });
  }
}

/** What belongs to each kind of outcome, whatever the page sent. */
function requireWhole(input: Input): void {
  const worded = WORDED.includes(input.outcome);
  if (worded && input.clauses.length === 0 && input.text === '') throw wrong({ text: 'missing' });
  if (input.clauses.length > 0 && input.proposalId === null) throw wrong({ proposalId: 'missing' });
  if (new Set(input.clauses).size !== input.clauses.length) throw wrong({ clauses: 'twice' });
  if (NEEDS_DETAIL.includes(input.outcome) && input.detail === '') throw wrong({ detail: 'missing' });
  const counted = input.method !== null && input.method !== METHODS[0];
  if (counted !== (input.counts !== null)) throw wrong({ counts: counted ? 'missing' : 'not-counted' });
}

function read(doc: Y.Doc): Read {
  return {
    vector: Y.decodeStateVector(Y.encodeStateVector(doc)),
    proposals: readProposals(doc),
    clauses: readClauses(doc).map((clause) => ({ ...clause, text: wordingOf(doc, clause.id) })),
  };
}

/** The chosen clauses as they are worded now, each with what could have stood instead. */
function wordingFrom(room: Read, input: Input, nameOf: (personId: Id | '') => string): DecidedClause[] {
  const { proposalId, clauses: chosen, text } = input;
  if (proposalId === null)
    return text === '' ? [] : [{ id: newId(), original: '', text, reason: '', reasonBy: '', alternatives: [] }];
  const textOf = new Map(room.clauses.map((clause) => [clause.id, clause.text]));
  const groups = clausesOf(room.clauses, proposalId).map((one) => [one, ...one.alternatives]);
  return chosen.map((id) => {
    const group = groups.find((members) => members.some((one) => one.id === id));
    const clause = group?.find((one) => one.id === id);
    const words = textOf.get(id) ?? '';
    if (!group || !clause) throw conflict('A clause is not there any more.', { clauses: 'gone' });
    if (words === '') throw conflict('A clause says nothing.', { clauses: 'empty' });
    // An alternative is compared with what it stands instead of.
    const original = oneLine((clause === group[0] ? clause.original : group[0]?.original) ?? '');
    return {
      id,
      original,
      text: words,
      reason: clause.reason,
      reasonBy: nameOf(clause.reasonBy),
      alternatives: group
        .filter((one) => one !== clause)
        .map((one) => ({ text: textOf.get(one.id) ?? '', reason: one.reason })),
    };
  });
}

/** Those who are there, as they are called now. */
function presentPeople(
  { meeting }: Deciding,
  here: ReadonlySet<Id>,
  organisations: readonly Organisation[],
): PresentPerson[] {
  return meeting.participants
    .filter(({ personId }) => here.has(personId))
    .map(({ personId, name, title, organisationId }) => ({
      personId,
      name,
      title,
      organisationId,
      organisation: organisations.find(({ id }) => id === organisationId)?.name ?? '',
    }));
}

/** The organisations of the meeting's participants for which nobody is among those present. */
function unrepresentedIn(
  meeting: MeetingRecord,
  present: readonly PresentPerson[],
  organisations: readonly Organisation[],
) {
  const here = new Set(present.map(({ organisationId }) => organisationId));
  const expected = new Set(meeting.participants.filter(({ isGuest }) => !isGuest).map((one) => one.organisationId));
  return organisations
    .filter(({ id }) => expected.has(id) && !here.has(id))
    .map(({ id, name }) => ({ organisationId: id, organisation: name }));
}

/** Decides as the caller. Resolves when everybody who is in the item's rooms has the right that follows. */
export async function decide(
  context: DecisionContext,
  caller: Caller,
  [meetingId, itemId]: [Id, Id],
  raw: unknown,
): Promise<ItemRecord> {
  const input = decideInput.parse(raw);
  const seen = vectorOf(input.stateVector);
  const before = await context.enter(caller, meetingId, itemId);
  requireIn(before.meeting, caller.personId, 'decide');
  requireWhole(input);

  const letGo = context.relay.hold(roomName({ kind: 'proposal', meetingId, itemId }), 'final');
  try {
    const room = await context.relay.read(roomName({ kind: 'proposal', meetingId, itemId }), read);
    for (const [client, clock] of seen)
      if ((room.vector.get(client) ?? 0) < clock)
        throw conflict('Something the chair saw is not saved.', { stateVector: 'unsaved' });
    const proposal = input.proposalId === null ? null : room.proposals.find(({ id }) => id === input.proposalId);
    if (proposal === undefined || proposal?.archived) throw conflict('The proposal is gone.', { proposalId: 'gone' });
    const organisations = await context.organisations.list();
    const agenda = await context.agenda(before.meeting);

    const done = await context.store.decide(meetingId, itemId, (now: Deciding) => {
      const { name } = requireIn(now.meeting, caller.personId, 'decide');
      if (now.decisions.length !== input.seen)
        throw conflict('Something else has been decided meanwhile.', { seen: 'changed' });
      const replaced = now.decisions.find(({ id }) => id === input.replaces);
      if (input.replaces !== null && (!replaced || replaced.replacedBy !== null))
        throw conflict('That decision does not stand any more.', { replaces: 'gone' });
      const names = new Map(now.meeting.participants.map((one) => [one.personId, one.name]));
      // Now and not before: who left while this waited for its turn was not there.
      const at = context.clock();
      const present = presentPeople(now, presentFor(now, agenda, { itemId, at }), organisations);
      const date = context.dateAt(at, now.meeting.timeZone);
      const { policy, series, number } = numberIn(now, input, date);
      const frozen: FrozenDecision = {
        id: newId(),
        itemId,
        number:
          number === null
            ? null
            : ({
                policy,
                label: numberLabel(policy, date, number),
                year: Number(date.slice(0, 4)),
                n: number,
              } satisfies DecisionNumber),
        outcome: input.outcome,
        proposal: proposal && { id: proposal.id, title: proposal.title, by: proposal.by },
        wording: wordingFrom(room, input, (personId) => names.get(personId) ?? ''),
        method: input.method,
        counts: input.counts,
        motivation: input.motivation,
        detail: input.detail,
        replaces: input.replaces,
        present,
        unrepresented: unrepresentedIn(now.meeting, present, organisations),
        at,
        date,
        byPersonId: caller.personId,
        by: name,
      };
      const others = now.meeting.locks.filter((lock) => lock.itemId !== itemId);
      const lock = now.meeting.locks.find((one) => one.itemId === itemId);
      const locked = { itemId, at: lock?.at ?? at, by: lock?.by ?? name, reason: lock?.reason ?? '', decided: true };
      return {
        decision: frozen,
        sha256: createHash('sha256').update(JSON.stringify(frozen)).digest('hex'),
        series: number === null ? null : series,
        locks: input.close ? [...others, locked] : now.meeting.locks,
      };
    });
    if (!done) throw notFound();
    await context.reauthorize(meetingId, itemId);
    return done;
  } finally {
    letGo();
    context.notice(meetingId, itemId);
  }
}

/** The next number of the body's series, for an outcome that takes one. */
function numberIn({ meeting, body, next }: Deciding, { outcome }: Input, date: string) {
  const policy = body.numbering;
  const series = seriesOf(bodyKey(meeting), policy, date);
  const first = policy !== 'date' && body.first?.year === Number(date.slice(0, 4)) ? body.first.n : 1;
  return { policy, series, number: takesNumber(policy, outcome) ? next(series, first) : null };
}
