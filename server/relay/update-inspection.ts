/**
 * Why this file exists: an update is read on the side before it touches a room, because applying a broken one leaves
 * half of it in the document. Everything the checks of VAL need is gathered here in one pass.
 */
import { type ReadUpdate, readUpdate } from './update-reader.ts';

export { type ClockRange, MalformedUpdate } from './update-reader.ts';

/** What an update holds, without having been applied. */
export type InspectedUpdate = ReadUpdate;

/** Reads an update (V1). Throws on anything that is not a whole, well-formed one. */
export function inspectUpdate(update: Uint8Array): InspectedUpdate {
  return readUpdate(update);
}

/** Whether it brings nothing at all, like the first reply of an empty document. */
export function isEmpty(update: InspectedUpdate): boolean {
  return update.ranges.length === 0 && update.deletes.length === 0;
}
