/** Why this file exists: the round's clock, big, and what the facilitator can do with it: one filled button, the next step. */
import { ChevronDown, Pause, Play, Plus } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Meeting } from '#shared/api.ts';
import type { clockInput, WorkshopView } from '#shared/workshop/api.ts';
import type { Round } from '#shared/workshop/workshop.ts';
import { api } from '../api/api.ts';
import { useNow } from '../collab/use-now.ts';
import { paths } from '../navigation.ts';
import { Button, buttonClass, LinkButton } from '../ui/button.tsx';
import { Menu, type MenuAction } from '../ui/menu.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { useToasts } from '../ui/toast.tsx';
import { RailClock } from '../workshop/group/clock-view.tsx';
import { useWorkshopChange } from '../workshop/use-workshop.ts';
import { roundTime } from './round-time.ts';
import styles from './stage.module.css';

type Deed = z.input<typeof clockInput>;

export function ClockStrip({
  meeting,
  workshop,
  round,
  title,
  number,
}: {
  meeting: Meeting;
  workshop: WorkshopView;
  round: Round;
  title: string;
  number: string;
}) {
  const { t } = useTranslation('stage');
  const text = useProblemText();
  const { toast } = useToasts();
  const time = roundTime(round, useNow(1000));
  const of = { meetingId: workshop.meetingId, itemId: workshop.itemId };
  const change = useWorkshopChange((deed: Deed) => api.workshop.clock(of, round.id, deed));
  const show = useWorkshopChange((roundId: string) => api.workshop.showRound(of, roundId));
  const failed = { onError: (error: unknown) => toast({ message: text(error) }) };
  const act = (deed: Deed) => () => change.mutate(deed, failed);
  const paused = time.kind === 'paused';
  const open = time.kind === 'running' || time.kind === 'last-minute' || paused || time.kind === 'free';
  const next = workshop.rounds[workshop.rounds.findIndex(({ id }) => id === round.id) + 1] ?? null;
  const groups = round.groups.filter(({ state }) => state === 'open' || state === 'ending' || state === 'closed');

  const more: (MenuAction | null)[] = [
    { id: '1', label: t('clock.extendAll', { count: 1 }), onAction: act({ do: 'extend', minutes: 1 }) },
    { id: '10', label: t('clock.extendAll', { count: 10 }), onAction: act({ do: 'extend', minutes: 10 }) },
    null,
    ...groups.map((group) => ({
      id: group.id,
      label: t('clock.extendOne', { count: 5, name: group.name }),
      onAction: act({ do: 'extend', minutes: 5, groupId: group.id }),
    })),
    ...(open || time.kind === 'ending'
      ? [null, { id: 'close', label: t('clock.closeNow'), onAction: act({ do: 'close' }) }]
      : []),
  ];

  return (
    <section className={styles.strip} aria-label={t('clock.label')}>
      <h1 className={styles.title}>
        {number && <span>{number}</span>} {title}
      </h1>
      <div className={styles.clock}>
        <RailClock time={time} timeZone={meeting.timeZone} />
      </div>
      <div className={styles.deeds}>
        {(open || time.kind === 'ending') && (
          <>
            <Button disabled={change.isPending} onClick={act({ do: 'extend', minutes: 5 })}>
              <Plus size={16} strokeWidth={1.75} aria-hidden />
              {t('clock.fiveMore')}
            </Button>
            <Menu
              label={t('clock.more')}
              button={
                <AriaButton className={buttonClass({ variant: 'quiet' }, true)} aria-label={t('clock.more')}>
                  <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
                </AriaButton>
              }
              actions={more}
            />
          </>
        )}
        {open &&
          (paused ? (
            <Button disabled={change.isPending} onClick={act({ do: 'resume' })}>
              <Play size={16} strokeWidth={1.75} aria-hidden />
              {t('clock.resume')}
            </Button>
          ) : (
            <Button disabled={change.isPending} onClick={act({ do: 'pause' })}>
              <Pause size={16} strokeWidth={1.75} aria-hidden />
              {t('clock.pause')}
            </Button>
          ))}
        {time.kind === 'planned' && (
          <>
            <LinkButton variant="quiet" href={paths.groups(meeting.id, workshop.itemId)}>
              {t('toGroups')}
            </LinkButton>
            <Button variant="primary" disabled={change.isPending} onClick={act({ do: 'start' })}>
              <Play size={16} strokeWidth={1.75} aria-hidden />
              {t('clock.start')}
            </Button>
          </>
        )}
        {open && (
          <Button variant="primary" disabled={change.isPending} onClick={act({ do: 'ask-to-finish' })}>
            {t('clock.askToFinish')}
          </Button>
        )}
        {time.kind === 'ending' && (
          <Button variant="primary" disabled={change.isPending} onClick={act({ do: 'close' })}>
            {t('clock.close')}
          </Button>
        )}
        {time.kind === 'closed' && (
          <>
            <Button variant="quiet" disabled={change.isPending} onClick={act({ do: 'reopen' })}>
              {t('clock.reopen')}
            </Button>
            {next ? (
              <Button variant="primary" disabled={show.isPending} onClick={() => show.mutate(next.id, failed)}>
                {t('clock.nextRound')}
              </Button>
            ) : (
              <LinkButton variant="primary" href={paths.harvest(meeting.id, workshop.itemId)}>
                {t('toHarvest')}
              </LinkButton>
            )}
          </>
        )}
      </div>
    </section>
  );
}
