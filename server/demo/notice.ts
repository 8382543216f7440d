/**
 * Why this file exists: the notice of the demo's retreat, in two versions: an item was added, one got another title and the
 * first day a later end. Most have answered; one by telephone. Another meeting has been called to and not been answered by all.
 */
import { patchItem, titleText } from '#shared/agenda.ts';
import type { Meeting } from '#shared/api.ts';
import type { ReplyInput } from '#shared/notice/api.ts';
import { roomName } from '#shared/rooms.ts';
import type { MeetingScript, Played, Stage, Step } from './play.ts';

const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;
const SWEDISH = { lang: 'sv' } as const;
const SECRETARY = 'freja';
/** What the items were called before the notice was changed, and one that was not on the agenda yet. */
const FORMER = { key: 'dialogue', title: 'Dialog om servicepunkter' };
const LATER = 'digital';
/** Half an hour earlier, as the first day was to end at first. */
function earlier(clock: string): string {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  const at = Math.max(0, hours * 60 + minutes - 30);
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}

type Said = [key: string, daysBefore: number, input: ReplyInput];
const YES: ReplyInput = { answer: 'yes' };

/** By whom, how many days before the retreat. Nothing of Tallmo's director and the guests yet. */
const REPLIES: Said[] = [
  ['gunvor', 15, YES],
  ['freja', 15, YES],
  ['samir', 14.8, YES],
  ['kerstin', 14, YES],
  ['jonas', 13.5, YES],
  ['torbjorn', 13, YES],
  ['elsa', 12, YES],
  ['amina', 12, YES],
  ['dag', 11, YES],
  ['lovisa', 6, YES],
  ['rut', 6, YES],
  ['leif', 5.5, YES],
  ['perolof', 5, YES],
  ['gunvor', 5, YES],
  ['kerstin', 4.6, YES],
  ['sigrid', 4.5, YES],
  ['agnes', 4, YES],
  ['mirja', 4, YES],
  ['majbritt', 3.8, { answer: 'no', note: 'Sjukskriven till månadsskiftet' }],
];
/** In part: to the first day, or to the second. */
const IN_PART: [key: string, daysBefore: number, day: 0 | 1, note: string][] = [
  ['tomas', 3, 0, ''],
  ['oskar', 3, 0, ''],
  ['birgitta', 2.5, 1, 'Kommer med morgontåget'],
];

/** The steps of the retreat's notice. Nothing of it lies after the meeting began. */
export function noticeSteps(stage: Stage, played: Played, { startsAt, createdAt }: MeetingScript): Step[] {
  const { notices, meetings } = stage.server.services;
  const secretary = stage.caller(SECRETARY);
  const before = (days: number): number => Math.max(createdAt + HOUR, startsAt - days * DAY);
  const agenda = (change: Parameters<typeof stage.server.relay.edit>[2]) =>
    stage.server.relay.edit(roomName({ kind: 'agenda', meetingId: played.meetingId }), secretary.personId, change);
  const item = (key: string) => played.items.get(key) ?? '';
  const rename = (title: string) =>
    agenda((doc) => {
      const text = titleText(doc, item(FORMER.key));
      text?.delete(0, text.length);
      text?.insert(0, title);
    });
  const endOfDayOne = async (end: (now: string) => string) => {
    const meeting = await meetings.get(secretary, played.meetingId);
    const sittings = meeting.sittings.map((sitting, n) => (n === 0 ? { ...sitting, end: end(sitting.end) } : sitting));
    await meetings.update(secretary, played.meetingId, { sittings });
  };
  const publish = async () => {
    const { versions } = await notices.get(secretary, played.meetingId, SWEDISH);
    await notices.publish(secretary, played.meetingId, { after: versions.length }, SWEDISH);
  };
  let title = '';
  let end = '';
  const daysOf = async (): Promise<Meeting['sittings']> => (await meetings.get(secretary, played.meetingId)).sittings;
  return [
    {
      at: before(16.2),
      run: async () => {
        await agenda((doc) => {
          title = titleText(doc, item(FORMER.key))?.toString() ?? '';
          patchItem(doc, item(LATER), { archived: true });
        });
        await rename(FORMER.title);
        await endOfDayOne((now) => {
          end = now;
          return earlier(now);
        });
        await notices.change(
          secretary,
          played.meetingId,
          {
            message:
              'Välkomna till höstens internat. Buss går från Tallmo torg en timme före start.\n\nSäg till om kost och rum när ni svarar.',
            replyBy: new Date(startsAt - 4 * DAY).toISOString().slice(0, 10),
          },
          SWEDISH,
        );
      },
    },
    { at: before(16), run: publish },
    {
      at: before(8.1),
      run: async () => {
        await agenda((doc) => {
          patchItem(doc, item(LATER), { archived: false });
        });
        await rename(title);
        await endOfDayOne(() => end);
      },
    },
    { at: before(8), run: publish },
    ...REPLIES.map(([key, days, input]) => ({
      at: before(days),
      run: async () => {
        await notices.reply(stage.caller(key), played.meetingId, input, SWEDISH);
      },
    })),
    ...IN_PART.map(([key, days, day, note]) => ({
      at: before(days),
      run: async () => {
        const sittingIds = (await daysOf()).flatMap(({ id }, n) => (n === day ? [id] : []));
        await notices.reply(stage.caller(key), played.meetingId, { answer: 'partly', sittingIds, note }, SWEDISH);
      },
    })),
    {
      // Rang, and the secretary kept it.
      at: before(2),
      run: async () => {
        const { id: personId } = stage.mentioned('henrik');
        const reply: ReplyInput = {
          answer: 'substitute',
          substitute: { name: 'Vera Lindahl' },
          note: 'Dag 2 från kl. 10',
        };
        await notices.replyFor(secretary, played.meetingId, personId, reply, SWEDISH);
      },
    },
  ];
}

/** A meeting to come, called to yesterday and answered by few. */
export function comingNoticeSteps(stage: Stage, played: Played, now: number): Step[] {
  const { notices } = stage.server.services;
  return [
    {
      at: now - DAY,
      run: async () => {
        await notices.publish(stage.caller(SECRETARY), played.meetingId, { after: 0 }, SWEDISH);
      },
    },
    {
      at: now - 20 * HOUR,
      run: async () => {
        await notices.reply(stage.caller('dag'), played.meetingId, YES, SWEDISH);
      },
    },
  ];
}
