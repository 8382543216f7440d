/**
 * Why this file exists: a contribution written as one plain line is put into the group's text as a paragraph of its own,
 * and its author is told how far it has come, for each line.
 */
import * as Y from 'yjs';
import type { SavingStatus } from '../../collab/types.ts';

/** The longest line, characters: a contribution, not an essay. */
export const MAX_LINE = 1000;

/** What somebody wrote, as one line; '' when there is nothing in it. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().slice(0, MAX_LINE);
}

function isEmptyParagraph(node: unknown): boolean {
  return (
    node instanceof Y.XmlElement &&
    node.nodeName === 'paragraph' &&
    node.toArray().every((child) => child instanceof Y.XmlText && child.length === 0)
  );
}

/**
 * Appends `text` as one paragraph, in one transaction, behind everything that is written; empty paragraphs at the end stay
 * behind it. It never goes into a paragraph that is there: two who fill the same one at once would mix their words.
 */
export function appendLine(doc: Y.Doc, fragmentName: string, text: string): void {
  const fragment = doc.getXmlFragment(fragmentName);
  doc.transact(() => {
    let at = fragment.length;
    while (at > 0 && isEmptyParagraph(fragment.get(at - 1))) at -= 1;
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(text)]);
    fragment.insert(at, [paragraph]);
  });
}

/** A line of this page: how far it has come. */
export interface SentLine {
  id: number;
  text: string;
  status: SavingStatus;
  /** Server's clock, milliseconds, when it was heard to be saved. */
  savedAt: number | null;
}

/**
 * The lines after the room's state of saving has become `status`. That is about everything written here, so a line is
 * called saved when all of it is; what is saved stays so.
 */
export function followSaving(lines: readonly SentLine[], status: SavingStatus, at: number | null): readonly SentLine[] {
  if (lines.every((line) => line.status === 'saved' || line.status === status)) return lines;
  return lines.map((line) =>
    line.status === 'saved' ? line : { ...line, status, savedAt: status === 'saved' ? at : null },
  );
}
