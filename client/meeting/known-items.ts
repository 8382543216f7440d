/**
 * Why this file exists: the server refuses the room of an item it has not heard of, for good, and what was written there
 * would come back as refused. So a page keeps account of which items the server has: those it sent, and those that were
 * there when it had committed everything. What was made on this device alone is in neither.
 */
import type * as Y from 'yjs';
import { agendaRoot } from '#shared/agenda.ts';
import { isId } from '#shared/ids.ts';

/** The part of an agenda's room this depends on. */
export interface AgendaSource {
  readonly doc: Y.Doc;
  /** What the server sends has this origin. */
  readonly provider: unknown;
  /** This device holds changes that may not be committed. */
  readonly unsaved: boolean;
  readonly state: { readonly everSynced: boolean; readonly synced: boolean };
}

const accounts = new WeakMap<Y.Doc, Set<string>>();

/** Starts the account of a room; call it before the room has been used. Idempotent. */
export function followKnownItems(room: AgendaSource): void {
  if (accounts.has(room.doc)) return;
  const known = new Set<string>();
  accounts.set(room.doc, known);
  const root = agendaRoot(room.doc);
  root.observe((event, transaction) => {
    if (transaction.origin === room.provider) for (const id of event.keysChanged) if (isId(id)) known.add(id);
  });
}

/** Whether the server has the item, as far as this page can know. */
export function serverKnows(room: AgendaSource, id: string): boolean {
  followKnownItems(room);
  const known = accounts.get(room.doc)!;
  const { everSynced, synced } = room.state;
  // In step and nothing outstanding; before the first contact, what the device kept without anything unsent.
  if (!room.unsaved && (synced || !everSynced)) for (const one of agendaRoot(room.doc).keys()) known.add(one);
  return known.has(id);
}
