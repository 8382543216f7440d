/**
 * Why this file exists: the wall shows what twelve groups write at once. An editor for each would be twelve editors; here a
 * fragment is drawn as plain blocks, and only what has changed is drawn again.
 *
 * Reads another client's document, so whatever is not known is drawn as its words, and text only ever becomes text.
 */
import * as Y from 'yjs';

type Drawn = Y.XmlElement | Y.XmlText;

const TAGS: Readonly<Record<string, string>> = {
  paragraph: 'p',
  heading: 'h5',
  bulletList: 'ul',
  orderedList: 'ol',
  taskList: 'ul',
  listItem: 'li',
  taskItem: 'li',
  blockquote: 'blockquote',
  table: 'table',
  tableRow: 'tr',
  tableHeader: 'th',
  tableCell: 'td',
  hardBreak: 'br',
  mention: 'span',
};
/** Deeper than any editor nests; a hostile document must not cost a stack. */
const MAX_DEPTH = 32;

/** One fragment, drawn into `host` and kept like it; {@link paint} draws what has changed since the last time. */
export class LiveText {
  readonly #fragment: Y.XmlFragment;
  readonly #host: HTMLElement;
  readonly #changed: () => void;
  /** Deleted types fall out by themselves. */
  readonly #nodes = new WeakMap<Drawn, HTMLElement>();
  /** What has changed: `true` when attributes have, too. */
  #dirty = new Map<Y.XmlFragment | Drawn, boolean>();

  /** `changed` is called for each change, also when several come before the next {@link paint}. */
  constructor(fragment: Y.XmlFragment, host: HTMLElement, changed: () => void) {
    this.#fragment = fragment;
    this.#host = host;
    this.#changed = changed;
    host.replaceChildren();
    this.#reconcile(fragment, host, 0);
    this.#markEmpty();
    fragment.observeDeep(this.#observe);
  }

  readonly #observe = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const event of events) {
      const target = event.target as unknown;
      if (!(target instanceof Y.XmlFragment || target instanceof Y.XmlText)) continue;
      const attributes = target instanceof Y.XmlElement && (event as Y.YXmlEvent).attributesChanged.size > 0;
      this.#dirty.delete(target);
      this.#dirty.set(target, attributes);
    }
    this.#changed();
  };

  /** Draws what has changed; the line that changed last, or `null` when none did. */
  paint(): HTMLElement | null {
    const dirty = this.#dirty;
    if (dirty.size === 0) return null;
    this.#dirty = new Map();
    let last: HTMLElement | null = null;
    for (const [type, attributes] of dirty) {
      const node = this.#redraw(type, attributes);
      if (node?.isConnected) last = node;
    }
    this.#markEmpty();
    return (last && lineOf(last, this.#host)) ?? this.#host;
  }

  destroy(): void {
    this.#fragment.unobserveDeep(this.#observe);
    this.#host.replaceChildren();
  }

  #redraw(type: Y.XmlFragment | Drawn, attributes: boolean): HTMLElement | null {
    if (type === this.#fragment) return this.#reconcile(this.#fragment, this.#host, 0);
    const node = this.#nodes.get(type as Drawn);
    // Not drawn yet: it comes whole with what it stands in.
    if (!node) return null;
    if (type instanceof Y.XmlText) fillText(node, type);
    else if (attributes && type instanceof Y.XmlElement) {
      const next = this.#build(type, depthOf(node, this.#host));
      node.replaceWith(next);
      return next;
    } else return this.#reconcile(type as Y.XmlElement, node, depthOf(node, this.#host)) ?? node;
    return node;
  }

  /** Makes `container` hold what `type` holds; the last that has come, or `null` when some only left. */
  #reconcile(type: Y.XmlFragment, container: HTMLElement, depth: number): HTMLElement | null {
    if (depth > MAX_DEPTH) return null;
    let came: HTMLElement | null = null;
    let place: ChildNode | null = container.firstChild;
    for (const child of type.toArray()) {
      if (!(child instanceof Y.XmlElement || child instanceof Y.XmlText)) continue;
      const node = this.#nodes.get(child) ?? this.#build(child, depth + 1);
      if (node === place) place = place.nextSibling;
      else {
        container.insertBefore(node, place);
        came = node;
      }
    }
    while (place) {
      const next: ChildNode | null = place.nextSibling;
      place.remove();
      place = next;
    }
    return came;
  }

  #build(type: Drawn, depth: number): HTMLElement {
    if (type instanceof Y.XmlText) {
      const span = document.createElement('span');
      this.#nodes.set(type, span);
      fillText(span, type);
      return span;
    }
    const name = type.nodeName;
    const node = document.createElement(TAGS[name] ?? 'div');
    this.#nodes.set(type, node);
    if (name === 'mention') {
      const label: unknown = type.getAttribute('label');
      node.textContent = `@${typeof label === 'string' ? label : ''}`;
      return node;
    }
    if (name === 'taskItem') node.dataset.task = String(type.getAttribute('checked')) === 'true' ? 'done' : 'open';
    if (name !== 'hardBreak') this.#reconcile(type, node, depth);
    return node;
  }

  #markEmpty(): void {
    this.#host.toggleAttribute('data-empty', !hasWords(this.#fragment, 0));
  }
}

/** Whether anything is written, found at the first letter. */
export function hasWords(type: Y.XmlFragment, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  return type
    .toArray()
    .some((child) =>
      child instanceof Y.XmlText
        ? child.length > 0
        : child instanceof Y.XmlElement && (child.nodeName === 'mention' || hasWords(child, depth + 1)),
    );
}

interface Part {
  insert: unknown;
  attributes?: Record<string, unknown>;
}

function fillText(span: HTMLElement, text: Y.XmlText): void {
  const parts = text.toDelta() as Part[];
  if (parts.every(({ attributes, insert }) => !attributes && typeof insert === 'string')) {
    span.textContent = parts.map(({ insert }) => insert as string).join('');
    return;
  }
  span.replaceChildren(
    ...parts.flatMap(({ insert, attributes }) => {
      if (typeof insert !== 'string') return [];
      let node: Node = document.createTextNode(insert);
      for (const [mark, tag] of MARKS) {
        if (attributes?.[mark] === undefined || attributes[mark] === null) continue;
        const around = document.createElement(tag);
        around.append(node);
        node = around;
      }
      return [node];
    }),
  );
}

/** A link is drawn as the words it stands on: the wall is read, not clicked. */
const MARKS = [
  ['bold', 'strong'],
  ['italic', 'em'],
  ['link', 'u'],
] as const;

const LINE = 'li, p, h5, tr, blockquote';

function lineOf(node: HTMLElement, host: HTMLElement): HTMLElement | null {
  const line = node.closest<HTMLElement>(LINE);
  return line && host.contains(line) ? line : null;
}

function depthOf(node: HTMLElement, host: HTMLElement): number {
  let depth = 0;
  for (let up: HTMLElement | null = node; up && up !== host; up = up.parentElement) depth += 1;
  return depth;
}
