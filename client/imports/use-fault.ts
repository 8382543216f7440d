/** Why this file exists: what is wrong with a file is said in words that tell what to do; the server names it in one. */
import { useTranslation } from 'react-i18next';
import { ApiFailure } from '../api/request.ts';
import { useProblemText } from '../ui/problem.tsx';

/** The faults the server names (server/imports/) that have a sentence of their own. */
const NAMED = [
  'not-docx',
  'broken',
  'empty',
  'doctype',
  'unsafe-name',
  'too-many-entries',
  'too-large-unpacked',
  'too-many-elements',
  'not-minutes',
  'version',
] as const;

/** The sentence for why a file was not taken. */
export function useFault(): (error: unknown) => string {
  const { t } = useTranslation('imports');
  const text = useProblemText();
  return (error) => {
    const said = error instanceof ApiFailure ? error.fields.file : undefined;
    const named = NAMED.find((one) => one === said);
    if (named) return t(`fault.${named}`);
    return said === undefined ? text(error) : t('fault.broken');
  };
}
