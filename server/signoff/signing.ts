/**
 * Why this file exists: a draft of the protocol shows who has signed it: those who have approved all of it as it is. The
 * approvals are looked at against the protocol as it is composed without signatures.
 */
import { signedAt } from '#shared/signoff/signoff.ts';
import type { SigningPort } from '../minutes/ports.ts';
import type { SignOffContext } from './context.ts';

/** Who has signed, for composing. */
export function signingOf(context: () => SignOffContext): SigningPort {
  return {
    async signed({ meeting }) {
      const { store, measure, signers } = context();
      const signOff = await store.get(meeting.id);
      // Most protocols nobody has approved anything of: they are composed once.
      if (signOff.approvals.length === 0) return new Map();
      const { parts } = await measure(meeting);
      return new Map(
        signers(meeting).flatMap(({ personId }) => {
          const at = signedAt(signOff, personId, parts);
          return at === null ? [] : [[personId, at] as const];
        }),
      );
    },
  };
}
