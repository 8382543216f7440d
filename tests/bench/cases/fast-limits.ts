/**
 * Why this file exists: the cases that type faster than people do it with our relay's rate limit off, and with no other
 * limit changed.
 */
import type { RelayLimits } from '../../../server/relay/limits.ts';

const OFF = Number.POSITIVE_INFINITY;

export const FAST_LIMITS: Partial<RelayLimits> = {
  updatesPerSecond: OFF,
  messagesPerSecond: OFF,
  framesPerSecond: OFF,
};
