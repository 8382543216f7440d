/**
 * Why this file exists: dot voting. One person has one ballot, which can be changed until the vote is closed. It is kept
 * under the person's id hashed with a secret of the vote; closing keeps the counts and throws both away, so that nobody
 * can ever learn who voted for what. Hidden counts are hidden from everybody, those who run the meeting included. The
 * ballot of somebody who is not among the voters any more, a guest who was shown out, does not count.
 */
import { randomBytes } from 'node:crypto';
import { type Id, newId } from '#shared/ids.ts';
import { mayVote, votesInMeeting } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import { ballotInput, type Vote, voteInput } from '#shared/workshop/harvest-api.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { participantIn, requireIn, stateOf } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import type { Votes } from '../services.ts';
import type { WorkshopContext } from './context.ts';
import type { BallotBox, VoteRecord, VoteStore } from './vote-ports.ts';
import { voterOf } from './voter.ts';

export interface VoteDeps {
  store: VoteStore;
  workshops: Pick<WorkshopContext, 'read'>;
  relay: Pick<Relay, 'notice'>;
  clock: Clock;
}

/** What is told to who looks at a meeting when one of its votes has changed: ask again. */
export const votesTopic = (itemId: Id): string => `votes:${itemId}`;
/** A hall votes all at once; its pages ask again at most this often. */
const NOTICE_EVERY_MS = 700;

const refused = (message: string, field: string, code: string) =>
  new Refusal('conflict', message, { fields: { [field]: code } });

/** The voter of a ballot, for as long as the secret exists. */
function voterIn(vote: VoteRecord, personId: Id): string {
  if (vote.secret === null) throw refused('The vote is closed.', 'vote', 'closed');
  return voterOf(vote.secret, vote.id, personId);
}

function countOf(vote: VoteRecord, ballots: BallotBox): Record<string, number> {
  const counts = Object.fromEntries(vote.choices.map(({ id }) => [id, 0]));
  for (const dots of ballots.values())
    for (const [id, n] of Object.entries(dots)) if (counts[id] !== undefined) counts[id] += n;
  return counts;
}

/** Who votes: those who are here to decide, and the guests when the vote is theirs too. */
const votersIn = (meeting: MeetingRecord, vote: VoteRecord): Id[] =>
  meeting.participants.filter(({ roles }) => votesInMeeting(roles, vote.guests)).map(({ personId }) => personId);

/** The ballots of an open vote that count. */
function counting(vote: VoteRecord, ballots: BallotBox, meeting: MeetingRecord): BallotBox {
  const { secret } = vote;
  if (secret === null || ballots.size === 0) return ballots;
  const voters = new Set(votersIn(meeting, vote).map((personId) => voterOf(secret, vote.id, personId)));
  return new Map([...ballots].filter(([voter]) => voters.has(voter)));
}

function viewOf(vote: VoteRecord, cast: BallotBox, meeting: MeetingRecord, personId: Id): Vote {
  const { closed } = vote;
  const ballots = counting(vote, cast, meeting);
  const { roles } = participantIn(meeting, personId);
  const may = closed === null && mayVote({ roles, isAdmin: false }, stateOf(meeting), vote.guests);
  const live = vote.counts === 'live' ? countOf(vote, ballots) : null;
  return {
    id: vote.id,
    title: vote.title,
    state: closed ? 'closed' : 'open',
    dots: vote.dots,
    counts: vote.counts,
    guests: vote.guests,
    openedAt: vote.openedAt,
    closedAt: closed?.at ?? null,
    choices: vote.choices.map((choice) => ({ ...choice })),
    results: closed ? { ...closed.results } : live,
    voted: closed?.voted ?? ballots.size,
    voters: closed?.voters ?? votersIn(meeting, vote).length,
    mayVote: may,
    mine: closed ? {} : { ...ballots.get(voterIn(vote, personId)) },
  };
}

/** The use cases of votes. */
export function createVotes({ store, workshops, relay, clock }: VoteDeps): Votes {
  const waiting = new Set<Id>();
  const tell = (meetingId: Id, itemId: Id): void =>
    relay.notice(roomName({ kind: 'agenda', meetingId }), votesTopic(itemId));
  /** Tells at once, or a little later together with what else is cast until then. */
  const tellSoon = (meetingId: Id, itemId: Id): void => {
    if (waiting.has(itemId)) return;
    waiting.add(itemId);
    setTimeout(() => {
      waiting.delete(itemId);
      tell(meetingId, itemId);
    }, NOTICE_EVERY_MS).unref();
  };

  const list: Votes['list'] = async (caller, meetingId, itemId) => {
    const { meeting } = await workshops.read(caller, meetingId, itemId);
    const votes = await store.list(meetingId, itemId);
    return votes.map(({ vote, ballots }) => viewOf(vote, ballots, meeting, caller.personId));
  };

  return {
    list,
    async open(caller, meetingId, itemId, raw) {
      const input = voteInput.parse(raw);
      const { meeting } = await workshops.read(caller, meetingId, itemId);
      requireIn(meeting, caller.personId, 'run-workshop');
      const vote: VoteRecord = {
        ...input,
        id: newId(),
        meetingId,
        itemId,
        secret: randomBytes(32).toString('hex'),
        openedAt: clock(),
        closed: null,
      };
      const done = await store.open(vote, (now, others) => {
        requireIn(now, caller.personId, 'run-workshop');
        if (others.some(({ closed }) => closed === null)) throw refused('A vote is open already.', 'vote', 'open');
      });
      if (!done) throw notFound();
      tell(meetingId, itemId);
      return list(caller, meetingId, itemId);
    },
    async cast(caller, meetingId, itemId, voteId, raw) {
      const { dots } = ballotInput.parse(raw);
      await workshops.read(caller, meetingId, itemId);
      const done = await store.cast(meetingId, itemId, voteId, (vote, meeting) => {
        const { roles } = participantIn(meeting, caller.personId);
        if (vote.closed) throw refused('The vote is closed.', 'vote', 'closed');
        if (!votesInMeeting(roles, vote.guests))
          throw new Refusal('forbidden', 'Your roles in this meeting do not allow this.');
        if (!mayVote({ roles, isAdmin: false }, stateOf(meeting), vote.guests))
          throw new Refusal('not-allowed-now', 'The state of the meeting does not allow this.');
        const known = new Set(vote.choices.map(({ id }) => id));
        const given = Object.entries(dots).filter(([, n]) => n > 0);
        if (given.some(([id]) => !known.has(id))) throw refused('There is no such choice.', 'dots', 'missing');
        if (given.reduce((sum, [, n]) => sum + n, 0) > vote.dots) throw refused('Too many dots.', 'dots', 'too-many');
        return { voter: voterIn(vote, caller.personId), dots: given.length === 0 ? null : Object.fromEntries(given) };
      });
      if (!done) throw notFound();
      tellSoon(meetingId, itemId);
      return list(caller, meetingId, itemId);
    },
    async close(caller, meetingId, itemId, voteId) {
      const { meeting } = await workshops.read(caller, meetingId, itemId);
      requireIn(meeting, caller.personId, 'run-workshop');
      const done = await store.close(meetingId, itemId, voteId, (vote, cast, now) => {
        requireIn(now, caller.personId, 'run-workshop');
        if (vote.closed) throw refused('The vote is closed.', 'vote', 'closed');
        const ballots = counting(vote, cast, now);
        const voters = votersIn(now, vote).length;
        return { at: clock(), voted: ballots.size, voters, results: countOf(vote, ballots) };
      });
      if (!done) throw notFound();
      tell(meetingId, itemId);
      return list(caller, meetingId, itemId);
    },
  };
}
