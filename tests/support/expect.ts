/**
 * Why this file exists: a browser on a busy machine answers late. What a page will show is waited for generously, in one
 * place: no test is about how fast something comes unless it says so itself.
 */
import { expect as stock } from '@playwright/test';

/** Playwright's `expect`, waiting up to 20 s. */
export const expect = stock.configure({ timeout: 20_000 });
