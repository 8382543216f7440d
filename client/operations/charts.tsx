/** Why this file exists: the last ten minutes as small lines, each with its number in words and its range. */
import { useTranslation } from 'react-i18next';
import type { OperationsSample, OperationsView } from '#shared/api.ts';
import page from '../ui/page.module.css';
import { type Figures, figuresIn } from './figures.ts';
import styles from './operations.module.css';
import { Sparkline } from './sparkline.tsx';

/** Ten minutes. */
const WINDOW_MS = 600_000;

interface Line {
  key: 'updates' | 'persist' | 'commit' | 'loop' | 'people' | 'deliveries' | 'refused' | 'memory';
  values: (number | null)[];
  /** The number one looks for first. */
  main: string;
  /** What it means. */
  means: string;
  write: (value: number) => string;
}

interface Words {
  lastMinute: string;
  slowest(p99: number | null): string;
}

function linesOf(view: OperationsView, figures: Figures, words: Words): Line[] {
  const { samples, lastMinute, now } = view;
  const of = (pick: (sample: OperationsSample) => number | null) => samples.map(pick);
  const rate = { means: words.lastMinute, write: figures.number };
  const time = { write: figures.took };
  return [
    { key: 'updates', values: of((s) => s.updates), main: figures.number(lastMinute.updates), ...rate },
    {
      key: 'persist',
      values: of((s) => s.persistP99),
      main: figures.took(lastMinute.persistP50),
      means: words.slowest(lastMinute.persistP99),
      ...time,
    },
    {
      key: 'commit',
      values: of((s) => s.commitP99),
      main: figures.took(lastMinute.commitP50),
      means: words.slowest(lastMinute.commitP99),
      ...time,
    },
    {
      key: 'loop',
      values: of((s) => s.loopDelay),
      main: figures.took(lastMinute.loopDelay),
      means: words.lastMinute,
      ...time,
    },
    { key: 'deliveries', values: of((s) => s.deliveries), main: figures.number(lastMinute.deliveries), ...rate },
    { key: 'people', values: of((s) => s.people), main: figures.number(now.people), means: '', write: figures.number },
    { key: 'refused', values: of((s) => s.refused), main: figures.number(lastMinute.refused), ...rate },
    { key: 'memory', values: of((s) => s.memory), main: figures.bytes(now.memory), means: '', write: figures.bytes },
  ];
}

export function Charts({ view }: { view: OperationsView }) {
  const { t, i18n } = useTranslation('operations');
  const figures = figuresIn(i18n.language);
  const lines = linesOf(view, figures, {
    lastMinute: t('lastMinute'),
    slowest: (p99) => t('percentiles', { slow: figures.took(p99) }),
  });
  return (
    <section className={page.section} aria-labelledby="ten-minutes">
      <h2 id="ten-minutes" className={page.heading}>
        {t('tenMinutes')}
      </h2>
      <div className={styles.charts}>
        {lines.map((line) => (
          <Chart key={line.key} line={line} slots={WINDOW_MS / view.stepMs} />
        ))}
      </div>
    </section>
  );
}

function Chart({ line, slots }: { line: Line; slots: number }) {
  const { t } = useTranslation('operations');
  const name = t(`chart.${line.key}`);
  const seen = line.values.filter((value) => value !== null);
  const range = {
    low: line.write(Math.min(...seen)),
    high: line.write(Math.max(...seen)),
    last: line.write(seen.at(-1) ?? 0),
  };
  return (
    <div className={styles.chart}>
      <h3>{name}</h3>
      <p>
        <b>{line.main}</b>
        {line.means}
      </p>
      <Sparkline
        values={line.values}
        slots={slots}
        label={seen.length > 0 ? t('spoken', { name, ...range }) : t('spokenNothing', { name })}
      />
      {/* The same words are in the picture's name. */}
      <p aria-hidden="true">{seen.length > 0 ? t('range', range) : '–'}</p>
    </div>
  );
}
