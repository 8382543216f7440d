/**
 * Why this file exists: what a change took away and where it put it again, read from the letters: which of them were
 * deleted, which are new, and whether the new ones say the same. Nothing is changed here.
 */
import * as Y from 'yjs';

/** A letter's place in Yjs's history. */
export interface LetterId {
  client: number;
  clock: number;
}

/** Letters somebody deleted in one place and wrote in another in the same transaction. */
export interface Move {
  /** Whose copies they are. */
  by: number;
  from: Y.XmlText;
  text: string;
  /** Of each letter before, in order. */
  ids: LetterId[];
  /** Of each letter's copy. */
  copies: LetterId[];
}

/** Letters that two have moved at once. */
export interface Doubled {
  move: Move;
  /** Which letters of the move. */
  letters: number[];
  /** The other's copies of them. */
  theirs: LetterId[];
}

/** Own letters somebody else took away without having seen them. */
export interface Rescue {
  block: Y.XmlElement;
  text: Y.XmlText;
  /** `clock` is that of the first letter; `at` how many letters of the moved run stand before it. */
  pieces: { clock: number; words: string; at: number }[];
  /** Where the run they stood in went; `null` when it was only deleted. */
  to: { text: Y.XmlText; first: LetterId } | null;
  /** The text they stand in lives on: they are moved, not made again. */
  alive: boolean;
}

/** Letters that stand together and are new. */
export interface Run {
  text: Y.XmlText;
  words: string;
  ids: LetterId[];
}

/** Somebody else's change. */
export interface Change {
  transaction: Y.Transaction;
  /** Whether whoever made the change has deleted this letter: it was seen, then. */
  deletedByName(client: number, clock: number): boolean;
  added: Run[];
  /** The letters of an earlier move that this change has moved too: its author did not know of that move. */
  alsoMoved(move: Move): Doubled | null;
}

const isNew = (transaction: Y.Transaction, { client, clock }: LetterId): boolean =>
  clock >= (transaction.beforeState.get(client) ?? 0);

/** Runs of new letters that stand, of one client or of everybody but one. */
function addedRuns(transaction: Y.Transaction, wanted: (client: number) => boolean): Run[] {
  const texts = new Set<Y.XmlText>();
  for (const [client, after] of transaction.afterState) {
    const before = transaction.beforeState.get(client) ?? 0;
    if (after <= before || !wanted(client)) continue;
    const structs = transaction.doc.store.clients.get(client) ?? [];
    for (let n = Y.findIndexSS(structs, before); n < structs.length; n++) {
      const struct = structs[n];
      if (struct instanceof Y.Item && !struct.deleted && struct.content instanceof Y.ContentString)
        if (struct.parent instanceof Y.XmlText) texts.add(struct.parent);
    }
  }
  const runs: Run[] = [];
  for (const text of texts) {
    let run: Run | null = null;
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue;
      if (item.content instanceof Y.ContentString && isNew(transaction, item.id) && wanted(item.id.client)) {
        if (!run) {
          run = { text, words: '', ids: [] };
          runs.push(run);
        }
        run.words += item.content.str;
        for (let n = 0; n < item.length; n++) run.ids.push({ client: item.id.client, clock: item.id.clock + n });
      } else run = null;
    }
  }
  return runs;
}

/** The letters of a text as they stood before the transaction, those that came with it left out. */
interface Letter extends LetterId {
  letter: string;
  gone: boolean;
}
function lettersBefore(transaction: Y.Transaction, text: Y.XmlText): Letter[] {
  const letters: Letter[] = [];
  for (let item = text._start; item !== null; item = item.right) {
    if (!(item.content instanceof Y.ContentString) || isNew(transaction, item.id)) continue;
    const gone = item.deleted;
    if (gone && !Y.isDeleted(transaction.deleteSet, item.id)) continue;
    for (let n = 0; n < item.length; n++)
      letters.push({ client: item.id.client, clock: item.id.clock + n, letter: item.content.str[n] ?? '', gone });
  }
  return letters;
}

/** The texts of a fragment in which the transaction has deleted letters. */
function textsWithDeletions(transaction: Y.Transaction, fragment: Y.XmlFragment): Set<Y.XmlText> {
  const texts = new Set<Y.XmlText>();
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (struct instanceof Y.Item && struct.content instanceof Y.ContentString && struct.parent instanceof Y.XmlText)
      if (!texts.has(struct.parent) && isIn(struct.parent, fragment)) texts.add(struct.parent);
  });
  return texts;
}

function isIn(text: Y.XmlText, fragment: Y.XmlFragment): boolean {
  let here: unknown = text;
  while (here instanceof Y.AbstractType && here !== fragment) here = here.parent;
  return here === fragment;
}

