/**
 * Why this file exists: beside the text, one thing at a time: what it is built on, what else was said, what people say of
 * it. Everybody gets those parts they may read.
 */
import { MessageSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { HarvestData } from '../harvest/use-harvest.ts';
import styles from './side.module.css';
import { unusedOf, useSide } from './side-data.ts';
import { BehindList, ClusterList, GroupList, UnusedList } from './side-lists.tsx';

export const PARTS = ['behind', 'clusters', 'groups', 'unused', 'comments'] as const;
export type Part = (typeof PARTS)[number];

/** The parts that a reader of the harvest, or of some groups, may see. */
export function partsOf(data: HarvestData): readonly Part[] {
  const groups = data.contributions.length > 0 || !data.closed;
  return PARTS.filter((part) => {
    if (part === 'clusters') return !data.closed;
    if (part === 'groups') return groups;
    // What is left can only be told by who reads everything that was said.
    if (part === 'unused') return !data.closed && data.coverage !== null;
    return true;
  });
}

export interface SideProps {
  part: Part;
  onPart(part: Part): void;
  /** How many threads are open. */
  threads: number;
  comments: ReactNode;
}

export function Side({ part, onPart, threads, comments }: SideProps) {
  const { t } = useTranslation('summary');
  const { data } = useSide();
  const parts = partsOf(data);
  const now = parts.includes(part) ? part : 'behind';
  const names: Record<Part, ReactNode> = {
    behind: t('side.behind'),
    clusters: t('side.clusters'),
    groups: t('side.groups'),
    unused: t('side.unused', { count: unusedOf(data).length }),
    comments: (
      <>
        <MessageSquare size={17} strokeWidth={1.75} aria-hidden />
        {threads > 0 && <span aria-hidden="true">{threads}</span>}
      </>
    ),
  };
  const bodies: Record<Part, ReactNode> = {
    behind: <BehindList />,
    clusters: <ClusterList />,
    groups: <GroupList />,
    unused: <UnusedList />,
    comments,
  };
  return (
    <Tabs className={styles.side!} selectedKey={now} onSelectionChange={(key) => onPart(key as Part)}>
      <TabList className={styles.tabs!} aria-label={t('side.label')}>
        {parts.map((one) => (
          <Tab
            key={one}
            id={one}
            className={styles.tab!}
            {...(one === 'comments' ? { 'aria-label': t('side.comments', { count: threads }) } : {})}
          >
            {names[one]}
          </Tab>
        ))}
      </TabList>
      {parts.map((one) => (
        <TabPanel key={one} id={one} className={styles.panel!}>
          {bodies[one]}
        </TabPanel>
      ))}
    </Tabs>
  );
}
