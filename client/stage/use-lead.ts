/** Why this file exists: what who leads can do, each as one function; what is refused is said, and nothing else happens. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Id } from '#shared/ids.ts';
import type { clockInput, WorkshopView } from '#shared/workshop/api.ts';
import { api } from '../api/api.ts';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { useWorkshopChange } from '../workshop/use-workshop.ts';

export interface Lead {
  /** Something is on its way to the server. */
  busy: boolean;
  clock(input: z.input<typeof clockInput>, said?: string): void;
  /** Puts somebody into a group, or out of all; can be taken back from the message that says so. */
  place(personId: Id, groupId: Id | null, said: string): void;
  lower(groupId: Id): void;
  /** Resolves when it is sent; rejects when it is not. */
  say(groupId: Id | null, text: string): Promise<void>;
  open(opened: boolean): void;
  showRound(roundId: Id, said: string): void;
}

/** The deeds of who leads, on the round that people are shown. */
export function useLead(workshop: WorkshopView): Lead {
  const { t } = useTranslation('stage');
  const { toast } = useToasts();
  const text = useProblemText();
  const { mutateAsync, isPending } = useWorkshopChange((ask: () => Promise<WorkshopView>) => ask());
  const { meetingId, itemId, currentRoundId: roundId, rounds } = workshop;
  return useMemo(() => {
    const of = { meetingId, itemId };
    const run = (ask: () => Promise<WorkshopView>, said?: { message: string; undo?: () => void }): void => {
      mutateAsync(ask).then(
        () => said && toast(said),
        (error: unknown) => toast({ message: text(error) }),
      );
    };
    const groupNow = (personId: Id): Id | null =>
      rounds.find(({ id }) => id === roundId)?.groups.find(({ members }) => members.includes(personId))?.id ?? null;
    return {
      busy: isPending,
      clock: (input, said) => run(() => api.workshop.clock(of, roundId, input), said ? { message: said } : undefined),
      place(personId, groupId, said) {
        const before = groupNow(personId);
        run(() => api.workshop.place(of, roundId, { personId, groupId }), {
          message: said,
          undo: () => run(() => api.workshop.place(of, roundId, { personId, groupId: before })),
        });
      },
      lower: (groupId) => run(() => api.workshop.lowerHand(of, groupId), { message: t('need.lowered') }),
      async say(groupId, words) {
        await mutateAsync(() => api.workshop.say(of, { groupId, text: words }));
      },
      open: (opened) => run(() => api.workshop.update(of, { opened })),
      showRound: (id, said) => run(() => api.workshop.showRound(of, id), { message: said }),
    };
  }, [mutateAsync, isPending, meetingId, itemId, roundId, rounds, toast, text, t]);
}
