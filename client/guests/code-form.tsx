/** Why this file exists: six letters from a wall, typed with a thumb. What they open is shown as soon as the sixth is there. */
import { CircleCheck } from 'lucide-react';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuestDoor } from '#shared/guests/api.ts';
import { CODE_LENGTH, cleanCode, readCode, strangeLetter } from '#shared/guests/code.ts';
import { ApiFailure } from '../api/request.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useProblemText } from '../ui/problem.tsx';
import { door } from './door.ts';
import styles from './join.module.css';
import { usePatience } from './use-patience.ts';

export interface CodeFormProps {
  code: string;
  onCode(code: string): void;
  onFound(code: string, opens: GuestDoor): void;
}

export function CodeForm({ code, onCode, onFound }: CodeFormProps) {
  const { t } = useTranslation('guest');
  const text = useProblemText();
  const id = useId();
  const patience = usePatience();
  const { later, stop } = patience;
  const [opens, setOpens] = useState<{ code: string; door: GuestDoor } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [looking, setLooking] = useState(false);
  /** The code that came with the page needs no button. */
  const given = useRef(readCode(code));
  const asked = useRef('');
  const typed = readCode(code);
  const strange = strangeLetter(code);

  const look = useCallback(
    async (meant: string) => {
      asked.current = meant;
      setLooking(true);
      setError(null);
      try {
        const found = await door.look(meant);
        if (asked.current !== meant) return;
        if (given.current === meant) onFound(meant, found);
        else setOpens({ code: meant, door: found });
      } catch (failure) {
        if (asked.current !== meant) return;
        if (!later(failure, () => void look(meant))) setError(failure);
      } finally {
        if (asked.current === meant) setLooking(false);
      }
    },
    [later, onFound],
  );

  useEffect(() => {
    if (typed === null) {
      asked.current = '';
      setLooking(false);
      stop();
    } else if (asked.current !== typed) void look(typed);
  }, [typed, look, stop]);

  const found = opens !== null && opens.code === typed ? opens.door : null;
  const unknown = error instanceof ApiFailure && error.code === 'not-found';
  const problem = strange !== null ? t('code.strange', { letter: strange }) : unknown ? t('code.unknown') : null;
  const letters = [...cleanCode(code)].slice(0, CODE_LENGTH);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (found && typed) onFound(typed, found);
        else if (typed) void look(typed);
      }}
    >
      <h1 id={`${id}-t`} tabIndex={-1}>
        {t('code.title')}
      </h1>
      <p className={styles.lead} id={`${id}-h`}>
        {t('code.hint')}
      </p>
      <div className={styles.code}>
        {Array.from({ length: CODE_LENGTH }, (_, n) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: six places without identity.
            key={n}
            aria-hidden="true"
            className={[n === letters.length && styles.next, problem && styles.wrong].filter(Boolean).join(' ')}
          >
            {letters[n] ?? ''}
          </span>
        ))}
        <input
          // biome-ignore lint/a11y/noAutofocus: the page is this one field.
          autoFocus
          aria-labelledby={`${id}-t`}
          aria-describedby={`${id}-h ${id}-p`}
          aria-invalid={problem !== null || undefined}
          autoCapitalize="characters"
          autoComplete="off"
          autoCorrect="off"
          enterKeyHint="go"
          inputMode="text"
          spellCheck={false}
          value={cleanCode(code)}
          onChange={(event) => {
            given.current = null;
            setError(null);
            onCode(cleanCode(event.target.value).slice(0, CODE_LENGTH));
          }}
        />
      </div>
      <div className={styles.answer} id={`${id}-p`} role="status">
        {problem ? (
          <Notice tone="warm">{problem}</Notice>
        ) : patience.left !== null ? (
          <Notice tone="warm">{t('busy', { count: patience.left })}</Notice>
        ) : error ? (
          <Notice tone="warm">{text(error)}</Notice>
        ) : found ? (
          <p className={styles.found}>
            <CircleCheck size={20} strokeWidth={1.75} aria-hidden />
            <span>
              <b>{found.title}</b>
              <span className="muted">
                {[found.body, found.ongoing ? t('ongoing') : ''].filter(Boolean).join('. ')}
              </span>
            </span>
          </p>
        ) : (
          looking && <p className="muted">{t('code.looking')}</p>
        )}
      </div>
      <div className={styles.push}>
        <Button
          type="submit"
          variant="primary"
          size="large"
          className={styles.wide ?? ''}
          aria-disabled={typed === null || undefined}
        >
          {t('code.next')}
        </Button>
      </div>
    </form>
  );
}
