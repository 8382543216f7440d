/**
 * Why this file exists: what people answer to a notice, what that is by organisation, and what it means for the record of
 * who was there. Pure.
 */
import type { EntryDraft } from '../attendance/attendance.ts';
import type { Id } from '../ids.ts';

/** kommer, kommer delvis, kommer inte, ersättare */
export const ANSWERS = ['yes', 'partly', 'no', 'substitute'] as const;
export type Answer = (typeof ANSWERS)[number];

/** How the answer came: on the page, through a personal link, or by those who run the meeting. */
export const REPLY_WAYS = ['page', 'link', 'officer'] as const;
export type ReplyWay = (typeof REPLY_WAYS)[number];

export const MAX_REPLY_NOTE = 200;
export const MAX_SUBSTITUTE = 120;

/** What is said; one without who said it and when. */
export interface ReplyDraft {
  answer: Answer;
  /** Those one comes to, when in part. */
  sittingIds: readonly Id[];
  /** Who comes instead: a name, and who that is when it is somebody in the meeting. */
  substitute: { personId: Id | null; name: string } | null;
  note: string;
}

export interface Reply extends ReplyDraft {
  personId: Id;
  at: number;
  /** Who said it; the person's own id for a page or a link. */
  by: Id;
  way: ReplyWay;
  /** Which version it answered. */
  number: number;
}

/** The same thing said. */
export const sameReply = (a: ReplyDraft, b: ReplyDraft): boolean =>
  a.answer === b.answer &&
  a.note === b.note &&
  a.substitute?.name === b.substitute?.name &&
  a.substitute?.personId === b.substitute?.personId &&
  a.sittingIds.length === b.sittingIds.length &&
  a.sittingIds.every((id) => b.sittingIds.includes(id));

/**
 * A reply as it is kept: sittings in the order of the meeting, and only those it has; in part to all of them is all, in
 * part to none is none; what the answer does not ask for is not kept. `null` when it says of a substitute nobody.
 */
export function settledReply(draft: ReplyDraft, sittings: readonly { id: Id }[]): ReplyDraft | null {
  const { note } = draft;
  const plain = (answer: Answer): ReplyDraft => ({ answer, sittingIds: [], substitute: null, note });
  switch (draft.answer) {
    case 'yes':
    case 'no':
      return plain(draft.answer);
    case 'substitute': {
      const name = draft.substitute?.name.trim() ?? '';
      if (name === '') return null;
      return { ...plain('substitute'), substitute: { personId: draft.substitute?.personId ?? null, name } };
    }
    case 'partly': {
      const sittingIds = sittings.map(({ id }) => id).filter((id) => draft.sittingIds.includes(id));
      if (sittingIds.length === 0) return plain('no');
      return sittingIds.length === sittings.length ? plain('yes') : { ...plain('partly'), sittingIds };
    }
  }
}

export interface ReplyCount {
  /** `null` for those who stand for none. */
  organisationId: Id | null;
  asked: number;
  answered: number;
  yes: number;
  partly: number;
  no: number;
  substitute: number;
}

/** Counts by organisation, in the order of `organisations`, those without one last; organisations of nobody are left out. */
export function replyCounts(
  asked: readonly { personId: Id; organisationId: Id | null }[],
  replies: readonly Pick<Reply, 'personId' | 'answer'>[],
  organisations: readonly { id: Id }[],
): ReplyCount[] {
  const answers = new Map(replies.map(({ personId, answer }) => [personId, answer]));
  const known = new Set(organisations.map(({ id }) => id));
  const of = (id: Id | null): Id | null => (id !== null && known.has(id) ? id : null);
  return [...organisations.map(({ id }) => id), null].flatMap((organisationId) => {
    const people = asked.filter((one) => of(one.organisationId) === organisationId);
    if (people.length === 0) return [];
    const count: ReplyCount = {
      organisationId,
      asked: people.length,
      answered: 0,
      yes: 0,
      partly: 0,
      no: 0,
      substitute: 0,
    };
    for (const { personId } of people) {
      const answer = answers.get(personId);
      if (answer === undefined) continue;
      count.answered += 1;
      count[answer] += 1;
    }
    return [count];
  });
}

/** All of them together. */
export function sumOf(counts: readonly ReplyCount[]): Omit<ReplyCount, 'organisationId'> {
  const sum = { asked: 0, answered: 0, yes: 0, partly: 0, no: 0, substitute: 0 };
  for (const count of counts) for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += count[key];
  return sum;
}

const said = (draft: Partial<EntryDraft>): EntryDraft => ({
  kind: 'excused',
  from: null,
  to: null,
  sittingId: null,
  itemId: null,
  forPersonId: null,
  note: '',
  ...draft,
});

/**
 * What replies announce of who will be there, by person: excused for what one does not come to, and serving for the one
 * who asked to be replaced. Who comes has announced nothing: that somebody was there is said when they are. Nothing is
 * said of people in `recorded`, of whom somebody has kept something already.
 */
export function announcedByReplies(
  replies: readonly Reply[],
  sittings: readonly { id: Id }[],
  recorded: ReadonlySet<Id>,
): Map<Id, EntryDraft[]> {
  const drafts = new Map<Id, EntryDraft[]>();
  const add = (personId: Id, ...entries: EntryDraft[]): void => {
    if (entries.length > 0 && !recorded.has(personId))
      drafts.set(personId, [...(drafts.get(personId) ?? []), ...entries]);
  };
  for (const { personId, answer, sittingIds, substitute, note } of replies) {
    if (answer === 'no') add(personId, said({ note }));
    if (answer === 'partly')
      add(
        personId,
        ...sittings.filter(({ id }) => !sittingIds.includes(id)).map(({ id }) => said({ sittingId: id, note })),
      );
    if (answer === 'substitute') add(personId, said({ note: substitute?.name ?? note }));
  }
  // A substitute who cannot come serves for nobody.
  const away = new Set(replies.filter(({ answer }) => answer !== 'yes').map(({ personId }) => personId));
  const served = new Set<Id>();
  for (const { personId, answer, substitute } of replies) {
    const by = answer === 'substitute' ? (substitute?.personId ?? null) : null;
    if (by === null || by === personId || away.has(by) || served.has(by)) continue;
    served.add(by);
    add(by, said({ kind: 'substitute', forPersonId: personId }));
  }
  return drafts;
}
