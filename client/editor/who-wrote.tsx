/**
 * Why this file exists: "Vem skrev?". While it is on, the paragraph one points at, or has the caret in, names its authors
 * and when they wrote; the answer stands in one place under the toolbar, so nothing moves and screen readers hear it.
 */
import { useTranslation } from 'react-i18next';
import type { Author } from './authorship.ts';
import { colourOf } from './carets.ts';

/** What is known of the paragraph in question. */
export type Answer =
  | { kind: 'loading' }
  | { kind: 'failed' }
  | { kind: 'none' }
  | { kind: 'authors'; authors: Author[] };

export function WhoWrote({ answer }: { answer: Answer | null }) {
  const { t, i18n } = useTranslation('editor');
  const time = new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : 'sv-SE', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (
    <div className="rs-who" role="status">
      {answer === null ? t('who.mode') : null}
      {answer?.kind === 'loading' ? t('who.loading') : null}
      {answer?.kind === 'failed' ? t('who.failed') : null}
      {answer?.kind === 'none' ? t('who.nobody') : null}
      {answer?.kind === 'authors'
        ? answer.authors.map((author) => (
            <span key={author.personId} className="rs-author">
              <i aria-hidden ref={(dot) => dot?.style.setProperty('--c', colourOf(author.colour))} />
              <b>{author.name}</b> {time.format(author.at)}
            </span>
          ))
        : null}
    </div>
  );
}
