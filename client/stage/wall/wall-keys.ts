/** Why this file exists: a group is enlarged with its number, the next prompt is one key away, and Esc leads back. */
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/ids.ts';
import { useShortcuts } from '../../ui/keyboard.ts';
import type { WallGroup } from '../wall-group.ts';

/** How long after a digit another one makes a number of two, milliseconds. */
export const SECOND_DIGIT_MS = 800;

export interface TypedNumber {
  number: number;
  at: number;
}

/** The number that is meant by a digit now, after what was typed before; `null` when there is no such group. */
export function numberTyped(before: TypedNumber | null, digit: number, now: number, count: number): TypedNumber | null {
  if (before && now - before.at < SECOND_DIGIT_MS) {
    const both = before.number * 10 + digit;
    if (both >= 10 && both <= count) return { number: both, at: now };
  }
  return digit >= 1 && digit <= count ? { number: digit, at: now } : null;
}

interface WallKeys {
  groups: readonly WallGroup[];
  prompts: readonly { id: Id }[];
  prompt: Id | '';
  onPrompt(id: Id | ''): void;
  large: Id | null;
  onEnlarge(id: Id | null): void;
}

/** The wall's keys, while it is mounted. */
export function useWallKeys({ groups, prompts, prompt, onPrompt, large, onEnlarge }: WallKeys): void {
  const { t } = useTranslation('stage');
  const typed = useRef<TypedNumber | null>(null);
  useShortcuts(
    useMemo(() => {
      const digits = [...Array(10).keys()].filter((digit) =>
        digit === 0 ? groups.length >= 10 : digit <= groups.length,
      );
      const keys = digits.map((digit) => ({
        key: String(digit),
        label: t('keys.enlarge', { number: digit === 0 ? 10 : digit }),
        run: () => {
          typed.current = numberTyped(typed.current, digit, performance.now(), groups.length);
          const chosen = typed.current && groups[typed.current.number - 1];
          if (chosen) onEnlarge(chosen.group.id);
        },
      }));
      const order = ['' as const, ...prompts.map(({ id }) => id)];
      if (prompts.length > 1)
        keys.push({
          key: 'f',
          label: t('keys.prompt'),
          run: () => onPrompt(order[(order.indexOf(prompt) + 1) % order.length] ?? ''),
        });
      if (large !== null) keys.push({ key: 'Escape', label: t('keys.back'), run: () => onEnlarge(null) });
      return keys;
    }, [groups, prompts, prompt, large, onPrompt, onEnlarge, t]),
  );
}
