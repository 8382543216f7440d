/** Why this file exists: a line that is begun is its writer's, by question, until it is sent or they sign out. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetDrafts, keepDraft, readDraft } from '../../client/collab/drafts.ts';

/** As much of a browser's storage as is used: its keys are its own properties. */
function storage(): Storage {
  const kept: Record<string, string> = {};
  const own = {
    getItem: (key: string) => kept[key] ?? null,
    setItem(key: string, value: string) {
      kept[key] = value;
    },
    removeItem(key: string) {
      delete kept[key];
    },
  };
  return new Proxy(own, {
    ownKeys: () => Object.keys(kept),
    getOwnPropertyDescriptor: (_, key) => ({ value: kept[String(key)], enumerable: true, configurable: true }),
  }) as unknown as Storage;
}

afterEach(() => vi.unstubAllGlobals());

describe('a line that is begun', () => {
  it('is kept for its writer and question, and forgotten when it is sent', () => {
    vi.stubGlobal('sessionStorage', storage());
    keepDraft('asta', 'nuläge', 'Bokbussen ');
    expect(readDraft('asta', 'nuläge')).toBe('Bokbussen ');
    expect(readDraft('asta', 'vägval')).toBe('');
    expect(readDraft('bror', 'nuläge')).toBe('');
    keepDraft('asta', 'nuläge', '');
    expect(readDraft('asta', 'nuläge')).toBe('');
  });

  it('is forgotten when its writer signs out, and nobody else’s is', () => {
    vi.stubGlobal('sessionStorage', storage());
    keepDraft('asta', 'nuläge', 'Bokbussen');
    keepDraft('bror', 'nuläge', 'Lanthandeln');
    forgetDrafts('asta');
    expect(readDraft('asta', 'nuläge')).toBe('');
    expect(readDraft('bror', 'nuläge')).toBe('Lanthandeln');
  });

  it('stays on the page alone where the browser keeps nothing', () => {
    vi.stubGlobal('sessionStorage', undefined);
    expect(() => keepDraft('asta', 'nuläge', 'Bokbussen')).not.toThrow();
    expect(readDraft('asta', 'nuläge')).toBe('');
    expect(() => forgetDrafts('asta')).not.toThrow();
  });
});
