/**
 * Why this file exists: everything the set-up page does with a round's groups, in one place: a plan is made, changed by
 * hand and put into effect; without a plan the same moves go to the server at once. Everything can be taken back.
 */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting, Participant } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import type { AssignmentMethod } from '#shared/workshop/assignment.ts';
import type { Round } from '#shared/workshop/workshop.ts';
import { api } from '../../api/api.ts';
import { useProblemText } from '../../ui/problem.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useWorkshopChange } from '../use-workshop.ts';
import {
  fingerprint,
  firstMethod,
  groupsOf,
  inputOf,
  joinsGroups,
  nobodyPlaced,
  type Plan,
  type PlannedGroup,
  planned,
  roundBefore,
  smallest,
  whereIs,
  withCount,
  withPerson,
} from './plan.ts';

/** A new mix is drawn by lot, once. */
const draw = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;

export interface Setup {
  meeting: Meeting;
  workshop: WorkshopView;
  round: Round;
  /** What is shown: the plan's groups, or those in effect. */
  groups: readonly PlannedGroup[];
  /** What a new plan begins with: what is shown, unless somebody else has changed that. */
  ground: readonly PlannedGroup[];
  /** `null` when what is shown is in effect. */
  plan: Plan | null;
  /** Somebody else has changed the groups since the plan was made. */
  overtaken: boolean;
  /** Those who are placed along with the rest. */
  people: readonly Participant[];
  /** Those of them who have no group. */
  unassigned: readonly Participant[];
  /** Who leads or watches, and has no group. */
  beside: readonly Participant[];
  kept: ReadonlySet<Id>;
  tables: ReadonlyMap<Id, string>;
  method: AssignmentMethod;
  busy: boolean;
  choose(method: AssignmentMethod): void;
  mixAgain(): void;
  setCount(count: number): void;
  setTables(tables: ReadonlyMap<Id, string>): void;
  keep(personId: Id, on: boolean): void;
  move(personId: Id, groupId: Id | null): void;
  placeAll(): void;
  change(group: PlannedGroup): void;
  layOut(groups: readonly PlannedGroup[]): void;
  apply(): void;
  discard(): void;
  start(): void;
  nameOf(personId: Id): string;
}

