/** Why this file exists: the mark, seven seats around a table. */
const SEATS = [
  [12, 3.6],
  [18.6, 6.8],
  [20.2, 13.9],
  [15.6, 19.6],
  [8.4, 19.6],
  [3.8, 13.9],
  [5.4, 6.8],
] as const;

export function BrandMark({ size = 24 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} fill="currentColor" aria-hidden="true">
      {SEATS.map(([cx, cy]) => (
        <circle key={`${cx} ${cy}`} cx={cx} cy={cy} r="2.15" />
      ))}
    </svg>
  );
}
