/** Why this file exists: what a file of a summary says, whatever kind of file it is. */
import { withSources } from '#shared/document/blocks.ts';
import { marked, type Part, type Print, plain } from '#shared/document/print.ts';
import { madeFrom, numbered, type SummaryInput } from './summary-file.ts';
import { frameOf, wordsIn } from './summary-words.ts';

/** Lays a summary out. */
export function summaryPrint({ document, sources, language, sha256 }: SummaryInput): Print {
  const words = wordsIn(language);
  const frame = frameOf(document, language);
  const origins = numbered(sources);
  const from = (keys: readonly string[]): string[] => [madeFrom(keys, origins)].filter((text) => text !== '');
  const parts: Part[] = document.sections.flatMap(({ heading, blocks }, n): Part[] => [
    { kind: 'heading', level: 2, number: '', text: heading, anchor: `s${n + 1}`, listed: true },
    blocks.length > 0
      ? { kind: 'blocks', under: 2, blocks: blocks.map((block) => withSources(block, from)) }
      : { kind: 'paragraph', inlines: plain(words.noText) },
  ]);
  if (origins.size > 0)
    parts.push(
      { kind: 'heading', level: 2, number: '', text: words.origins, anchor: 'origins', listed: true },
      {
        kind: 'list',
        style: 'bracketed',
        entries: [...origins.values()].map(({ group, prompt, text, authors }) => {
          const who = [group, prompt, authors.join(', ')].filter((part) => part !== '').join(' · ');
          return text === '' ? plain(who) : [{ text }, { break: true }, { text: who, italic: true }];
        }),
      },
    );
  if (sha256 !== null) parts.push({ kind: 'note', inlines: plain(`SHA-256 ${sha256}`) });
  return {
    language,
    title: frame.title,
    author: document.by || frame.meeting,
    about: `${frame.standing}. ${frame.about}`,
    at: document.at,
    running: { left: '', right: '' },
    foot: frame.standing,
    page: words.page,
    lead: [plain(frame.meeting), marked(`${frame.standing}. `, frame.about)],
    contents: null,
    made: words.made,
    parts,
  };
}
