/** Why this file exists: what the server last said, shared by all parts of a page and fetched again when it may have changed. */
import { QueryCache, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { api, type RoomOf } from './api.ts';
import { ApiFailure } from './request.ts';

export const keys = {
  session: ['session'] as const,
  people: ['people'] as const,
  organisations: ['organisations'] as const,
  operations: ['operations'] as const,
  meetings: ['meetings'] as const,
  meeting: (id: Id) => ['meeting', id] as const,
  versions: ({ meetingId, itemId }: RoomOf) => ['versions', meetingId, itemId] as const,
  workshop: (meetingId: Id, itemId: Id) => ['workshop', meetingId, itemId] as const,
  minutes: (meetingId: Id) => ['minutes', meetingId] as const,
  summary: (meetingId: Id, itemId: Id) => ['summary', meetingId, itemId] as const,
  revision: (meetingId: Id, itemId: Id, n: number) => ['summary', meetingId, itemId, n] as const,
  version: ({ meetingId, itemId }: RoomOf, id: Id) => ['versions', meetingId, itemId, id] as const,
};

/** Only what may pass by itself is tried again: a lost network and a server's own trouble, never a refusal. */
function mayPass(error: unknown): boolean {
  return (
    !(error instanceof ApiFailure) || error.code === 'offline' || error.code === 'internal' || error.code === 'storage'
  );
}

/** `onSignedOut` is called when the server no longer knows the session. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (error instanceof ApiFailure && error.code === 'not-signed-in' && query.queryKey[0] !== 'session')
          onSignedOut();
      },
    }),
    defaultOptions: {
      queries: { retry: (count, error) => count < 3 && mayPass(error), staleTime: 10_000, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

export const useSession = () => useQuery({ queryKey: keys.session, queryFn: api.session, staleTime: 60_000 });
export const usePeople = () => useQuery({ queryKey: keys.people, queryFn: api.people });
export const useOrganisations = () => useQuery({ queryKey: keys.organisations, queryFn: api.organisations });
export const useMeetings = () => useQuery({ queryKey: keys.meetings, queryFn: api.meetings, refetchInterval: 30_000 });
/** The room's notices say when to ask again; the interval is for networks that swallow them. */
export const useMeeting = (id: Id) =>
  useQuery({ queryKey: keys.meeting(id), queryFn: () => api.meeting(id), refetchInterval: 60_000 });

/** A change whose answer is the whole meeting: it takes the place of what was known. */
export function useMeetingChange<V>(change: (input: V) => Promise<Meeting>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (meeting) => {
      client.setQueryData(keys.meeting(meeting.id), meeting);
      void client.invalidateQueries({ queryKey: keys.meetings });
    },
  });
}
