/**
 * Why this file exists: a notice is composed here and nowhere else, from the agenda as it stands, the meeting's data and its
 * attachments: as a protocol is (server/minutes/compose.ts), of the same parts and in the same words.
 */
import { clockText, planOf } from '#shared/agenda-time.ts';
import { type Agenda, readAgenda } from '#shared/agenda-tree.ts';
import type { Organisation } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { minutesWords } from '#shared/minutes/words.ts';
import { changesBetween } from '#shared/notice/changes.ts';
import type { NoticeDocument, NoticeGroup, NoticeItem, NoticeSitting } from '#shared/notice/document.ts';
import { roomName } from '#shared/rooms.ts';
import type { Language } from '#shared/terms.ts';
import type { MeetingRecord, ParticipantView } from '../meetings/ports.ts';
import { fullName, headerOf, presenterOf } from '../minutes/people.ts';
import type { MinutesParts } from '../minutes/ports.ts';
import type { Relay } from '../relay/ports.ts';
import type { NoticeRecord } from './ports.ts';

export interface ComposeNoticeDeps {
  relay: Pick<Relay, 'read'>;
  organisations(): Promise<Organisation[]>;
  parts: Pick<MinutesParts, 'attachments'>;
}

/** Who can be called: everybody who takes part under a name of the house. Guests come by the code, projectors are nobody. */
export function callable(meeting: Pick<MeetingRecord, 'participants'>): ParticipantView[] {
  return meeting.participants.filter(
    ({ roles, isGuest }) => !isGuest && roles.some((role) => role !== 'guest' && role !== 'screen'),
  );
}

/** Those of them who are called. */
export const calledIn = (meeting: MeetingRecord, { leftOut }: Pick<NoticeRecord, 'leftOut'>): ParticipantView[] =>
  callable(meeting).filter(({ personId }) => !leftOut.includes(personId));

/** The notice as it would be published now, after `before` and as number `number`. */
export async function composeNotice(
  deps: ComposeNoticeDeps,
  of: {
    meeting: MeetingRecord;
    language: Language;
    record: NoticeRecord;
    number: number;
    before: NoticeDocument | null;
  },
): Promise<NoticeDocument> {
  const { meeting, language, record, number, before } = of;
  const agenda = await deps.relay.read(roomName({ kind: 'agenda', meetingId: meeting.id }), (doc) =>
    readAgenda(doc, meeting),
  );
  const numbers = new Map(agenda.rows.map((row) => [row.item.id, row.number]));
  const [organisations, attachments] = await Promise.all([
    deps.organisations(),
    deps.parts.attachments.attachments({ meeting, language }, (itemId) => numbers.get(itemId) ?? ''),
  ]);
  const common = headerOf(meeting, language, organisations);
  const links = new Map(meeting.sittings.map(({ id, link }) => [id, link]));
  const header: NoticeDocument['header'] = {
    ...common,
    sittings: common.sittings.map((sitting): NoticeSitting => ({ ...sitting, link: links.get(sitting.id) ?? '' })),
  };
  const items = itemsOf(agenda, meeting, (row) => ({
    presenters: row.item.presenters.map((presenter) => presenterOf(presenter, meeting, organisations)),
    attachments: attachments.get(row.item.id) ?? [],
  }));
  const has = new Set(header.sittings.map(({ id }) => id));
  const withdrawn =
    before === null ? [] : [...before.header.sittings, ...before.withdrawn].filter(({ id }) => !has.has(id));
  return {
    format: 'radslag-notice',
    version: 1,
    language,
    number,
    meeting: { id: meeting.id, timeZone: meeting.timeZone },
    header,
    message: record.message,
    replyBy: record.replyBy,
    items,
    attachments: attachments.get('') ?? [],
    called: groupsOf(calledIn(meeting, record), organisations, language),
    withdrawn,
    changes: before === null ? [] : changesBetween(before, { header, items }),
  };
}

function itemsOf(
  agenda: Agenda,
  meeting: MeetingRecord,
  more: (row: Agenda['rows'][number]) => Pick<NoticeItem, 'presenters' | 'attachments'>,
): NoticeItem[] {
  const plan = planOf(agenda, meeting.sittings, meeting.timeZone);
  // Clock times follow from planned minutes: in a sitting where nobody has planned any, all would be its start.
  const planned = new Set(agenda.rows.filter(({ item }) => item.minutes > 0).map(({ sitting }) => sitting));
  return agenda.rows.map((row): NoticeItem => {
    const { item, number, level, sitting } = row;
    const start = plan.rows.get(item.id)?.start ?? null;
    const shown = start !== null && planned.has(sitting) && item.kind !== 'section';
    return {
      id: item.id,
      number,
      level,
      kind: item.kind,
      title: item.title.trim(),
      sittingId: sitting,
      start: shown ? clockText(start, meeting.timeZone, 'en') : '',
      minutes: plan.rows.get(item.id)?.minutes ?? 0,
      ...more(row),
    };
  });
}

function groupsOf(
  called: readonly ParticipantView[],
  organisations: readonly Organisation[],
  language: Language,
): NoticeGroup[] {
  const known = new Set<Id>(organisations.map(({ id }) => id));
  const named = (people: readonly ParticipantView[]): string[] => people.map(fullName);
  const groups = [...organisations]
    .sort((a, b) => a.position - b.position)
    .map(({ id, name }) => ({
      label: name,
      names: named(called.filter(({ organisationId }) => organisationId === id)),
    }));
  const others = called.filter(({ organisationId }) => organisationId === null || !known.has(organisationId));
  return [...groups, { label: minutesWords(language).withoutOrganisation, names: named(others) }].filter(
    ({ names }) => names.length > 0,
  );
}
