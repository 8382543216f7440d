/**
 * Why this file exists: a summary names the contributions it was made of by their keys, which come from its room and so
 * from anybody who writes there. What they stand for is looked up in the groups' rooms of the same workshop and nowhere
 * else, and copied when the summary becomes final: the groups may write on.
 */
import type { Id } from '#shared/ids.ts';
import { groupAccess } from '#shared/policy.ts';
import { roomName } from '#shared/rooms.ts';
import type { Source } from '#shared/summary/document.ts';
import { contributionsOf, type LetterRange } from '#shared/workshop/contributions.ts';
import { findGroup, type Workshop } from '#shared/workshop/workshop.ts';
import type { MeetingRecord, ParticipantView } from '../meetings/ports.ts';
import { stateOf } from '../meetings/rights.ts';
import type { AuthorSpan, Relay } from '../relay/ports.ts';

export interface SourceDeps {
  relay: Pick<Relay, 'read' | 'authorship'>;
  /** Name of a person, or `null` when nobody has this id. */
  nameOf(personId: Id): Promise<string | null>;
}

/** The contributions behind `keys` as they are now, in that order; those that are not in this workshop are left out. */
export async function sourcesOf(deps: SourceDeps, workshop: Workshop, keys: readonly string[]): Promise<Source[]> {
  const byGroup = new Map<Id, string[]>();
  for (const key of keys) {
    const groupId = key.slice(0, key.indexOf(':'));
    if (findGroup(workshop, groupId)) byGroup.set(groupId, [...(byGroup.get(groupId) ?? []), key]);
  }
  const sources = new Map<string, Source>();
  const headings = new Map(workshop.prompts.map(({ id, heading }) => [id, heading]));
  const names = new Map<Id, string | null>();
  const nameOf = async (personId: Id): Promise<string | null> => {
    if (!names.has(personId)) names.set(personId, await deps.nameOf(personId));
    return names.get(personId) ?? null;
  };
  for (const [groupId, wanted] of byGroup) {
    const group = findGroup(workshop, groupId)?.group;
    if (!group) continue;
    const room = roomName({ kind: 'group', meetingId: workshop.meetingId, groupId });
    const found = await deps.relay.read(room, (doc) => {
      const keys = new Set(wanted);
      return contributionsOf(doc, groupId, [...headings.keys()]).filter(({ key }) => keys.has(key));
    });
    const spans = found.length > 0 ? await deps.relay.authorship(room) : [];
    for (const { key, promptId, text, letters } of found) {
      const authors: string[] = [];
      for (const personId of writersOf(letters, spans)) {
        const name = await nameOf(personId);
        if (name !== null) authors.push(name);
      }
      const prompt = headings.get(promptId) ?? '';
      sources.set(key, { key, groupId, group: group.name, colour: group.colour, prompt, text, authors });
    }
  }
  return keys.flatMap((key) => sources.get(key) ?? []);
}

/** Who wrote any of these letters, whoever wrote most first. */
function writersOf(ranges: readonly LetterRange[], spans: readonly AuthorSpan[]): Id[] {
  const letters = new Map<Id, number>();
  for (const { client, from, to } of ranges)
    for (const span of spans) {
      if (span.client !== client) continue;
      const common = Math.min(to, span.to) - Math.max(from, span.from);
      if (common > 0) letters.set(span.personId, (letters.get(span.personId) ?? 0) + common);
    }
  return [...letters].sort(([, a], [, b]) => b - a).map(([personId]) => personId);
}

/** Whether somebody may read what this group wrote: the same answer as at the door of its room. */
export function mayReadGroup(meeting: MeetingRecord, workshop: Workshop, me: ParticipantView, groupId: Id): boolean {
  const found = findGroup(workshop, groupId);
  if (!found) return false;
  const { state, members } = found.group;
  const facts = { state, mine: members.includes(me.personId), opened: workshop.opened };
  return groupAccess({ roles: me.roles, isAdmin: false }, stateOf(meeting), facts) !== null;
}
