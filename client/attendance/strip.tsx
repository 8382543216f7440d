/**
 * Why this file exists: who was there, seen at once: a line for everybody along the sittings, the items above it, organisations
 * in their order. On a phone one sitting at a time.
 */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting, Organisation } from '#shared/api.ts';
import type { AttendanceEntry, EntryDraft } from '#shared/attendance/attendance.ts';
import { type AttendanceFrame, type SittingSpan, sittingAt } from '#shared/attendance/frame.ts';
import { saidOf } from '#shared/attendance/line.ts';
import { phrasesFor } from '#shared/attendance/phrases.ts';
import { organisationsOf } from '#shared/attendance/roll.ts';
import type { Id } from '#shared/ids.ts';
import type { Language } from '#shared/terms.ts';
import { useMedia } from '../meeting/use-width.ts';
import { Avatar, OrgCode } from '../ui/avatar.tsx';
import { MarkButton } from './mark-button.tsx';
import { axisOf } from './scale.ts';
import { SittingHead, SittingName } from './sitting-head.tsx';
import styles from './strip.module.css';
import { StripTracks } from './strip-row.tsx';
import type { AttendanceActions } from './use-attendance.ts';

type Person = Meeting['participants'][number];

export interface StripProps {
  meeting: Meeting;
  frame: AttendanceFrame;
  entries: readonly AttendanceEntry[];
  canKeep: boolean;
  actions: AttendanceActions;
  onCorrect(personId: Id): void;
  onMove(person: Person, drafts: EntryDraft[]): void;
}

export function Strip(props: StripProps) {
  const { meeting, frame } = props;
  const { t } = useTranslation('attendance');
  const narrow = useMedia('(max-width: 899px)');
  const today = sittingAt(frame, frame.now).day;
  const [chosen, setChosen] = useState(today);
  const [active, setActive] = useState<Id | null>(null);
  const sittings = narrow ? frame.sittings.filter(({ day }) => day === chosen) : frame.sittings;
  const groups = useMemo(() => groupsOf(meeting), [meeting]);
  return (
    <section className={styles.strip} aria-labelledby="strip-title">
      <div className={styles.over}>
        <h2 id="strip-title">{t('strip.title')}</h2>
        <p className="muted">{t(props.canKeep ? 'strip.help' : 'strip.readOnly')}</p>
      </div>
      {narrow && frame.sittings.length > 1 && (
        <fieldset className={styles.days} aria-label={t('strip.sitting')}>
          {frame.sittings.map((sitting) => (
            <button
              key={sitting.day}
              type="button"
              aria-pressed={sitting.day === chosen}
              onClick={() => setChosen(sitting.day)}
            >
              <SittingName meeting={meeting} sitting={sitting} />
            </button>
          ))}
        </fieldset>
      )}
      <div className={styles.axis} style={{ gridTemplateColumns: columns(sittings) }} aria-hidden="true">
        {sittings.map((sitting) => (
          <SittingHead key={sitting.day} meeting={meeting} frame={frame} sitting={sitting} narrow={narrow} />
        ))}
      </div>
      <ul className={styles.groups}>
        {groups.map(({ organisation, people }) => (
          <li key={organisation?.id ?? ''}>
            <h3>
              {organisation && <OrgCode shortName={organisation.shortName} />}
              {organisation?.name ?? t('roll.others')}
            </h3>
            {people.length === 0 && (
              <p className={styles.vacant}>
                <span aria-hidden="true">{t('strip.nobody')}</span>
                <span className="sr">{t('strip.nobodySays')}</span>
              </p>
            )}
            <ul>
              {people.map((person) => (
                <Row
                  key={person.personId}
                  {...props}
                  sittings={sittings}
                  person={person}
                  active={active === person.personId}
                  onActive={() => setActive(person.personId)}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({
  meeting,
  frame,
  entries,
  canKeep,
  actions,
  onCorrect,
  onMove,
  sittings,
  person,
  active,
  onActive,
}: StripProps & { sittings: readonly SittingSpan[]; person: Person; active: boolean; onActive(): void }) {
  const { t, i18n } = useTranslation('attendance');
  const said = useMemo(() => saidOf(entries, person.personId), [entries, person.personId]);
  const language: Language = i18n.language.startsWith('en') ? 'en' : 'sv';
  const names = (id: Id) => meeting.participants.find(({ personId }) => personId === id)?.name ?? null;
  const phrase = phrasesFor(frame, entries, person.personId, names, language);
  const away = phrase.standing === 'absent' ? t('status.absent') : t('status.excused');
  const line =
    phrase.standing === 'present'
      ? phrase.presence
      : phrase.missing
        ? [away, phrase.absence].filter(Boolean).join(' ')
        : phrase.presence;
  return (
    <li className={styles.row} onFocus={onActive}>
      <div className={styles.who}>
        <Avatar
          name={person.name}
          colour={person.colour}
          small
          state={phrase.standing === 'present' ? 'reading' : 'away'}
        />
        <span className={styles.name}>
          {canKeep ? (
            <button
              type="button"
              className={styles.open}
              aria-label={t('strip.correct', { name: person.name })}
              aria-haspopup="dialog"
              onClick={() => onCorrect(person.personId)}
            >
              {person.name}
              {person.party && ` (${person.party})`}
            </button>
          ) : (
            <span>
              {person.name}
              {person.party && ` (${person.party})`}
            </span>
          )}
          {line && <small>{line}</small>}
        </span>
        {canKeep && meeting.phase === 'ongoing' && (
          <MarkButton frame={frame} entries={entries} person={person} actions={actions} />
        )}
      </div>
      <div className={styles.tracks} style={{ gridTemplateColumns: columns(sittings) }}>
        <StripTracks
          frame={frame}
          sittings={sittings}
          person={person}
          said={said}
          canKeep={canKeep}
          active={active}
          busy={actions.pending}
          onMove={(drafts) => onMove(person, drafts)}
        />
      </div>
    </li>
  );
}

/** Sittings stand beside each other, as wide as they are long. */
function columns(sittings: readonly SittingSpan[]): string {
  return sittings
    .map((sitting) => {
      const { from, to } = axisOf(sitting);
      return `minmax(0, ${Math.max(1, Math.round((to - from) / 60_000))}fr)`;
    })
    .join(' ');
}

interface Group {
  organisation: Organisation | null;
  people: Person[];
}

/** Everybody by organisation, in the fixed order; one that sent nobody keeps its row. */
function groupsOf(meeting: Meeting): Group[] {
  const known = organisationsOf(meeting.organisations, meeting.participants);
  const of = (test: (person: Person) => boolean) => meeting.participants.filter(test);
  const groups: Group[] = known.map((organisation) => ({
    organisation,
    people: of(({ organisationId }) => organisationId === organisation.id),
  }));
  const rest = of(({ organisationId }) => !known.some(({ id }) => id === organisationId));
  return rest.length > 0 ? [...groups, { organisation: null, people: rest }] : groups;
}
