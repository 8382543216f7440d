/**
 * Why this file exists: for Yjs a line that is divided, joined or moved is letters deleted here and new letters there. Who
 * writes in the line at that moment writes into what is deleted, and the words are gone; two who divide the same line make
 * its end twice. Here everybody looks after their own: letters of mine in what somebody took away without having seen them
 * go to where the rest of the line went, or get a paragraph of their own; and of two copies of the same letters the one
 * of whoever has the higher client id is taken away, by everybody who sees both. And a caret goes along with the letter it
 * stood behind: a sentence that somebody divides while it is written goes on at its end.
 */
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { type ProsemirrorBinding, relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import type { RoomClient } from '../collab/index.ts';
import {
  type BesideLetter,
  type Doubled,
  followed,
  type LetterId,
  type Move,
  movesIn,
  ownMoves,
  type Rescue,
  readChange,
  rescues,
} from './moved-letters.ts';
import { bringBack, placeOf, takeBack } from './moved-repair.ts';

/** How many moves are held against others' changes: a move can be met by another only until that one hears of it. */
const REMEMBERED = 100;

interface Place {
  text: Y.XmlText;
  index: number;
}

/** The text in which the caret was before the transaction that is under way. */
function textOfCaret(doc: Y.Doc, binding: ProsemirrorBinding): Y.XmlText | null {
  const head: Y.RelativePosition | undefined = binding.beforeTransactionSelection?.head ?? undefined;
  const item = head?.item ? Y.getItem(doc.store, head.item) : null;
  if (item instanceof Y.Item) return item.parent instanceof Y.XmlText ? item.parent : null;
  const type = head?.type ? Y.getItem(doc.store, head.type) : null;
  return type instanceof Y.Item && type.content instanceof Y.ContentType && type.content.type instanceof Y.XmlText
    ? type.content.type
    : null;
}

/** Who was writing what was brought back writes on behind it. */
function placeCaret(view: EditorView, binding: ProsemirrorBinding, { text, index }: Place): void {
  const relative = Y.createRelativePositionFromTypeIndex(text, index, -1);
  const at = relativePositionToAbsolutePosition(binding.doc, binding.type, relative, binding.mapping);
  if (at === null || at > view.state.doc.content.size) return;
  const { tr } = view.state;
  view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at), -1)).setMeta('addToHistory', false));
}

/**
 * The plugin; `onBeforeRemote` tells of each update before it is applied, `onParted` that the connection was lost. Works
 * without a screen.
 */
export function keepWordsPlugin(
  onBeforeRemote: RoomClient['onBeforeRemote'],
  onParted: (listener: () => void) => () => void = () => () => {},
): Plugin {
  return new Plugin({
    key: new PluginKey('keepWords'),
    view: (view) => {
      const { binding } = ySyncPluginKey.getState(view.state) as { binding: ProsemirrorBinding };
      const { doc, type: fragment } = binding;
      let moves: Move[] = [];
      let incoming: Uint8Array | null = null;
      let lost: Rescue[] = [];
      let doubled: Doubled[] = [];
      /** Where the caret was before others' change, and the letter it goes along with, if that was moved. */
      let writingIn: Y.XmlText | null = null;
      let follow: BesideLetter | null = null;
      const look = (transaction: Y.Transaction): void => {
        if (transaction.local) {
          if (transaction.origin === ySyncPluginKey) moves.push(...ownMoves(transaction, fragment));
        } else if (incoming !== null) {
          const change = readChange(transaction, incoming);
          incoming = null;
          lost.push(...rescues(change, fragment));
          for (const move of moves) {
            const found = change.alsoMoved(move);
            if (found) doubled.push(found);
          }
          const seen = ({ client, clock }: LetterId): boolean => change.deletedByName(client, clock);
          const moved = movesIn(transaction, fragment, change.added, seen);
          moves.push(...moved);
          writingIn = textOfCaret(doc, binding);
          // A composing keyboard must not have its caret taken away.
          const head: Y.RelativePosition | undefined = binding.beforeTransactionSelection?.head ?? undefined;
          if (head && writingIn && moved.length > 0 && !view.composing)
            follow = followed(transaction, moved, writingIn, head);
        }
        moves = moves.slice(-REMEMBERED);
      };
      /** The letter's copy of now, when it has been moved since. */
      const now = (id: LetterId): LetterId => {
        let here = id;
        for (const { ids, copies } of moves) {
          const at = ids.findIndex(({ client, clock }) => client === here.client && clock === here.clock);
          here = copies[at] ?? here;
        }
        return here;
      };
      const mend = (): void => {
        if (lost.length === 0 && doubled.length === 0 && !follow) return;
        const [bring, take, along] = [lost, doubled, follow];
        lost = [];
        doubled = [];
        follow = null;
        let caret: Place | null = null as Place | null;
        doc.transact(() => {
          for (const rescue of bring) {
            const end = bringBack(doc, fragment, rescue);
            moves.push(end.move);
            if (rescue.text === writingIn) caret = end;
          }
          // Afterwards, so that letters are followed to where they are now.
          for (const twice of take) takeBack(doc, twice, now);
        }, keepWordsPlugin);
        const place = along && placeOf(doc, now(along.letter));
        if (place) caret ??= { text: place.text, index: place.index + (along.behind ? 1 : 0) };
        if (caret) placeCaret(view, binding, caret);
      };
      const stops = [
        onBeforeRemote((update) => {
          incoming = update;
        }),
        // What comes when we meet again repeats also our own deletions, which then say nothing about others'.
        onParted(() => {
          moves = [];
        }),
      ];
      doc.on('beforeObserverCalls', look);
      doc.on('afterAllTransactions', mend);
      return {
        destroy: () => {
          for (const stop of stops) stop();
          doc.off('beforeObserverCalls', look);
          doc.off('afterAllTransactions', mend);
        },
      };
    },
  });
}

export const keepWords = (room: RoomClient): Extension =>
  Extension.create({
    name: 'keepWords',
    // After Collaboration (1000), so that there is a binding.
    priority: 10,
    addProseMirrorPlugins: () => [
      keepWordsPlugin(
        (listener) => room.onBeforeRemote(listener),
        (listener) => {
          let { synced } = room.state;
          return room.subscribe(() => {
            if (synced && !room.state.synced) listener();
            synced = room.state.synced;
          });
        },
      ),
    ],
  });
