/**
 * Why this file exists: a summary stands in its meeting: the meeting's bar above, the text as on a sheet of paper, and what
 * belongs to it on a desk beside it, or in a sheet from below where there is no room.
 */
import { ChevronLeft, Layers } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import { isOfficer } from '#shared/policy.ts';
import type { WorkshopView } from '#shared/workshop/api.ts';
import { MeetingBar } from '../meeting/meeting-bar.tsx';
import { SavingTrouble } from '../meeting/saving-trouble.tsx';
import { Sheet } from '../meeting/sheet.tsx';
import { useMedia } from '../meeting/use-width.ts';
import { paths } from '../navigation.ts';
import { BottomBar } from '../ui/bottom-bar.tsx';
import { buttonClass } from '../ui/button.tsx';
import { SkipLink, useArrival, useTitle } from '../ui/screen.tsx';
import { useWorkshopItem } from '../workshop/use-item.ts';
import styles from './frame.module.css';

/** Narrower than this the side is a sheet. */
export const useNarrow = (): boolean => useMedia('(max-width: 999px)');

export interface FrameProps {
  meeting: Meeting;
  itemId: Id;
  workshop: WorkshopView | null;
  /** What the text is: draft, who writes, how much is used. */
  about: readonly string[];
  /** The one filled button. */
  action?: ReactNode;
  side?: ReactNode;
  /** On a narrow page: the buttons at the bottom that open the sheet. */
  doors?: ReactNode;
  sheetOpen?: boolean;
  onCloseSheet?(): void;
  children: ReactNode;
}

export function Frame(props: FrameProps) {
  const { meeting, itemId, workshop, about, action, side, doors, sheetOpen = false, onCloseSheet, children } = props;
  const { t } = useTranslation('summary');
  const { node, title } = useWorkshopItem(meeting, itemId);
  useTitle(t('titleOf', { item: title }));
  const heading = useArrival<HTMLHeadingElement>();
  const narrow = useNarrow();
  const officer = isOfficer(meeting.myRoles);
  const harvest = workshop && (officer || workshop.harvest !== 'officers');
  return (
    <div className={styles.page} data-side={side ? '' : undefined}>
      <SkipLink />
      <MeetingBar meeting={meeting} officer={officer} />
      <div className={styles.trouble}>
        <SavingTrouble />
      </div>
      <div className={styles.two}>
        <main id="content" className={styles.write}>
          <div className={styles.inside}>
            <nav className={styles.ways} aria-label={t('ways')}>
              <Link className={buttonClass({ variant: 'quiet', size: 'small' })} href={paths.item(meeting.id, itemId)}>
                <ChevronLeft size={16} strokeWidth={1.75} aria-hidden />
                {t('toItem')}
              </Link>
              {harvest && (
                <Link
                  className={buttonClass({ variant: 'quiet', size: 'small' })}
                  href={paths.harvest(meeting.id, itemId)}
                >
                  <Layers size={16} strokeWidth={1.75} aria-hidden />
                  {t('toHarvest')}
                </Link>
              )}
            </nav>
            <div className={styles.head}>
              <span className={styles.number} aria-hidden="true">
                {node?.number}
              </span>
              <div>
                <h1 ref={heading} tabIndex={-1}>
                  {t('title')}
                </h1>
                <p className={styles.about}>{[title, ...about].join(' · ')}</p>
              </div>
              {action && <div className={styles.action}>{action}</div>}
            </div>
            {children}
          </div>
        </main>
        {side && !narrow && (
          <aside className={styles.side} aria-label={t('side.aria')}>
            {side}
          </aside>
        )}
      </div>
      {side && narrow && doors && <BottomBar label={t('side.aria')}>{doors}</BottomBar>}
      {side && narrow && sheetOpen && (
        <Sheet label={t('side.aria')} onClose={() => onCloseSheet?.()}>
          <div className={styles.sheet}>{side}</div>
        </Sheet>
      )}
    </div>
  );
}

/** One of the buttons at the bottom of a narrow page. */
export function Door({ icon, label, onOpen }: { icon: ReactNode; label: string; onOpen(): void }) {
  return (
    <button type="button" aria-haspopup="dialog" onClick={onOpen}>
      {icon}
      {label}
    </button>
  );
}
