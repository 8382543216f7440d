/**
 * Why this file exists: every sentence of the interface, Swedish first. Each part brings its own sentences when it is
 * loaded, so that the sign-in page does not carry the editor's; both languages have the same keys (tests/client/i18n.test.ts).
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, type Language } from '#shared/terms.ts';

const loaders: Record<Language, Record<string, () => Promise<unknown>>> = {
  sv: import.meta.glob(['./sv/*.ts']),
  en: import.meta.glob(['./en/*.ts']),
};
const KEY = 'radslag:language';

function remembered(): Language | null {
  try {
    const value = localStorage.getItem(KEY);
    return LANGUAGES.find((language) => language === value) ?? null;
  } catch {
    return null;
  }
}

/** The language chosen on this device, else the browser's first that we speak, else Swedish. */
export function initialLanguage(): Language {
  const chosen = remembered();
  if (chosen) return chosen;
  for (const tag of navigator.languages ?? []) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().startsWith(language));
    if (found) return found;
  }
  return 'sv';
}

/** Reads one part's sentences; i18next calls it for each namespace and language that is asked for. */
const backend = {
  type: 'backend' as const,
  read(
    language: string,
    namespace: string,
    callback: (error: Error | null, data: Record<string, unknown> | false) => void,
  ) {
    const load = loaders[language as Language]?.[`./${language}/${namespace}.ts`];
    if (!load) return callback(new Error(`no sentences for ${language}/${namespace}`), false);
    load().then(
      (module) => callback(null, (module as Record<string, Record<string, unknown>>)[namespace] ?? false),
      (error: Error) => callback(error, false),
    );
  },
};

function showLanguage(language: string): void {
  document.documentElement.lang = language;
}

/** Resolves when the common sentences of the first language are there. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', showLanguage);
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: initialLanguage(),
      fallbackLng: 'sv',
      supportedLngs: LANGUAGES,
      ns: ['common', 'error'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
}

/**
 * Fetches the sentences of all parts while nothing else goes on. A part whose sentences come only when it is first shown
 * makes the whole page wait, and takes the caret out of the text somebody writes in.
 */
export function fetchAllSentences(): void {
  const names = Object.keys(loaders.sv).map((path) => path.slice('./sv/'.length, -'.ts'.length));
  // Safari knows no idle callbacks.
  const later = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200));
  later(() => void i18next.loadNamespaces(names));
}

/** Switches at once and remembers it on this device. */
export async function setLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Nothing is kept in this browser; the account remembers it.
  }
  if (i18next.language !== language) await i18next.changeLanguage(language);
}

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'sv');
