/**
 * Why this file exists: updates as no library would write them: every count, id, clock and length as the attacker likes.
 * The form is Yjs' update format V1.
 */
import { bytes, joinAll, joined, varint } from './frames.ts';

/** What a struct holds: its kind in the format and the bytes behind it. */
export interface Content {
  kind: number;
  bytes: Uint8Array;
}

export const deleted = (length: number | bigint): Content => ({ kind: 1, bytes: varint(length) });
export const json = (...values: string[]): Content => ({ kind: 2, bytes: bytes(values.length, ...values) });
export const binary = (value: Uint8Array): Content => ({ kind: 3, bytes: bytes(value) });
export const text = (value: string): Content => ({ kind: 4, bytes: bytes(value) });
export const embed = (value: unknown): Content => ({ kind: 5, bytes: bytes(JSON.stringify(value)) });
export const format = (key: string, value: unknown): Content => ({ kind: 6, bytes: bytes(key, JSON.stringify(value)) });
/** 0 array, 1 map, 2 text, 3 element (with a name), 4 fragment, 5 hook (with a name), 6 text of an element. */
export const type = (ref: number, name?: string): Content => ({
  kind: 7,
  bytes: name === undefined ? bytes(ref) : bytes(ref, name),
});
/** Values in lib0's own form, already written. */
export const any = (count: number | bigint, ...values: Uint8Array[]): Content => ({
  kind: 8,
  bytes: joined(varint(count), ...values),
});
export const subdocument = (guid: string): Content => ({ kind: 9, bytes: joined(bytes(guid), Uint8Array.of(118, 0)) });

export interface StructOptions {
  /** What it stands behind; without it it stands in `parent`. */
  origin?: [client: number | bigint, clock: number | bigint];
  /** A root's name, or the id of a type. */
  parent?: string | [client: number | bigint, clock: number | bigint];
  /** Key in a map, or name of an attribute. */
  key?: string;
}

/** One struct. */
export function struct(content: Content, { origin, parent = 'notes', key }: StructOptions = {}): Uint8Array {
  if (origin) return joined(Uint8Array.of(0x80 | content.kind), varint(origin[0]), varint(origin[1]), content.bytes);
  return joined(
    Uint8Array.of((key === undefined ? 0 : 0x20) | content.kind),
    typeof parent === 'string' ? bytes(1, parent) : joined(varint(0), varint(parent[0]), varint(parent[1])),
    ...(key === undefined ? [] : [bytes(key)]),
    content.bytes,
  );
}

export interface Block {
  client: number | bigint;
  clock?: number | bigint;
  /** How many structs it says it has. */
  says?: number | bigint;
  structs?: readonly Uint8Array[];
}

/** What is deleted: of a client, from clock, so many. */
export interface Deletion {
  client: number | bigint;
  ranges: readonly (readonly [clock: number | bigint, length: number | bigint])[];
  says?: number | bigint;
}

/** A whole update; the counts say the truth unless told otherwise. */
export function rawUpdate(
  blocks: readonly Block[],
  deletions: readonly Deletion[] = [],
  says: { blocks?: number | bigint; deletions?: number | bigint } = {},
): Uint8Array {
  return joinAll([
    varint(says.blocks ?? blocks.length),
    ...blocks.flatMap(({ client, clock = 0, structs = [], says: count = structs.length }) => [
      varint(count),
      varint(client),
      varint(clock),
      ...structs,
    ]),
    varint(says.deletions ?? deletions.length),
    ...deletions.flatMap(({ client, ranges, says: count = ranges.length }) => [
      varint(client),
      varint(count),
      ...ranges.flatMap(([clock, length]) => [varint(clock), varint(length)]),
    ]),
  ]);
}