/** What the transaction has moved; `seen` says which deleted letters its author deleted knowingly. */
export function movesIn(
  transaction: Y.Transaction,
  fragment: Y.XmlFragment,
  added: Run[],
  seen: (id: LetterId) => boolean = () => true,
): Move[] {
  const moves: Move[] = [];
  if (added.length === 0) return moves;
  for (const from of textsWithDeletions(transaction, fragment)) {
    const letters = lettersBefore(transaction, from).filter((letter) => letter.gone && seen(letter));
    const text = letters.map(({ letter }) => letter).join('');
    if (text === '') continue;
    for (const run of added) {
      const at = run.text === from ? -1 : run.words.indexOf(text);
      const copies = run.ids.slice(at, at + text.length);
      const by = copies[0]?.client;
      if (at < 0 || by === undefined) continue;
      moves.push({ by, from, text, ids: letters.map(({ client, clock }) => ({ client, clock })), copies });
      break;
    }
  }
  return moves;
}

/** A letter, and on which side of it a caret stands. */
export interface BesideLetter {
  letter: LetterId;
  behind: boolean;
}

/**
 * Where a caret of `text` goes that others' `moves` have taken the letter from which it stood behind: beside the copy of
 * the letter its place was known by. `null` when it stays.
 */
export function followed(
  transaction: Y.Transaction,
  moves: readonly Move[],
  text: Y.XmlText,
  { item, assoc }: Y.RelativePosition,
): BesideLetter | null {
  // Without a letter the place is the beginning of the text, or its end.
  const behind = item ? assoc < 0 : assoc >= 0;
  const wanted = item ?? lettersBefore(transaction, text).at(behind ? -1 : 0);
  if (!wanted) return null;
  for (const { from, ids, copies } of moves) {
    const at = from === text ? ids.findIndex((id) => id.client === wanted.client && id.clock === wanted.clock) : -1;
    const letter = copies[at];
    // Who stands where a line is divided stays at the end of what is before it.
    if (letter && (behind || at > 0 || from._item?.deleted)) return { letter, behind };
  }
  return null;
}

/** What this client has moved in a transaction of its own. */
export function ownMoves(transaction: Y.Transaction, fragment: Y.XmlFragment): Move[] {
  const own = transaction.doc.clientID;
  return movesIn(
    transaction,
    fragment,
    addedRuns(transaction, (client) => client === own),
  );
}

/** Reads somebody else's change; `update` is what came, of which the transaction is the effect. */
export function readChange(transaction: Y.Transaction, update: Uint8Array): Change {
  const own = transaction.doc.clientID;
  let named: ReturnType<typeof Y.decodeUpdate>['ds'] | null = null;
  const deletedByName = (client: number, clock: number): boolean => {
    named ??= Y.decodeUpdate(update).ds;
    return Y.isDeleted(named, Y.createID(client, clock));
  };
  let runs: Run[] | null = null;
  return {
    transaction,
    deletedByName,
    get added() {
      runs ??= addedRuns(transaction, (client) => client !== own);
      return runs;
    },
    alsoMoved(move) {
      const letters = [...move.ids.keys()].filter((n) => {
        const id = move.ids[n];
        return id !== undefined && deletedByName(id.client, id.clock);
      });
      if (letters.length === 0) return null;
      const words = letters.map((n) => move.text[n]).join('');
      for (const run of this.added) {
        if (run.text === move.from) continue;
        const at = run.words.indexOf(words);
        const theirs = run.ids.slice(at, at + words.length);
        if (at >= 0 && theirs.every(({ client }) => client !== move.by)) return { move, letters, theirs };
      }
      return null;
    },
  };
}

/** Own letters that the change has taken from under this client, and where they belong now. */
export function rescues(change: Change, fragment: Y.XmlFragment): Rescue[] {
  const { transaction } = change;
  const own = transaction.doc.clientID;
  const found: Rescue[] = [];
  for (const text of textsWithDeletions(transaction, fragment)) {
    const block = text.parent;
    if (!(block instanceof Y.XmlElement)) continue;
    const alive = text._item?.deleted === false;
    const letters = lettersBefore(transaction, text);
    if (!letters.some(({ client }) => client === own)) continue;
    const seen = letters.map(({ client, clock, gone }) => gone && change.deletedByName(client, clock));
    const words = letters
      .filter((_, n) => seen[n])
      .map(({ letter }) => letter)
      .join('');
    const run = words === '' ? undefined : change.added.find((one) => one.text !== text && one.words.includes(words));
    if (alive && !run) continue;
    const first = seen.indexOf(true);
    // In a line that was divided, what stands behind its moved end is the end's too.
    const last = run && dividedFrom(run.text, block) ? letters.length : seen.lastIndexOf(true);
    const pieces: Rescue['pieces'] = [];
    let at = 0;
    for (const [n, { client, clock, letter, gone }] of letters.entries()) {
      if (seen[n]) {
        at += 1;
        continue;
      }
      if (client !== own || (alive ? n < first || n > last : !gone)) continue;
      const before = pieces.at(-1);
      if (before && before.at === at && before.clock + before.words.length === clock) before.words += letter;
      else pieces.push({ clock, words: letter, at });
    }
    const firstId = run?.ids[run.words.indexOf(words)];
    if (pieces.length > 0)
      found.push({ block, text, pieces, alive, to: run && firstId ? { text: run.text, first: firstId } : null });
  }
  return found;
}

/** Whether the block of this text was made right behind that block. */
function dividedFrom(text: Y.XmlText, block: Y.XmlElement): boolean {
  const made = text.parent;
  return made instanceof Y.XmlElement && made.prevSibling === block;
}
