/**
 * Why this file exists: what people do with a workshop as a whole: it is made from an item of the agenda, looked at,
 * changed and taken away. Its rooms are filled before anybody can be told of them.
 */
import { readItem } from '#shared/agenda.ts';
import { newId } from '#shared/ids.ts';
import { isOfficer } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import { workshopInput, workshopPatch } from '#shared/workshop/api.ts';
import { newWorkshop } from '#shared/workshop/making.ts';
import { droppedPrompts, namedPrompts, withPrompts } from '#shared/workshop/prompts.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { MeetingRecord } from '../meetings/ports.ts';
import { participantIn, requireIn } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Workshops } from '../services.ts';
import { requireParticipants, type WorkshopCases } from './cases.ts';
import { clockUseCases } from './clock.ts';
import { groupUseCases } from './groups.ts';
import { attempt } from './problems.ts';
import { roundUseCases } from './rounds.ts';
import { promptRooms } from './seeding.ts';
import { talkUseCases } from './talk.ts';

/** The use cases of workshops. */
export function createWorkshops(cases: WorkshopCases): Workshops {
  const { store, relay, seeding, answer } = cases;

  return {
    ...roundUseCases(cases),
    ...clockUseCases(cases),
    ...talkUseCases(cases),
    ...groupUseCases(cases),

    async get(caller, meetingId, itemId) {
      const meeting = await cases.meetings.get(meetingId);
      if (!meeting) throw notFound();
      participantIn(meeting, caller.personId);
      const workshop = await store.get(meetingId, itemId);
      if (workshop) return answer(caller, meeting, workshop);
      // An item without a workshop is the rule; one that is not in the agenda is a wrong address.
      const item = await relay.read(roomName({ kind: 'agenda', meetingId }), (doc) => readItem(doc, itemId));
      if (!item) throw notFound();
      return null;
    },
    async create(caller, meetingId, itemId, raw) {
      const input = workshopInput.parse(raw);
      const meeting = await cases.meetings.get(meetingId);
      if (!meeting) throw notFound();
      requireIn(meeting, caller.personId, 'run-workshop');
      const item = await relay.read(roomName({ kind: 'agenda', meetingId }), (doc) => readItem(doc, itemId));
      if (!item) throw notFound();
      if (item.kind !== 'dialogue')
        throw new Refusal('conflict', 'Only a dialogue has a workshop.', { fields: { itemId: 'kind' } });
      if (await store.get(meetingId, itemId)) throw exists();
      const scribes = meeting.participants.filter(({ roles }) => isOfficer(roles)).map(({ personId }) => personId);
      // The ids are made here; those of another workshop's prompts mean nothing.
      const prompts = input.prompts.map((prompt) => ({ ...prompt, id: undefined }));
      const workshop = newWorkshop({ ...input, meetingId, itemId, prompts, scribes });
      // The words first: a group that can be opened is never half made.
      await seeding.seed(caller.personId, null, workshop);
      const result = await store.change(meetingId, itemId, (before, now) => {
        requireIn(now, caller.personId, 'run-workshop');
        if (before) throw exists();
        return workshop;
      });
      if (!result?.after) throw notFound();
      await cases.changed(null, result.after);
      return answer(caller, result.meeting, result.after);
    },
    async update(caller, meetingId, itemId, raw) {
      const { prompts: given, scribes, comments, apart, together, ...rest } = workshopPatch.parse(raw);
      const { meeting, workshop } = await cases.read(caller, meetingId, itemId);
      requireIn(meeting, caller.personId, 'run-workshop');
      const prompts = given && namedPrompts(given);
      const fresh = new Set(given?.flatMap(({ id }, i) => (id === undefined ? [prompts?.[i]?.id ?? newId()] : [])));
      const change = (before: Workshop, now: MeetingRecord): Workshop => {
        const next = prompts ? attempt(() => withPrompts(before, prompts, fresh)) : before;
        if (scribes) requireParticipants(now, scribes, 'scribes');
        if (apart) requireParticipants(now, apart.flat(), 'apart');
        if (together) requireParticipants(now, together.flat(), 'together');
        return {
          ...next,
          ...defined(rest),
          ...(apart ? { apart } : {}),
          ...(together ? { together } : {}),
          summary: {
            ...next.summary,
            ...(scribes ? { scribes: [...new Set(scribes)] } : {}),
            ...(comments === undefined ? {} : { comments }),
          },
        };
      };
      if (prompts) {
        const wanted = change(workshop, meeting);
        const dropped = droppedPrompts(workshop, prompts);
        if (dropped.length > 0 && (await seeding.written(promptRooms(workshop), dropped)))
          throw new Refusal('conflict', 'Something has been written there.', { fields: { prompts: 'written' } });
        await seeding.seed(caller.personId, workshop, wanted);
      }
      const result = await cases.change(caller, meetingId, itemId, 'run-workshop', change);
      // Groups may have come meanwhile that did not know of the new prompts.
      if (prompts) await seeding.seed(caller.personId, workshop, result.after);
      return answer(caller, result.meeting, result.after);
    },
    async remove(caller, meetingId, itemId) {
      const { meeting, workshop } = await cases.read(caller, meetingId, itemId);
      requireIn(meeting, caller.personId, 'run-workshop');
      const ids = workshop.prompts.map(({ id }) => id);
      // A summary that was final once is a record, whatever stands in the rooms now.
      if (workshop.summary.revision > 0 || (await seeding.written(promptRooms(workshop), ids))) throw written();
      const result = await store.change(meetingId, itemId, (before, now) => {
        requireIn(now, caller.personId, 'run-workshop');
        if (!before) throw notFound();
        if (before.version !== workshop.version)
          throw new Refusal('conflict', 'The workshop has changed.', { fields: { version: 'changed' } });
        return null;
      });
      await cases.changed(result?.before ?? null, null);
    },
  };
}

const exists = () => new Refusal('conflict', 'The item has a workshop already.', { fields: { itemId: 'exists' } });
const written = () => new Refusal('conflict', 'Something has been written.', { fields: { workshop: 'written' } });

/** Without what is left out, so that it does not overwrite. */
function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
