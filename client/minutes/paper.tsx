/**
 * Why this file exists: the protocol as it will be printed. It is laid out by the same function as the files
 * (shared/minutes/print.ts), so that what one reads here is what one gets.
 */
import { Fragment, type ReactNode } from 'react';
import { headSpans, type Part, type Print } from '#shared/document/print.ts';
import { BlocksView, Inlines } from '../document/blocks-view.tsx';
import styles from './minutes.module.css';

/** Address within the page of a part of the paper. */
export const anchorOf = (itemId: string): string => `item-${itemId}`;

interface PaperProps {
  print: Print;
  label: string;
  lang: string;
  /** What stands beside a part of the paper, by the part's address; '' is what is above the first heading. */
  beside?: ((anchor: string) => ReactNode) | undefined;
}

export function Paper({ print, label, lang, beside }: PaperProps) {
  const { left, right } = print.running;
  return (
    <article className={styles.page} aria-label={label} lang={lang}>
      <p className={styles.running}>
        <b>{left}</b>
        <span>{right}</span>
      </p>
      <h2 className={styles.title}>{print.title}</h2>
      {print.lead.map(
        (line, n) =>
          line.length > 0 && (
            // Lines have no identity but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above.
            <p key={n} className={styles.lead}>
              <Inlines of={line} />
            </p>
          ),
      )}
      {sectionsOf(print.parts).map(({ key, parts }) => (
        <section key={key} className={styles.part} data-steady={key}>
          <div className={styles.own}>
            <Parts parts={parts} />
          </div>
          {beside?.(key === 'top' ? '' : key)}
        </section>
      ))}
      <p className={styles.foot}>
        {print.foot}
        {print.seal && <span className={styles.seal}>{print.seal}</span>}
      </p>
    </article>
  );
}

/** The parts under each heading that is listed, with that heading; what stands before the first one by itself. */
function sectionsOf(parts: readonly Part[]): { key: string; parts: Part[] }[] {
  const sections: { key: string; parts: Part[] }[] = [{ key: 'top', parts: [] }];
  for (const part of parts) {
    if (part.kind === 'heading' && part.listed) sections.push({ key: part.anchor, parts: [] });
    sections.at(-1)?.parts.push(part);
  }
  return sections;
}

function Parts({ parts }: { parts: readonly Part[] }): ReactNode {
  return parts.map((part, n) => {
    // Within a section parts have no identity but their place.
    const key = part.kind === 'heading' ? part.anchor : `${part.kind}-${n}`;
    return (
      <Fragment key={key}>
        <OnePart part={part} />
      </Fragment>
    );
  });
}

function OnePart({ part }: { part: Part }): ReactNode {
  switch (part.kind) {
    case 'heading': {
      // The page's own heading is above the paper's.
      const Tag = `h${Math.min(6, part.level + 1) as 3 | 4 | 5 | 6}` as const;
      return (
        <Tag id={part.anchor} data-level={part.level} tabIndex={-1}>
          {part.number !== '' && <span className={styles.number}>{part.number}</span>}
          {part.text}
        </Tag>
      );
    }
    case 'blocks':
      return (
        <div className={styles.written}>
          <BlocksView blocks={part.blocks} under={part.under + 1} />
        </div>
      );
    case 'paragraph':
      return (
        <p>
          <Inlines of={part.inlines} />
        </p>
      );
    case 'note':
      return (
        <p className={styles.note}>
          <Inlines of={part.inlines} />
        </p>
      );
    case 'list':
      return (
        <ul className={styles.attachments}>
          {part.entries.map((entry, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place.
            <li key={n}>
              <Inlines of={entry} />
            </li>
          ))}
        </ul>
      );
    case 'facts':
      return (
        <dl className={styles.facts}>
          {part.rows.map(({ term, words }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
            <Fragment key={n}>
              <dt>{term}</dt>
              <dd>{words}</dd>
            </Fragment>
          ))}
        </dl>
      );
    case 'table':
      return <ListTable part={part} />;
    case 'frame':
      return (
        <div className={styles.decision}>
          <Parts parts={part.parts} />
        </div>
      );
    case 'signatures':
      return (
        <ul className={styles.signatures}>
          {part.rows.map(({ name, about, signed }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
            <li key={n}>
              <b>{name}</b>
              <span>{about}</span>
              {signed !== '' && <span>{signed}</span>}
            </li>
          ))}
        </ul>
      );
  }
}

function ListTable({ part: { caption, head, rowHeads, rows } }: { part: Extract<Part, { kind: 'table' }> }) {
  const spans = rowHeads ? headSpans(rows) : [];
  const lines = (cell: readonly string[]): ReactNode =>
    cell.map((text, n) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
      <Fragment key={n}>
        {n > 0 && <br />}
        {text}
      </Fragment>
    ));
  return (
    <table className={styles.list} data-grouped={rowHeads || undefined}>
      {caption !== '' && <caption>{caption}</caption>}
      <thead>
        <tr>
          {head.map((text) => (
            <th key={text} scope="col">
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
          <tr key={n}>
            {row.map((cell, i) => {
              const key = i;
              if (!rowHeads || i > 0) return <td key={key}>{lines(cell)}</td>;
              const span = spans[n] ?? 1;
              return span === 0 ? null : (
                <th key={key} scope="row" rowSpan={span}>
                  {lines(cell)}
                </th>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
