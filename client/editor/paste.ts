/**
 * Why this file exists: what people paste comes mostly from Word, and Word's lists are paragraphs that begin with a dot.
 * Everything pasted is first reduced to text, structure and plain links in a document that runs and loads nothing.
 */
import { safeHref } from '#shared/editor/attributes.ts';
import { cleanSources } from '#shared/workshop/contribution-keys.ts';

/** Gone with everything in them. */
const DROPPED =
  'script,style,link,meta,base,title,template,noscript,iframe,frame,frameset,object,embed,applet,svg,math,img,picture,video,audio,source,track,canvas,map,area,form,button,select,textarea,dialog,portal,marquee,del,s,strike';
/** The only attributes that survive, by element. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  ol: ['start'],
  ul: ['data-type'],
  li: ['data-type', 'data-checked'],
  span: ['data-type', 'data-id', 'data-label'],
};
const MAX_LENGTH = 4_000_000;

/** Turns pasted HTML into harmless HTML that the editor's schema reads as people meant it. */
export function cleanPastedHtml(html: string): string {
  if (html.length > MAX_LENGTH) return '';
  const { body } = new DOMParser().parseFromString(setAsideStyles(html), 'text/html');
  const fromWord = /mso-|urn:schemas-microsoft-com/.test(html);
  dropComments(body);
  for (const element of body.querySelectorAll(DROPPED)) element.remove();
  if (fromWord) repairWord(body);
  for (const cell of body.querySelectorAll('thead td')) rename(cell, 'th');
  for (const table of body.querySelectorAll('table')) flattenTable(table);
  for (const heading of body.querySelectorAll('h1')) rename(heading, 'h2');
  for (const heading of body.querySelectorAll('h5,h6')) rename(heading, 'h4');
  // Google Docs wraps everything in a bold element that is not bold.
  for (const bold of body.querySelectorAll('b,strong'))
    if (/font-weight:\s*(normal|400)/.test(bold.getAttribute(STYLE) ?? '')) bold.replaceWith(...bold.childNodes);
  for (const element of body.querySelectorAll('*')) keepAttributes(element);
  return body.innerHTML;
}

/** Styles are needed to tell Word's lists and Google's bold, but as text only. */
const STYLE = 'data-set-aside-style';

/**
 * Renames style and handler attributes and drops style elements before parsing: the page's Content-Security-Policy would
 * report each of them, though nothing is ever shown or run. What slips through is removed after parsing.
 */
