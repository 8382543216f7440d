/** Why this file exists: how large and of what kind a file is, in a few words. */
import { useTranslation } from 'react-i18next';
import type { AttachmentView } from '#shared/attachments/api.ts';

const STEPS = ['byte', 'kilobyte', 'megabyte'] as const;

/** "4,1 MB" */
export function sizeWords(bytes: number, language: string): string {
  let [n, step] = [bytes, 0];
  while (n >= 1000 && step < STEPS.length - 1) {
    n /= 1000;
    step++;
  }
  return new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'sv-SE', {
    style: 'unit',
    unit: STEPS[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 2 && n < 10 ? 1 : 0,
  }).format(n);
}

/** "PDF, 4,1 MB", in the reader's language. */
export function useAbout(): (one: Pick<AttachmentView, 'kind' | 'size'>) => string {
  const { t, i18n } = useTranslation('attachments');
  return ({ kind, size }) => [t(`kind.${kind}`), sizeWords(size, i18n.language)].join(', ');
}
