/**
 * Why this file exists: a protocol that is composed anew grows and shrinks above what somebody is reading. What they read
 * stays where it is on the screen.
 */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** Parts with `data-steady` in the element keep their place when `changed` is another than before. */
export function useSteadyScroll(element: RefObject<HTMLElement | null>, changed: unknown): void {
  const held = useRef<{ key: string; top: number } | null>(null);
  useEffect(() => {
    const remember = (): void => {
      held.current = null;
      if (window.scrollY === 0) return;
      for (const part of element.current?.querySelectorAll<HTMLElement>('[data-steady]') ?? []) {
        const { top, bottom } = part.getBoundingClientRect();
        if (bottom <= 0) continue;
        held.current = { key: part.dataset.steady ?? '', top };
        return;
      }
    };
    remember();
    window.addEventListener('scroll', remember, { passive: true });
    return () => window.removeEventListener('scroll', remember);
  }, [element]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the document is what this waits for.
  useLayoutEffect(() => {
    const { current } = held;
    if (!current) return;
    const part = element.current?.querySelector<HTMLElement>(`[data-steady="${CSS.escape(current.key)}"]`);
    const moved = part ? part.getBoundingClientRect().top - current.top : 0;
    if (moved !== 0) window.scrollBy({ top: moved, behavior: 'instant' });
  }, [changed, element]);
}
