/**
 * Why this file exists: reading. Notes that cannot be written now (locked, unsynced, not one's own to change) are drawn
 * straight from the room without an editor: an editor repairs what it does not understand, and a reader must change
 * nothing. What this version does not know is shown as its words, never removed.
 */
import './editor.css';
import { type CSSProperties, Fragment, type ReactNode, use, useCallback, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import * as Y from 'yjs';
import { safeHref } from '#shared/editor/attributes.ts';
import type { ContributionKey } from '#shared/workshop/contribution-keys.ts';
import { sourcesOf } from '#shared/workshop/coverage.ts';
import { AttachmentSourceContext } from './attachment-source.ts';
import type { OriginLabel } from './origins.ts';
import type { SourceMarks } from './sources.ts';

const MAX_DEPTH = 32;

export interface NotesViewProps {
  fragment: Y.XmlFragment;
  label: string;
  originLabel: OriginLabel;
  /** What is said of a block, right before it: who wrote it, when a version is read. */
  about?: (block: Y.XmlElement) => ReactNode;
  /** Shows which groups blocks were made from. */
  sources?: SourceMarks | null;
  /** What is said of a block, an entry or a row of its own, behind its words. */
  behind?: ((element: Y.XmlElement) => ReactNode) | undefined;
}

/** The notes as they are, following every change. */
export function NotesView({ fragment, label, originLabel, about, behind, sources = null }: NotesViewProps) {
  const { t } = useTranslation('editor');
  const version = useRef(0);
  const subscribe = useCallback(
    (listener: () => void) => {
      const observe = () => {
        version.current += 1;
        listener();
      };
      fragment.observeDeep(observe);
      return () => fragment.unobserveDeep(observe);
    },
    [fragment],
  );
  useSyncExternalStore(
    subscribe,
    () => version.current,
    () => 0,
  );
  const blocks = fragment.toArray();
  return (
    <section className="rs-doc rs-view" aria-label={label}>
      {blocks.length === 0 ? (
        <p className="rs-none">{t('state.empty')}</p>
      ) : (
        topBlocks(fragment, originLabel, { unknown: t('state.unknownBlock'), sources, behind }, about)
      )}
    </section>
  );
}

interface Drawing {
  /** What is said of a block this version does not know. */
  unknown: string;
  sources: SourceMarks | null;
  behind: NotesViewProps['behind'];
}

/** Of what something can be said behind its words. */
const SAID_OF: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'blockquote',
  'listItem',
  'taskItem',
  'tableRow',
]);

/** The groups behind a block, in the gutter. */
function Squares({ sources, marks }: { sources: ContributionKey[]; marks: SourceMarks }) {
  const groups = sources.length === 0 ? [] : marks.groups(sources);
  if (groups.length === 0) return null;
  const names = groups.map(({ name }) => name).join(', ');
  const squares = groups.map(({ number, colour, name }) => (
    <i key={`${number} ${name}`} aria-hidden="true" style={{ '--c': colour } as CSSProperties}>
      {number}
    </i>
  ));
  if (!marks.onOpen)
    return (
      <span className="rs-sources" title={names}>
        <span className="sr">{names}</span>
        {squares}
      </span>
    );
  return (
    <button type="button" className="rs-sources rs-opens" title={names} onClick={() => marks.onOpen?.(sources)}>
      <span className="sr">{names}</span>
      {squares}
    </button>
  );
}

/** The blocks of the text, those that were copied from elsewhere with the words for where. */
function topBlocks(
  fragment: Y.XmlFragment,
  originLabel: OriginLabel,
  drawing: Drawing,
  about: NotesViewProps['about'],
): ReactNode {
  return fragment.toArray().map((block, index) => {
    // Positions are the only identity blocks have here; nothing in them keeps state.
    const key = index;
    if (!(block instanceof Y.XmlElement)) return null;
    const origin: unknown = block.getAttribute('origin');
    const words = typeof origin === 'string' ? originLabel(origin) : null;
    const drawn = withWords(element(block, 0, drawing), about?.(block));
    return words ? (
      <div key={key} data-origin-label={words}>
        {drawn}
      </div>
    ) : (
      <Fragment key={key}>{drawn}</Fragment>
    );
  });
}

function withWords(drawn: ReactNode, said: ReactNode): ReactNode {
  if (!said) return drawn;
  return (
    <div>
      {said}
      {drawn}
    </div>
  );
}

function children(parent: Y.XmlFragment, depth: number, drawing: Drawing): ReactNode {
  if (depth > MAX_DEPTH) return null;
  return parent.toArray().map((child, index) => {
    // Positions are the only identity blocks have here; nothing in them keeps state.
    const key = index;
    if (child instanceof Y.XmlText) return <Fragment key={key}>{runs(child)}</Fragment>;
    if (child instanceof Y.XmlElement) return <Fragment key={key}>{element(child, depth, drawing)}</Fragment>;
    return null;
  });
}

