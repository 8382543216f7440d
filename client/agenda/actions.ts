/** Why this file exists: everything one can do to a row, with its words and its way back, for keys, menu and drag alike. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import { type ItemKind, patchItem } from '#shared/agenda.ts';
import { addAt, type Outcome, place, type Target, takeBack } from '#shared/agenda-moves.ts';
import {
  archive,
  merge,
  mergeCandidate,
  moveDown,
  moveIn,
  moveOut,
  moveUp,
  restore,
  type Step,
} from '#shared/agenda-steps.ts';
import { type AgendaFrame, readAgenda } from '#shared/agenda-tree.ts';
import { type Id, newId } from '#shared/ids.ts';
import { useToasts } from '../ui/toast.tsx';

const steps = { up: moveUp, down: moveDown, in: moveIn, out: moveOut };

export interface AgendaActions {
  move(ids: readonly Id[], target: Target): void;
  step(id: Id, step: Step): void;
  mergeWithPrevious(id: Id): void;
  archive(id: Id): void;
  restore(id: Id): void;
  setNothingToReport(id: Id, yes: boolean): void;
  /** Adds an item after `anchor`, or as near as it may stand; last in the first sitting without one. Gives its id. */
  add(kind: ItemKind, title: string, anchor: Id | null): Id;
}

export function useAgendaActions(doc: Y.Doc, { sittings, noticeNumbers }: AgendaFrame): AgendaActions {
  const { t } = useTranslation('agenda');
  const { toast } = useToasts();
  return useMemo(() => {
    const frame = { sittings, noticeNumbers };
    const titleOf = (id: Id) => {
      const agenda = readAgenda(doc, frame);
      const item = agenda.byId.get(id)?.item ?? agenda.hidden.find((one) => one.item.id === id)?.item;
      return item?.title.trim() || t('untitled');
    };
    const tell = (id: Id, outcome: Outcome, done: () => string) => {
      if (!outcome.ok) {
        toast({ message: t('cannotMove', { title: titleOf(id) }) });
        return;
      }
      const { change } = outcome;
      if (change.length > 0) toast({ message: done(), undo: () => takeBack(doc, change) });
    };
    const whereNow = (id: Id) => {
      const number = readAgenda(doc, frame).byId.get(id)?.number;
      if (!number) return t('moved', { title: titleOf(id) });
      return t(noticeNumbers[id] ? 'movedKeeps' : 'movedTo', { title: titleOf(id), number });
    };
    return {
      move(ids, target) {
        const first = ids[0];
        if (first !== undefined) tell(first, place(doc, sittings, ids, target), () => whereNow(first));
      },
      step(id, step) {
        tell(id, steps[step](doc, sittings, id), () => whereNow(id));
      },
      mergeWithPrevious(id) {
        const into = mergeCandidate(readAgenda(doc, frame), id);
        if (!into) return;
        const title = titleOf(id);
        const words = () => t('merged', { title, into: titleOf(into.item.id) });
        tell(id, merge(doc, sittings, id, into.item.id), words);
      },
      archive(id) {
        const title = titleOf(id);
        tell(id, archive(doc, sittings, id), () => t('archived', { title }));
      },
      restore(id) {
        restore(doc, sittings, id);
        toast({ message: t('hidden.restored', { title: titleOf(id) }) });
      },
      setNothingToReport(id, yes) {
        patchItem(doc, id, { outcome: yes ? 'nothing-to-report' : '' });
        if (yes)
          toast({
            message: t('marked', { title: titleOf(id) }),
            undo: () => patchItem(doc, id, { outcome: '' }),
          });
      },
      add(kind, title, anchor) {
        const agenda = readAgenda(doc, frame);
        const id = newId();
        const targets: Target[] = [];
        for (let at = anchor === null ? undefined : agenda.byId.get(anchor); at; at = agenda.byId.get(at.parent))
          targets.push({ at: 'after', id: at.item.id });
        targets.push({ at: 'end', sitting: agenda.groups[0]!.sitting });
        for (const target of targets) if (addAt(doc, sittings, { id, kind, title }, target).ok) break;
        return id;
      },
    };
  }, [doc, sittings, noticeNumbers, t, toast]);
}
