/** Why this file exists: the agenda is led by keys, in the tree and from anywhere on the page outside text. */
import { type KeyboardEvent, type RefObject, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Step } from '#shared/agenda-steps.ts';
import type { Id } from '#shared/ids.ts';
import { shortcutsOn, takesText, useShortcuts } from '../ui/keyboard.ts';
import { itemOfKey } from './drag.ts';

const arrows: Record<string, Step> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' };

function rows(panel: HTMLElement | null): HTMLElement[] {
  return [...(panel?.querySelectorAll<HTMLElement>('[role="row"][data-key]') ?? [])];
}

/** Puts focus on a row; false when it is not there. */
export function focusRow(panel: HTMLElement | null, key: string): boolean {
  const row = rows(panel).find((one) => one.dataset.key === key);
  row?.focus();
  return row !== undefined;
}

interface PanelKeys {
  panel: RefObject<HTMLElement | null>;
  canWrite: boolean;
  /** The row that `e` renames, and where j and k begin, while focus is elsewhere. */
  home: Id | null;
  onStep(id: Id, step: Step): void;
  onRename(id: Id): void;
}

/** The handler for the panel's `onKeyDownCapture`: before the tree, which has its own use for arrows. */
export function usePanelKeys({ panel, canWrite, home, onStep, onRename }: PanelKeys): (event: KeyboardEvent) => void {
  const { t } = useTranslation('agenda');

  const walk = useCallback(
    (by: 1 | -1) => {
      const all = rows(panel.current);
      const at = all.findIndex((row) => row.contains(document.activeElement));
      const start = all.findIndex((row) => row.dataset.key === home);
      all[at < 0 ? Math.max(0, start) : Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
    },
    [panel, home],
  );

  const global = useMemo(() => {
    const list = [
      { key: 'j', label: t('keys.next'), run: () => walk(1) },
      { key: 'k', label: t('keys.previous'), run: () => walk(-1) },
    ];
    if (canWrite && home !== null) list.push({ key: 'e', label: t('keys.rename'), run: () => onRename(home) });
    return list;
  }, [t, walk, canWrite, home, onRename]);
  useShortcuts(global);

  return (event) => {
    if (takesText(event.target) || !(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>('[role="row"][data-key]');
    if (!row) return;
    const id = itemOfKey(row.dataset.key);
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const step = arrows[event.key];
    let used = true;
    if (event.altKey && !event.ctrlKey && !event.metaKey && step && canWrite) {
      if (id) onStep(id, step);
    } else if (plain && event.key === 'F2' && canWrite && id) onRename(id);
    else if (plain && shortcutsOn() && event.key === 'j') walk(1);
    else if (plain && shortcutsOn() && event.key === 'k') walk(-1);
    else if (plain && shortcutsOn() && event.key === 'e' && canWrite && id) onRename(id);
    else used = false;
    const letter = plain && shortcutsOn() && event.key.length === 1 && event.key !== ' ';
    if (!used && !letter) return;
    event.preventDefault();
    event.stopPropagation();
    // The tree would search its rows for the letter; the page's own keys come before that.
    if (!used) document.dispatchEvent(new KeyboardEvent('keydown', { key: event.key, cancelable: true }));
  };
}
