/**
 * Why this file exists: what is wrong with a page for somebody who does not see, does not see well, or holds a phone: one
 * question that every browser test asks of every state it reaches, and the cheapest way of asking it.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** WCAG 2.2, levels A and AA: what EN 301 549 and so the Swedish law on digital public service ask for. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export interface AxeQuestion {
  /** One rule alone instead of all of WCAG A and AA. */
  rule?: string;
  /** A selector of what is not ours to mend, such as a browser's own viewer. */
  exclude?: string;
}

/**
 * What axe finds, one line for each element: the rule, where, and what would mend it.
 *
 * "Legacy mode" is axe within the page and the frames it may reach, and all of ours may be; the other one gathers its
 * results in a second page, and an examination takes five times as long. Only violations are written out.
 */
export async function axeFaults(page: Page, { rule, exclude }: AxeQuestion = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .options({
      resultTypes: ['violations'],
      runOnly: rule ? { type: 'rule', values: [rule] } : { type: 'tag', values: TAGS },
    })
    .setLegacyMode(true);
  if (exclude) axe.exclude(exclude);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
}

/** What axe finds, and by how much the page has to be scrolled sideways to be read. */
export async function pageFaults(page: Page, question: AxeQuestion = {}): Promise<string[]> {
  const faults = await axeFaults(page, question);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return over > 0 ? [...faults, `scrolls ${over} px sideways`] : faults;
}
