/**
 * Why this file exists: a new meeting begins with the standing items of its kind. Only the server seeds content: two
 * clients that seeded the same meeting would double it.
 */
import type * as Y from 'yjs';
import { addItem, type ItemKind } from '#shared/agenda.ts';
import type { Language, Template } from '#shared/api.ts';
import { type Id, newId } from '#shared/ids.ts';

interface StandingItem {
  title: Record<Language, string>;
  kind: ItemKind;
  minutes: number;
  /** Of which sitting when there are several; by default the first. */
  sitting?: 'last';
  children?: StandingItem[];
}

const item = (
  sv: string,
  en: string,
  kind: ItemKind,
  minutes: number,
  more: Partial<StandingItem> = {},
): StandingItem => ({
  title: { sv, en },
  kind,
  minutes,
  ...more,
});

const TEMPLATES: Record<Template, StandingItem[]> = {
  session: [
    item('Mötets öppnande', 'Opening of the meeting', 'information', 5),
    item('Val av justerare', 'Choice of verifiers', 'decision', 5),
    item('Fastställande av dagordning', 'Adoption of the agenda', 'decision', 5),
    item('Föregående protokoll', 'Minutes of the previous meeting', 'previousMinutes', 5),
    item('Information', 'Information', 'section', 0, {
      children: [
        item('Nationell information', 'National information', 'information', 15),
        item('Rapporter från organisationerna', 'Reports from the organisations', 'report', 15),
      ],
    }),
    item('Beslutsärenden', 'Items for decision', 'section', 0),
    item('Övriga frågor', 'Other business', 'otherBusiness', 10),
    item('Mötets avslutande', 'Closing of the meeting', 'information', 5),
  ],
  retreat: [
    item('Välkomna och incheckning', 'Welcome and check-in', 'checkIn', 30),
    item('Information', 'Information', 'section', 0, {
      children: [item('Lägesbild', 'Where we stand', 'information', 30)],
    }),
    item('Paus', 'Break', 'break', 20),
    item('Workshop', 'Workshop', 'section', 0, {
      children: [
        item('Inledning till gruppernas arbete', 'Introduction to the work in groups', 'information', 15),
        item('Samtal i grupper', 'Talks in groups', 'dialogue', 90),
        item('Återsamling', 'Gathering the results', 'dialogue', 45),
      ],
    }),
    item('Incheckning', 'Check-in', 'checkIn', 15, { sitting: 'last' }),
    item('Gemensam riktning', 'A common direction', 'dialogue', 60, { sitting: 'last' }),
    item('Övriga frågor', 'Other business', 'otherBusiness', 15, { sitting: 'last' }),
    item('Nästa steg och utcheckning', 'Next steps and check-out', 'dialogue', 30, { sitting: 'last' }),
  ],
  working: [
    item('Incheckning', 'Check-in', 'checkIn', 10),
    item('Föregående anteckningar', 'Previous notes', 'previousMinutes', 5),
    item('Lägesrapporter', 'Progress reports', 'report', 20),
    item('Dagens fråga', 'The question of the day', 'dialogue', 60),
    item('Övriga frågor', 'Other business', 'otherBusiness', 10),
    item('Nästa steg', 'Next steps', 'decision', 10),
  ],
  blank: [],
};

/** Puts a template's standing items into an agenda that is empty, spread over the sittings given in order. */
export function seedAgenda(doc: Y.Doc, template: Template, language: Language, sittings: readonly Id[]): void {
  const add = (standing: StandingItem, parent: Id | ''): void => {
    const id = newId();
    const sitting = (standing.sitting === 'last' ? sittings.at(-1) : sittings[0]) ?? '';
    addItem(doc, {
      id,
      title: standing.title[language],
      kind: standing.kind,
      minutes: standing.minutes,
      parent,
      sitting: parent === '' ? sitting : '',
    });
    for (const child of standing.children ?? []) add(child, id);
  };
  for (const standing of TEMPLATES[template]) add(standing, '');
}
