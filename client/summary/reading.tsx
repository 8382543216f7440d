/** Why this file exists: a revision to read, and below the pressed squares the contributions as they were kept with it. */
import { useCallback, useMemo, useState } from 'react';
import type { RevisionContent } from '#shared/summary/api.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { type GroupMark, groupMarks } from '../harvest/group-marks.ts';
import { DocumentView } from './document-view.tsx';
import type { LiveSource } from './sources-side.tsx';

const groupOf = (key: string): string => key.slice(0, key.indexOf(':'));

/** The groups and words behind a revision's blocks. */
export function useKeptSources(content: RevisionContent | undefined, workshop: WorkshopView) {
  const [keys, setKeys] = useState<readonly string[] | null>(null);
  const marks = useMemo(() => {
    const now = groupMarks(workshop);
    // A group may have another name by now, or be gone: it is shown as it was.
    const kept = new Map<string, GroupMark>();
    for (const source of content?.sources ?? []) {
      const known = now.get(source.groupId);
      kept.set(source.groupId, {
        groupId: source.groupId,
        number: known?.number ?? kept.size + 1,
        name: source.group,
        colour: source.colour,
        roundId: known?.roundId ?? '',
      });
    }
    return kept;
  }, [content, workshop]);
  const groupsOf = useCallback(
    (sources: readonly string[]) => [...new Set(sources.map(groupOf))].flatMap((id) => marks.get(id) ?? []),
    [marks],
  );
  const sources = useMemo(
    (): LiveSource[] | null =>
      keys &&
      (content?.sources ?? [])
        .filter(({ key }) => keys.includes(key))
        .flatMap((source): LiveSource[] => {
          const mark = marks.get(source.groupId);
          if (!mark) return [];
          const { key, prompt, authors: names } = source;
          return [{ key, mark, prompt, text: source.mayRead ? source.text : null, names }];
        }),
    [keys, content, marks],
  );
  return { groupsOf, sources, open: setKeys };
}

/** A revision beside which there is no room for its sources: they stand in the titles of the squares. */
export function Reading({ content, workshop }: { content: RevisionContent; workshop: WorkshopView }) {
  const { groupsOf, open } = useKeptSources(content, workshop);
  return <DocumentView sections={content.document.sections} groupsOf={groupsOf} onSources={open} />;
}
