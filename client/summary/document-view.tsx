/** Why this file exists: a summary as it was kept, drawn from plain values: no room, no editor, nothing that could change. */
import { type CSSProperties, Fragment, type ReactNode } from 'react';
import type { Block, Inline } from '#shared/document/blocks.ts';
import type { Section } from '#shared/summary/document.ts';
import '../editor/editor.css';
import type { GroupMark } from '../harvest/group-marks.ts';
import { groupColour } from '../harvest/group-square.tsx';
import { sentenceId } from './sentence.ts';
import styles from './summary.module.css';

export interface DocumentViewProps {
  sections: readonly Section[];
  /** The groups behind contributions, each once. */
  groupsOf(sources: readonly string[]): readonly GroupMark[];
  onSources(sources: readonly string[]): void;
}

export function DocumentView({ sections, ...drawing }: DocumentViewProps) {
  return sections.map(({ promptId, heading, blocks }) => (
    <section key={promptId} className={styles.section}>
      <h2>{heading}</h2>
      <div className="rs-notes">
        <div className="rs-doc rs-view">
          <Blocks blocks={blocks} drawing={drawing} />
        </div>
      </div>
    </section>
  ));
}

/** A link may lead to it. */
const named = (blockId: string) => ({ id: sentenceId(blockId), tabIndex: -1 });

type Drawing = Omit<DocumentViewProps, 'sections'>;

function Blocks({ blocks, drawing }: { blocks: readonly Block[]; drawing: Drawing }) {
  return blocks.map((block) => <OneBlock key={block.id} block={block} drawing={drawing} />);
}

function OneBlock({ block, drawing }: { block: Block; drawing: Drawing }): ReactNode {
  const squares = <Squares sources={block.sources} drawing={drawing} />;
  switch (block.kind) {
    case 'paragraph':
      return (
        <p {...named(block.id)}>
          {squares}
          {block.inlines.length === 0 ? <br /> : inlines(block.inlines)}
        </p>
      );
    case 'heading': {
      // Under the prompt's own heading.
      const Tag = block.level === 4 ? 'h5' : block.level === 3 ? 'h4' : 'h3';
      return (
        <Tag {...named(block.id)}>
          {squares}
          {inlines(block.inlines)}
        </Tag>
      );
    }
    case 'quote':
      return (
        <blockquote {...named(block.id)}>
          {squares}
          <Blocks blocks={block.blocks} drawing={drawing} />
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((item) => (
        <li key={item.id} {...named(item.id)} data-checked={item.checked ?? undefined}>
          {item.checked !== null && (
            <label>
              <input type="checkbox" checked={item.checked} disabled readOnly aria-label={words(item.blocks)} />
            </label>
          )}
          <div>
            <Squares sources={item.sources} drawing={drawing} />
            <Blocks blocks={item.blocks} drawing={drawing} />
          </div>
        </li>
      ));
      if (block.style === 'ordered') return <ol start={block.start}>{items}</ol>;
      return <ul data-type={block.style === 'task' ? 'taskList' : undefined}>{items}</ul>;
    }
    case 'table':
      return (
        <div className="tableWrapper">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable (WCAG 2.1.1). */}
          <table tabIndex={0}>
            <tbody>
              {block.rows.map((row) => (
                <tr key={row.id} {...named(row.id)}>
                  {row.cells.map((cell, i) => {
                    // Cells have no identity but their place.
                    const key = i;
                    const Cell = cell.header ? 'th' : 'td';
                    return (
                      <Cell key={key}>
                        <Blocks blocks={cell.blocks} drawing={drawing} />
                      </Cell>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

function Squares({ sources, drawing }: { sources: readonly string[]; drawing: Drawing }) {
  const groups = sources.length === 0 ? [] : drawing.groupsOf(sources);
  if (groups.length === 0) return null;
  const names = groups.map(({ name }) => name).join(', ');
  return (
    <button type="button" className="rs-sources rs-opens" title={names} onClick={() => drawing.onSources(sources)}>
      <span className="sr">{names}</span>
      {groups.map(({ groupId, number, colour }) => (
        <i key={groupId} aria-hidden="true" style={{ '--c': groupColour(colour) } as CSSProperties}>
          {number}
        </i>
      ))}
    </button>
  );
}

function words(blocks: readonly Block[]): string {
  const [first] = blocks;
  return first?.kind === 'paragraph' || first?.kind === 'heading'
    ? first.inlines.map((one) => ('text' in one ? one.text : ' ')).join('')
    : '';
}

function inlines(list: readonly Inline[]): ReactNode {
  return list.map((one, i) => {
    // Runs have no identity but their place.
    const key = i;
    if ('break' in one) return <br key={key} />;
    let run: ReactNode = one.text;
    if (one.bold) run = <strong>{run}</strong>;
    if (one.italic) run = <em>{run}</em>;
    if (one.href)
      run = (
        <a href={one.href} target="_blank" rel="noopener noreferrer nofollow">
          {run}
        </a>
      );
    return <Fragment key={key}>{run}</Fragment>;
  });
}
