/** Why this file exists: a meeting may last several days, each with hours and a place of its own. */
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Sitting } from '#shared/api.ts';
import { newId } from '#shared/ids.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { capitalised, dayText } from '../../ui/dates.ts';
import { TextField } from '../../ui/field.tsx';
import { type DayFault, dayAfter } from './days.ts';
import styles from './setup.module.css';

export interface SittingsFormProps {
  sittings: readonly Sitting[];
  onChange(sittings: Sitting[]): void;
  /** What to say at which field, see `dayFaults`. */
  faults: ReadonlyMap<string, DayFault>;
  readOnly?: boolean;
}

/** The caller keeps the list; a new day follows the last one, at the same place and hours. */
export function SittingsForm({ sittings, onChange, faults, readOnly = false }: SittingsFormProps) {
  const { t, i18n } = useTranslation('setup');
  const set = (id: string, patch: Partial<Sitting>) =>
    onChange(sittings.map((sitting) => (sitting.id === id ? { ...sitting, ...patch } : sitting)));
  const fault = (id: string, field: 'end' | 'link') => {
    const found = faults.get(`${id}.${field}`);
    return found && t(`fault.${found}`);
  };
  const add = () => {
    const last = sittings.at(-1);
    onChange([
      ...sittings,
      last
        ? { ...last, id: newId(), date: last.date ? dayAfter(last.date) : '' }
        : { id: newId(), date: '', start: '09:00', end: '16:00', venue: '', room: '', address: '', link: '' },
    ]);
  };
  return (
    <div className={styles.sittings}>
      {readOnly && sittings.length === 0 && <p className="muted">{t('noDays')}</p>}
      {sittings.map((sitting, index) => {
        const day = sitting.date ? capitalised(dayText(sitting.date, i18n.language)) : '';
        const name = t('day', { number: index + 1 });
        return (
          <fieldset key={sitting.id} className={styles.sitting}>
            <legend>
              {name}
              {day && <span className="muted"> {day}</span>}
            </legend>
            {!readOnly && (
              <span className={styles.removeDay}>
                <IconButton
                  size="small"
                  label={t('removeDay', { day: day || name })}
                  onClick={() => onChange(sittings.filter((other) => other.id !== sitting.id))}
                >
                  <X size={16} strokeWidth={1.75} aria-hidden />
                </IconButton>
              </span>
            )}
            <div className={styles.hours}>
              <TextField
                label={t('date')}
                type="date"
                required
                value={sitting.date}
                readOnly={readOnly}
                onChange={(event) => set(sitting.id, { date: event.target.value })}
              />
              <TextField
                label={t('from')}
                type="time"
                required
                value={sitting.start}
                readOnly={readOnly}
                onChange={(event) => set(sitting.id, { start: event.target.value })}
              />
              <TextField
                label={t('to')}
                type="time"
                required
                value={sitting.end}
                error={fault(sitting.id, 'end')}
                readOnly={readOnly}
                onChange={(event) => set(sitting.id, { end: event.target.value })}
              />
            </div>
            <div className={styles.place}>
              <TextField
                label={t('venue')}
                maxLength={120}
                value={sitting.venue}
                readOnly={readOnly}
                onChange={(event) => set(sitting.id, { venue: event.target.value })}
              />
              <TextField
                label={t('room')}
                maxLength={120}
                value={sitting.room}
                readOnly={readOnly}
                onChange={(event) => set(sitting.id, { room: event.target.value })}
              />
              <TextField
                label={t('address')}
                maxLength={200}
                value={sitting.address}
                readOnly={readOnly}
                onChange={(event) => set(sitting.id, { address: event.target.value })}
              />
              <TextField
                label={t('link')}
                type="url"
                maxLength={500}
                placeholder="https://"
                value={sitting.link}
                error={fault(sitting.id, 'link')}
                readOnly={readOnly}
                onChange={(event) => set(sitting.id, { link: event.target.value })}
              />
            </div>
          </fieldset>
        );
      })}
      {!readOnly && (
        <p>
          <Button onClick={add}>
            <Plus size={18} strokeWidth={1.75} aria-hidden />
            {t(sittings.length > 0 ? 'oneMoreDay' : 'firstDay')}
          </Button>
        </p>
      )}
    </div>
  );
}
