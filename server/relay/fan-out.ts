/**
 * Why this file exists: what a commit brought goes to everybody in the room but its author, and each frame is made once.
 */
import * as Y from 'yjs';
import { updateFrame } from './frames.ts';
import type { Parcel } from './parcel.ts';

/** An update and who it came from; `null` for the server itself. */
export interface Authored<Receiver> {
  author: Receiver | null;
  update: Uint8Array;
}

/** Sends the updates of one commit to those in the room, merged, at most `flat` at once; authors get only the others'. */
export function fanOut<Receiver extends { send(parcel: Parcel): void }>(
  updates: readonly Authored<Receiver>[],
  receivers: Iterable<Receiver>,
  flat: number,
): void {
  const byAuthor = new Map<Receiver | null, Uint8Array[]>();
  for (const { author, update } of updates) {
    const list = byAuthor.get(author);
    if (list) list.push(update);
    else byAuthor.set(author, [update]);
  }
  // Made when the first receiver needs them, and then shared by all.
  let everything: Parcel[] | null = null;
  const apart = new Map<Receiver | null, Parcel[]>();
  for (const receiver of receivers) {
    if (!byAuthor.has(receiver)) {
      everything ??= mergedFrames([...byAuthor.values()].flat(), flat);
      for (const frame of everything) receiver.send(frame);
      continue;
    }
    // What the others wrote in the same commit does not depend on the author's own, so it may come apart from it.
    for (const [author, own] of byAuthor) {
      if (author === receiver) continue;
      let frames = apart.get(author);
      if (!frames) {
        frames = mergedFrames(own, flat);
        apart.set(author, frames);
      }
      for (const frame of frames) receiver.send(frame);
    }
  }
}

/** Update frames of at most `flat` merged updates each: merging saves the receivers work, and is quadratic. */
function mergedFrames(updates: readonly Uint8Array[], flat: number): Parcel[] {
  const frames: Parcel[] = [];
  for (let at = 0; at < updates.length; at += flat) {
    const part = updates.slice(at, at + flat);
    if (part.length === 1) {
      frames.push(updateFrame(part[0]!));
      continue;
    }
    try {
      frames.push(updateFrame(Y.mergeUpdates(part)));
    } catch {
      for (const update of part) frames.push(updateFrame(update));
    }
  }
  return frames;
}
