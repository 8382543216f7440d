/** Why this file exists: what the component library says aloud by itself (dragging, menus) is in the language of the page. */
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

export function LibraryLanguage({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation('common');
  return <I18nProvider locale={i18n.language === 'en' ? 'en-GB' : 'sv-SE'}>{children}</I18nProvider>;
}
