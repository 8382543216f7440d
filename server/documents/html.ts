/**
 * Why this file exists: a document as a page of its own: no script, nothing fetched, readable by a screen reader and on
 * paper. Everything people wrote is escaped; addresses were made harmless when the document was read.
 */
import type { Block, Inline } from '#shared/document/blocks.ts';
import { headingLevel, headSpans, type Part, type Print } from '#shared/document/print.ts';
import { languageTag } from '#shared/minutes/words.ts';

const STYLE = `
:root { color-scheme: light dark; }
body { max-width: 42rem; margin: 3rem auto; padding: 0 1rem; font: 1.0625rem/1.6 Charter, "Source Serif 4", Georgia, serif;
  overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 .5em; break-after: avoid; }
h1 { margin-top: 0; }
.number { font-weight: 400; padding-inline-end: .75em; }
.about, .origin, .running, .head, footer, dt, th, caption { font: .875rem/1.5 "Source Sans 3", system-ui, sans-serif; }
.about, .origin, .running, footer, thead th { color: light-dark(#5c6066, #a3a7a9); }
.running { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 2rem; border-bottom: 1px solid; padding-bottom: .5rem;
  margin-bottom: 2rem; }
.origin { margin-top: -.5em; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) minmax(0, 1fr); gap: .25rem 1.5rem; align-items: baseline; }
dt { font-weight: 600; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; font-weight: 600; padding-bottom: .25rem; }
th, td { border: 1px solid currentColor; padding: .25em .5em; text-align: start; vertical-align: top; }
table.list th, table.list td { border-width: 1px 0; border-color: light-dark(#d5cfc4, #4a4d4f); }
table.list tbody th { font: inherit; } tr { break-inside: avoid; }
blockquote { margin-inline: 0; padding-inline-start: 1em; border-inline-start: 2px solid currentColor; }
.frame { margin: 1.5em 0; padding-inline-start: 1em; border-inline-start: 2px solid currentColor; break-inside: avoid; }
.frame > :first-child { margin-top: 0; } .frame > :last-child { margin-bottom: 0; }
ul.tasks, ul.plain, nav ol { list-style: none; padding-inline-start: 0; }
.signatures { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 3.5rem 2rem; padding: 2.5rem 0 0;
  list-style: none; }
.signatures li { border-top: 1px solid; break-inside: avoid; }
@media print { @page { size: A4; margin: 20mm 22mm; } body { margin: 0; max-width: none; } }
`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** A text as HTML says it, in elements and attributes alike. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '');

/** The whole page. */
export function htmlFile(print: Print): string {
  const { left, right } = print.running;
  const running =
    left === '' && right === ''
      ? ''
      : `<p class="running"><strong>${escapeHtml(left)}</strong><span>${escapeHtml(right)}</span></p>\n`;
  const lead = print.lead.map(inlinesHtml).filter((line) => line !== '');
  return `<!doctype html>
<html lang="${languageTag(print.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(print.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${running}<h1>${escapeHtml(print.title)}</h1>
${lead.length === 0 ? '' : `<p class="about">${lead.join('<br>')}</p>\n`}${contentsHtml(print)}${partsHtml(print.parts, print.made)}
</main>
${footOf(print)}</body>
</html>
`;
}

function contentsHtml({ contents, parts }: Print): string {
  if (contents === null) return '';
  const entries = parts.flatMap((part) =>
    part.kind === 'heading' && part.listed
      ? [`<li><a href="#${part.anchor}">${numberHtml(part.number)}${escapeHtml(part.text)}</a></li>`]
      : [],
  );
  return `<nav aria-labelledby="contents">\n<h2 id="contents">${escapeHtml(contents)}</h2>\n<ol>\n${entries.join('\n')}\n</ol>\n</nav>\n`;
}

const numberHtml = (number: string): string =>
  number === '' ? '' : `<span class="number">${escapeHtml(number)}</span>`;

const partsHtml = (parts: readonly Part[], made: string): string =>
  parts.map((part) => partHtml(part, made)).join('\n');

