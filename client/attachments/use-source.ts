/** Why this file exists: what the text asks about attachments (client/editor/attachment-source.ts), from what the page knows. */
import { useEffect, useMemo, useRef } from 'react';
import type { AttachmentsView } from '#shared/attachments/api.ts';
import { attachmentLabel } from '#shared/attachments/words.ts';
import type { Id } from '#shared/ids.ts';
import type { Language } from '#shared/terms.ts';
import type { AttachmentSource } from '../editor/attachment-source.ts';

export interface SourceOf {
  view: AttachmentsView | undefined;
  /** Those shown on the page, the others after them. */
  near: ReadonlySet<Id>;
  language: Language;
  mayAdd: boolean;
  add(files: readonly File[], added: (id: Id) => void): void;
  open(id: Id): void;
}

/** One object for as long as the page lives: the editor holds on to it. */
export function useAttachmentSource(of: SourceOf): AttachmentSource {
  const latest = useRef(of);
  const listeners = useRef(new Set<() => void>());
  const version = useRef(0);
  const source = useMemo<AttachmentSource>(() => {
    const wordsOf = ({ number, name }: { number: string; name: string }) => ({
      label: attachmentLabel(number, latest.current.language),
      name,
    });
    return {
      of(id) {
        const { view } = latest.current;
        if (!view) return undefined;
        const found = view.attachments.find((one) => one.id === id);
        return found ? wordsOf(found) : null;
      },
      all() {
        const { view, near } = latest.current;
        const all = (view?.attachments ?? []).map((one) => ({ id: one.id, ...wordsOf(one) }));
        return [...all.filter(({ id }) => near.has(id)), ...all.filter(({ id }) => !near.has(id))];
      },
      subscribe(listener) {
        listeners.current.add(listener);
        return () => void listeners.current.delete(listener);
      },
      version: () => version.current,
      add: (files, added) => latest.current.add(files, added),
      mayAdd: () => latest.current.mayAdd,
      open: (id) => latest.current.open(id),
    };
  }, []);
  useEffect(() => {
    const before = latest.current;
    latest.current = of;
    if (before.view === of.view && before.language === of.language && version.current > 0) return;
    version.current += 1;
    for (const listener of listeners.current) listener();
  });
  return source;
}
