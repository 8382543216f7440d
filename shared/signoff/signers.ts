/** Why this file exists: who is asked to approve a protocol: the chair, in their absence from the list the vice chair, and the verifiers. */
import type { Id } from '../ids.ts';
import type { Role } from '../policy.ts';

export interface Signer {
  personId: Id;
  name: string;
  role: 'chair' | 'viceChair' | 'verifier';
}

/** Once each, by the first of their roles; the chair first. */
export function signersOf(participants: readonly { personId: Id; name: string; roles: readonly Role[] }[]): Signer[] {
  const chaired = participants.some(({ roles }) => roles.includes('chair'));
  const asked = [chaired ? 'chair' : 'viceChair', 'verifier'] as const;
  const signers = new Map<Id, Signer>();
  for (const role of asked)
    for (const { personId, name, roles } of participants)
      if (roles.includes(role) && !signers.has(personId)) signers.set(personId, { personId, name, role });
  return [...signers.values()];
}
