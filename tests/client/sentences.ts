/** Why this file exists: what the interface says, and where it says it, read from the files themselves. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '#shared/terms.ts';

const CLIENT = join(import.meta.dirname, '../../client');
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Every namespace of a language: key path → sentence. */
export async function sentencesOf(language: Language): Promise<Map<string, Map<string, string>>> {
  const all = new Map<string, Map<string, string>>();
  for (const file of globSync('*.ts', { cwd: join(CLIENT, 'i18n', language) })) {
    const namespace = file.replace(/\.ts$/, '');
    const module = (await import(join(CLIENT, 'i18n', language, file))) as Record<string, unknown>;
    const sentences = new Map<string, string>();
    collect(module[namespace], '', sentences);
    all.set(namespace, sentences);
  }
  return all;
}

function collect(value: unknown, path: string, into: Map<string, string>): void {
  if (typeof value === 'string') {
    into.set(path, value);
    return;
  }
  for (const [key, inner] of Object.entries(value as Record<string, unknown>))
    collect(inner, path === '' ? key : `${path}.${key}`, into);
}

/** A key as code asks for it: without the plural's ending. */
export const askedAs = (key: string): string => key.replace(PLURAL, '');

/** The names between double braces, in order of the alphabet. */
export const placeholders = (sentence: string): string[] =>
  [...sentence.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? '').sort();

export interface Source {
  file: string;
  /** The namespaces the file asks for; `*` when its translating function comes from elsewhere. */
  namespaces: Set<string>;
  /** What each name of a translating function stands for: `t` → `home`. */
  functions: Map<string, string>;
  code: string;
  /** Every string that could be a key, exact. */
  literals: Set<string>;
  /** Strings with holes, as expressions that match the keys they could become. */
  patterns: RegExp[];
}

/** The client's sources that speak. */
export function speakingSources(): Source[] {
  return globSync('**/*.{ts,tsx}', { cwd: CLIENT })
    .filter((file) => !file.startsWith('i18n/'))
    .map((file) => {
      const code = readFileSync(join(CLIENT, file), 'utf8');
      const functions = new Map<string, string>();
      for (const match of code.matchAll(/\{\s*t(?::\s*(\w+))?[^}]*\}\s*=\s*useTranslation\('(\w+)'\)/g))
        functions.set(match[1] ?? 't', match[2] ?? '');
      const namespaces = new Set([...code.matchAll(/(?:useTranslation|ns:)\s*\(?\s*'(\w+)'/g)].map((m) => m[1] ?? ''));
      for (const match of code.matchAll(/'(\w+):[\w.]+'/g)) namespaces.add(match[1] ?? '');
      // A file that is handed its translating function speaks for whoever hands it over.
      if (namespaces.size === 0 && /\bt\(/.test(code)) namespaces.add('*');
      const literals = new Set([...code.matchAll(/'([\w.:-]+)'/g)].map((m) => m[1] ?? ''));
      const patterns = [...code.matchAll(/`([\w.:-]*\$\{[^`]*)`/g)].map((m) => toPattern(m[1] ?? ''));
      return { file, namespaces, functions, code, literals, patterns };
    });
}

/** `role.${role}` matches `role.chair`. */
function toPattern(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\w-]*')}$`);
}

export { LANGUAGES };
