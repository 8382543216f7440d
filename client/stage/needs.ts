/** Why this file exists: what makes a facilitator get up, worked out in one pure place from what is known of groups and people. */
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { GRACE_MS } from '#shared/workshop/clock.ts';
import { groupEndsAt, type Round } from '#shared/workshop/workshop.ts';
import type { Pulse } from './wall/pulse.ts';
import { QUIET_MS } from './wall/pulse-line.tsx';
import { missingFrom, type WallGroup, withoutGroup } from './wall-group.ts';

export type Need =
  | { kind: 'hand'; one: WallGroup; at: number; note: string }
  /** Without a group; `here` when the person is in the meeting now. */
  | { kind: 'person'; personId: Id; name: string; here: boolean }
  /** Its time is up and it has not been closed: nothing closes it by itself any more. */
  | { kind: 'over'; one: WallGroup; minutes: number }
  | { kind: 'quiet'; one: WallGroup; minutes: number }
  /** Members who could be, but are not, in their group's room. */
  | { kind: 'cut'; one: WallGroup; names: readonly string[] };

export interface NeedFacts {
  groups: readonly WallGroup[];
  /** One for each group, in the same order. */
  pulses: readonly (Pulse | null)[];
  round: Round;
  participants: Meeting['participants'];
  here: ReadonlySet<Id>;
  now: number;
}

/** Everything that waits, the most urgent first. */
export function needsOf({ groups, pulses, round, participants, here, now }: NeedFacts): Need[] {
  const hands = groups
    .flatMap((one): Extract<Need, { kind: 'hand' }>[] =>
      one.hand ? [{ kind: 'hand', one, at: one.hand.at, note: one.hand.note }] : [],
    )
    .sort((a, b) => a.at - b.at);
  const closed = round.closedAt !== null;
  const people = closed
    ? []
    : withoutGroup(round, participants)
        .map(
          ({ personId, name }): Extract<Need, { kind: 'person' }> => ({
            kind: 'person',
            personId,
            name,
            here: here.has(personId),
          }),
        )
        .sort((a, b) => Number(b.here) - Number(a.here));
  const running = round.startedAt !== null && round.pausedMs === null && !closed;
  const rest = groups.flatMap((one, index): Need[] => {
    const pulse = pulses[index];
    const { state } = one.group;
    if (!running || (state !== 'open' && state !== 'ending')) return [];
    const found: Need[] = [];
    const end = groupEndsAt(round, one.group);
    if (end !== null && now > end + GRACE_MS)
      found.push({ kind: 'over', one, minutes: Math.floor((now - end) / 60_000) });
    if (!pulse?.known) return found;
    // Words of an unknown age say nothing about quiet; none at all since the start do.
    const last = pulse.lastKey ?? (pulse.words === 0 ? 0 : null);
    const since = last === null ? null : Math.max(last, round.startedAt ?? now);
    if (pulse.typing.length === 0 && since !== null && now - since >= QUIET_MS)
      found.push({ kind: 'quiet', one, minutes: Math.floor((now - since) / 60_000) });
    const away = missingFrom(one, pulse);
    if (away.length > 0) found.push({ kind: 'cut', one, names: away.map(({ name }) => name) });
    return found;
  });
  const order: readonly Need['kind'][] = ['over', 'quiet', 'cut'];
  rest.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return [...hands, ...people, ...rest];
}
