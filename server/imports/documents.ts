/**
 * Why this file exists: a document is taken in in two steps. First it is read and shown, and nothing of it is in the meeting;
 * then what the person chose of it is written as ordinary edits, the notes first and the agenda in one go. What was
 * taken in can be put away again.
 */
import type * as Y from 'yjs';
import { addItem, patchItem, safeKeyBetween } from '#shared/agenda.ts';
import { readAgenda } from '#shared/agenda-tree.ts';
import type { Block } from '#shared/document/blocks.ts';
import { type Id, newId } from '#shared/ids.ts';
import { type ImportInput, type ImportPreview, importInput } from '#shared/imports/api.ts';
import { cut, type Piece } from '#shared/imports/pieces.ts';
import { NOTES_FRAGMENT, roomName } from '#shared/rooms.ts';
import type { MeetingRecord, MeetingStore } from '../meetings/ports.ts';
import { requireIn } from '../meetings/rights.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Clock, Relay } from '../relay/ports.ts';
import type { Caller, DocumentImports } from '../services.ts';
import type { ReadWord } from './docx-process.ts';
import { writeBlocks } from './write-blocks.ts';

export interface DocumentImportDeps {
  meetings: Pick<MeetingStore, 'get'>;
  relay: Pick<Relay, 'read' | 'edit'>;
  readWord: ReadWord;
  clock: Clock;
}

/** So long a preview is kept, milliseconds, and so many of all people's at once. */
const KEPT_MS = 60 * 60_000;
const MOST_KEPT = 12;
const ACTION = 'import-document';

interface Kept {
  by: Id;
  meetingId: Id;
  at: number;
  preview: ImportPreview;
  /** What was made of it; `null` before, and after it was put away again. */
  taken: Id[] | null;
}

/** The use cases of taking documents in. */
export function createDocumentImports({ meetings, relay, readWord, clock }: DocumentImportDeps): DocumentImports {
  const kept = new Map<Id, Kept>();

  async function allowed(caller: Caller, meetingId: Id): Promise<MeetingRecord> {
    const meeting = await meetings.get(meetingId);
    if (!meeting) throw notFound();
    requireIn(meeting, caller.personId, ACTION);
    return meeting;
  }
  function mine(caller: Caller, meetingId: Id, previewId: Id): Kept {
    const one = kept.get(previewId);
    if (!one || one.by !== caller.personId || one.meetingId !== meetingId) throw notFound();
    return one;
  }
  function keep(one: Kept): void {
    for (const [id, other] of kept) if (one.at - other.at > KEPT_MS) kept.delete(id);
    // A person looks at one document at a time; the oldest makes room.
    for (const [id, other] of kept) if (other.by === one.by && other.taken === null) kept.delete(id);
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(one.preview.id, one);
  }

  return {
    async require(caller, meetingId) {
      await allowed(caller, meetingId);
    },
    async preview(caller, meetingId, bytes) {
      await allowed(caller, meetingId);
      const document = await readWord(bytes);
      const { title, pieces } = cut(document);
      if (pieces.length === 0)
        throw new Refusal('bad-request', 'There are no words in the file.', { fields: { file: 'empty' } });
      const preview: ImportPreview = { id: newId(), title, pieces, left: document.left };
      keep({ by: caller.personId, meetingId, at: clock(), preview, taken: null });
      return preview;
    },
    async take(caller, meetingId, previewId, raw) {
      const input = importInput.parse(raw);
      const meeting = await allowed(caller, meetingId);
      const one = mine(caller, meetingId, previewId);
      if (one.taken !== null) throw new Refusal('conflict', 'The document has been taken in.');
      const made = input.rows.map((row) => ({ ...row, id: newId(), blocks: blocksOf(row.pieces, one.preview.pieces) }));
      one.taken = made.map(({ id }) => id);
      try {
        // The words first: an item whose room is not filled yet could be opened and written in.
        for (const { id, blocks } of made)
          if (blocks.length > 0)
            await relay.edit(roomName({ kind: 'item', meetingId, itemId: id }), caller.personId, (doc) =>
              writeBlocks(doc.getXmlFragment(NOTES_FRAGMENT), blocks),
            );
        await relay.edit(roomName({ kind: 'agenda', meetingId }), caller.personId, (doc) =>
          addRows(doc, made, input.place, meeting),
        );
      } catch (error) {
        one.taken = null;
        throw error;
      }
      return { items: one.taken };
    },
    async undo(caller, meetingId, previewId) {
      await allowed(caller, meetingId);
      const one = mine(caller, meetingId, previewId);
      const items = one.taken;
      if (items === null) throw new Refusal('conflict', 'There is nothing to put away.');
      await relay.edit(roomName({ kind: 'agenda', meetingId }), caller.personId, (doc) =>
        doc.transact(() => {
          for (const id of items) patchItem(doc, id, { archived: true });
        }),
      );
      one.taken = null;
    },
  };
}

/** The blocks of some pieces, the titles of those after the first as headings. */
function blocksOf(numbers: readonly number[], pieces: readonly Piece[]): Block[] {
  return numbers.flatMap((number, n) => {
    const piece = pieces[number];
    if (!piece) throw new Refusal('bad-request', 'There is no such piece.', { fields: { rows: 'unknown' } });
    const heading: Block[] =
      n === 0 || piece.title === ''
        ? []
        : [{ id: '', kind: 'heading', level: 2, inlines: [{ text: piece.title }], sources: [] }];
    return [...heading, ...piece.blocks];
  });
}

/** Adds the rows in their order, in one transaction. What cannot stand where it should stands as near as it may. */
function addRows(
  doc: Y.Doc,
  rows: readonly (ImportInput['rows'][number] & { id: Id })[],
  { sitting, section, after }: ImportInput['place'],
  meeting: MeetingRecord,
): void {
  const agenda = readAgenda(doc, meeting);
  const holder = section === '' ? undefined : agenda.byId.get(section);
  const parent = holder?.item.kind === 'section' ? holder.item.id : '';
  const day =
    holder?.sitting ??
    (meeting.sittings.some(({ id }) => id === sitting) ? sitting : (agenda.groups[0]?.sitting ?? ''));
  const siblings =
    parent === '' ? (agenda.groups.find((one) => one.sitting === day)?.nodes ?? []) : (holder?.children ?? []);
  const at = siblings.findIndex(({ item }) => item.id === after);
  const next = at < 0 ? null : (siblings[at + 1]?.item.order ?? null);
  const behind = siblings[at < 0 ? siblings.length - 1 : at]?.item.order ?? null;
  doc.transact(() => {
    let order = behind;
    // Whoever holds what comes next: a section made here, an item made here.
    let under: Id | '' = '';
    let within: Id | '' = '';
    for (const row of rows) {
      const kind = row.kind === 'section' && parent === '' ? 'section' : 'information';
      const below = row.kind === 'under' && under !== '' ? under : row.kind === 'section' ? '' : within;
      if (below === '') {
        order = safeKeyBetween(order, next);
        addItem(doc, { id: row.id, title: row.title, kind, parent, sitting: day, order });
      } else addItem(doc, { id: row.id, title: row.title, kind, parent: below, sitting: day });
      if (kind === 'section') [within, under] = [row.id, ''];
      else if (row.kind !== 'under' || under === '') under = row.id;
    }
  });
}
