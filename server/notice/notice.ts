/**
 * Why this file exists: notices as the rest of the server sees them: prepared and published by those who run the meeting,
 * read by everybody in it, answered by those who are called, each for themselves or by an officer for somebody.
 */
import { createHash } from 'node:crypto';
import { type Id, newId } from '#shared/ids.ts';
import { type NoticeView, noticePatch, publishInput, type ReplyInput, replyInput } from '#shared/notice/api.ts';
import type { NoticeDocument } from '#shared/notice/document.ts';
import { isMailAddress } from '#shared/notice/mail.ts';
import { type Reply, type ReplyWay, sameReply, settledReply } from '#shared/notice/replies.ts';
import { mayInMeeting } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import type { Language } from '#shared/terms.ts';
import type { FileThreads } from '../documents/file-thread.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { participantIn, requireIn, stateOf } from '../meetings/rights.ts';
import { fullName } from '../minutes/people.ts';
import type { Pace } from '../pace.ts';
import type { PeopleStore } from '../people/ports.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import type { Caller, Notices } from '../services.ts';
import { answersByLink } from './answers.ts';
import { type ComposeNoticeDeps, callable, calledIn, composeNotice } from './compose.ts';
import { noticeFile } from './files.ts';
import type { AttachmentNumbers, NewMail, NoticeSituation, NoticeStore } from './ports.ts';

export interface NoticeDeps extends ComposeNoticeDeps {
  store: NoticeStore;
  relay: Pick<Relay, 'read' | 'notice'>;
  people: Pick<PeopleStore, 'get' | 'list'>;
  attachmentNumbers: AttachmentNumbers;
  files: FileThreads;
  pace: Pace;
  clock: Clock;
  origin(): string;
  /** The sender's address, or `null` where the house sends no mail. */
  mailFrom: string | null;
  /** Something was queued. */
  queued(): void;
}

/** Told in the agenda's room when a notice, a reply or a mail's state is another. */
export const NOTICE_TOPIC = 'notice';

/** The document of a version as it was kept. */
export const documentOf = ({ json }: { json: string }): NoticeDocument => JSON.parse(json) as NoticeDocument;

const wrong = (field: string, code: string): Refusal =>
  new Refusal('conflict', 'This does not fit the meeting as it is.', { fields: { [field]: code } });

