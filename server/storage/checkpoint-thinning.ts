/**
 * Why this file exists: versions that keep themselves would fill the disk. Which of them go is decided here, purely:
 * those with a name never, of the others the oldest, and such that a flood of one sort does not wash away the other.
 */
import type { VersionKind } from '#shared/terms.ts';

export interface ThinnedEntry {
  id: string;
  kind: VersionKind;
  bytes: number;
}

/** Sorts that share a quota: what the meeting's course leaves, and what single persons do. */
const QUOTAS: readonly { kinds: readonly VersionKind[]; count: number }[] = [
  { kinds: ['phase', 'locked'], count: 20 },
  { kinds: ['large-deletion', 'before-restore'], count: 30 },
];

/** All of one sort together may be this large, per room, bytes; the newest stays however large it is. */
const QUOTA_BYTES = 16 * 1024 * 1024;

/** The ids that go. `entries` are all of one room, newest first. */
export function thinned(entries: readonly ThinnedEntry[]): string[] {
  const going: string[] = [];
  for (const { kinds, count } of QUOTAS) {
    let kept = 0;
    let bytes = 0;
    for (const entry of entries) {
      if (!kinds.includes(entry.kind)) continue;
      bytes += entry.bytes;
      if (kept > 0 && (kept >= count || bytes > QUOTA_BYTES)) going.push(entry.id);
      else kept++;
    }
  }
  return going;
}