function partHtml(part: Part, made: string): string {
  switch (part.kind) {
    case 'heading': {
      const { level, anchor, number, text } = part;
      return `<h${level} id="${anchor}">${numberHtml(number)}${escapeHtml(text)}</h${level}>`;
    }
    case 'blocks':
      return part.blocks.map((block) => blockHtml(block, part.under, made)).join('\n');
    case 'paragraph':
      return `<p>${inlinesHtml(part.inlines)}</p>`;
    case 'note':
      return `<p class="about">${inlinesHtml(part.inlines)}</p>`;
    case 'list': {
      const entries = part.entries.map((entry) => `<li>${inlinesHtml(entry)}</li>`).join('\n');
      return part.style === 'plain' ? `<ul class="plain">\n${entries}\n</ul>` : `<ol>\n${entries}\n</ol>`;
    }
    case 'facts': {
      const rows = part.rows.map(({ term, words }) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(words)}</dd>`);
      return rows.length === 0 ? '' : `<dl>\n${rows.join('\n')}\n</dl>`;
    }
    case 'table':
      return tableHtml(part);
    case 'frame':
      return `<div class="frame">\n${partsHtml(part.parts, made)}\n</div>`;
    case 'signatures': {
      const rows = part.rows.map(
        ({ name, about, signed }) =>
          `<li>${escapeHtml(name)}<br><span class="about">${escapeHtml([about, signed].filter((one) => one !== '').join('. '))}</span></li>`,
      );
      return `<ul class="signatures">\n${rows.join('\n')}\n</ul>`;
    }
  }
}

function tableHtml({ caption, head, rowHeads, rows }: Extract<Part, { kind: 'table' }>): string {
  const spans = rowHeads ? headSpans(rows) : [];
  const lines = (cell: readonly string[]): string => cell.map(escapeHtml).join('<br>');
  const drawn = rows.map((row, n) => {
    const cells = row.map((cell, i) => {
      if (!rowHeads || i > 0) return `<td>${lines(cell)}</td>`;
      const span = spans[n] ?? 1;
      return span === 0 ? '' : `<th scope="row"${span > 1 ? ` rowspan="${span}"` : ''}>${lines(cell)}</th>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  const heads = head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('');
  return `<table class="list">\n${caption === '' ? '' : `<caption>${escapeHtml(caption)}</caption>\n`}<thead><tr>${heads}</tr></thead>\n<tbody>\n${drawn.join('\n')}\n</tbody>\n</table>`;
}

function footOf({ foot, seal = '' }: Print): string {
  const lines = [foot, seal].filter((line) => line !== '').map((line) => `<p>${escapeHtml(line)}</p>`);
  return lines.length === 0 ? '' : `<footer>${lines.join('')}</footer>\n`;
}

const originHtml = (sources: readonly string[], made: string): string =>
  sources.length === 0 ? '' : `\n<p class="origin">${made} ${escapeHtml(sources.join(', '))}</p>`;

function blockHtml(block: Block, under: number, made: string): string {
  const inner = (blocks: readonly Block[]): string => blocks.map((one) => blockHtml(one, under, made)).join('\n');
  const origin = originHtml(block.sources, made);
  switch (block.kind) {
    case 'paragraph':
      return `<p>${inlinesHtml(block.inlines)}</p>${origin}`;
    case 'heading': {
      const level = headingLevel(block.level, under);
      return `<h${level}>${inlinesHtml(block.inlines)}</h${level}>${origin}`;
    }
    case 'quote':
      return `<blockquote>\n${inner(block.blocks)}\n</blockquote>${origin}`;
    case 'list': {
      const items = block.items.map((item) => {
        const box =
          item.checked === null
            ? ''
            : `<input type="checkbox" disabled${item.checked ? ' checked' : ''} aria-hidden="true">`;
        return `<li>${box}${inner(item.blocks)}${originHtml(item.sources, made)}</li>`;
      });
      const open =
        block.style === 'ordered'
          ? `<ol${block.start === 1 ? '' : ` start="${block.start}"`}>`
          : `<ul${block.style === 'task' ? ' class="tasks"' : ''}>`;
      return `${open}\n${items.join('\n')}\n</${block.style === 'ordered' ? 'ol' : 'ul'}>${origin}`;
    }
    case 'table': {
      const rows = block.rows.map(({ cells, sources }, n) => {
        const last = originHtml(sources, made);
        const drawn = cells.map((cell, i) => {
          const tag = cell.header ? 'th' : 'td';
          const scope = cell.header ? ` scope="${n === 0 ? 'col' : 'row'}"` : '';
          return `<${tag}${scope}>${inner(cell.blocks)}${i === cells.length - 1 ? last : ''}</${tag}>`;
        });
        return `<tr>${drawn.join('')}</tr>`;
      });
      return `<table>\n${rows.join('\n')}\n</table>${origin}`;
    }
  }
}

function inlinesHtml(inlines: readonly Inline[]): string {
  return inlines
    .map((one) => {
      if ('break' in one) return '<br>';
      let html = escapeHtml(one.text);
      if (one.bold) html = `<strong>${html}</strong>`;
      if (one.italic) html = `<em>${html}</em>`;
      return one.href ? `<a href="${escapeHtml(one.href)}" rel="noopener noreferrer nofollow">${html}</a>` : html;
    })
    .join('');
}
