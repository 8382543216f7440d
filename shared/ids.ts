/**
 * Why this file exists: every record, item and room is named by an id that is safe in a URL, in a room name and in a
 * database key, and that two offline devices can make at the same time without meeting.
 */

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 20;

/** An id: 20 characters of Crockford's base 32 in lower case, 100 bits of randomness. */
export type Id = string;

/** The form every id has. Anything else is not an id of ours. */
export const ID_PATTERN = /^[0-9a-hjkmnp-tv-z]{20}$/;

/** A new random id. Needs `crypto.getRandomValues`, which browsers and Node both have. */
export function newId(): Id {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  let id = '';
  for (const byte of bytes) id += ALPHABET[byte & 31];
  return id;
}

/** Whether a string from outside has the form of an id; says nothing about whether such a record exists. */
export function isId(value: unknown): value is Id {
  return typeof value === 'string' && ID_PATTERN.test(value);
}