/** The use cases of notices. */
export function createNotices(deps: NoticeDeps): Notices {
  const { store, clock } = deps;
  const tell = (meetingId: Id): void => deps.relay.notice(roomName({ kind: 'agenda', meetingId }), NOTICE_TOPIC);

  /** The meeting for somebody who takes part and is no screen. */
  async function read(caller: Caller, meetingId: Id): Promise<NoticeSituation> {
    const situation = await store.get(meetingId);
    if (!situation) throw notFound();
    const { roles } = participantIn(situation.meeting, caller.personId);
    if (roles.includes('screen')) throw new Refusal('forbidden', 'A screen is not called to meetings.');
    return situation;
  }

  async function latestOf({ meeting, last }: NoticeSituation): Promise<NoticeDocument | null> {
    const version = last === 0 ? null : await store.version(meeting.id, last);
    return version && documentOf(version);
  }

  async function viewOf(caller: Caller, situation: NoticeSituation, language: Language): Promise<NoticeView> {
    const { meeting, record, last } = situation;
    const { roles } = participantIn(meeting, caller.personId);
    const [versions, latest] = await Promise.all([store.versions(meeting.id), latestOf(situation)]);
    const mayPublish = mayInMeeting({ roles, isAdmin: false }, stateOf(meeting), 'publish-notice');
    return {
      meetingId: meeting.id,
      version: record.version,
      latest,
      versions: versions.map(({ number, at, by, sha256, mailed, json }) => ({
        number,
        at,
        by,
        sha256,
        mailed,
        language: documentOf({ json }).language,
      })),
      asked: last > 0 && calledIn(meeting, record).some(({ personId }) => personId === caller.personId),
      mine: record.replies.filter(({ personId }) => personId === caller.personId).map(copyOf)[0] ?? null,
      office: mayPublish ? await officeOf(situation, latest, language) : null,
    };
  }

  async function officeOf(
    { meeting, record, last }: NoticeSituation,
    latest: NoticeDocument | null,
    language: Language,
  ): Promise<NonNullable<NoticeView['office']>> {
    const [draft, mails, addresses] = await Promise.all([
      composeNotice(deps, { meeting, language, record, number: last + 1, before: latest }),
      store.mails(meeting.id),
      addressesIn(meeting),
    ]);
    const here = new Set(meeting.participants.map(({ personId }) => personId));
    return {
      draft,
      message: record.message,
      replyBy: record.replyBy,
      leftOut: [...record.leftOut],
      mailConfigured: deps.mailFrom !== null,
      people: callable(meeting).map((one) => {
        const address = addresses.get(one.personId) ?? null;
        const mail = mails.findLast(({ personId }) => personId === one.personId);
        return {
          personId: one.personId,
          name: fullName(one),
          organisationId: one.organisationId,
          hasAddress: address !== null,
          address: deps.mailFrom === null ? address : null,
          mail: mail
            ? {
                number: mail.number,
                state: mail.state,
                reason: mail.reason,
                attempts: mail.attempts,
                at: mail.at,
                nextAt: mail.nextAt,
              }
            : null,
        };
      }),
      replies: record.replies.filter(({ personId }) => here.has(personId)).map(copyOf),
    };
  }

  /** Where those who can be called have mail; who has no usable address is not in it. */
  async function addressesIn(meeting: MeetingRecord): Promise<ReadonlyMap<Id, string>> {
    const wanted = new Set(callable(meeting).map(({ personId }) => personId));
    const found = new Map<Id, string>();
    for (const { id, email } of await deps.people.list())
      if (wanted.has(id) && email !== null && isMailAddress(email)) found.set(id, email);
    return found;
  }

  async function keepReply(
    meetingId: Id,
    personId: Id,
    saying: { by: Id; way: ReplyWay },
    input: ReplyInput,
    allowed: (meeting: MeetingRecord) => void,
  ): Promise<NoticeSituation> {
    const draft = replyInput.parse(input);
    const done = await store.change(meetingId, ({ meeting, record, last }) => {
      allowed(meeting);
      if (!calledIn(meeting, record).some((one) => one.personId === personId)) throw notFound();
      if (last === 0) throw wrong('answer', 'no-notice');
      const substitute = draft.substitute?.personId ?? null;
      if (draft.answer === 'substitute' && substitute !== null) {
        if (substitute === personId) throw wrong('substitute', 'self');
        if (!callable(meeting).some((one) => one.personId === substitute)) throw wrong('substitute', 'not-participant');
      }
      const settled = settledReply(draft, meeting.sittings);
      if (!settled) throw wrong('substitute', 'required');
      const before = record.replies.find((one) => one.personId === personId);
      // Said once more is said already, unless another version has been published since.
      if (before && sameReply(before, settled) && before.number === last) return record;
      const reply: Reply = { ...settled, personId, at: clock(), ...saying, number: last };
      return { ...record, replies: [...record.replies.filter((one) => one.personId !== personId), reply] };
    });
    if (!done) throw notFound();
    if (done.changed) tell(meetingId);
    return done;
  }

  const notices: Omit<Notices, 'look' | 'answer'> = {
    async get(caller, meetingId, { lang }) {
      return viewOf(caller, await read(caller, meetingId), lang);
    },
    async change(caller, meetingId, raw, { lang }) {
      const input = noticePatch.parse(raw);
      const done = await store.change(meetingId, ({ meeting, record }) => {
        requireIn(meeting, caller.personId, 'publish-notice');
        const known = new Set(callable(meeting).map(({ personId }) => personId));
        if (input.leftOut?.some((id) => !known.has(id))) throw wrong('leftOut', 'not-participant');
        return {
          ...record,
          ...(input.message === undefined ? {} : { message: input.message }),
          ...(input.replyBy === undefined ? {} : { replyBy: input.replyBy }),
          ...(input.leftOut === undefined ? {} : { leftOut: [...new Set(input.leftOut)] }),
        };
      });
      if (!done) throw notFound();
      if (done.changed) tell(meetingId);
      return viewOf(caller, done, lang);
    },
    async publish(caller, meetingId, raw, { lang }) {
      const { after, mail } = publishInput.parse(raw);
      const asked = await read(caller, meetingId);
      requireIn(asked.meeting, caller.personId, 'publish-notice');
      if (mail && deps.mailFrom === null) throw wrong('mail', 'not-configured');
      deps.pace(caller.personId);
      // First, so that what is composed says the numbers that hold from now on.
      await deps.attachmentNumbers.freezeNumbers(meetingId);
      const situation = await read(caller, meetingId);
      const { meeting, record } = situation;
      if (situation.last !== after) throw wrong('after', 'changed');
      if (meeting.sittings.length === 0) throw wrong('sittings', 'missing');
      const called = calledIn(meeting, record);
      if (called.length === 0) throw wrong('leftOut', 'nobody-left');
      const before = await latestOf(situation);
      const document = await composeNotice(deps, { meeting, language: lang, record, number: after + 1, before });
      const json = `${JSON.stringify(document, null, 2)}\n`;
      const addresses = mail ? await addressesIn(meeting) : new Map<Id, string>();
      const mails: NewMail[] = called.flatMap(({ personId }) => {
        const address = addresses.get(personId);
        return address === undefined ? [] : [{ id: newId(), personId, address }];
      });
      const done = await store.publish(meetingId, (now) => {
        const me = requireIn(now.meeting, caller.personId, 'publish-notice');
        // What was composed is of the meeting as it was read: somebody has changed it in between.
        if (now.last !== after || now.record.version !== record.version || now.meeting.version !== meeting.version)
          throw wrong('after', 'changed');
        const sha256 = createHash('sha256').update(json, 'utf8').digest('hex');
        // What has been called once keeps its number, also while it is put away.
        const numbers = { ...now.meeting.noticeNumbers, ...numbersIn(document) };
        return { version: { json, sha256, at: clock(), by: fullName(me), mailed: mail }, mails, numbers };
      });
      if (!done) throw notFound();
      tell(meetingId);
      // Whoever looks at the agenda sees numbers that stay from now on.
      deps.relay.notice(roomName({ kind: 'agenda', meetingId }), 'meeting');
      if (mails.length > 0) deps.queued();
      return viewOf(caller, done, lang);
    },
    async sendAgain(caller, meetingId, personId, { lang }) {
      const situation = await read(caller, meetingId);
      requireIn(situation.meeting, caller.personId, 'publish-notice');
      const person = calledIn(situation.meeting, situation.record).find((one) => one.personId === personId);
      const mail = (await store.mails(meetingId)).findLast((one) => one.personId === personId);
      if (!person || mail?.number !== situation.last) throw notFound();
      const address = (await addressesIn(situation.meeting)).get(personId);
      if (address === undefined || deps.mailFrom === null) throw wrong('mail', 'no-address');
      deps.pace(caller.personId);
      if (!(await store.requeue(mail.id, address, clock()))) throw wrong('mail', 'not-now');
      tell(meetingId);
      deps.queued();
      return viewOf(caller, situation, lang);
    },
    async reply(caller, meetingId, input, { lang }) {
      await read(caller, meetingId);
      deps.pace(caller.personId);
      const { personId } = caller;
      const done = await keepReply(meetingId, personId, { by: personId, way: 'page' }, input, (meeting) => {
        requireIn(meeting, personId, 'reply-notice');
      });
      return viewOf(caller, done, lang);
    },
    async replyFor(caller, meetingId, personId, input, { lang }) {
      await read(caller, meetingId);
      deps.pace(caller.personId);
      const done = await keepReply(meetingId, personId, { by: caller.personId, way: 'officer' }, input, (meeting) => {
        requireIn(meeting, caller.personId, 'publish-notice');
      });
      return viewOf(caller, done, lang);
    },
    async file(caller, meetingId, number, format) {
      await read(caller, meetingId);
      const version = await store.version(meetingId, number);
      if (!version) throw notFound();
      return noticeFile(deps, version, format, caller.personId);
    },
  };
  return { ...notices, ...answersByLink({ store, people: deps.people, pace: deps.pace, keepReply, latestOf }) };
}

/** The number each item is called under. */
const numbersIn = ({ items }: NoticeDocument): Record<Id, string> =>
  Object.fromEntries(items.flatMap(({ id, number }) => (number === '' ? [] : [[id, number]])));

/** A reply as it goes out: lists that may be kept are not handed out. */
const copyOf = (reply: Reply): NonNullable<NoticeView['mine']> => ({ ...reply, sittingIds: [...reply.sittingIds] });
