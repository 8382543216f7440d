/**
 * Why this file exists: a line that is begun on a phone and not yet sent must be there after a reload, and when its writer
 * is moved: it is theirs, not the group's, so it is kept by question and not by group. It lies in the tab alone, which
 * forgets it when it is closed; on the server is what was sent.
 */
import type { Id } from '#shared/ids.ts';

const PREFIX = 'radslag:line:';
const keyOf = (personId: Id, promptId: Id): string => `${PREFIX}${personId}:${promptId}`;

/** What somebody has begun under a question; '' when nothing is, or the browser keeps nothing. */
export function readDraft(personId: Id, promptId: Id): string {
  try {
    return sessionStorage.getItem(keyOf(personId, promptId)) ?? '';
  } catch {
    return '';
  }
}

/** Keeps what is begun; '' forgets it. */
export function keepDraft(personId: Id, promptId: Id, text: string): void {
  try {
    if (text.trim() === '') sessionStorage.removeItem(keyOf(personId, promptId));
    else sessionStorage.setItem(keyOf(personId, promptId), text);
  } catch {
    // A browser that keeps nothing: the line is on the page and no further.
  }
}

/** Forgets everything somebody has begun in this tab: they have signed out. */
export function forgetDrafts(personId: Id): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(`${PREFIX}${personId}:`)) sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
