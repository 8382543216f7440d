/**
 * Why this file exists: the list of speakers beside what the meeting is about: it stays open while one reads and writes, so
 * it is no dialog. On a phone the same comes as a sheet.
 */
import { X } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { FloorView } from '#shared/floor/api.ts';
import type { Id } from '#shared/ids.ts';
import { Sheet } from '../meeting/sheet.tsx';
import { Button, ButtonRow, IconButton } from '../ui/button.tsx';
import styles from './floor.module.css';
import { FloorRules } from './floor-rules.tsx';
import { ownFloor } from './own.ts';
import { OwnButtons } from './own-buttons.tsx';
import { SpeakerNow } from './speaker-now.tsx';
import type { FloorActions } from './use-floor.ts';
import { WaitingList } from './waiting-list.tsx';

export interface FloorPanelProps {
  meeting: Meeting;
  floor: FloorView;
  ownId: Id;
  actions: FloorActions;
  narrow: boolean;
  onClose(): void;
}

export function FloorPanel({ narrow, onClose, ...props }: FloorPanelProps) {
  const { t } = useTranslation('floor');
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!narrow) heading.current?.focus();
  }, [narrow]);
  if (narrow)
    return (
      <Sheet label={t('title')} onClose={onClose}>
        <div className={styles.inSheet}>
          <h2>{t('title')}</h2>
          <Inside {...props} />
        </div>
      </Sheet>
    );
  return (
    <section
      className={styles.panel}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className={styles.head}>
        <h2 id={id} ref={heading} tabIndex={-1}>
          {t('title')}
        </h2>
        <IconButton label={t('key')} onClick={onClose}>
          <X size={18} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
      <Inside {...props} />
    </section>
  );
}

function Inside({ meeting, floor, ownId, actions }: Omit<FloorPanelProps, 'narrow' | 'onClose'>) {
  return (
    <>
      <SpeakerNow meeting={meeting} floor={floor} />
      {floor.runs && <Running floor={floor} actions={actions} />}
      <OwnButtons floor={floor} own={ownFloor(floor, ownId)} actions={actions} />
      <WaitingList meeting={meeting} floor={floor} ownId={ownId} actions={actions} />
      {floor.runs && <FloorRules meeting={meeting} floor={floor} actions={actions} />}
    </>
  );
}

/** The two steps officers take. Both stay where they are and keep the focus, also when there is nobody to take them for. */
function Running({ floor, actions }: { floor: FloorView; actions: FloorActions }) {
  const { t } = useTranslation('floor');
  const [next] = floor.waiting;
  const { speaker } = floor;
  return (
    <ButtonRow className={styles.running}>
      <Button
        variant="primary"
        aria-disabled={next === undefined}
        onClick={() => {
          if (next) actions.next();
        }}
      >
        <span className={styles.cut}>{next ? t('run.next', { name: next.person }) : t('list.empty')}</span>
      </Button>
      <Button
        aria-disabled={speaker === null}
        {...(speaker && { 'aria-label': t('run.endLabel', { name: speaker.person }) })}
        onClick={() => {
          if (speaker) actions.end();
        }}
      >
        {t('run.end')}
      </Button>
    </ButtonRow>
  );
}
