/** Why this file exists: after signing in one comes back to where one was, and never to somebody else's site. */
import { describe, expect, test } from 'vitest';
import { ownPath, paths, signInPath } from '../../client/navigation.ts';

describe('coming back after signing in', () => {
  test.each(['/', '/personer', '/m/00000000000000000001/p/00000000000000000002', '/nytt/session'])(
    '%s is ours',
    (path) => expect(ownPath(path)).toBe(path),
  );

  test.each([
    null,
    '',
    'personer',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    'https://elsewhere.example',
    'javascript:alert(1)',
    '/a\n//elsewhere.example',
    ' /personer',
    '/logga-in?returnTo=/',
    '/logga-in',
  ])('%j leads home', (path) => expect(ownPath(path)).toBe(paths.home));

  test('the way to the door remembers where one stood', () => {
    expect(signInPath('/')).toBe('/logga-in');
    const back = new URLSearchParams(signInPath('/m/1/p/2').split('?')[1]).get('returnTo');
    expect(ownPath(back)).toBe('/m/1/p/2');
  });
});
