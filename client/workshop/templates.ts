/** Why this file exists: a workshop is begun with good questions, so that a facilitator only has to change what is special. */

import type { TFunction } from 'i18next';

/** How many prompts each template has, and their minutes; the words are sentences of the interface (`workshop:template`). */
export const WORKSHOP_TEMPLATES = {
  /** Where we are, where we want to be, what we choose: the classic of a retreat. */
  direction: [12, 12, 16],
  /** What somebody suggests is looked at from all sides before it is decided. */
  proposal: [10, 10, 10],
  /** One empty heading. */
  blank: [0],
} as const satisfies Record<string, readonly number[]>;

export type WorkshopTemplate = keyof typeof WORKSHOP_TEMPLATES;
export const WORKSHOP_TEMPLATE_NAMES = Object.keys(WORKSHOP_TEMPLATES) as WorkshopTemplate[];

export interface TemplatePrompt {
  heading: string;
  help: string;
  minutes: number;
}

/** A template's prompts in the language of `t`. */
export function templatePrompts(template: WorkshopTemplate, t: TFunction<'workshop'>): TemplatePrompt[] {
  const words = (at: number, what: 'heading' | 'help') =>
    template === 'blank' ? '' : t(`template.${template}.${at + 1}.${what}`);
  return WORKSHOP_TEMPLATES[template].map((minutes, at) => ({
    heading: words(at, 'heading'),
    help: words(at, 'help'),
    minutes,
  }));
}
