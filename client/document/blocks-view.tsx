/** Why this file exists: what people wrote, drawn from plain values where it is only read: no room, no editor. */
import { Fragment, type ReactNode } from 'react';
import { type Block, blocksText, type Inline } from '#shared/document/blocks.ts';
import { headingLevel } from '#shared/document/print.ts';

/** `under` is the level of the heading they stand under. */
export function BlocksView({ blocks, under }: { blocks: readonly Block[]; under: number }): ReactNode {
  return blocks.map((block) => <BlockView key={block.id} block={block} under={under} />);
}

function BlockView({ block, under }: { block: Block; under: number }): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return <p>{block.inlines.length === 0 ? <br /> : <Inlines of={block.inlines} />}</p>;
    case 'heading': {
      const Tag = `h${headingLevel(block.level, under)}` as const;
      return (
        <Tag>
          <Inlines of={block.inlines} />
        </Tag>
      );
    }
    case 'quote':
      return (
        <blockquote>
          <BlocksView blocks={block.blocks} under={under} />
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((item) => (
        <li key={item.id} data-checked={item.checked ?? undefined}>
          {item.checked !== null && (
            <input
              type="checkbox"
              checked={item.checked}
              disabled
              readOnly
              aria-label={blocksText(item.blocks)[0] ?? ''}
            />
          )}
          <BlocksView blocks={item.blocks} under={under} />
        </li>
      ));
      return block.style === 'ordered' ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return (
        // A wide table scrolls by itself.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable (WCAG 2.1.1).
        <div className="scrolls" tabIndex={0}>
          <table>
            <tbody>
              {block.rows.map((row, n) => (
                <tr key={row.id}>
                  {row.cells.map((cell, i) => {
                    // Cells have no identity but their place.
                    const key = i;
                    return cell.header ? (
                      <th key={key} scope={n === 0 ? 'col' : 'row'}>
                        <BlocksView blocks={cell.blocks} under={under} />
                      </th>
                    ) : (
                      <td key={key}>
                        <BlocksView blocks={cell.blocks} under={under} />
                      </td>
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

/** Words with their marks. */
export function Inlines({ of }: { of: readonly Inline[] }): ReactNode {
  return of.map((one, i) => {
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
