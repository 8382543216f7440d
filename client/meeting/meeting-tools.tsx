/**
 * Why this file exists: what those who run a meeting reach for from every page of it: the wall of the room, the guests,
 * the meeting's own data. Side by side where the bar has room, in one menu on a phone.
 */
import { DoorOpen, Ellipsis, MailOpen, MonitorPlay, ScrollText, Settings2 } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import { GuestsButton, GuestsDialog, useWaiting, WaitingCount } from '../guests/guests-button.tsx';
import { paths } from '../navigation.ts';
import { Remote } from '../projector/remote.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { may } from './may.ts';
import styles from './meeting-bar.module.css';
import { useMedia } from './use-width.ts';

const ICON = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** For those who run the meeting; `projector` only while something may be shown. */
export function MeetingTools({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('guest');
  const [open, setOpen] = useState<'projector' | 'guests' | null>(null);
  const narrow = useMedia('(max-width: 599px)');
  const waiting = useWaiting(meeting);
  const close = () => setOpen(null);
  const Tools = narrow ? InOneMenu : SideBySide;
  return (
    <>
      <Tools meeting={meeting} waiting={waiting} open={setOpen} />
      <p className="sr" role="status">
        {waiting > 0 && open !== 'guests' ? t('panel.says', { count: waiting }) : ''}
      </p>
      {open === 'projector' && <Remote meeting={meeting} onClose={close} />}
      {open === 'guests' && <GuestsDialog meeting={meeting} onClose={close} />}
    </>
  );
}

interface ToolsProps {
  meeting: Meeting;
  waiting: number;
  open(tool: 'projector' | 'guests'): void;
}

function SideBySide({ meeting, waiting, open }: ToolsProps) {
  const { t } = useTranslation('meeting');
  const { t: notice } = useTranslation('notice');
  const { t: projector } = useTranslation('projector');
  return (
    <>
      {may(meeting, 'run-projector') && (
        <Button variant="quiet" className={styles.setup ?? ''} aria-haspopup="dialog" onClick={() => open('projector')}>
          <MonitorPlay {...ICON} />
          <span>{projector('remote.button')}</span>
        </Button>
      )}
      <GuestsButton waiting={waiting} className={styles.setup ?? ''} onPress={() => open('guests')} />
      {may(meeting, 'publish-notice') && (
        <Link className={`${buttonClass({ variant: 'quiet' })} ${styles.setup}`} href={paths.notice(meeting.id)}>
          <MailOpen {...ICON} />
          <span>{notice('open')}</span>
        </Link>
      )}
      <Link className={`${buttonClass({ variant: 'quiet' })} ${styles.setup}`} href={paths.setup(meeting.id)}>
        <Settings2 {...ICON} />
        <span>{t('setup')}</span>
      </Link>
    </>
  );
}

function InOneMenu({ meeting, waiting, open }: ToolsProps) {
  const { t } = useTranslation('meeting');
  const { t: minutes } = useTranslation('minutes');
  const { t: notice } = useTranslation('notice');
  const { t: guest } = useTranslation('guest');
  const { t: projector } = useTranslation('projector');
  const [, go] = useLocation();
  return (
    <Menu
      label={t('tools')}
      button={
        <AriaButton
          className={buttonClass({ variant: 'quiet' }, true)}
          aria-label={waiting > 0 ? `${t('tools')}, ${guest('panel.barWaiting', { count: waiting })}` : t('tools')}
        >
          <Ellipsis {...ICON} />
          <WaitingCount waiting={waiting} />
        </AriaButton>
      }
      actions={[
        ...(may(meeting, 'run-projector')
          ? [
              {
                id: 'projector',
                label: projector('remote.button'),
                icon: <MonitorPlay {...ICON} />,
                onAction: () => open('projector'),
              },
            ]
          : []),
        {
          id: 'guests',
          label: waiting > 0 ? guest('panel.barWaiting', { count: waiting }) : guest('panel.bar'),
          icon: <DoorOpen {...ICON} />,
          onAction: () => open('guests'),
        },
        {
          id: 'notice',
          label: notice('open'),
          icon: <MailOpen {...ICON} />,
          onAction: () => go(paths.notice(meeting.id)),
        },
        {
          id: 'minutes',
          label: minutes('link'),
          icon: <ScrollText {...ICON} />,
          onAction: () => go(paths.minutes(meeting.id)),
        },
        {
          id: 'setup',
          label: t('setup'),
          icon: <Settings2 {...ICON} />,
          onAction: () => go(paths.setup(meeting.id)),
        },
      ]}
    />
  );
}
