/**
 * Why this file exists: whether new people should be sent here. Healthy is not ready: a server whose disk is full still
 * shows everybody their words and must not be restarted for it, but nobody new should come to it.
 */
import type { RelayStats } from '../relay/stats.ts';

export interface ReadinessDeps {
  stats: Pick<RelayStats, 'storageUnavailableSince'>;
  /** Rejects when the data cannot be read. */
  healthy(): Promise<void>;
  /** The server is being stopped. */
  stopping(): boolean;
}

/** Why it is not ready, in words; empty when it is. */
export type Readiness = () => Promise<string[]>;

export function createReadiness({ stats, healthy, stopping }: ReadinessDeps): Readiness {
  return async () => {
    const reasons: string[] = [];
    if (stopping()) reasons.push('the server is stopping');
    if (stats.storageUnavailableSince !== null) reasons.push('storage takes no writes');
    try {
      await healthy();
    } catch {
      reasons.push('the data cannot be read');
    }
    return reasons;
  };
}
