/**
 * Why this file exists: a contribution on the board is a slip of text with its origin underneath: whose group, who wrote
 * it and when, and whether it is used.
 */
import { Check, EyeOff, GripVertical } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Contribution } from '#shared/workshop/contributions.ts';
import { clock } from '../ui/dates.ts';
import { useBoard } from './board-context.ts';
import { GroupSquare } from './group-square.tsx';
import styles from './slip.module.css';
import { SlipMenu } from './slip-menu.tsx';

/** More dots than these are told as a number. */
const MOST_DOTS = 8;

/** As many dots as were given. */
export function Dots({ count }: { count: number }) {
  const { t } = useTranslation('harvest');
  if (count === 0) return null;
  return (
    <span className={styles.dots}>
      <span className="sr">{t('dots', { count })}</span>
      <span aria-hidden="true">
        {count <= MOST_DOTS ? Array.from({ length: count }, (_, n) => <i key={String(n)} />) : <b>{count}</b>}
      </span>
    </span>
  );
}

/** Whose it is, when it was written, and what has become of it. */
export function Origin({ contribution, where = false }: { contribution: Contribution; where?: boolean }) {
  const { t, i18n } = useTranslation('harvest');
  const { data, marks, meeting, dotsOf, promptName, workshop } = useBoard();
  const { names, at } = data.written(contribution);
  const mark = marks.get(contribution.groupId);
  const used = data.coverage?.used.has(contribution.key) ?? false;
  const words = [
    names.slice(0, 2).map(shortName).join(', ') + (names.length > 2 ? ` +${names.length - 2}` : ''),
    at > 0 && clock(at, i18n.language, meeting.timeZone),
    where && workshop.prompts.length > 1 && promptName(contribution.promptId),
  ].filter(Boolean);
  return (
    <span className={styles.origin}>
      {mark && <GroupSquare mark={mark} />}
      <span className={styles.by}>{words.join(' · ')}</span>
      {(data.harvest.tags.get(contribution.key) ?? []).map((tag) => (
        <span key={tag} className={styles.tag}>
          #{tag}
        </span>
      ))}
      {used && (
        <span className={styles.used}>
          <Check size={15} strokeWidth={2} aria-hidden />
          <span className="sr">{t('usedMark')}</span>
        </span>
      )}
      {data.harvest.hidden.has(contribution.key) && (
        <span className={styles.hiddenMark}>
          <EyeOff size={15} strokeWidth={1.75} aria-hidden /> {t('hiddenMark')}
        </span>
      )}
      <Dots count={dotsOf(contribution.key) ?? 0} />
    </span>
  );
}

/** The given name, as people call each other in a group. */
function shortName(name: string): string {
  return name.split(' ')[0] ?? name;
}

/** The inside of a slip in a list of slips. */
export function Slip({ contribution, where = false }: { contribution: Contribution; where?: boolean }) {
  const { t } = useTranslation('harvest');
  const { data } = useBoard();
  const movable = data.maySort || data.mayPromote;
  return (
    <div className={styles.inside}>
      {movable && (
        <Button slot="drag" className={styles.grip!} aria-label={t('drag', { text: contribution.text })}>
          <GripVertical size={14} strokeWidth={1.75} aria-hidden />
        </Button>
      )}
      <p className={styles.text}>{contribution.text}</p>
      <Origin contribution={contribution} where={where} />
      <span className={styles.menu}>
        <SlipMenu contribution={contribution} />
      </span>
    </div>
  );
}
