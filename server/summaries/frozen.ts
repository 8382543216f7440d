/**
 * Why this file exists: what is kept of a summary, made from one state of its room and nothing else, so that the text,
 * the JSON and the hash can only say the same. Pure: the same state gives the same revision, byte for byte.
 */
import { createHash } from 'node:crypto';
import {
  type Origin,
  type Section,
  type Source,
  type SummaryDocument,
  sectionsText,
} from '#shared/summary/document.ts';
import type { Revision } from './ports.ts';

/** SHA-256 of a text in UTF-8, hexadecimal. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export interface FrozenParts {
  meeting: SummaryDocument['meeting'];
  item: SummaryDocument['item'];
  revision: number;
  at: number;
  by: string;
  sections: Section[];
  sources: Source[];
}

/** The document and what belongs to it. */
export function frozen(
  parts: FrozenParts,
): { document: SummaryDocument } & Pick<Revision, 'json' | 'sources' | 'text' | 'sha256'> {
  const sources = JSON.stringify(parts.sources);
  const origins: Origin[] = parts.sources.map(({ key, group, colour, prompt }) => ({ key, group, colour, prompt }));
  const document: SummaryDocument = {
    format: 'radslag-summary',
    version: 1,
    meeting: parts.meeting,
    item: parts.item,
    revision: parts.revision,
    at: parts.at,
    by: parts.by,
    sections: parts.sections,
    origins,
    sourcesSha256: sha256(sources),
  };
  const json = JSON.stringify(document);
  return { document, json, sources, text: sectionsText(parts.sections), sha256: sha256(json) };
}
