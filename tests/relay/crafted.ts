/** Why this file exists: updates made by hand, byte by byte, as no client of Yjs makes them. */
import * as encoding from 'lib0/encoding';
import { varUint } from '../support/edits.ts';

/** An update made by hand: a block per entry, then deletions. */
export function crafted(
  blocks: { client: number; clock: number; structs: Uint8Array[] }[],
  deletes: [client: number, from: number, length: number][] = [],
): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, blocks.length);
  for (const { client, clock, structs } of blocks) {
    encoding.writeVarUint(encoder, structs.length);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    for (const struct of structs) encoding.writeUint8Array(encoder, struct);
  }
  encoding.writeVarUint(encoder, new Set(deletes.map(([client]) => client)).size);
  for (const client of new Set(deletes.map(([id]) => id))) {
    const own = deletes.filter(([id]) => id === client);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, own.length);
    for (const [, from, length] of own) {
      encoding.writeVarUint(encoder, from);
      encoding.writeVarUint(encoder, length);
    }
  }
  return encoding.toUint8Array(encoder);
}

/** Numbers as varints, strings behind their length, bytes as they are. */
export const bytes = (...parts: (number | Uint8Array | string)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => {
      if (typeof part === 'number') return [...varUint(part)];
      if (typeof part !== 'string') return [...part];
      const text = new TextEncoder().encode(part);
      return [...varUint(text.length), ...text];
    }),
  );
/** A text behind another struct, and one in a root. */
export const textBehind = (client: number, clock: number, text: string) =>
  bytes(Uint8Array.of(0x84), client, clock, text);
export const textIn = (root: string, text: string) => bytes(4, 1, root, text);