/** The set-up of one round; mount anew for another. Nothing is suggested to those who may not decide (`canEdit`). */
export function useSetup(meeting: Meeting, workshop: WorkshopView, round: Round, canEdit: boolean): Setup {
  const { t } = useTranslation('workshop');
  const text = useProblemText();
  const { toast } = useToasts();
  const of = { meetingId: workshop.meetingId, itemId: workshop.itemId };
  const change = useWorkshopChange((call: () => Promise<WorkshopView>) => call());
  const send = (call: () => Promise<WorkshopView>, done: () => void = () => {}) =>
    change.mutate(call, { onSuccess: done, onError: (error) => toast({ message: text(error) }) });

  const everybody = useMemo(
    () => meeting.participants.filter(({ roles }) => !roles.includes('screen')),
    [meeting.participants],
  );
  const people = useMemo(() => everybody.filter(joinsGroups), [everybody]);
  const base = fingerprint(round);
  const before = roundBefore(workshop.rounds, round.id);
  const [kept, setKept] = useState<ReadonlySet<Id>>(new Set());
  const [tables, setTables] = useState<ReadonlyMap<Id, string>>(new Map());

  const make = (
    method: AssignmentMethod,
    groups: readonly PlannedGroup[],
    extra: { kept?: ReadonlySet<Id>; tables?: ReadonlyMap<Id, string>; apart?: typeof workshop.apart } = {},
  ): Plan => {
    // Who leads is not dealt, but stays where somebody has put them.
    const dealt = everybody.filter((person) => joinsGroups(person) || whereIs(groups, person.personId) !== null);
    const led = dealt.filter((person) => !joinsGroups(person)).map(({ personId }) => personId);
    return planned(base, groups, dealt, {
      method,
      seed: draw(),
      kept: new Set([...(extra.kept ?? kept), ...led]),
      tables: extra.tables ?? tables,
      apart: workshop.apart,
      together: workshop.together,
      ...(before ? { previous: before.groups } : {}),
    });
  };
  const [method, setMethod] = useState(() => firstMethod(people));
  // A round nobody is in begins with a suggestion.
  const [plan, setPlan] = useState<Plan | null>(() =>
    canEdit && round.startedAt === null && nobodyPlaced(round.groups) && people.length > 0
      ? make(firstMethod(people), groupsOf(round))
      : null,
  );
  const groups = plan?.groups ?? groupsOf(round);
  // A plan of groups that somebody has changed since is begun again from how they are.
  const ground = plan && plan.base === base ? plan.groups : groupsOf(round);
  const nameOf = (id: Id): string => everybody.find(({ personId }) => personId === id)?.name ?? '';
  const groupName = (id: Id | null): string => groups.find((group) => group.id === id)?.name ?? '';
  const without = (list: readonly Participant[]) => list.filter(({ personId }) => whereIs(groups, personId) === null);

  const put = (next: readonly PlannedGroup[], message: string) => {
    // A group that goes with this change would have to be made anew.
    const former = groupsOf(round).map((group) => ({ ...group, isNew: !next.some(({ id }) => id === group.id) }));
    send(
      () => api.workshop.updateRound(of, round.id, { groups: inputOf(next), version: workshop.version }),
      () => {
        setPlan(null);
        toast({
          message,
          undo: () => send(() => api.workshop.updateRound(of, round.id, { groups: inputOf(former) })),
        });
      },
    );
  };

  return {
    meeting,
    workshop,
    round,
    groups,
    ground,
    plan,
    overtaken: plan !== null && plan.base !== base,
    people,
    unassigned: without(people),
    beside: without(everybody.filter((person) => !joinsGroups(person))),
    kept,
    tables,
    method,
    busy: change.isPending,
    choose(next) {
      setMethod(next);
      setPlan(make(next, ground));
    },
    mixAgain: () => setPlan(make(method, ground)),
    setCount: (count) =>
      setPlan(
        make(
          method,
          withCount(ground, count, (number) => t('groupNumber', { number })),
        ),
      ),
    setTables(next) {
      setTables(next);
      setMethod('by-table-number');
      setPlan(make('by-table-number', ground, { tables: next }));
    },
    keep(personId, on) {
      const next = new Set(kept);
      if (on) next.add(personId);
      else next.delete(personId);
      setKept(next);
    },
    move(personId, groupId) {
      const from = whereIs(groups, personId)?.id ?? null;
      if (from === groupId) return;
      const message =
        groupId === null
          ? t('movedOut', { name: nameOf(personId) })
          : t('moved', { name: nameOf(personId), group: groupName(groupId) });
      // Whoever was placed by hand stays there when the rest are mixed again.
      const keptBefore = kept;
      setKept(new Set([...[...kept].filter((id) => id !== personId), ...(groupId === null ? [] : [personId])]));
      if (plan) {
        const former = plan;
        setPlan({ ...plan, groups: withPerson(plan.groups, personId, groupId) });
        toast({
          message,
          undo: () => {
            setPlan((now) => (now ? { ...now, groups: withPerson(now.groups, personId, from) } : former));
            setKept(keptBefore);
          },
        });
        return;
      }
      const place = (to: Id | null, done?: () => void) =>
        send(() => api.workshop.place(of, round.id, { personId, groupId: to }), done);
      place(groupId, () =>
        toast({
          message,
          undo: () => {
            place(from);
            setKept(keptBefore);
          },
        }),
      );
    },
    placeAll() {
      const next = without(people).reduce(
        (placed, { personId }) => withPerson(placed, personId, smallest(placed)?.id ?? null),
        [...groups],
      );
      if (plan) setPlan({ ...plan, groups: next });
      else put(next, t('placedAll', { count: without(people).length }));
    },
    change(group) {
      const next = groups.map((one) => (one.id === group.id ? group : one));
      if (plan) setPlan({ ...plan, groups: next });
      else put(next, t('groupChanged', { group: group.name }));
    },
    layOut(next) {
      setPlan({ base, groups: next, method, problems: [] });
    },
    apply: () => plan && put(plan.groups, t('applied', { count: plan.groups.length })),
    discard: () => setPlan(null),
    start: () =>
      send(
        () => api.workshop.clock(of, round.id, { do: 'start' }),
        () => toast({ message: t('started') }),
      ),
    nameOf,
  };
}
