/** Why this file exists: where are we, how far has the meeting come, and is what we wrote saved. Always in the same place. */
import { Check, ChevronDown, ScrollText } from 'lucide-react';
import { useEffect } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Meeting } from '#shared/api.ts';
import { nextPhases, PHASES, type Phase } from '#shared/policy.ts';
import { UserMenu } from '../account/user-menu.tsx';
import { api } from '../api/api.ts';
import { useMeetingChange } from '../api/hooks.ts';
import { useSaving } from '../collab/index.ts';
import { FloorControl } from '../floor/floor-control.tsx';
import { fetchAllSentences } from '../i18n/index.ts';
import { paths } from '../navigation.ts';
import { BrandMark } from '../ui/brand.tsx';
import { buttonClass } from '../ui/button.tsx';
import { spanText } from '../ui/dates.ts';
import { Menu } from '../ui/menu.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { SavedMark } from '../ui/saved-mark.tsx';
import { useToasts } from '../ui/toast.tsx';
import { may } from './may.ts';
import styles from './meeting-bar.module.css';
import { MeetingTools } from './meeting-tools.tsx';
import { useMedia } from './use-width.ts';

export function MeetingBar({
  meeting,
  officer,
  floor = true,
}: {
  meeting: Meeting;
  officer: boolean;
  /** People sit together, so that the floor can be asked for; in a group that works nobody does. */
  floor?: boolean;
}) {
  const { i18n } = useTranslation();
  const { t: common } = useTranslation('common');
  const saving = useSaving();
  useEffect(fetchAllSentences, []);
  const phone = useMedia('(max-width: 599px)');
  const saved = (
    <span className={styles.saved}>
      <SavedMark status={saving.status} at={saving.lastSavedAt} />
    </span>
  );
  const dates = spanText(
    meeting.sittings.map((sitting) => sitting.date),
    i18n.language,
  );
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <Link className={styles.home} href={paths.home} aria-label={common('home')}>
          <BrandMark />
        </Link>
        <div className={styles.name}>
          <p className={styles.title}>
            <b>{meeting.title}</b>
            <span>{[meeting.body, dates].filter(Boolean).join(' · ')}</span>
          </p>
          {phone && saved}
        </div>
      </div>
      <PhaseBar meeting={meeting} />
      <div className={styles.end}>
        {!phone && saved}
        {floor && <FloorControl meeting={meeting} />}
        <PhaseMenu meeting={meeting} />
        {!(phone && officer) && <MinutesLink meeting={meeting} />}
        {officer && <MeetingTools meeting={meeting} />}
        <UserMenu short />
      </div>
    </header>
  );
}

/** The protocol, for those who may take it along; on a phone those who run the meeting have it among their tools. */
function MinutesLink({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('minutes');
  if (!may(meeting, 'export-minutes')) return null;
  return (
    <Link className={`${buttonClass({ variant: 'quiet' })} ${styles.setup}`} href={paths.minutes(meeting.id)}>
      <ScrollText size={18} strokeWidth={1.75} aria-hidden />
      <span>{t('link')}</span>
    </Link>
  );
}

/** How far the meeting has come: four phases, the present one marked. */
function PhaseBar({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('meeting');
  const { t: common } = useTranslation('common');
  const now = PHASES.indexOf(meeting.phase);
  return (
    <ol className={styles.phases} aria-label={t('phases')}>
      {PHASES.map((phase, index) => (
        <li
          key={phase}
          className={index < now ? styles.done : index === now ? styles.now : undefined}
          aria-current={index === now ? 'step' : undefined}
        >
          <span className={styles.dot} aria-hidden="true" />
          {common(`phase.${phase}`)}
          {index < now && <span className="sr">{t('phaseDone')}</span>}
        </li>
      ))}
    </ol>
  );
}

/** The officers' way to change the phase; for others it tells the phase where the bar has no room. */
function PhaseMenu({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('meeting');
  const { t: common } = useTranslation('common');
  const text = useProblemText();
  const { toast } = useToasts();
  const change = useMeetingChange((phase: Phase) => api.changePhase(meeting.id, { phase, version: meeting.version }));
  const allowed = may(meeting, 'change-phase');
  const next = nextPhases(meeting.phase);
  if (!allowed || next.length === 0)
    return (
      <span className={styles.phaseNow}>
        <span className={styles.dot} aria-hidden="true" />
        <span>{common(`phase.${meeting.phase}`)}</span>
      </span>
    );
  return (
    <Menu
      label={t('changePhase')}
      button={
        <AriaButton
          className={`${buttonClass({ variant: 'quiet' })} ${styles.phaseButton}`}
          aria-label={t('phaseMenu', { phase: common(`phase.${meeting.phase}`) })}
        >
          <span className={styles.dot} aria-hidden="true" />
          <span className={styles.phaseWord}>{t('changePhase')}</span>
          <ChevronDown size={15} strokeWidth={1.75} aria-hidden />
        </AriaButton>
      }
      actions={next.map((phase) => ({
        id: phase,
        label: t(`toPhase.${phase}`),
        icon: <Check size={16} strokeWidth={1.75} aria-hidden />,
        onAction: () => change.mutate(phase, { onError: (error) => toast({ message: text(error) }) }),
      }))}
    />
  );
}
