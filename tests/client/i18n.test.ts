/** Why this file exists: a sentence that is missing in one language, or that nobody says any more, is found here and not by a reader. */
import { describe, expect, test } from 'vitest';
import { PHASES, ROLES } from '#shared/policy.ts';
import { CATEGORIES, ERROR_CODES, TEMPLATES } from '#shared/terms.ts';
import { askedAs, LANGUAGES, placeholders, sentencesOf, speakingSources } from './sentences.ts';

const swedish = await sentencesOf('sv');
const english = await sentencesOf('en');
const sources = speakingSources();

describe('the sentences', () => {
  test('every key exists in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...swedish.keys()].sort());
    for (const [namespace, sentences] of swedish)
      expect([...(english.get(namespace)?.keys() ?? [])].sort(), namespace).toEqual([...sentences.keys()].sort());
  });

  test('no sentence is empty, and none shouts', () => {
    for (const language of LANGUAGES)
      for (const [namespace, sentences] of language === 'sv' ? swedish : english)
        for (const [key, sentence] of sentences) {
          expect(sentence.trim(), `${language}/${namespace}: ${key}`).not.toBe('');
          expect(sentence, `${language}/${namespace}: ${key}`).not.toContain('!');
        }
  });

  test('both languages name the same things', () => {
    for (const [namespace, sentences] of swedish)
      for (const [key, sentence] of sentences)
        expect(placeholders(english.get(namespace)?.get(key) ?? ''), `${namespace}: ${key}`).toEqual(
          placeholders(sentence),
        );
  });

  test('every plural has both its forms', () => {
    for (const [namespace, sentences] of swedish)
      for (const key of sentences.keys())
        if (/_(one|other)$/.test(key))
          for (const form of ['one', 'other'])
            expect(sentences.has(`${askedAs(key)}_${form}`), `${namespace}: ${askedAs(key)}_${form}`).toBe(true);
  });

  test('what the code asks for is there', () => {
    const missing: string[] = [];
    for (const { file, functions, code } of sources)
      for (const [name, namespace] of functions) {
        const known = new Set([...(swedish.get(namespace)?.keys() ?? [])].map(askedAs));
        for (const match of code.matchAll(new RegExp(`(?<![\\w.])${name}\\('([\\w.-]+)'`, 'g'))) {
          const key = match[1] ?? '';
          // A function that is handed on under the same name may stand for another part elsewhere in the file.
          const elsewhere = [...code.matchAll(/useTranslation\('(\w+)'\)/g)].some((other) =>
            [...(swedish.get(other[1] ?? '')?.keys() ?? [])].some((one) => askedAs(one) === key),
          );
          if (!known.has(key) && !elsewhere) missing.push(`${file}: ${namespace}:${key}`);
        }
      }
    expect(missing).toEqual([]);
  });

  test('no sentence is left that nobody says', () => {
    const unused: string[] = [];
    for (const [namespace, sentences] of swedish) {
      const speakers = sources.filter(({ namespaces }) => namespaces.has(namespace) || namespaces.has('*'));
      for (const key of new Set([...sentences.keys()].map(askedAs))) {
        // The code of an error is its key.
        if (namespace === 'error' && [...ERROR_CODES, 'offline'].includes(key)) continue;
        const said = speakers.some(
          ({ literals, patterns }) =>
            literals.has(key) ||
            literals.has(`${namespace}:${key}`) ||
            patterns.some((pattern) => pattern.test(key) || pattern.test(`${namespace}:${key}`)),
        );
        if (!said) unused.push(`${namespace}:${key}`);
      }
    }
    expect(unused).toEqual([]);
  });
});

describe('the closed lists', () => {
  const keysOf = (namespace: string, language: 'sv' | 'en') =>
    new Set([...((language === 'sv' ? swedish : english).get(namespace)?.keys() ?? [])].map(askedAs));

  test.each(LANGUAGES)('every error says what happened, what is safe and what to do (%s)', (language) => {
    const errors = (language === 'sv' ? swedish : english).get('error');
    for (const code of [...ERROR_CODES, 'offline']) {
      const sentence = errors?.get(code) ?? errors?.get(`${code}_other`) ?? '';
      expect(sentence.split(/\.\s+/).length, `${code}: ${sentence}`).toBeGreaterThanOrEqual(2);
    }
  });

  test.each(LANGUAGES)('every role, category, phase and template has its word (%s)', (language) => {
    const common = keysOf('common', language);
    for (const role of ROLES) expect(common).toContain(`role.${role}`);
    for (const category of CATEGORIES) expect(common).toContain(`category.${category}`);
    for (const phase of PHASES) expect(common).toContain(`phase.${phase}`);
    for (const template of TEMPLATES) {
      expect(common).toContain(`template.${template}.name`);
      expect(common).toContain(`template.${template}.hint`);
    }
  });
});
