/** Why this file exists: the times of one person in one sitting, in fields; a whole day is one press. */
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '#shared/api.ts';
import { TIME_KINDS, type TimeKind } from '#shared/attendance/attendance.ts';
import type { SittingSpan } from '#shared/attendance/frame.ts';
import type { Id } from '#shared/ids.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { dayText } from '../ui/dates.ts';
import styles from './dialog.module.css';
import { type RecordForm, type TimeRow, wholeDay, withTime } from './sheet-form.ts';

const WHOLE: readonly TimeKind[] = ['present', 'excused', 'absent'];

export interface SittingRowsProps {
  meeting: Meeting;
  sitting: SittingSpan;
  several: boolean;
  form: RecordForm;
  /** Keys of rows that end before they begin. */
  wrong: readonly number[];
  personId: Id;
  onChange(form: RecordForm): void;
}

export function SittingRows({ meeting, sitting, several, form, wrong, personId, onChange }: SittingRowsProps) {
  const { t, i18n } = useTranslation('attendance');
  const date = meeting.sittings.find(({ id }) => id === sitting.id)?.date;
  const day = several ? t('strip.day', { day: sitting.day }) : t('strip.whole');
  const rows = form.times.filter((row) => row.sittingId === sitting.id);
  const set = (key: number, change: Partial<TimeRow>) =>
    onChange({ ...form, times: form.times.map((row) => (row.key === key ? { ...row, ...change } : row)) });
  return (
    <fieldset className={styles.day}>
      <legend>
        <b>{day}</b> {date && <span className="muted">{dayText(date, i18n.language, { short: true })}</span>}
      </legend>
      <fieldset className={styles.whole} aria-label={t('dialog.whole', { day })}>
        <span className="muted" aria-hidden="true">
          {t('dialog.whole', { day: day.toLocaleLowerCase(i18n.language) })}
        </span>
        {WHOLE.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={rows.length === 1 && rows[0]?.kind === kind && rows[0].from === '' && rows[0].to === ''}
            onClick={() => onChange(wholeDay(form, sitting.id, kind))}
          >
            {t(`status.${kind}`)}
          </button>
        ))}
      </fieldset>
      {rows.length === 0 && <p className="muted">{t('dialog.none')}</p>}
      {rows.map((row, index) => {
        const n = index + 1;
        const bad = wrong.includes(row.key) ? { 'aria-invalid': true as const } : {};
        return (
          <div className={styles.time} key={row.key}>
            <select
              aria-label={t('dialog.statusOf', { day, n })}
              value={row.kind}
              onChange={(event) => set(row.key, { kind: event.target.value as TimeKind })}
            >
              {TIME_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`status.${kind}`)}
                </option>
              ))}
            </select>
            <input
              type="time"
              aria-label={t('dialog.fromOf', { day, n })}
              value={row.from}
              {...bad}
              onChange={(event) => set(row.key, { from: event.target.value })}
            />
            <span aria-hidden="true">–</span>
            <input
              type="time"
              aria-label={t('dialog.toOf', { day, n })}
              value={row.to}
              {...bad}
              onChange={(event) => set(row.key, { to: event.target.value })}
            />
            <IconButton
              label={t('dialog.removeOf', { day, n })}
              onClick={() => onChange({ ...form, times: form.times.filter(({ key }) => key !== row.key) })}
            >
              <Trash2 size={16} strokeWidth={1.75} aria-hidden />
            </IconButton>
            {row.kind === 'substitute' && (
              <ServesFor
                meeting={meeting}
                personId={personId}
                label={t('dialog.servesForOf', { day, n })}
                value={row.forPersonId}
                onChange={(forPersonId) => set(row.key, { forPersonId })}
              />
            )}
          </div>
        );
      })}
      <Button
        size="small"
        variant="quiet"
        aria-label={t('dialog.addTo', { day })}
        onClick={() => onChange(withTime(form, sitting.id))}
      >
        {t('dialog.add')}
      </Button>
      {rows.length > 0 && <small className="muted">{t('dialog.empty')}</small>}
    </fieldset>
  );
}

/** Whom a substitute serves for. */
export function ServesFor({
  meeting,
  personId,
  label,
  value,
  onChange,
}: {
  meeting: Meeting;
  personId: Id;
  label: string;
  value: Id | '';
  onChange(value: Id | ''): void;
}) {
  const { t } = useTranslation('attendance');
  const others = meeting.participants.filter((one) => one.personId !== personId);
  return (
    <label className={styles.serves}>
      <span>{t('dialog.servesFor')}</span>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('dialog.nobody')}</option>
        {others.map(({ personId: id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
