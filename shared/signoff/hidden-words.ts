/**
 * Why this file exists: addresses, numbers and names are written in many ways. What is hidden is found whatever its case,
 * its accents' form, its kind of hyphen or space, and what nobody sees between its letters. When in doubt it is hidden.
 */

export interface Hidden {
  /** What stands in place of an address; `null` to leave them. */
  email: string | null;
  phone: string | null;
  names: readonly string[];
  /** What stands in place of a name. */
  name: string;
}

/** Signs that are not seen: soft hyphens, joiners, direction marks. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u200b\ufeff]/gu;
/** The `@` in an address may be wide or written out in brackets; blanks around it are people's, too. */
const AT = String.raw`(?:\s?[@＠﹫]\s?|\s?[\[({]\s?(?:at|snabel-?a|@)\s?[\])}]\s?)`;
const EMAIL = new RegExp(
  String.raw`(?:mailto:)?[\p{L}\p{N}._%+'’-]+${AT}[\p{L}\p{N}-]+(?:\s?[.．]\s?[\p{L}\p{N}-]+)*`,
  'giu',
);
/** Begins with `+` or 0, seven to fifteen digits with spaces, hyphens, brackets or a slash between them. */
const PHONE = /(?<![\p{L}\p{N}])(?:\+|0)(?:[\p{Zs}\t()\p{Pd}/.]{0,3}\d){6,16}(?![\p{L}\p{N}])/gu;
/** A clock span or a date looks like digits with dots: `08.30–16.50`. */
const CLOCKS = /^\d{1,2}\.\d{2}\p{Zs}?\p{Pd}\p{Zs}?\d{1,2}\.\d{2}$/u;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A name as a pattern: any space for a space, any hyphen for a hyphen, an initial capital or none. */
function nameOf(name: string): RegExp {
  const parts = seen(name)
    .split(/\s+/u)
    .map((part) => escaped(part).replace(/\p{Pd}|\\-/gu, '\\p{Pd}'));
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${parts.join('\\s+')}`, 'giu');
}

const seen = (text: string): string => text.normalize('NFC').replace(UNSEEN, '');

/** The text with what is hidden replaced. The same text when there is nothing to hide in it. */
export function replaced(text: string, hidden: Hidden): string {
  const plain = seen(text);
  let shown = plain;
  for (const name of [...hidden.names].sort((a, b) => b.length - a.length))
    shown = shown.replace(nameOf(name), hidden.name);
  const { email, phone } = hidden;
  if (email !== null) shown = shown.replace(EMAIL, email);
  if (phone !== null) shown = shown.replace(PHONE, (found) => (CLOCKS.test(found) ? found : phone));
  return shown === plain ? text : shown;
}

/** Whether a link or another text that cannot be replaced in part holds something hidden. */
export function hiddenIn(text: string, hidden: Hidden, raw = text): boolean {
  if (hidden.email !== null && /^mailto:/i.test(raw)) return true;
  if (hidden.phone !== null && /^(?:tel|sms|callto):/i.test(raw)) return true;
  if (replaced(text, hidden) !== text || replaced(raw, hidden) !== raw) return true;
  // In an address the spaces of a name are hyphens, dots, pluses or nothing.
  const bare = seen(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return hidden.names.some((name) => {
    const wanted = seen(name)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '');
    return wanted.length > 3 && bare.includes(wanted);
  });
}
