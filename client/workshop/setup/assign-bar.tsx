/** Why this file exists: how people are spread over the groups: how many groups, by which method, and whether it takes effect. */
import { Minus, Play, Plus, Shuffle } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ASSIGNMENT_METHODS } from '#shared/workshop/assignment.ts';
import { paths } from '../../navigation.ts';
import { Button, IconButton, LinkButton } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { roundBefore } from './plan.ts';
import { Problems } from './problems.tsx';
import styles from './setup.module.css';
import { TablesDialog } from './tables-dialog.tsx';
import type { Setup } from './use-setup.ts';

const MOST_GROUPS = 60;

export function AssignBar({ setup }: { setup: Setup }) {
  const { t } = useTranslation('workshop');
  const { groups, plan, method, workshop, round } = setup;
  const [tables, setTables] = useState(false);
  const before = roundBefore(workshop.rounds, round.id);
  const methods = ASSIGNMENT_METHODS.filter((name) => name !== 'same-as-last-round' || before !== null);
  const running = round.startedAt !== null && round.closedAt === null;
  return (
    <section className={styles.assign} aria-labelledby="assign">
      <h2 id="assign">{t('assign')}</h2>
      <div className={styles.assignRow}>
        <Count count={groups.length} onChange={setup.setCount} />
        <div className={styles.method}>
          <SelectField
            label={t('method')}
            value={method}
            onChange={(event) => {
              const chosen = methods.find((name) => name === event.target.value);
              if (chosen === 'by-table-number') setTables(true);
              else if (chosen) setup.choose(chosen);
            }}
          >
            {methods.map((name) => (
              <option key={name} value={name}>
                {t(`methods.${name}`)}
              </option>
            ))}
          </SelectField>
        </div>
        <Button onClick={setup.mixAgain}>
          <Shuffle size={18} strokeWidth={1.75} aria-hidden />
          {t(plan ? 'mixAgain' : 'mixNew')}
        </Button>
        {method === 'by-table-number' && <Button onClick={() => setTables(true)}>{t('tables')}</Button>}
      </div>
      {plan && (
        <div className={styles.preview}>
          <Notice tone={setup.overtaken ? 'warm' : 'plain'}>
            <p>{t(setup.overtaken ? 'overtaken' : running ? 'previewRunning' : 'preview')}</p>
            <Problems problems={plan.problems} nameOf={setup.nameOf} />
          </Notice>
        </div>
      )}
      <div className={styles.deeds}>
        {plan ? (
          <>
            <Button variant="primary" disabled={setup.busy || setup.overtaken} onClick={setup.apply}>
              {t('apply')}
            </Button>
            <Button variant="quiet" onClick={setup.discard}>
              {t('discard')}
            </Button>
          </>
        ) : round.startedAt === null ? (
          <>
            <Button variant="primary" disabled={setup.busy} onClick={setup.start}>
              <Play size={18} strokeWidth={1.75} aria-hidden />
              {t('start')}
            </Button>
            <span className="muted">{t('startHint', { count: round.minutes })}</span>
          </>
        ) : (
          <LinkButton variant="primary" href={paths.lead(workshop.meetingId, workshop.itemId)}>
            {t(running ? 'lead' : 'leadClosed')}
          </LinkButton>
        )}
      </div>
      {tables && <TablesDialog setup={setup} onClose={() => setTables(false)} />}
    </section>
  );
}

/** One more or one fewer, or a number typed. */
function Count({ count, onChange }: { count: number; onChange(count: number): void }) {
  const { t } = useTranslation('workshop');
  const id = useId();
  const set = (next: number) => onChange(Math.max(1, Math.min(MOST_GROUPS, Math.round(next))));
  return (
    <div className={styles.count}>
      <label htmlFor={id}>{t('groupCount')}</label>
      <div>
        <IconButton variant="plain" label={t('fewer')} disabled={count <= 1} onClick={() => set(count - 1)}>
          <Minus size={18} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <input
          id={id}
          type="number"
          inputMode="numeric"
          min={1}
          max={MOST_GROUPS}
          value={count}
          onChange={(event) => {
            const next = Number(event.target.value);
            if (next >= 1) set(next);
          }}
        />
        <IconButton variant="plain" label={t('more')} disabled={count >= MOST_GROUPS} onClick={() => set(count + 1)}>
          <Plus size={18} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
