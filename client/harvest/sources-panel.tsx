/**
 * Why this file exists: beside the summary's text stands what it was made from: the contributions of the paragraph one is
 * in, in the groups' own words, as they stand there now.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { type ContributionKey, parseKey } from '#shared/workshop/contribution-keys.ts';
import type { SourceMarks } from '../editor/sources.ts';
import { paths } from '../navigation.ts';
import { clock } from '../ui/dates.ts';
import { type GroupMark, groupMarks } from './group-marks.ts';
import { GroupSquare, groupColour } from './group-square.tsx';
import styles from './sources-panel.module.css';
import { useHarvest } from './use-harvest.ts';

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

export interface SourcesPanelProps {
  workshop: WorkshopView;
  /** The meeting's, for clock times. */
  timeZone: string;
  /** What the paragraph in question was made from; `null` while none is pointed at. */
  sources: readonly ContributionKey[] | null;
}

/** The sources of one paragraph. Holds the groups' rooms while mounted. */
export function SourcesPanel({ workshop, timeZone, sources }: SourcesPanelProps) {
  const { t, i18n } = useTranslation('harvest');
  const data = useHarvest(workshop);
  const marks = useMemo(() => groupMarks(workshop), [workshop]);
  return (
    <section className={styles.panel} aria-label={t('sources.of')} aria-live="polite">
      <h2>{t('sources.title')}</h2>
      {sources === null && <p className={styles.quiet}>{t('sources.pick')}</p>}
      {sources?.length === 0 && <p className={styles.quiet}>{t('sources.none')}</p>}
      {sources && sources.length > 0 && (
        <ul>
          {sources.map((key) => {
            const contribution = data.byKey.get(key);
            const mark = marks.get(parseKey(key)?.groupId ?? '');
            const { names, at } = contribution ? data.written(contribution) : { names: [], at: 0 };
            const prompt = workshop.prompts.find(({ id }) => id === contribution?.promptId)?.heading;
            const facts = [names.join(', '), at > 0 && clock(at, i18n.language, timeZone), prompt].filter(Boolean);
            return (
              <li key={key}>
                <p className={contribution ? styles.text : styles.quiet}>
                  {contribution?.text ?? (data.ready ? t('sources.gone') : '…')}
                </p>
                <p className={styles.origin}>
                  {mark && <GroupSquare mark={mark} />}
                  {mark && contribution && (
                    <Link href={paths.group(workshop.meetingId, workshop.itemId, mark.groupId)}>{mark.name}</Link>
                  )}
                  <span>{facts.join(' · ')}</span>
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
