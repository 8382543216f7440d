/** Why this file exists: the board is led by keys: on a slip, digits and letters do what its menu says. */
import { type KeyboardEvent as ReactKeyboardEvent, type RefObject, useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { clusterOf } from '#shared/workshop/harvest.ts';
import { shortcutsOn, takesText, useShortcuts } from '../ui/keyboard.ts';
import type { Board } from './board-context.ts';
import { chosenWith } from './slip-menu.tsx';

/** How long after a key a slip that moves keeps the focus: the document is read a few times a second. */
const FOLLOW_MS = 700;
const SLIPS = '[role="row"][data-key]';

/** The handler for the board's `onKeyDownCapture`: before the lists, which have their own use for letters. */
export function useBoardKeys(board: Board, panel: RefObject<HTMLElement | null>): (event: ReactKeyboardEvent) => void {
  const { t } = useTranslation('harvest');

  const walk = useCallback(
    (by: 1 | -1) => {
      const all = [...(panel.current?.querySelectorAll<HTMLElement>(SLIPS) ?? [])];
      const at = all.findIndex((row) => row.contains(document.activeElement));
      all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
    },
    [panel],
  );
  // A row that moves in the page loses its focus; one that is moved by key takes it along. The list draws itself a
  // little later than the page, so this looks at what is really there.
  const following = useRef(0);
  const follow = useCallback(
    (key: string) => {
      const turn = ++following.current;
      const until = performance.now() + FOLLOW_MS;
      const look = () => {
        if (turn !== following.current || performance.now() > until) return;
        const rows = [...(panel.current?.querySelectorAll<HTMLElement>(SLIPS) ?? [])];
        const here = document.activeElement;
        if (here === null || here === document.body || here.matches(SLIPS))
          rows.find((row) => row.dataset.key === key && row !== here)?.focus();
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    [panel],
  );
  const help = useMemo(
    () => [
      { key: 'j', label: t('keys.next'), run: () => walk(1) },
      { key: 'k', label: t('keys.previous'), run: () => walk(-1) },
      // Those that act on the slip one stands on; here for the map of keys.
      ...(board.data.maySort
        ? [
            { key: '1–9', label: t('keys.move'), run: () => {} },
            { key: '0', label: t('keys.tray'), run: () => {} },
            { key: 'n', label: t('keys.new'), run: () => {} },
            { key: 't', label: t('keys.tag'), run: () => {} },
            { key: 'd', label: t('keys.hide'), run: () => {} },
            { key: 'e', label: t('keys.rename'), run: () => {} },
            { key: 'm', label: t('keys.merge'), run: () => {} },
          ]
        : []),
      ...(board.data.mayPromote ? [{ key: 's', label: t('keys.promote'), run: () => {} }] : []),
      { key: 'v', label: t('keys.show'), run: () => {} },
    ],
    [t, walk, board.data.maySort, board.data.mayPromote],
  );
  useShortcuts(help);

  return (event) => {
    if (takesText(event.target) || !(event.target instanceof Element)) return;
    const key = event.target.closest<HTMLElement>(SLIPS)?.dataset.key;
    const { data, act, ask, digitOf } = board;
    if (key === undefined || !data.byKey.has(key) || event.ctrlKey || event.metaKey) return;
    const arrow = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }[event.key] as 1 | -1 | undefined;
    const keys = chosenWith(board, key);
    const cluster = clusterOf(data.harvest, key);
    let used = true;
    following.current += 1;
    if (event.altKey) {
      if (arrow === undefined || !data.maySort) return;
      follow(key);
      if (event.key === 'ArrowUp' || event.key === 'ArrowDown') act.step(key, arrow);
      else act.stepAcross(key, arrow);
    } else if (!shortcutsOn() || event.key.length !== 1 || event.key === ' ') return;
    else if (event.key === 'j' || event.key === 'k') walk(event.key === 'j' ? 1 : -1);
    else if (event.key === 'v') ask({ what: 'trace', key });
    else if (event.key === 's' && data.mayPromote) act.promote(keys);
    else if (!data.maySort) used = false;
    else if (event.key === '0') act.move(keys, '');
    else if (/^[1-9]$/.test(event.key)) {
      const to = [...digitOf].find(([, digit]) => digit === event.key)?.[0];
      if (to !== undefined) act.move(keys, to);
    } else if (event.key === 'n') ask({ what: 'name', cluster: null, keys });
    else if (event.key === 't') ask({ what: 'tags', keys });
    else if (event.key === 'd') act.hide(keys, !data.harvest.hidden.has(key));
    else if (event.key === 'e' && cluster !== '') ask({ what: 'name', cluster, keys: [] });
    else if (event.key === 'm' && cluster !== '') ask({ what: 'merge', cluster });
    else used = false;
    event.preventDefault();
    event.stopPropagation();
    // The list would search itself for the letter; the page's own keys come before that.
    if (!used) document.dispatchEvent(new KeyboardEvent('keydown', { key: event.key, cancelable: true }));
  };
}
