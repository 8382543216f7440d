/**
 * Why this file exists: the personal link in a mail lets whoever holds it answer for the one it was sent to, and nothing
 * else: no session begins. Looking at it answers nothing, so that programs that open every link in a mail answer nothing
 * either; it can be used again as long as answers are taken, because people change their minds.
 */
import type { Id } from '#shared/ids.ts';
import { type AnswerView, answerInput, answerLookInput, type ReplyInput } from '#shared/notice/api.ts';
import { type NoticeDocument, placeIn } from '#shared/notice/document.ts';
import type { ReplyWay } from '#shared/notice/replies.ts';
import { mayInMeeting } from '#shared/policy.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { requireIn, stateOf } from '../meetings/rights.ts';
import { fullName } from '../minutes/people.ts';
import type { Pace } from '../pace.ts';
import type { PeopleStore } from '../people/ports.ts';
import { hashToken } from '../people/tokens.ts';
import { Refusal } from '../refusal.ts';
import type { Notices } from '../services.ts';
import { calledIn } from './compose.ts';
import type { NoticeSituation, NoticeStore } from './ports.ts';

export interface AnswersDeps {
  store: NoticeStore;
  people: Pick<PeopleStore, 'get'>;
  pace: Pace;
  keepReply(
    meetingId: Id,
    personId: Id,
    saying: { by: Id; way: ReplyWay },
    input: ReplyInput,
    allowed: (meeting: MeetingRecord) => void,
  ): Promise<NoticeSituation>;
  latestOf(situation: NoticeSituation): Promise<NoticeDocument | null>;
}

const unknown = (): Refusal => new Refusal('not-found', 'This link opens nothing.', { fields: { token: 'unknown' } });
const over = (): Refusal => new Refusal('link-used', 'This link has been used or is too old.');

/** Looking at a notice and answering it by a personal link. */
export function answersByLink(deps: AnswersDeps): Pick<Notices, 'look' | 'answer'> {
  const { store } = deps;

  /** Who the link is for and what of, while it can be answered by. */
  async function usable(token: string) {
    const link = await store.link(hashToken(token));
    const situation = link && (await store.get(link.meetingId));
    if (!link || !situation) throw unknown();
    const { meeting, record } = situation;
    const person = calledIn(meeting, record).find(({ personId }) => personId === link.personId);
    const register = await deps.people.get(link.personId);
    if (!person || !register || register.disabled) throw over();
    if (!mayInMeeting({ roles: person.roles, isAdmin: false }, stateOf(meeting), 'reply-notice')) throw over();
    return { situation, person };
  }

  async function viewOf(situation: NoticeSituation, personId: Id): Promise<AnswerView> {
    const document = await deps.latestOf(situation);
    const { meeting, record } = situation;
    const person = calledIn(meeting, record).find((one) => one.personId === personId);
    if (!document || !person) throw over();
    const mine = record.replies.find((one) => one.personId === personId);
    return {
      name: fullName(person),
      meeting: { title: meeting.title, body: meeting.body },
      sittings: document.header.sittings.map((sitting) => ({
        id: sitting.id,
        label: sitting.label,
        when: sitting.when,
        place: placeIn(document, sitting),
      })),
      replyBy: document.replyBy,
      mine: mine
        ? {
            answer: mine.answer,
            sittingIds: [...mine.sittingIds],
            substitute: mine.substitute,
            note: mine.note,
            at: mine.at,
          }
        : null,
    };
  }

  return {
    async look(raw) {
      const { situation, person } = await usable(answerLookInput.parse(raw).token);
      return viewOf(situation, person.personId);
    },
    async answer(raw) {
      const { token, reply } = answerInput.parse(raw);
      const { situation, person } = await usable(token);
      const { personId } = person;
      deps.pace(personId);
      // Whom a link does not let see the others cannot choose among them: a substitute is named in words.
      const named = reply.substitute
        ? { ...reply, substitute: { personId: null, name: reply.substitute.name } }
        : reply;
      const done = await deps.keepReply(
        situation.meeting.id,
        personId,
        { by: personId, way: 'link' },
        named,
        (meeting) => {
          requireIn(meeting, personId, 'reply-notice');
        },
      );
      return viewOf(done, personId);
    },
  };
}
