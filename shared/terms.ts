/**
 * Why this file exists: the closed lists of the domain, apart from the schemas that use them, so that the client knows
 * them without carrying a validator.
 */

/** förtroendevald, tjänsteperson, föredragande, gäst */
export const CATEGORIES = ['elected', 'official', 'presenter', 'guest'] as const;
export type Category = (typeof CATEGORIES)[number];

/** The languages of the interface, the first is the default. */
export const LANGUAGES = ['sv', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a one-time link is for. */
export const LINK_KINDS = ['first-admin', 'invitation', 'password'] as const;

/** sammanträde, internat med workshop, arbetsmöte, tomt */
export const TEMPLATES = ['session', 'retreat', 'working', 'blank'] as const;
export type Template = (typeof TEMPLATES)[number];

/**
 * Why a version of a room was kept: by hand with a name; when the meeting left a phase; when the item was locked; by itself before much was
 * deleted at once; by itself before an older one was restored.
 */
export const VERSION_KINDS = ['named', 'phase', 'locked', 'large-deletion', 'before-restore'] as const;
export type VersionKind = (typeof VERSION_KINDS)[number];

/** Every code the API answers with; the client has a sentence in both languages for each (`error.<code>`). */
export const ERROR_CODES = [
  'bad-request', // the form is wrong; `fields` names which
  'not-signed-in',
  'wrong-password',
  'too-many-attempts',
  'forbidden',
  'wrong-origin',
  'not-found',
  'conflict', // somebody changed it meanwhile; reload and try again
  'email-taken',
  'name-taken',
  'link-used',
  'too-large',
  'not-allowed-now', // the meeting's phase does not allow it
  'storage',
  'not-ready', // of /readyz; the message says why
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];
