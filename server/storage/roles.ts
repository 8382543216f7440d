/**
 * Why this file exists: roles are kept as a JSON array of words; what is read back is only what the policy knows.
 */
import { ROLES, type Role } from '#shared/policy.ts';

/** The known roles in a stored array, in the policy's order. */
export function parseRoles(json: string): Role[] {
  const roles: unknown = JSON.parse(json);
  return Array.isArray(roles) ? ROLES.filter((role) => roles.includes(role)) : [];
}
