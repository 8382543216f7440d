/**
 * Why this file exists: the floor in reach on every page of a meeting: one press to ask for it, one's place once it is asked
 * for, and the list beside it. On a phone it lies where the thumb is.
 */
import { Hand, MessagesSquare, Mic } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { FloorView } from '#shared/floor/api.ts';
import type { Turn } from '#shared/floor/floor.ts';
import type { Id } from '#shared/ids.ts';
import { useSession } from '../api/hooks.ts';
import { useMedia } from '../meeting/use-width.ts';
import { useShortcuts } from '../ui/keyboard.ts';
import styles from './floor.module.css';
import { FloorAnnouncer } from './floor-announcer.tsx';
import { FloorPanel } from './floor-panel.tsx';
import { ownFloor, speakerFigures } from './own.ts';
import { useSpeakerTime } from './speaker-now.tsx';
import { type FloorActions, useFloor, useFloorActions } from './use-floor.ts';

const ICON = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** Nothing before the meeting and after it, unless somebody still has the floor. */
export function FloorControl({ meeting }: { meeting: Meeting }) {
  const ongoing = meeting.phase === 'ongoing' && meeting.cancelledAt === null && meeting.archivedAt === null;
  const floor = useFloor(meeting.id, ongoing || meeting.phase === 'verification').data;
  const ownId = useSession().data?.person.id;
  if (!floor || !ownId || !(ongoing || (floor.runs && floor.speaker))) return null;
  return <Control meeting={meeting} floor={floor} ownId={ownId} />;
}

function Control({ meeting, floor, ownId }: { meeting: Meeting; floor: FloorView; ownId: Id }) {
  const { t } = useTranslation('floor');
  const narrow = useMedia('(max-width: 599px)');
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const actions = useFloorActions(meeting.id, floor);
  useShortcuts(useMemo(() => [{ key: 'o', label: t('key'), run: () => setOpen((now) => !now) }], [t]));
  const close = () => {
    setOpen(false);
    toggle.current?.focus();
  };
  const count = floor.waiting.length;
  const label = count > 0 ? t('openCount', { count }) : t('open');
  return (
    <>
      <div className={narrow ? styles.dock : styles.control} data-floor>
        <Main floor={floor} ownId={ownId} actions={actions} onOpen={() => setOpen(true)} />
        <button
          type="button"
          ref={toggle}
          className={styles.toggle}
          aria-expanded={open}
          aria-label={label}
          title={label}
          onClick={() => (open ? close() : setOpen(true))}
        >
          <MessagesSquare {...ICON} />
          {count > 0 && (
            <b className={styles.badge} aria-hidden="true">
              {count}
            </b>
          )}
        </button>
      </div>
      <FloorAnnouncer floor={floor} ownId={ownId} />
      {open && (
        <FloorPanel meeting={meeting} floor={floor} ownId={ownId} actions={actions} narrow={narrow} onClose={close} />
      )}
    </>
  );
}

interface MainProps {
  floor: FloorView;
  ownId: Id;
  actions: FloorActions;
  onOpen(): void;
}

/** What it is to oneself, in one button: what one can do, or where one stands. */
function Main({ floor, ownId, actions, onOpen }: MainProps) {
  const { t } = useTranslation('floor');
  const own = ownFloor(floor, ownId);
  if (floor.speaker && own.speaking) return <Speaking turn={floor.speaker} onOpen={onOpen} />;
  const place = own.rejoinder ?? own.speech;
  if (place)
    return (
      <button type="button" className={`${styles.main} ${styles.waiting}`} onClick={onOpen}>
        <Hand {...ICON} />
        {t(own.rejoinder ? 'placeReply' : 'place', { n: place.n })}
      </button>
    );
  if (!floor.maySpeak) return null;
  if (floor.drawn)
    return (
      <button type="button" className={styles.main} onClick={onOpen}>
        <Hand {...ICON} />
        {t('drawn')}
      </button>
    );
  return (
    <button type="button" className={styles.main} disabled={actions.pending} onClick={() => actions.ask('speech')}>
      <Hand {...ICON} />
      <span>{t('ask')}</span>
    </button>
  );
}

function Speaking({ turn, onOpen }: { turn: Turn; onOpen(): void }) {
  const { t } = useTranslation('floor');
  const time = useSpeakerTime(turn);
  const { face } = speakerFigures(time);
  return (
    <button
      type="button"
      className={`${styles.main} ${time.kind === 'over' ? styles.mainOut : styles.waiting}`}
      onClick={onOpen}
    >
      <Mic {...ICON} />
      {time.kind === 'over' ? t('now.out') : t('speaking')}
      <span className={styles.mainTime} aria-hidden="true">
        {time.kind === 'over' ? `+${face}` : face}
      </span>
    </button>
  );
}
