/** Why this file exists: the sign-off as it is now, asked for again together with the protocol it is of. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Id } from '#shared/ids.ts';
import type { SignOffInput, SignOffView } from '#shared/signoff/api.ts';
import { keys } from '../api/hooks.ts';
import { signOffApi } from '../api/signoff.ts';

/** Under the protocol's key: whatever makes that ask again makes this ask again. */
const keyOf = (meetingId: Id) => [...keys.minutes(meetingId), 'sign-off'] as const;

export function useSignOff(meetingId: Id, enabled: boolean) {
  return useQuery({ queryKey: keyOf(meetingId), queryFn: () => signOffApi.get(meetingId), enabled });
}

/** Takes what a step answers, and lets the protocol be asked for again. */
export function useSignOffChange<V>(meetingId: Id, change: (input: V) => Promise<SignOffView>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (view) => {
      queries.setQueryData(keyOf(meetingId), view);
      void queries.invalidateQueries({ queryKey: keys.minutes(meetingId) });
    },
    // What was seen is not what is: look again.
    onError: () => void queries.invalidateQueries({ queryKey: keys.minutes(meetingId) }),
  });
}

export const useStep = (meetingId: Id) =>
  useSignOffChange(meetingId, (input: SignOffInput) => signOffApi.step(meetingId, input));

/** The sealed protocol; it never changes, so it is asked for once. */
export function useSealed(meetingId: Id, n: number | undefined) {
  return useQuery({
    queryKey: ['sealed', meetingId, n ?? 0],
    queryFn: () => signOffApi.sealed(meetingId, n ?? 0),
    enabled: n !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
