/**
 * Why this file exists: who waits for the one who leads, in one list: hands first, oldest first; people without a group;
 * groups that have gone quiet, lost somebody, or gone over their time. Empty is said, too.
 */
import { ChevronDown, Clock, Hand, MessageCircleOff, Unplug, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { Id } from '#shared/ids.ts';
import type { Round } from '#shared/workshop/workshop.ts';
import { useNow } from '../collab/use-now.ts';
import { GroupSquare } from '../harvest/group-square.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import { Menu } from '../ui/menu.tsx';
import styles from './lead.module.css';
import { type Need as NeedKind, needsOf } from './needs.ts';
import type { Lead } from './use-lead.ts';
import type { GroupPulse } from './wall/pulse.ts';
import { useAllPulses } from './wall/use-pulses.ts';
import { smallestGroup, type WallGroup } from './wall-group.ts';

export interface NeedProps {
  meeting: Meeting;
  round: Round;
  groups: readonly WallGroup[];
  pulses: readonly (GroupPulse | null)[];
  /** Ids of those who are in the meeting now. */
  here: ReadonlySet<Id>;
  lead: Lead;
  onGo(groupId: Id): void;
}

export function Need({ meeting, round, groups, pulses, here, lead, onGo }: NeedProps) {
  const { t } = useTranslation('stage');
  const now = useNow(5_000);
  const all = useAllPulses(pulses);
  const needs = needsOf({ groups, pulses: all, round, participants: meeting.participants, here, now });
  return (
    <section className={styles.block} aria-labelledby="h-need">
      <h2 id="h-need">{t('need.title')}</h2>
      {needs.length === 0 && <p className={styles.quiet}>{t('need.nothing')}</p>}
      <ul className={styles.needs}>
        {needs.map((need) => (
          <NeedRow key={keyOf(need)} need={need} round={round} lead={lead} onGo={onGo} />
        ))}
      </ul>
    </section>
  );
}

const keyOf = (need: NeedKind): string =>
  need.kind === 'person' ? need.personId : `${need.kind}-${need.one.group.id}`;

function NeedRow({ need, round, lead, onGo }: { need: NeedKind } & Pick<NeedProps, 'round' | 'lead' | 'onGo'>) {
  const { t, i18n } = useTranslation('stage');
  const square = ({ group, number, round: { id } }: WallGroup) => (
    <GroupSquare mark={{ groupId: group.id, number, name: group.name, colour: group.colour, roundId: id }} />
  );
  const go = ({ group }: WallGroup) => (
    <Button size="small" aria-label={t('need.goLabel', { group: group.name })} onClick={() => onGo(group.id)}>
      {t('need.go')}
    </Button>
  );
  switch (need.kind) {
    case 'hand':
      return (
        <Row
          icon={<Hand size={18} strokeWidth={1.75} aria-hidden />}
          warm
          mark={square(need.one)}
          title={need.one.group.name}
          detail={`${t('need.hand', { time: clock(need.at, i18n.language) })}${need.note ? ` ”${need.note}”` : ''}`}
        >
          <Button
            size="small"
            variant="quiet"
            aria-label={t('need.lowerLabel', { group: need.one.group.name })}
            onClick={() => lead.lower(need.one.group.id)}
          >
            {t('need.lower')}
          </Button>
          {go(need.one)}
        </Row>
      );
    case 'person':
      return (
        <Row
          icon={<UserRound size={18} strokeWidth={1.75} aria-hidden />}
          title={need.name}
          detail={t(need.here ? 'need.unassignedLate' : 'need.unassigned')}
          warm={need.here}
        >
          <Place round={round} personId={need.personId} name={need.name} lead={lead} />
        </Row>
      );
    case 'over':
      return (
        <Row
          icon={<Clock size={18} strokeWidth={1.75} aria-hidden />}
          warm
          mark={square(need.one)}
          title={need.one.group.name}
          detail={t('need.over', { count: need.minutes })}
        >
          {go(need.one)}
        </Row>
      );
    case 'quiet':
      return (
        <Row
          icon={<MessageCircleOff size={18} strokeWidth={1.75} aria-hidden />}
          warm
          mark={square(need.one)}
          title={need.one.group.name}
          detail={t('need.quiet', { count: need.minutes })}
        >
          {go(need.one)}
        </Row>
      );
    case 'cut':
      return (
        <Row
          icon={<Unplug size={18} strokeWidth={1.75} aria-hidden />}
          mark={square(need.one)}
          title={need.one.group.name}
          detail={t('need.cut', { count: need.names.length, names: need.names.join(', ') })}
        >
          {go(need.one)}
        </Row>
      );
  }
}

interface RowProps {
  icon: ReactNode;
  mark?: ReactNode;
  title: string;
  detail: string;
  warm?: boolean;
  children: ReactNode;
}

function Row({ icon, mark, title, detail, warm, children }: RowProps) {
  return (
    <li data-warm={warm ? '' : undefined}>
      {icon}
      <span>
        <b>
          {mark} {title}
        </b>
        <small>{detail}</small>
      </span>
      <span className={styles.rowDeeds}>{children}</span>
    </li>
  );
}

/** One click into the smallest group; the others are in the menu beside it. */
function Place({ round, personId, name, lead }: { round: Round; personId: Id; name: string; lead: Lead }) {
  const { t } = useTranslation('stage');
  const near = smallestGroup(round);
  if (!near) return null;
  const place = (group: { id: Id; name: string }) =>
    lead.place(personId, group.id, t('need.placed', { name, group: group.name }));
  return (
    <span className={styles.place}>
      <Button
        size="small"
        aria-label={t('need.placeNear', { name, group: near.name })}
        onClick={() => place(near)}
        disabled={lead.busy}
      >
        {t('need.placeTo', { group: near.name })}
      </Button>
      <Menu
        label={t('need.placeLabel', { name })}
        button={
          <AriaButton className={buttonClass({ size: 'small' }, true)} aria-label={t('need.placeLabel', { name })}>
            <ChevronDown size={15} strokeWidth={1.75} aria-hidden />
          </AriaButton>
        }
        actions={round.groups.map((group, index) => ({
          id: group.id,
          label: `${index + 1} ${group.name} (${group.members.length})`,
          onAction: () => place(group),
        }))}
      />
    </span>
  );
}
