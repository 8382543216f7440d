/** Why this file exists: how numbers of a running server are written for people: never more digits than one can use. */

export interface Figures {
  number(value: number): string;
  /** "12 ms", "1,4 s"; a dash when there was nothing to time. */
  took(ms: number | null): string;
  bytes(value: number): string;
  /** The two largest parts of a time: "3 dygn 4 tim", "12 min". */
  lasting(ms: number): string;
}

const DAY = 86_400_000;
const PARTS: [unit: 'day' | 'hour' | 'minute' | 'second', ms: number][] = [
  ['day', DAY],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** Figures in a language of ours. */
export function figuresIn(language: string): Figures {
  const locale = language.startsWith('en') ? 'en-GB' : 'sv-SE';
  const unit = (value: number, name: string, digits: number): string =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value);
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return {
    number: (value) => plain.format(value < 100 ? value : Math.round(value)),
    took(ms) {
      if (ms === null) return '–';
      return ms < 1000 ? unit(ms, 'millisecond', ms < 10 ? 1 : 0) : unit(ms / 1000, 'second', 1);
    },
    bytes(value) {
      const mega = value / 1024 ** 2;
      if (mega < 0.95) return unit(value / 1024, 'kilobyte', 0);
      return mega < 1000 ? unit(mega, 'megabyte', mega < 10 ? 1 : 0) : unit(mega / 1024, 'gigabyte', 1);
    },
    lasting(ms) {
      const first = PARTS.findIndex(([, length]) => ms >= length);
      if (first < 0) return unit(0, 'second', 0);
      let left = ms;
      const words: string[] = [];
      for (const [name, length] of PARTS.slice(first, first + 2)) {
        const whole = Math.floor(left / length);
        left -= whole * length;
        if (whole > 0) words.push(unit(whole, name, 0));
      }
      return words.join(' ');
    },
  };
}
