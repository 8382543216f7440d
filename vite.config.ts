/// <reference types="vitest/config" />
import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What measures what others feel has the machine to itself; everything else would be measured with it. */
const ALONE = 'tests/**/*.alone.test.ts';

/** A browser keeps a core busy, so two files at a time pay on two cores as well. */
const BROWSERS = Math.max(2, Math.floor(availableParallelism() / 2));
/** What needs no browser mostly waits for processes, disks and lines: half of two cores lay idle with two at a time. */
const WORKERS = 2 * BROWSERS;

// One file configures what builds the client and what runs the tests. `dist/` is the only build product:
// the server runs its TypeScript as it is.
export default defineConfig({
  root: 'client',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    reportCompressedSize: false,
    // The guests' page is a program of its own: it must be there before the other would have loaded.
    rolldownOptions: { input: ['index.html', 'gast.html'].map((page) => `${import.meta.dirname}/client/${page}`) },
  },
  test: {
    root: '.',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/browser/**', 'tests/bench/**', ALONE],
          environment: 'node',
          testTimeout: 30_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          environment: 'node',
          testTimeout: 180_000,
          hookTimeout: 120_000,
          maxWorkers: BROWSERS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: [ALONE],
          environment: 'node',
          testTimeout: 30_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
