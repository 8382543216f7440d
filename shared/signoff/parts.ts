/**
 * Why this file exists: a protocol is approved part by part. Each item is one; all that belongs to no item (who was there,
 * the head, the headings between items, the meeting's own attachments) is one more, or it could change unseen.
 */
import type { Id } from '../ids.ts';
import type { MinutesDocument, MinutesItem } from '../minutes/document.ts';

/** Id of the part that is no item. */
export const HEAD = 'head';
export type PartId = Id | typeof HEAD;

export interface SignPart {
  id: PartId;
  number: string;
  title: string;
  /** What an approval is given to: plain values. */
  content: unknown;
}

const isSection = ({ kind }: MinutesItem): boolean => kind === 'section';

/**
 * The parts, the head first, then the items in their order. Signatures are in none of them: they come of the approvals. In what
 * capacity somebody signs is part of the head: it is there to be approved.
 * How an item stands among the others is part of the head, so that moving it does not take the approval of its words.
 */
export function partsOf(document: MinutesDocument): SignPart[] {
  const { header, attendance, items, attachments, abbreviations, appendix, style } = document;
  const capacities = document.signatures.flatMap(({ personId, capacity }) =>
    capacity === '' ? [] : [{ personId, capacity }],
  );
  const order = items.map(({ id, level }) => ({ id, level }));
  return [
    {
      id: HEAD,
      number: '',
      title: '',
      content: {
        style,
        header,
        attendance,
        attachments,
        abbreviations,
        appendix,
        order,
        capacities,
        sections: items.filter(isSection),
      },
    },
    ...items
      .filter((item) => !isSection(item))
      .map((item) => {
        const { level: _, ...content } = item;
        return { id: item.id, number: item.number, title: item.title, content };
      }),
  ];
}
