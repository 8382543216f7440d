/** Why this file exists: ten minutes as a small line; whoever cannot see it hears what it shows. */
import styles from './operations.module.css';

const WIDTH = 240;
const HEIGHT = 40;

export interface SparklineProps {
  /** Oldest first; `null` where there is nothing to show. */
  values: readonly (number | null)[];
  /** How many values the whole width stands for; the newest stands at the right. */
  slots: number;
  /** What the line shows, in words. */
  label: string;
}

/** The runs of neighbouring values, as points; a value alone becomes a short dash. */
function lines({ values, slots }: SparklineProps): string[] {
  const top = Math.max(1, ...values.map((value) => value ?? 0));
  const x = (index: number): number => WIDTH - ((values.length - 1 - index) * WIDTH) / (slots - 1);
  const runs: string[][] = [[]];
  for (const [index, value] of values.entries()) {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push(`${x(index).toFixed(1)},${(HEIGHT - 2 - ((HEIGHT - 4) * value) / top).toFixed(1)}`);
  }
  return runs
    .filter((run) => run.length > 0)
    .map((run) => {
      const [px = '0', py = '0'] = run[0]?.split(',') ?? [];
      return run.length > 1 ? run.join(' ') : `${Number(px) - 1},${py} ${px},${py}`;
    });
}

export function Sparkline(props: SparklineProps) {
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      <line className={styles.floor} x1="0" x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} />
      {lines(props).map((points) => (
        <polyline key={points} className={styles.line} points={points} />
      ))}
    </svg>
  );
}
