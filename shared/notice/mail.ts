/** Why this file exists: how far a notice has come to each of those it is for, in the words the page and the queue share. */

/**
 * `queued`: will be tried, perhaps again. `sending`: being handed over now. `handed`: the mail server has taken it; whether
 * it reaches anybody is beyond what can be known here. `refused`: the mail server or the address says no; it is not tried
 * again. `uncertain`: all of it was sent and no answer came, so that it may have been taken: never tried again by itself.
 */
export const MAIL_STATES = ['queued', 'sending', 'handed', 'refused', 'uncertain'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** What we say ourselves of a mail, where the mail server said nothing; everything else is the server's own words. */
export const OWN_REASONS = [
  '@replaced',
  '@not-called',
  '@stopped',
  '@unwritten',
  '@slow',
  '@hung-up',
  '@restored',
] as const;
export type OwnReason = (typeof OWN_REASONS)[number];

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/**
 * Whether a text is one plain address (RFC 5321 without quotes, comments and address literals), so that nothing in it can
 * be read as a second address or another header.
 */
export function isMailAddress(text: string): boolean {
  if (text.length > 254) return false;
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || local.length > 64 || !LOCAL.test(local)) return false;
  const labels = domain.split('.');
  return labels.length > 1 && labels.every((label) => LABEL.test(label));
}

/** How long until the next try after so many, in milliseconds: from a minute, doubling, up to six hours. */
export const retryAfter = (attempts: number): number => Math.min(6 * 3600_000, 60_000 * 2 ** Math.max(0, attempts - 1));

/** After so many tries, about two days, it is given up. */
export const MOST_ATTEMPTS = 16;