function element(node: Y.XmlElement, depth: number, drawing: Drawing): ReactNode {
  const drawn = children(node, depth + 1, drawing);
  // Nothing but entries may stand in a list.
  const squares = drawing.sources && !node.nodeName.endsWith('List') && (
    <Squares sources={sourcesOf(node)} marks={drawing.sources} />
  );
  const said = SAID_OF.has(node.nodeName) ? drawing.behind?.(node) : null;
  const inner = () => (
    <>
      {squares}
      {drawn}
      {node.nodeName === 'tableRow' && said ? <td>{said}</td> : said}
    </>
  );
  // Attributes are another client's words: their type is whatever was written.
  const attribute = (name: string): unknown => node.getAttribute(name);
  switch (node.nodeName) {
    case 'paragraph':
      if (node.length > 0) return <p>{inner()}</p>;
      return (
        <p data-empty="">
          <br />
        </p>
      );
    case 'heading': {
      const level = attribute('level');
      if (level === 3) return <h3>{inner()}</h3>;
      if (level === 4) return <h4>{inner()}</h4>;
      return <h2>{inner()}</h2>;
    }
    case 'bulletList':
      return <ul>{inner()}</ul>;
    case 'orderedList': {
      const start = attribute('start');
      return <ol start={typeof start === 'number' && Number.isInteger(start) ? start : 1}>{inner()}</ol>;
    }
    case 'listItem':
      return <li>{inner()}</li>;
    case 'taskList':
      return <ul data-type="taskList">{inner()}</ul>;
    case 'taskItem':
      return (
        <li data-checked={attribute('checked') === true}>
          <label>
            <input type="checkbox" checked={attribute('checked') === true} disabled readOnly aria-label={words(node)} />
          </label>
          <div>{inner()}</div>
        </li>
      );
    case 'blockquote':
      return <blockquote>{inner()}</blockquote>;
    case 'hardBreak':
      return <br />;
    case 'table':
      return (
        <div className="tableWrapper">
          {/* A wide table scrolls by itself; without a caret in it the keyboard needs a place to stand. */}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable (WCAG 2.1.1). */}
          <table tabIndex={0}>
            <tbody>{inner()}</tbody>
          </table>
        </div>
      );
    case 'tableRow':
      return <tr>{inner()}</tr>;
    case 'tableHeader':
      return <th>{inner()}</th>;
    case 'tableCell':
      return <td>{inner()}</td>;
    case 'mention': {
      const label = attribute('label');
      return <span data-type="mention">@{typeof label === 'string' ? label : ''}</span>;
    }
    case 'attachment': {
      const id = attribute('id');
      return <AttachmentChip id={typeof id === 'string' ? id : ''} />;
    }
    default:
      return (
        <p className="rs-unknown" title={drawing.unknown}>
          {words(node)}
        </p>
      );
  }
}

const nobody = (): (() => void) => () => {};

/** A chip that is read: with somebody who knows the attachment it opens it. */
function AttachmentChip({ id }: { id: string }) {
  const { t } = useTranslation('editor');
  const source = use(AttachmentSourceContext);
  useSyncExternalStore(source?.subscribe ?? nobody, source?.version ?? (() => 0));
  const words = source?.of(id);
  if (words)
    return (
      // Copied, it is the same chip where it is pasted.
      <span data-type="attachment" data-id={id}>
        <button type="button" title={words.name} onClick={() => source?.open(id)}>
          <b>{words.label}</b> {words.name}
        </button>
      </span>
    );
  const broken = words === null || id === '';
  return (
    <span
      data-type="attachment"
      data-broken={broken || undefined}
      title={broken ? t('attachment.missingHint') : undefined}
    >
      {broken ? t('attachment.missing') : t('attachment.word')}
    </span>
  );
}

/** All words under an element, without structure. */
function words(node: Y.XmlElement): string {
  let text = '';
  for (const child of node.createTreeWalker(() => true)) {
    if (!(child instanceof Y.XmlText)) continue;
    for (const { insert } of child.toDelta() as { insert: unknown }[]) if (typeof insert === 'string') text += insert;
    text += ' ';
  }
  return text.trim();
}

interface Run {
  insert: unknown;
  attributes?: Record<string, unknown>;
}

function runs(text: Y.XmlText): ReactNode {
  return (text.toDelta() as Run[]).map(({ insert, attributes }, index) => {
    if (typeof insert !== 'string') return null;
    let run: ReactNode = insert;
    if (attributes?.bold) run = <strong>{run}</strong>;
    if (attributes?.italic) run = <em>{run}</em>;
    const link = attributes?.link;
    const href = link !== null && typeof link === 'object' ? safeHref((link as { href?: unknown }).href) : null;
    if (href !== null)
      run = (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow">
          {run}
        </a>
      );
    const key = index;
    return <Fragment key={key}>{run}</Fragment>;
  });
}
