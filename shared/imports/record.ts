/**
 * Why this file exists: a protocol that came from a file becomes a meeting: its agenda and notes are live and may go on being
 * written, while decisions, presence and signatures are a record of what was, made elsewhere. Composed again, what nobody
 * has changed since is word for word what the file said. Pure.
 */
import type { Block } from '../document/blocks.ts';
import type { MinutesDocument, MinutesItem } from '../minutes/document.ts';

/** What is kept of an imported protocol beside the meeting it became. */
export interface ImportedRecord {
  /** As it was in the file, under the ids its meeting, days and items have here. */
  document: MinutesDocument;
  /** The same meeting composed right after, from agenda, notes and header alone: what "unchanged" is measured by. */
  base: MinutesDocument;
  at: number;
  /** Who took it in, by the name they had. */
  by: string;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What a text says, whatever its blocks are called. */
const saying = (blocks: readonly Block[]): string =>
  JSON.stringify(blocks, (key, value: unknown) => (key === 'id' || key === 'sources' ? undefined : value));

/** What is a fact of the days, in no language. */
const daysOf = ({ sittings, place }: MinutesDocument['header']): unknown => [
  sittings.map(({ id, date, start, end, place: at }) => [id, date, start, end, at]),
  place,
];

/** Whether somebody beside the secretary, whom the one who takes it in becomes, is to answer for it here. */
const answeredFor = ({ signatures }: MinutesDocument): boolean =>
  signatures.some(({ role, signedAt }) => role !== 'secretary' || signedAt !== null);

/** What the file says, as long as the meeting says what it was made to say; else what the meeting says. */
function kept<T>(live: T, base: T, file: T): T {
  return same(live, base) ? file : live;
}

/** The composed protocol with what is only in the record. `presenceKept`: presence has been taken here since. */
export function withImported(
  live: MinutesDocument,
  { document: file, base, at, by }: ImportedRecord,
  presenceKept: boolean,
): MinutesDocument {
  const days = same(daysOf(live.header), daysOf(base.header));
  // Whoever is named here to lead or to sign does so here, and stands where the file named others.
  const signatures = !answeredFor(live);
  return {
    ...live,
    header: {
      body: kept(live.header.body, base.header.body, file.header.body),
      title: kept(live.header.title, base.header.title, file.header.title),
      registryNumber: kept(live.header.registryNumber, base.header.registryNumber, file.header.registryNumber),
      sittings: days ? file.header.sittings : live.header.sittings,
      place: days ? file.header.place : live.header.place,
      officers: signatures ? file.header.officers : live.header.officers,
    },
    attendance: presenceKept ? live.attendance : file.attendance,
    items: itemsOf(live, file, base),
    attachments: [...file.attachments, ...live.attachments],
    signatures: signatures ? file.signatures : live.signatures,
    abbreviations: file.abbreviations,
    appendix: [...file.appendix, ...live.appendix],
    // Whatever the file says of where it comes from.
    imported: { at, by, signatures },
  };
}

function itemsOf(live: MinutesDocument, file: MinutesDocument, base: MinutesDocument): MinutesItem[] {
  const [filed, based] = [byId(file.items), byId(base.items)];
  const items = live.items.map((item) => {
    const [from, was] = [filed.get(item.id), based.get(item.id)];
    return from && was ? itemOf(item, from, was) : item;
  });
  // The agenda goes day by day; a file may have another order. It stands until somebody moves something.
  if (!same(ids(live.items), ids(base.items))) return items;
  const here = byId(items);
  return file.items.flatMap(({ id }) => here.get(id) ?? []);
}

const ids = (items: readonly MinutesItem[]): string[] => items.map(({ id }) => id);
const byId = (items: readonly MinutesItem[]): Map<string, MinutesItem> => new Map(items.map((item) => [item.id, item]));

function itemOf(live: MinutesItem, file: MinutesItem, base: MinutesItem): MinutesItem {
  const placed = live.number === base.number && live.level === base.level && live.sittingId === base.sittingId;
  return {
    id: live.id,
    number: placed ? file.number : live.number,
    level: placed ? file.level : live.level,
    kind: kept(live.kind, base.kind, file.kind),
    title: kept(live.title, base.title, file.title),
    sittingId: placed ? file.sittingId : live.sittingId,
    treatment: live.treatment ?? file.treatment,
    presenters: kept(live.presenters, base.presenters, file.presenters),
    blocks: saying(live.blocks) === saying(base.blocks) ? file.blocks : live.blocks,
    summary: live.summary ?? file.summary,
    nothingToReport: kept(live.nothingToReport, base.nothingToReport, file.nothingToReport),
    decisions: [...file.decisions, ...live.decisions],
    reopenings: [...file.reopenings, ...live.reopenings],
    actions: [...file.actions, ...live.actions],
    attachments: [...file.attachments, ...live.attachments],
  };
}
