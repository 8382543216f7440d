/**
 * Why this file exists: a wrong form is answered with which fields are wrong and how, never with what was in them.
 */
export interface FormIssue {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: unknown;
  /** Of zod's `unrecognized_keys`. */
  readonly keys?: unknown;
}

/** A key somebody invented is repeated only when it could be a field's name and not a secret pasted into the wrong place. */
const PLAIN_KEY = /^[A-Za-z][A-Za-z0-9]{0,29}$/;
const MOST = 50;

function pathOf(issue: FormIssue): string {
  const parts = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
  return parts.map((part) => (typeof part === 'number' || PLAIN_KEY.test(String(part)) ? String(part) : '?')).join('.');
}

/** Path → zod's issue code. */
export function fieldsOf(issues: readonly FormIssue[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of issues.slice(0, MOST)) {
    const code = typeof issue.code === 'string' ? issue.code : 'invalid';
    const path = pathOf(issue);
    const unknown = Array.isArray(issue.keys) ? issue.keys.slice(0, MOST) : [];
    if (unknown.length === 0) fields[path] = code;
    for (const key of unknown) {
      const name = PLAIN_KEY.test(String(key)) ? String(key) : '?';
      fields[path === '' ? name : `${path}.${name}`] = code;
    }
  }
  return fields;
}
