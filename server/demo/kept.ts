/**
 * Why this file exists: a demo kept in a folder is gone on with, not made twice, and never written over somebody's real
 * installation. One small file beside the data says that the demo made it and finished.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { idSchema } from '#shared/api.ts';
import { SEATS, type Seat } from './cast.ts';
import type { Seeded } from './seed.ts';

const FILE = 'demo.json';
const seats = Object.keys(SEATS) as [Seat, ...Seat[]];
const keptSchema = z.object({
  meetingId: idSchema,
  rooms: z.array(z.string()).min(1),
  people: z.record(z.enum(seats), idSchema),
  workshop: z.object({
    workshopId: idSchema,
    itemId: idSchema,
    groupIds: z.array(idSchema),
    guests: z.array(z.object({ personId: idSchema, groupId: idSchema })),
  }),
});

/** A folder that holds something else than a finished demo. */
export class NotADemo extends Error {
  override readonly name = 'NotADemo';
}

/** What a folder holds: a finished demo, or `null` when it is empty or does not exist. Throws {@link NotADemo} otherwise. */
export function readKept(dataDir: string): Seeded | null {
  if (!existsSync(dataDir)) {
    mkdirSync(dataDir, { recursive: true });
    return null;
  }
  if (readdirSync(dataDir).length === 0) return null;
  try {
    return keptSchema.parse(JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')));
  } catch {
    throw new NotADemo(`${dataDir} holds data that the demo did not make, or did not finish: name an empty folder.`);
  }
}

/** Says that the folder's demo is complete. */
export function writeKept(dataDir: string, seeded: Seeded): void {
  const path = join(dataDir, FILE);
  writeFileSync(`${path}.new`, JSON.stringify(seeded));
  renameSync(`${path}.new`, path);
}
