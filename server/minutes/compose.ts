/**
 * Why this file exists: a protocol is composed here and nowhere else, from what everybody keeps of the meeting: the
 * agenda's room, the notes' rooms, the summaries that are final, who took part, and what the ports give. Nothing of it is
 * written; the same state gives the same document, byte for byte.
 */
import type { AgendaItem } from '#shared/agenda.ts';
import { type AgendaNode, readAgenda } from '#shared/agenda-tree.ts';
import type { Organisation } from '#shared/api.ts';
import { type Block, type References, readBlocks } from '#shared/document/blocks.ts';
import type { Id } from '#shared/ids.ts';
import { type ImportedRecord, withImported } from '#shared/imports/record.ts';
import type { CompletenessFacts } from '#shared/minutes/completeness.ts';
import type { MinutesDocument, MinutesItem, MinutesStyle, MinutesSummary } from '#shared/minutes/document.ts';
import { minutesWords } from '#shared/minutes/words.ts';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import type { SummaryDocument } from '#shared/summary/document.ts';
import type { Workshop } from '#shared/workshop/workshop.ts';
import type { ItemVisit } from '../meetings/ports.ts';
import type { Relay } from '../relay/ports.ts';
import type { SummaryStore } from '../summaries/ports.ts';
import { headerOf, participantLists, presenterOf, signaturesOf } from './people.ts';
import type { Composing, MinutesParts } from './ports.ts';

export interface ComposeDeps {
  relay: Pick<Relay, 'read'>;
  summaries: Pick<SummaryStore, 'revision'>;
  workshops(meetingId: Id): Promise<Workshop[]>;
  organisations(): Promise<Organisation[]>;
  parts: MinutesParts;
  /** What came with a protocol that was made elsewhere; nothing by default. */
  imported?(meetingId: Id): Promise<ImportedRecord | null>;
}

export interface Composed {
  /** With everything in it, whatever its style leaves out. */
  full: MinutesDocument;
  facts: CompletenessFacts;
}

/** The protocol of a meeting as it is now. `style` is the one asked for; by default the body's. */
export async function compose(deps: ComposeDeps, of: Composing, style: MinutesStyle | null): Promise<Composed> {
  const { meeting, language } = of;
  const { parts } = deps;
  const nodes = await deps.relay.read(roomName({ kind: 'agenda', meetingId: meeting.id }), (doc) =>
    readAgenda(doc, meeting).rows.filter(({ item }) => item.kind !== 'break'),
  );
  const numbers = new Map(nodes.map(({ item, number }) => [item.id, number]));
  const habits = await parts.body.settings(of);
  const [presence, decisions, actions, reopenings, attachments, signed, workshops, organisations] = await Promise.all([
    parts.attendance.read(of, habits.groupBy),
    parts.decisions.decisions(of),
    parts.decisions.actions(of),
    parts.decisions.reopenings(of),
    parts.attachments.attachments(of, (itemId) => numbers.get(itemId) ?? ''),
    parts.signing.signed(of),
    deps.workshops(meeting.id),
    deps.organisations(),
  ]);
  const labels = new Map([...attachments.values()].flat().map(({ id, label }) => [id, label]));
  const names = new Map(meeting.participants.map(({ personId, name }) => [personId, name]));
  const treated = treatmentOf(meeting.visits);
  const broken = new Set<Id>();

  const items: MinutesItem[] = [];
  for (const node of nodes) {
    const { item } = node;
    const references: References = {
      mention: (personId, label) => (personId === '' ? label : (names.get(personId) ?? label)),
      attachment(attachmentId) {
        const label = attachmentId === '' ? undefined : labels.get(attachmentId);
        if (label === undefined) broken.add(item.id);
        return label ?? minutesWords(language).missingAttachment;
      },
    };
    const workshop = workshops.find(({ itemId }) => itemId === item.id);
    items.push({
      id: item.id,
      number: node.number,
      level: node.level,
      kind: item.kind as MinutesItem['kind'],
      title: item.title,
      sittingId: node.sitting,
      treatment: treated.get(item.id) ?? null,
      presenters: item.presenters.map((presenter) => presenterOf(presenter, meeting, organisations)),
      blocks: await notesOf(deps, meeting.id, node, references),
      summary: workshop ? await summaryOf(deps, workshop) : null,
      nothingToReport: item.outcome === 'nothing-to-report',
      decisions: decisions.get(item.id) ?? [],
      reopenings: reopenings.get(item.id) ?? [],
      actions: actions.get(item.id) ?? [],
      attachments: attachments.get(item.id) ?? [],
    });
  }

  const live: MinutesDocument = {
    format: 'radslag-minutes',
    version: 1,
    language,
    style: style ?? habits.style,
    meeting: { id: meeting.id, timeZone: meeting.timeZone },
    header: headerOf(meeting, language, organisations),
    attendance: presence.lists ?? participantLists(meeting, language, organisations, habits.groupBy),
    items,
    attachments: attachments.get('') ?? [],
    signatures: signaturesOf(meeting, signed, organisations),
    abbreviations: habits.abbreviations,
    appendix: [],
  };
  const record = (await deps.imported?.(meeting.id)) ?? null;
  return {
    full: record ? withImported(live, record, presence.lists !== null) : live,
    facts: {
      attended: presence.known,
      warnings: presence.lists && presence.warnings,
      workshops: new Set(workshops.map(({ itemId }) => itemId)),
      broken,
    },
  };
}

/** Which in the order of treatment each item was, from 1: by when it first was the current one. */
function treatmentOf(visits: readonly ItemVisit[]): Map<Id, number> {
  const order = new Map<Id, number>();
  for (const { itemId } of [...visits].sort((a, b) => a.from - b.from))
    if (!order.has(itemId)) order.set(itemId, order.size + 1);
  return order;
}

/** What was written under an item, then what was written under those that were merged into it, with their titles. */
async function notesOf(
  { relay }: Pick<ComposeDeps, 'relay'>,
  meetingId: Id,
  { item, merged }: AgendaNode,
  references: References,
): Promise<Block[]> {
  const read = (itemId: Id): Promise<Block[]> =>
    relay.read(roomName({ kind: 'item', meetingId, itemId }), (doc) =>
      readBlocks(doc.getXmlFragment(NOTES_FRAGMENT), references),
    );
  const titled = async (other: AgendaItem): Promise<Block[]> => {
    const blocks = await read(other.id);
    if (blocks.length === 0) return [];
    return [{ id: other.id, kind: 'heading', level: 2, inlines: [{ text: other.title }], sources: [] }, ...blocks];
  };
  const all = await read(item.id);
  for (const other of merged) all.push(...(await titled(other)));
  return all;
}

/** The summary, while it stands: one that was opened again is being written, and is nobody's word yet. */
async function summaryOf({ summaries }: ComposeDeps, workshop: Workshop): Promise<MinutesSummary | null> {
  const { status, revision: n } = workshop.summary;
  if (status !== 'final') return null;
  const kept = await summaries.revision(workshop.meetingId, workshop.itemId, n);
  if (!kept) return null;
  const { sections, by, at } = JSON.parse(kept.json) as SummaryDocument;
  return {
    revision: n,
    at,
    by,
    sha256: kept.sha256,
    sections: sections.map(({ heading, blocks }) => ({ heading, blocks })),
  };
}
