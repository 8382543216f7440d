/** Why this file exists: what the guests' page asks of the server, and what it remembers between two visits. */
import type { z } from 'zod';
import type { GuestPlace, guestJoinInput } from '#shared/guests/api.ts';
import { newId } from '#shared/ids.ts';
import { done, http, json } from '../api/request.ts';
import { paths } from '../navigation.ts';

const guests = http.api.guests;

export const door = {
  look: (code: string) => json(guests.look.$post({ json: { code } })),
  join: (input: z.input<typeof guestJoinInput>) => json(guests.join.$post({ json: input })),
  place: () => json(guests.me.$get()),
  signOut: () => done(http.api['sign-out'].$post()),
};

/** Where a guest goes who is in: to their group while it works, else to the item, else to the meeting. */
export function wayIn({ meetingId, itemId, groupId }: Pick<GuestPlace, 'meetingId' | 'itemId' | 'groupId'>): string {
  if (itemId === null) return paths.meeting(meetingId);
  return groupId === null ? paths.item(meetingId, itemId) : paths.group(meetingId, itemId, groupId);
}

const KEY = 'radslag:guest-key';

function kept(storage: () => Storage, name: string): string | null {
  try {
    return storage().getItem(name);
  } catch {
    return null;
  }
}

function keep(storage: () => Storage, name: string, value: string | null): void {
  try {
    if (value === null) storage().removeItem(name);
    else storage().setItem(name, value);
  } catch {
    // Nothing is kept in this browser: the cookie alone says who one is.
  }
}

let key: string | null = null;

/** What this tab says it is when it joins, again and again until it is in: a lost answer makes no second guest. */
export function joinKey(): string {
  key ??= kept(() => sessionStorage, KEY) ?? newId() + newId();
  keep(() => sessionStorage, KEY, key);
  return key;
}

/** The next one who joins from here is somebody else. */
export function forgetKey(): void {
  key = null;
  keep(() => sessionStorage, KEY, null);
}