function setAsideStyles(html: string): string {
  return html
    .replace(/<style\b[\s\S]*?(<\/style\s*>|$)/gi, '')
    .replace(/<(base|meta|link)\b[^>]*>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag.replace(/([\s"'/])(style|on[a-z]+)(\s*=)/gi, (_all, before: string, name: string, equals: string) => {
        const kept = name.toLowerCase() === 'style' ? STYLE : `data-set-aside-${name}`;
        return `${before}${kept}${equals}`;
      }),
    );
}

function dropComments(root: Node): void {
  for (const node of [...root.childNodes]) {
    if (node.nodeType === Node.COMMENT_NODE || node.nodeType === Node.PROCESSING_INSTRUCTION_NODE) node.remove();
    else dropComments(node);
  }
}

function keepAttributes(element: Element): void {
  const kept = KEPT[element.localName] ?? [];
  // What a block of a summary was made from goes with it when it is moved by way of the clipboard.
  const sources = cleanSources(element.getAttribute('data-sources'));
  for (const name of element.getAttributeNames()) if (!kept.includes(name)) element.removeAttribute(name);
  if (sources !== null) element.setAttribute('data-sources', sources);
  if (element.localName !== 'a') return;
  const href = safeHref(element.getAttribute('href'));
  if (href === null) element.replaceWith(...element.childNodes);
  else element.setAttribute('href', href);
}

function rename(element: Element, name: string): Element {
  const renamed = element.ownerDocument.createElement(name);
  for (const attribute of [STYLE, 'colspan', 'rowspan']) {
    const value = element.getAttribute(attribute);
    if (value !== null) renamed.setAttribute(attribute, value);
  }
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

/** Cells that span get empty neighbours instead, and short rows are filled: the notes have no merged cells. */
function flattenTable(table: HTMLTableElement): void {
  const rows = [...table.rows];
  const owed = new Map<number, number>();
  let width = 0;
  for (const row of rows) {
    const cells = [...row.cells];
    let column = 0;
    const insertOwed = (before: Element | null) => {
      for (let left = owed.get(column) ?? 0; left > 0; left = owed.get(column) ?? 0) {
        owed.set(column, left - 1);
        row.insertBefore(row.ownerDocument.createElement('td'), before);
        column += 1;
      }
    };
    for (const cell of cells) {
      insertOwed(cell);
      const columns = Math.min(Math.max(cell.colSpan, 1), 50);
      const down = Math.min(Math.max(cell.rowSpan, 1), rows.length);
      for (let extra = 0; extra < columns; extra++) {
        if (extra > 0) cell.after(row.ownerDocument.createElement(cell.localName));
        if (down > 1) owed.set(column, down - 1);
        column += 1;
      }
    }
    insertOwed(null);
    width = Math.max(width, row.cells.length);
  }
  for (const row of rows)
    while (row.cells.length < width)
      row.append(row.ownerDocument.createElement(row.lastElementChild?.localName ?? 'td'));
}

/* Word -------------------------------------------------------------------------------------------------------------- */

interface WordItem {
  element: Element;
  level: number;
  ordered: boolean;
  start: number;
  list: string;
}

const MSO_LIST = /mso-list:\s*(l\d+)\s+level(\d+)/i;

function repairWord(body: HTMLElement): void {
  for (const note of body.querySelectorAll('a[href^="#_ftn"],a[href^="#_edn"],a[name]'))
    note.replaceWith(...note.childNodes);
  for (const element of body.querySelectorAll('o\\:p')) element.replaceWith(...element.childNodes);
  let run: WordItem[] = [];
  const flush = () => {
    if (run.length > 0) buildLists(run);
    run = [];
  };
  for (const element of body.querySelectorAll('p,h1,h2,h3,h4,h5,h6,table,div')) {
    const match = MSO_LIST.exec(element.getAttribute(STYLE) ?? '');
    const marker = readMarker(element);
    if (!match || element.localName !== 'p') {
      // A numbered heading loses its typed number and stays a heading.
      if (element.localName !== 'div') flush();
      continue;
    }
    const previous = run.at(-1);
    if (previous && nextElement(previous.element) !== element) flush();
    const number = /^(\d+)[.)]/.exec(marker);
    const ordered = /^\s*(\d+|[a-zåäö]|[ivxlc]+)[.)]/i.test(marker);
    run.push({
      element,
      level: Math.max(1, Math.min(9, Number(match[2]))),
      ordered,
      start: number ? Number(number[1]) : 1,
      list: match[1] ?? '',
    });
  }
  flush();
}

function nextElement(element: Element): Element | null {
  return element.nextElementSibling;
}

/** Takes away the marker Word typed for readers without lists, and returns it. */
function readMarker(element: Element): string {
  let marker = '';
  for (const span of element.querySelectorAll('span')) {
    if (!/mso-list:\s*ignore/i.test(span.getAttribute(STYLE) ?? '')) continue;
    marker += span.textContent ?? '';
    span.remove();
  }
  return marker.replaceAll('\u00a0', ' ').trim();
}

function buildLists(items: readonly WordItem[]): void {
  const first = items[0];
  if (!first) return;
  const { ownerDocument } = first.element;
  const anchor = ownerDocument.createElement('div');
  first.element.before(anchor);
  const open: { list: Element; level: number; ordered: boolean }[] = [];
  const roots: Element[] = [];
  for (const item of items) {
    while (open.length > 0 && (open.at(-1)?.level ?? 0) > item.level) open.pop();
    let current = open.at(-1);
    if (current && current.level === item.level && current.ordered !== item.ordered) {
      open.pop();
      current = undefined;
    }
    if (!current || current.level < item.level) {
      const list = ownerDocument.createElement(item.ordered ? 'ol' : 'ul');
      if (item.ordered && item.start !== 1) list.setAttribute('start', String(item.start));
      const parent = open.at(-1)?.list.lastElementChild ?? null;
      if (parent) parent.append(list);
      else roots.push(list);
      current = { list, level: item.level, ordered: item.ordered };
      open.push(current);
    }
    const li = ownerDocument.createElement('li');
    const paragraph = ownerDocument.createElement('p');
    paragraph.append(...item.element.childNodes);
    li.append(paragraph);
    current.list.append(li);
    item.element.remove();
  }
  anchor.replaceWith(...roots);
}
