/**
 * Why this file exists: everybody's page dials again after a restart. That they do not do it in the same moments, and
 * that a page that is one too many hardly dials at all, is decided here.
 */
import { describe, expect, it } from 'vitest';
import { CLOSE } from '#shared/wire.ts';
import { backOff, type Dialling, dialsAgain } from '../../client/collab/back-off.ts';

/** The pause y-websocket makes of it, in milliseconds. */
function pauseAfter(dialling: Dialling, code: number | null, random: number): number {
  backOff(dialling, code, () => random);
  dialling.wsUnsuccessfulReconnects++;
  return Math.min(2 ** dialling.wsUnsuccessfulReconnects * 100, dialling.maxBackoffTime);
}
const fresh = (): Dialling => ({ maxBackoffTime: 2500, wsUnsuccessfulReconnects: 0 });

describe('dialling again', () => {
  it('spreads over half of each pause, which grows to two and a half seconds', () => {
    const [early, late] = [fresh(), fresh()];
    const pauses = Array.from({ length: 7 }, () => [pauseAfter(early, 1006, 0), pauseAfter(late, 1006, 1)]);
    expect(pauses).toEqual([
      [100, 200],
      [200, 400],
      [400, 800],
      [800, 1600],
      [1250, 2500],
      [1250, 2500],
      [1250, 2500],
    ]);
  });

  it('after a restart comes somewhere within a second and a half, and then like any other', () => {
    expect(pauseAfter(fresh(), CLOSE.restart, 0)).toBe(100);
    expect(pauseAfter(fresh(), CLOSE.restart, 0.5)).toBe(850);
    const late = fresh();
    expect(pauseAfter(late, CLOSE.restart, 1)).toBe(1600);
    expect(pauseAfter(late, null, 1)).toBeLessThanOrEqual(2500);
  });

  it('with too many windows open asks once or twice a minute', () => {
    expect(pauseAfter(fresh(), CLOSE.tooMany, 0)).toBe(30_000);
    expect(pauseAfter(fresh(), CLOSE.tooMany, 1)).toBe(60_000);
  });

  it('is not done after what will not change by itself', () => {
    for (const code of [CLOSE.notSignedIn, CLOSE.noAccess, CLOSE.noSuchRoom, CLOSE.reload])
      expect(dialsAgain({ code })).toBe(false);
    for (const code of [1006, CLOSE.restart, CLOSE.tooSlow, CLOSE.rightsChanged, CLOSE.tooMany])
      expect(dialsAgain({ code })).toBe(true);
  });
});
