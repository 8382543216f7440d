/**
 * Why this file exists: a text as the lines people see, so that two of them can be laid side by side: a paragraph, a
 * heading, a point of a list, a row of a table are one line each, however deep they stand.
 */
import * as Y from 'yjs';
import { readAgenda, type SittingOrder, withoutNotice } from '#shared/agenda-tree.ts';
import { MAX_DEPTH, saying, wordsOf } from '#shared/versions/blocks.ts';

export interface Line {
  /** Which one it is, the same in every version. */
  is: string;
  /** What it says, formatting included: equal strings mean equal lines. */
  says: string;
  text: string;
  /** How it is drawn. */
  look: 'text' | 'heading' | 'point' | 'row';
  /** How far it is set in, 0 first. */
  depth: number;
}

interface Around {
  look: Line['look'];
  depth: number;
  /** What stands before the words, such as a ticked box. */
  mark: string;
}

const LISTS = ['bulletList', 'orderedList', 'taskList'];
const POINTS = ['listItem', 'taskItem'];

const nameOf = (node: Y.XmlElement): string => `${node._item?.id.client ?? 0}:${node._item?.id.clock ?? 0}`;

/** The lines of notes, in order. */
export function linesOfNotes(fragment: Y.XmlFragment): Line[] {
  const lines: Line[] = [];
  gather(fragment, { look: 'text', depth: 0, mark: '' }, 0, lines);
  return lines;
}

function gather(parent: Y.XmlFragment, around: Around, deep: number, lines: Line[]): void {
  if (deep > MAX_DEPTH) return;
  let { mark } = around;
  for (const node of parent.toArray()) {
    if (!(node instanceof Y.XmlElement)) continue;
    if (LISTS.includes(node.nodeName)) {
      gather(
        node,
        { ...around, look: 'point', depth: around.look === 'point' ? around.depth + 1 : around.depth },
        deep + 1,
        lines,
      );
    } else if (POINTS.includes(node.nodeName)) {
      const attributes = node.getAttributes() as Record<string, unknown>;
      const box = attributes.checked === true ? '☑ ' : '☐ ';
      gather(node, { ...around, look: 'point', mark: node.nodeName === 'taskItem' ? box : '– ' }, deep + 1, lines);
    } else if (node.nodeName === 'blockquote') {
      gather(node, { ...around, depth: around.depth + 1 }, deep + 1, lines);
    } else if (node.nodeName === 'table') {
      gather(node, { ...around, look: 'row' }, deep + 1, lines);
    } else {
      lines.push(lineOf(node, { ...around, mark }));
      // The box stands before the first line of its point only.
      mark = mark === '' ? '' : '\u2003';
    }
  }
}

function lineOf(node: Y.XmlElement, { look, depth, mark }: Around): Line {
  const cells = node.nodeName === 'tableRow' ? node.toArray() : [node];
  const words = cells.map((cell) => (cell instanceof Y.XmlHook ? '' : wordsOf(cell))).join(' | ');
  return {
    is: nameOf(node),
    says: `${mark}${depth}${saying(node)}`,
    text: `${mark}${words}`,
    look: node.nodeName === 'heading' ? 'heading' : look,
    depth,
  };
}

export interface AgendaWords {
  untitled: string;
  minutes(count: number): string;
  person(id: string): string;
}

/** The lines of an agenda: one per row that is shown, without its number, which changes with the rows before it. */
export function linesOfAgenda(doc: Y.Doc, sittings: readonly SittingOrder[], words: AgendaWords): Line[] {
  const agenda = readAgenda(doc, withoutNotice(sittings));
  return agenda.rows.map(({ item, level, parent }) => {
    const people = item.presenters.map((one) => (one.personId === null ? one.text : words.person(one.personId)));
    const about = [item.minutes > 0 && words.minutes(item.minutes), people.filter(Boolean).join(', ')].filter(Boolean);
    const text = [item.title.trim() || words.untitled, ...about].join(' · ');
    return {
      is: item.id,
      says: JSON.stringify([text, level, item.kind]),
      text,
      look: item.kind === 'section' ? 'heading' : 'text',
      // A section is a heading over its items: only what hangs under an item is set in.
      depth: parent !== '' && agenda.byId.get(parent)?.item.kind !== 'section' ? 1 : 0,
    };
  });
}
