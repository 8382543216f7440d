/** Why this file exists: the editor of a summary shows the groups behind a paragraph in its gutter; here it learns which. */
import { useMemo } from 'react';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { type ContributionKey, parseKey } from '#shared/workshop/contribution-keys.ts';
import type { SourceMarks } from '../editor/sources.ts';
import { type GroupMark, groupMarks } from './group-marks.ts';
import { groupColour } from './group-square.tsx';

/** The groups behind contributions, in the workshop's order. */
function groupsOf(marks: ReadonlyMap<string, GroupMark>, sources: readonly ContributionKey[]): GroupMark[] {
  const named = new Set(sources.map((key) => parseKey(key)?.groupId));
  return [...marks.values()].filter(({ groupId }) => named.has(groupId));
}

/** What the editor needs to show groups in its gutter; the same object until the groups change. */
export function useSourceMarks(
  workshop: Pick<WorkshopView, 'rounds'> | null,
  onOpen?: (sources: readonly ContributionKey[]) => void,
): SourceMarks | null {
  const rounds = workshop?.rounds ?? null;
  return useMemo(() => {
    if (!rounds) return null;
    const marks = groupMarks({ rounds });
    return {
      groups: (sources) =>
        groupsOf(marks, sources).map(({ number, name, colour }) => ({ number, name, colour: groupColour(colour) })),
      ...(onOpen ? { onOpen } : {}),
    };
  }, [rounds, onOpen]);
}
