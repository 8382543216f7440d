/**
 * Why this file exists: who wrote which characters, and when. The journal's rows know it until they are compacted; what
 * they knew is kept beside the snapshot as spans of one client's clocks. When rows overlap (a resent tail), the first
 * one counts.
 */
import type { AuthorSpan, StoredRoom } from './ports.ts';
import { inspectUpdate } from './update-inspection.ts';

const MINUTE = 60_000;

/** The spans of a stored room and of `rows`, sorted by client and clock, neighbours of one minute joined, no overlaps. */
export function mergeAuthorship(spans: readonly AuthorSpan[], rows: StoredRoom['rows']): AuthorSpan[] {
  const byClient = new Map<number, AuthorSpan[]>();
  const of = (client: number): AuthorSpan[] => {
    let list = byClient.get(client);
    if (!list) {
      list = [];
      byClient.set(client, list);
    }
    return list;
  };
  for (const span of spans) insert(of(span.client), { ...span });
  for (const row of rows) {
    let ranges: ReturnType<typeof inspectUpdate>['ranges'];
    try {
      ({ ranges } = inspectUpdate(row.update));
    } catch {
      continue; // A broken row brings no text, so nobody wrote it.
    }
    const at = row.at - (row.at % MINUTE);
    for (const range of ranges) insert(of(range.client), { ...range, personId: row.personId, at });
  }
  return [...byClient.keys()].sort((a, b) => a - b).flatMap((client) => joined(byClient.get(client)!));
}

/** Puts the parts of `span` that nobody wrote before into a sorted list. */
function insert(list: AuthorSpan[], span: AuthorSpan): void {
  const last = list.at(-1);
  if (!last || span.from >= last.to) {
    list.push(span); // The usual case: people write forwards.
    return;
  }
  let from = span.from;
  for (let i = 0; i < list.length && from < span.to; i++) {
    const known = list[i]!;
    if (known.to <= from) continue;
    if (known.from > from) {
      list.splice(i, 0, { ...span, from, to: Math.min(known.from, span.to) });
      i++;
    }
    from = Math.max(from, known.to);
  }
  if (from < span.to) list.push({ ...span, from });
}

function joined(list: readonly AuthorSpan[]): AuthorSpan[] {
  const out: AuthorSpan[] = [];
  for (const span of list) {
    const last = out.at(-1);
    if (last && last.to === span.from && last.personId === span.personId && last.at === span.at) last.to = span.to;
    else out.push({ ...span });
  }
  return out;
}
