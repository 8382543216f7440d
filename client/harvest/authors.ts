/**
 * Why this file exists: who wrote a contribution and when. The server knows who owns which letters; the contribution says
 * which letters it is made of.
 */
import type { Authorship } from '#shared/api.ts';
import type { LetterRange } from '#shared/workshop/contributions.ts';

export interface Written {
  /** Most letters first. */
  names: readonly string[];
  /** The latest time, milliseconds, or 0 when nothing is known. */
  at: number;
}

const NOBODY: Written = { names: [], at: 0 };
type Spans = Authorship['spans'];

/** A reader of one room's authorship, which is sorted once. */
export function authorsIn({ people, spans }: Authorship): (letters: readonly LetterRange[]) => Written {
  const byClient = new Map<number, Spans>();
  for (const span of spans) {
    const known = byClient.get(span.client);
    if (known) known.push(span);
    else byClient.set(span.client, [span]);
  }
  return (letters) => {
    const count = new Map<string, number>();
    let at = 0;
    for (const { client, from, to } of letters)
      for (const span of byClient.get(client) ?? []) {
        const characters = Math.min(span.to, to) - Math.max(span.from, from);
        if (characters <= 0) continue;
        count.set(span.personId, (count.get(span.personId) ?? 0) + characters);
        at = Math.max(at, span.at);
      }
    if (count.size === 0) return NOBODY;
    const names = [...count]
      .sort((a, b) => b[1] - a[1])
      .map(([personId]) => people[personId]?.name ?? '')
      .filter((name) => name !== '');
    return { names, at };
  };
}
