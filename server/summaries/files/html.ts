/**
 * Why this file exists: a summary as a page of its own: no script, nothing fetched, readable by a screen reader and on
 * paper. Everything people wrote is escaped; addresses were made harmless when the document was read.
 */
import type { Block, Inline } from '#shared/document/blocks.ts';
import { type FileInput, madeFrom, type Numbered, numbered } from './file.ts';
import { frameOf, languageTag, wordsIn } from './words.ts';

const STYLE = `
:root { color-scheme: light dark; }
body { max-width: 42rem; margin: 3rem auto; padding: 0 1rem; font: 1.0625rem/1.6 Charter, "Source Serif 4", Georgia, serif;
  overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 .5em; }
h1 { margin-top: 0; }
.about, .origin, footer { font: .875rem/1.5 "Source Sans 3", system-ui, sans-serif; color: light-dark(#5c6066, #a3a7a9); }
.origin { margin-top: -.5em; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid currentColor; padding: .25em .5em; text-align: start; vertical-align: top; }
blockquote { margin-inline: 0; padding-inline-start: 1em; border-inline-start: 2px solid currentColor; }
ul.tasks { list-style: none; padding-inline-start: 0; }
@media print { body { margin: 0; max-width: none; } }
`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** A text as HTML says it, in elements and attributes alike. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '');

interface Drawing {
  sources: ReadonlyMap<string, Numbered>;
  made: string;
}

/** The whole page. */
export function htmlFile(input: FileInput): string {
  const words = wordsIn(input.language);
  const frame = frameOf(input.document, input.language);
  const drawing = { sources: numbered(input.sources), made: words.made };
  const sections = input.document.sections
    .map(
      ({ heading, blocks }) =>
        `<section>\n<h2>${escapeHtml(heading)}</h2>\n${blocks.map((block) => blockHtml(block, drawing)).join('\n') || `<p>${words.noText}</p>`}\n</section>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="${languageTag(input.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(frame.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(frame.title)}</h1>
<p class="about">${escapeHtml(frame.meeting)}<br><strong>${frame.standing}</strong>. ${escapeHtml(frame.about)}</p>
${sections}
${originsHtml(drawing.sources, words.origins)}</main>
${input.sha256 === null ? '' : `<footer><p>SHA-256 ${input.sha256}</p></footer>\n`}</body>
</html>
`;
}

function originsHtml(sources: ReadonlyMap<string, Numbered>, heading: string): string {
  if (sources.size === 0) return '';
  const items = [...sources.values()].map(({ group, prompt, text, authors }) => {
    const who = [group, prompt, authors.join(', ')]
      .filter((part) => part !== '')
      .map(escapeHtml)
      .join(' · ');
    return `<li>${text === '' ? '' : `${escapeHtml(text)}<br>`}<span class="about">${who}</span></li>`;
  });
  return `<section>\n<h2>${heading}</h2>\n<ol>\n${items.join('\n')}\n</ol>\n</section>\n`;
}

function originHtml(keys: readonly string[], { sources, made }: Drawing): string {
  const from = madeFrom(keys, sources);
  return from === '' ? '' : `\n<p class="origin">${made} ${escapeHtml(from)}</p>`;
}

function blockHtml(block: Block, drawing: Drawing): string {
  const inner = (blocks: readonly Block[]) => blocks.map((one) => blockHtml(one, drawing)).join('\n');
  const origin = originHtml(block.sources, drawing);
  switch (block.kind) {
    case 'paragraph':
      return `<p>${inlinesHtml(block.inlines)}</p>${origin}`;
    case 'heading':
      // Under the prompt's own heading.
      return `<h${block.level + 1}>${inlinesHtml(block.inlines)}</h${block.level + 1}>${origin}`;
    case 'quote':
      return `<blockquote>\n${inner(block.blocks)}\n</blockquote>${origin}`;
    case 'list': {
      const items = block.items.map((item) => {
        const box =
          item.checked === null
            ? ''
            : `<input type="checkbox" disabled${item.checked ? ' checked' : ''} aria-hidden="true">`;
        return `<li>${box}${inner(item.blocks)}${originHtml(item.sources, drawing)}</li>`;
      });
      const open =
        block.style === 'ordered'
          ? `<ol${block.start === 1 ? '' : ` start="${block.start}"`}>`
          : `<ul${block.style === 'task' ? ' class="tasks"' : ''}>`;
      return `${open}\n${items.join('\n')}\n</${block.style === 'ordered' ? 'ol' : 'ul'}>${origin}`;
    }
    case 'table': {
      const rows = block.rows.map(({ cells, sources }) => {
        const [last] = [originHtml(sources, drawing)];
        const drawn = cells.map((cell, i) => {
          const tag = cell.header ? 'th' : 'td';
          return `<${tag}>${inner(cell.blocks)}${i === cells.length - 1 ? last : ''}</${tag}>`;
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
