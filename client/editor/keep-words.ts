/**
 * Why this file exists: for Yjs a line that is divided, joined or moved is letters deleted here and new letters there. Who
 * writes in the line at that moment writes into what is deleted, and the words are gone; two who divide the same line make
 * its end twice. Here everybody looks after their own: letters of mine in what somebody took away without having seen them
 * go to where the rest of the line went, or get a paragraph of their own; and of two copies of the same letters the one
 * of whoever has the higher client id is taken away, by everybody who sees both.
 */
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import type { RoomClient } from '../collab/index.ts';
import {
  type Doubled,
  type LetterId,
  type Move,
  movesIn,
  ownMoves,
  type Rescue,
  readChange,
  rescues,
} from './moved-letters.ts';
import { bringBack, takeBack } from './moved-repair.ts';

/** How many moves are held against others' changes: a move can be met by another only until that one hears of it. */
const REMEMBERED = 100;

/** The plugin; `onBeforeRemote` tells of each update before it is applied. Works without a screen. */
export function keepWordsPlugin(onBeforeRemote: RoomClient['onBeforeRemote']): Plugin {
  return new Plugin({
    key: new PluginKey('keepWords'),
    view: (view) => {
      const { binding } = ySyncPluginKey.getState(view.state) as { binding: ProsemirrorBinding };
      const { doc, type: fragment } = binding;
      let moves: Move[] = [];
      let incoming: Uint8Array | null = null;
      let lost: Rescue[] = [];
      let doubled: Doubled[] = [];
      const look = (transaction: Y.Transaction): void => {
        if (transaction.local) {
          if (transaction.origin === ySyncPluginKey) moves.push(...ownMoves(transaction));
        } else if (incoming !== null) {
          const change = readChange(transaction, incoming);
          incoming = null;
          lost.push(...rescues(change));
          for (const move of moves) {
            const found = change.alsoMoved(move);
            if (found) doubled.push(found);
          }
          moves.push(...movesIn(transaction, change.added, ({ client, clock }) => change.deletedByName(client, clock)));
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
        if (lost.length === 0 && doubled.length === 0) return;
        const [bring, take] = [lost, doubled];
        lost = [];
        doubled = [];
        doc.transact(() => {
          for (const twice of take) takeBack(doc, twice, now);
          for (const rescue of bring) bringBack(fragment, rescue);
        }, keepWordsPlugin);
      };
      const stop = onBeforeRemote((update) => {
        incoming = update;
      });
      doc.on('beforeObserverCalls', look);
      doc.on('afterAllTransactions', mend);
      return {
        destroy: () => {
          stop();
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
    addProseMirrorPlugins: () => [keepWordsPlugin(room.onBeforeRemote.bind(room))],
  });
