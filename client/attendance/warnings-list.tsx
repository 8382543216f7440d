/** Why this file exists: what does not hold together, in words, each with the way to where it is put right. */
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import type { AttendanceFrame } from '#shared/attendance/frame.ts';
import type { AttendanceWarning } from '#shared/attendance/warnings.ts';
import type { Id } from '#shared/ids.ts';
import { Button } from '../ui/button.tsx';
import { clock } from '../ui/dates.ts';
import styles from './page.module.css';

interface Named {
  meeting: Meeting;
  frame: AttendanceFrame;
  language: string;
}

/** The sentence of a warning. */
export function warningText(
  warning: AttendanceWarning,
  { meeting, frame, language }: Named,
  t: TFunction<'attendance'>,
): string {
  const name = (id: Id) => meeting.participants.find(({ personId }) => personId === id)?.name ?? '';
  const number = (id: Id) => frame.items.get(id)?.number ?? '';
  const time = (at: number) => clock(at, language, frame.timeZone);
  switch (warning.code) {
    case 'presenter-absent':
      return t('warnings.presenterAbsent', { name: name(warning.personId), number: number(warning.itemId) });
    case 'no-chair':
      return t('warnings.noChair', { clock: time(warning.at), number: number(warning.itemId) });
    case 'unrepresented':
      return t('warnings.unrepresented', {
        organisation: meeting.organisations.find(({ id }) => id === warning.organisationId)?.name ?? '',
        clock: time(warning.at),
        number: number(warning.itemId),
      });
    case 'present-and-excused':
      return t('warnings.presentAndExcused', { name: name(warning.personId), words: warning.words });
    case 'substitute-beside':
      return t('warnings.substituteBeside', { name: name(warning.personId), other: name(warning.forPersonId) });
    case 'unsaid':
      return t('warnings.unsaid', { day: warning.day, names: warning.personIds.map(name).join(', ') });
  }
}

/** Whose record is to be looked at. */
function concerns(warning: AttendanceWarning): Id | null {
  if ('personId' in warning) return warning.personId;
  return warning.code === 'unsaid' && warning.personIds.length === 1 ? (warning.personIds[0] ?? null) : null;
}

export function WarningsList({
  warnings,
  canKeep,
  onCorrect,
  ...named
}: Omit<Named, 'language'> & {
  warnings: readonly AttendanceWarning[];
  canKeep: boolean;
  onCorrect(personId: Id): void;
}) {
  const { t, i18n } = useTranslation('attendance');
  return (
    <section aria-labelledby="warnings-title" className={styles.warnings}>
      <h2 id="warnings-title">
        {t('warnings.title')} {warnings.length > 0 && <span className="muted num">{warnings.length}</span>}
      </h2>
      {warnings.length === 0 ? (
        <p className="muted">{t('warnings.none')}</p>
      ) : (
        <ul>
          {warnings.map((warning) => {
            const text = warningText(warning, { ...named, language: i18n.language }, t);
            const personId = concerns(warning);
            return (
              <li key={JSON.stringify(warning)} data-warning={warning.code}>
                <span>{text}</span>
                {canKeep && personId && (
                  <Button
                    size="small"
                    variant="link"
                    aria-label={`${t('warnings.correct')}: ${text}`}
                    onClick={() => onCorrect(personId)}
                  >
                    {t('warnings.correct')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
