/**
 * Why this file exists: single letters that lead a meeting. They act only outside text and can be switched off (WCAG
 * 2.1.4); `?` shows the ones that act on this page.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** As in KeyboardEvent.key, e.g. `n`, `?`. */
  key: string;
  /** What it does, translated. */
  label: string;
  run(): void;
}

const STORAGE_KEY = 'radslag:shortcuts';
const active = new Set<{ current: readonly Shortcut[] }>();
const listeners = new Set<() => void>();
let snapshot: readonly Shortcut[] = [];

function refresh(): void {
  snapshot = [...active].flatMap((entry) => entry.current);
  for (const listener of listeners) listener();
}

/** Whether single letters act; kept on this device. */
export function shortcutsOn(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off';
  } catch {
    return true;
  }
}

export function setShortcutsOn(on: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, on ? 'on' : 'off');
  } catch {
    // A browser that keeps nothing forgets the choice; the keys go on acting.
  }
  for (const listener of listeners) listener();
}

/** Whether this element takes letters itself: fields, editors, and lists that search as one types. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('dialog, [role="menu"], [role="listbox"]')) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Whether Enter already means something here: a shortcut must not take it from the button one stands on. */
function actsOnEnter(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('a[href], button, summary, [role="button"], [role="row"]') !== null
  );
}

/** Registers shortcuts while the component is mounted. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const ref = useRef(shortcuts);
  useEffect(() => {
    ref.current = shortcuts;
    refresh();
  }, [shortcuts]);
  useEffect(() => {
    active.add(ref);
    refresh();
    return () => {
      active.delete(ref);
      refresh();
    };
  }, []);
}

/** What acts now, for the map. */
export function useActiveShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
  );
}

/** Listens for all of them; mounted once. The latest registered wins. */
export function listenForShortcuts(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!shortcutsOn() || takesText(event.target)) return;
    if (event.key === 'Enter' && actsOnEnter(event.target)) return;
    const found = snapshot.findLast((shortcut) => shortcut.key === event.key);
    if (!found) return;
    event.preventDefault();
    found.run();
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
