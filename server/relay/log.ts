/**
 * Why this file exists: the relay tells what happened without knowing the logger, and never with a word people wrote.
 */

/** An event's name and plain fields: room names, counts, error messages. */
export type RelayLog = (event: string, fields: Record<string, string | number>) => void;

export const noLog: RelayLog = () => {};

/** What an event means to who watches over the server; those not named are worth a look (`warn`). */
const LEVELS: Record<string, 'debug' | 'info' | 'error'> = {
  // The ordinary day.
  compacted: 'debug',
  'peer-lost': 'info',
  'journal-recovered': 'info',
  // Words are at risk, or people cannot work.
  'authorize-failed': 'error',
  'availability-failed': 'error',
  'compaction-failed': 'error',
  'fan-out-failed': 'error',
  'join-failed': 'error',
  'journal-unavailable': 'error',
  'load-failed': 'error',
  'row-broken': 'error',
  'update-not-integrated': 'error',
};

/** The level an event of the relay is logged at. */
export function levelOf(event: string): 'debug' | 'info' | 'warn' | 'error' {
  return LEVELS[event] ?? 'warn';
}
