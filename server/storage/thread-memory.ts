/**
 * Why this file exists: a thread of its own has a heap of its own, whose young part grows to tens of megabytes before
 * anything in it is collected, whoever is waiting for that memory. What our threads make is messages, dead as soon as
 * they are sent.
 */
import type { ResourceLimits } from 'node:worker_threads';

/** For threads that keep nothing: a young part of some megabytes; the old part is as large as ever. */
export const SHORT_LIVED: ResourceLimits = { maxYoungGenerationSizeMb: 6 };
