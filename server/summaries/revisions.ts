/**
 * Why this file exists: what became final is for everybody who takes part, also while the text is open again: a
 * revision is read as it was kept, and nothing of it is worked out anew.
 */
import type { Id } from '#shared/ids.ts';
import type { RevisionContent, RevisionView } from '#shared/summary/api.ts';
import type { Source, SummaryDocument } from '#shared/summary/document.ts';
import { notFound } from '../refusal.ts';
import type { Reader, SummaryContext } from './context.ts';
import { frozen } from './frozen.ts';
import type { RevisionHeader, SummaryEvent } from './ports.ts';

const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

function view(
  { n, at, personId, person, sha256, text }: RevisionHeader,
  events: readonly SummaryEvent[],
): RevisionView {
  const opened = events.find((event) => event.kind === 'reopened' && event.revision === n);
  const reopened = opened ? { at: opened.at, person: opened.person, reason: opened.reason } : null;
  return { n, at, personId, person, sha256, words: wordsIn(text), reopened };
}

/** All revisions of a summary, oldest first. */
export async function revisionsOf(context: SummaryContext, [meetingId, itemId]: [Id, Id]): Promise<RevisionView[]> {
  const events = await context.store.events(meetingId, itemId);
  return (await context.store.revisions(meetingId, itemId)).map((one) => view(one, events));
}

/** One revision with all it says, as this reader may see it. */
export async function revisionFor(context: SummaryContext, reader: Reader, n: number): Promise<RevisionContent> {
  const { meetingId, itemId } = reader.workshop;
  const kept = await context.store.revision(meetingId, itemId, n);
  if (!kept) throw notFound();
  return {
    revision: view(kept, await context.store.events(meetingId, itemId)),
    document: JSON.parse(kept.json) as SummaryDocument,
    sources: context.shown(reader, JSON.parse(kept.sources) as Source[]),
    text: kept.text,
  };
}

/** The text as it is being written, in the form of a revision that has no number. */
export async function draftFor(
  context: SummaryContext,
  reader: Reader,
): Promise<Pick<RevisionContent, 'document' | 'sources' | 'text'>> {
  const { sections } = await context.roomState(reader.workshop);
  const sources = context.shown(reader, await context.sources(reader.workshop, sections));
  const { document, text } = frozen({
    ...(await context.about(reader)),
    revision: 0,
    at: context.clock(),
    by: '',
    sections,
    // What this reader may not read must not be guessed from its hash either.
    sources: sources.map(({ mayRead: _, ...source }) => source),
  });
  return { document, sources, text };
}
